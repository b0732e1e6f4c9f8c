/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/item.h"
#include "model/order-unit.h"
#include "net/message.h"

G_BEGIN_DECLS

#define SHOPCAISSE_ITEM_TEXT_LINES 2

/* What an item can be made with. It becomes SIMPLE, whatever is wanted; docs/PROTOCOL.md 3.5. */
typedef struct {
  const char *name;
  gint64 price_minor;                                 /* with VAT */
  gint64 vat_on_site_bp;                              /* both rates must be known */
  gint64 vat_take_away_bp;                            /* the same */
  const char *text_lines[SHOPCAISSE_ITEM_TEXT_LINES]; /* (nullable): both or none */
  const char *reference;                              /* (nullable) */
  const char *barcode;                                /* (nullable): one, not a list */
  const char *description;                            /* (nullable) */
  const char *family_id;                              /* (nullable): perhaps not kept */
} ShopcaisseItemDraft;

GBytes *shopcaisse_item_build(const ShopcaisseItemDraft *draft, ShopcaisseForm form);
ShopcaisseRequest *shopcaisse_item_create_request(const char *company_id, GBytes *body);

/* All that can be changed; %NULL stays as it is. */
typedef struct {
  const char *name;
  const char *text_lines[SHOPCAISSE_ITEM_TEXT_LINES]; /* both or none */
  const char *description;
  const char *long_description;
  const char *reference;
} ShopcaisseItemChanges;

GBytes *shopcaisse_item_edit(GBytes *read, const ShopcaisseItemChanges *changes, GError **error);
ShopcaisseRequest *
shopcaisse_item_edit_request(const char *company_id, const char *item_id, GBytes *body);

ShopcaisseRequest *shopcaisse_item_delete_request(const char *company_id, const char *item_id);

G_END_DECLS
