/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

void json_out_append(GString *out, GVariant *value);

void json_out_append_text(GString *out, const char *text);

char *json_out_line(GVariant *value);
