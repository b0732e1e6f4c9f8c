/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the checks share: a simulator, its shop's ids, orders to post, paths into JSON. */

#include "fixture.h"

#include <string.h>

/**
 * value_at:
 * @value: (nullable): a JSON value
 * @path: names and places between points
 *
 * Walks into a value.
 *
 * Returns: (transfer none) (nullable): what is there
 */
json_t *
value_at(const json_t *value, const char *path)
{
  g_auto(GStrv) names = g_strsplit(path, ".", -1);

  for (gsize i = 0; names[i] != NULL && value != NULL; i++)
    value = json_is_array(value)
                ? json_array_get(value, (gsize)g_ascii_strtoull(names[i], NULL, 10))
                : json_object_get(value, names[i]);
  return (json_t *)value;
}

/**
 * text_at:
 * @value: (nullable): a JSON value
 * @path: as in value_at()
 *
 * Reads a text.
 *
 * Returns: (transfer none): the text, "" when there is none
 */
const char *
text_at(const json_t *value, const char *path)
{
  const char *text = json_string_value(value_at(value, path));
  return text != NULL ? text : "";
}

/**
 * number_at:
 * @value: (nullable): a JSON value
 * @path: as in value_at()
 *
 * Reads a number.
 *
 * Returns: the number, -1 when there is none
 */
double
number_at(const json_t *value, const char *path)
{
  const json_t *number = value_at(value, path);
  return json_is_number(number) ? json_number_value(number) : -1;
}

/**
 * control:
 * @self: the fixture
 * @method: the method
 * @target: path and query
 * @body: (nullable): JSON
 *
 * Makes a control call that must succeed.
 *
 * Returns: (transfer full): its answer
 */
json_t *
control(const Fixture *self, const char *method, const char *target, const char *body)
{
  g_autoptr(HttpReply) reply = http_call(self->process->control, method, target, NULL, body);

  assert_int_equal(reply->end, HTTP_WHOLE);
  if (reply->status != 200)
    print_error("%s %s: %d %.*s\n", method, target, reply->status, (int)reply->body->len,
                (const char *)reply->body->data);
  assert_int_equal(reply->status, 200);
  assert_non_null(reply->json);
  return json_incref(reply->json);
}

/**
 * control_done:
 * @self: the fixture
 * @method: the method
 * @target: path and query
 * @body: (nullable): JSON
 *
 * Makes a control call that must succeed and whose answer does not matter.
 */
void
control_done(const Fixture *self, const char *method, const char *target, const char *body)
{
  json_decref(control(self, method, target, body));
}

/**
 * set_switch:
 * @self: the fixture
 * @name: a switch
 * @value: its value
 *
 * Turns a switch.
 */
void
set_switch(const Fixture *self, const char *name, const char *value)
{
  g_autofree char *body = g_strdup_printf("{\"%s\":\"%s\"}", name, value);
  control_done(self, "POST", "/set", body);
}

/**
 * count:
 * @self: the fixture
 * @counter: a number in the state
 *
 * Reads a counter.
 *
 * Returns: the number
 */
guint
count(const Fixture *self, const char *counter)
{
  json_t *state = control(self, "GET", "/state", NULL);
  guint number = (guint)number_at(state, counter);
  json_decref(state);
  return number;
}

/**
 * fixture_new:
 * @arguments: (nullable): further arguments of the simulator
 *
 * Starts a simulator.
 *
 * Returns: (transfer full): the fixture
 */
Fixture *
fixture_new(const char *const *arguments)
{
  Fixture *self = g_new0(Fixture, 1);
  self->process = process_start(arguments);
  self->token = g_strdup(self->process->token);

  json_t *state = control(self, "GET", "/state", NULL);
  self->company = g_strdup(text_at(state, "company"));
  self->store = g_strdup(text_at(state, "stores.0.id"));
  self->pos = g_strdup(text_at(state, "stores.0.pos.0.id"));
  json_decref(state);
  return self;
}

/**
 * fixture_free:
 * @self: (transfer full): the fixture
 *
 * Ends the simulator, which must exit cleanly.
 */
void
fixture_free(Fixture *self)
{
  assert_int_equal(process_stop(self->process), 0);
  g_free(self->token);
  g_free(self->company);
  g_free(self->store);
  g_free(self->pos);
  g_free(self);
}

