/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What each cell of a list says, from its row. */
#include "ui/model/columns.h"

#include "config.h"
#include "ui/format.h"
#include "ui/model/change.h"
#include "ui/model/row.h"
#include "ui/model/sentence.h"
#include "ui/model/subject.h"

#include <glib/gi18n-lib.h>

/* The better one of two, as older channels have only the second. */
static char *
dup_first(GVariant *row, const char *key, const char *other)
{
  const char *text = shopcaisse_page_row_get_text(row, key);
  return g_strdup(*text != '\0' ? text : shopcaisse_page_row_get_text(row, other));
}

static char *
dup_article_name(GVariant *row)
{
  const char *name = shopcaisse_page_row_get_text(row, "name");
  const char *variant = shopcaisse_page_row_get_text(row, "variant");
  const char *parent = shopcaisse_page_row_get_text(row, "parent_name");
  if (*variant != '\0')
    /* Translators: an article and its variant, as in "T-shirt (L / red)". */
    return g_strdup_printf(_("%1$s (%2$s)"), name, variant);
  if (*parent != '\0')
    return g_strdup_printf(_("%1$s (%2$s)"), parent, name);
  return g_strdup(name);
}

static char *
dup_reference(GVariant *row)
{
  return g_strdup(shopcaisse_page_row_get_text(row, "reference"));
}

static char *
dup_barcodes(GVariant *row)
{
  g_autofree const char **codes = NULL;
  if (!g_variant_lookup(row, "barcodes", "^a&s", &codes))
    return g_strdup("");
  return g_strjoinv(", ", (char **)codes);
}

static char *
dup_price(GVariant *row)
{
  return shopcaisse_format_money(shopcaisse_page_row_get_text(row, "price"),
                                 shopcaisse_page_row_get_text(row, "currency"));
}

static char *
dup_rate(GVariant *row)
{
  return shopcaisse_format_rate(shopcaisse_page_row_get_text(row, "vat_rate"));
}

static char *
dup_stock(GVariant *row)
{
  return shopcaisse_format_quantity(shopcaisse_page_row_get_text(row, "stock"));
}

/**
 * shopcaisse_page_dup_link_state:
 * @row: a listed article
 *
 * Says whether it is linked, with a sign for the eye.
 *
 * Returns: (transfer full): the words, translated
 */
char *
shopcaisse_page_dup_link_state(GVariant *row)
{
  const char *state = shopcaisse_page_row_get_text(row, "state");
  if (shopcaisse_page_row_is_true(row, "deleted"))
    return g_strdup(_("– Deleted"));
  if (g_str_equal(state, "linked"))
    return g_strdup(_("✓ Linked"));
  if (g_str_equal(state, "ambiguous"))
    return g_strdup(_("? Ambiguous"));
  if (g_str_equal(state, "unlinked"))
    return g_strdup(_("✗ Not linked"));
  return g_strdup(state);
}

static char *
dup_number(GVariant *row)
{
  return dup_first(row, "number", "id");
}

static char *
dup_sold_at(GVariant *row)
{
  return shopcaisse_format_time(shopcaisse_page_row_get_text(row, "sold_at"));
}

static char *
dup_total(GVariant *row)
{
  return shopcaisse_format_money(shopcaisse_page_row_get_text(row, "total"),
                                 shopcaisse_page_row_get_text(row, "currency"));
}

static char *
dup_state(GVariant *row)
{
  return dup_first(row, "state_name", "state");
}

/* Short beside their titles, where the channel's own words are longer than a column. */
static char *
dup_kitchen(GVariant *row)
{
  if (g_str_equal(shopcaisse_page_row_get_text(row, "kitchen"), "not_acked"))
    return g_strdup(_("– Not seen yet"));
  return dup_first(row, "kitchen_name", "kitchen");
}

static char *
dup_fiscal(GVariant *row)
{
  const char *fiscal = shopcaisse_page_row_get_text(row, "fiscal");
  if (g_str_equal(fiscal, "open"))
    return g_strdup(_("– Not entered"));
  if (g_str_equal(fiscal, "finalised"))
    return g_strdup(_("✓ Entered"));
  return dup_first(row, "fiscal_name", "fiscal");
}

static char *
dup_reason(GVariant *row)
{
  g_autofree char *reason = dup_first(row, "message", "reason");
  return shopcaisse_page_sentence_dup(reason);
}

