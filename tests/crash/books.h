/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The sales of a host: a file that only grows, shared by all tills of the shop. */
typedef struct Books Books;

Books *books_open(const char *path, GError **error);
void books_close(Books *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Books, books_close)

/* Sells once more at @till. The sale is on disk when its row, of comptoir-rows.h, is returned. */
GVariant *books_sell(Books *self, const char *till, GError **error);

/* How many sales there are, of all tills. */
gboolean books_count(Books *self, guint *n_sales, GError **error);

/* A page of sales, as list_sales answers it. */
GVariant *books_list(Books *self, GVariant *query, GError **error);

G_END_DECLS
