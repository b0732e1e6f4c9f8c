/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The driver of the tables: each cell is one answer that is parsed and compared with the answer
 * whose row is untouched, so that nothing else can have changed in silence. */
#include "api-fields.h"

#include "answer.h"
#include "api/json.h"

#include <string.h>

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#define PROBE "probe"

static const char *const values[API_N_TYPES] = {
  "{}", "[\"" PROBE "\"]", "\"" PROBE "\"", "7", "0.5", "true", "null"
};

static void
clear_shown(ApiShown *self)
{
  g_clear_pointer(&self->lines, g_ptr_array_unref);
  g_clear_pointer(&self->unknown, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ApiShown, clear_shown)

/**
 * api_show_text:
 * @self: what was read
 * @name: of a member
 * @value: (nullable): its value
 *
 * Notes a text.
 */
void
api_show_text(ApiShown *self, const char *name, const char *value)
{
  g_ptr_array_add(self->lines, g_strdup_printf("%s=%s", name, value != NULL ? value : "none"));
}

/**
 * api_show_number:
 * @self: what was read
 * @name: of a member
 * @value: its value
 *
 * Notes a number.
 */
void
api_show_number(ApiShown *self, const char *name, gint64 value)
{
  g_ptr_array_add(self->lines, g_strdup_printf("%s=%" G_GINT64_FORMAT, name, value));
}

/**
 * api_show_page:
 * @self: what was read
 * @page: (nullable): a page
 * @show_row: notes the members of a row
 * @error: return location for an error, which is set if @page is %NULL
 *
 * Notes the rows of a page. A row that was left out is an error like any other.
 *
 * Returns: %TRUE when no row was left out
 */
gboolean
api_show_page(ApiShown *self,
              const ShopcaissePage *page,
              void (*show_row)(ApiShown *self, gconstpointer row),
              GError **error)
{
  if (page == NULL)
    return FALSE;
  if (page->rejected->len > 0) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL,
                        g_ptr_array_index(page->rejected, 0));
    return FALSE;
  }
  for (guint i = 0; i < page->rows->len; i++)
    show_row(self, g_ptr_array_index(page->rows, i));
  self->unknown = shopcaisse_tally_to_text(page->unknown);
  return TRUE;
}

static json_t *
load_quoted(const char *text)
{
  g_autoptr(GBytes) bytes = answer_quoted(text);
  gsize size = 0;
  const char *data = g_bytes_get_data(bytes, &size);
  json_t *value = json_loadb(data, size, JSON_DECODE_ANY, NULL);

  assert_non_null(value);
  return value;
}

/* The answer around a row that is JSON already. */
static GBytes *
wrap(const ApiResource *self, const char *row, gsize size)
{
  GString *text = g_string_new(self->before);

  g_strdelimit(text->str, "'", '"');
  g_string_append_len(text, row, (gssize)size);
  for (const char *at = self->behind; *at != '\0'; at++)
    g_string_append_c(text, *at == '\'' ? '"' : *at);
  return g_string_free_to_bytes(text);
}

static GBytes *
wrap_value(const ApiResource *self, const json_t *row)
{
  char *text = json_dumps(row, JSON_COMPACT);
  GBytes *answer = wrap(self, text, strlen(text));

  free(text);
  return answer;
}

static gboolean
show(const ApiResource *self, GBytes *answer, ApiShown *shown, GError **error)
{
  shown->lines = g_ptr_array_new_with_free_func(g_free);
  return self->show(answer, shown, error);
}

/* Sets what stands at @path below @row. */
static void
set_value(json_t *row, const char *path, json_t *value)
{
  g_auto(GStrv) steps = g_strsplit(path, ".", -1);
  json_t *at = row;

  for (guint i = 0; steps[i + 1] != NULL; i++) {
    at = json_is_array(at) ? json_array_get(at, g_ascii_strtoull(steps[i], NULL, 10))
                           : json_object_get(at, steps[i]);
    assert_non_null(at);
  }

  const char *last = steps[g_strv_length(steps) - 1];

  if (json_is_array(at))
    json_array_set_new(at, g_ascii_strtoull(last, NULL, 10), value);
  else
    json_object_set_new(at, last, value);
}

