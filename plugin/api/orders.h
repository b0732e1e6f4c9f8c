/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "api/page.h"
#include "model/order.h"
#include "net/message.h"

G_BEGIN_DECLS

#define SHOPCAISSE_ORDERS_PAGE_SIZE 100

/* The JSON text of an order, amounts printed from integers. */
GBytes *shopcaisse_order_build(const ShopcaisseOrderDraft *draft, ShopcaisseForm form);

/* @pos_id and @price_list are (nullable). */
char *shopcaisse_order_path(const char *store_id, const char *pos_id, const char *price_list);

ShopcaisseRequest *shopcaisse_order_create_request(const char *path, GBytes *body);
ShopcaisseRequest *shopcaisse_order_get_request(const char *store_id, const char *order);
ShopcaisseRequest *
shopcaisse_order_cancel_request(const char *store_id, const char *order, const char *pos_id);
ShopcaisseOrderEcho *shopcaisse_order_parse(GBytes *body, GError **error);

/* A dry run of the same text; docs/PROTOCOL.md 2.1, 3.17. */
typedef enum {
  SHOPCAISSE_VERIFICATION_ECHO,  /* the order came back: compare it as after sending */
  SHOPCAISSE_VERIFICATION_SILENT /* not refused, which proves nothing */
} ShopcaisseVerification;

char *
shopcaisse_order_verify_path(const char *store_id, const char *pos_id, const char *price_list);
gboolean shopcaisse_order_verify_parse(GBytes *body,
                                       ShopcaisseVerification *verification,
                                       ShopcaisseOrderEcho **echo,
                                       GError **error);

/* @from and @to are on the pick-up time, microseconds; status "all" and so on,
 * docs/PROTOCOL.md 3.12. */
typedef struct {
  const char *store_id;
  const char *pos_id; /* (nullable) */
  const char *status;
  gint64 from;
  gint64 to;
  guint page;
} ShopcaisseOrdersQuery;

ShopcaisseRequest *shopcaisse_orders_request(const ShopcaisseOrdersQuery *query);
ShopcaissePage *shopcaisse_orders_parse(GBytes *body, GError **error);

/* What an error body says to a person, shortened and without control characters; never NULL. */
char *shopcaisse_error_body_to_text(GBytes *body);

/* docs/PROTOCOL.md 2.3: a 401 that is about a register's licence, not about the token. */
gboolean shopcaisse_error_body_is_licence(GBytes *body);

G_END_DECLS
