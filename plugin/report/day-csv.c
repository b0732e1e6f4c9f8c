/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A day close for a spreadsheet, as those of France and Belgium open it with a double click: one
 * table, so that it can be filtered. docs/decisions/0020-closing-a-day.md. */
#include "config.h"
#include "model/money.h"
#include "report/day-report.h"
#include "report/report-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define BYTE_ORDER_MARK "\357\273\277"
#define END_OF_LINE     "\r\n"
#define N_COLUMNS       12

static const char *const headings[N_COLUMNS] = {
  N_("Kind"),         N_("Store"), N_("Register"),   N_("Shift"), N_("Name"), N_("Receipt"),
  N_("This program"), N_("Till"),  N_("Difference"), N_("VAT"),   N_("What"), N_("What to do"),
};

/* One line; NULL is an empty cell. */
typedef struct {
  const char *kind;
  const char *store;
  const char *pos;
  const char *shift;
  const char *name;
  const char *ticket;
  const char *host; /* amounts as the report has them */
  const char *till;
  const char *difference;
  const char *vat;
  const char *what;
  const char *next_step;
} Line;

/* A text that a spreadsheet would run as a formula is told to be a text. */
static void
append_text(GString *out, const char *text)
{
  gboolean is_quoted = strpbrk(text, ";\"\r\n") != NULL;

  if (is_quoted)
    g_string_append_c(out, '"');
  if (*text != '\0' && strchr("=+-@\t", *text) != NULL)
    g_string_append_c(out, '\'');
  for (const char *c = text; *c != '\0'; c++) {
    if (*c == '"')
      g_string_append_c(out, '"');
    g_string_append_c(out, *c);
  }
  if (is_quoted)
    g_string_append_c(out, '"');
}

static void
append_amount(GString *out, const char *amount)
{
  g_autofree char *text = g_strdup(amount);

  g_strdelimit(text, ".", ',');
  g_string_append(out, text);
}

static void
append_cell(GString *out, const char *text)
{
  if (text != NULL)
    append_text(out, text);
  g_string_append_c(out, ';');
}

static void
append_number(GString *out, const char *amount)
{
  if (amount != NULL)
    append_amount(out, amount);
  g_string_append_c(out, ';');
}

static void
append_line(GString *out, const Line *line)
{
  append_cell(out, line->kind);
  append_cell(out, line->store);
  append_cell(out, line->pos);
  append_cell(out, line->shift);
  append_cell(out, line->name);
  append_cell(out, line->ticket);
  append_number(out, line->host);
  append_number(out, line->till);
  append_number(out, line->difference);
  append_number(out, line->vat);
  append_cell(out, line->what);
  if (line->next_step != NULL)
    append_text(out, line->next_step);
  g_string_append(out, END_OF_LINE);
}

static void
append_headings(GString *out)
{
  g_string_append(out, BYTE_ORDER_MARK);
  for (gsize i = 0; i < N_COLUMNS; i++) {
    append_text(out, _(headings[i]));
    g_string_append(out, i + 1 < N_COLUMNS ? ";" : END_OF_LINE);
  }
}

#define TEXT(row, key) shopcaisse_report_row_get_text(row, key)

static void
append_sums(GString *out, const Line *begin, GVariant *row, const char *what)
{
  Line total = *begin;
  Line alone = *begin;

  total.name = _("Total");
  total.host = TEXT(row, "host_total");
  total.till = TEXT(row, "till_total");
  total.difference = TEXT(row, "difference");
  total.what = what;
  append_line(out, &total);
  if (shopcaisse_report_row_get_number(row, "till_only") == 0)
    return;
  alone.name = _("Sold on the till alone");
  alone.till = TEXT(row, "till_only_total");
  append_line(out, &alone);
}

