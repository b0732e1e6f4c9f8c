/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What an error's body says. Its shape is documented nowhere (docs/PROTOCOL.md 2.3), and a proxy
 * may have written it: everything is taken, shortened and made harmless. */
#include "api/json.h"
#include "api/orders.h"

#include <string.h>

#define MAX_BODY_BYTES  (64 * 1024)
#define MAX_CHARACTERS  200
#define LICENCE_TEXT    "order management module"
#define TOKEN_START     "eyJ" /* the Base64 of an opening brace and quote: each token begins so */
#define TOKEN_MIN_BYTES 20
#define TOKEN_SHOWN     "***"

/* In the order in which they say most. */
static const char *const message_keys[] = { "message", "error", "detail" };

static void
append_value(GString *text, json_t *value)
{
  if (json_is_string(value)) {
    g_string_append(text, json_string_value(value));
    return;
  }
  for (gsize i = 0; i < json_array_size(value); i++) {
    const char *element = json_string_value(json_array_get(value, i));

    if (element != NULL && text->len > 0)
      g_string_append(text, "; ");
    if (element != NULL)
      g_string_append(text, element);
  }
}

static char *
read_json_text(GBytes *body)
{
  g_autoptr(json_t) root = shopcaisse_json_load(body, SHOPCAISSE_JSON_MAX_DEPTH, NULL);
  GString *text = g_string_new(NULL);

  for (gsize i = 0; i < G_N_ELEMENTS(message_keys) && text->len == 0; i++)
    append_value(text, json_object_get(root, message_keys[i]));
  return g_string_free(text, text->len == 0);
}

/* Text between tags: enough of a proxy's page to tell who speaks. */
static char *
drop_tags(const char *markup)
{
  GString *text = g_string_new(NULL);
  gboolean is_tag = FALSE;

  for (const char *at = markup; *at != '\0'; at++) {
    if (*at == '<')
      is_tag = TRUE;
    else if (*at == '>' && is_tag)
      is_tag = FALSE;
    else if (!is_tag)
      g_string_append_c(text, *at);
    if (*at == '>')
      g_string_append_c(text, ' ');
  }
  return g_string_free(text, FALSE);
}

static char *
read_raw_text(GBytes *body)
{
  gsize size = 0;
  const char *data = g_bytes_get_data(body, &size);
  g_autofree char *valid = NULL;

  if (size == 0)
    return g_strdup("");
  valid = g_utf8_make_valid(data, (gssize)MIN(size, MAX_BODY_BYTES));
  g_strstrip(valid);
  return valid[0] == '<' ? drop_tags(valid) : g_steal_pointer(&valid);
}

static gsize
measure_token(const char *text)
{
  gsize length = 0;

  if (!g_str_has_prefix(text, TOKEN_START))
    return 0;
  while (g_ascii_isalnum(text[length]) || (text[length] != '\0' && strchr("-_.", text[length])))
    length++;
  return length >= TOKEN_MIN_BYTES ? length : 0;
}

/* A server that echoes what it was sent must not put a token on a screen. */
static char *
hide_tokens(const char *text)
{
  GString *hidden = g_string_new(NULL);

  for (const char *at = text; *at != '\0';) {
    gsize length = measure_token(at);

    if (length > 0)
      g_string_append(hidden, TOKEN_SHOWN);
    else
      g_string_append_c(hidden, *at);
    at += MAX(length, 1);
  }
  return g_string_free(hidden, FALSE);
}

/* One line of printable characters with single spaces. */
static char *
shorten(const char *text)
{
  GString *line = g_string_new(NULL);
  gboolean is_pending = FALSE;
  guint n_characters = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
    gunichar character = g_utf8_get_char(at);

    if (g_unichar_isspace(character) || !g_unichar_isprint(character)) {
      is_pending = line->len > 0;
      continue;
    }
    if (n_characters >= MAX_CHARACTERS) {
      g_string_append(line, "\u2026");
      break;
    }
    if (is_pending)
      g_string_append_c(line, ' ');
    g_string_append_unichar(line, character);
    n_characters += is_pending ? 2 : 1;
    is_pending = FALSE;
  }
  return g_string_free(line, FALSE);
}

/**
 * shopcaisse_error_body_to_text:
 * @body: (nullable): the body of an answer with an error status
 *
 * Finds the sentence in an error's body: "message" as text or array, then "error", "detail", else
 * the raw text without tags. It is one line of at most 200 characters, without tokens.
 *
 * Returns: (transfer full): the sentence, perhaps empty
 */
char *
shopcaisse_error_body_to_text(GBytes *body)
{
  if (body == NULL)
    return g_strdup("");

  g_autofree char *found = read_json_text(body);
  g_autofree char *text = found != NULL ? g_steal_pointer(&found) : read_raw_text(body);
  g_autofree char *hidden = hide_tokens(text);

  return shorten(hidden);
}

/**
 * shopcaisse_error_body_is_licence:
 * @body: (nullable): the body of an answer with status 401
 *
 * Tells whether a 401 is about a register without the order module; then the token is good.
 *
 * Returns: %TRUE when it is
 */
gboolean
shopcaisse_error_body_is_licence(GBytes *body)
{
  gsize size = 0;
  const char *data = body != NULL ? g_bytes_get_data(body, &size) : NULL;

  if (size == 0)
    return FALSE;

  g_autofree char *valid = g_utf8_make_valid(data, (gssize)MIN(size, MAX_BODY_BYTES));
  g_autofree char *lower = g_ascii_strdown(valid, -1);

  return strstr(lower, LICENCE_TEXT) != NULL;
}
