/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The host's side of the bargain: a sale is a line that was synced before anybody hears of it. What
 * was sold follows from the line's number, so a sale that is read is the sale that was written. */
#include "books.h"

#include <comptoir/comptoir-rows.h>
#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <string.h>
#include <unistd.h>

#define PAGE_LIMIT 100
#define N_ARTICLES 5
#define N_FIELDS   5
#define BAG_MINOR  10

struct Books {
  char *path; /* (owned) */
  int fd;
};

typedef struct {
  char *id;      /* (owned) */
  char *till;    /* (owned) */
  char *sold_at; /* (owned) */
  guint number;  /* counts per till */
} Sale;

static void
free_sale(gpointer data)
{
  Sale *sale = data;

  g_free(sale->id);
  g_free(sale->till);
  g_free(sale->sold_at);
  g_free(sale);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Sale, free_sale)

static void
set_errno(GError **error, const char *what, int saved_errno)
{
  g_set_error(error, G_IO_ERROR, (gint)g_io_error_from_errno(saved_errno), "books: %s: %s", what,
              g_strerror(saved_errno));
}

Books *
books_open(const char *path, GError **error)
{
  g_autoptr(Books) self = g_new0(Books, 1);

  self->path = g_strdup(path);
  self->fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  if (self->fd < 0) {
    set_errno(error, path, errno);
    return NULL;
  }
  return g_steal_pointer(&self);
}

void
books_close(Books *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    close(self->fd);
  g_free(self->path);
  g_free(self);
}

/* NULL for a line that was never written whole: that sale was not made. */
static Sale *
parse_line(const char *line)
{
  g_auto(GStrv) fields = g_strsplit(line, "\t", -1);
  Sale *sale = NULL;

  if (g_strv_length(fields) != N_FIELDS)
    return NULL;
  sale = g_new0(Sale, 1);
  sale->id = g_strdup(fields[0]);
  sale->till = g_strdup(fields[1]);
  sale->sold_at = g_strdup(fields[2]);
  sale->number = (guint)g_ascii_strtoull(fields[3], NULL, 10);
  return sale;
}

static GPtrArray *
read_sales(Books *self, GError **error)
{
  g_autoptr(GPtrArray) sales = g_ptr_array_new_with_free_func(free_sale);
  g_auto(GStrv) lines = NULL;
  g_autofree char *text = NULL;

  if (!g_file_get_contents(self->path, &text, NULL, error))
    return NULL;
  lines = g_strsplit(text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    Sale *sale = parse_line(lines[i]);

    if (sale != NULL)
      g_ptr_array_add(sales, sale);
  }
  return g_steal_pointer(&sales);
}

static guint
get_quantity(guint number)
{
  return 1 + number % 3;
}

static guint
get_unit_minor(guint number)
{
  return 95 + number * 37 % 1900;
}

static guint
get_bag_minor(guint number)
{
  return number % 3 == 0 ? BAG_MINOR : 0;
}

static guint
get_discount_minor(guint number)
{
  return number % 5 == 0 ? 33 : 0;
}

static guint
get_total_minor(guint number)
{
  return get_quantity(number) * get_unit_minor(number) + get_bag_minor(number) -
         get_discount_minor(number);
}

static char *
money_to_text(guint minor)
{
  return g_strdup_printf("%u.%02u", minor / 100, minor % 100);
}

