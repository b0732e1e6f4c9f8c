/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* What nobody can see from here, by the setting with which a person confirms it. */
typedef struct {
  const char *id;
  const char *setting;
  const char *name;      /* to be translated, as what follows */
  const char *where;     /* what to do, and where */
  const char *unseen;    /* a finding: that it cannot be seen */
  const char *question;  /* what to look at before it is confirmed */
  const char *confirmed; /* a finding: that a person has looked */
} ShopcaisseConfirmation;

const ShopcaisseConfirmation *shopcaisse_confirmations_list(gsize *n_confirmations);

gboolean shopcaisse_confirmation_is_given(const ShopcaisseConfirmation *self,
                                          ShopcaisseContext *context);

/* Whether it is known without. */
gboolean shopcaisse_confirmation_is_proven(const ShopcaisseConfirmation *self,
                                           ShopcaisseContext *context);

G_END_DECLS
