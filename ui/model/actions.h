/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ui/model/work.h"

G_BEGIN_DECLS

/* What can be done with the row that is selected. */
typedef enum {
  SHOPCAISSE_PAGE_CAN_NOTHING = 0,
  SHOPCAISSE_PAGE_CAN_LINK = 1 << 0,
  SHOPCAISSE_PAGE_CAN_UNLINK = 1 << 1,
  SHOPCAISSE_PAGE_CAN_IMPORT = 1 << 2,
  SHOPCAISSE_PAGE_CAN_SEND = 1 << 3,
  SHOPCAISSE_PAGE_CAN_CANCEL = 1 << 4
} ShopcaissePageActions;

typedef enum {
  SHOPCAISSE_PAGE_SIDE_ITEMS,
  SHOPCAISSE_PAGE_SIDE_ARTICLES
} ShopcaissePageSide;

ShopcaissePageActions shopcaisse_page_actions_of_article(GVariant *row, ShopcaissePageSide side);
ShopcaissePageActions shopcaisse_page_actions_of_order(GVariant *row, ShopcaissePageWorkState send);
char *shopcaisse_page_order_dup_send_label(GVariant *row, ShopcaissePageWorkState send);
char *shopcaisse_page_order_dup_details(GVariant *row);

GVariant *shopcaisse_page_link_build(GVariant *row, GVariant *other, ShopcaissePageSide side);
GVariant *shopcaisse_page_unlink_build(GVariant *row, ShopcaissePageSide side);

G_END_DECLS
