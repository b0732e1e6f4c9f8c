/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "faults.h"

/* Articles, sales and secrets in memory. */
typedef struct {
  GPtrArray *articles;  /* (element-type GVariant) (owned): the last to change last */
  GPtrArray *sales;     /* (element-type GVariant) (owned) */
  GHashTable *applied;  /* (owned): key to article id */
  GHashTable *recorded; /* (owned): key to the host's id of a till's sale */
  char *secret;         /* (owned) (nullable) */
  guint last_number;
} FaultBooks;

void fault_books_init(FaultBooks *self);
void fault_books_clear(FaultBooks *self);

GVariant *fault_books_list_articles(FaultBooks *self, GVariant *query);
GVariant *fault_books_list_sales(FaultBooks *self, GVariant *query);
GVariant *fault_books_apply(FaultBooks *self, GVariant *changes);
GVariant *fault_books_record(FaultBooks *self, GVariant *sales);
GVariant *fault_books_sell(FaultBooks *self);
