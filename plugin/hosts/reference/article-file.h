/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

GVariant *article_file_parse_csv(const char *text, GError **error);

GVariant *article_file_parse_json(const char *text, gsize length, GError **error);
