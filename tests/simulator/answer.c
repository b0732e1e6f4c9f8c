/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Answers that the service never gave: made up, changed, or cut. */

#include "answer.h"

#include "call.h"
#include "wire.h"

#include <string.h>
#include <zlib.h>

#define BOMB_BYTES  (200 * 1024 * 1024)
#define HUGE_BYTES  (1024 * 1024 * 1024)
#define DEEP_LEVELS 100000
#define JSON_TYPE   "application/json; charset=utf-8"

static const char portal[] =
    "<!DOCTYPE html><html><head><title>Bienvenue</title></head><body><h1>Wi-Fi clients</h1>"
    "<form method=\"post\"><button>Se connecter</button></form></body></html>\n";

static const char gateway[] =
    "<html>\r\n<head><title>Bad Gateway</title></head>\r\n<body>\r\n<center>"
    "<h1>Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n"
    "</body>\r\n</html>\r\n";

/**
 * sim_answer_compose:
 * @status: an HTTP status
 * @type: (nullable): the content type
 * @headers: (nullable): further lines, each with its end
 * @body: (nullable): the body
 * @length: its bytes
 *
 * Makes a whole answer.
 *
 * Returns: (transfer full): bytes
 */
GByteArray *
sim_answer_compose(
    guint status, const char *type, const char *headers, const void *body, gsize length)
{
  g_autofree char *type_line = type != NULL ? g_strdup_printf("Content-Type: %s\r\n", type) : NULL;
  g_autofree char *head =
      g_strdup_printf("HTTP/1.1 %u %s\r\n%s%sContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n", status,
                      sim_status_phrase(status), type_line != NULL ? type_line : "",
                      headers != NULL ? headers : "", length);
  GByteArray *answer = g_byte_array_new();

  g_byte_array_append(answer, (const guint8 *)head, (guint)strlen(head));
  if (body != NULL)
    g_byte_array_append(answer, body, (guint)length);
  return answer;
}

static GByteArray *
compose_text(guint status, const char *type, const char *headers, const char *text)
{
  return sim_answer_compose(status, type, headers, text, strlen(text));
}

static GByteArray *
compose_error(const Simulator *sim, guint status, const char *headers)
{
  g_autoptr(json_t) body = sim_error_build(sim, status, json_string(sim_status_phrase(status)));
  g_autofree char *text = sim_wire_dump(body, SIM_KEYS_FIXED, 0);
  return compose_text(status, JSON_TYPE, headers, text);
}

static GByteArray *
compose_body(const SimFault *fault)
{
  gsize length = 0;
  const void *body = fault->body != NULL ? g_bytes_get_data(fault->body, &length) : "";
  return sim_answer_compose(fault->status, fault->type != NULL ? fault->type : JSON_TYPE, NULL,
                            body, length);
}

