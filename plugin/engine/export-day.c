/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A day close as a file. What a person has on the screen is what is written, however long ago it
 * was compared; whoever names no time gets the day as it is now. */
#include "engine/close-day.h"
#include "engine/context.h"
#include "report/day-report.h"

typedef struct {
  const char *word;
  const char *media_type;
  char *(*write)(GVariant *report);
} Format;

static const Format formats[] = {
  { "csv", "text/csv", shopcaisse_day_report_to_csv },
  { "json", "application/json", shopcaisse_day_report_to_json },
  { "html", "text/html", shopcaisse_day_report_to_html },
};

typedef struct {
  const Format *format;     /* (not owned) */
  ShopcaisseAnswer *answer; /* (owned) */
} Export;

static void closed_cb(GVariant *report, const GError *error, gpointer user_data);

static const Format *
find_format(const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS(formats); i++) {
    if (g_str_equal(formats[i].word, word))
      return &formats[i];
  }
  return NULL;
}

static const char *
lookup_text(GVariant *row, const char *key)
{
  const char *text = "";

  g_variant_lookup(row, key, "&s", &text);
  return text;
}

static void
give(const Format *format, GVariant *report, ShopcaisseAnswer *answer)
{
  g_autofree char *text = format->write(report);
  g_autofree char *name =
      g_strdup_printf("shopcaisse-day-%s.%s", lookup_text(report, "day"), format->word);

  shopcaisse_answer_take(answer,
                         g_variant_new_parsed("{'name': <%s>, 'media_type': <%s>, 'text': <%s>}",
                                              name, format->media_type, text));
}

static void
closed_cb(GVariant *report, const GError *error, gpointer user_data)
{
  g_autofree Export *self = user_data;

  if (error != NULL)
    shopcaisse_answer_fail_copy(self->answer, error);
  else
    give(self->format, report, self->answer);
}

/**
 * shopcaisse_export_day:
 * @context: the engine's parts
 * @argument: a{sv}: day, format, compared_at
 * @answer: (transfer full): for whoever asked: {name, media_type, text}
 *
 * Writes the report of a day.
 *
 * Fails with %COMPTOIR_ERROR_NOT_SUPPORTED for another format than "csv", "json" and "html", and
 * with what closing the day fails with.
 */
void
shopcaisse_export_day(ShopcaisseContext *context, GVariant *argument, ShopcaisseAnswer *answer)
{
  const Format *format = find_format(lookup_text(argument, "format"));
  GVariant *report = shopcaisse_close_day_get_report(context, lookup_text(argument, "compared_at"));
  Export *self = NULL;

  if (format == NULL) {
    shopcaisse_answer_fail(answer, g_error_new(COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_SUPPORTED,
                                               "there is no export \"day\" as \"%s\"",
                                               lookup_text(argument, "format")));
    return;
  }
  if (report != NULL) {
    give(format, report, answer);
    return;
  }
  self = g_new0(Export, 1);
  self->format = format;
  self->answer = answer;
  shopcaisse_close_day(context, lookup_text(argument, "day"),
                       shopcaisse_answer_new(context->config->context, closed_cb, self));
}
