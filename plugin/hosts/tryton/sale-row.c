/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One sale of Tryton as the contract has it: prices with tax, in cents, whose sum is the total that
 * Tryton shows. Lines below zero are a discount. */

#include "sale-row.h"

#include "amount.h"
#include "config.h"
#include "payment.h"
#include "split.h"
#include "value.h"

#include <comptoir/comptoir.h>
#include <glib/gi18n-lib.h>

#define FREE_LINE "line:" /* a line without an article has an id of its own */

typedef struct {
  json_t *record;
  gint64 quantity; /* in thousandths */
  gint64 rate;     /* in millionths */
} Line;

typedef struct {
  GArray *lines;   /* (owned) (element-type Line): what is sold */
  GArray *shares;  /* (owned) (element-type TrytonShare): for each of them */
  gint64 discount; /* what goes off, in millionths, as a number above 0 */
  gint64 sold_at;  /* microseconds since 1970; 0: not known */
} Reading;

static void
clear_reading(Reading *self)
{
  g_clear_pointer(&self->lines, g_array_unref);
  g_clear_pointer(&self->shares, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Reading, clear_reading)

static void
note_first(gint64 *first, json_t *records)
{
  json_t *record = NULL;
  size_t i = 0;

  json_array_foreach(records, i, record)
  {
    gint64 made_at = tryton_value_get_time(record, "create_date");

    if (made_at > 0 && (*first == 0 || made_at < *first))
      *first = made_at;
  }
}

static gboolean
read_line(Reading *self, TrytonCatalogue *catalogue, json_t *record, GError **error)
{
  TrytonTaxes taxes = tryton_catalogue_sum_taxes(catalogue, json_object_get(record, "taxes"));
  Line line = { .record = record, .rate = taxes.rate };
  TrytonShare share = { 0, 0 };
  gint64 price = 0;
  gint64 gross = 0;

  if (!tryton_value_get_amount(record, "quantity", TRYTON_PIECE_DIGITS, &line.quantity) ||
      !tryton_value_get_amount(record, "unit_price", TRYTON_MICRO_DIGITS, &price) ||
      !tryton_taxes_add_to(&taxes, price, &gross) ||
      !tryton_amount_multiply(gross, line.quantity, TRYTON_PIECE, &share.exact)) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                        _("a line has no price or quantity that can be read"));
    return FALSE;
  }
  note_first(&self->sold_at, tryton_value_get_record(record, "moves"));
  note_first(&self->sold_at, tryton_value_get_record(record, "invoice_lines"));
  if (line.quantity == 0)
    return TRUE;
  if (share.exact < 0) {
    self->discount -= share.exact;
    return TRUE;
  }
  if (line.quantity < 0) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                        _("a line has a negative price and a negative quantity"));
    return FALSE;
  }
  g_array_append_val(self->lines, line);
  g_array_append_val(self->shares, share);
  return TRUE;
}

static gboolean
read_lines(Reading *self, TrytonCatalogue *catalogue, gint64 sale_id, json_t *lines, GError **error)
{
  json_t *line = NULL;
  size_t i = 0;

  self->lines = g_array_new(FALSE, FALSE, sizeof(Line));
  self->shares = g_array_new(FALSE, FALSE, sizeof(TrytonShare));
  json_array_foreach(lines, i, line)
  {
    if (tryton_value_get_id(line, "sale") == sale_id && !read_line(self, catalogue, line, error))
      return FALSE;
  }
  if (self->lines->len > 0)
    return TRUE;
  g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, _("nothing is sold in it"));
  return FALSE;
}

static char *
dup_article_id(json_t *record)
{
  gint64 product_id = tryton_value_get_id(record, "product");

  if (product_id != 0)
    return g_strdup_printf("%" G_GINT64_FORMAT, product_id);
  return g_strdup_printf(FREE_LINE "%" G_GINT64_FORMAT, tryton_value_get_id(record, "id"));
}

static const char *
get_name(json_t *record)
{
  const char *name = tryton_value_get_text(tryton_value_get_record(record, "product"), "name");

  if (name == NULL)
    name = tryton_value_get_text(record, "summary");
  return name == NULL ? "" : name;
}

static void
add_piece(GVariantBuilder *rows, const Line *line, const TrytonPiece *piece)
{
  g_autofree char *id = dup_article_id(line->record);
  g_autofree char *quantity = tryton_amount_format(piece->quantity, TRYTON_PIECE_DIGITS, 0);
  g_autofree char *price =
      tryton_amount_format(piece->price, TRYTON_MONEY_DIGITS, TRYTON_MONEY_DIGITS);
  g_autofree char *rate = tryton_amount_format(line->rate, TRYTON_PERCENT_DIGITS, 0);

  g_variant_builder_add_value(
      rows, comptoir_sale_line_new(id, get_name(line->record), quantity, price, rate));
}

