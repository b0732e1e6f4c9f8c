/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is in the pages: rows as comptoir-rows.h has them, and queries with keys nobody knows. */

#include "rows.h"
#include "run-private.h"

#include <string.h>

/* Of each list the rows that are known best: the whole walk, or the first page. */
static GPtrArray *
collect_rows(Run *run, Question question)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_variant_unref);
  g_autoptr(GVariant) page = NULL;
  gsize n_rows = 0;

  if (run->walks[question] != NULL)
    return g_ptr_array_ref(run->walks[question]->rows);
  if (run->survey[question].answer != NULL)
    page = g_variant_lookup_value(run->survey[question].answer, COMPTOIR_KEY_ROWS,
                                  G_VARIANT_TYPE("aa{sv}"));
  n_rows = page == NULL ? 0 : g_variant_n_children(page);
  for (gsize i = 0; i < n_rows; i++)
    g_ptr_array_add(rows, g_variant_get_child_value(page, i));
  return g_steal_pointer(&rows);
}

static Verdict
check_rows(Run *run, Question question, RowKind kind, GString *seen)
{
  g_autoptr(GPtrArray) rows = collect_rows(run, question);

  for (guint i = 0; i < rows->len; i++) {
    g_autofree char *fault = row_find_fault(g_ptr_array_index(rows, i), kind, ROW_TYPES);

    if (fault == NULL)
      continue;
    g_string_append_printf(seen, "%s: %s", question_get_name(question), fault);
    return VERDICT_FAILED;
  }
  g_string_append_printf(seen, "%u rows as documented", rows->len);
  return rows->len == 0 ? VERDICT_NOT_CHECKED : VERDICT_OK;
}

static Verdict
check_articles(Run *run, GString *seen)
{
  return check_rows(run, QUESTION_LIST_ARTICLES, ROW_ARTICLE, seen);
}

static Verdict
check_sales(Run *run, GString *seen)
{
  return check_rows(run, QUESTION_LIST_SALES, ROW_SALE, seen);
}

static Verdict
check_taxes(Run *run, GString *seen)
{
  return check_rows(run, QUESTION_LIST_TAXES, ROW_TAX, seen);
}

static Verdict
check_methods(Run *run, GString *seen)
{
  return check_rows(run, QUESTION_LIST_PAYMENT_METHODS, ROW_PAYMENT_METHOD, seen);
}

static Verdict
check_statuses(Run *run, GString *seen)
{
  return check_rows(run, QUESTION_LIST_SALE_STATUSES, ROW_SALE_STATUS, seen);
}

static gboolean
has_wrong_money(GPtrArray *rows, RowKind kind, GString *seen)
{
  for (guint i = 0; i < rows->len; i++) {
    g_autofree char *fault = row_find_fault(g_ptr_array_index(rows, i), kind, ROW_MONEY);

    if (fault == NULL)
      continue;
    g_string_append_printf(seen, "%s: money is a decimal text such as 12.50, with a currency",
                           fault);
    return TRUE;
  }
  return FALSE;
}

static Verdict
check_money(Run *run, GString *seen)
{
  g_autoptr(GPtrArray) articles = collect_rows(run, QUESTION_LIST_ARTICLES);
  g_autoptr(GPtrArray) sales = collect_rows(run, QUESTION_LIST_SALES);

  if ((run->offered & (NEEDS(QUESTION_LIST_ARTICLES) | NEEDS(QUESTION_LIST_SALES))) == 0) {
    g_string_append(seen, "this host lists nothing that has a price");
    return VERDICT_NOT_OFFERED;
  }
  if (has_wrong_money(articles, ROW_ARTICLE, seen) || has_wrong_money(sales, ROW_SALE, seen))
    return VERDICT_FAILED;
  if (articles->len + sales->len == 0) {
    g_string_append(seen, "there are no rows");
    return VERDICT_NOT_CHECKED;
  }
  g_string_append_printf(seen, "%u articles and %u sales", articles->len, sales->len);
  return VERDICT_OK;
}

static Verdict
check_sums(Run *run, GString *seen)
{
  g_autoptr(GPtrArray) sales = collect_rows(run, QUESTION_LIST_SALES);
  guint n_added = 0;

  for (guint i = 0; i < sales->len; i++) {
    GVariant *sale = g_ptr_array_index(sales, i);
    g_autofree char *type_fault = row_find_fault(sale, ROW_SALE, ROW_TYPES);
    g_autofree char *money_fault = row_find_fault(sale, ROW_SALE, ROW_MONEY);
    g_autofree char *fault = NULL;

    if (type_fault != NULL || money_fault != NULL)
      continue; /* other checks speak of it */
    n_added++;
    fault = row_find_wrong_sum(sale);
    if (fault != NULL) {
      g_string_append(seen, fault);
      return VERDICT_FAILED;
    }
  }
  g_string_append_printf(seen, "%u of %u sales added up", n_added, sales->len);
  return n_added == 0 ? VERDICT_NOT_CHECKED : VERDICT_OK;
}

