/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/mask.h"

G_BEGIN_DECLS

/* Somebody about whom a merchant asks: who that is, and all that is found out on the way. */
typedef struct ShopcaissePerson ShopcaissePerson;

/* Reads {id, external_id, email, phone, name}; a name alone is nobody. */
ShopcaissePerson *shopcaisse_person_parse(GVariant *row, GError **error);
void shopcaisse_person_free(ShopcaissePerson *self);

/* (transfer none): {sv}, what was asked. */
GVariant *shopcaisse_person_get_row(const ShopcaissePerson *self);

/* Whether a sale's customer is the one. @host_id is (nullable). */
gboolean shopcaisse_person_is(const ShopcaissePerson *self,
                              const ShopcaisseCustomer *customer,
                              const char *host_id);

/* Finds the address, the telephone and the whole name, in whatever text. */
ShopcaisseMask *shopcaisse_person_get_mask(ShopcaissePerson *self);

/* Finds everything that was ever met of this person, for files. */
ShopcaisseMask *shopcaisse_person_get_traces(ShopcaissePerson *self);

/* A customer that is the one: what is known grows. */
void shopcaisse_person_learn(ShopcaissePerson *self, const ShopcaisseCustomer *customer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaissePerson, shopcaisse_person_free)

G_END_DECLS
