/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine-shop.h"
#include "engine/context.h"
#include "engine/reconcile.h"
#include "store/tickets.h"

G_BEGIN_DECLS

/* What reconciling needs of an engine, on the bench's store. */
typedef struct {
  Bench *bench;
  ShopcaisseContext context;
} Book;

int book_set_up(void **state);
int book_tear_down(void **state);

#define book_test(name) cmocka_unit_test_setup_teardown(name, book_set_up, book_tear_down)

/* Sale-1 over 12.50, sold at BENCH_NOW. */
typedef struct {
  const char *state;
  const char *fiscal;
  const char *receipt; /* (nullable) */
  const char *reason;  /* (nullable) */
  const char *kitchen; /* (nullable) */
  guint number;        /* 0: sale-1 */
} BookSale;

void book_add_sale(Book *self, const BookSale *what);

/* One line at 10 %, one payment. */
typedef struct {
  const char *id;
  const char *status;
  gint64 total_minor;
  gint64 vat_minor;
  gint64 at;             /* 0: BENCH_NOW */
  const char *shift_id;  /* (nullable) */
  const char *pos_id;    /* (nullable) */
  const char *payment;   /* (nullable): CARD */
  const char *parent_id; /* (nullable): it takes that one back */
} BookTicket;

void book_add_ticket(Book *self, const BookTicket *what);

/* An hour to both sides of BENCH_NOW, on pos-1. */
void book_add_shift(Book *self, ShopcaisseShiftPhase phase, const char *status);
void book_add_shift_of(Book *self, const char *id, const char *pos_id, gint64 from, gint64 to);

/* An order that the service lists for today, in the sweep of book_assert_listed_difference(). */
void book_list_order(Book *self, const char *id, const char *order_id, gint64 goods_minor);

/* (transfer full): the report of today. */
GVariant *book_reconcile(Book *self);
GVariant *book_get_store(GVariant *report);
guint book_get_number(GVariant *report, const char *key);

/* The day has one difference, of this class, with a next step. */
void book_assert_difference(Book *self, const char *class);
/* The same with a list of orders that was asked for at @listed_at. */
void book_assert_listed_difference(Book *self, gint64 listed_at, const char *class);
void book_assert_no_difference(Book *self);

G_END_DECLS