static gsize
get_name_length(const char *line)
{
  return strcspn(line, "=");
}

static const char *
find_line(const ApiShown *shown, const char *line)
{
  gsize length = get_name_length(line) + 1;

  for (guint i = 0; i < shown->lines->len; i++) {
    const char *other = g_ptr_array_index(shown->lines, i);

    if (strncmp(other, line, length) == 0)
      return other;
  }
  return NULL;
}

static char *
tell_difference(const ApiShown *before, const ApiShown *after)
{
  g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);

  for (guint i = 0; i < after->lines->len; i++) {
    const char *line = g_ptr_array_index(after->lines, i);

    if (g_strcmp0(find_line(before, line), line) != 0)
      g_ptr_array_add(words, g_strdup(line));
  }
  for (guint i = 0; i < before->lines->len; i++) {
    const char *line = g_ptr_array_index(before->lines, i);

    if (find_line(after, line) == NULL)
      g_ptr_array_add(words, g_strdup_printf("-%.*s", (int)get_name_length(line), line));
  }
  if (words->len == 0)
    return g_strdup("-");
  g_ptr_array_add(words, NULL);
  return g_strjoinv(" ", (char **)words->pdata);
}

/* Says which field, and nothing of what it held. */
static gboolean
is_good_message(const ApiResource *self, const char *path, const char *message)
{
  g_auto(GStrv) steps = g_strsplit(path, ".", -1);
  guint last = g_strv_length(steps) - 1;

  if (strstr(message, PROBE) != NULL)
    return FALSE;
  while (last > 0 && g_ascii_isdigit(steps[last][0]))
    last--;
  return self->is_reticent || strstr(message, steps[last]) != NULL;
}

static guint
check_cell(const ApiResource *self, const ApiShown *before, const ApiField *field, ApiType type)
{
  json_t *row = load_quoted(self->row);
  g_auto(ApiShown) after = { NULL, NULL };
  g_autoptr(GBytes) answer = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *found = NULL;

  set_value(row, field->path, json_loads(values[type], JSON_DECODE_ANY, NULL));
  answer = wrap_value(self, row);
  json_decref(row);
  if (show(self, answer, &after, &error))
    found = tell_difference(before, &after);
  else
    found = g_strdup("!");
  if (g_strcmp0(found, field->cells[type]) != 0) {
    print_message("%s: %s %s: %s, expected %s\n", self->name, field->path, values[type], found,
                  field->cells[type]);
    return 1;
  }
  if (error != NULL && !is_good_message(self, field->path, error->message)) {
    print_message("%s: %s %s: the message: %s\n", self->name, field->path, values[type],
                  error->message);
    return 1;
  }
  return 0;
}

static gboolean
has_field(const ApiResource *self, const char *path)
{
  for (gsize i = 0; i < self->n_fields; i++) {
    if (g_str_equal(self->fields[i].path, path))
      return TRUE;
  }
  return FALSE;
}

/* Counts what the row holds and the table does not speak of. */
static guint
count_untold(const ApiResource *self, const char *path, json_t *value)
{
  const char *key = NULL;
  json_t *inner = NULL;
  guint n = 0;

  if (path[0] != '\0' && !has_field(self, path)) {
    print_message("%s: %s is not in the table\n", self->name, path);
    n++;
  }
  json_object_foreach(value, key, inner)
  {
    g_autofree char *below = g_strdup_printf("%s%s%s", path, path[0] != '\0' ? "." : "", key);

    n += count_untold(self, below, inner);
  }
  for (gsize i = 0; i < json_array_size(value); i++) {
    g_autofree char *below = g_strdup_printf("%s.%" G_GSIZE_FORMAT, path, i);

    n += count_untold(self, below, json_array_get(value, i));
  }
  return n;
}

