/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* All that is kept of a customer, as a file for that customer. */
#include "config.h"
#include "engine/erase.h"
#include "model/timestamp.h"
#include "report/customer-report.h"

#include <glib/gi18n-lib.h>

typedef struct {
  ShopcaisseWalk *walk;     /* (owned) */
  ShopcaisseAnswer *answer; /* (owned) */
} Export;

static void walked_cb(const GError *error, gpointer user_data);

static void
unref_row(gpointer row)
{
  g_variant_unref(row);
}

static GVariant *
build_report(const ShopcaisseWalk *walk)
{
  g_auto(GVariantDict) report = G_VARIANT_DICT_INIT(NULL);
  g_auto(GVariantBuilder) sales = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));
  g_autofree char *now = shopcaisse_timestamp_to_text(shopcaisse_context_get_now(walk->context));
  g_autofree char *message =
      shopcaisse_erase_describe(walk, shopcaisse_database_count_set_aside(walk->context->database));

  for (guint i = 0; i < walk->rows->len; i++)
    g_variant_builder_add_value(&sales, walk->rows->pdata[i]);
  g_variant_dict_insert(&report, "asked_at", "s", now);
  g_variant_dict_insert_value(&report, "asked", shopcaisse_person_get_row(walk->person));
  g_variant_dict_insert_value(&report, "sales", g_variant_builder_end(&sales));
  if (walk->n_settings > 0)
    g_variant_dict_insert(&report, "default_customer", "s",
                          walk->context->configuration->default_customer);
  g_variant_dict_insert(&report, "texts", "u", walk->n_texts);
  g_variant_dict_insert(
      &report, "message", "s",
      _("What Shopcaisse and this program keep of the customer in their own books "
        "is not in this file."));
  return g_variant_ref_sink(g_variant_dict_end(&report));
}

static void
walked_cb(const GError *error, gpointer user_data)
{
  g_autofree Export *self = user_data;
  g_autoptr(ShopcaisseWalk) walk = self->walk;
  g_autoptr(GVariant) report = NULL;
  g_autofree char *text = NULL;

  if (error != NULL)
    return shopcaisse_answer_fail_copy(self->answer, error);
  report = build_report(walk);
  text = shopcaisse_customer_report_to_json(report);
  /* The name of the file says nothing of the customer: it stands in lists of files. */
  shopcaisse_answer_take(self->answer,
                         g_variant_new_parsed("{'name': <'shopcaisse-customer.json'>,"
                                              " 'media_type': <'application/json'>, 'text': <%s>}",
                                              text));
}

/**
 * shopcaisse_export_customer:
 * @context: the engine's parts
 * @argument: a{sv}: a customer, and format
 * @answer: (transfer full): for whoever asked: {name, media_type, text}
 *
 * Writes out everything that is kept of a customer.
 *
 * Fails with %COMPTOIR_ERROR_NOT_SUPPORTED for another format than "json", %COMPTOIR_ERROR_INVALID
 * when nobody is named, %COMPTOIR_ERROR_STORAGE, or %G_IO_ERROR_CANCELLED when the channel closes.
 */
void
shopcaisse_export_customer(ShopcaisseContext *context, GVariant *argument, ShopcaisseAnswer *answer)
{
  g_autoptr(GError) error = NULL;
  const char *format = "";
  ShopcaissePerson *person = NULL;
  Export *self = NULL;

  g_variant_lookup(argument, "format", "&s", &format);
  if (g_str_equal(format, "json"))
    person = shopcaisse_person_parse(argument, &error);
  else
    g_set_error(&error, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_SUPPORTED,
                "there is no export \"customer\" as \"%s\"", format);
  if (person == NULL)
    return shopcaisse_answer_fail(answer, g_steal_pointer(&error));
  self = g_new0(Export, 1);
  self->answer = answer;
  self->walk = shopcaisse_walk_new(context, person, SHOPCAISSE_WALK_LOOK);
  self->walk->rows = g_ptr_array_new_with_free_func(unref_row);
  shopcaisse_walk_run(self->walk, NULL, walked_cb, self);
}
