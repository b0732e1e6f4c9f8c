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

/* Tries to open it, which is to fail. */
GError *store_fixture_open_failing(StoreFixture *self);

void store_fixture_close(StoreFixture *self);

/* Closes and opens again. */
void store_fixture_reopen(StoreFixture *self);

/* Files of the folder. */
char *store_fixture_dup_path(StoreFixture *self, const char *name);
gboolean store_fixture_has_file(StoreFixture *self, const char *name);
void store_fixture_write(
    StoreFixture *self, const char *name, gint64 offset, const char *bytes, gsize size);

/* Deletes a folder with what is in it. */
void store_fixture_delete_folder(const char *folder);

/* Appends a waiting job of lane @lane, due at @due_at; returns its id. */
gint64 store_fixture_append(StoreFixture *self, const char *key, const char *lane, gint64 due_at);

/* Claims the next job; there has to be one. */
void store_fixture_claim_next(StoreFixture *self, gint64 now);

/* The next job has this key, "" for none. */
void store_fixture_assert_next(StoreFixture *self, gint64 now, const char *key);

void store_fixture_set_text(char **field, const char *text);

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
