/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store-fixture.h"
#include "store/journal.h"

static void
append(StoreFixture *self, ShopcaisseJournalLevel level, const char *subject, const char *text)
{
  g_autoptr(GError) error = NULL;

  assert_true(shopcaisse_journal_append(
      self->database, &(ShopcaisseJournalLine){ 9, level, "orders", subject, text }, &error));
  assert_no_error(error);
}

static char *
dup_text(GPtrArray *lines, guint index)
{
  char *text = NULL;

  assert_true(index < lines->len);
  assert_true(g_variant_lookup(lines->pdata[index], "text", "s", &text));
  return text;
}

/* The text of the newest line, for a text that was appended. */
static char *
keep(StoreFixture *self, const char *text)
{
  append(self, SHOPCAISSE_JOURNAL_INFO, "", text);

  g_autoptr(GPtrArray) lines = shopcaisse_journal_list(self->database, 0, 1, NULL);

  return dup_text(lines, 0);
}

static void
assert_kept(StoreFixture *self, const char *text, const char *expected)
{
  g_autofree char *found = keep(self, text);

  assert_string_equal(found, expected);
}

static void
assert_count(StoreFixture *self, guint expected)
{
  guint n_lines = 0;
  g_autoptr(GPtrArray) lines = shopcaisse_journal_list(self->database, 0, 100, NULL);

  assert_true(shopcaisse_journal_count(self->database, &n_lines, NULL));
  assert_int_equal(n_lines, expected);
  assert_int_equal(lines->len, expected);
}

static void
a_line_has_what_was_appended(void **state)
{
  StoreFixture *self = *state;
  const char *level = NULL;
  const char *flow = NULL;
  const char *subject = NULL;
  gint64 at = 0;

  append(self, SHOPCAISSE_JOURNAL_WARNING, "sale 1", "text");

  g_autoptr(GPtrArray) lines = shopcaisse_journal_list(self->database, 0, 1, NULL);

  assert_true(g_variant_lookup(lines->pdata[0], "at", "x", &at));
  assert_true(g_variant_lookup(lines->pdata[0], "level", "&s", &level));
  assert_true(g_variant_lookup(lines->pdata[0], "flow", "&s", &flow));
  assert_true(g_variant_lookup(lines->pdata[0], "subject", "&s", &subject));
  assert_int_equal(at, 9);
  assert_string_equal(level, "warning");
  assert_string_equal(flow, "orders");
  assert_string_equal(subject, "sale 1");
}

static void
the_newest_comes_first(void **state)
{
  StoreFixture *self = *state;

  append(self, SHOPCAISSE_JOURNAL_INFO, "", "one");
  append(self, SHOPCAISSE_JOURNAL_INFO, "", "two");

  g_autoptr(GPtrArray) lines = shopcaisse_journal_list(self->database, 1, 1, NULL);
  g_autofree char *text = dup_text(lines, 0);

  assert_string_equal(text, "one");
}

static void
one_event_is_one_line(void **state)
{
  assert_kept(*state,
              "a\r\nerror: forged\xe2\x80\xa8"
              "b",
              "a\\u{d}\\u{a}error: forged\\u{2028}b");
}

static void
escapes_of_terminals_are_shown(void **state)
{
  assert_kept(*state, "\x1b[31mred", "\\u{1b}[31mred");
}

static void
the_reading_direction_cannot_be_turned(void **state)
{
  assert_kept(*state,
              "a\xe2\x80\xae"
              "b\xe2\x81\xa6"
              "c",
              "a\\u{202e}b\\u{2066}c");
}

static void
accents_and_pictures_are_kept(void **state)
{
  assert_kept(*state, "caf\xc3\xa9 \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x8d\xb3",
              "caf\xc3\xa9 \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x8d\xb3");
}

static void
invalid_bytes_are_replaced(void **state)
{
  g_autofree char *found = keep(*state, "a\xff"
                                        "b");

  assert_true(g_utf8_validate(found, -1, NULL));
}

static void
a_long_text_is_cut_between_characters(void **state)
{
  g_autoptr(GString) text = g_string_new(NULL);

  for (int i = 0; i < 600; i++)
    g_string_append(text, "\xc3\xa9");

  g_autofree char *found = keep(*state, text->str);

  assert_int_equal(g_utf8_strlen(found, -1), 500);
  assert_true(g_utf8_validate(found, -1, NULL));
}

static void
escapes_do_not_make_a_text_longer(void **state)
{
  g_autofree char *text = g_strnfill(500, '\n');
  g_autofree char *found = keep(*state, text);

  assert_int_equal(g_utf8_strlen(found, -1), 500);
}

static void
the_oldest_lines_go(void **state)
{
  StoreFixture *self = *state;

  append(self, SHOPCAISSE_JOURNAL_INFO, "", "first");
  store_fixture_query(self, "UPDATE sqlite_sequence SET seq = 100000 WHERE name = 'journal'");
  append(self, SHOPCAISSE_JOURNAL_INFO, "", "last");
  assert_count(self, 1);
}

static void
a_line_is_read_by_its_id_until_it_goes(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(GVariant) line = NULL;
  g_autoptr(GError) error = NULL;
  const char *text = "";

  append(self, SHOPCAISSE_JOURNAL_INFO, "", "one");
  line = shopcaisse_journal_read(self->database, 1, &error);
  assert_true(g_variant_lookup(line, "text", "&s", &text));
  assert_string_equal(text, "one");
  assert_null(shopcaisse_journal_read(self->database, 2, &error));
  assert_no_error(error);
}

static void
assert_window(StoreFixture *self, guint offset, const char *expected)
{
  g_autoptr(GPtrArray) lines = shopcaisse_journal_list(self->database, offset, 2, NULL);
  g_autoptr(GString) text = g_string_new(NULL);

  for (guint i = 0; i < lines->len; i++) {
    g_autofree char *line = dup_text(lines, i);

    g_string_append_printf(text, "%s ", line);
  }
  assert_string_equal(text->str, expected);
}

/* The first lines of the two are as many; in the second one there is a gap. */
static void
windows_are_the_same_with_and_without_a_gap(void **state)
{
  StoreFixture *self = *state;

  append(self, SHOPCAISSE_JOURNAL_INFO, "", "one");
  append(self, SHOPCAISSE_JOURNAL_ERROR, "", "two");
  append(self, SHOPCAISSE_JOURNAL_INFO, "", "three");
  assert_window(self, 1, "two one ");
  assert_window(self, 3, "");
  store_fixture_query(self, "UPDATE sqlite_sequence SET seq = 900 WHERE name = 'journal'");
  append(self, SHOPCAISSE_JOURNAL_INFO, "", "four");
  assert_window(self, 1, "three two ");
  assert_window(self, 3, "one ");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    store_test(a_line_has_what_was_appended),
    store_test(the_newest_comes_first),
    store_test(one_event_is_one_line),
    store_test(escapes_of_terminals_are_shown),
    store_test(the_reading_direction_cannot_be_turned),
    store_test(accents_and_pictures_are_kept),
    store_test(invalid_bytes_are_replaced),
    store_test(a_long_text_is_cut_between_characters),
    store_test(escapes_do_not_make_a_text_longer),
    store_test(the_oldest_lines_go),
    store_test(a_line_is_read_by_its_id_until_it_goes),
    store_test(windows_are_the_same_with_and_without_a_gap),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
