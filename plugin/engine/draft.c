/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From a sale to order lines that add up to the same cent on the other side, whatever the other
 * side does with fractions: docs/decisions/0007-lines-that-add-up.md. */
#include "engine/draft.h"

#include "config.h"

#include <glib/gi18n-lib.h>

/* A line with lines below it is repeated once for each piece; docs/PROTOCOL.md 8 (12). */
#define PIECES_MAX 200

typedef struct {
  ShopcaisseOrderDraft *draft;
  ShopcaisseDraftLookup lookup;
  gpointer user_data;
} Filling;

static gboolean fail(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

static gboolean
fail(GError **error, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start(arguments, format);
  text = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, text);
  return FALSE;
}

static gint64
sum_children(const ShopcaisseSaleLine *line)
{
  gint64 sum = 0;

  for (guint i = 0; i < line->children->len; i++) {
    const ShopcaisseSaleLine *child = line->children->pdata[i];

    sum += child->total_minor +
           sum_children(child) * (child->quantity_milli / SHOPCAISSE_QUANTITY_ONE);
  }
  return sum;
}

/* What a line costs with everything below it. */
static gint64
sum_line(const ShopcaisseSaleLine *line)
{
  return line->total_minor + sum_children(line) * (line->quantity_milli / SHOPCAISSE_QUANTITY_ONE);
}

static ShopcaisseOrderLine *
make_line(Filling *filling,
          const ShopcaisseSaleLine *line,
          gint64 unit_minor,
          gint64 quantity_milli)
{
  ShopcaisseOrderLine *order_line = g_new0(ShopcaisseOrderLine, 1);
  ShopcaisseDraftItem item = { NULL, SHOPCAISSE_ITEM_OTHER, NULL };

  filling->lookup(line->article_id, &item, filling->user_data);
  order_line->item_id = g_strdup(item.item_id);
  order_line->name = g_strdup(*line->name != '\0' ? line->name : item.name);
  order_line->type = item.type;
  order_line->remark = g_strdup(line->note);
  order_line->step_id = g_strdup(line->step_id);
  order_line->group_id = g_strdup(line->group_id);
  order_line->unit_minor = unit_minor;
  order_line->quantity_milli = quantity_milli;
  order_line->children = g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_order_line_free);
  return order_line;
}

static gboolean
is_whole(gint64 quantity_milli)
{
  return quantity_milli % SHOPCAISSE_QUANTITY_ONE == 0;
}

/* n pieces for @total: all at one price, or some of them a cent dearer. */
static void
add_pieces(Filling *filling, GPtrArray *lines, const ShopcaisseSaleLine *line, gint64 total_minor)
{
  gint64 n_pieces = line->quantity_milli / SHOPCAISSE_QUANTITY_ONE;
  gint64 unit_minor = total_minor / n_pieces;
  gint64 n_dearer = total_minor - unit_minor * n_pieces;

  if (n_pieces > n_dearer)
    g_ptr_array_add(lines, make_line(filling, line, unit_minor,
                                     (n_pieces - n_dearer) * SHOPCAISSE_QUANTITY_ONE));
  if (n_dearer > 0)
    g_ptr_array_add(lines,
                    make_line(filling, line, unit_minor + 1, n_dearer * SHOPCAISSE_QUANTITY_ONE));
}

/* 0.350 kg at 12.99 is 4.5465: sent as one piece of 4.55, with the weight in the remark. */
static void
add_one_piece(Filling *filling,
              GPtrArray *lines,
              const ShopcaisseSaleLine *line,
              gint64 total_minor)
{
  g_autofree char *quantity = shopcaisse_quantity_to_text(line->quantity_milli);
  ShopcaisseOrderLine *order_line = make_line(filling, line, total_minor, SHOPCAISSE_QUANTITY_ONE);
  char *remark =
      line->note == NULL ? g_strdup(quantity) : g_strdup_printf("%s, %s", quantity, line->note);

  g_free(order_line->remark);
  order_line->remark = remark;
  g_ptr_array_add(lines, order_line);
}

static void
add_plain(Filling *filling, GPtrArray *lines, const ShopcaisseSaleLine *line, gint64 discount_minor)
{
  ShopcaisseMoney unit = shopcaisse_money(line->unit_minor, "EUR");
  gint64 total_minor = line->total_minor - discount_minor;

  if (discount_minor == 0 && shopcaisse_money_is_exact_product(unit, line->quantity_milli))
    g_ptr_array_add(lines, make_line(filling, line, line->unit_minor, line->quantity_milli));
  else if (is_whole(line->quantity_milli))
    add_pieces(filling, lines, line, total_minor);
  else
    add_one_piece(filling, lines, line, total_minor);
}

