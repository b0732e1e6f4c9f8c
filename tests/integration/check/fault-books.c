/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The books of the host that is wrong on purpose: right, but for the fault that was named. */
#include "fault-books.h"

#include <string.h>

#define N_SALES  250
#define CUT_AT   64
#define MAX_STEP 1000

static char *
format_now(void)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_utc();
  return g_date_time_format(now, "%Y-%m-%dT%H:%M:%SZ");
}

static GVariant *
new_sale(const char *id, const char *sold_at, const char *total)
{
  GVariant *line = comptoir_sale_line_new("art:1 é", "Coffee", "2", "2.50", "10");
  GVariant *payment = comptoir_payment_new("cash", total);
  return g_variant_ref_sink(comptoir_sale_new(id, sold_at, total, comptoir_rows_new(&line, 1),
                                              comptoir_rows_new(&payment, 1)));
}

/* Ids as hosts have them: with blanks, colons and what is not ASCII. */
static void
add_sale(FaultBooks *self, const char *id)
{
  g_autofree char *now = format_now();
  gboolean is_wrong = self->sales->len == 7;
  g_ptr_array_add(self->sales,
                  new_sale(id, is_wrong && fault_is("local-time") ? "01/03/2026 11:02" : now,
                           is_wrong && fault_is("sum-off") ? "5.01" : "5.00"));
}

void
fault_books_init(FaultBooks *self)
{
  self->articles = g_ptr_array_new_with_free_func((GDestroyNotify)g_variant_unref);
  self->sales = g_ptr_array_new_with_free_func((GDestroyNotify)g_variant_unref);
  self->applied = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  self->recorded = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < N_SALES; i++) {
    g_autofree char *id = g_strdup_printf("sale:%u é/x", i);
    add_sale(self, id);
  }
}

void
fault_books_clear(FaultBooks *self)
{
  g_ptr_array_unref(self->articles);
  g_ptr_array_unref(self->sales);
  g_hash_table_unref(self->applied);
  g_hash_table_unref(self->recorded);
  g_free(self->secret);
}

static const char *
get_text(GVariant *row, const char *key)
{
  const char *text = "";
  (void)g_variant_lookup(row, key, "&s", &text);
  return text;
}

/* What was asked for: rows whose time is not before "since". */
static GPtrArray *
select_rows(GPtrArray *rows, GVariant *query, const char *time_key)
{
  GPtrArray *selected = g_ptr_array_new();
  const char *since = fault_is("ignores-since") ? "" : get_text(query, "since");
  for (guint i = 0; i < rows->len; i++) {
    GVariant *row = g_ptr_array_index(rows, i);
    gboolean is_lost = fault_is("since-loses") && *since != '\0' &&
                       g_str_has_prefix(get_text(row, "name"), "Since");
    if (!is_lost && strcmp(get_text(row, time_key), since) >= 0)
      g_ptr_array_add(selected, row);
  }
  return selected;
}

static char *
new_cursor(guint start, guint end, guint n_rows)
{
  if (fault_is("repeats-row") && end < n_rows)
    end = MAX(start + 1, end - 1);
  if (fault_is("loses-row"))
    end++;
  if (fault_is("endless"))
    end = MIN(end, n_rows);
  else if (end >= n_rows)
    return NULL;
  return g_strdup_printf("from:%u", end);
}

/* (nullable): a page, or NULL for a cursor that is not ours */
static GVariant *
new_page(GPtrArray *rows, GVariant *query)
{
  const char *cursor = get_text(query, "cursor");
  guint limit = 100;
  guint64 start = 0;
  if (*cursor != '\0' &&
      (!g_str_has_prefix(cursor, "from:") ||
       !g_ascii_string_to_unsigned(cursor + strlen("from:"), 10, 0, G_MAXUINT, &start, NULL)))
    return NULL;
  (void)g_variant_lookup(query, "limit", "u", &limit);
  limit = CLAMP(limit, 1, MAX_STEP);
  guint first = (guint)MIN(start, rows->len);
  guint end = MIN(first + limit, rows->len);
  guint given = fault_is("over-limit") ? MIN(end + 1, rows->len) : end;
  g_autoptr(GPtrArray) chosen = g_ptr_array_new();
  for (guint i = first; i < given; i++)
    g_ptr_array_add(chosen, g_ptr_array_index(rows, i));
  if (fault_is("other-order") && limit < 100 && chosen->len > 1) {
    gpointer last = g_ptr_array_steal_index(chosen, chosen->len - 1);
    g_ptr_array_insert(chosen, 0, last);
  }
  g_autofree char *next = new_cursor(first, given, rows->len);
  return comptoir_page_new(comptoir_rows_new((GVariant **)chosen->pdata, chosen->len), next);
}

GVariant *
fault_books_list_articles(FaultBooks *self, GVariant *query)
{
  g_autoptr(GPtrArray) rows = select_rows(self->articles, query, "changed_at");
  return new_page(rows, query);
}

GVariant *
fault_books_list_sales(FaultBooks *self, GVariant *query)
{
  g_autoptr(GPtrArray) rows = select_rows(self->sales, query, "sold_at");
  return new_page(rows, query);
}

static gboolean
find_article(FaultBooks *self, const char *id, guint *place)
{
  for (guint i = 0; i < self->articles->len; i++) {
    if (g_str_equal(get_text(g_ptr_array_index(self->articles, i), "id"), id)) {
      *place = i;
      return TRUE;
    }
  }
  return FALSE;
}

