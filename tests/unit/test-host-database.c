/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The reference host's books: pages, tombstones, and keys. */

#include "host-article-changes.h"
#include "host-articles.h"
#include "host-records.h"
#include "host-sales.h"
#include "host-worker.h"

#include <comptoir/comptoir.h>
#include <glib/gstdio.h>
#include <string.h>

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

typedef struct {
  char *folder;           /* (owned) */
  char *path;             /* (owned) */
  HostDatabase *database; /* (owned) (nullable) */
} Books;

static int
set_up(void **state)
{
  Books *books = g_new0(Books, 1);

  books->folder = g_dir_make_tmp("host-database-XXXXXX", NULL);
  books->path = g_build_filename(books->folder, "host.sqlite", NULL);
  books->database = host_database_open(books->path, NULL);
  *state = books;
  return books->database == NULL ? -1 : 0;
}

static int
tear_down(void **state)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };
  Books *books = *state;

  host_database_close(books->database);
  for (gsize i = 0; i < G_N_ELEMENTS(suffixes); i++) {
    g_autofree char *path = g_strconcat(books->path, suffixes[i], NULL);

    (void)g_unlink(path);
  }
  (void)g_rmdir(books->folder);
  g_free(books->folder);
  g_free(books->path);
  g_free(books);
  return 0;
}

/* (transfer full): the answer; @text is in GVariant's text form */
static GVariant *
call(HostDatabase *database, HostWorkerFunction function, const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) argument = g_variant_parse(NULL, text, NULL, NULL, &error);
  GVariant *answer = NULL;

  if (argument == NULL)
    fail_msg("%s: %s", text, error->message);
  answer = function(database, argument, &error);
  if (answer == NULL)
    fail_msg("%s: %s", text, error->message);
  return answer;
}

static void
call_only(HostDatabase *database, HostWorkerFunction function, const char *text)
{
  g_autoptr(GVariant) answer = call(database, function, text);

  assert_non_null(answer);
}

static GVariant *
get_rows(GVariant *page)
{
  return g_variant_lookup_value(page, COMPTOIR_KEY_ROWS, G_VARIANT_TYPE("aa{sv}"));
}

/* (transfer full): one key of all rows of a page, divided by spaces */
static char *
join_key(GVariant *page, const char *key)
{
  g_autoptr(GVariant) rows = get_rows(page);
  GString *out = g_string_new(NULL);

  for (gsize i = 0; i < g_variant_n_children(rows); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(rows, i);
    const char *text = "-";

    (void)g_variant_lookup(row, key, "&s", &text);
    g_string_append_printf(out, "%s%s", i == 0 ? "" : " ", text);
  }
  return g_string_free(out, FALSE);
}

static void
add_three_articles(Books *books)
{
  call_only(books->database, host_article_changes_add,
            "{'rows': <[{'id': <'A'>, 'name': <'a'>, 'changed_at': <'2026-03-01T10:00:00Z'>},"
            "           {'id': <'B'>, 'name': <'b'>, 'changed_at': <'2026-03-01T11:00:00Z'>},"
            "           {'id': <'C'>, 'name': <'c'>, 'changed_at': <'2026-03-01T11:00:00Z'>}]>}");
}

static void
page_ends_without_a_cursor(void **state)
{
  Books *books = *state;
  const char *cursor = NULL;

  add_three_articles(books);
  g_autoptr(GVariant) page = call(books->database, host_articles_list, "{'limit': <uint32 3>}");
  g_autofree char *ids = join_key(page, "id");
  assert_string_equal(ids, "A B C");
  assert_false(g_variant_lookup(page, COMPTOIR_KEY_CURSOR, "&s", &cursor));
}

static void
cursor_goes_on_between_rows_of_one_time(void **state)
{
  Books *books = *state;
  const char *cursor = NULL;

  add_three_articles(books);
  g_autoptr(GVariant) first = call(books->database, host_articles_list, "{'limit': <uint32 2>}");
  assert_true(g_variant_lookup(first, COMPTOIR_KEY_CURSOR, "&s", &cursor));
  g_autofree char *query = g_strdup_printf("{'cursor': <'%s'>}", cursor);
  g_autoptr(GVariant) second = call(books->database, host_articles_list, query);
  g_autofree char *ids = join_key(second, "id");
  assert_string_equal(ids, "C");
}

