/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/address.h"
#include "model/money.h"

G_BEGIN_DECLS

typedef enum {
  SHOPCAISSE_ORDER_TYPE_UNKNOWN,
  SHOPCAISSE_ORDER_TYPE_EAT_IN,
  SHOPCAISSE_ORDER_TYPE_PICKUP,
  SHOPCAISSE_ORDER_TYPE_DELIVERY
} ShopcaisseOrderType;

typedef struct {
  char *article_id; /* (owned): the host's */
  char *name;       /* (owned) */
  char *note;       /* (owned) (nullable) */
  gint64 quantity_milli;
  gint64 unit_minor;  /* tax included */
  gint64 total_minor; /* tax included, this line alone */
  gint64 vat_bp;
  char *step_id;  /* (owned) (nullable): the service's, of a menu; what the line was chosen in */
  char *group_id; /* (owned) (nullable): the service's, of options */
  GPtrArray *children; /* (owned) (element-type ShopcaisseSaleLine): quantities for one parent */
} ShopcaisseSaleLine;

typedef struct {
  char *method; /* (owned): the host's word */
  gint64 amount_minor;
} ShopcaissePayment;

typedef struct {
  char *name;    /* (owned) (nullable), as the others */
  char *company; /* (owned) (nullable) */
  char *phone;   /* (owned) (nullable) */
  char *email;   /* (owned) (nullable) */
  char *id;      /* (owned) (nullable): the service's, where the host keeps it */
  ShopcaisseAddress billing;
  ShopcaisseAddress delivery;
} ShopcaisseCustomer;

/* A sale of the host, checked: valid by construction. */
typedef struct {
  char *id;     /* (owned) */
  char *number; /* (owned) */
  char *till;   /* (owned): "" when the host does not say */
  gint64 sold_at;
  gint64 pickup_at;
  ShopcaisseOrderType order_type;
  char *order_word; /* (owned) (nullable): the host's own word instead */
  char currency[4];
  gint64 total_minor;
  gint64 discount_minor; /* >= 0 */
  gint64 service_charge_minor;
  gint64 delivery_cost_minor;
  gint64 bag_fee_minor;
  gint64 tip_minor;
  gint64 rounding_minor; /* cash rounding: -2 to 2 cents */
  GPtrArray *lines;      /* (owned) (element-type ShopcaisseSaleLine) */
  GPtrArray *payments;   /* (owned) (element-type ShopcaissePayment) */
  ShopcaisseCustomer customer;
  char *note;         /* (owned) (nullable) */
  char *table;        /* (owned) (nullable): where it is eaten */
  guint n_guests;     /* 0: not known */
  char *status;       /* (owned) (nullable): the host's word */
  gboolean says_paid; /* the row says whether it is paid; else is_paid is TRUE */
  gboolean is_paid;   /* else its payments need not reach the total */
} ShopcaisseSale;

ShopcaisseSale *shopcaisse_sale_parse(GVariant *row, GError **error);

void shopcaisse_sale_free(ShopcaisseSale *self);

void shopcaisse_sale_line_free(ShopcaisseSaleLine *self);

void shopcaisse_payment_free(ShopcaissePayment *self);

void shopcaisse_customer_clear(ShopcaisseCustomer *self);

gboolean shopcaisse_customer_is_empty(const ShopcaisseCustomer *self);

/* Whether lines, fees and payments agree with the total. */
gboolean shopcaisse_sale_check_sums(const ShopcaisseSale *self, GError **error);

gboolean shopcaisse_order_type_parse(const char *text, ShopcaisseOrderType *type);

const char *shopcaisse_order_type_to_text(ShopcaisseOrderType type);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseSale, shopcaisse_sale_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaissePayment, shopcaisse_payment_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseSaleLine, shopcaisse_sale_line_free)

G_END_DECLS
