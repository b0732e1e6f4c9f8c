/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Amounts, quantities, rates and times for people. The C library's own data have years of two
 * digits and know no "€ 1.234,50" for Belgium: docs/decisions/0013-words-for-people.md. */
#include "ui/format.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NO_BREAK_SPACE        "\u00a0"
#define NARROW_NO_BREAK_SPACE "\u202f"
#define EURO_SIGN             "\u20ac"
#define EURO                  "EUR"

#define MONEY_DECIMALS 2
#define GROUP_DIGITS   3
#define DIGITS_MAX     15

#define MINUTE_S 60
#define HOUR_S   (60 * MINUTE_S)
#define DAY_S    (24 * HOUR_S)
#define DAYS_MAX 30 /* from then on the time itself says more */

typedef enum {
  DATE_YEAR_FIRST, /* 2026-03-01 */
  DATE_SLASHES,    /* 01/03/2026 */
  DATE_SHORT_DAY,  /* 1/03/2026 */
  DATE_POINTS      /* 01.03.2026 */
} DateForm;

typedef struct {
  const char *language;
  const char *group;   /* between groups of three digits */
  const char *decimal; /* before the fraction */
  const char *sign_gap;
  gboolean sign_first; /* the currency stands before the amount */
  const char *rate_gap;
  DateForm date;
} Style;

/* The last one is for every other language. */
static const Style styles[] = {
  { "fr", NARROW_NO_BREAK_SPACE, ",", NO_BREAK_SPACE, FALSE, NO_BREAK_SPACE, DATE_SLASHES },
  { "nl", ".", ",", NO_BREAK_SPACE, TRUE, "", DATE_SHORT_DAY },
  { "de", ".", ",", NO_BREAK_SPACE, FALSE, NO_BREAK_SPACE, DATE_POINTS },
  { "", ",", ".", "", TRUE, "", DATE_YEAR_FIRST },
};

/* The language in which gettext answers, such as "fr_BE": LANGUAGE, LC_ALL, LC_MESSAGES, LANG. */
static const char *
get_locale_name(void)
{
  return g_get_language_names()[0];
}

static const Style *
get_style(void)
{
  const char *name = get_locale_name();
  gsize i = 0;

  while (*styles[i].language != '\0' &&
         !(strncmp(name, styles[i].language, 2) == 0 && strchr("_.@", name[2]) != NULL))
    i++;
  return &styles[i];
}

/* A decimal of the contract, in its parts: "-1234.50". */
typedef struct {
  gboolean is_negative;
  const char *whole; /* (not owned): its digits */
  gsize n_whole;
  const char *fraction; /* (not owned): "" or digits */
} Decimal;

static gboolean
split_decimal(const char *text, Decimal *parts)
{
  const char *end = NULL;

  parts->is_negative = *text == '-';
  parts->whole = text + (parts->is_negative ? 1 : 0);
  parts->n_whole = strspn(parts->whole, "0123456789");
  end = parts->whole + parts->n_whole;
  if (parts->n_whole == 0)
    return FALSE;
  parts->fraction = *end == '.' ? end + 1 : end;
  if (*end == '.' && *parts->fraction == '\0')
    return FALSE;
  return parts->fraction[strspn(parts->fraction, "0123456789")] == '\0';
}

/* Without its sign. */
static char *
group_digits(const Style *style, const Decimal *parts, gsize min_decimals)
{
  GString *text = g_string_new(NULL);

  for (gsize i = 0; i < parts->n_whole; i++) {
    if (i > 0 && (parts->n_whole - i) % GROUP_DIGITS == 0)
      g_string_append(text, style->group);
    g_string_append_c(text, parts->whole[i]);
  }
  if (*parts->fraction != '\0' || min_decimals > 0)
    g_string_append(text, style->decimal);
  g_string_append(text, parts->fraction);
  for (gsize i = strlen(parts->fraction); i < min_decimals; i++)
    g_string_append_c(text, '0');
  return g_string_free(text, FALSE);
}

static char *
place_sign(const Style *style, const Decimal *parts, const char *digits, const char *currency)
{
  const char *minus = parts->is_negative ? "-" : "";
  gboolean is_euro = g_str_equal(currency, EURO);
  const char *sign = is_euro ? EURO_SIGN : currency;
  /* A code is a word: it never touches the amount. */
  const char *gap = is_euro ? style->sign_gap : NO_BREAK_SPACE;

  if (!style->sign_first)
    return g_strconcat(minus, digits, gap, sign, NULL);
  /* "€ -12,50", but "-€12.50". */
  if (*gap != '\0')
    return g_strconcat(sign, gap, minus, digits, NULL);
  return g_strconcat(minus, sign, digits, NULL);
}

