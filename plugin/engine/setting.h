/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store/database.h"

G_BEGIN_DECLS

/* Of what a setting speaks: of another store or register it has to be said anew. */
typedef enum {
  SHOPCAISSE_SCOPE_PROFILE,
  SHOPCAISSE_SCOPE_STORE,
  SHOPCAISSE_SCOPE_REGISTER
} ShopcaisseSettingScope;

/* One setting that a person can change. Its words for people are in channel/settings-words.c. */
typedef struct {
  const char *key;
  const char *kind; /* as describe_settings has it */
  const char *fallback;
  gboolean (*check)(ShopcaisseDatabase *database,
                    const char *value,
                    GError **error); /* (nullable) */
  ShopcaisseSettingScope scope;
} ShopcaisseSetting;

/* NULL for a key that is none. */
const ShopcaisseSetting *shopcaisse_setting_find(const char *key);

/* The settings in their order; *n_settings of them. */
const ShopcaisseSetting *shopcaisse_settings_list(gsize *n_settings);

/* What is stored, else the fallback; "" for what no person changes. @all: a{ss}. */
char *shopcaisse_setting_dup_value(GVariant *all, const char *key);

const char *shopcaisse_setting_get_fallback(const char *key);

/* @value is (nullable): it had no usable type. */
gboolean shopcaisse_setting_check(ShopcaisseDatabase *database,
                                  const char *key,
                                  const char *value,
                                  GError **error);

G_END_DECLS
