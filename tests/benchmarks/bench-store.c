/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How long the engine's thread is held by the store of a large shop, slice by slice, on the disk of
 * the temporary folder. What the engine does in batches has batches of the size it would choose. */
#include "bench-shop.h"
#include "bench-table.h"
#include "store/journal.h"
#include "store/links-match.h"
#include "store/links.h"
#include "store/mirror.h"
#include "store/offers.h"
#include "store/plans.h"

#include <gio/gio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PAGE    1000
#define REPEATS 7

typedef struct {
  ShopcaisseDatabase *database; /* (owned) */
  guint n_items;                /* and as many articles */
  guint n_lines;                /* of the journal */
  guint batch;                  /* rows of the next slice; as engine/slices.c chooses it */
} Bench;

static void
check(gboolean ok, GError **error)
{
  if (ok)
    return;
  fprintf(stderr, "bench-store: %s\n", *error != NULL ? (*error)->message : "it failed");
  exit(1);
}

/* The rule of engine/slices.c, which this program does not link. */
static void
adapt(Bench *self, double took_ms)
{
  if (took_ms > 10)
    self->batch = MAX(5, self->batch / 2);
  else if (took_ms < 5)
    self->batch = MIN(500, self->batch + 1 + self->batch / 4);
}

typedef void (*PutRow)(Bench *self, gpointer row, gint64 sweep);

static void
put_item(Bench *self, gpointer row, gint64 sweep)
{
  g_autoptr(GError) error = NULL;

  check(shopcaisse_mirror_put_item(self->database, row, sweep, &error), &error);
}

static void
put_article(Bench *self, gpointer row, gint64 sweep)
{
  g_autoptr(GError) error = NULL;

  check(shopcaisse_articles_put(self->database, row, sweep, &error), &error);
}

static void
put_stock(Bench *self, gpointer row, gint64 sweep)
{
  g_autoptr(GError) error = NULL;
  ShopcaisseStock stock = { .item_id = ((ShopcaisseItem *)row)->id, .stock_milli = sweep };

  check(shopcaisse_mirror_put_stock(self->database, BENCH_STORE, &stock, sweep, 1, &error), &error);
}

static void
add_link(Bench *self, gpointer row, gint64 sweep)
{
  g_autoptr(GError) error = NULL;
  const ShopcaisseItem *item = row;
  g_autofree char *article_id = g_strconcat("h-", item->id, NULL);

  check(shopcaisse_links_add(self->database, article_id, item->id, "import", sweep, &error),
        &error);
}

static void
add_plan_line(Bench *self, gpointer row, gint64 sweep)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ShopcaissePlanLine) line = shopcaisse_plan_line_new();
  const ShopcaisseItem *item = row;

  (void)sweep;
  g_free(line->change);
  line->change = g_strdup("create");
  g_variant_unref(line->after);
  line->after = g_variant_ref_sink(
      g_variant_new_parsed("{'name': <%s>, 'price': <'12.50'>, 'currency': <'EUR'>,"
                           " 'price_includes_tax': <true>, 'vat_rate': <'5.5'>, 'unit': <'UNIT'>,"
                           " 'family': <%s>, 'external_id': <%s>}",
                           item->name, item->family_name, item->id));
  check(shopcaisse_plans_add_line(self->database, "plan-1", line, &error), &error);
}

/* In batches, each with its commit, as a page of the service or of the host is written. */
static void
put_rows(Bench *self, BenchSeries *series, GPtrArray *rows, PutRow put, gint64 sweep)
{
  g_autoptr(GError) error = NULL;

  for (guint next = 0; next < rows->len;) {
    guint end = MIN(rows->len, next + self->batch);

    bench_series_begin(series);
    check(shopcaisse_database_begin(self->database, &error), &error);
    for (; next < end; next++)
      put(self, rows->pdata[next], sweep);
    check(shopcaisse_database_commit(self->database, &error), &error);
    bench_series_end(series);
    adapt(self, bench_series_get_last(series));
  }
}

static int
compare_items(gconstpointer a, gconstpointer b)
{
  return strcmp((*(ShopcaisseItem **)a)->id, (*(ShopcaisseItem **)b)->id);
}

static void
measure_items(Bench *self, const char *name, PutRow put, gint64 sweep)
{
  BenchSeries *series = bench_series_new(name);

  series->n_rows = self->n_items;
  self->batch = 20;
  for (guint first = 0; first < self->n_items; first += PAGE) {
    g_autoptr(GPtrArray) rows =
        g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_item_free);

    for (guint i = first; i < MIN(first + PAGE, self->n_items); i++)
      g_ptr_array_add(rows, bench_shop_make_item(i));
    g_ptr_array_sort(rows, compare_items);
    put_rows(self, series, rows, put, sweep);
  }
  bench_table_take(series);
}

