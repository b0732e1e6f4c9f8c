/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/item.h"
#include "store-fixture.h"
#include "store/articles.h"

G_BEGIN_DECLS

/* A simple item of company "company" with a price of 12.34 and nothing to match it by. */
ShopcaisseItem *store_catalogue_new_item(const char *id);

/* @barcodes: one or several with commas, or NULL. */
void store_catalogue_set_keys(ShopcaisseItem *item, const char *reference, const char *barcodes);

void store_catalogue_put_item(StoreFixture *self, const ShopcaisseItem *item, gint64 sweep);

/* Puts an item, or an article, of these keys. */
void store_catalogue_add_item(StoreFixture *self,
                              const char *id,
                              const char *reference,
                              const char *barcodes);
void store_catalogue_add_article(StoreFixture *self,
                                 const char *id,
                                 const char *reference,
                                 const char *barcodes);

/* The end of a complete read of the articles, one at a time. */
void store_catalogue_end_read(StoreFixture *self, gint64 number);

G_END_DECLS
