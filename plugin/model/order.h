/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/item.h"
#include "model/kitchen.h"
#include "model/order-unit.h"
#include "model/sale.h"

G_BEGIN_DECLS

#define SHOPCAISSE_SUB_CHANNEL "COMPTOIR" /* who sends: every program that has this channel */

/* What is to be ordered: everything resolved, nothing left to look up. */
typedef struct {
  char *item_id; /* (owned): Shopcaisse's */
  char *name;    /* (owned) */
  ShopcaisseItemType type;
  char *remark; /* (owned) (nullable) */
  gint64 unit_minor;
  gint64 quantity_milli;
  char *step_id;       /* (owned) (nullable): the menu's step it was chosen in */
  char *group_id;      /* (owned) (nullable): the group of options it was chosen in */
  GPtrArray *children; /* (owned) (element-type ShopcaisseOrderLine) */
} ShopcaisseOrderLine;

typedef struct {
  gint64 amount_minor;
  gboolean is_online; /* ONLINE, else OTHER */
} ShopcaisseOrderPayment;

typedef struct {
  const char *channel;
  const char *sub_channel;
  char *order_id;      /* (owned) */
  char *discriminator; /* (owned): subChannelOrderId */
  char *display_id;    /* (owned) */
  ShopcaisseOrderType type;
  gint64 pickup_at;
  gint64 service_charge_minor;
  gint64 delivery_cost_minor;
  gint64 bag_fee_minor;
  gint64 tip_minor;
  gboolean is_test;
  ShopcaisseCustomer customer; /* all NULL: none is sent */
  ShopcaisseAddress delivery;  /* all NULL: none is sent */
  char *customer_note;         /* (owned) (nullable) */
  char *note;                  /* (owned) (nullable) */
  gboolean is_at_table;
  guint n_guests;   /* 0: not known */
  GPtrArray *lines; /* (owned) (element-type ShopcaisseOrderLine) */
  GArray *payments; /* (owned) (element-type ShopcaisseOrderPayment) */
} ShopcaisseOrderDraft;

/* An order as the service answers it; docs/PROTOCOL.md 3.12. */
typedef struct {
  char *item_id; /* (owned) (nullable) */
  ShopcaisseWireAmount price;
  gint64 quantity_milli;
  GPtrArray *children; /* (owned) (element-type ShopcaisseOrderEchoLine) */
} ShopcaisseOrderEchoLine;

typedef struct {
  char *id;                   /* (owned): the server's */
  char *order_id;             /* (owned) (nullable): ours, echoed */
  char *store_id;             /* (owned) (nullable) */
  char *sub_channel;          /* (owned) (nullable): who sent it */
  char *sub_channel_order_id; /* (owned) (nullable) */
  char *display_id;           /* (owned) (nullable) */
  char *status;               /* (owned) (nullable): verbatim */
  char *reason;               /* (owned) (nullable) */
  char *receipt_id;           /* (owned) (nullable): of the order or its first payment */
  char *document_id;          /* (owned) (nullable): internalOrderDocumentId */
  gboolean has_receipt;       /* a payment has one, which makes the order a fiscal sale */
  gboolean is_test;
  gint64 pickup_at;     /* -1 when absent */
  int decimal_digits;   /* -1 when absent */
  gboolean has_amounts; /* payments, lines and fees could all be read */
  ShopcaisseWireAmount payments_total;
  ShopcaisseWireAmount fees_total; /* service charge, delivery, bag, tips, discount as signed */
  GPtrArray *lines;                /* (owned) (element-type ShopcaisseOrderEchoLine) */
} ShopcaisseOrderEcho;

gint64 shopcaisse_order_draft_get_total(const ShopcaisseOrderDraft *self);

void shopcaisse_order_line_free(ShopcaisseOrderLine *self);
void shopcaisse_order_draft_free(ShopcaisseOrderDraft *self);
void shopcaisse_order_echo_line_free(ShopcaisseOrderEchoLine *self);
void shopcaisse_order_echo_free(ShopcaisseOrderEcho *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseOrderLine, shopcaisse_order_line_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseOrderDraft, shopcaisse_order_draft_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseOrderEcho, shopcaisse_order_echo_free)

G_END_DECLS
