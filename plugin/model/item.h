/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/vat.h"

G_BEGIN_DECLS

typedef enum {
  SHOPCAISSE_ITEM_OTHER, /* a type that docs/PROTOCOL.md 3.5 does not know */
  SHOPCAISSE_ITEM_SIMPLE,
  SHOPCAISSE_ITEM_PACK,
  SHOPCAISSE_ITEM_MENU,
  SHOPCAISSE_ITEM_MODIFIER,
  SHOPCAISSE_ITEM_VARIATION
} ShopcaisseItemType;

/* Why an item is kept but should be looked at; docs/PROTOCOL.md 6.2. */
typedef enum {
  SHOPCAISSE_ITEM_FLAG_NO_PRICE = 1 << 0,
  SHOPCAISSE_ITEM_FLAG_ZERO_PRICE = 1 << 1,
  SHOPCAISSE_ITEM_FLAG_NO_VAT = 1 << 2,
  SHOPCAISSE_ITEM_FLAG_TECHNICAL_FAMILY = 1 << 3
} ShopcaisseItemFlags;

typedef struct {
  char *id;         /* (owned): opaque, often not a UUID; docs/PROTOCOL.md 6.2 (19a) */
  char *company_id; /* (owned) (nullable) */
  char *name;       /* (owned): trimmed */
  ShopcaisseItemType type;
  char *type_text; /* (owned): as on the wire */
  char *unit;      /* (owned): "UNIT" when absent */
  char *reference; /* (owned): "" when absent */
  char **barcodes; /* (owned): never NULL */
  gboolean has_price;
  gint64 price_minor; /* tax included, for one unit */
  gboolean deleted;
  gboolean manage_stock;
  char *family_id;         /* (owned) (nullable) */
  char *family_name;       /* (owned) (nullable) */
  gint64 vat_on_site_bp;   /* SHOPCAISSE_VAT_UNKNOWN when absent */
  gint64 vat_take_away_bp; /* the same */
  char *parent_id;         /* (owned) (nullable): of a variation */
  char *description;       /* (owned) (nullable) */
  guint flags;             /* ShopcaisseItemFlags */
} ShopcaisseItem;

typedef struct {
  char *id;   /* (owned) */
  char *name; /* (owned) */
  gboolean is_technical;
} ShopcaisseFamily;

typedef struct {
  char *id;       /* (owned) */
  char *name;     /* (owned) */
  char *store_id; /* (owned) (nullable): ownerStoreId */
} ShopcaissePriceList;

typedef struct {
  char *item_id; /* (owned) */
  gboolean has_price;
  gint64 price_minor;
} ShopcaissePrice;

typedef struct {
  char *item_id; /* (owned) */
  gint64 stock_milli;
  gint64 reserved_milli; /* for customers and suppliers together */
} ShopcaisseStock;

ShopcaisseItemType shopcaisse_item_type_parse(const char *text);

const char *shopcaisse_item_type_to_text(ShopcaisseItemType type);

gboolean shopcaisse_family_name_is_technical(const char *name);

char *shopcaisse_barcode_normalise(const char *text);

char *shopcaisse_reference_normalise(const char *text);

void shopcaisse_item_free(ShopcaisseItem *self);
void shopcaisse_family_free(ShopcaisseFamily *self);
void shopcaisse_price_list_free(ShopcaissePriceList *self);
void shopcaisse_price_free(ShopcaissePrice *self);
void shopcaisse_stock_free(ShopcaisseStock *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseItem, shopcaisse_item_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseFamily, shopcaisse_family_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaissePriceList, shopcaisse_price_list_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaissePrice, shopcaisse_price_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseStock, shopcaisse_stock_free)

G_END_DECLS
