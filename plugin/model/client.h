/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "error.h"

G_BEGIN_DECLS

/* A customer in a store's file; docs/PROTOCOL.md 3.15. ShopcaisseCustomer is what a sale says of
 * its buyer; the word "client" keeps the two apart. All of it is personal: never logged. */
typedef struct {
  char *id;          /* (owned) (nullable) */
  char *name;        /* (owned) (nullable), as all that follow */
  char *description; /* (owned) (nullable) */
  char *line1;       /* (owned) (nullable) */
  char *line2;       /* (owned) (nullable) */
  char *postal_code; /* (owned) (nullable) */
  char *city;        /* (owned) (nullable) */
  char *country;     /* (owned) (nullable) */
  char *extra;       /* (owned) (nullable): extraAddressInfo */
  gboolean is_default;
} ShopcaisseClientAddress;

typedef struct {
  char *id;            /* (owned) (nullable): NULL before the service gave one */
  char *last_name;     /* (owned) (nullable), as all texts that follow: verbatim */
  char *first_name;    /* (owned) (nullable) */
  char *phone;         /* (owned) (nullable) */
  char *mobile;        /* (owned) (nullable) */
  char *email;         /* (owned) (nullable) */
  char *note;          /* (owned) (nullable) */
  char *date_of_birth; /* (owned) (nullable): two forms are known, so it stays a text */
  char *company;       /* (owned) (nullable) */
  char *company_type;  /* (owned) (nullable) */
  char *code_ape;      /* (owned) (nullable) */
  char *siret;         /* (owned) (nullable) */
  char *vat_number;    /* (owned) (nullable) */
  gboolean professional;
  GPtrArray *addresses; /* (owned) (nullable) (element-type ShopcaisseClientAddress) */
} ShopcaisseClient;

void shopcaisse_client_address_free(ShopcaisseClientAddress *self);
void shopcaisse_client_free(ShopcaisseClient *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseClientAddress, shopcaisse_client_address_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseClient, shopcaisse_client_free)

G_END_DECLS
