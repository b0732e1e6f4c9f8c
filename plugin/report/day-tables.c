/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The tables of a day close on paper: what was sold, by shift, by rate, by payment; what differs.
 * Every text is escaped where it is written, and nowhere else. */
#include "report/day-tables.h"

#include "config.h"
#include "model/money.h"
#include "report/report-row.h"

#include <glib/gi18n-lib.h>

#define CURRENCY "EUR" /* the report tells none; docs/PROTOCOL.md 3.9 */

#define TEXT(row, key) shopcaisse_report_row_get_text(row, key)

/* A cell: a text, or an amount at the right. */
typedef struct {
  const char *text;
  gboolean is_number;
} Cell;

/**
 * shopcaisse_day_tables_append_text:
 * @out: a page
 * @text: what to write
 *
 * Writes a text that is nothing but a text.
 */
void
shopcaisse_day_tables_append_text(GString *out, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid(text, -1);
  g_autofree char *escaped = g_markup_escape_text(valid, -1);

  g_string_append(out, escaped);
}

static void
append_cell(GString *out, const char *tag, const char *text, gboolean is_number)
{
  g_string_append_printf(out, is_number ? "<%s class=\"n\">" : "<%s>", tag);
  shopcaisse_day_tables_append_text(out, text);
  g_string_append_printf(out, "</%s>", tag);
}

static void
begin_table(GString *out, const char *title, const Cell *headings, gsize n_headings)
{
  g_string_append(out, "<h3>");
  shopcaisse_day_tables_append_text(out, title);
  g_string_append(out, "</h3>\n<table>\n<thead><tr>");
  for (gsize i = 0; i < n_headings; i++)
    append_cell(out, "th", _(headings[i].text), headings[i].is_number);
  g_string_append(out, "</tr></thead>\n<tbody>\n");
}

static void
end_table(GString *out)
{
  g_string_append(out, "</tbody>\n</table>\n");
}

static void
append_row(GString *out, const Cell *cells, gsize n_cells)
{
  g_string_append(out, "<tr>");
  for (gsize i = 0; i < n_cells; i++)
    append_cell(out, "td", cells[i].text, cells[i].is_number);
  g_string_append(out, "</tr>\n");
}

/* As people write it; "" when the report has none. */
static char *
dup_amount(GVariant *row, const char *key)
{
  if (*TEXT(row, key) == '\0')
    return g_strdup("");
  return shopcaisse_money_to_words(
      shopcaisse_money(shopcaisse_report_row_get_minor(row, key), CURRENCY));
}

static char *
dup_shift_name(GVariant *shift)
{
  if (*TEXT(shift, "id") == '\0')
    return g_strdup(_("outside every shift"));
  /* Translators: the name of a register, the number of its shift. */
  return g_strdup_printf(_("%1$s, shift %2$u"), TEXT(shift, "register"),
                         shopcaisse_report_row_get_number(shift, "sequence"));
}

static const char *
get_state_name(GVariant *shift)
{
  const char *state = TEXT(shift, "state");

  if (g_str_equal(state, "open"))
    return _("open");
  if (g_str_equal(state, "closed"))
    return _("closed, not complete");
  if (g_str_equal(state, "completed"))
    return _("complete");
  /* What the till says, in its own word. */
  return TEXT(shift, "status");
}

static void
append_sums(GString *out, const char *name, const char *state, GVariant *row)
{
  g_autofree char *n_sales =
      g_strdup_printf("%u", shopcaisse_report_row_get_number(row, "host_orders"));
  g_autofree char *n_orders =
      g_strdup_printf("%u", shopcaisse_report_row_get_number(row, "on_till"));
  g_autofree char *n_tickets =
      g_strdup_printf("%u", shopcaisse_report_row_get_number(row, "finalised"));
  g_autofree char *host = dup_amount(row, "host_total");
  g_autofree char *till = dup_amount(row, "till_total");
  g_autofree char *difference = dup_amount(row, "difference");
  const Cell cells[] = {
    { name, FALSE },     { state, FALSE }, { n_sales, TRUE }, { n_orders, TRUE },
    { n_tickets, TRUE }, { host, TRUE },   { till, TRUE },    { difference, TRUE },
  };

  append_row(out, cells, G_N_ELEMENTS(cells));
}

static void
append_sold(GString *out, GVariant *store)
{
  static const Cell headings[] = {
    { "", FALSE },
    { N_("State"), FALSE },
    { N_("Sales of this program"), TRUE },
    { N_("Orders at Shopcaisse"), TRUE },
    { N_("Recorded by the till"), TRUE },
    { N_("Total of this program"), TRUE },
    { N_("Total of the till"), TRUE },
    { N_("Difference"), TRUE },
  };
  g_autoptr(GVariant) shifts = shopcaisse_report_row_dup_rows(store, "shifts");

  begin_table(out, _("Sold"), headings, G_N_ELEMENTS(headings));
  append_sums(out, _("The whole day"), "", store);
  for (gsize i = 0; i < g_variant_n_children(shifts); i++) {
    g_autoptr(GVariant) shift = g_variant_get_child_value(shifts, i);
    g_autofree char *name = dup_shift_name(shift);

    append_sums(out, name, get_state_name(shift), shift);
  }
  end_table(out);
}

