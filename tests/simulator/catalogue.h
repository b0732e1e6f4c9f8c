/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "simulator.h"

#define SIM_PRICE_UNLISTED G_MININT64       /* no entry in the list */
#define SIM_PRICE_MISSING  (G_MININT64 + 1) /* an entry without a price */

typedef struct {
  char *id;   /* (owned) */
  char *key;  /* (owned): name inside the shop file */
  char *name; /* (owned) */
  int position;
  gboolean active;
} SimFamily;

typedef struct {
  char *id;   /* (owned) */
  char *key;  /* (owned) */
  char *name; /* (owned) */
  char *code; /* (owned): letter used in Belgium, else "" */
  guint rate_bp;
} SimVat;

typedef struct {
  char *id;          /* (owned) */
  char *key;         /* (owned) */
  char *name;        /* (owned) */
  char *description; /* (owned) (nullable) */
  char *store;       /* (owned): id of the owning store */
} SimPriceList;

typedef struct {
  double stock;
  double reserved_customers;
  double reserved_suppliers;
} SimStock;

typedef struct _SimItem SimItem;

struct _SimItem {
  char *id;                /* (owned) */
  char *key;               /* (owned) */
  char *name;              /* (owned) */
  char *description;       /* (owned) (nullable) */
  char *long_description;  /* (owned) (nullable) */
  char *reference;         /* (owned) */
  const char *type;        /* (static) */
  const char *unit;        /* (static) */
  char **barcodes;         /* (owned) */
  const SimFamily *family; /* (unowned) (nullable) */
  const SimVat *on_site;   /* (unowned) (nullable) */
  const SimVat *take_away; /* (unowned) (nullable) */
  const SimItem *parent;   /* (unowned) (nullable): of a VARIATION */
  GArray *prices;          /* (owned): gint64 cents per price list */
  json_t *groups;          /* (owned) (nullable): links to modifier groups */
  json_t *steps;           /* (owned) (nullable): of a MENU */
  json_t *pack;            /* (owned) (nullable): of a PACK */
  json_t *extra;           /* (owned) (nullable): members that replace or join those of the row */
  SimStock stock;          /* in stores without an own figure */
  SimStock *store_stocks;  /* (owned) (nullable): per store */
  gint64 price;            /* cents, VAT included */
  gboolean deleted;
  gboolean manage_stock;
};

struct _SimCatalogue {
  GPtrArray *families; /* (owned): of SimFamily */
  GPtrArray *vats;     /* (owned): of SimVat */
  GPtrArray *lists;    /* (owned): of SimPriceList */
  GPtrArray *items;    /* (owned): of SimItem */
  GHashTable *by_id;   /* (owned): id -> SimItem */
  GHashTable *by_key;  /* (owned): key -> SimItem */
  json_t *groups;      /* (owned): array of modifier groups */
  json_t *unavailable; /* (owned): array of unavailabilities */
};

SimCatalogue *sim_catalogue_new(void);
SimItem *sim_catalogue_add_item(SimCatalogue *self, const char *id, const char *key);
void sim_catalogue_remove_item(SimCatalogue *self, SimItem *item);
SimItem *sim_catalogue_get_item(const SimCatalogue *self, const char *id);
SimItem *sim_catalogue_find_item(const SimCatalogue *self, const char *id_key_or_name);
SimFamily *sim_catalogue_find_family(const SimCatalogue *self, const char *id_or_key);
SimVat *sim_catalogue_find_vat(const SimCatalogue *self, const char *id_or_key);
const SimVat *sim_catalogue_get_rate(Simulator *sim, guint rate_bp);
SimPriceList *
sim_catalogue_find_list(const SimCatalogue *self, const char *id_or_key, guint *place);
gint64 sim_item_get_price(const SimItem *item, guint list);
void sim_item_set_price(SimItem *item, guint list, gint64 price);
gint64 sim_item_get_effective_price(const SimItem *item, guint list);
SimStock *sim_item_get_stock(Simulator *sim, SimItem *item, guint store);
const char *sim_item_intern_type(const char *type);
const char *sim_item_intern_unit(const char *unit);
void sim_catalogue_free(SimCatalogue *self);
