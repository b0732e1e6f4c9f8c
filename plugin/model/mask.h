/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/sale.h"

G_BEGIN_DECLS

/* What is known of somebody, to find it in texts and in bytes and to take it out of them. */
typedef struct ShopcaisseMask ShopcaisseMask;

ShopcaisseMask *shopcaisse_mask_new(void);
ShopcaisseMask *shopcaisse_mask_copy(const ShopcaisseMask *self);
void shopcaisse_mask_free(ShopcaisseMask *self);

/* @text is (nullable): one of fewer than three characters is passed over. */
void shopcaisse_mask_add(ShopcaisseMask *self, const char *text);

/* The words of a name as well, each by itself. */
void shopcaisse_mask_add_name(ShopcaisseMask *self, const char *name);

/* All of a customer; whatever texts are in a dictionary of the host. */
void shopcaisse_mask_add_customer(ShopcaisseMask *self, const ShopcaisseCustomer *customer);
void shopcaisse_mask_add_row(ShopcaisseMask *self, GVariant *row);

gboolean shopcaisse_mask_is_empty(const ShopcaisseMask *self);

/* (transfer full) (nullable): the text without it; NULL when it is not in it. */
char *shopcaisse_mask_apply(ShopcaisseMask *self, const char *text);

/* Whether it stands in bytes of a file. */
gboolean shopcaisse_mask_is_in(ShopcaisseMask *self, gconstpointer bytes, gsize size);

/* (transfer full): a dictionary with each "note" of it masked, however deep it stands. */
GVariant *shopcaisse_mask_apply_notes(ShopcaisseMask *self, GVariant *row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseMask, shopcaisse_mask_free)

G_END_DECLS
