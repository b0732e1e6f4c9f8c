/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The report of a day, store by store, as lines of a table. */
#include "ui/model/day.h"

#include "config.h"
#include "ui/format.h"
#include "ui/model/row.h"
#include "ui/model/sentence.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define CURRENCY "EUR" /* the report tells none; docs/PROTOCOL.md 3.9 */

static void
free_line(gpointer data)
{
  ShopcaissePageDayLine *line = data;
  g_free(line->name);
  g_free(line->value);
  g_free(line->note);
  g_free(line);
}

static ShopcaissePageDayLine *
append(GPtrArray *lines, const char *name, char *value, const char *note)
{
  ShopcaissePageDayLine *line = g_new0(ShopcaissePageDayLine, 1);
  line->name = g_strdup(name);
  line->value = value;
  line->note = g_strdup(note);
  g_ptr_array_add(lines, line);
  return line;
}

static void
append_heading(GPtrArray *lines, const char *name, const char *note)
{
  append(lines, name, g_strdup(""), note)->is_heading = TRUE;
}

static char *
dup_money(GVariant *row, const char *key)
{
  return shopcaisse_format_money(shopcaisse_page_row_get_text(row, key), CURRENCY);
}

/* (transfer full): what the till sold without an order, beside the amounts of orders; "" for none.
 */
static char *
dup_till_only(GVariant *row, const char *key)
{
  const char *amount = shopcaisse_page_row_get_text(row, key);
  if (strpbrk(amount, "123456789") == NULL)
    return g_strdup("");
  g_autofree char *money = dup_money(row, key);
  /* Translators: an amount that the till sold by itself, beside one of orders. */
  return g_strdup_printf(_("on the till alone %s"), money);
}

/* (transfer full): two notes below one another, of which each may be "". */
static char *
join_notes(const char *note, const char *other)
{
  return *note != '\0' && *other != '\0' ? g_strjoin("\n", note, other, NULL)
                                         : g_strconcat(note, other, NULL);
}

static void
append_counts(GPtrArray *lines, GVariant *store)
{
  static const struct {
    const char *key;
    const char *name;
  } counts[] = {
    { "host_orders", N_("Sales of this program") }, { "sent", N_("Sent to Shopcaisse") },
    { "on_till", N_("Arrived on the till") },       { "finalised", N_("Recorded by the till") },
    { "till_only", N_("Sold on the till alone") },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(counts); i++)
    append(lines, _(counts[i].name),
           g_strdup_printf("%u", shopcaisse_page_row_get_number(store, counts[i].key)), "");
}

static const char *
get_state_name(GVariant *shift)
{
  const char *state = shopcaisse_page_row_get_text(shift, "state");
  if (g_str_equal(state, "open"))
    return _("open");
  if (g_str_equal(state, "closed"))
    return _("closed, not complete");
  if (g_str_equal(state, "completed"))
    return _("complete");
  return shopcaisse_page_row_get_text(shift, "status");
}

static char *
dup_shift_note(GVariant *shift)
{
  const char *state = get_state_name(shift);
  g_autofree char *host = dup_money(shift, "host_total");
  g_autofree char *till = dup_money(shift, "till_total");
  if (*state == '\0') /* what is outside every shift has none */
    return g_strdup_printf(_("this program %1$s, till %2$s"), host, till);
  /* Translators: how a shift is, such as "complete", and two amounts. */
  return g_strdup_printf(_("%1$s; this program %2$s, till %3$s"), state, host, till);
}

static void
append_shifts(GPtrArray *lines, GVariant *store)
{
  g_autoptr(GVariant) rows = shopcaisse_page_row_dup_rows(store, "shifts");
  for (gsize i = 0; i < g_variant_n_children(rows); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(rows, i);
    gboolean is_outside = *shopcaisse_page_row_get_text(row, "id") == '\0';
    /* Translators: the name of a register, the number of its shift. */
    g_autofree char *named =
        g_strdup_printf(_("%1$s, shift %2$u"), shopcaisse_page_row_get_text(row, "register"),
                        shopcaisse_page_row_get_number(row, "sequence"));
    g_autofree char *orders = dup_shift_note(row);
    g_autofree char *till_only = dup_till_only(row, "till_only_total");
    g_autofree char *note = join_notes(orders, till_only);
    append(lines, is_outside ? _("Outside every shift") : named, dup_money(row, "difference"),
           note);
  }
}

static char *
dup_vat_note(GVariant *row)
{
  g_autofree char *vat = dup_money(row, "vat");
  g_autofree char *net = dup_money(row, "net");
  g_autofree char *expected = dup_money(row, "expected");
  g_autofree char *tolerance = dup_money(row, "tolerance");
  /* Translators: the tax in an amount, and the amount without it. */
  g_autofree char *note = g_strdup_printf(_("tax %1$s, net %2$s"), vat, net);
  /* Translators: amounts of tax: what the rate makes of the sum, and how far the till may be from
   * it because it rounds each line. */
  g_autofree char *rule =
      g_strdup_printf(_("by the rate %1$s, tolerance %2$s"), expected, tolerance);
  return *expected != '\0' ? g_strjoin("\n", note, rule, NULL) : g_strdup(note);
}

