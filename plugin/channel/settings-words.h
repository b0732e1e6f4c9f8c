/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A choice that is not a name from the service. */
typedef struct {
  const char *value;
  const char *label; /* to be translated */
} ShopcaisseChoiceWords;

#define SHOPCAISSE_CHOICES_MAX 5

/* What people read of one setting. */
typedef struct {
  const char *key;
  const char *kind;
  const char *label; /* to be translated, as what follows */
  const char *group;
  const char *help;                                      /* (nullable) */
  ShopcaisseChoiceWords choices[SHOPCAISSE_CHOICES_MAX]; /* ends with a value of NULL */
} ShopcaisseSettingWords;

const ShopcaisseSettingWords *shopcaisse_setting_words_find(const char *key);

const char *shopcaisse_setting_words_find_error(const char *code);

G_END_DECLS
