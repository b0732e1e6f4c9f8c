/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_GNUC_INTERNAL GVariant *comptoir_argument_new_options(GVariant *options);

G_GNUC_INTERNAL GVariant *comptoir_argument_new_text(const char *key, const char *text);

G_GNUC_INTERNAL GVariant *comptoir_argument_new_optional_text(const char *key, const char *text);

G_GNUC_INTERNAL GVariant *comptoir_argument_new_texts(const char *first_key,
                                                      const char *first_text,
                                                      const char *second_key,
                                                      const char *second_text);

G_GNUC_INTERNAL GVariant *comptoir_argument_new_rows(GVariant *rows);

G_GNUC_INTERNAL GVariant *comptoir_argument_new_task(const char *task, GVariant *options);
