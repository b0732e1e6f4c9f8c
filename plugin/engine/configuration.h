/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "api/authentication.h"
#include "model/order.h"
#include "store/database.h"

G_BEGIN_DECLS

#define SHOPCAISSE_CONNECTED_AT "connected-at" /* the key; engine/first-connection.h */

typedef struct ShopcaisseContext ShopcaisseContext;

typedef enum {
  SHOPCAISSE_TILL_NOT_SAID,
  SHOPCAISSE_TILL_SHOPCAISSE, /* orders become sales on the till */
  SHOPCAISSE_TILL_HOST        /* the host has recorded them: none is pushed */
} ShopcaisseTillOfRecord;

/* The settings, read once and checked. Text fields are never NULL unless they say so. */
typedef struct {
  char *api_url;          /* (owned): "" follows the token's environment */
  char *store_id;         /* (owned): "" is not chosen, as below */
  char *company_id;       /* (owned): of the store */
  char *pos_id;           /* (owned): as chosen */
  char *price_list;       /* (owned) */
  char *order_prefix;     /* (owned) */
  char *time_zone;        /* (owned) */
  char *transport;        /* (owned): a transport's name or auto */
  char *proxy;            /* (owned) (nullable): NULL the system's */
  char *token_place;      /* (owned): "" when there is none */
  char *store_fault;      /* (owned) (nullable): why the chosen store should not be this one's */
  char *token_hint;       /* (owned) (nullable): the end of the token, while it is known */
  char *default_customer; /* (owned): whose file a sale without a customer goes to, "" nobody's */
  gboolean send_customer;
  gboolean is_automatic;    /* sales are sent by themselves */
  gboolean sends_when_paid; /* in whatever status */
  gboolean has_new_words;   /* of the host, that nobody has been shown; engine/learn.h */
  gboolean debug;           /* each exchange leaves a line */
  gint64 debug_until;       /* when that ends by itself, 0: the next exchange says when */
  ShopcaisseTillOfRecord till_of_record;
  ShopcaisseUnit unit;    /* of the store; not known before a calibration */
  gint64 connected_at;    /* when a token was first accepted, 0: never */
  ShopcaisseGrant *grant; /* (owned) (nullable): decoded from the token */
} ShopcaisseConfiguration;

/* A key of our own: the time of debug_until. */
#define SHOPCAISSE_DEBUG_UNTIL "debug-until"

ShopcaisseConfiguration *shopcaisse_configuration_load(ShopcaisseDatabase *database,
                                                       GError **error);

void shopcaisse_configuration_free(ShopcaisseConfiguration *self);

/* Reads the settings again; the grant stays. */
gboolean shopcaisse_configuration_reload(ShopcaisseConfiguration *self,
                                         ShopcaisseDatabase *database,
                                         GError **error);

/* Checks and stores what a person changed; nothing is stored when one value is wrong. */
gboolean shopcaisse_configuration_change(ShopcaisseConfiguration *self,
                                         ShopcaisseDatabase *database,
                                         GVariant *changes,
                                         GError **error);

/* Of any store, also one that is not chosen any more. */
ShopcaisseUnit shopcaisse_configuration_get_unit(ShopcaisseDatabase *database,
                                                 const char *store_id);

gboolean shopcaisse_configuration_set_unit(ShopcaisseConfiguration *self,
                                           ShopcaisseDatabase *database,
                                           const char *store_id,
                                           ShopcaisseUnit unit,
                                           GError **error);

/* (transfer full): aa{sv}: key, kind, value, choices; labels are the channel's affair. */
GVariant *shopcaisse_configuration_describe(ShopcaisseConfiguration *self,
                                            ShopcaisseDatabase *database);

/* The register that orders go to: the chosen one, else the store's only one. FALSE: there are
 * several and a person must choose. *pos_id may be NULL: none is known. */
gboolean shopcaisse_configuration_dup_register(ShopcaisseConfiguration *self,
                                               ShopcaisseDatabase *database,
                                               char **pos_id);

/* Where requests go: the setting, else by the token's environment; NULL when neither is known. */
const char *shopcaisse_configuration_get_base_url(ShopcaisseConfiguration *self);

guint shopcaisse_configuration_get_interval_min(ShopcaisseDatabase *database, const char *key);

G_END_DECLS