static void
since_is_at_or_after(void **state)
{
  Books *books = *state;

  add_three_articles(books);
  g_autoptr(GVariant) page =
      call(books->database, host_articles_list, "{'since': <'2026-03-01T11:00:00Z'>}");
  g_autofree char *ids = join_key(page, "id");
  assert_string_equal(ids, "B C");
}

static void
article_that_changes_between_pages_is_not_missed(void **state)
{
  Books *books = *state;
  const char *cursor = NULL;

  add_three_articles(books);
  g_autoptr(GVariant) first = call(books->database, host_articles_list, "{'limit': <uint32 1>}");
  assert_true(g_variant_lookup(first, COMPTOIR_KEY_CURSOR, "&s", &cursor));
  call_only(books->database, host_article_changes_apply,
            "[{'key': <'k'>, 'change': <'update'>, 'id': <'B'>, 'fields': <{'price': <'2'>}>}]");
  g_autofree char *query = g_strdup_printf("{'cursor': <'%s'>}", cursor);
  g_autoptr(GVariant) second = call(books->database, host_articles_list, query);
  g_autofree char *ids = join_key(second, "id");
  assert_string_equal(ids, "C B");
}

static void
cursor_of_another_is_invalid(void **state)
{
  Books *books = *state;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) query = g_variant_ref_sink(g_variant_new_parsed("{'cursor': <'x'>}"));

  assert_null(host_articles_list(books->database, query, &error));
  assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID));
}

static void
deletion_leaves_a_tombstone_with_a_new_time(void **state)
{
  Books *books = *state;
  gboolean is_deleted = FALSE;

  add_three_articles(books);
  call_only(books->database, host_article_changes_apply,
            "[{'key': <'k'>, 'change': <'delete'>, 'id': <'A'>}]");
  g_autoptr(GVariant) page =
      call(books->database, host_articles_list, "{'since': <'2026-03-02T00:00:00Z'>}");
  g_autoptr(GVariant) rows = get_rows(page);
  g_autoptr(GVariant) row = g_variant_get_child_value(rows, 0);
  assert_int_equal(g_variant_n_children(rows), 1);
  assert_true(g_variant_lookup(row, "deleted", "b", &is_deleted));
  assert_true(is_deleted);
}

static void
deleted_article_cannot_be_sold(void **state)
{
  Books *books = *state;
  g_autoptr(GVariant) query = g_variant_ref_sink(g_variant_new_parsed("{'ids': <['A']>}"));

  add_three_articles(books);
  call_only(books->database, host_article_changes_apply,
            "[{'key': <'k'>, 'change': <'delete'>, 'id': <'A'>}]");
  assert_null(host_articles_find(books->database, query, NULL));
}

static void
update_leaves_other_fields(void **state)
{
  Books *books = *state;

  call_only(books->database, host_article_changes_add,
            "{'rows': <[{'id': <'A'>, 'name': <'a'>, 'price': <'1.00'>, 'barcodes': <['1', '2']>,"
            " 'price_includes_tax': <false>}]>}");
  call_only(books->database, host_article_changes_apply,
            "[{'key': <'k'>, 'change': <'update'>, 'id': <'A'>, 'fields': <{'price': <'2.00'>}>}]");
  g_autoptr(GVariant) page = call(books->database, host_articles_list, "@a{sv} {}");
  g_autoptr(GVariant) rows = get_rows(page);
  g_autoptr(GVariant) row = g_variant_get_child_value(rows, 0);
  g_autofree const char **barcodes = NULL;
  gboolean includes_tax = TRUE;
  const char *price = NULL;
  assert_true(g_variant_lookup(row, "price", "&s", &price));
  assert_true(g_variant_lookup(row, "barcodes", "^a&s", &barcodes));
  assert_true(g_variant_lookup(row, "price_includes_tax", "b", &includes_tax));
  assert_string_equal(price, "2.00");
  assert_string_equal(barcodes[1], "2");
  assert_false(includes_tax);
}

static void
known_key_answers_the_id_of_then(void **state)
{
  static const char change[] =
      "[{'key': <'k'>, 'change': <'create'>, 'fields': <{'name': <'New'>}>}]";
  Books *books = *state;

  g_autoptr(GVariant) first = call(books->database, host_article_changes_apply, change);
  g_autoptr(GVariant) second = call(books->database, host_article_changes_apply, change);
  g_autoptr(GVariant) page = call(books->database, host_articles_list, "@a{sv} {}");
  g_autofree char *first_id = join_key(first, "id");
  g_autofree char *second_id = join_key(second, "id");
  g_autofree char *ids = join_key(page, "id");
  assert_string_equal(first_id, second_id);
  assert_string_equal(ids, first_id);
}

