/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "api/page.h"
#include "model/ticket.h"
#include "net/message.h"

G_BEGIN_DECLS

#define SHOPCAISSE_TICKETS_PAGE_SIZE 100

/* Sales and shifts of a store; @from and @to in microseconds, @to 0: none. */
ShopcaisseRequest *
shopcaisse_tickets_request(const char *store_id, gint64 from, gint64 to, guint page);
ShopcaissePage *shopcaisse_tickets_parse(GBytes *body, GError **error);

ShopcaisseRequest *
shopcaisse_shifts_request(const char *store_id, gint64 from, gint64 to, guint page);
ShopcaissePage *shopcaisse_shifts_parse(GBytes *body, GError **error);

G_END_DECLS
