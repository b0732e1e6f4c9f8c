/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What every handler needs: parameters, paging, answers and failures (PROTOCOL 2.2, 2.3). */

#include "call.h"

#include "switches.h"
#include "wire.h"

#define EVERYTHING -1

static const struct {
  guint status;
  const char *phrase;
} phrases[] = {
  { 200, "OK" },
  { 201, "Created" },
  { 202, "Accepted" },
  { 204, "No Content" },
  { 301, "Moved Permanently" },
  { 302, "Found" },
  { 303, "See Other" },
  { 307, "Temporary Redirect" },
  { 308, "Permanent Redirect" },
  { 400, "Bad Request" },
  { 401, "Unauthorized" },
  { 403, "Forbidden" },
  { 404, "Not Found" },
  { 405, "Method Not Allowed" },
  { 408, "Request Timeout" },
  { 409, "Conflict" },
  { 413, "Payload Too Large" },
  { 422, "Unprocessable Entity" },
  { 429, "Too Many Requests" },
  { 500, "Internal Server Error" },
  { 502, "Bad Gateway" },
  { 503, "Service Unavailable" },
  { 504, "Gateway Timeout" },
};

/**
 * sim_status_phrase:
 * @status: an HTTP status
 *
 * Tells its usual phrase.
 *
 * Returns: (transfer none): the phrase
 */
const char *
sim_status_phrase(guint status)
{
  for (gsize i = 0; i < G_N_ELEMENTS(phrases); i++) {
    if (phrases[i].status == status)
      return phrases[i].phrase;
  }
  return "Status";
}

/**
 * sim_error_build:
 * @sim: the simulator
 * @status: an HTTP status
 * @message: (transfer full): a string or an array of strings
 *
 * Builds the body of an error. NestJS's shape is the best guess (PROTOCOL 2.3).
 *
 * Returns: (transfer full): the body
 */
json_t *
sim_error_build(const Simulator *sim, guint status, json_t *message)
{
  if (sim_switch_is(sim, "error_body", "error"))
    return json_pack("{s:{s:o, s:i}}", "error", "message", message, "code", (int)status);
  if (sim_switch_is(sim, "error_body", "text"))
    return message;
  return json_pack("{s:i, s:o, s:s}", "statusCode", (int)status, "message", message, "error",
                   sim_status_phrase(status));
}

/**
 * sim_call_get:
 * @call: the call
 * @parameter: name of a segment of the route
 *
 * Reads a segment of the path.
 *
 * Returns: (transfer none): its text, "" when the route has no such segment
 */
const char *
sim_call_get(const SimCall *call, const char *parameter)
{
  const char *value = g_hash_table_lookup(call->parameters, parameter);
  return value != NULL ? value : "";
}

/**
 * sim_call_query:
 * @call: the call
 * @name: a query parameter
 *
 * Reads a query parameter.
 *
 * Returns: (transfer none) (nullable): its text, %NULL when absent or empty
 */
const char *
sim_call_query(const SimCall *call, const char *name)
{
  const char *value = call->query != NULL ? g_hash_table_lookup(call->query, name) : NULL;
  return value != NULL && *value != '\0' ? value : NULL;
}

/**
 * sim_call_query_ms:
 * @call: the call
 * @name: a query parameter
 * @ms: (out): the time
 *
 * Reads a time in ms since 1970.
 *
 * Returns: %TRUE when the parameter is there and a number
 */
gboolean
sim_call_query_ms(const SimCall *call, const char *name, gint64 *ms)
{
  const char *text = sim_call_query(call, name);
  return text != NULL && g_ascii_string_to_signed(text, 10, G_MININT64, G_MAXINT64, ms, NULL);
}

/**
 * sim_call_answer:
 * @call: the call
 * @status: an HTTP status
 * @answer: (transfer full): the body
 *
 * Settles the call.
 */
void
sim_call_answer(SimCall *call, guint status, json_t *answer)
{
  json_decref(call->answer);
  call->status = status;
  call->answer = answer;
}