/* Spaces before a value: legal JSON for whoever unpacks it all. */
static GByteArray *
compose_bomb(gsize size)
{
  const uLong bound = compressBound((uLong)size);
  const int gzip_bits = 15 + 16;
  g_autofree guint8 *packed = g_malloc(bound);
  guint8 spaces[65536];
  z_stream stream = { .next_out = packed, .avail_out = (uInt)bound };

  memset(spaces, ' ', sizeof spaces);
  if (deflateInit2(&stream, 6, Z_DEFLATED, gzip_bits, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    return compose_text(500, NULL, NULL, "");
  for (gsize left = size; left > 0; left -= MIN(left, sizeof spaces)) {
    stream.next_in = spaces;
    stream.avail_in = (uInt)MIN(left, sizeof spaces);
    deflate(&stream, Z_NO_FLUSH);
  }
  stream.next_in = (guint8 *)"{}";
  stream.avail_in = 2;
  deflate(&stream, Z_FINISH);
  gsize length = stream.total_out;
  deflateEnd(&stream);
  return sim_answer_compose(200, JSON_TYPE, "Content-Encoding: gzip\r\n", packed, length);
}

static GByteArray *
compose_deep(gsize depth)
{
  GString *text = g_string_new("{\"items\":");

  for (gsize i = 0; i < depth; i++)
    g_string_append_c(text, '[');
  for (gsize i = 0; i < depth; i++)
    g_string_append_c(text, ']');
  g_string_append(text, ",\"hasNextPage\":false,\"skipped\":0}");
  GByteArray *answer = sim_answer_compose(200, JSON_TYPE, NULL, text->str, text->len);
  g_string_free(text, TRUE);
  return answer;
}

static GByteArray *
compose_redirect(const SimFault *fault)
{
  g_autofree char *headers = g_strdup_printf(
      "Location: %s\r\n", fault->location != NULL ? fault->location : "http://127.0.0.1:9/login");
  return compose_text(fault->status, NULL, headers, "");
}

static GByteArray *
compose_status(const Simulator *sim, const SimFault *fault)
{
  g_autofree char *headers = fault->retry_after != NULL
                                 ? g_strdup_printf("Retry-After: %s\r\n", fault->retry_after)
                                 : NULL;
  if (fault->body != NULL)
    return compose_body(fault);
  if (fault->status >= 502 && fault->status <= 504)
    return compose_text(fault->status, "text/html", headers, gateway);
  return compose_error(sim, fault->status, headers);
}

static GByteArray *
compose_throttle(const Simulator *sim, const SimFault *fault)
{
  g_autofree char *headers =
      g_strdup_printf("Retry-After: %s\r\n", fault->retry_after != NULL ? fault->retry_after : "1");
  return compose_error(sim, fault->status, headers);
}

/**
 * sim_answer_replace:
 * @sim: the simulator
 * @fault: a rule that replaces answers
 * @flood: (out): bytes of spaces that follow the answer
 *
 * Makes the answer that a rule asks for.
 *
 * Returns: (transfer full): bytes
 */
GByteArray *
sim_answer_replace(const Simulator *sim, const SimFault *fault, gsize *flood)
{
  *flood = 0;
  switch (fault->kind) {
  case SIM_FAULT_HTML_200:
    return compose_text(200, "text/html; charset=utf-8", NULL, portal);
  case SIM_FAULT_THROTTLE:
    return compose_throttle(sim, fault);
  case SIM_FAULT_REDIRECT:
    return compose_redirect(fault);
  case SIM_FAULT_GZIP_BOMB:
    return compose_bomb(fault->bytes > 0 ? fault->bytes : BOMB_BYTES);
  case SIM_FAULT_HUGE_BODY:
    *flood = fault->bytes > 0 ? fault->bytes : HUGE_BYTES;
    return sim_answer_compose(200, JSON_TYPE, NULL, NULL, *flood);
  case SIM_FAULT_DEEP_JSON:
    return compose_deep(fault->bytes > 0 ? fault->bytes : DEEP_LEVELS);
  case SIM_FAULT_BODY:
    return compose_body(fault);
  default:
    return compose_status(sim, fault);
  }
}

static void
replace_bytes(SimFrame *reply, GByteArray *answer, const char *body, gsize length)
{
  g_autoptr(GByteArray) changed = sim_answer_compose(reply->status, JSON_TYPE, NULL, body, length);

  g_byte_array_set_size(answer, 0);
  g_byte_array_append(answer, changed->data, changed->len);
  reply->head_length = changed->len - length;
  reply->body_length = length;
}

static json_t *
change_value(const json_t *value)
{
  if (json_is_string(value)) {
    g_autofree char *text = g_strdup_printf("%s-other", json_string_value(value));
    return json_string(text);
  }
  if (json_is_number(value))
    return sim_wire_number(json_number_value(value) + 1);
  if (json_is_boolean(value))
    return json_boolean(!json_is_true(value));
  return json_string("other");
}

/* Follows names and places between points, like payments.0.amount. */
static void
change_field(json_t *document, const char *path)
{
  g_auto(GStrv) names = g_strsplit(path, ".", -1);
  json_t *at = document;

  for (gsize i = 0; names[i] != NULL && at != NULL; i++) {
    gsize place = (gsize)g_ascii_strtoull(names[i], NULL, 10);
    json_t *next = json_is_array(at) ? json_array_get(at, place) : json_object_get(at, names[i]);
    if (names[i + 1] != NULL)
      at = next;
    else if (json_is_array(at))
      json_array_set_new(at, place, change_value(next));
    else
      json_object_set_new(at, names[i], change_value(next));
  }
}

/**
 * sim_answer_change:
 * @sim: the simulator
 * @fault: a rule that changes answers
 * @reply: (inout): the answer's frame
 * @answer: (inout): its bytes
 *
 * Changes what the service answered.
 */
void
sim_answer_change(const Simulator *sim, const SimFault *fault, SimFrame *reply, GByteArray *answer)
{
  const char *body = (const char *)answer->data + reply->head_length;
  g_autoptr(json_t) document = NULL;

  (void)sim;
  if (fault->kind == SIM_FAULT_BAD_JSON) {
    g_autofree char *half = g_strndup(body, reply->body_length / 2);
    replace_bytes(reply, answer, half, reply->body_length / 2);
    return;
  }
  document = sim_wire_parse(body, reply->body_length, NULL);
  if (document == NULL)
    return;
  if (fault->kind == SIM_FAULT_PAGE_REPEAT)
    json_object_set_new(document, "hasNextPage", json_true());
  else
    change_field(document, fault->field != NULL ? fault->field : "orderId");
  g_autofree char *text = sim_wire_dump(document, SIM_KEYS_FIXED, 0);
  replace_bytes(reply, answer, text, strlen(text));
}

/**
 * sim_answer_reframe:
 * @fault: a rule with a framing
 * @reply: (inout): the answer's frame
 * @answer: (inout): its bytes
 *
 * Announces the body's end by chunks or by the end of the connection instead of by its length.
 */
void
sim_answer_reframe(const SimFault *fault, SimFrame *reply, GByteArray *answer)
{
  gboolean chunked = g_strcmp0(fault->framing, "chunked") == 0;
  gsize length = reply->body_length;
  if (!chunked && g_strcmp0(fault->framing, "close") != 0)
    return;

  g_autoptr(GByteArray) body = g_byte_array_new();
  g_byte_array_append(body, answer->data + reply->head_length, (guint)length);
  g_autofree char *head =
      g_strdup_printf("HTTP/1.1 %u %s\r\nContent-Type: " JSON_TYPE "\r\n%s\r\n\r\n", reply->status,
                      sim_status_phrase(reply->status),
                      chunked ? "Transfer-Encoding: chunked" : "Connection: close");
  /* One chunk whose end never comes. */
  g_autofree char *size =
      chunked ? g_strdup_printf("%" G_GSIZE_MODIFIER "x\r\n", length) : g_strdup("");

  g_byte_array_set_size(answer, 0);
  g_byte_array_append(answer, (const guint8 *)head, (guint)strlen(head));
  g_byte_array_append(answer, (const guint8 *)size, (guint)strlen(size));
  reply->head_length = answer->len;
  g_byte_array_append(answer, body->data, body->len);
}

/**
 * sim_answer_rewind_page:
 * @target: (inout): path and query
 *
 * Makes any page the first one.
 */
void
sim_answer_rewind_page(char **target)
{
  g_autoptr(GRegex) regex = g_regex_new("([?&]page=)[0-9]+", G_REGEX_DEFAULT, 0, NULL);
  char *changed = g_regex_replace(regex, *target, -1, 0, "\\g<1>0", 0, NULL);

  g_free(*target);
  *target = changed;
}
