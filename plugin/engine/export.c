/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The support bundle: what an integrator asks first, gathered. No token, no customer, and not the
 * whole name of the application, which is the key of its events: docs/PROTOCOL.md 4. */
#include "engine/export.h"

#include "config.h"
#include "engine/close-day.h"
#include "engine/context.h"
#include "engine/doctor.h"
#include "engine/erase.h"
#include "engine/list-short.h"
#include "report/support.h"
#include "store/links.h"
#include "store/mirror.h"
#include "store/sales-read.h"

#include <string.h>

#define JOURNAL_LINES 500
#define HINT_LENGTH   4

typedef struct {
  ShopcaisseContext *context; /* (not owned) */
  ShopcaisseAnswer *answer;   /* (owned) */
} Export;

static void examined_cb(GVariant *findings, const GError *error, gpointer user_data);

static void
add_versions(ShopcaisseContext *context, ShopcaisseSupport *support)
{
  g_autofree char *system = g_get_os_info(G_OS_INFO_KEY_PRETTY_NAME);
  g_autofree char *glib =
      g_strdup_printf("%u.%u.%u", glib_major_version, glib_minor_version, glib_micro_version);

  shopcaisse_support_begin(support, "versions");
  shopcaisse_support_add_line(support, PACKAGE_NAME, PACKAGE_VERSION);
  shopcaisse_support_add_line(support, "host", context->config->host->name);
  shopcaisse_support_add_line(support, "glib", glib);
  shopcaisse_support_add_line(support, "system", system != NULL ? system : "unknown");
  shopcaisse_support_add_line(support, "language", g_get_language_names()[0]);
}

/* The application's id, all but its end. */
static GVariant *
hide_application(GVariant *facts)
{
  g_auto(GVariantBuilder) hidden = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));

  for (gsize i = 0; i < g_variant_n_children(facts); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(facts, i);
    g_auto(GVariantDict) copy = G_VARIANT_DICT_INIT(row);
    g_autofree char *text = NULL;
    const char *id = "";
    const char *value = "";
    gsize length = 0;

    g_variant_lookup(row, "id", "&s", &id);
    g_variant_lookup(row, "text", "&s", &value);
    length = strlen(value);
    text = g_strconcat("...", value + length - MIN(length / 2, HINT_LENGTH), NULL);
    if (g_str_equal(id, "application"))
      g_variant_dict_insert(&copy, "text", "s", text);
    g_variant_builder_add_value(&hidden, g_variant_dict_end(&copy));
  }
  return g_variant_ref_sink(g_variant_builder_end(&hidden));
}

static gboolean
add_lists(ShopcaisseContext *context, ShopcaisseSupport *support, GError **error)
{
  static const char *const fact_keys[] = { "level", "name", "text", NULL };
  static const char *const right_keys[] = { "state", "id", "name", NULL };
  static const char *const flow_keys[] = { "state",    "id",      "minutes", "last_run",
                                           "next_run", "message", NULL };
  static const char *const check_keys[] = { "state", "id", NULL };
  g_autoptr(GVariant) facts = shopcaisse_list_read_all(context, "facts", error);
  g_autoptr(GVariant) hidden = facts != NULL ? hide_application(facts) : NULL;
  g_autoptr(GVariant) rights =
      hidden != NULL ? shopcaisse_list_read_all(context, "rights", error) : NULL;
  g_autoptr(GVariant) flows =
      rights != NULL ? shopcaisse_list_read_all(context, "flows", error) : NULL;
  g_autoptr(GVariant) checklist =
      flows != NULL ? shopcaisse_list_read_all(context, "checklist", error) : NULL;

  if (checklist == NULL)
    return FALSE;
  shopcaisse_support_begin(support, "facts");
  shopcaisse_support_add_rows(support, hidden, fact_keys);
  shopcaisse_support_begin(support, "rights");
  shopcaisse_support_add_rows(support, rights, right_keys);
  shopcaisse_support_begin(support, "flows");
  shopcaisse_support_add_rows(support, flows, flow_keys);
  shopcaisse_support_begin(support, "before the first order");
  shopcaisse_support_add_rows(support, checklist, check_keys);
  return TRUE;
}

static gboolean
add_counts(ShopcaisseContext *context, ShopcaisseSupport *support, GError **error)
{
  g_autoptr(GVariant) sales = shopcaisse_sales_count(context->database, error);
  g_autoptr(GVariant) links =
      sales != NULL ? shopcaisse_links_count(context->database, error) : NULL;
  g_autofree char *items = NULL;
  guint n_items = 0;

  if (links == NULL || !shopcaisse_mirror_count_items(context->database, &n_items, error))
    return FALSE;
  items = g_strdup_printf("%u", n_items);
  shopcaisse_support_begin(support, "counts");
  shopcaisse_support_add_line(support, "items", items);
  shopcaisse_support_add_counts(support, "links", links);
  shopcaisse_support_add_counts(support, "orders", sales);
  return TRUE;
}

