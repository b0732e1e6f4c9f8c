/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A day close on paper: a page of its own, without a script, an image or an address. */
#include "config.h"
#include "report/day-report.h"
#include "report/day-tables.h"
#include "report/report-row.h"

#include <glib/gi18n-lib.h>

/* Black on white, as paper is; no row is cut between two sheets. */
static const char style[] =
    "@page{margin:15mm}"
    "body{font:10pt sans-serif;color:#000;background:#fff;margin:1.5em;max-width:80em}"
    "h1{font-size:1.6em;margin:0 0 .2em}h2{font-size:1.3em;margin:1.5em 0 .2em}"
    "h3{font-size:1.1em;margin:1.2em 0 .3em;break-after:avoid}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{border-bottom:1px solid #999;padding:.2em .5em;text-align:left;vertical-align:top}"
    "th{border-bottom:2px solid #000}"
    ".n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}"
    "th.n{white-space:normal}thead{display:table-header-group}tr{break-inside:avoid}"
    ".state{border:1px solid #000;padding:.5em;display:inline-block}"
    "footer{margin-top:2em;border-top:1px solid #999;padding-top:.5em;font-size:.85em}";

/* The catalogues that there are. */
static const char *const languages[] = { "fr", "nl", "de", NULL };

static char *
dup_language(void)
{
  const char *name = g_get_language_names()[0];
  g_autofree char *word = g_strndup(name, 2);

  return g_strdup(g_strv_contains(languages, word) ? word : "en");
}

static void
append_tagged(GString *out, const char *tag, const char *text)
{
  g_string_append_printf(out, "<%s>", tag);
  shopcaisse_day_tables_append_text(out, text);
  g_string_append_printf(out, "</%s>\n", tag);
}

static GDateTime *
parse_day(const char *day)
{
  g_autofree char *noon = g_strconcat(day, "T12:00:00Z", NULL);

  return g_date_time_new_from_iso8601(noon, NULL);
}

static char *
dup_title(GVariant *report)
{
  g_autoptr(GDateTime) day = parse_day(shopcaisse_report_row_get_text(report, "day"));
  /* Translators: a date, as g_date_time_format() and strftime read it. */
  g_autofree char *text = day != NULL ? g_date_time_format(day, _("%Y-%m-%d")) : g_strdup("");

  /* Translators: %s is a date. */
  return g_strdup_printf(_("Day close of %s"), text);
}

static void
append_head(GString *out, const char *title)
{
  g_autofree char *language = dup_language();

  g_string_append_printf(out,
                         "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
                         "<meta http-equiv=\"Content-Security-Policy\""
                         " content=\"default-src 'none'; style-src 'unsafe-inline'\">\n",
                         language);
  append_tagged(out, "title", title);
  g_string_append_printf(out, "<style>%s</style>\n</head>\n<body>\n", style);
}

static void
append_state(GString *out, GVariant *report)
{
  guint n_differences = shopcaisse_report_row_get_number(report, "differences");
  g_autofree char *count = g_strdup_printf(
      g_dngettext(GETTEXT_PACKAGE, "%u difference", "%u differences", n_differences),
      n_differences);
  const char *state = shopcaisse_report_row_is_true(report, "provisional")
                          ? _("Provisional: a later comparison may differ.")
                          : _("Every shift of the till is complete.");

  g_string_append(out, "<p class=\"state\">");
  shopcaisse_day_tables_append_text(out, state);
  g_string_append(out, "<br>");
  shopcaisse_day_tables_append_text(out, count);
  g_string_append(out, "</p>\n");
}

static void
append_store(GString *out, GVariant *store)
{
  const char *reason = shopcaisse_report_row_get_text(store, "reason");

  append_tagged(out, "h2", shopcaisse_report_row_get_text(store, "name"));
  if (*reason != '\0')
    append_tagged(out, "p", reason);
  shopcaisse_day_tables_append(out, store);
}

static char *
dup_compared(GVariant *report)
{
  g_autoptr(GDateTime) utc =
      g_date_time_new_from_iso8601(shopcaisse_report_row_get_text(report, "compared_at"), NULL);
  g_autoptr(GTimeZone) zone =
      g_time_zone_new_identifier(shopcaisse_report_row_get_text(report, "time_zone"));
  g_autoptr(GDateTime) local =
      utc != NULL && zone != NULL ? g_date_time_to_timezone(utc, zone) : NULL;
  /* Translators: a date with the time of day, as g_date_time_format() and strftime read it. */
  g_autofree char *text =
      local != NULL ? g_date_time_format(local, _("%Y-%m-%d %H:%M")) : g_strdup("");

  /* Translators: %s is a date with the time of day. */
  return g_strdup_printf(_("Compared on %s. Amounts in euros, tax included."), text);
}

static void
append_footer(GString *out, GVariant *report)
{
  g_autofree char *compared = dup_compared(report);

  g_string_append(out, "<footer>\n");
  append_tagged(out, "p", compared);
  append_tagged(out, "p",
                _("Gross amounts have to agree to the cent. The till rounds the tax of each line: "
                  "the tolerance is one cent a line, and nothing is corrected."));
  append_tagged(out, "p",
                _("This is a comparison. It does not replace the closing of the till, and it is no "
                  "fiscal archive: that is in the back office of Shopcaisse."));
  g_string_append(out, "</footer>\n</body>\n</html>\n");
}

/**
 * shopcaisse_day_report_to_html:
 * @report: a report
 *
 * Writes it as a page for a printer.
 *
 * Returns: (transfer full): the text
 */
char *
shopcaisse_day_report_to_html(GVariant *report)
{
  g_autoptr(GVariant) stores = shopcaisse_report_row_dup_rows(report, "stores");
  g_autofree char *title = dup_title(report);
  GString *out = g_string_new(NULL);

  append_head(out, title);
  append_tagged(out, "h1", title);
  append_state(out, report);
  for (gsize i = 0; i < g_variant_n_children(stores); i++) {
    g_autoptr(GVariant) store = g_variant_get_child_value(stores, i);

    append_store(out, store);
  }
  append_footer(out, report);
  return g_string_free(out, FALSE);
}
