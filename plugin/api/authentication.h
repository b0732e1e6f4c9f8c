/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "net/message.h"

G_BEGIN_DECLS

/* What a token says of itself and the service says of it; docs/PROTOCOL.md 1.1, 1.2. */
typedef struct {
  char *id;             /* (owned) (nullable) */
  char *application_id; /* (owned) (nullable): also the key of webhook signatures */
  char *environment;    /* (owned) (nullable): "prod" or "staging"; only in the token */
  char **resources;     /* (owned): "company.<id>", "store.<id>", ... */
  char **permissions;   /* (owned): granted nodes, sorted */
  gint64 issued_at;     /* -1 when absent */
} ShopcaisseGrant;

ShopcaisseGrant *shopcaisse_token_decode(const char *token, GError **error);

gboolean shopcaisse_grant_allows(const ShopcaisseGrant *self, const char *node);

ShopcaisseRequest *shopcaisse_authentication_request(void);

ShopcaisseGrant *shopcaisse_authentication_parse(GBytes *body, GError **error);

void shopcaisse_grant_free(ShopcaisseGrant *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseGrant, shopcaisse_grant_free)

G_END_DECLS