/* A weight whose price does not come out even is one piece, and says its weight. */
static void
add_weighed(GVariantBuilder *rows, const Line *line, gint64 cents)
{
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);
  g_autofree char *id = dup_article_id(line->record);
  g_autofree char *quantity = tryton_amount_format(line->quantity, TRYTON_PIECE_DIGITS, 0);
  g_autofree char *price = tryton_amount_format(cents, TRYTON_MONEY_DIGITS, TRYTON_MONEY_DIGITS);
  g_autofree char *rate = tryton_amount_format(line->rate, TRYTON_PERCENT_DIGITS, 0);

  g_variant_dict_insert(&row, COMPTOIR_KEY_ARTICLE_ID, "s", id);
  g_variant_dict_insert(&row, COMPTOIR_KEY_NAME, "s", get_name(line->record));
  g_variant_dict_insert(&row, COMPTOIR_KEY_QUANTITY, "s", "1");
  g_variant_dict_insert(&row, COMPTOIR_KEY_UNIT_PRICE, "s", price);
  g_variant_dict_insert(&row, COMPTOIR_KEY_VAT_RATE, "s", rate);
  g_variant_dict_insert(&row, "note", "s", quantity);
  g_variant_builder_add_value(rows, g_variant_dict_end(&row));
}

static GVariant *
build_lines(const Reading *self)
{
  g_auto(GVariantBuilder) rows = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));

  for (guint i = 0; i < self->lines->len; i++) {
    const Line *line = &g_array_index(self->lines, Line, i);
    gint64 cents = g_array_index(self->shares, TrytonShare, i).cents;
    TrytonPiece pieces[TRYTON_PIECES_MAX] = { { 0, 0 } };
    guint n_pieces = tryton_split_line(line->quantity, cents, pieces);

    for (guint j = 0; j < n_pieces; j++)
      add_piece(&rows, line, &pieces[j]);
    if (n_pieces == 0)
      add_weighed(&rows, line, cents);
  }
  return g_variant_builder_end(&rows);
}

static void
insert_money(GVariantDict *row, const char *key, gint64 cents)
{
  g_autofree char *text = tryton_amount_format(cents, TRYTON_MONEY_DIGITS, TRYTON_MONEY_DIGITS);

  g_variant_dict_insert(row, key, "s", text);
}

static void
insert_payment(GVariantDict *row, json_t *record, gint64 total)
{
  g_autofree char *method = tryton_payment_dup_method(tryton_value_get_id(record, "payment_term"));
  g_autofree char *amount = tryton_amount_format(total, TRYTON_MONEY_DIGITS, TRYTON_MONEY_DIGITS);
  GVariant *payment = comptoir_payment_new(method, amount);

  g_variant_dict_insert_value(row, COMPTOIR_KEY_PAYMENTS, comptoir_rows_new(&payment, 1));
}

static void
insert_customer(GVariantDict *row, json_t *record)
{
  const char *name = tryton_value_get_text(tryton_value_get_record(record, "party"), "name");
  g_auto(GVariantDict) customer = G_VARIANT_DICT_INIT(NULL);

  if (name == NULL)
    return;
  g_variant_dict_insert(&customer, COMPTOIR_KEY_NAME, "s", name);
  g_variant_dict_insert_value(row, "customer", g_variant_dict_end(&customer));
}

/* When it was processed: what that made never changes, while the sale is written time and again.
 * One that made nothing was sold when it was entered. No till: a warehouse that gets another name
 * would make another sale of it. */
static void
insert_head(GVariantDict *row, const Reading *self, json_t *record)
{
  json_t *currency = tryton_value_get_record(record, "currency");
  gint64 made_at = tryton_value_get_time(record, "create_date");
  g_autofree char *sold_at = tryton_value_format_time(self->sold_at > 0 ? self->sold_at : made_at);

  tryton_value_insert_id(row, COMPTOIR_KEY_ID, tryton_value_get_id(record, "id"));
  tryton_value_insert_text(row, "number", tryton_value_get_text(record, "number"));
  tryton_value_insert_text(row, COMPTOIR_KEY_STATUS, tryton_value_get_text(record, "state"));
  tryton_value_insert_text(row, "currency", tryton_value_get_text(currency, "code"));
  g_variant_dict_insert(row, COMPTOIR_KEY_SOLD_AT, "s", sold_at);
}

/**
 * tryton_sale_row_new:
 * @catalogue: the taxes
 * @record: a record of `sale.sale`
 * @lines: records of `sale.line`, of this sale and of others
 * @error: return location for an error
 *
 * Makes a sale row. Fails with %COMPTOIR_ERROR_INVALID when there is none to make: when more goes
 * back than is sold.
 *
 * Returns: (transfer floating) (nullable): the row
 */
GVariant *
tryton_sale_row_new(TrytonCatalogue *catalogue, json_t *record, json_t *lines, GError **error)
{
  g_auto(Reading) self = { NULL };
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);
  gint64 total = 0;
  gint64 discount = 0;

  if (!read_lines(&self, catalogue, tryton_value_get_id(record, "id"), lines, error))
    return NULL;
  if (!tryton_value_get_amount(record, "total_amount", TRYTON_MONEY_DIGITS, &total) || total <= 0) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                        _("more goes back than is sold"));
    return NULL;
  }
  discount = tryton_amount_divide(self.discount, TRYTON_CENT);
  tryton_split_total((TrytonShare *)(void *)self.shares->data, self.shares->len, total + discount);
  insert_head(&row, &self, record);
  insert_money(&row, COMPTOIR_KEY_TOTAL, total);
  if (discount > 0)
    insert_money(&row, "discount", discount);
  g_variant_dict_insert_value(&row, COMPTOIR_KEY_LINES, build_lines(&self));
  insert_payment(&row, record, total);
  insert_customer(&row, record);
  return g_variant_dict_end(&row);
}