static void
append_rates(GString *out, const Line *begin, GVariant *row)
{
  g_autoptr(GVariant) rates = shopcaisse_report_row_dup_rows(row, "vat");

  for (gsize i = 0; i < g_variant_n_children(rates); i++) {
    g_autoptr(GVariant) rate = g_variant_get_child_value(rates, i);
    g_autofree char *percent = g_strdup(TEXT(rate, "rate"));
    g_autofree char *expected = g_strdup(TEXT(rate, "expected"));
    g_autofree char *tolerance = g_strdup(TEXT(rate, "tolerance"));
    g_autofree char *what = NULL;
    Line line = *begin;

    g_strdelimit(percent, ".", ',');
    g_strdelimit(expected, ".", ',');
    g_strdelimit(tolerance, ".", ',');
    /* Translators: amounts of tax: what the rate makes of the sum, and how far the till may be from
     * it because it rounds each line. */
    what = g_strdup_printf(_("by the rate %1$s, tolerance %2$s"), expected, tolerance);
    line.kind = _("VAT");
    line.name = percent;
    line.host = TEXT(rate, "host_gross");
    line.till = TEXT(rate, "gross");
    line.vat = TEXT(rate, "vat");
    line.what = what;
    append_line(out, &line);
  }
}

static void
append_payments(GString *out, const Line *begin, GVariant *row, const char *key)
{
  g_autoptr(GVariant) payments = shopcaisse_report_row_dup_rows(row, key);
  gboolean is_host = g_str_equal(key, "host_payments");

  for (gsize i = 0; i < g_variant_n_children(payments); i++) {
    g_autoptr(GVariant) payment = g_variant_get_child_value(payments, i);
    Line line = *begin;

    line.kind = _("Payment");
    line.name = TEXT(payment, "method");
    if (is_host)
      line.host = TEXT(payment, "amount");
    else
      line.till = TEXT(payment, "amount");
    append_line(out, &line);
  }
}

static void
append_part(GString *out, const Line *begin, GVariant *row, const char *what)
{
  append_sums(out, begin, row, what);
  append_rates(out, begin, row);
  append_payments(out, begin, row, "host_payments");
  append_payments(out, begin, row, "payments");
}

static void
append_shifts(GString *out, const char *store_name, GVariant *store)
{
  g_autoptr(GVariant) shifts = shopcaisse_report_row_dup_rows(store, "shifts");

  for (gsize i = 0; i < g_variant_n_children(shifts); i++) {
    g_autoptr(GVariant) shift = g_variant_get_child_value(shifts, i);
    g_autofree char *sequence =
        g_strdup_printf("%u", shopcaisse_report_row_get_number(shift, "sequence"));
    gboolean is_outside = *TEXT(shift, "id") == '\0';
    Line line = {
      .kind = _("Shift"),
      .store = store_name,
      .pos = TEXT(shift, "register"),
      .shift = is_outside ? _("outside every shift") : sequence,
    };

    append_part(out, &line, shift, TEXT(shift, "status"));
  }
}

static void
append_differences(GString *out, const char *store_name, GVariant *store)
{
  g_autoptr(GVariant) differences = shopcaisse_report_row_dup_rows(store, "differences");

  for (gsize i = 0; i < g_variant_n_children(differences); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(differences, i);
    const char *till = TEXT(row, "till_total");
    gboolean is_sale = *TEXT(row, "sale_id") != '\0';
    Line line = {
      .kind = _("Difference"),
      .store = store_name,
      .pos = TEXT(row, "register"),
      .name = TEXT(row, "number"),
      .ticket = TEXT(row, "ticket"),
      .host = is_sale ? TEXT(row, "total") : NULL,
      .till = *till != '\0' ? till : NULL,
      .what = TEXT(row, "message"),
      .next_step = TEXT(row, "next_step"),
    };

    append_line(out, &line);
  }
}

/**
 * shopcaisse_day_report_to_csv:
 * @report: a report
 *
 * Writes it as one table.
 *
 * Returns: (transfer full): the text
 */
char *
shopcaisse_day_report_to_csv(GVariant *report)
{
  g_autoptr(GVariant) stores = shopcaisse_report_row_dup_rows(report, "stores");
  GString *out = g_string_new(NULL);

  append_headings(out);
  for (gsize i = 0; i < g_variant_n_children(stores); i++) {
    g_autoptr(GVariant) store = g_variant_get_child_value(stores, i);
    const char *name = TEXT(store, "name");
    Line line = { .kind = _("Day"), .store = name, .shift = TEXT(report, "day") };

    append_part(out, &line, store, TEXT(store, "reason"));
    append_shifts(out, name, store);
    append_differences(out, name, store);
  }
  return g_string_free(out, FALSE);
}
