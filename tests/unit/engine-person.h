/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine-words.h"

G_BEGIN_DECLS

/* A customer whom the tests know everywhere again, and everything of her. */
#define PERSON_CUSTOMER                                                                            \
  "'customer': <{'id': <'client-4711'>, 'name': <'Zoé Delannoy'>, 'phone': <'06 12 34 56 78'>,"   \
  " 'email': <'zoe.delannoy@example.org'>, 'address': <'12 rue des Lilas'>}>"
#define PERSON_SALE  "{" PERSON_CUSTOMER "}"
#define PERSON_ASKED "{'email': <'Zoe.Delannoy@example.org'>}"

#define PERSON_CLIENTS "/v1/stores/store-1/customers?page=0&pageSize=100"
#define PERSON_NOBODY  "{'items':[],'hasNextPage':false}"

/* Opens an engine that sends customers. */
void engine_person_open(Bench *self);

/* Submits a sale of hers, lets the file be searched in vain; its order is on its way. */
void engine_person_send(Bench *self, const char *sale_id);

/* Erases her; the number that the answer has under @key. */
guint engine_person_erase(Bench *self, const char *key);

/* Whether a file of the profile holds anything of her, in any encoding. */
gboolean engine_person_is_kept(Bench *self);

/* Nothing of her is in a file of the profile; says what is, and where. */
void engine_person_assert_gone(Bench *self);

/* Takes the order that must leave now, which must not name her, and lets the service accept it. */
void engine_person_accept_without(Bench *self, const char *sale_id);

G_END_DECLS