/**
 * shopcaisse_format_money:
 * @decimal: (nullable): an amount of the contract, "1234.50"
 * @currency: (nullable): its ISO 4217 code; %NULL or "": the amount alone
 *
 * Prints an amount for people: "1 234,50 €" in French, "€ 1.234,50" in Dutch, "1.234,50 €" in
 * German. What cannot be read is answered as it is.
 *
 * Returns: (transfer full): the text
 */
char *
shopcaisse_format_money(const char *decimal, const char *currency)
{
  const Style *style = get_style();
  g_autofree char *digits = NULL;
  Decimal parts;

  if (decimal == NULL || !split_decimal(decimal, &parts))
    return g_strdup(decimal != NULL ? decimal : "");
  digits = group_digits(style, &parts, MONEY_DECIMALS);
  if (currency == NULL || *currency == '\0')
    return g_strconcat(parts.is_negative ? "-" : "", digits, NULL);
  return place_sign(style, &parts, digits, currency);
}

/**
 * shopcaisse_format_quantity:
 * @decimal: (nullable): a quantity of the contract, "0.35"
 *
 * Prints a quantity for people. What cannot be read is answered as it is.
 *
 * Returns: (transfer full): the text
 */
char *
shopcaisse_format_quantity(const char *decimal)
{
  g_autofree char *digits = NULL;
  Decimal parts;

  if (decimal == NULL || !split_decimal(decimal, &parts))
    return g_strdup(decimal != NULL ? decimal : "");
  digits = group_digits(get_style(), &parts, 0);
  return g_strconcat(parts.is_negative ? "-" : "", digits, NULL);
}

/**
 * shopcaisse_format_rate:
 * @decimal: (nullable): a rate of the contract in percent, "5.5"
 *
 * Prints a rate for people: "5,5 %" in French and German, "5,5%" in Dutch. What cannot be read is
 * answered as it is.
 *
 * Returns: (transfer full): the text
 */
char *
shopcaisse_format_rate(const char *decimal)
{
  const Style *style = get_style();
  g_autofree char *digits = NULL;
  Decimal parts;

  if (decimal == NULL || !split_decimal(decimal, &parts))
    return g_strdup(decimal != NULL ? decimal : "");
  digits = group_digits(style, &parts, 0);
  return g_strconcat(parts.is_negative ? "-" : "", digits, style->rate_gap, "%", NULL);
}

static GDateTime *
parse_time(const char *iso8601)
{
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc();

  return iso8601 != NULL ? g_date_time_new_from_iso8601(iso8601, utc) : NULL;
}

static char *
print_time(GDateTime *time)
{
  g_autoptr(GDateTime) local = g_date_time_to_local(time);
  gint year = 0;
  gint month = 0;
  gint day = 0;
  g_autofree char *date = NULL;

  g_date_time_get_ymd(local, &year, &month, &day);
  switch (get_style()->date) {
  case DATE_SLASHES:
    date = g_strdup_printf("%02d/%02d/%04d", day, month, year);
    break;
  case DATE_SHORT_DAY:
    date = g_strdup_printf("%d/%02d/%04d", day, month, year);
    break;
  case DATE_POINTS:
    date = g_strdup_printf("%02d.%02d.%04d", day, month, year);
    break;
  case DATE_YEAR_FIRST:
  default:
    date = g_strdup_printf("%04d-%02d-%02d", year, month, day);
    break;
  }
  return g_strdup_printf("%s %02d:%02d", date, g_date_time_get_hour(local),
                         g_date_time_get_minute(local));
}

/**
 * shopcaisse_format_time:
 * @iso8601: (nullable): a time of the contract, "2026-03-01T14:04:00Z"
 *
 * Prints a time of this computer's zone, to the minute: "01/03/2026 15:04" in French. What cannot
 * be read is answered as it is.
 *
 * Returns: (transfer full): the text
 */
char *
shopcaisse_format_time(const char *iso8601)
{
  g_autoptr(GDateTime) time = parse_time(iso8601);

  if (time == NULL)
    return g_strdup(iso8601 != NULL ? iso8601 : "");
  return print_time(time);
}

/**
 * shopcaisse_format_age:
 * @iso8601: (nullable): a time of the contract
 * @now_us: the time now, in microseconds since 1970
 *
 * Says how long ago that was: "3 minutes ago". After a month, and for a time to come, the time
 * itself. What cannot be read is answered as it is.
 *
 * Returns: (transfer full): the text
 */
