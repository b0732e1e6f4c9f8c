/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The host of a simulated shop: what it sells, and what it books of the till's sales. */
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
  g_free(sale->content);
  g_variant_unref(sale->row);
  g_free(sale);
}

static GHashTable *
make_set(void)
{
  return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

static void
furnish(Books *self)
{
  GPtrArray *items = self->world->service->catalogue->items;

  for (guint i = 0; i < items->len && self->articles->len < N_ARTICLES; i++) {
    const SimItem *item = items->pdata[i];

    if (!item->deleted && item->price > 0 && g_str_equal(item->type, "SIMPLE") &&
        g_str_equal(item->unit, "UNIT"))
      g_ptr_array_add(self->articles, g_strdup(item->id));
  }
}

Books *
books_new(World *world, const char *store_id)
{
  Books *self = g_new0(Books, 1);

  self->world = world;
  self->store_id = store_id;
  self->sales = g_ptr_array_new();
  self->made = g_ptr_array_new_with_free_func(free_sale);
  self->by_content = g_hash_table_new(g_str_hash, g_str_equal);
  self->ids = g_hash_table_new(g_str_hash, g_str_equal);
  self->recorded = make_set();
  self->linked = make_set();
  self->articles = g_ptr_array_new_with_free_func(g_free);
  furnish(self);
  g_ptr_array_add(world->books, self);
  return self;
}

void
books_free(Books *self)
{
  g_ptr_array_unref(self->sales);
  g_hash_table_unref(self->by_content);
  g_hash_table_unref(self->ids);
  g_ptr_array_unref(self->made);
  g_hash_table_unref(self->recorded);
  g_hash_table_unref(self->linked);
  g_ptr_array_unref(self->articles);
  g_clear_pointer(&self->backup.recorded, g_hash_table_unref);
  g_clear_pointer(&self->backup.linked, g_hash_table_unref);
  g_free(self);
}

static char *
money_to_text(gint64 minor)
{
  return g_strdup_printf("%" G_GINT64_FORMAT ".%02u", minor / 100, (guint)(minor % 100));
}

/* Prices are the host's own; now and then one that nothing divides. */
static gint64
add_line(Books *self, GVariantBuilder *lines)
{
  World *world = self->world;
  guint article = world_draw(world, self->articles->len);
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

/* Every second host writes the hour that its clock on the wall shows, and how far that is from the
 * true one: on one night of the year an hour comes twice. */
static char *
write_time(World *world, gint64 at)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(world->zone);
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at / SHOPCAISSE_SECOND);
  g_autoptr(GDateTime) local = zone != NULL ? g_date_time_to_timezone(utc, zone) : NULL;

  if (world->seed % 2 == 0 || local == NULL)
    return shopcaisse_timestamp_to_text(at);
  return g_date_time_format(local, "%Y-%m-%dT%H:%M:%S%:z");
}

static void
write_payment(GVariantDict *row, const char *total)
{
  g_variant_dict_insert_value(
      row, "payments", g_variant_new_parsed("[{'method': <'card'>, 'amount': <%s>}]", total));
}

static void
write_lines(Books *self, BooksSale *sale, GVariantDict *row)
{
  World *world = self->world;
  g_autofree char *total = NULL;
  g_autofree char *discount = NULL;
  gint64 taken_off = 0;
  GVariantBuilder lines;

  g_variant_builder_init(&lines, G_VARIANT_TYPE("aa{sv}"));
  for (guint i = 1 + world_draw(world, LINES_MAX); i > 0; i--)
    sale->total += add_line(self, &lines);
  if (world_happens(world, 200)) {
    gint64 wished = 1 + (gint64)world_draw(world, 99);

    taken_off = MIN(sale->total - 1, wished);
  }
  sale->total -= taken_off;
  total = money_to_text(sale->total);
  discount = money_to_text(taken_off);
  g_variant_dict_insert(row, "total", "s", total);
  g_variant_dict_insert(row, "discount", "s", discount);
  g_variant_dict_insert_value(row, "lines", g_variant_builder_end(&lines));
  write_payment(row, total);
}

static void
write_pick_up(World *world, BooksSale *sale, GVariantDict *row)
{
  g_autofree char *time = NULL;

  if (!world_happens(world, 150))
    return;
  sale->pick_up_at = sale->sold_at + world_draw_time(world, SHOPCAISSE_HOUR, 2 * SHOPCAISSE_DAY);
  sale->pick_up_at -= sale->pick_up_at % SHOPCAISSE_SECOND;
  time = write_time(world, sale->pick_up_at);
  g_variant_dict_insert(row, "pickup_at", "s", time);
  world->counts[COUNT_PICK_UP]++;
}

BooksSale *
books_sell(Books *self, guint till, gint64 sold_at)
{
  World *world = self->world;
  BooksSale *sale = g_new0(BooksSale, 1);
  g_autofree char *time = write_time(world, sold_at);
  g_autofree char *till_name = g_strdup_printf("till-%u", till);
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);

  sale->id = g_strdup_printf("S%06u", self->sales->len + 1);
  sale->content = g_strdup_printf("N%07u", ++world->n_sales);
  sale->sold_at = sold_at;
  g_variant_dict_insert(&row, "id", "s", sale->id);
  g_variant_dict_insert(&row, "till", "s", till_name);
  g_variant_dict_insert(&row, "sold_at", "s", time);
  g_variant_dict_insert(&row, "note", "s", sale->content);
  write_pick_up(world, sale, &row);
  write_lines(self, sale, &row);
  sale->row = g_variant_ref_sink(g_variant_dict_end(&row));
  world_tell(world, "till %u: sells %s at %s", till, sale->id, time);
  world->counts[COUNT_ID_AGAIN] += g_hash_table_add(self->ids, sale->id) ? 0 : 1;
  g_hash_table_insert(self->by_content, sale->content, sale);
  g_ptr_array_add(self->made, sale);
  g_ptr_array_add(self->sales, sale);
  return sale;
}

static void
copy_set(GHashTable *from, GHashTable **to)
{
  GHashTableIter iter;
  gpointer name = NULL;

  g_clear_pointer(to, g_hash_table_unref);
  *to = make_set();
  g_hash_table_iter_init(&iter, from);
  while (g_hash_table_iter_next(&iter, &name, NULL))
    g_hash_table_add(*to, g_strdup(name));
}

void
books_back_up(Books *self)
{
  self->backup.n_sales = self->sales->len;
  copy_set(self->recorded, &self->backup.recorded);
  copy_set(self->linked, &self->backup.linked);
}

gboolean
books_restore(Books *self)
{
  if (self->backup.recorded == NULL || self->backup.n_sales >= self->sales->len)
    return FALSE;
  g_ptr_array_set_size(self->sales, (gint)self->backup.n_sales);
  copy_set(self->backup.recorded, &self->recorded);
  copy_set(self->backup.linked, &self->linked);
  return TRUE;
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
  world_tell(self->world, "the host books %s of \"%s\"", id, order_sale);
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
