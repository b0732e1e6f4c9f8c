/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The checkout of the till's window, without a screen: real books, and a channel that answers from
 * a table. */
#include "checkout.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#define WATCHDOG_S 30

typedef struct {
  char *folder; /* (owned) */
  Session *session;
  Checkout *checkout;
  sqlite3 *books; /* (owned): the same books, for who looks into them */
  char *said;     /* (owned) (nullable): the last complaint */
  gboolean is_done;
} Counter;

static void
done_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  Counter *self = user_data;

  (void)g_task_propagate_boolean(G_TASK(result), NULL);
  self->is_done = TRUE;
}

static void
said_cb(Counter *self, const char *text)
{
  g_free(self->said);
  self->said = g_strdup(text);
}

static gboolean
expire_cb(gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
has_ended(Counter *self)
{
  return self->is_done;
}

static gboolean
has_sold(Counter *self)
{
  return !checkout_is_selling(self->checkout);
}

static gboolean
run_until(Counter *self, gboolean (*is_so)(Counter *self))
{
  gboolean has_expired = FALSE;
  g_autoptr(GSource) watchdog = g_timeout_source_new_seconds(WATCHDOG_S);

  g_source_set_callback(watchdog, expire_cb, &has_expired, NULL);
  g_source_attach(watchdog, NULL);
  while (!has_expired && !is_so(self))
    g_main_context_iteration(NULL, TRUE);
  g_source_destroy(watchdog);
  return !has_expired;
}

static void
execute(Counter *self, const char *statement)
{
  assert_int_equal(sqlite3_exec(self->books, statement, NULL, NULL, NULL), SQLITE_OK);
}

static int
set_up(void **state)
{
  Counter *self = g_new0(Counter, 1);
  g_autofree char *path = NULL;
  SessionOptions options = { .channel = "fake" };

  self->folder = g_dir_make_tmp("host-checkout-XXXXXX", NULL);
  options.state_dir = self->folder;
  self->session = session_new(&options);
  session_open_async(self->session, SESSION_CHANNEL, NULL, done_cb, self);
  *state = self;
  if (!run_until(self, has_ended) || session_get_channel(self->session) == NULL)
    return -1;
  self->checkout = checkout_new(self->session);
  g_signal_connect_swapped(self->checkout, "complained", G_CALLBACK(said_cb), self);
  path = g_build_filename(self->folder, "host.sqlite", NULL);
  return sqlite3_open(path, &self->books) == SQLITE_OK ? 0 : -1;
}

static int
remove_all(const char *path)
{
  GDir *folder = g_dir_open(path, 0, NULL);

  for (const char *name = NULL; folder != NULL && (name = g_dir_read_name(folder)) != NULL;) {
    g_autofree char *inner = g_build_filename(path, name, NULL);

    (void)remove_all(inner);
  }
  g_clear_pointer(&folder, g_dir_close);
  return g_remove(path);
}

static int
tear_down(void **state)
{
  Counter *self = *state;
  gboolean is_closed = FALSE;

  self->is_done = FALSE;
  session_close_async(self->session, done_cb, self);
  is_closed = run_until(self, has_ended);
  while (g_main_context_iteration(NULL, FALSE))
    continue;
  (void)sqlite3_close(self->books);
  g_clear_object(&self->checkout);
  g_clear_object(&self->session);
  (void)remove_all(self->folder);
  g_free(self->folder);
  g_free(self->said);
  g_free(self);
  return is_closed ? 0 : -1;
}

static void
take(Counter *self, const char *id)
{
  g_autoptr(GVariant) article = g_variant_ref_sink(g_variant_new_parsed(
      "{'id': <%s>, 'name': <'Moutarde'>, 'price': <'3.95'>, 'vat_rate': <'5.5'>}", id));

  checkout_take(self->checkout, article);
}

static guint
count_lines(Counter *self)
{
  return g_list_model_get_n_items(basket_get_lines(checkout_get_basket(self->checkout)));
}

static int
count_sales(Counter *self)
{
  sqlite3_stmt *statement = NULL;
  int count = -1;

  assert_int_equal(
      sqlite3_prepare_v2(self->books, "SELECT count(*) FROM sales", -1, &statement, NULL),
      SQLITE_OK);
  if (sqlite3_step(statement) == SQLITE_ROW)
    count = sqlite3_column_int(statement, 0);
  (void)sqlite3_finalize(statement);
  return count;
}

static void
the_basket_is_full_until_the_books_have_the_sale(void **state)
{
  Counter *self = *state;

  take(self, "A1");
  checkout_pay(self->checkout, "card");
  assert_true(checkout_is_selling(self->checkout));
  assert_int_equal(count_lines(self), 1);
  assert_true(run_until(self, has_sold));
  assert_int_equal(count_lines(self), 0);
  assert_int_equal(count_sales(self), 1);
  assert_null(self->said);
}

static void
paying_again_before_the_books_have_answered_sells_nothing(void **state)
{
  Counter *self = *state;

  take(self, "A1");
  checkout_pay(self->checkout, "card");
  checkout_pay(self->checkout, "cash");
  assert_true(run_until(self, has_sold));
  checkout_pay(self->checkout, "card");
  assert_false(checkout_is_selling(self->checkout));
  assert_int_equal(count_sales(self), 1);
}

static void
what_is_scanned_meanwhile_lies_in_the_next_basket(void **state)
{
  Counter *self = *state;

  take(self, "A1");
  take(self, "A2");
  checkout_pay(self->checkout, "card");
  take(self, "A3");
  assert_int_equal(count_lines(self), 2);
  assert_true(run_until(self, has_sold));
  assert_int_equal(count_lines(self), 1);
  assert_int_equal(basket_get_total(checkout_get_basket(self->checkout)), 395);
}

static void
a_basket_that_is_being_sold_is_not_emptied_by_hand(void **state)
{
  Counter *self = *state;

  take(self, "A1");
  checkout_pay(self->checkout, "card");
  checkout_clear(self->checkout);
  assert_int_equal(count_lines(self), 1);
  assert_true(run_until(self, has_sold));
}

static void
books_that_refuse_a_sale_leave_the_basket_and_say_why(void **state)
{
  Counter *self = *state;

  execute(self, "CREATE TRIGGER refuse BEFORE INSERT ON sales"
                " BEGIN SELECT RAISE(ABORT, 'no space left'); END");
  take(self, "A1");
  checkout_pay(self->checkout, "card");
  take(self, "A2");
  assert_true(run_until(self, has_sold));
  assert_int_equal(count_lines(self), 2);
  assert_int_equal(count_sales(self), 0);
  assert_non_null(strstr(self->said, "no space left"));
}

static void
a_sale_in_the_books_is_sold_whatever_comes_later(void **state)
{
  Counter *self = *state;

  execute(self, "CREATE TRIGGER refuse BEFORE UPDATE ON sales"
                " BEGIN SELECT RAISE(ABORT, 'no space left'); END");
  take(self, "A1");
  checkout_pay(self->checkout, "card");
  assert_true(run_until(self, has_sold));
  assert_int_equal(count_lines(self), 0);
  assert_int_equal(count_sales(self), 1);
  assert_non_null(strstr(self->said, "in the books"));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(the_basket_is_full_until_the_books_have_the_sale, set_up,
                                    tear_down),
    cmocka_unit_test_setup_teardown(paying_again_before_the_books_have_answered_sells_nothing,
                                    set_up, tear_down),
    cmocka_unit_test_setup_teardown(what_is_scanned_meanwhile_lies_in_the_next_basket, set_up,
                                    tear_down),
    cmocka_unit_test_setup_teardown(a_basket_that_is_being_sold_is_not_emptied_by_hand, set_up,
                                    tear_down),
    cmocka_unit_test_setup_teardown(books_that_refuse_a_sale_leave_the_basket_and_say_why, set_up,
                                    tear_down),
    cmocka_unit_test_setup_teardown(a_sale_in_the_books_is_sold_whatever_comes_later, set_up,
                                    tear_down),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
