/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store/database.h"

G_BEGIN_DECLS

/* A parcel of a sale, as the host says it. */
typedef struct {
  char *id;       /* (owned): the host's */
  char *sale_id;  /* (owned) */
  char *carrier;  /* (owned): "" when not known, as the next */
  char *number;   /* (owned): by which the carrier finds it */
  gint64 sent_at; /* 0: not sent yet */
} ShopcaisseShipment;

typedef struct {
  guint n_all;
  guint n_sent;
} ShopcaisseShipmentCount;

void shopcaisse_shipment_free(ShopcaisseShipment *self);

/* Under a known id it takes the place of what was there. */
gboolean shopcaisse_shipments_put(ShopcaisseDatabase *database,
                                  const ShopcaisseShipment *shipment,
                                  GError **error);

gboolean shopcaisse_shipments_delete(ShopcaisseDatabase *database, const char *id, GError **error);

/* (element-type ShopcaisseShipment): of one sale, those that were sent first. */
GPtrArray *
shopcaisse_shipments_list(ShopcaisseDatabase *database, const char *sale_id, GError **error);

ShopcaisseShipmentCount shopcaisse_shipments_count(const GPtrArray *shipments);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseShipment, shopcaisse_shipment_free)

G_END_DECLS
