/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store/database.h"
#include "store/outbox.h"

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

G_BEGIN_DECLS

/* One database in a folder of its own, for one test. */
typedef struct {
  char *folder;                 /* (owned) */
  ShopcaisseDatabase *database; /* (owned) (nullable) */
} StoreFixture;

/* For cmocka_unit_test_setup_teardown(): the state is a StoreFixture. */
int store_fixture_set_up(void **state);
int store_fixture_set_up_folder(void **state); /* nothing is opened yet */
int store_fixture_tear_down(void **state);

/* Opens the fixture's folder; fails the test when that fails. @vfs as in the configuration. */
ShopcaisseDatabase *store_fixture_open(StoreFixture *self, const char *vfs);

/* Closes and opens again. */
void store_fixture_reopen(StoreFixture *self);

/* Deletes a folder with what is in it. */
void store_fixture_delete_folder(const char *folder);

/* Appends a waiting job of lane @lane, due at @due_at; returns its id. */
gint64 store_fixture_append(StoreFixture *self, const char *key, const char *lane, gint64 due_at);

/* One number that a statement answers, read past the store's functions. */
gint64 store_fixture_query(StoreFixture *self, const char *sql);

#define store_test(name)                                                                           \
  cmocka_unit_test_setup_teardown(name, store_fixture_set_up, store_fixture_tear_down)

#define store_folder_test(name)                                                                    \
  cmocka_unit_test_setup_teardown(name, store_fixture_set_up_folder, store_fixture_tear_down)

#define assert_no_error(error)                                                                     \
  do {                                                                                             \
    if ((error) != NULL)                                                                           \
      fail_msg("unexpected error: %s", (error)->message);                                          \
  } while (FALSE)

#define assert_store_error(error, expected)                                                        \
  do {                                                                                             \
    assert_non_null(error);                                                                        \
    if (!g_error_matches(error, COMPTOIR_ERROR, expected))                                         \
      fail_msg("another error: %s", (error)->message);                                             \
  } while (FALSE)

G_END_DECLS
