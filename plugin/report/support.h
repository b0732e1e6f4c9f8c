/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The support bundle: one text that a merchant can hand to anyone. */
typedef struct ShopcaisseSupport ShopcaisseSupport;

ShopcaisseSupport *shopcaisse_support_new(void);
void shopcaisse_support_free(ShopcaisseSupport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseSupport, shopcaisse_support_free)

/* A part of it, with its heading. */
void shopcaisse_support_begin(ShopcaisseSupport *self, const char *heading);

void shopcaisse_support_add_line(ShopcaisseSupport *self, const char *name, const char *value);

/* One line for each row of aa{sv}: the values of these keys, in their order, ends with NULL. */
void shopcaisse_support_add_rows(ShopcaisseSupport *self, GVariant *rows, const char *const *keys);

/* aa{sv} of describe_settings: of secrets only whether they are set. */
void shopcaisse_support_add_settings(ShopcaisseSupport *self, GVariant *rows);

/* a{su}. */
void shopcaisse_support_add_counts(ShopcaisseSupport *self, const char *name, GVariant *counts);

/* (transfer full): what has been added; nothing is added any more. */
char *shopcaisse_support_take_text(ShopcaisseSupport *self);

/* (transfer full): a text without user and password of the addresses in it. */
char *shopcaisse_support_clean(const char *text);

G_END_DECLS
