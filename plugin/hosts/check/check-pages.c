/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Long lists in steps of several lengths: each row once, none missing, in one order, to an end. */

#include "run-private.h"

#define FULL_STEP    1000
#define ODD_STEP     97
#define SINGLE_STEP  1
#define SINGLE_PAGES 25
#define WISHED_US    (4 * G_TIME_SPAN_MILLISECOND)

static const Question paged[] = { QUESTION_LIST_ARTICLES, QUESTION_LIST_SALES };

/* Whether a walk has something to say: what a walk meets on its way is the same for all checks. */
typedef gboolean (*LookAtWalk)(Run *run, Question question, Walk *walk, GString *seen);

static Walk *
start_walk(Run *run, Question question, guint limit, guint max_pages)
{
  const WalkOptions options = {
    .limit = limit,
    .max_pages = max_pages,
    .timeout_ms = run->options.timeout_ms,
  };

  return walk_new(run->asker, question, &options);
}

/* The walks of a list, made when the first check asks for them. */
static void
make_walks(Run *run, Question question)
{
  GPtrArray *again = NULL;

  if (run->walks[question] != NULL || !run_can_ask(run, question))
    return;
  run->walks[question] = start_walk(run, question, FULL_STEP, 0);
  again = g_ptr_array_new_with_free_func((GDestroyNotify)walk_free);
  g_ptr_array_add(again, start_walk(run, question, ODD_STEP, 0));
  g_ptr_array_add(again, start_walk(run, question, FULL_STEP, 0));
  g_ptr_array_add(again, start_walk(run, question, SINGLE_STEP, SINGLE_PAGES));
  run->again[question] = again;
}

static gboolean
look_at_list(Run *run, Question question, LookAtWalk look, GString *seen)
{
  if (look(run, question, run->walks[question], seen))
    return TRUE;
  for (guint i = 0; i < run->again[question]->len; i++) {
    if (look(run, question, g_ptr_array_index(run->again[question], i), seen))
      return TRUE;
  }
  return FALSE;
}

static Verdict
look_at_walks(Run *run, LookAtWalk look, GString *seen)
{
  guint n_rows = 0;
  guint n_lists = 0;

  for (gsize i = 0; i < G_N_ELEMENTS(paged); i++) {
    if (run->walks[paged[i]] == NULL)
      continue;
    n_lists++;
    n_rows += run->walks[paged[i]]->rows->len;
    if (look_at_list(run, paged[i], look, seen))
      return VERDICT_FAILED;
  }
  if (n_lists == 0) {
    g_string_append(seen, "this host has got no long list that answers");
    return VERDICT_NOT_OFFERED;
  }
  g_string_append_printf(seen, "%u row%s of %u list%s in steps of %d, %d and %d", n_rows,
                         n_rows == 1 ? "" : "s", n_lists, n_lists == 1 ? "" : "s", FULL_STEP,
                         ODD_STEP, SINGLE_STEP);
  if (n_rows > n_lists)
    return VERDICT_OK;
  g_string_append(seen, ": too few to make a second page");
  return VERDICT_NOT_CHECKED;
}

static gboolean
is_over_limit(Run *run, Question question, Walk *walk, GString *seen)
{
  if (walk->longest <= walk->limit)
    return FALSE;
  g_string_append_printf(seen, "%s was asked for %u rows and gave %u", question_get_name(question),
                         walk->limit, walk->longest);
  return TRUE;
}

static Verdict
check_limit(Run *run, GString *seen)
{
  return look_at_walks(run, is_over_limit, seen);
}

static gboolean
has_repeated(Run *run, Question question, Walk *walk, GString *seen)
{
  if (walk->repeated == NULL || walk->is_endless)
    return FALSE;
  g_string_append_printf(seen, "%s in steps of %u: row \"%.40s\" comes again",
                         question_get_name(question), walk->limit, walk->repeated);
  return TRUE;
}

static Verdict
check_once(Run *run, GString *seen)
{
  return look_at_walks(run, has_repeated, seen);
}

/* (nullable): the id of a row that @walk has not got: of @whole, or made for the check */
static const char *
find_missing(Run *run, Question question, Walk *walk, Walk *whole)
{
  GHashTableIter iter;
  gpointer key = NULL;
  gpointer value = NULL;

  g_hash_table_iter_init(&iter, whole->places);
  while (g_hash_table_iter_next(&iter, &key, NULL)) {
    if (walk_find(walk, key) == 0)
      return key;
  }
  if (question != QUESTION_LIST_ARTICLES)
    return NULL;
  g_hash_table_iter_init(&iter, run->seeded);
  while (g_hash_table_iter_next(&iter, NULL, &value)) {
    if (walk_find(walk, value) == 0)
      return value;
  }
  return NULL;
}