static void
measure_articles(Bench *self, const char *name, gint64 sweep)
{
  BenchSeries *series = bench_series_new(name);

  series->n_rows = self->n_items;
  self->batch = 20;
  for (guint first = 0; first < self->n_items; first += 200) {
    g_autoptr(GPtrArray) rows =
        g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_article_free);

    for (guint i = first; i < MIN(first + 200, self->n_items); i++)
      g_ptr_array_add(rows, bench_shop_make_article(i));
    put_rows(self, series, rows, put_article, sweep);
  }
  bench_table_take(series);
}

static void
measure_article_sweep(Bench *self, const char *name, gint64 number)
{
  BenchSeries *series = bench_series_new(name);
  ShopcaisseArticleSweep sweep = { .number = number };
  g_autoptr(GError) error = NULL;

  series->n_rows = self->n_items;
  self->batch = 20;
  while (!sweep.is_done) {
    bench_series_begin(series);
    check(shopcaisse_articles_end_sweep(self->database, &sweep, self->batch, &error), &error);
    bench_series_end(series);
    adapt(self, bench_series_get_last(series));
  }
  bench_table_take(series);
}

static void
write_journal(Bench *self)
{
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < self->n_lines; i++) {
    g_autofree char *text = g_strdup_printf("order %u: accepted after %u s", i, i % 60);
    g_autofree char *subject = g_strdup_printf("sale-%u", i);
    ShopcaisseJournalLine line = {
      .at = i,
      .level = i % 50 == 0 ? SHOPCAISSE_JOURNAL_WARNING : SHOPCAISSE_JOURNAL_INFO,
      .flow = "orders",
      .subject = subject,
      .text = text,
    };

    if (i % PAGE == 0)
      check(shopcaisse_database_begin(self->database, &error), &error);
    check(shopcaisse_journal_append(self->database, &line, &error), &error);
    if (i % PAGE == PAGE - 1 || i + 1 == self->n_lines)
      check(shopcaisse_database_commit(self->database, &error), &error);
  }
}

static void
measure_journal(Bench *self, const char *name, guint offset)
{
  BenchSeries *series = bench_series_new(name);
  g_autoptr(GError) error = NULL;

  series->n_rows = self->n_lines;
  for (guint i = 0; i < REPEATS; i++) {
    g_autoptr(GPtrArray) lines = NULL;
    guint n_lines = 0;

    bench_series_begin(series);
    lines = shopcaisse_journal_list(self->database, offset, 100, &error);
    check(lines != NULL && shopcaisse_journal_count(self->database, &n_lines, &error), &error);
    bench_series_end(series);
  }
  bench_table_take(series);
}

static void
measure_match(Bench *self, const char *name, const char *kind)
{
  BenchSeries *series = bench_series_new(name);
  ShopcaisseLinksMatch *match = shopcaisse_links_match_new(self->database, kind);
  g_autoptr(GError) error = NULL;
  gboolean is_done = FALSE;

  self->batch = 20;
  while (!is_done) {
    bench_series_begin(series);
    check(shopcaisse_links_match_step(match, 5 * self->batch, &is_done, &error), &error);
    bench_series_end(series);
    adapt(self, bench_series_get_last(series));
  }
  series->n_rows = shopcaisse_links_match_count_pairs(match);
  bench_series_begin(series);
  shopcaisse_links_match_free(match);
  bench_series_end(series);
  bench_table_take(series);
}

static void
measure_unlinked(Bench *self)
{
  BenchSeries *series = bench_series_new("count unlinked articles");
  ShopcaisseUnlinkedCount count = { 0 };
  g_autoptr(GError) error = NULL;

  self->batch = 20;
  series->n_rows = self->n_items;
  while (!count.is_done) {
    bench_series_begin(series);
    check(shopcaisse_links_count_unlinked(self->database, 10 * self->batch, &count, &error),
          &error);
    bench_series_end(series);
    adapt(self, bench_series_get_last(series));
  }
  bench_table_take(series);
}

static void
measure_offers(Bench *self)
{
  BenchSeries *series = bench_series_new("list offers");
  g_autofree char *after_id = NULL;
  guint n_rows = 0;

  self->batch = 20;
  do {
    ShopcaisseOffersQuery query = {
      .company_id = BENCH_COMPANY,
      .store_id = BENCH_STORE,
      .after_id = after_id,
      .limit = self->batch,
    };
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) offers = NULL;

    bench_series_begin(series);
    offers = shopcaisse_mirror_list_offers(self->database, &query, &error);
    bench_series_end(series);
    check(offers != NULL, &error);
    adapt(self, bench_series_get_last(series));
    n_rows = offers->len;
    series->n_rows += n_rows;
    if (n_rows > 0) {
      g_free(after_id);
      after_id = g_strdup(((ShopcaisseOffer *)offers->pdata[n_rows - 1])->item->id);
    }
  } while (n_rows > 0);
  bench_table_take(series);
}

