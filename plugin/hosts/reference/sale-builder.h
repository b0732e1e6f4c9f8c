/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

GVariant *sale_builder_parse_line(const char *word, GError **error);

GVariant *sale_builder_parse_payment(const char *word, GError **error);

GVariant *sale_builder_build(GVariant *request, GVariant *articles, GError **error);

GVariant *sale_builder_pick(GVariant *articles, GRand *chance, GError **error);
