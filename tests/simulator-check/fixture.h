/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "http.h"
#include "process.h"

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

/* A simulator with what tests need to know of its shop. */
typedef struct {
  Process *process;
  char *token;   /* (owned): the one in force */
  char *company; /* (owned): ids of the first ones */
  char *store;   /* (owned) */
  char *pos;     /* (owned) */
} Fixture;

/* Wishes for an order; a field at 0 is the usual. */
typedef struct {
  const char *order_id; /* NULL: "order-1" */
  const char *item;     /* key, NULL: an article at 6.50 */
  const char *type;     /* NULL: SIMPLE */
  const char *price;    /* as JSON, NULL: 6.5 */
  const char *payment;  /* as JSON, NULL: 13 */
  const char *quantity; /* as JSON, NULL: 2 */
  const char *digits;   /* as JSON, NULL: not sent */
  const char *extra;    /* further members, each with a comma before it */
} Wish;

Fixture *fixture_new(const char *const *arguments);
void fixture_free(Fixture *self);
int fixture_set_up_group(void **state);
int fixture_tear_down_group(void **state);
int fixture_reset(void **state);

HttpReply *api(const Fixture *self, const char *method, const char *format, ...)
    G_GNUC_PRINTF(3, 4);
HttpReply *
api_body(const Fixture *self, const char *method, const char *body, const char *format, ...)
    G_GNUC_PRINTF(4, 5);
json_t *control(const Fixture *self, const char *method, const char *target, const char *body);
void control_done(const Fixture *self, const char *method, const char *target, const char *body);
void set_switch(const Fixture *self, const char *name, const char *value);

char *find_item(const Fixture *self, const char *key);
char *build_order(const Fixture *self, const Wish *wish);
HttpReply *post_order(const Fixture *self, const Wish *wish);
guint count(const Fixture *self, const char *counter);
const char *text_at(const json_t *value, const char *path);
double number_at(const json_t *value, const char *path);
json_t *value_at(const json_t *value, const char *path);