static void
measure_plan_count(Bench *self)
{
  BenchSeries *series = bench_series_new("count plan lines");

  self->batch = 20;
  series->n_rows = self->n_items;
  for (guint next = 0; next < self->n_items; next += self->batch) {
    g_autoptr(GError) error = NULL;
    g_autoptr(GVariant) counts = NULL;

    bench_series_begin(series);
    counts = shopcaisse_plans_count(self->database, "plan-1", next, self->batch, &error);
    bench_series_end(series);
    check(counts != NULL, &error);
    adapt(self, bench_series_get_last(series));
  }
  bench_table_take(series);
}

typedef gboolean (*Single)(Bench *self, GError **error);

static gboolean
find_trial_item(Bench *self, GError **error)
{
  g_autoptr(ShopcaisseItem) item =
      shopcaisse_mirror_find_trial_item(self->database, BENCH_COMPANY, error);

  return item != NULL;
}

static gboolean
find_no_trial_item(Bench *self, GError **error)
{
  g_autoptr(ShopcaisseItem) item =
      shopcaisse_mirror_find_trial_item(self->database, "another", error);

  return item == NULL;
}

static gboolean
count_items(Bench *self, GError **error)
{
  guint n_items = 0;

  return shopcaisse_mirror_count_items(self->database, &n_items, error);
}

/* Each pull has a number of its own. */
static gboolean
end_item_sweep(Bench *self, GError **error)
{
  return shopcaisse_mirror_end_item_sweep(self->database, BENCH_COMPANY, g_get_monotonic_time(),
                                          error);
}

static gboolean
end_stock_sweep(Bench *self, GError **error)
{
  return shopcaisse_mirror_end_stock_sweep(self->database, BENCH_STORE, 2, error);
}

static gboolean
count_links(Bench *self, GError **error)
{
  g_autoptr(GVariant) counts = shopcaisse_links_count(self->database, error);

  return counts != NULL;
}

static gboolean
list_links(Bench *self, GError **error)
{
  g_autoptr(GPtrArray) links =
      shopcaisse_links_list(self->database, self->n_items - 100, 100, error);

  return links != NULL;
}

static void
measure_single(Bench *self, const char *name, Single single)
{
  BenchSeries *series = bench_series_new(name);
  g_autoptr(GError) error = NULL;

  series->n_rows = self->n_items;
  for (guint i = 0; i < REPEATS; i++) {
    bench_series_begin(series);
    check(single(self, &error), &error);
    bench_series_end(series);
  }
  bench_table_take(series);
}

static void
measure_all(Bench *self)
{
  g_autoptr(GError) error = NULL;

  measure_items(self, "write items, first", put_item, 1);
  measure_items(self, "write items, again", put_item, 2);
  measure_items(self, "write stocks, first", put_stock, 1);
  measure_items(self, "write stocks, again", put_stock, 2);
  measure_articles(self, "write articles, first", 1);
  measure_articles(self, "write articles, again", 2);
  measure_match(self, "match ids", "id");
  measure_match(self, "match barcodes", "barcode");
  measure_match(self, "match references", "reference");
  measure_single(self, "find trial item", find_trial_item);
  measure_single(self, "find trial item, none", find_no_trial_item);
  measure_single(self, "count items", count_items);
  measure_single(self, "end item sweep", end_item_sweep);
  measure_single(self, "end stock sweep", end_stock_sweep);
  measure_unlinked(self);
  measure_offers(self);
  measure_items(self, "add links", add_link, 1);
  measure_single(self, "count links", count_links);
  measure_single(self, "list links, last", list_links);
  check(shopcaisse_plans_create(self->database, "plan-1", 1, &error), &error);
  measure_items(self, "add plan lines", add_plan_line, 1);
  measure_plan_count(self);
  measure_article_sweep(self, "end article sweep, none", 2);
  measure_article_sweep(self, "end article sweep, all", 3);
  write_journal(self);
  measure_journal(self, "journal, newest", 0);
  measure_journal(self, "journal, oldest", self->n_lines - 9);
}

static void
remove_folder(const char *path)
{
  g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
  const char *name = NULL;

  while (folder != NULL && (name = g_dir_read_name(folder)) != NULL) {
    g_autofree char *file = g_build_filename(path, name, NULL);

    (void)remove(file);
  }
  (void)remove(path);
}

int
main(int argc, char **argv)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp("bench-store-XXXXXX", &error);
  ShopcaisseDatabaseConfig config = { .folder = folder, .owner = "bench-store" };
  Bench bench = { .n_items = 50000, .n_lines = 100000 };

  if (argc > 1)
    bench.n_items = MAX(200, (guint)g_ascii_strtoull(argv[1], NULL, 10));
  if (argc > 2)
    bench.n_lines = MAX(10, (guint)g_ascii_strtoull(argv[2], NULL, 10));
  check(folder != NULL, &error);
  bench.database = shopcaisse_database_open(&config, &error);
  check(bench.database != NULL, &error);
  bench_table_print_head();
  measure_all(&bench);
  shopcaisse_database_close(bench.database);
  remove_folder(folder);
  return 0;
}
