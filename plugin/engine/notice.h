/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* Something a person should see. The same @id replaces an earlier notice, an empty @text ends it.
 */
void
shopcaisse_notice(ShopcaisseContext *context, const char *id, const char *level, const char *text);

G_END_DECLS
