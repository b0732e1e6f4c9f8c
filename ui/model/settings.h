/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The settings as the channel describes them, and what somebody has changed and is not saved. */
typedef struct ShopcaissePageSettings ShopcaissePageSettings;

ShopcaissePageSettings *shopcaisse_page_settings_new(void);
void shopcaisse_page_settings_free(ShopcaissePageSettings *self);

gboolean shopcaisse_page_settings_set_rows(ShopcaissePageSettings *self, GVariant *rows);

char **shopcaisse_page_settings_list_groups(ShopcaissePageSettings *self);
char **shopcaisse_page_settings_list_keys(ShopcaissePageSettings *self, const char *group);

GVariant *shopcaisse_page_settings_dup_row(ShopcaissePageSettings *self, const char *key);
char *shopcaisse_page_settings_dup_value(ShopcaissePageSettings *self, const char *key);
char *shopcaisse_page_settings_dup_choice(ShopcaissePageSettings *self, const char *key);
char *shopcaisse_page_settings_dup_error(ShopcaissePageSettings *self, const char *key);
guint shopcaisse_page_settings_count_choices(ShopcaissePageSettings *self, const char *key);

/* Whether a setting says when a sale is sent, and as what. */
gboolean shopcaisse_page_settings_is_sending(const char *key);

void
shopcaisse_page_settings_edit(ShopcaissePageSettings *self, const char *key, const char *value);
gboolean shopcaisse_page_settings_is_dirty(ShopcaissePageSettings *self);

/* One saving at a time: what is edited meanwhile goes with the next. */
GVariant *shopcaisse_page_settings_begin(ShopcaissePageSettings *self);
void shopcaisse_page_settings_end(ShopcaissePageSettings *self, const GError *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaissePageSettings, shopcaisse_page_settings_free)

G_END_DECLS
