/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a country asks of tills: docs/COUNTRIES.md has each with its source. */
typedef struct {
  const char *country; /* ISO 3166 */
  gint64 known_at;     /* UTC, microseconds: when the source said so */
  const char *duty;    /* to be translated; %s is that date */
  const char *source;  /* as it is, not translated */
} ShopcaisseDuty;

/* (nullable): of another country nothing is known. */
const ShopcaisseDuty *shopcaisse_duty_find(const char *country);

char *shopcaisse_duty_describe(const ShopcaisseDuty *self);

G_END_DECLS