static void
change_that_fails_holds_up_no_other(void **state)
{
  Books *books = *state;

  g_autoptr(GVariant) answer =
      call(books->database, host_article_changes_apply,
           "[{'key': <'k1'>, 'change': <'update'>, 'id': <'none'>},"
           " {'key': <'k2'>, 'change': <'create'>, 'fields': <{'name': <''>}>},"
           " {'key': <'k3'>, 'change': <'create'>, 'fields': <{'name': <'c'>, 'price': <'x'>}>},"
           " {'key': <'k4'>, 'change': <'create'>, 'fields': <{'id': <'D'>, 'name': <'d'>}>}]");
  g_autofree char *statuses = join_key(answer, COMPTOIR_KEY_STATUS);
  assert_string_equal(statuses, "failed failed failed done");
}

static void
failed_change_may_come_again(void **state)
{
  Books *books = *state;

  call_only(books->database, host_article_changes_apply,
            "[{'key': <'k'>, 'change': <'update'>, 'id': <'A'>, 'fields': <{'price': <'9'>}>}]");
  add_three_articles(books);
  g_autoptr(GVariant) answer =
      call(books->database, host_article_changes_apply,
           "[{'key': <'k'>, 'change': <'update'>, 'id': <'A'>, 'fields': <{'price': <'9'>}>}]");
  g_autofree char *statuses = join_key(answer, COMPTOIR_KEY_STATUS);
  assert_string_equal(statuses, "done");
}

static const char one_sale[] =
    "{'id': <'S'>, 'sold_at': <'2026-03-01T11:00:00Z'>, 'total': <'1.00'>,"
    " 'lines': <[{'article_id': <'A'>, 'name': <'it\\'s'>}]>, 'payments': <@aa{sv} []>}";

static void
sale_comes_back_as_it_was(void **state)
{
  Books *books = *state;

  call_only(books->database, host_sales_add, one_sale);
  g_autoptr(GVariant) page =
      call(books->database, host_sales_list, "{'since': <'2026-03-01T11:00:00Z'>}");
  g_autoptr(GVariant) rows = get_rows(page);
  g_autoptr(GVariant) sale = g_variant_get_child_value(rows, 0);
  g_autoptr(GVariant) lines = g_variant_lookup_value(sale, COMPTOIR_KEY_LINES, NULL);
  g_autofree char *text = g_variant_print(lines, FALSE);
  assert_string_equal(text, "[{'article_id': <'A'>, 'name': <\"it's\">}]");
}

static void
same_sale_twice_is_one(void **state)
{
  Books *books = *state;

  call_only(books->database, host_sales_add, one_sale);
  call_only(books->database, host_sales_add, one_sale);
  g_autoptr(GVariant) page = call(books->database, host_sales_list, "@a{sv} {}");
  g_autofree char *ids = join_key(page, "id");
  assert_string_equal(ids, "S");
}

static void
progress_skips_and_repeats(void **state)
{
  Books *books = *state;

  call_only(books->database, host_sales_add, one_sale);
  call_only(books->database, host_sales_progress,
            "{'id': <'S'>, 'state': <'parked'>, 'reason': <'used'>, 'order_id': <'O'>}");
  call_only(books->database, host_sales_progress, "{'id': <'S'>, 'state': <'sent'>}");
  call_only(books->database, host_sales_progress, "{'id': <'S'>, 'kitchen': <'READY'>}");
  call_only(books->database, host_sales_progress, "{'id': <'unknown'>, 'state': <'sent'>}");
  g_autoptr(GVariant) page = call(books->database, host_sales_show, "{'search': <'S'>}");
  g_autofree char *states = join_key(page, COMPTOIR_KEY_STATE);
  g_autofree char *orders = join_key(page, COMPTOIR_KEY_ORDER_ID);
  g_autofree char *kitchens = join_key(page, COMPTOIR_KEY_KITCHEN);
  g_autofree char *reasons = join_key(page, COMPTOIR_KEY_REASON);
  assert_string_equal(states, "sent");
  assert_string_equal(orders, "O");
  assert_string_equal(kitchens, "READY");
  assert_string_equal(reasons, "-");
}