static void
append_vat(GPtrArray *lines, GVariant *store)
{
  g_autoptr(GVariant) rows = shopcaisse_page_row_dup_rows(store, "vat");
  for (gsize i = 0; i < g_variant_n_children(rows); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(rows, i);
    g_autofree char *rate = shopcaisse_format_rate(shopcaisse_page_row_get_text(row, "rate"));
    g_autofree char *name = g_strdup_printf(_("VAT %s"), rate);
    g_autofree char *orders = dup_vat_note(row);
    g_autofree char *till_only = dup_till_only(row, "till_only_gross");
    g_autofree char *note = join_notes(orders, till_only);
    append(lines, name, dup_money(row, "gross"), note);
  }
}

static void
append_payments(GPtrArray *lines, GVariant *store)
{
  g_autoptr(GVariant) rows = shopcaisse_page_row_dup_rows(store, "payments");
  for (gsize i = 0; i < g_variant_n_children(rows); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(rows, i);
    g_autofree char *name =
        g_strdup_printf(_("Paid: %s"), shopcaisse_page_row_get_text(row, "method"));
    g_autofree char *note = dup_till_only(row, "till_only_amount");
    append(lines, name, dup_money(row, "amount"), note);
  }
}

static void
append_differences(GPtrArray *lines, GVariant *store)
{
  g_autoptr(GVariant) rows = shopcaisse_page_row_dup_rows(store, "differences");
  if (g_variant_n_children(rows) > 0)
    append_heading(lines, _("Differences"), "");
  for (gsize i = 0; i < g_variant_n_children(rows); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(rows, i);
    g_autofree char *message =
        shopcaisse_page_sentence_dup(shopcaisse_page_row_get_text(row, "message"));
    g_autofree char *next =
        shopcaisse_page_sentence_dup(shopcaisse_page_row_get_text(row, "next_step"));
    g_autofree char *note =
        *next != '\0' ? g_strjoin("\n", message, next, NULL) : g_strdup(message);
    append(lines, shopcaisse_page_row_get_text(row, "number"), dup_money(row, "total"), note);
  }
}

static char *
dup_state(GVariant *store)
{
  g_autofree char *reason =
      shopcaisse_page_sentence_dup(shopcaisse_page_row_get_text(store, "reason"));
  const char *text = _("Provisional: the day or an order is still open.");
  if (!shopcaisse_page_row_is_true(store, "provisional"))
    return g_strdup("");
  return *reason != '\0' ? g_strjoin("\n", text, reason, NULL) : g_strdup(text);
}

static void
append_store(GPtrArray *lines, GVariant *store)
{
  g_autofree char *state = dup_state(store);
  append_heading(lines, shopcaisse_page_row_get_text(store, "name"), state);
  append_counts(lines, store);
  append(lines, _("Total of this program"), dup_money(store, "host_total"), "");
  g_autofree char *till_only = dup_till_only(store, "till_only_total");
  append(lines, _("Total of the till"), dup_money(store, "till_total"), till_only);
  append(lines, _("Difference"), dup_money(store, "difference"), "");
  append_shifts(lines, store);
  append_vat(lines, store);
  append_payments(lines, store);
  append_differences(lines, store);
}

/**
 * shopcaisse_page_day_list_lines:
 * @report: (nullable): the answer to a day close
 *
 * Returns: (transfer full) (element-type ShopcaissePageDayLine): its lines
 */
GPtrArray *
shopcaisse_page_day_list_lines(GVariant *report)
{
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(free_line);
  g_autoptr(GVariant) stores = shopcaisse_page_row_dup_rows(report, "stores");
  for (gsize i = 0; i < g_variant_n_children(stores); i++) {
    g_autoptr(GVariant) store = g_variant_get_child_value(stores, i);
    append_store(lines, store);
  }
  return g_steal_pointer(&lines);
}

static GDateTime *
parse_day(const char *text)
{
  g_autofree char *whole = g_strconcat(text, "T12:00:00Z", NULL);
  return g_date_time_new_from_iso8601(whole, NULL);
}

/**
 * shopcaisse_page_day_is_date:
 * @text: what was entered
 *
 * Returns: %TRUE for a day such as 2026-03-01
 */
gboolean
shopcaisse_page_day_is_date(const char *text)
{
  g_autoptr(GDateTime) day =
      g_regex_match_simple("^\\d{4}-\\d{2}-\\d{2}$", text, G_REGEX_DOLLAR_ENDONLY, 0)
          ? parse_day(text)
          : NULL;
  return day != NULL;
}

/**
 * shopcaisse_page_day_dup_other:
 * @day: a day; anything else is today
 * @n_days: how many days later
 *
 * Returns: (transfer full): another day
 */
char *
shopcaisse_page_day_dup_other(const char *day, int n_days)
{
  g_autoptr(GDateTime) from =
      shopcaisse_page_day_is_date(day) ? parse_day(day) : g_date_time_new_now_local();
  g_autoptr(GDateTime) other = g_date_time_add_days(from, n_days);
  return g_date_time_format(other, "%Y-%m-%d");
}