static gboolean
has_lost(Run *run, Question question, Walk *walk, GString *seen)
{
  const char *missing = NULL;

  if (walk->error != NULL) {
    g_string_append_printf(seen, "%s in steps of %u: page %u: %s", question_get_name(question),
                           walk->limit, walk->n_pages + 1, walk->error);
    return TRUE;
  }
  if (!walk->is_complete)
    return FALSE;
  missing = find_missing(run, question, walk, run->walks[question]);
  for (guint i = 0; missing == NULL && i < run->again[question]->len; i++)
    missing = find_missing(run, question, walk, g_ptr_array_index(run->again[question], i));
  if (missing == NULL)
    return FALSE;
  g_string_append_printf(seen, "%s in steps of %u: row \"%.40s\" is missing",
                         question_get_name(question), walk->limit, missing);
  return TRUE;
}

static Verdict
check_none_missing(Run *run, GString *seen)
{
  Verdict verdict = look_at_walks(run, has_lost, seen);

  if (verdict == VERDICT_OK && !run->is_seeded)
    g_string_append(seen, ", none made for the check");
  return verdict;
}

/* Rows that both have got stand in the same order; a row that comes again is another check's. */
static gboolean
is_disordered(Run *run, Question question, Walk *walk, GString *seen)
{
  guint last = 0;

  for (guint i = 0; i < walk->rows->len; i++) {
    const char *id = NULL;
    guint place = 0;

    if (!g_variant_lookup(g_ptr_array_index(walk->rows, i), COMPTOIR_KEY_ID, "&s", &id) ||
        walk_find(walk, id) != i + 1)
      continue;
    place = walk_find(run->walks[question], id);
    if (place != 0 && place < last) {
      g_string_append_printf(seen, "%s in steps of %u: row \"%.40s\" stands elsewhere",
                             question_get_name(question), walk->limit, id);
      return TRUE;
    }
    last = MAX(last, place);
  }
  return FALSE;
}

static Verdict
check_order(Run *run, GString *seen)
{
  return look_at_walks(run, is_disordered, seen);
}

static gboolean
has_no_end(Run *run, Question question, Walk *walk, GString *seen)
{
  if (!walk->is_endless)
    return FALSE;
  g_string_append_printf(seen,
                         "%s in steps of %u: the cursor of page %u was there before; the last page"
                         " has none",
                         question_get_name(question), walk->limit, walk->n_pages);
  return TRUE;
}

static Verdict
check_end(Run *run, GString *seen)
{
  return look_at_walks(run, has_no_end, seen);
}

static Verdict
check_cost(Run *run, GString *seen)
{
  Verdict verdict = VERDICT_OK;

  for (gsize i = 0; i < G_N_ELEMENTS(paged); i++) {
    Walk *small = NULL;

    if (run->walks[paged[i]] == NULL)
      continue;
    small = g_ptr_array_index(run->again[paged[i]], 0);
    g_string_append_printf(seen,
                           "%s%s: the host's thread works %.1f ms for a page of %u rows, %.1f ms"
                           " for %u",
                           seen->len == 0 ? "" : "; ", question_get_name(paged[i]),
                           (double)run->walks[paged[i]]->cpu_us / G_TIME_SPAN_MILLISECOND,
                           run->walks[paged[i]]->longest,
                           (double)small->cpu_us / G_TIME_SPAN_MILLISECOND, small->longest);
    if (small->cpu_us > WISHED_US)
      verdict = VERDICT_WARNING;
  }
  if (seen->len == 0) {
    g_string_append(seen, "this host has got no long list that answers");
    return VERDICT_NOT_OFFERED;
  }
  if (verdict == VERDICT_WARNING)
    g_string_append(seen, "; 4 ms are wished");
  return verdict;
}

/**
 * run_walk:
 * @self: the run
 *
 * Goes through the long lists. What is written afterwards is in none of these walks.
 */
void
run_walk(Run *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS(paged); i++)
    make_walks(self, paged[i]);
}

const Check page_checks[] = {
  { .name = "limit", .look = check_limit },
  { .name = "each-row-once", .look = check_once },
  { .name = "no-row-missing", .look = check_none_missing },
  { .name = "same-order", .look = check_order },
  { .name = "last-page", .look = check_end },
  { .name = "page-cost", .look = check_cost },
  { .name = NULL },
};
