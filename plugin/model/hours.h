/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "error.h"

G_BEGIN_DECLS

/* When a store is open and takes orders; docs/PROTOCOL.md 3.16. Local time of the store. */
typedef struct {
  guint weekday;     /* 0 is Monday */
  guint from_minute; /* of the day */
  guint to_minute;   /* up to 1440; not above from_minute: it ends on the day after */
} ShopcaisseOpening;

typedef struct {
  char *from;     /* (owned) (nullable): verbatim, as to */
  char *to;       /* (owned) (nullable) */
  gint64 from_at; /* -1 when absent or not a moment with a zone, as to_at */
  gint64 to_at;
} ShopcaisseHoliday;

typedef struct {
  GArray *openings;        /* (owned) (element-type ShopcaisseOpening): by weekday */
  GPtrArray *holidays;     /* (owned) (element-type ShopcaisseHoliday) */
  gint64 interval_minutes; /* between two slots; -1 when absent, as the next */
  gint64 minimal_minutes;  /* from the order to its first slot */
  char *time_zone;         /* (owned) (nullable) */
} ShopcaisseHours;

/* A span in which orders can be picked up. */
typedef struct {
  char *id;       /* (owned) (nullable) */
  char *store_id; /* (owned) (nullable) */
  gint64 start_at;
  gboolean has_load;
  gint64 max_load_milli;   /* of preparation, not kilograms: docs/PROTOCOL.md 2.1 */
  gint64 total_load_milli; /* taken */
  gboolean is_available;   /* FALSE when the service does not say */
} ShopcaisseSlot;

void shopcaisse_holiday_free(ShopcaisseHoliday *self);
void shopcaisse_hours_free(ShopcaisseHours *self);
void shopcaisse_slot_free(ShopcaisseSlot *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseHoliday, shopcaisse_holiday_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseHours, shopcaisse_hours_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseSlot, shopcaisse_slot_free)

G_END_DECLS
