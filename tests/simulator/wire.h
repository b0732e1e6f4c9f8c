/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>
#include <jansson.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC(json_t, json_decref)

typedef enum {
  SIM_KEYS_FIXED,
  SIM_KEYS_SHUFFLED
} SimKeyOrder;

json_t *sim_wire_number(double value);
json_t *sim_wire_minor(gint64 minor);
gint64 sim_wire_to_minor(double euros);
json_t *sim_wire_text(const char *text);
const char *sim_wire_get_text(const json_t *object, const char *key, const char *fallback);
double sim_wire_get_number(const json_t *object, const char *key, double fallback);
gboolean sim_wire_get_flag(const json_t *object, const char *key, gboolean fallback);
char *sim_wire_dump(const json_t *value, SimKeyOrder order, guint32 seed);
json_t *sim_wire_parse(const char *text, gsize length, GError **error);