/**
 * sim_call_answer_page:
 * @call: the call of a paged route
 * @rows: all rows
 * @build: builds one of them
 *
 * Answers the page that was asked, in the list envelope.
 */
void
sim_call_answer_page(SimCall *call, GPtrArray *rows, SimRowBuilder build)
{
  json_t *items = json_array();
  guint64 first = (guint64)call->page * call->page_size;
  guint64 end = MIN(first + call->page_size, rows->len);

  for (guint64 i = first; i < end; i++)
    json_array_append_new(items, build(call, g_ptr_array_index(rows, i)));
  sim_call_answer(call, 200,
                  json_pack("{s:o, s:b, s:I}", "items", items, "hasNextPage", end < rows->len,
                            "skipped", (json_int_t)sim_switch_get_number(call->sim, "skipped")));
}

/**
 * sim_call_fail:
 * @call: the call
 * @status: an HTTP status
 * @format: a message
 *
 * Settles the call with an error.
 */
void
sim_call_fail(SimCall *call, guint status, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *message = g_strdup_vprintf(format, arguments);
  va_end(arguments);

  g_autofree char *valid = g_utf8_make_valid(message, -1);
  sim_call_answer(call, status, sim_error_build(call->sim, status, json_string(valid)));
}

/**
 * sim_call_fail_fields:
 * @call: the call
 * @messages: (element-type utf8): one per field
 *
 * Settles the call with the errors of a validation.
 */
void
sim_call_fail_fields(SimCall *call, GPtrArray *messages)
{
  json_t *list = json_array();
  for (guint i = 0; i < messages->len; i++)
    json_array_append_new(list, json_string(g_ptr_array_index(messages, i)));
  sim_call_answer(call, 400, sim_error_build(call->sim, 400, list));
}

static int
get_cap(const SimCall *call)
{
  if ((call->route->flags & SIM_ROUTE_FAMILIES) != 0 &&
      !sim_switch_is_on(call->sim, "families_cap_strict"))
    return 1000;
  return call->route->cap;
}

/**
 * sim_call_read_page:
 * @call: the call
 *
 * Reads page and pageSize, and fails the call when they are out of bounds. The message says Page
 * and means pageSize (PROTOCOL 2.2, seed).
 *
 * Returns: %TRUE when they are legal
 */
gboolean
sim_call_read_page(SimCall *call)
{
  const char *page_text = sim_call_query(call, "page");
  const char *size_text = sim_call_query(call, "pageSize");
  int cap = get_cap(call);
  gint64 page = 0;
  gint64 size = MIN(sim_switch_get_number(call->sim, "default_page_size"), cap);

  if (page_text != NULL && !g_ascii_string_to_signed(page_text, 10, 0, G_MAXINT, &page, NULL)) {
    sim_call_fail(call, 400, "Page must be a positive number");
    return FALSE;
  }
  if (size_text != NULL &&
      !g_ascii_string_to_signed(size_text, 10, G_MININT, G_MAXINT, &size, NULL)) {
    sim_call_fail(call, 400, "Page size must be a number");
    return FALSE;
  }
  if (size == EVERYTHING && (call->route->flags & SIM_ROUTE_ALL) != 0) {
    call->page = 0;
    call->page_size = G_MAXUINT;
    return TRUE;
  }
  if (size > cap) {
    sim_call_fail(call, 400, "Page must be less or equal to %d", cap);
    return FALSE;
  }
  if (size < 1) {
    sim_call_fail(call, 400, "Page size must be greater or equal to 1");
    return FALSE;
  }
  call->page = (guint)page;
  call->page_size = (guint)size;
  return TRUE;
}

/**
 * sim_call_clear:
 * @call: the call
 *
 * Releases what the call owns.
 */
void
sim_call_clear(SimCall *call)
{
  g_clear_pointer(&call->parameters, g_hash_table_unref);
  g_clear_pointer(&call->query, g_hash_table_unref);
  g_clear_pointer(&call->body, json_decref);
  g_clear_pointer(&call->answer, json_decref);
}