/* (transfer full) (nullable): what is wrong with a page */
static char *
find_fault_of_page(GVariant *page)
{
  g_autoptr(GVariant) rows = g_variant_lookup_value(page, COMPTOIR_KEY_ROWS, NULL);
  g_autoptr(GVariant) cursor = g_variant_lookup_value(page, COMPTOIR_KEY_CURSOR, NULL);

  if (rows == NULL)
    return g_strdup("has no rows");
  if (!g_variant_is_of_type(rows, G_VARIANT_TYPE("aa{sv}")))
    return g_strdup_printf("has rows of type \"%s\", not \"aa{sv}\"",
                           g_variant_get_type_string(rows));
  if (cursor == NULL)
    return NULL;
  if (!g_variant_is_of_type(cursor, G_VARIANT_TYPE_STRING))
    return g_strdup_printf("has a cursor of type \"%s\", not \"s\"",
                           g_variant_get_type_string(cursor));
  return *g_variant_get_string(cursor, NULL) == '\0' ? g_strdup("has an empty cursor") : NULL;
}

static Verdict
check_pages(Run *run, GString *seen)
{
  guint n_pages = 0;

  for (guint i = 0; i < N_QUESTIONS; i++) {
    g_autofree char *fault = NULL;

    if (run->survey[i].answer == NULL || i == QUESTION_LOOKUP_SECRET)
      continue;
    n_pages++;
    fault = find_fault_of_page(run->survey[i].answer);
    if (fault == NULL)
      continue;
    g_string_append_printf(seen, "the answer to %s %s", question_get_name((Question)i), fault);
    return VERDICT_FAILED;
  }
  if (n_pages == 0) {
    g_string_append(seen, "no question is answered with a page");
    return run->offered == 0 ? VERDICT_NOT_OFFERED : VERDICT_NOT_CHECKED;
  }
  g_string_append_printf(seen, "%u answers have rows", n_pages);
  return VERDICT_OK;
}

static gsize
count_rows(GVariant *page)
{
  g_autoptr(GVariant) rows =
      g_variant_lookup_value(page, COMPTOIR_KEY_ROWS, G_VARIANT_TYPE("aa{sv}"));

  return rows == NULL ? 0 : g_variant_n_children(rows);
}

static Verdict
check_unknown_query_keys(Run *run, GString *seen)
{
  guint n_asked = 0;

  for (guint i = 0; i < N_QUESTIONS; i++) {
    g_auto(Reply) plain = { 0 };
    g_auto(Reply) strange = { 0 };

    if (!question_is_list((Question)i) || !run_can_ask(run, (Question)i))
      continue;
    n_asked++;
    if (!run_ask(run, (Question)i, g_variant_new_parsed("{'limit': <uint32 5>}"), &plain))
      continue; /* other checks speak of it */
    if (run_ask(run, (Question)i,
                g_variant_new_parsed("{'limit': <uint32 5>, 'comptoir-check': <[1.5, 2.5]>,"
                                     " 'later': <{'a': <'b'>}>}"),
                &strange) &&
        count_rows(plain.answer) == count_rows(strange.answer))
      continue;
    g_string_append_printf(seen, "%s minds a key that it does not know: %s",
                           question_get_name((Question)i),
                           strange.error != NULL ? strange.error->message : "other rows");
    return VERDICT_FAILED;
  }
  if (n_asked == 0) {
    g_string_append(seen, "this host has got no list that answers");
    return VERDICT_NOT_OFFERED;
  }
  g_string_append_printf(seen, "ignored in %u lists", n_asked);
  return VERDICT_OK;
}

#define NEEDS_ARTICLES NEEDS(QUESTION_LIST_ARTICLES)
#define NEEDS_SALES    NEEDS(QUESTION_LIST_SALES)

const Check list_checks[] = {
  { .name = "pages", .look = check_pages },
  { .name = "article-rows", .needs = NEEDS_ARTICLES, .look = check_articles },
  { .name = "sale-rows", .needs = NEEDS_SALES, .look = check_sales },
  { .name = "tax-rows", .needs = NEEDS(QUESTION_LIST_TAXES), .look = check_taxes },
  { .name = "payment-method-rows",
    .needs = NEEDS(QUESTION_LIST_PAYMENT_METHODS),
    .look = check_methods },
  { .name = "sale-status-rows",
    .needs = NEEDS(QUESTION_LIST_SALE_STATUSES),
    .look = check_statuses },
  { .name = "money", .look = check_money },
  { .name = "sale-sums", .needs = NEEDS_SALES, .look = check_sums },
  { .name = "unknown-query-keys", .look = check_unknown_query_keys },
  { .name = NULL },
};