char *
shopcaisse_format_age(const char *iso8601, gint64 now_us)
{
  g_autoptr(GDateTime) time = parse_time(iso8601);
  gint64 age_s = 0;

  if (time == NULL)
    return g_strdup(iso8601 != NULL ? iso8601 : "");
  age_s = now_us / G_USEC_PER_SEC - g_date_time_to_unix(time);
  if (age_s < -MINUTE_S || age_s >= DAYS_MAX * DAY_S)
    return print_time(time);
  if (age_s < MINUTE_S)
    /* Translators: less than a minute ago. */
    return g_strdup(_("just now"));
  if (age_s < HOUR_S)
    return g_strdup_printf(
        g_dngettext(GETTEXT_PACKAGE, "%u minute ago", "%u minutes ago", (gulong)(age_s / MINUTE_S)),
        (guint)(age_s / MINUTE_S));
  if (age_s < DAY_S)
    return g_strdup_printf(
        g_dngettext(GETTEXT_PACKAGE, "%u hour ago", "%u hours ago", (gulong)(age_s / HOUR_S)),
        (guint)(age_s / HOUR_S));
  return g_strdup_printf(
      g_dngettext(GETTEXT_PACKAGE, "%u day ago", "%u days ago", (gulong)(age_s / DAY_S)),
      (guint)(age_s / DAY_S));
}

/* What people put around and between digits without meaning anything by it. */
static char *
drop_ornaments(const char *typed)
{
  GString *text = g_string_new(NULL);

  for (const char *at = typed; *at != '\0'; at = g_utf8_next_char(at)) {
    gunichar character = g_utf8_get_char(at);

    if (character == ' ' || character == 0x00a0 || character == 0x202f || character == 0x20ac)
      continue;
    g_string_append_unichar(text, character == 0x2212 ? '-' : character);
  }
  return g_string_free(text, FALSE);
}

/* "1.234.567": one to three digits, then threes. */
static gboolean
is_grouped(const char *whole, char mark)
{
  gsize n = strspn(whole, "0123456789");

  if (n == 0 || n > GROUP_DIGITS || *whole == '0')
    return FALSE;
  for (whole += n; *whole == mark; whole += 1 + GROUP_DIGITS) {
    if (strspn(whole + 1, "0123456789") < GROUP_DIGITS)
      return FALSE;
  }
  return *whole == '\0';
}

/* The mark before the fraction, '\0' if all of it is whole; FALSE when that cannot be told. */
static gboolean
find_decimal_mark(const char *text, char *mark)
{
  const char *comma = strrchr(text, ',');
  const char *point = strrchr(text, '.');
  const char *last = MAX(comma, point);
  gboolean is_single = last != NULL && strchr(text, *last) == last;

  *mark = '\0';
  if (last == NULL)
    return TRUE;
  if (comma != NULL && point != NULL) {
    *mark = *last;
    return is_single;
  }
  /* Two of one kind cannot both stand before the fraction. */
  if (!is_single)
    return TRUE;
  if (strlen(last + 1) != GROUP_DIGITS) {
    *mark = *last;
    return TRUE;
  }
  return *last == *get_style()->group;
}

/* (transfer full) (nullable): the digits before the fraction, without marks */
static char *
read_whole(const char *text)
{
  const char *mark = strpbrk(text, ",.");
  GString *digits = NULL;

  if (mark != NULL && !is_grouped(text, *mark))
    return NULL;
  if (mark == NULL && text[strspn(text, "0123456789")] != '\0')
    return NULL;
  digits = g_string_new(NULL);
  for (; *text != '\0'; text++) {
    if (g_ascii_isdigit(*text) && !(digits->len == 0 && *text == '0'))
      g_string_append_c(digits, *text);
  }
  if (digits->len == 0)
    g_string_append_c(digits, '0');
  return g_string_free(digits, FALSE);
}

/**
 * shopcaisse_format_parse_decimal:
 * @typed: what somebody typed as an amount
 * @decimal: (out) (transfer full): the same as the contract writes it, "1234.50"
 *
 * Reads comma and point as people use them, with or without spaces and the euro sign. "1.234" is
 * 1234 in Dutch and German and could be either elsewhere: what could be two numbers is refused, and
 * so are more than two decimals.
 *
 * Returns: %TRUE when @typed is one number
 */
gboolean
shopcaisse_format_parse_decimal(const char *typed, char **decimal)
{
  g_autofree char *text = NULL;
  g_autofree char *whole = NULL;
  const char *digits = NULL;
  char *fraction = NULL;
  char mark = '\0';

  g_return_val_if_fail(decimal != NULL, FALSE);
  if (typed == NULL || !g_utf8_validate(typed, -1, NULL))
    return FALSE;
  text = drop_ornaments(typed);
  digits = text + (*text == '-' ? 1 : 0);
  if (*digits == '\0' || !find_decimal_mark(digits, &mark))
    return FALSE;
  if (mark != '\0') {
    fraction = strchr(text, mark);
    *fraction++ = '\0';
    if (*fraction == '\0' || strlen(fraction) > MONEY_DECIMALS ||
        fraction[strspn(fraction, "0123456789")] != '\0')
      return FALSE;
  }
  whole = read_whole(digits);
  if (whole == NULL || strlen(whole) > DIGITS_MAX)
    return FALSE;
  *decimal = g_strconcat(*text == '-' ? "-" : "", whole, fraction != NULL ? "." : "",
                         fraction != NULL ? fraction : "", NULL);
  return TRUE;
}
