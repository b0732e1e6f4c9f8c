/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;
typedef struct ShopcaisseListNews ShopcaisseListNews;

/* Rows of this kind are not what they were; a literal. The first word goes at once, then one each
 * so often, the last one always: whoever shows a list reads it again at every word. */
void shopcaisse_context_list_changed(ShopcaisseContext *context, const char *kind);
#define SHOPCAISSE_LIST_NEWS_PAUSE (G_GINT64_CONSTANT(250000)) /* microseconds */

/* The same for all lists in which articles, items or what links them is seen. */
void shopcaisse_context_catalogue_changed(ShopcaisseContext *context);

/* The same for all lists that tell of the token, the settings and what they lead to. */
void shopcaisse_context_connection_changed(ShopcaisseContext *context);

/* The channel closes: nobody reads any more. */
void shopcaisse_list_news_end(ShopcaisseContext *context);

G_END_DECLS
