/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The host of the simulated shop: what it sells, and what it books of the till's sales. */
#include "books.h"

#include "model/timestamp.h"
#include "simulator/catalogue.h"

#include <comptoir/comptoir-rows.h>
#include <string.h>

#define PAGE_LIMIT   50
#define N_ARTICLES   12
#define LINES_MAX    4
#define QUANTITY_MAX 3

static void
free_sale(gpointer data)
{
  BooksSale *sale = data;

  g_free(sale->id);
  g_variant_unref(sale->row);
  g_free(sale);
}

Books *
books_new(void)
{
  Books *self = g_new0(Books, 1);

  self->sales = g_ptr_array_new();
  self->made = g_ptr_array_new_with_free_func(free_sale);
  self->recorded = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  self->linked = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  self->articles = g_ptr_array_new_with_free_func(g_free);
  return self;
}

void
books_free(Books *self)
{
  g_ptr_array_unref(self->sales);
  g_ptr_array_unref(self->made);
  g_hash_table_unref(self->recorded);
  g_hash_table_unref(self->linked);
  g_ptr_array_unref(self->articles);
  g_free(self);
}

void
books_furnish(World *world)
{
  GPtrArray *items = world->service->catalogue->items;

  for (guint i = 0; i < items->len && world->books->articles->len < N_ARTICLES; i++) {
    const SimItem *item = items->pdata[i];

    if (!item->deleted && item->price > 0 && g_str_equal(item->type, "SIMPLE") &&
        g_str_equal(item->unit, "UNIT"))
      g_ptr_array_add(world->books->articles, g_strdup(item->id));
  }
}

static char *
money_to_text(gint64 minor)
{
  return g_strdup_printf("%" G_GINT64_FORMAT ".%02u", minor / 100, (guint)(minor % 100));
}

/* Prices are the host's own; now and then one that nothing divides. */
static gint64
add_line(World *world, GVariantBuilder *lines)
{
  guint article = world_draw(world, world->books->articles->len);
  guint quantity = 1 + world_draw(world, QUANTITY_MAX);
  gint64 unit_minor = 5 + world_draw(world, 4000);
  g_autofree char *article_id = g_strdup_printf("a-%u", article);
  g_autofree char *quantity_text = g_strdup_printf("%u", quantity);
  g_autofree char *price = money_to_text(unit_minor);

  g_variant_builder_add_value(
      lines, g_variant_new_parsed("{'article_id': <%s>, 'name': <'Article'>, 'quantity': <%s>,"
                                  " 'unit_price': <%s>}",
                                  article_id, quantity_text, price));
  return quantity * unit_minor;
}

BooksSale *
books_sell(World *world, guint till, gint64 sold_at)
{
  Books *self = world->books;
  BooksSale *sale = g_new0(BooksSale, 1);
  g_autofree char *time = shopcaisse_timestamp_to_text(sold_at);
  g_autofree char *till_name = g_strdup_printf("till-%u", till);
  g_autofree char *total = NULL;
  g_autofree char *discount = NULL;
  gint64 taken_off = 0;
  GVariantBuilder lines;

  g_variant_builder_init(&lines, G_VARIANT_TYPE("aa{sv}"));
  for (guint i = 1 + world_draw(world, LINES_MAX); i > 0; i--)
    sale->total += add_line(world, &lines);
  if (world_happens(world, 200))
    taken_off = MIN(sale->total - 1, 1 + (gint64)world_draw(world, 99));
  sale->total -= taken_off;
  total = money_to_text(sale->total);
  discount = money_to_text(taken_off);
  sale->id = g_strdup_printf("S%06u", self->made->len + 1);
  sale->sold_at = sold_at;
  sale->row = g_variant_ref_sink(g_variant_new_parsed(
      "{'id': <%s>, 'till': <%s>, 'sold_at': <%s>, 'total': <%s>, 'discount': <%s>, 'lines': <%*>,"
      " 'payments': <[{'method': <'card'>, 'amount': <%s>}]>}",
      sale->id, till_name, time, total, discount, g_variant_builder_end(&lines), total));
  g_ptr_array_add(self->made, sale);
  g_ptr_array_add(self->sales, sale);
  return sale;
}

/* The cursor is the place in the list, which only grows. */
static GVariant *
list_sales(Books *self, GVariant *query)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new();
  g_autofree char *cursor = NULL;
  const char *since = "";
  const char *start = "0";
  gint64 first = 0;
  guint i = 0;

  g_variant_lookup(query, "since", "&s", &since);
  g_variant_lookup(query, "cursor", "&s", &start);
  if (*since != '\0' && !shopcaisse_timestamp_parse(since, &first, NULL))
    g_error("the channel asks for sales since \"%s\"", since);
  for (i = (guint)g_ascii_strtoull(start, NULL, 10); i < self->sales->len && rows->len < PAGE_LIMIT;
       i++) {
    BooksSale *sale = self->sales->pdata[i];

    if (sale->sold_at >= first)
      g_ptr_array_add(rows, sale->row);
  }
  if (i < self->sales->len)
    cursor = g_strdup_printf("%u", i);
  return comptoir_page_new(comptoir_rows_new((GVariant **)rows->pdata, rows->len), cursor);
}

static GVariant *
list_articles(Books *self)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new();

  for (guint i = 0; i < self->articles->len; i++) {
    g_autofree char *id = g_strdup_printf("a-%u", i);

    g_ptr_array_add(rows, g_variant_new_parsed("{'id': <%s>, 'name': <'Article'>}", id));
  }
  return comptoir_page_new(comptoir_rows_new((GVariant **)rows->pdata, rows->len), NULL);
}

/* A ticket that turns out to come of an order is a sale that the host has already, and stays one:
 * another computer may not know that order yet. */
static void
record_one(Books *self, const char *id, const char *order_sale)
{
  if (*order_sale != '\0') {
    g_hash_table_add(self->linked, g_strdup(id));
    g_hash_table_remove(self->recorded, id);
  } else if (!g_hash_table_contains(self->linked, id)) {
    g_hash_table_add(self->recorded, g_strdup(id));
  }
}

static GVariant *
record_sales(Books *self, GVariant *argument)
{
  g_autoptr(GVariant) rows = g_variant_lookup_value(argument, "rows", G_VARIANT_TYPE("aa{sv}"));
  g_autoptr(GPtrArray) answers = g_ptr_array_new();

  for (gsize i = 0; i < g_variant_n_children(rows); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(rows, i);
    const char *key = "";
    const char *id = "";
    const char *order_sale = "";

    g_variant_lookup(row, "key", "&s", &key);
    g_variant_lookup(row, "id", "&s", &id);
    g_variant_lookup(row, "order_sale_id", "&s", &order_sale);
    record_one(self, id, order_sale);
    g_ptr_array_add(answers, comptoir_change_answer_new(key, id, NULL));
  }
  return comptoir_page_new(comptoir_rows_new((GVariant **)answers->pdata, answers->len), NULL);
}

GVariant *
books_answer(Books *self, ShopcaisseQuestion question, GVariant *argument, GError **error)
{
  switch (question) {
  case SHOPCAISSE_ASK_LIST_SALES:
    return list_sales(self, argument);
  case SHOPCAISSE_ASK_LIST_ARTICLES:
    return list_articles(self);
  case SHOPCAISSE_ASK_RECORD_SALES:
    return record_sales(self, argument);
  default:
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_SUPPORTED,
                        "this host sells, and nothing else");
    return NULL;
  }
}
