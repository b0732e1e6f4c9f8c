/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Amounts and times by the language alone: the C library's data know years of two digits, and put
 * Belgium's euro sign last in Dutch. */

#include "local-text.h"

#include <comptoir/comptoir.h>
#include <glib/gi18n.h>
#include <string.h>

#define NO_BREAK_SPACE        "\u00a0"
#define NARROW_NO_BREAK_SPACE "\u202f"
#define EURO_SIGN             "\u20ac"

#define GROUP_DIGITS 3

typedef struct {
  const char *language;
  const char *group;   /* between groups of three digits */
  const char *decimal; /* before the cents */
  const char *before;  /* the sign of the currency, where it stands first */
  const char *behind;
  const char *date; /* as g_date_time_format() has it */
} Form;

/* The last one is for every other language. */
static const Form forms[] = {
  { "fr", NARROW_NO_BREAK_SPACE, ",", "", NO_BREAK_SPACE EURO_SIGN, "%d/%m/%Y" },
  { "nl", ".", ",", EURO_SIGN NO_BREAK_SPACE, "", "%-d/%m/%Y" },
  { "de", ".", ",", "", NO_BREAK_SPACE EURO_SIGN, "%d.%m.%Y" },
  { "", ",", ".", EURO_SIGN, "", "%Y-%m-%d" },
};

/* By the language in which gettext answers, such as "fr_BE". */
static const Form *
get_form(void)
{
  const char *name = g_get_language_names()[0];
  gsize i = 0;

  while (*forms[i].language != '\0' &&
         !(strncmp(name, forms[i].language, 2) == 0 && strchr("_.@", name[2]) != NULL))
    i++;
  return &forms[i];
}

static char *
group_digits(const Form *form, guint64 whole)
{
  g_autofree char *digits = g_strdup_printf("%" G_GUINT64_FORMAT, whole);
  gsize n_digits = strlen(digits);
  GString *text = g_string_new(NULL);

  for (gsize i = 0; i < n_digits; i++) {
    if (i > 0 && (n_digits - i) % GROUP_DIGITS == 0)
      g_string_append(text, form->group);
    g_string_append_c(text, digits[i]);
  }
  return g_string_free(text, FALSE);
}

/**
 * local_text_format_amount:
 * @cents: an amount in euro cents
 *
 * Writes an amount: "1 234,50 €" in French, "€ 1.234,50" in Dutch, "1.234,50 €" in German. A minus
 * stands before the amount, behind the sign of Dutch.
 *
 * Returns: (transfer full): the text
 */
char *
local_text_format_amount(gint64 cents)
{
  const Form *form = get_form();
  guint64 size = cents < 0 ? -(guint64)cents : (guint64)cents;
  g_autofree char *whole = group_digits(form, size / 100);
  const char *minus = cents < 0 ? "-" : "";
  gboolean is_inside = g_str_has_suffix(form->before, NO_BREAK_SPACE);

  return g_strdup_printf("%s%s%s%s%s%02u%s", is_inside ? "" : minus, form->before,
                         is_inside ? minus : "", whole, form->decimal, (guint)(size % 100),
                         form->behind);
}

/**
 * local_text_format_time:
 * @iso8601: (nullable): a time of the contract
 * @now_us: the time now, in microseconds since 1970
 *
 * Writes a time of this computer's zone, with the date if that is not today's. What cannot be read
 * is answered as it is.
 *
 * Returns: (transfer full): the text
 */
char *
local_text_format_time(const char *iso8601, gint64 now_us)
{
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
  g_autoptr(GDateTime) read = iso8601 != NULL ? g_date_time_new_from_iso8601(iso8601, utc) : NULL;
  g_autoptr(GDateTime) time = read != NULL ? g_date_time_to_local(read) : NULL;
  g_autoptr(GDateTime) now = g_date_time_new_from_unix_local(now_us / G_USEC_PER_SEC);
  g_autofree char *day = NULL;
  g_autofree char *today = NULL;
  g_autofree char *clock = NULL;

  if (time == NULL)
    return g_strdup(iso8601 != NULL ? iso8601 : "");
  day = g_date_time_format(time, get_form()->date);
  today = g_date_time_format(now, get_form()->date);
  clock = g_date_time_format(time, "%H:%M");
  return g_str_equal(day, today) ? g_steal_pointer(&clock) : g_strconcat(day, " ", clock, NULL);
}

/**
 * local_text_dup_name:
 * @article: an article row
 *
 * Tells what an article is called, with its variant.
 *
 * Returns: (transfer full): the name
 */
char *
local_text_dup_name(GVariant *article)
{
  const char *name = "";
  const char *variant = "";

  (void)g_variant_lookup(article, COMPTOIR_KEY_NAME, "&s", &name);
  (void)g_variant_lookup(article, "variant", "&s", &variant);
  if (*variant == '\0')
    return g_strdup(name);
  /* Translators: an article and its variant, as in "T-shirt (L / red)". */
  return g_strdup_printf(_("%1$s (%2$s)"), name, variant);
}