static char *
dup_at(GVariant *row)
{
  gint64 at = 0;
  if (!g_variant_lookup(row, "at", "x", &at))
    return g_strdup("");
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(at / G_USEC_PER_SEC);
  g_autofree char *text = time != NULL ? g_date_time_format_iso8601(time) : g_strdup("");
  return shopcaisse_format_time(text);
}

static char *
dup_level(GVariant *row)
{
  const char *level = shopcaisse_page_row_get_text(row, "level");
  if (g_str_equal(level, "error"))
    return g_strdup(_("✗ Error"));
  if (g_str_equal(level, "warning"))
    return g_strdup(_("! Warning"));
  return g_strdup(_("Note"));
}

static char *
dup_text(GVariant *row)
{
  return shopcaisse_page_sentence_dup(shopcaisse_page_row_get_text(row, "text"));
}

static char *
dup_moment(GVariant *row)
{
  return shopcaisse_format_time(shopcaisse_page_row_get_text(row, "at"));
}

/* With how often, and until when, if it was more than once. */
static char *
dup_event(GVariant *row)
{
  const char *name = shopcaisse_page_row_get_text(row, "name");
  guint times = shopcaisse_page_row_get_number(row, "times");
  if (times < 2)
    return g_strdup(name);
  g_autofree char *until = shopcaisse_format_time(shopcaisse_page_row_get_text(row, "until"));
  /* Translators: a state of an order, how many times it came to that in a row, the last moment. */
  return g_strdup_printf(g_dngettext(GETTEXT_PACKAGE, "%1$s (%2$u time, until %3$s)",
                                     "%1$s (%2$u times, until %3$s)", times),
                         name, times, until);
}

static char *
dup_store_name(GVariant *row)
{
  return g_strdup(shopcaisse_page_row_get_text(row, "name"));
}

static char *
dup_city(GVariant *row)
{
  return g_strdup(shopcaisse_page_row_get_text(row, "city"));
}

static char *
dup_company(GVariant *row)
{
  return g_strdup(shopcaisse_page_row_get_text(row, "company_name"));
}

static char *
dup_use(GVariant *row)
{
  if (shopcaisse_page_row_is_false(row, "usable"))
    return g_strdup(_("Not opened by this token"));
  return g_strdup("");
}

#define NARROW SHOPCAISSE_PAGE_COLUMN_NARROW
#define WIDE   SHOPCAISSE_PAGE_COLUMN_WIDE
#define NUMBER SHOPCAISSE_PAGE_COLUMN_NUMBER

static const char *const link_words[] = { N_("✓ Linked"), N_("? Ambiguous"), N_("✗ Not linked"),
                                          N_("– Deleted"), NULL };
static const char *const level_words[] = { N_("✗ Error"), N_("! Warning"), N_("Note"), NULL };
static const char *const state_words[] = { N_("Waiting to be sent"), N_("Set aside"),
                                           N_("Being cancelled"), NULL };
static const char *const kitchen_words[] = {
  /* Translators: an order that the till has not fetched, in a narrow column. */
  N_("– Not seen yet"), N_("Being prepared"), N_("Ready for pick-up"), NULL
};
static const char *const fiscal_words[] = {
  /* Translators: whether the till has an order in its books, in a narrow column. */
  N_("✓ Entered"), N_("– Not entered"), NULL
};
static const char *const change_words[] = { N_("New"),  N_("Changed"),   N_("Removed"),
                                            N_("Link"), N_("Ambiguous"), N_("No match"),
                                            NULL };
static const char *const plan_words[] = { N_("Proposed"), N_("Skipped"), N_("Done"),
                                          N_("Failed"),   N_("Undone"),  NULL };
/* As long as they become. */
static const char *const times[] = { "00/00/0000 00:00", NULL };
static const char *const amounts[] = { "-00 000,00 €", NULL };
static const char *const no_words[] = { NULL };

static const ShopcaissePageColumn article_columns[] = {
  { N_("Name"), dup_article_name, WIDE, 20, no_words, TRUE },
  { N_("Link"), shopcaisse_page_dup_link_state, NARROW, 8, link_words, FALSE },
  { N_("Reference"), dup_reference, NARROW, 10, no_words, FALSE },
  { N_("Barcode"), dup_barcodes, NARROW, 14, no_words, FALSE },
  { N_("Price"), dup_price, NUMBER, 10, no_words, FALSE },
  { N_("VAT"), dup_rate, NUMBER, 6, no_words, FALSE },
  { N_("Stock"), dup_stock, NUMBER, 7, no_words, FALSE },
};

