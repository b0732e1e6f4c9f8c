/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <adwaita.h>
#include <comptoir/comptoir.h>

G_BEGIN_DECLS

#define TYPE_RECENT_ORDERS (recent_orders_get_type())
G_DECLARE_FINAL_TYPE(RecentOrders, recent_orders, TILL, RECENT_ORDERS, GtkBox)

/* The last orders in one line, and how far each has come; not there as long as there are none. */
void recent_orders_follow(RecentOrders *self, ComptoirChannel *channel);

G_END_DECLS
