/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

GVariant *sell_options_parse(char ***words, GError **error);
