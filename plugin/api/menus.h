/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "api/page.h"
#include "model/board.h"
#include "model/item.h"
#include "model/modifier.h"
#include "net/message.h"

G_BEGIN_DECLS

#define SHOPCAISSE_MODIFIER_GROUPS_PAGE_SIZE 1000

ShopcaisseRequest *
shopcaisse_modifier_groups_request(const char *company_id, guint page, guint page_size);
ShopcaissePage *shopcaisse_modifier_groups_parse(GBytes *body, GError **error);

/* A company's whole offer in one answer; docs/PROTOCOL.md 3.8. */
typedef struct {
  ShopcaissePage *items;            /* (owned): of ShopcaisseItem */
  ShopcaissePage *groups;           /* (owned): of ShopcaisseModifierGroup */
  ShopcaissePage *unavailabilities; /* (owned): of ShopcaisseUnavailability */
} ShopcaisseMenus;

/* %SHOPCAISSE_BOARD_OTHER asks for all of it. */
ShopcaisseRequest *shopcaisse_menus_request(const char *company_id, ShopcaisseBoardType type);
ShopcaisseMenus *shopcaisse_menus_parse(GBytes *body, GError **error);
void shopcaisse_menus_free(ShopcaisseMenus *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseMenus, shopcaisse_menus_free)

ShopcaisseRequest *shopcaisse_boards_request(const char *company_id, ShopcaisseBoardType type);
ShopcaissePage *shopcaisse_boards_parse(GBytes *body, GError **error);

G_END_DECLS
