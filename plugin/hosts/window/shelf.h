/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "session.h"

G_BEGIN_DECLS

#define TYPE_SHELF (shelf_get_type())
G_DECLARE_FINAL_TYPE(Shelf, shelf, TILL, SHELF, GObject)

/* The articles that are for sale, as a list of ComptoirRow, by family and name. It says that it has
 * changed whenever it was read, though nothing may have. */
Shelf *shelf_new(Session *session);
gboolean shelf_is_read(Shelf *self);
ComptoirRow *shelf_find(Shelf *self, const char *code);
void shelf_read(Shelf *self);

G_END_DECLS