static void
spoil_article(GVariantDict *row, guint number)
{
  if (number != 5)
    return;
  if (fault_is("money-number"))
    g_variant_dict_insert(row, "price", "d", 2.5);
  if (fault_is("money-comma"))
    g_variant_dict_insert(row, "price", "s", "2,50");
  if (fault_is("no-name"))
    (void)g_variant_dict_remove(row, "name");
}

static void
put_article(FaultBooks *self, GVariant *before, const char *id, GVariant *fields)
{
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(before);
  g_autofree char *changed_at = format_now();
  GVariantIter iter;
  const char *key = NULL;
  GVariant *value = NULL;
  (void)g_variant_iter_init(&iter, fields);
  while (g_variant_iter_next(&iter, "{&sv}", &key, &value)) {
    if (!g_str_equal(key, "comptoir-check") && !g_str_equal(key, "later"))
      g_variant_dict_insert_value(&row, key, value);
    g_variant_unref(value);
  }
  g_variant_dict_insert(&row, "id", "s", id);
  g_variant_dict_insert(&row, "changed_at", "s", changed_at);
  spoil_article(&row, self->last_number);
  g_ptr_array_add(self->articles, g_variant_ref_sink(g_variant_dict_end(&row)));
}

static char *
create_article(FaultBooks *self, GVariant *fields)
{
  if (fault_is("minds-field") && g_variant_lookup(fields, "comptoir-check", "ai", NULL))
    return NULL;
  char *id = g_strdup_printf("art:%u é", ++self->last_number);
  put_article(self, NULL, id, fields);
  return id;
}

static char *
change_article(FaultBooks *self, GVariant *change, GVariant *fields)
{
  const char *kind = get_text(change, "change");
  const char *id = get_text(change, "id");
  guint place = 0;
  if (g_str_equal(kind, "create"))
    return create_article(self, fields);
  if (!find_article(self, id, &place))
    return NULL;
  g_autoptr(GVariant) before = g_ptr_array_steal_index(self->articles, place);
  if (g_str_equal(kind, "update"))
    put_article(self, before, id, fields);
  else if (!fault_is("buries")) {
    g_autoptr(GVariant) grave = g_variant_ref_sink(g_variant_new_parsed("{'deleted': <true>}"));
    put_article(self, NULL, id, grave);
  }
  return g_strdup(id);
}

/* (nullable): the article's id */
static char *
apply_change(FaultBooks *self, GVariant *change)
{
  const char *key = get_text(change, "key");
  const char *known = g_hash_table_lookup(self->applied, key);
  g_autoptr(GVariant) fields = g_variant_lookup_value(change, "fields", G_VARIANT_TYPE_VARDICT);
  if (known != NULL && !fault_is("second-article") && !fault_is("second-row"))
    return g_strdup(known);
  if (fields == NULL)
    fields = g_variant_ref_sink(g_variant_new("a{sv}", NULL));
  char *id = change_article(self, change, fields);
  if (known != NULL && fault_is("second-row")) {
    g_free(id);
    id = g_strdup(known);
  } else if (id != NULL) {
    g_hash_table_insert(self->applied, g_strdup(key), g_strdup(id));
  }
  return id;
}

static GVariant *
new_change_answer(const char *key, const char *id)
{
  g_autofree char *cut = fault_is("cuts-ids") ? g_strndup(key, CUT_AT) : g_strdup(key);
  return comptoir_change_answer_new(cut, id, id == NULL ? "cannot be made" : NULL);
}

/* (nullable): NULL when one change cannot be made and the fault is to give up the rest */
GVariant *
fault_books_apply(FaultBooks *self, GVariant *changes)
{
  g_auto(GVariantBuilder) answers = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));
  for (gsize i = 0; i < g_variant_n_children(changes); i++) {
    g_autoptr(GVariant) change = g_variant_get_child_value(changes, i);
    g_autofree char *id = apply_change(self, change);
    if (id == NULL && fault_is("all-or-nothing"))
      return NULL;
    if (id != NULL || !fault_is("silent-failure"))
      g_variant_builder_add_value(&answers, new_change_answer(get_text(change, "key"), id));
  }
  return comptoir_page_new(g_variant_builder_end(&answers), NULL);
}

GVariant *
fault_books_record(FaultBooks *self, GVariant *sales)
{
  g_auto(GVariantBuilder) answers = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));
  for (gsize i = 0; i < g_variant_n_children(sales); i++) {
    g_autoptr(GVariant) sale = g_variant_get_child_value(sales, i);
    const char *key = get_text(sale, "key");
    if (!g_hash_table_contains(self->recorded, key) || fault_is("second-sale"))
      g_hash_table_insert(self->recorded, g_strdup(key),
                          g_strdup_printf("till:%u", ++self->last_number));
    g_variant_builder_add_value(&answers,
                                new_change_answer(key, g_hash_table_lookup(self->recorded, key)));
  }
  return comptoir_page_new(g_variant_builder_end(&answers), NULL);
}

/* (transfer full): a sale that is in the books, as it is to be submitted */
GVariant *
fault_books_sell(FaultBooks *self)
{
  const char *id = "sold:1 é";
  add_sale(self, fault_is("other-id") ? "sold 1" : id);
  g_autofree char *now = format_now();
  return new_sale(id, now, fault_is("wrong-sale") ? "5.01" : "5.00");
}
