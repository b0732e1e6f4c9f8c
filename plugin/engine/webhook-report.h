/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* What the doctor says of webhooks: adds findings to aa{sv}. */
void shopcaisse_webhook_report(ShopcaisseContext *context, GVariantBuilder *rows);

G_END_DECLS