static void
append_rates(GString *out, GVariant *store)
{
  static const Cell headings[] = {
    { N_("VAT"), FALSE },
    { N_("Sales of this program"), TRUE },
    { N_("Receipts of orders"), TRUE },
    { N_("Tax"), TRUE },
    { N_("Net"), TRUE },
    { N_("Tax by the rate"), TRUE },
    { N_("Tolerance"), TRUE },
    { N_("Sold on the till alone"), TRUE },
  };
  static const char *const keys[] = { "host_gross", "gross",          "vat", "net", "expected",
                                      "tolerance",  "till_only_gross" };
  g_autoptr(GVariant) rates = shopcaisse_report_row_dup_rows(store, "vat");

  begin_table(out, _("VAT by rate"), headings, G_N_ELEMENTS(headings));
  for (gsize i = 0; i < g_variant_n_children(rates); i++) {
    g_autoptr(GVariant) rate = g_variant_get_child_value(rates, i);
    g_auto(GStrv) mark = g_strsplit(TEXT(rate, "rate"), ".", 2);
    g_autofree char *percent = g_strjoinv(C_("decimal mark", "."), mark);

    g_string_append(out, "<tr>");
    append_cell(out, "td", *percent != '\0' ? percent : "?", FALSE);
    for (gsize k = 0; k < G_N_ELEMENTS(keys); k++) {
      g_autofree char *amount = dup_amount(rate, keys[k]);

      append_cell(out, "td", amount, TRUE);
    }
    g_string_append(out, "</tr>\n");
  }
  end_table(out);
}

static void
append_paid(GString *out, GVariant *store, const char *key, const char *side)
{
  g_autoptr(GVariant) payments = shopcaisse_report_row_dup_rows(store, key);

  for (gsize i = 0; i < g_variant_n_children(payments); i++) {
    g_autoptr(GVariant) payment = g_variant_get_child_value(payments, i);
    g_autofree char *amount = dup_amount(payment, "amount");
    g_autofree char *alone = dup_amount(payment, "till_only_amount");
    const Cell cells[] = {
      { side, FALSE },
      { TEXT(payment, "method"), FALSE },
      { amount, TRUE },
      { alone, TRUE },
    };

    append_row(out, cells, G_N_ELEMENTS(cells));
  }
}

static void
append_payments(GString *out, GVariant *store)
{
  static const Cell headings[] = {
    { "", FALSE },
    { N_("Payment"), FALSE },
    { N_("Amount"), TRUE },
    { N_("Sold on the till alone"), TRUE },
  };

  begin_table(out, _("Payments"), headings, G_N_ELEMENTS(headings));
  append_paid(out, store, "host_payments", _("This program"));
  append_paid(out, store, "payments", _("Till"));
  end_table(out);
}

static void
append_difference(GString *out, GVariant *row)
{
  g_autofree char *total = dup_amount(row, "total");
  g_autofree char *till = dup_amount(row, "till_total");
  gboolean is_sale = *TEXT(row, "sale_id") != '\0';
  const Cell cells[] = {
    { TEXT(row, "number"), FALSE },
    { TEXT(row, "ticket"), FALSE },
    { TEXT(row, "register"), FALSE },
    { is_sale ? total : "", TRUE },
    { *till != '\0' || is_sale ? till : total, TRUE },
    { TEXT(row, "message"), FALSE },
    { TEXT(row, "next_step"), FALSE },
  };

  append_row(out, cells, G_N_ELEMENTS(cells));
}

static void
append_differences(GString *out, GVariant *store)
{
  static const Cell headings[] = {
    { N_("Sale"), FALSE },        { N_("Receipt"), FALSE }, { N_("Register"), FALSE },
    { N_("This program"), TRUE }, { N_("Till"), TRUE },     { N_("What"), FALSE },
    { N_("What to do"), FALSE },
  };
  g_autoptr(GVariant) differences = shopcaisse_report_row_dup_rows(store, "differences");
  gsize n_differences = g_variant_n_children(differences);

  if (n_differences == 0) {
    g_string_append(out, "<p>");
    shopcaisse_day_tables_append_text(out, _("There is no difference."));
    g_string_append(out, "</p>\n");
    return;
  }
  begin_table(out, _("Differences"), headings, G_N_ELEMENTS(headings));
  for (gsize i = 0; i < n_differences; i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(differences, i);

    append_difference(out, row);
  }
  end_table(out);
}

/**
 * shopcaisse_day_tables_append:
 * @out: a page
 * @store: a store of a report
 *
 * Writes the tables of a store.
 */
void
shopcaisse_day_tables_append(GString *out, GVariant *store)
{
  append_sold(out, store);
  append_differences(out, store);
  append_rates(out, store);
  append_payments(out, store);
}