/**
 * api_fields_check:
 * @self: a resource
 *
 * Checks each cell of the table, and that the table speaks of all that the row holds.
 */
void
api_fields_check(const ApiResource *self)
{
  json_t *row = load_quoted(self->row);
  g_autoptr(GBytes) answer = wrap_value(self, row);
  g_auto(ApiShown) before = { NULL, NULL };
  guint n_faults = count_untold(self, "", row);

  json_decref(row);
  assert_true(show(self, answer, &before, NULL));
  assert_true(before.unknown == NULL || before.unknown[0] == '\0');
  for (gsize i = 0; i < self->n_fields; i++) {
    for (guint type = 0; type < API_N_TYPES; type++)
      n_faults += check_cell(self, &before, &self->fields[i], type);
  }
  assert_int_equal(n_faults, 0);
}

/* The row with one member more, which is @size bytes of text. */
static GBytes *
add_member(const ApiResource *self, const char *member, gsize size)
{
  g_autoptr(GBytes) quoted = answer_quoted(self->row);
  gsize length = 0;
  const char *text = g_bytes_get_data(quoted, &length);
  g_autoptr(GString) row = g_string_new("{");

  g_string_append_len(row, member, (gssize)size);
  g_string_append_c(row, ',');
  g_string_append_len(row, text + 1, (gssize)length - 1);
  return wrap(self, row->str, row->len);
}

static void
assert_refused(const ApiResource *self, GBytes *answer, const char *what)
{
  g_auto(ApiShown) shown = { NULL, NULL };
  g_autoptr(GError) error = NULL;
  gboolean is_taken = show(self, answer, &shown, &error);

  if (is_taken)
    print_message("%s: %s was taken\n", self->name, what);
  assert_false(is_taken);
  assert_non_null(error);
  assert_true(error->domain == COMPTOIR_ERROR);
  assert_null(strstr(error->message, PROBE));
}

static void
assert_same(const ApiResource *self, GBytes *answer, ApiShown *shown)
{
  json_t *row = load_quoted(self->row);
  g_autoptr(GBytes) untouched = wrap_value(self, row);
  g_auto(ApiShown) before = { NULL, NULL };
  g_autofree char *difference = NULL;

  json_decref(row);
  assert_true(show(self, untouched, &before, NULL));
  assert_true(show(self, answer, shown, NULL));
  difference = tell_difference(&before, shown);
  assert_string_equal(difference, "-");
}

static void
check_bad_members(const ApiResource *self)
{
  static const struct {
    const char *what;
    const char *member;
    gsize size;
  } cases[] = {
#define CASE(what, text) { what, text, sizeof text - 1 }
    CASE("a key that stands twice", "\"zz\":1,\"zz\":\"probe\""),
    CASE("bytes that are not UTF-8", "\"zz\":\"probe\xff\""),
    CASE("an overlong slash", "\"zz\":\"\xc0\xaf\""),
    CASE("half a surrogate pair", "\"zz\":\"\\ud800\""),
    CASE("a number without bounds", "\"zz\":1e999"),
    CASE("a number without substance", "\"zz\":1e-999"),
    CASE("a whole number of 40 digits", "\"zz\":1234567890123456789012345678901234567890"),
    CASE("a null character", "\"zz\":\"probe\\u0000\""),
    CASE("a null character in a key", "\"z\\u0000z\":1"),
    CASE("a null byte", "\"zz\":\"\0\""),
    CASE("a bare control character", "\"zz\":\"\x01\""),
    CASE("a word that is no value", "\"zz\":NaN"),
#undef CASE
  };

  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GBytes) answer = add_member(self, cases[i].member, cases[i].size);

    assert_refused(self, answer, cases[i].what);
  }
}