static gboolean
add_journal(ShopcaisseContext *context, ShopcaisseSupport *support, GError **error)
{
  static const char *const keys[] = { "at", "level", "flow", "subject", "text", NULL };
  g_autoptr(GPtrArray) lines = shopcaisse_journal_list(context->database, 0, JOURNAL_LINES, error);
  g_auto(GVariantBuilder) rows = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));
  g_autoptr(GVariant) all = NULL;

  if (lines == NULL)
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    g_variant_builder_add_value(&rows, lines->pdata[i]);
  all = g_variant_ref_sink(g_variant_builder_end(&rows));
  shopcaisse_support_begin(support, "journal, the newest first");
  shopcaisse_support_add_rows(support, all, keys);
  return TRUE;
}

static void
add_findings(ShopcaisseSupport *support, GVariant *findings)
{
  static const char *const keys[] = { "level", "id", "title", NULL };
  g_autoptr(GVariant) rows = g_variant_lookup_value(findings, "rows", G_VARIANT_TYPE("aa{sv}"));

  shopcaisse_support_begin(support, "doctor");
  if (rows != NULL)
    shopcaisse_support_add_rows(support, rows, keys);
}

static void
add_settings(ShopcaisseContext *context, ShopcaisseSupport *support)
{
  g_autoptr(GVariant) settings =
      shopcaisse_configuration_describe(context->configuration, context->database);

  shopcaisse_support_begin(support, "settings");
  shopcaisse_support_add_settings(support, settings);
}

static char *
build_text(ShopcaisseContext *context, GVariant *findings, GError **error)
{
  g_autoptr(ShopcaisseSupport) support = shopcaisse_support_new();

  add_versions(context, support);
  add_settings(context, support);
  if (!add_lists(context, support, error))
    return NULL;
  add_findings(support, findings);
  if (!add_counts(context, support, error) || !add_journal(context, support, error))
    return NULL;
  return shopcaisse_support_take_text(support);
}

static char *
build_name(ShopcaisseContext *context)
{
  g_autoptr(GDateTime) now =
      g_date_time_new_from_unix_local(shopcaisse_context_get_now(context) / G_USEC_PER_SEC);

  return g_date_time_format(now, "shopcaisse-support-%Y%m%d-%H%M.txt");
}

static void
examined_cb(GVariant *findings, const GError *error, gpointer user_data)
{
  g_autofree Export *self = user_data;
  g_autoptr(GError) build_error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (error != NULL)
    return shopcaisse_answer_fail_copy(self->answer, error);
  text = build_text(self->context, findings, &build_error);
  if (text == NULL)
    return shopcaisse_answer_fail(self->answer, g_steal_pointer(&build_error));
  name = build_name(self->context);
  shopcaisse_answer_take(
      self->answer, g_variant_new_parsed(
                        "{'name': <%s>, 'media_type': <'text/plain'>, 'text': <%s>}", name, text));
}

/**
 * shopcaisse_export:
 * @context: the engine's parts
 * @argument: a{sv}: kind and format
 * @answer: (transfer full): for whoever asked: {name, media_type, text}
 *
 * Gathers what a person hands to somebody else.
 *
 * Fails with %COMPTOIR_ERROR_NOT_SUPPORTED for a kind or a format that there is not,
 * %COMPTOIR_ERROR_STORAGE, or %G_IO_ERROR_CANCELLED when the channel closes.
 */
void
shopcaisse_export(ShopcaisseContext *context, GVariant *argument, ShopcaisseAnswer *answer)
{
  const char *kind = "";
  const char *format = "";
  Export *self = NULL;

  g_variant_lookup(argument, "kind", "&s", &kind);
  g_variant_lookup(argument, "format", "&s", &format);
  if (g_str_equal(kind, "day"))
    return shopcaisse_export_day(context, argument, answer);
  if (g_str_equal(kind, "customer"))
    return shopcaisse_export_customer(context, argument, answer);
  if (!g_str_equal(kind, "support") || !g_str_equal(format, "text")) {
    shopcaisse_answer_fail(answer,
                           g_error_new(COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_SUPPORTED,
                                       "there is no export \"%s\" as \"%s\"", kind, format));
    return;
  }
  self = g_new0(Export, 1);
  self->context = context;
  self->answer = answer;
  shopcaisse_doctor_examine(context,
                            shopcaisse_answer_new(context->config->context, examined_cb, self));
}