static gboolean
add_below(Filling *filling,
          ShopcaisseOrderLine *parent,
          const ShopcaisseSaleLine *line,
          GError **error)
{
  for (guint i = 0; i < line->children->len; i++) {
    const ShopcaisseSaleLine *child = line->children->pdata[i];

    if (child->children->len == 0) {
      add_plain(filling, parent->children, child, 0);
      continue;
    }
    if (child->quantity_milli != SHOPCAISSE_QUANTITY_ONE)
      return fail(error,
                  _("article %s: several pieces with options of their own below another line"),
                  child->article_id);
    g_ptr_array_add(parent->children,
                    make_line(filling, child, child->unit_minor, child->quantity_milli));
    if (!add_below(filling, parent->children->pdata[parent->children->len - 1], child, error))
      return FALSE;
  }
  return TRUE;
}

/* A parent is sent piece by piece: nobody says whether a child counts once or for each piece. */
static gboolean
add_family(Filling *filling, const ShopcaisseSaleLine *line, gint64 discount_minor, GError **error)
{
  gint64 n_pieces = line->quantity_milli / SHOPCAISSE_QUANTITY_ONE;

  if (!is_whole(line->quantity_milli) || n_pieces > PIECES_MAX)
    return fail(error, _("article %s: a line with options must count 1 to 200 whole pieces"),
                line->article_id);
  for (gint64 i = 0; i < n_pieces; i++) {
    gint64 share = discount_minor / n_pieces + (i < discount_minor % n_pieces ? 1 : 0);
    ShopcaisseOrderLine *parent =
        make_line(filling, line, line->unit_minor - share, SHOPCAISSE_QUANTITY_ONE);

    g_ptr_array_add(filling->draft->lines, parent);
    if (parent->unit_minor < 0)
      return fail(error, _("article %s: the discount is larger than the price without its options"),
                  line->article_id);
    if (!add_below(filling, parent, line, error))
      return FALSE;
  }
  return TRUE;
}

/* The difference of a cash rounding is neither turnover nor VAT: the payment says what the goods
 * cost. docs/PROTOCOL.md 3.12. */
static void
add_payments(ShopcaisseOrderDraft *draft, const ShopcaisseSale *sale)
{
  gint64 rounding = sale->rounding_minor;

  for (guint i = 0; i < sale->payments->len; i++) {
    const ShopcaissePayment *payment = sale->payments->pdata[i];
    ShopcaisseOrderPayment order_payment = {
      .amount_minor = payment->amount_minor,
      .is_online = g_ascii_strcasecmp(payment->method, "online") == 0,
    };

    if (rounding != 0 && (g_str_equal(payment->method, "cash") || i + 1 == sale->payments->len)) {
      order_payment.amount_minor -= rounding;
      rounding = 0;
    }
    g_array_append_val(draft->payments, order_payment);
  }
}

/**
 * shopcaisse_draft_fill:
 * @draft: to be filled; its lines and payments are made
 * @sale: a checked sale
 * @lookup: finds the item of an article
 * @user_data: for @lookup
 * @error: return location for an error
 *
 * Writes the sale as lines and payments with the same total, to the cent.
 *
 * Fails with %COMPTOIR_ERROR_INVALID naming the article whose line cannot be written so.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_draft_fill(ShopcaisseOrderDraft *draft,
                      const ShopcaisseSale *sale,
                      ShopcaisseDraftLookup lookup,
                      gpointer user_data,
                      GError **error)
{
  Filling filling = { draft, lookup, user_data };
  g_autofree gint64 *weights = g_new0(gint64, sale->lines->len);
  g_autofree gint64 *discounts = g_new0(gint64, sale->lines->len);

  for (guint i = 0; i < sale->lines->len; i++)
    weights[i] = sum_line(sale->lines->pdata[i]);
  shopcaisse_money_share(sale->discount_minor, weights, sale->lines->len, discounts);
  draft->lines = g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_order_line_free);
  draft->payments = g_array_new(FALSE, FALSE, sizeof(ShopcaisseOrderPayment));
  for (guint i = 0; i < sale->lines->len; i++) {
    const ShopcaisseSaleLine *line = sale->lines->pdata[i];

    if (line->children->len == 0)
      add_plain(&filling, draft->lines, line, discounts[i]);
    else if (!add_family(&filling, line, discounts[i], error))
      return FALSE;
  }
  draft->service_charge_minor = sale->service_charge_minor;
  draft->delivery_cost_minor = sale->delivery_cost_minor;
  draft->bag_fee_minor = sale->bag_fee_minor;
  draft->tip_minor = sale->tip_minor;
  add_payments(draft, sale);
  return TRUE;
}