/* A member that nests until the whole answer is @depth levels deep. */
static GBytes *
nest(const ApiResource *self, guint depth)
{
  g_autoptr(GString) member = g_string_new("\"zz\":");
  guint around = 1;

  for (const char *at = self->before; *at != '\0'; at++) {
    around += *at == '{' || *at == '[';
    around -= *at == '}' || *at == ']';
  }
  for (guint i = around; i < depth; i++)
    g_string_append_c(member, '[');
  for (guint i = around; i < depth; i++)
    g_string_append_c(member, ']');
  return add_member(self, member->str, member->len);
}

static void
check_depth(const ApiResource *self)
{
  guint max_depth = self->max_depth > 0 ? self->max_depth : SHOPCAISSE_JSON_MAX_DEPTH;
  g_autoptr(GBytes) deep = nest(self, max_depth);
  g_autoptr(GBytes) deeper = nest(self, max_depth + 1);
  g_auto(ApiShown) shown = { NULL, NULL };

  assert_same(self, deep, &shown);
  assert_refused(self, deeper, "one level too many");
}

static json_t *
turn_round(json_t *value)
{
  json_t *turned = NULL;
  const char *key = NULL;
  json_t *inner = NULL;

  if (json_is_array(value)) {
    turned = json_array();
    for (gsize i = 0; i < json_array_size(value); i++)
      json_array_append_new(turned, turn_round(json_array_get(value, i)));
    return turned;
  }
  if (!json_is_object(value))
    return json_incref(value);
  turned = json_object();
  json_object_foreach(value, key, inner)
  {
    json_t *one = json_pack("{s:o}", key, turn_round(inner));

    json_object_update_missing(one, turned);
    json_decref(turned);
    turned = one;
  }
  return turned;
}

static void
check_order_of_keys(const ApiResource *self)
{
  json_t *row = load_quoted(self->row);
  json_t *turned = turn_round(row);
  g_autoptr(GBytes) answer = wrap_value(self, turned);
  g_auto(ApiShown) shown = { NULL, NULL };

  json_decref(row);
  json_decref(turned);
  assert_same(self, answer, &shown);
}

static void
check_unknown_member(const ApiResource *self)
{
  static const char member[] = "\"zz\":{\"probe\":[1]}";
  g_autoptr(GBytes) answer = add_member(self, member, strlen(member));
  g_auto(ApiShown) shown = { NULL, NULL };

  assert_same(self, answer, &shown);
  assert_true(shown.unknown == NULL || g_str_has_suffix(shown.unknown, ".zz (1)"));
}

static void
check_whole_answers(const ApiResource *self)
{
  g_autofree char *row = g_strdup(self->row);
  g_autoptr(GBytes) whole = wrap(self, g_strdelimit(row, "'", '"'), strlen(self->row));
  g_autoptr(GBytes) half = g_bytes_new_from_bytes(whole, 0, g_bytes_get_size(whole) / 2);
  g_autoptr(GBytes) empty = answer_new("");
  g_autoptr(GBytes) page = answer_new("<html>" PROBE "</html>");
  gsize size = 0;
  const char *text = g_bytes_get_data(whole, &size);

  if (!self->takes_nothing)
    assert_refused(self, empty, "nothing");
  assert_refused(self, half, "half an answer");
  assert_refused(self, page, "a page of a proxy");
  for (guint type = 0; type < API_N_TYPES; type++) {
    g_autoptr(GBytes) other = answer_new(values[type]);

    if (values[type][0] != text[0] && (self->also_takes >> type & 1) == 0)
      assert_refused(self, other, values[type]);
  }
}

/**
 * api_hostile_check:
 * @self: a resource
 *
 * Checks what does not depend on the field: answers that are no JSON or too much of it are refused,
 * and neither the order of keys nor a key more changes what is read.
 */
void
api_hostile_check(const ApiResource *self)
{
  check_bad_members(self);
  check_depth(self);
  check_order_of_keys(self);
  check_unknown_member(self);
  check_whole_answers(self);
}
