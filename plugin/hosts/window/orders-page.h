/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <adwaita.h>
#include <comptoir/comptoir.h>

G_BEGIN_DECLS

#define TYPE_ORDERS_PAGE (orders_page_get_type())
G_DECLARE_FINAL_TYPE(OrdersPage, orders_page, TILL, ORDERS_PAGE, GtkBox)

/* Every sale that went to the channel, and how far it has come. */
OrdersPage *orders_page_new(ComptoirChannel *channel);

G_END_DECLS
