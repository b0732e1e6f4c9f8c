/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "error.h"

G_BEGIN_DECLS

/* Changing a few members of an object that was read, and nothing else of it. */
typedef struct {
  const char *key;
  const char *json; /* (nullable): the value, as JSON; NULL takes the member away */
} ShopcaisseJsonMember;

GBytes *shopcaisse_json_edit(GBytes *object,
                             const ShopcaisseJsonMember *members,
                             gsize n_members,
                             GError **error);

G_END_DECLS
