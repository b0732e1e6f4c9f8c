/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sentences that name somebody are found, and written without. */
#include "store-fixture.h"
#include "store/journal.h"
#include "store/texts.h"

#define N_LINES 5

static void
write_lines(StoreFixture *self)
{
  for (guint i = 0; i < N_LINES; i++) {
    const ShopcaisseJournalLine line = {
      .at = 1,
      .level = SHOPCAISSE_JOURNAL_INFO,
      .flow = "orders",
      .subject = "sale-1",
      .text = i % 2 == 0 ? "for Ana Roux: no" : "nobody",
    };

    assert_true(shopcaisse_journal_append(self->database, &line, NULL));
  }
}

static guint
search_all(StoreFixture *self, ShopcaisseTexts place, ShopcaisseTextsUse use)
{
  g_autoptr(ShopcaisseMask) mask = shopcaisse_mask_new();
  ShopcaisseTextsSearch search = { .place = place, .use = use, .mask = mask, .limit = 2 };
  guint n_turns = 0;

  shopcaisse_mask_add(mask, "ana roux");
  for (; search.after != G_MAXINT64 && n_turns < 2 * N_LINES; n_turns++)
    assert_true(shopcaisse_texts_search(self->database, &search, NULL));
  assert_int_equal(search.after, G_MAXINT64);
  return search.n_found;
}

static void
sentences_are_counted_and_stay(void **state)
{
  write_lines(*state);
  assert_int_equal(search_all(*state, SHOPCAISSE_TEXTS_JOURNAL, SHOPCAISSE_TEXTS_COUNT), 3);
  assert_int_equal(search_all(*state, SHOPCAISSE_TEXTS_JOURNAL, SHOPCAISSE_TEXTS_COUNT), 3);
}

static void
sentences_are_written_without(void **state)
{
  write_lines(*state);
  assert_int_equal(search_all(*state, SHOPCAISSE_TEXTS_JOURNAL, SHOPCAISSE_TEXTS_MASK), 3);
  assert_int_equal(search_all(*state, SHOPCAISSE_TEXTS_JOURNAL, SHOPCAISSE_TEXTS_MASK), 0);
  assert_int_equal(
      store_fixture_query(*state, "SELECT count(*) FROM journal WHERE text LIKE 'for _: no'"), 3);
}

static void
each_place_can_be_looked_through(void **state)
{
  for (guint place = 0; place < SHOPCAISSE_N_TEXTS; place++)
    assert_int_equal(search_all(*state, (ShopcaisseTexts)place, SHOPCAISSE_TEXTS_MASK), 0);
}

static void
message_of_a_job_is_written_without(void **state)
{
  StoreFixture *self = *state;
  gint64 id = store_fixture_append(self, "key", "lane", 1);

  assert_true(shopcaisse_outbox_park(self->database, id, "rejected", "Ana Roux", NULL));
  assert_int_equal(search_all(self, SHOPCAISSE_TEXTS_JOBS, SHOPCAISSE_TEXTS_MASK), 1);
  assert_int_equal(
      store_fixture_query(self, "SELECT count(*) FROM outbox WHERE message LIKE '%Ana%'"), 0);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    store_test(sentences_are_counted_and_stay),
    store_test(sentences_are_written_without),
    store_test(each_place_can_be_looked_through),
    store_test(message_of_a_job_is_written_without),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
