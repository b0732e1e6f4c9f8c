/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "session.h"

G_BEGIN_DECLS

#define TYPE_SHELF (shelf_get_type())
G_DECLARE_FINAL_TYPE(Shelf, shelf, TILL, SHELF, GObject)

/* The articles that are for sale, as a list of ComptoirRow; read again when they changed. */
Shelf *shelf_new(Session *session);
void shelf_read(Shelf *self);

G_END_DECLS