static GVariant *
build_line(const char *article_id, guint quantity, guint unit_minor)
{
  g_autofree char *quantity_text = g_strdup_printf("%u", quantity);
  g_autofree char *price = money_to_text(unit_minor);
  GVariantBuilder line;

  g_variant_builder_init(&line, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add(&line, "{sv}", "article_id", g_variant_new_string(article_id));
  g_variant_builder_add(&line, "{sv}", "name", g_variant_new_string(article_id));
  g_variant_builder_add(&line, "{sv}", "quantity", g_variant_new_string(quantity_text));
  g_variant_builder_add(&line, "{sv}", "unit_price", g_variant_new_string(price));
  return g_variant_builder_end(&line);
}

static GVariant *
build_row(const Sale *sale)
{
  g_autofree char *article_id = g_strdup_printf("article-%u", 1 + sale->number % N_ARTICLES);
  g_autofree char *total = money_to_text(get_total_minor(sale->number));
  g_autofree char *discount = money_to_text(get_discount_minor(sale->number));
  GVariantBuilder lines;
  GVariantBuilder row;

  g_variant_builder_init(&lines, G_VARIANT_TYPE("aa{sv}"));
  g_variant_builder_add_value(
      &lines, build_line(article_id, get_quantity(sale->number), get_unit_minor(sale->number)));
  if (get_bag_minor(sale->number) > 0)
    g_variant_builder_add_value(&lines, build_line("article-bag", 1, BAG_MINOR));
  g_variant_builder_init(&row, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add(&row, "{sv}", "id", g_variant_new_string(sale->id));
  g_variant_builder_add(&row, "{sv}", "till", g_variant_new_string(sale->till));
  g_variant_builder_add(&row, "{sv}", "sold_at", g_variant_new_string(sale->sold_at));
  g_variant_builder_add(&row, "{sv}", "total", g_variant_new_string(total));
  g_variant_builder_add(&row, "{sv}", "discount", g_variant_new_string(discount));
  g_variant_builder_add(&row, "{sv}", "lines", g_variant_builder_end(&lines));
  g_variant_builder_add(&row, "{sv}", "payments",
                        g_variant_new_parsed("[{'method': <'card'>, 'amount': <%s>}]", total));
  return g_variant_ref_sink(g_variant_builder_end(&row));
}

static guint
count_sales_of(const GPtrArray *sales, const char *till)
{
  guint n_sales = 0;

  for (guint i = 0; i < sales->len; i++)
    n_sales += g_str_equal(((Sale *)sales->pdata[i])->till, till);
  return n_sales;
}

/* One write, so that two tills do not mix their lines; id, till, time, number, cents. */
static gboolean
write_line(Books *self, const Sale *sale, GError **error)
{
  g_autofree char *line =
      g_strdup_printf("%s\t%s\t%s\t%u\t%u\n", sale->id, sale->till, sale->sold_at, sale->number,
                      get_total_minor(sale->number));
  gssize length = (gssize)strlen(line);

  if (write(self->fd, line, (size_t)length) == length && fsync(self->fd) == 0)
    return TRUE;
  set_errno(error, "append", errno);
  return FALSE;
}

GVariant *
books_sell(Books *self, const char *till, GError **error)
{
  g_autoptr(GPtrArray) sales = read_sales(self, error);
  g_autoptr(GDateTime) now = g_date_time_new_now_utc();
  g_autoptr(Sale) sale = NULL;

  if (sales == NULL)
    return NULL;
  sale = g_new0(Sale, 1);
  sale->number = 1 + count_sales_of(sales, till);
  sale->id = g_strdup_printf("S-%s-%05u", till, sale->number);
  sale->till = g_strdup(till);
  sale->sold_at = g_date_time_format_iso8601(now);
  return write_line(self, sale, error) ? build_row(sale) : NULL;
}

gboolean
books_count(Books *self, guint *n_sales, GError **error)
{
  g_autoptr(GPtrArray) sales = read_sales(self, error);

  if (sales == NULL)
    return FALSE;
  *n_sales = sales->len;
  return TRUE;
}

/* The cursor is the position in the file, which only grows. */
GVariant *
books_list(Books *self, GVariant *query, GError **error)
{
  g_autoptr(GPtrArray) sales = read_sales(self, error);
  g_autofree char *cursor = NULL;
  g_autofree char *first = NULL;
  const char *since = "";
  const char *start = "0";
  GVariantBuilder rows;
  guint n_rows = 0;
  guint i = 0;

  if (sales == NULL)
    return NULL;
  g_variant_lookup(query, "since", "&s", &since);
  g_variant_lookup(query, "cursor", "&s", &start);
  /* Without its Z a whole second sorts before its fractions. */
  first = g_strndup(since, strcspn(since, "Z"));
  g_variant_builder_init(&rows, G_VARIANT_TYPE("aa{sv}"));
  for (i = (guint)g_ascii_strtoull(start, NULL, 10); i < sales->len && n_rows < PAGE_LIMIT; i++) {
    const Sale *sale = sales->pdata[i];
    g_autoptr(GVariant) row = NULL;

    if (strcmp(sale->sold_at, first) < 0)
      continue;
    row = build_row(sale);
    g_variant_builder_add_value(&rows, row);
    n_rows++;
  }
  if (i < sales->len)
    cursor = g_strdup_printf("%u", i);
  return g_variant_ref_sink(comptoir_page_new(g_variant_builder_end(&rows), cursor));
}
