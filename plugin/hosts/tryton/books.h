/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "catalogue.h"
#include "rpc.h"
#include "steps.h"

/**
 * TrytonBooks:
 * @rpc: (owned): the connection
 * @catalogue: (owned) (nullable): as last read; set once opened
 * @company_id: the company that sells
 * @warehouse_id: whose stock counts
 * @storage_id: where its goods lie
 * @instance_id: (owned) (nullable): names the company in its database, in every copy of it
 * @location: (owned) (nullable): company and warehouse, for people
 * @language: (owned) (nullable): the user's, as in "fr"
 * @zone: (owned) (nullable): the company's time
 * @states: (owned): the states of a sale that is paid for or to be delivered
 * @read_at: when the catalogue was read, monotonic, microseconds
 * @till_party_id: who buys at the till; 0: not looked for yet
 *
 * One company's books in Tryton. Whoever asks holds a reference until the answer.
 */
typedef struct {
  TrytonRpc *rpc;
  TrytonCatalogue *catalogue;
  gint64 company_id;
  gint64 warehouse_id;
  gint64 storage_id;
  char *instance_id;
  char *location;
  char *language;
  GTimeZone *zone;
  GStrv states;
  gint64 read_at;
  gint64 till_party_id;
} TrytonBooks;

TrytonBooks *tryton_books_new(TrytonRpc *rpc);
TrytonBooks *tryton_books_ref(TrytonBooks *self);
void tryton_books_unref(TrytonBooks *self);

void tryton_books_open(TrytonBooks *self, TrytonStepsDone done, gpointer user_data);
void tryton_books_refresh(TrytonBooks *self, TrytonStepsDone done, gpointer user_data);
json_t *tryton_books_new_states(TrytonBooks *self);