/**
 * fixture_set_up_group:
 * @state: (out): the fixture
 *
 * Starts one simulator for a group of tests.
 *
 * Returns: 0
 */
int
fixture_set_up_group(void **state)
{
  *state = fixture_new(NULL);
  return 0;
}

/**
 * fixture_tear_down_group:
 * @state: the fixture
 *
 * Ends the simulator of a group.
 *
 * Returns: 0
 */
int
fixture_tear_down_group(void **state)
{
  fixture_free(*state);
  return 0;
}

/**
 * fixture_reset:
 * @state: the fixture
 *
 * Brings the simulator back to its beginning before a test.
 *
 * Returns: 0
 */
int
fixture_reset(void **state)
{
  Fixture *self = *state;
  control_done(self, "POST", "/reset", "{}");
  g_free(self->token);
  self->token = g_strdup(self->process->token);
  return 0;
}

/**
 * api:
 * @self: the fixture
 * @method: the method
 * @format: path and query
 *
 * Calls the API with the token.
 *
 * Returns: (transfer full): what came of it
 */
HttpReply *
api(const Fixture *self, const char *method, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *target = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  return http_call(self->process->api, method, target, self->token, NULL);
}

/**
 * api_body:
 * @self: the fixture
 * @method: the method
 * @body: JSON
 * @format: path and query
 *
 * Calls the API with the token and a body.
 *
 * Returns: (transfer full): what came of it
 */
HttpReply *
api_body(const Fixture *self, const char *method, const char *body, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *target = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  return http_call(self->process->api, method, target, self->token, body);
}

/**
 * find_item:
 * @self: the fixture
 * @key: its key in the shop file
 *
 * Finds the id of an item.
 *
 * Returns: (transfer full): the id
 */
char *
find_item(const Fixture *self, const char *key)
{
  json_t *answer = control(self, "GET", "/items", NULL);
  json_t *items = json_object_get(answer, "items");
  char *id = NULL;

  for (gsize i = 0; i < json_array_size(items) && id == NULL; i++) {
    if (g_str_equal(text_at(json_array_get(items, i), "key"), key))
      id = g_strdup(text_at(json_array_get(items, i), "id"));
  }
  json_decref(answer);
  assert_non_null(id);
  return id;
}

static const char *
choose(const char *wished, const char *usual)
{
  return wished != NULL ? wished : usual;
}

/**
 * build_order:
 * @self: the fixture
 * @wish: what is special about it
 *
 * Makes an order.
 *
 * Returns: (transfer full): JSON
 */
char *
build_order(const Fixture *self, const Wish *wish)
{
  g_autofree char *item = find_item(self, choose(wish->item, "honey-flowers"));
  g_autofree char *digits =
      wish->digits != NULL ? g_strdup_printf(",\"decimalDigits\":%s", wish->digits) : g_strdup("");

  return g_strdup_printf(
      "{\"channel\":\"CHECK\",\"subChannel\":\"CHECK_WEB\",\"orderId\":\"%s\","
      "\"subChannelOrderId\":\"1\",\"subChannelOrderDisplayId\":\"C-1\",\"orderType\":\"PICKUP\","
      "\"payments\":[{\"amount\":%s,\"paymentType\":\"ONLINE\"}],"
      "\"items\":[{\"itemId\":\"%s\",\"name\":\"Article\",\"price\":%s,\"quantity\":%s,"
      "\"productType\":\"%s\",\"children\":[]}],"
      "\"serviceCharge\":0,\"deliveryCost\":0,\"bagFee\":0,\"orderIsAlreadyPaid\":true,"
      "\"pickupTime\":1767261600000%s%s}",
      choose(wish->order_id, "order-1"), choose(wish->payment, "13"), item,
      choose(wish->price, "6.5"), choose(wish->quantity, "2"), choose(wish->type, "SIMPLE"), digits,
      choose(wish->extra, ""));
}

/**
 * post_order:
 * @self: the fixture
 * @wish: what is special about it
 *
 * Posts an order to the first store and register.
 *
 * Returns: (transfer full): what came of it
 */
HttpReply *
post_order(const Fixture *self, const Wish *wish)
{
  g_autofree char *body = build_order(self, wish);
  return api_body(self, "POST", body, "/v1/stores/%s/orders?pos=%s", self->store, self->pos);
}
