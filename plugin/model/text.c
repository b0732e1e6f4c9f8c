/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Texts: which from outside can be ids, how one is shown in a message, how one takes the place of
 * another, how one is searched. */
#include "model/text.h"

#include <string.h>

#define QUOTE_MAX_CHARACTERS 40

/**
 * shopcaisse_text_is_id:
 * @text: (nullable): a text from outside
 *
 * Tells whether @text can name something for ever. Ids are opaque; docs/PROTOCOL.md 6.2. The two
 * dot segments are refused, for an id becomes a part of a path.
 *
 * Returns: %TRUE when it can
 */
gboolean
shopcaisse_text_is_id(const char *text)
{
  if (text == NULL || text[0] == '\0' || strlen(text) > SHOPCAISSE_ID_MAX_BYTES)
    return FALSE;
  if (!g_utf8_validate(text, -1, NULL))
    return FALSE;
  if (g_str_equal(text, ".") || g_str_equal(text, ".."))
    return FALSE;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
    if (g_unichar_iscntrl(g_utf8_get_char(at)))
      return FALSE;
  }
  return TRUE;
}

/**
 * shopcaisse_text_quote:
 * @text: a text from outside, of any bytes
 *
 * Makes @text fit for a message: in quotes, on one line, without control characters, shortened.
 *
 * Returns: (transfer full): the quoted text
 */
char *
shopcaisse_text_quote(const char *text)
{
  g_return_val_if_fail(text != NULL, NULL);

  g_autofree char *valid = g_utf8_make_valid(text, (gssize)strnlen(text, SHOPCAISSE_ID_MAX_BYTES));
  GString *quoted = g_string_new("\"");
  guint n_characters = 0;
  const char *at = valid;

  for (; *at != '\0' && n_characters < QUOTE_MAX_CHARACTERS; at = g_utf8_next_char(at)) {
    gunichar character = g_utf8_get_char(at);

    g_string_append_unichar(quoted, g_unichar_isprint(character) ? character : '?');
    n_characters++;
  }
  if (*at != '\0')
    g_string_append(quoted, "...");
  g_string_append_c(quoted, '"');
  return g_string_free(quoted, FALSE);
}

/**
 * shopcaisse_text_replace:
 * @text: (inout) (nullable): an owned text
 * @value: (nullable): copied; may be a part of @text
 *
 * Puts a copy of @value in the place of @text.
 *
 * Returns: whether that is another text than before
 */
gboolean
shopcaisse_text_replace(char **text, const char *value)
{
  char *copy = NULL;

  g_return_val_if_fail(text != NULL, FALSE);

  if (g_strcmp0(*text, value) == 0)
    return FALSE;
  copy = g_strdup(value);
  g_free(*text);
  *text = copy;
  return TRUE;
}

/* Letters that normalising leaves whole, though people type them without their ornament. */
static const struct {
  gunichar letter;
  const char *plain;
} plain_letters[] = {
  { 0x00e6, "ae" }, /* ae, joined */
  { 0x00f8, "o" },  /* o with a stroke */
  { 0x0111, "d" },  /* d with a stroke */
  { 0x0131, "i" },  /* i without its dot */
  { 0x0142, "l" },  /* l with a stroke */
  { 0x0153, "oe" }, /* oe, joined */
  { 0x2018, "'" },  /* the quotes of typesetters */
  { 0x2019, "'" },
};

static void
append_plain(GString *folded, gunichar character)
{
  switch (g_unichar_type(character)) {
  case G_UNICODE_NON_SPACING_MARK:
  case G_UNICODE_ENCLOSING_MARK:
  case G_UNICODE_FORMAT:
    return;
  default:
    break;
  }
  for (gsize i = 0; i < G_N_ELEMENTS(plain_letters); i++) {
    if (plain_letters[i].letter == character) {
      g_string_append(folded, plain_letters[i].plain);
      return;
    }
  }
  g_string_append_unichar(folded, character);
}

/**
 * shopcaisse_text_fold:
 * @text: (nullable): a text of any bytes
 *
 * Makes texts alike that a person takes for alike: without case and accents, ligatures in two
 * letters, compatible forms as one.
 *
 * Returns: (transfer full): the folded text, "" for %NULL
 */
char *
shopcaisse_text_fold(const char *text)
{
  g_autofree char *valid = NULL;
  g_autofree char *cased = NULL;
  g_autofree char *normal = NULL;
  GString *folded = NULL;

  if (text == NULL)
    return g_strdup("");
  if (g_str_is_ascii(text))
    return g_ascii_strdown(text, -1);
  valid = g_utf8_make_valid(text, -1);
  cased = g_utf8_casefold(valid, -1);
  normal = g_utf8_normalize(cased, -1, G_NORMALIZE_ALL);
  folded = g_string_sized_new(strlen(normal));
  for (const char *at = normal; *at != '\0'; at = g_utf8_next_char(at))
    append_plain(folded, g_utf8_get_char(at));
  return g_string_free(folded, FALSE);
}

/**
 * shopcaisse_text_split_words:
 * @text: (nullable): what a person typed into a search
 *
 * Folds @text and takes it apart at white space.
 *
 * Returns: (transfer full) (nullable): the words; %NULL when there is none
 */
char **
shopcaisse_text_split_words(const char *text)
{
  g_autofree char *folded = shopcaisse_text_fold(text);
  g_auto(GStrv) parts = g_strsplit_set(folded, " \t\n\r\f\v", -1);
  g_autoptr(GStrvBuilder) words = g_strv_builder_new();
  gboolean is_empty = TRUE;

  for (char **part = parts; *part != NULL; part++) {
    if (**part == '\0')
      continue;
    g_strv_builder_add(words, *part);
    is_empty = FALSE;
  }
  return is_empty ? NULL : g_strv_builder_end(words);
}

/**
 * shopcaisse_text_has_words:
 * @folded: a folded text
 * @words: (nullable): folded words
 *
 * Tells whether a search finds the text.
 *
 * Returns: %TRUE when every word is a part of it
 */
gboolean
shopcaisse_text_has_words(const char *folded, char **words)
{
  for (char **word = words; word != NULL && *word != NULL; word++) {
    if (strstr(folded, *word) == NULL)
      return FALSE;
  }
  return TRUE;
}
