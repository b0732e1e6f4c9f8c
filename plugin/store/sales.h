/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store/database.h"

G_BEGIN_DECLS

/* A sale of the host that was taken over. Text fields are never NULL unless they say so. */
typedef struct {
  char *sale_id;     /* (owned) */
  GVariant *payload; /* (owned): a{sv} as the host gave it */
  char *number;      /* (owned) */
  char *till;        /* (owned) */
  gint64 sold_at;
  gint64 total_minor;
  char *store_id; /* (owned): chosen once, never derived again */
  guint generation;
  char *order_id;      /* (owned) */
  char *discriminator; /* (owned) */
  char *external_id;   /* (owned) (nullable) */
  char *state;         /* (owned): held, waiting, sending, sent, parked, cancelling, cancelled */
  char *kitchen;       /* (owned): verbatim, "" before it is known */
  char *fiscal;        /* (owned): "", open or finalised */
  char *receipt_id;    /* (owned) (nullable) */
  char *document_id;   /* (owned) (nullable): the other name of the receipt */
  char *reason;        /* (owned) */
  char *message;       /* (owned) */
  guint progress;      /* grows with each change */
  guint told;          /* the last progress the host heard */
  gint64 submitted_at;
  gint64 sent_at; /* 0: not yet */
  gint64 changed_at;
} ShopcaisseSaleRecord;

ShopcaisseSaleRecord *shopcaisse_sale_record_new(void);
void shopcaisse_sale_record_free(ShopcaisseSaleRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseSaleRecord, shopcaisse_sale_record_free)

/* @reason and @message are (nullable). */
void shopcaisse_sale_record_set_state(ShopcaisseSaleRecord *self,
                                      const char *state,
                                      const char *reason,
                                      const char *message);

/* Whether the host wants it cancelled, or it is. */
gboolean shopcaisse_sale_record_is_unwanted(const ShopcaisseSaleRecord *self);

gboolean shopcaisse_sales_insert(ShopcaisseDatabase *database,
                                 const ShopcaisseSaleRecord *record,
                                 GError **error);

/* Writes every column but payload and told; progress grows by one, changed_at is @now. */
gboolean shopcaisse_sales_update(ShopcaisseDatabase *database,
                                 ShopcaisseSaleRecord *record,
                                 gint64 now,
                                 GError **error);

/* What the host says of it now; nothing else changes. */
gboolean shopcaisse_sales_set_payload(ShopcaisseDatabase *database,
                                      const char *sale_id,
                                      GVariant *payload,
                                      GError **error);

/* NULL without an error when there is none, as the next two. */
ShopcaisseSaleRecord *
shopcaisse_sales_get(ShopcaisseDatabase *database, const char *sale_id, GError **error);
/* The same where there must be one. */
ShopcaisseSaleRecord *
shopcaisse_sales_require(ShopcaisseDatabase *database, const char *sale_id, GError **error);
ShopcaisseSaleRecord *shopcaisse_sales_find_external(ShopcaisseDatabase *database,
                                                     const char *external_id,
                                                     GError **error);
ShopcaisseSaleRecord *
shopcaisse_sales_find_receipt(ShopcaisseDatabase *database, const char *receipt_id, GError **error);

G_END_DECLS
