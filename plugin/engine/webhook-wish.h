/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* What a receiver is opened with, by the settings and the token. */
typedef struct {
  gboolean is_wanted;
  guint16 port;  /* 0: any that is free */
  char *address; /* (owned), as those below */
  char *path;
  char *header;
  char *key; /* (nullable): nobody named the application */
  char *url; /* what the back office is told; no receiver is opened anew for it */
} ShopcaisseWebhookWish;

void shopcaisse_webhook_wish_read(ShopcaisseWebhookWish *self,
                                  ShopcaisseContext *context,
                                  const char *learnt_key);
void shopcaisse_webhook_wish_clear(ShopcaisseWebhookWish *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ShopcaisseWebhookWish, shopcaisse_webhook_wish_clear)

gboolean shopcaisse_webhook_wish_is_same(const ShopcaisseWebhookWish *a,
                                         const ShopcaisseWebhookWish *b);
gboolean shopcaisse_webhook_wish_is_public(const ShopcaisseWebhookWish *self);
char *shopcaisse_webhook_wish_dup_place(const ShopcaisseWebhookWish *self, guint16 port);

G_END_DECLS