static void
till_sale_is_recorded_once(void **state)
{
  static const char sales[] =
      "[{'key': <'k'>, 'id': <'T'>, 'sold_at': <'2026-03-01T11:00:00Z'>, 'total': <'1.00'>},"
      " {'key': <'bad'>, 'id': <'U'>}]";
  Books *books = *state;

  g_autoptr(GVariant) first = call(books->database, host_records_add_till_sales, sales);
  g_autoptr(GVariant) second = call(books->database, host_records_add_till_sales, sales);
  g_autoptr(GVariant) page = call(books->database, host_records_list_till_sales, "@a{sv} {}");
  g_autofree char *statuses = join_key(second, COMPTOIR_KEY_STATUS);
  g_autofree char *ids = join_key(page, "id");
  assert_non_null(first);
  assert_string_equal(statuses, "done failed");
  assert_string_equal(ids, "T");
}

static void
later_state_of_till_sale_takes_its_place(void **state)
{
  static const char sales[] =
      "[{'key': <'T:paid'>, 'id': <'T'>, 'sold_at': <'2026-03-01T11:00:00Z'>, 'total': <'1.00'>,"
      "  'status': <'paid'>},"
      " {'key': <'T:done'>, 'id': <'T'>, 'sold_at': <'2026-03-01T11:00:00Z'>, 'total': <'1.00'>,"
      "  'status': <'completed'>}]";
  Books *books = *state;

  call_only(books->database, host_records_add_till_sales, sales);
  g_autoptr(GVariant) page = call(books->database, host_records_list_till_sales, "@a{sv} {}");
  g_autofree char *statuses = join_key(page, COMPTOIR_KEY_STATUS);
  assert_string_equal(statuses, "completed");
}

static void
empty_notice_withdraws(void **state)
{
  Books *books = *state;

  call_only(books->database, host_records_put_notice,
            "{'id': <'n'>, 'level': <'error'>, 'text': <'one'>}");
  call_only(books->database, host_records_put_notice,
            "{'id': <'n'>, 'level': <'error'>, 'text': <'two'>}");
  g_autoptr(GVariant) kept = call(books->database, host_records_list_notices, "@a{sv} {}");
  call_only(books->database, host_records_put_notice,
            "{'id': <'n'>, 'level': <'ok'>, 'text': <''>}");
  g_autoptr(GVariant) none = call(books->database, host_records_list_notices, "@a{sv} {}");
  g_autofree char *kept_texts = join_key(kept, "text");
  g_autofree char *none_texts = join_key(none, "text");
  assert_string_equal(kept_texts, "two");
  assert_string_equal(none_texts, "");
}

static void
newer_schema_is_refused(void **state)
{
  Books *books = *state;
  g_autoptr(GError) error = NULL;

  assert_true(host_database_execute(books->database, "PRAGMA user_version = 99", NULL));
  assert_null(host_database_open(books->path, &error));
  assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_VERSION));
}

#define BOOKS_TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int
main(void)
{
  const struct CMUnitTest tests[] = {
    BOOKS_TEST(page_ends_without_a_cursor),
    BOOKS_TEST(cursor_goes_on_between_rows_of_one_time),
    BOOKS_TEST(since_is_at_or_after),
    BOOKS_TEST(article_that_changes_between_pages_is_not_missed),
    BOOKS_TEST(cursor_of_another_is_invalid),
    BOOKS_TEST(deletion_leaves_a_tombstone_with_a_new_time),
    BOOKS_TEST(deleted_article_cannot_be_sold),
    BOOKS_TEST(update_leaves_other_fields),
    BOOKS_TEST(known_key_answers_the_id_of_then),
    BOOKS_TEST(change_that_fails_holds_up_no_other),
    BOOKS_TEST(failed_change_may_come_again),
    BOOKS_TEST(sale_comes_back_as_it_was),
    BOOKS_TEST(same_sale_twice_is_one),
    BOOKS_TEST(progress_skips_and_repeats),
    BOOKS_TEST(till_sale_is_recorded_once),
    BOOKS_TEST(later_state_of_till_sale_takes_its_place),
    BOOKS_TEST(empty_notice_withdraws),
    BOOKS_TEST(newer_schema_is_refused),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