static const ShopcaissePageColumn order_columns[] = {
  { N_("Number"), dup_number, NARROW, 8, no_words, TRUE },
  { N_("Sold"), dup_sold_at, NARROW, 0, times, FALSE },
  { N_("Total"), dup_total, NUMBER, 0, amounts, FALSE },
  { N_("Order"), dup_state, NARROW, 0, state_words, FALSE },
  /* Translators: how far the kitchen has come with an order. */
  { N_("Kitchen"), dup_kitchen, NARROW, 0, kitchen_words, FALSE },
  /* Translators: how far the till has come with an order: open, or a ticket was printed. */
  { N_("Till"), dup_fiscal, NARROW, 0, fiscal_words, FALSE },
  { N_("Why"), dup_reason, WIDE, 16, no_words, FALSE },
};

static const ShopcaissePageColumn journal_columns[] = {
  { N_("Time"), dup_at, NARROW, 0, times, FALSE },
  { N_("Level"), dup_level, NARROW, 8, level_words, FALSE },
  { N_("About"), shopcaisse_page_subject_dup_name, NARROW, 18, no_words, FALSE },
  { N_("What happened"), dup_text, WIDE, 40, no_words, TRUE },
};

/* In the guided set-up its steps stand beside it. */
static const ShopcaissePageColumn plan_columns[] = {
  { N_("Change"), shopcaisse_page_change_dup_name, NARROW, 0, change_words, FALSE },
  { N_("Article"), dup_store_name, WIDE, 16, no_words, TRUE },
  { N_("What changes"), shopcaisse_page_change_dup_fields, WIDE, 20, no_words, FALSE },
  { N_("State"), shopcaisse_page_change_dup_state, NARROW, 0, plan_words, FALSE },
  { N_("Why"), shopcaisse_page_change_dup_reason, WIDE, 16, no_words, FALSE },
};

static const ShopcaissePageColumn timeline_columns[] = {
  { N_("Time"), dup_moment, NARROW, 16, no_words },
  { N_("What happened"), dup_event, NARROW, 24, no_words },
  { N_("Why"), dup_text, WIDE, 30, no_words },
};

static const ShopcaissePageColumn store_columns[] = {
  { N_("Store"), dup_store_name, WIDE, 24, no_words, TRUE },
  { N_("City"), dup_city, NARROW, 16, no_words, FALSE },
  { N_("Company"), dup_company, NARROW, 18, no_words, FALSE },
  { N_("Remark"), dup_use, NARROW, 12, no_words, FALSE },
};

/**
 * shopcaisse_page_columns_get:
 * @table: a list
 * @n_columns: (out): how many it has
 *
 * Returns: (transfer none) (array length=n_columns): its columns
 */
const ShopcaissePageColumn *
shopcaisse_page_columns_get(ShopcaissePageTable table, guint *n_columns)
{
  static const struct {
    const ShopcaissePageColumn *columns;
    guint n_columns;
  } tables[] = {
    [SHOPCAISSE_PAGE_TABLE_ITEMS] = { article_columns, G_N_ELEMENTS(article_columns) },
    [SHOPCAISSE_PAGE_TABLE_ARTICLES] = { article_columns, G_N_ELEMENTS(article_columns) },
    [SHOPCAISSE_PAGE_TABLE_ORDERS] = { order_columns, G_N_ELEMENTS(order_columns) },
    [SHOPCAISSE_PAGE_TABLE_JOURNAL] = { journal_columns, G_N_ELEMENTS(journal_columns) },
    [SHOPCAISSE_PAGE_TABLE_PLAN] = { plan_columns, G_N_ELEMENTS(plan_columns) },
    [SHOPCAISSE_PAGE_TABLE_STORES] = { store_columns, G_N_ELEMENTS(store_columns) },
    [SHOPCAISSE_PAGE_TABLE_TIMELINE] = { timeline_columns, G_N_ELEMENTS(timeline_columns) },
  };
  *n_columns = tables[table].n_columns;
  return tables[table].columns;
}
