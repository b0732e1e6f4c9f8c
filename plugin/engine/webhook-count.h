/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store/database.h"

G_BEGIN_DECLS

/* What came by webhook so far. It survives, but for the last seconds before a kill. */
typedef struct ShopcaisseWebhookCount ShopcaisseWebhookCount;

/* Besides the names of known events. */
#define SHOPCAISSE_COUNT_UNKNOWN   "unknown"   /* an event that nothing follows from */
#define SHOPCAISSE_COUNT_ELSEWHERE "elsewhere" /* of another store of the token */
#define SHOPCAISSE_COUNT_STRANGE   "strange"   /* of nobody the token knows */
#define SHOPCAISSE_COUNT_FORGED    "forged"    /* refused: its signature is wrong or missing */
#define SHOPCAISSE_COUNT_MALFORMED "malformed" /* refused: signed, and no event */
#define SHOPCAISSE_COUNT_REFUSED   "refused"   /* by the receiver, for its form, size or time */

struct ShopcaisseWebhookCount {
  gint64 first_at; /* of an authentic event, 0: none so far */
  gint64 last_at;
  gint64 heard_at; /* up to then nothing can have been missed, 0: never listened */
  guint64 *counts; /* (owned): in the order of the names */
  gboolean is_changed;
};

ShopcaisseWebhookCount *shopcaisse_webhook_count_load(ShopcaisseDatabase *database);
void shopcaisse_webhook_count_free(ShopcaisseWebhookCount *self);

gboolean shopcaisse_webhook_count_save(ShopcaisseWebhookCount *self,
                                       ShopcaisseDatabase *database,
                                       GError **error);

/* NULL behind the last. */
const char *shopcaisse_webhook_count_name(gsize i);

void shopcaisse_webhook_count_add(ShopcaisseWebhookCount *self, const char *name, guint64 n);
guint64 shopcaisse_webhook_count_get(const ShopcaisseWebhookCount *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseWebhookCount, shopcaisse_webhook_count_free)

G_END_DECLS
