/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tryton-fixture.h"

#include <libsoup/soup.h>
#include <string.h>

#define WATCHDOG_S  30
#define TIMEOUT_MS  20000
#define USER        "marie"
#define PASSWORD    "Secret-1"
#define STATUS_FAIL 500

typedef struct {
  char *method; /* (owned) */
  char *answer; /* (owned): the whole body */
  guint status;
} Expectation;

struct TrytonFixture {
  GMainContext *context; /* (owned) */
  GSource *watchdog;     /* (owned) */
  SoupServer *server;    /* (owned) */
  GSocketService *door;  /* (owned): libsoup 3.2's own forgets each socket that it accepts */
  char *url;             /* (owned) */
  GQueue expected;       /* (element-type Expectation) (owned) */
  GPtrArray *bodies;     /* (owned) (element-type utf8) */
  GPtrArray *headers;    /* (owned) (element-type utf8) */
  GVariant *answer;      /* (owned) (nullable): to the last question */
  GError *error;         /* (owned) (nullable) */
  gboolean has_expired;
  gboolean is_done;
};

static void
free_expectation(Expectation *expectation)
{
  g_free(expectation->method);
  g_free(expectation->answer);
  g_free(expectation);
}

static gboolean
expire_cb(gpointer user_data)
{
  ((TrytonFixture *)user_data)->has_expired = TRUE;
  return G_SOURCE_REMOVE;
}

/* Something else than what was expected is answered 500, which no case takes for good. */
static void
request_cb(SoupServer *server,
           SoupServerMessage *message,
           const char *path,
           GHashTable *query,
           gpointer user_data)
{
  TrytonFixture *self = user_data;
  SoupMessageBody *body = soup_server_message_get_request_body(message);
  g_autoptr(GBytes) bytes = soup_message_body_flatten(body);
  gsize size = 0;
  const char *text = g_bytes_get_data(bytes, &size);
  char *said = g_strndup(text, size);
  const char *header = soup_message_headers_get_one(
      soup_server_message_get_request_headers(message), "Authorization");
  Expectation *expectation = g_queue_peek_head(&self->expected);
  g_autofree char *method = NULL;

  g_ptr_array_add(self->bodies, said);
  g_ptr_array_add(self->headers, g_strdup(header == NULL ? "" : header));
  if (expectation != NULL)
    method = g_strdup_printf("\"method\":\"%s\"", expectation->method);
  if (method == NULL || strstr(said, method) == NULL) {
    soup_server_message_set_status(message, STATUS_FAIL, NULL);
    return;
  }
  (void)g_queue_pop_head(&self->expected);
  soup_server_message_set_status(message, expectation->status, NULL);
  soup_server_message_set_response(message, "application/json", SOUP_MEMORY_COPY,
                                   expectation->answer, strlen(expectation->answer));
  free_expectation(expectation);
}

static gboolean
incoming_cb(GSocketService *door,
            GSocketConnection *connection,
            GObject *source,
            gpointer user_data)
{
  TrytonFixture *self = user_data;
  g_autoptr(GSocketAddress) local = g_socket_connection_get_local_address(connection, NULL);
  g_autoptr(GSocketAddress) remote = g_socket_connection_get_remote_address(connection, NULL);

  return soup_server_accept_iostream(self->server, G_IO_STREAM(connection), local, remote, NULL);
}

static void
open_door(TrytonFixture *self)
{
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback(G_SOCKET_FAMILY_IPV4);
  g_autoptr(GSocketAddress) address = g_inet_socket_address_new(loopback, 0);
  g_autoptr(GSocketAddress) effective = NULL;

  self->door = g_socket_service_new();
  (void)g_signal_connect(self->door, "incoming", G_CALLBACK(incoming_cb), self);
  if (g_socket_listener_add_address(G_SOCKET_LISTENER(self->door), address, G_SOCKET_TYPE_STREAM,
                                    G_SOCKET_PROTOCOL_TCP, NULL, &effective, NULL))
    self->url = g_strdup_printf("http://127.0.0.1:%u/shop/",
                                g_inet_socket_address_get_port(G_INET_SOCKET_ADDRESS(effective)));
}

/**
 * tryton_fixture_new:
 *
 * Returns: (transfer full): a server on this computer, and a main context of its own
 */
TrytonFixture *
tryton_fixture_new(void)
{
  TrytonFixture *self = g_new0(TrytonFixture, 1);

  self->context = g_main_context_new();
  g_main_context_push_thread_default(self->context);
  self->watchdog = g_timeout_source_new_seconds(WATCHDOG_S);
  g_source_set_callback(self->watchdog, expire_cb, self, NULL);
  (void)g_source_attach(self->watchdog, self->context);
  self->server = soup_server_new(NULL, NULL);
  soup_server_add_handler(self->server, NULL, request_cb, self, NULL);
  open_door(self);
  g_queue_init(&self->expected);
  self->bodies = g_ptr_array_new_with_free_func(g_free);
  self->headers = g_ptr_array_new_with_free_func(g_free);
  return self;
}

/**
 * tryton_fixture_free:
 * @self: (transfer full): a fixture
 *
 * Ends it.
 */
void
tryton_fixture_free(TrytonFixture *self)
{
  g_source_destroy(self->watchdog);
  g_source_unref(self->watchdog);
  /* The client's ends are closed by now; the server has to see that. */
  while (g_main_context_iteration(self->context, FALSE))
    continue;
  g_socket_service_stop(self->door);
  g_socket_listener_close(G_SOCKET_LISTENER(self->door));
  soup_server_disconnect(self->server);
  while (g_main_context_iteration(self->context, FALSE))
    continue;
  g_clear_object(&self->server);
  g_clear_object(&self->door);
  while (g_main_context_iteration(self->context, FALSE))
    continue;
  g_main_context_pop_thread_default(self->context);
  g_main_context_unref(self->context);
  g_queue_clear_full(&self->expected, (GDestroyNotify)free_expectation);
  g_ptr_array_unref(self->bodies);
  g_ptr_array_unref(self->headers);
  g_free(self->url);
  g_free(self);
}

static void
add_expectation(TrytonFixture *self, const char *method, char *answer, guint status)
{
  Expectation *expectation = g_new0(Expectation, 1);

  expectation->method = g_strdup(method);
  expectation->answer = answer;
  expectation->status = status;
  g_queue_push_tail(&self->expected, expectation);
}

/**
 * tryton_fixture_expect:
 * @self: a fixture
 * @method: the next call
 * @result: what it is answered, as JSON
 *
 * Expects a call.
 */
void
tryton_fixture_expect(TrytonFixture *self, const char *method, const char *result)
{
  add_expectation(self, method, g_strdup_printf("{\"id\":0,\"result\":%s}", result), 200);
}

/**
 * tryton_fixture_expect_error:
 * @self: a fixture
 * @method: the next call
 * @error: the error it is answered, as JSON
 *
 * Expects a call that fails.
 */
void
tryton_fixture_expect_error(TrytonFixture *self, const char *method, const char *error)
{
  add_expectation(self, method, g_strdup_printf("{\"id\":0,\"error\":%s}", error), 200);
}

/**
 * tryton_fixture_expect_status:
 * @self: a fixture
 * @method: the next call
 * @status: the status of HTTP that it is answered
 *
 * Expects a call that the server refuses.
 */
void
tryton_fixture_expect_status(TrytonFixture *self, const char *method, guint status)
{
  add_expectation(self, method, g_strdup("refused"), status);
}

/**
 * tryton_fixture_expect_opening:
 * @self: a fixture
 *
 * Expects what a host asks when it starts, and answers with a shop: 20 % and 5.5 % of VAT, the
 * first by a child of the tax, another child of which is of the past.
 */
void
tryton_fixture_expect_opening(TrytonFixture *self)
{
  tryton_fixture_expect(self, "model.res.user.get_preferences",
                        "{\"company\":1,\"language\":\"fr\"}");
  tryton_fixture_expect(
      self, "model.company.company.read",
      "[{\"id\":1,\"create_date\":{\"__class__\":\"datetime\",\"year\":2026,\"month\":1,\"day\":2,"
      "\"hour\":3,\"minute\":4,\"second\":5,\"microsecond\":6},\"timezone\":\"Europe/Paris\","
      "\"party.\":{\"id\":2,\"name\":\"Shop\"}}]");
  tryton_fixture_expect(self, "model.stock.location.search_read",
                        "[{\"id\":4,\"name\":\"Warehouse\",\"storage_location\":3}]");
  tryton_fixture_expect(
      self, "model.account.tax.search_read",
      "[{\"id\":1,\"name\":\"Normal\",\"type\":\"none\",\"parent\":null,\"group.\":{\"kind\":"
      "\"sale\"}},"
      "{\"id\":2,\"type\":\"percentage\",\"rate\":{\"__class__\":\"Decimal\",\"decimal\":\"0.20\"},"
      "\"parent\":1},"
      "{\"id\":3,\"type\":\"percentage\",\"rate\":{\"__class__\":\"Decimal\",\"decimal\":\"0.196\"}"
      ",\"parent\":1,\"end_date\":{\"__class__\":\"date\",\"year\":2013,\"month\":12,\"day\":31}},"
      "{\"id\":4,\"name\":\"Reduced\",\"type\":\"percentage\",\"rate\":{\"__class__\":\"Decimal\","
      "\"decimal\":\"0.055\"},\"parent\":null}]");
  tryton_fixture_expect(
      self, "model.product.category.search_read",
      "[{\"id\":1,\"name\":\"VAT 20\",\"accounting\":1,\"customer_taxes_used\":[1]},"
      "{\"id\":2,\"name\":\"VAT 5.5\",\"accounting\":true,\"customer_taxes_used\":[4]},"
      "{\"id\":3,\"name\":\"Grocery\",\"accounting\":false,\"customer_taxes_used\":[]}]");
  tryton_fixture_expect(self, "model.product.uom.search_read",
                        "[{\"id\":1,\"symbol\":\"u\",\"digits\":0},"
                        "{\"id\":2,\"symbol\":\"kg\",\"digits\":2}]");
  tryton_fixture_expect(self, "model.account.invoice.payment_term.search_read",
                        "[{\"id\":1,\"name\":\"Cash\"}]");
}

/**
 * tryton_fixture_get_url:
 * @self: a fixture
 *
 * Returns: where the server is
 */
const char *
tryton_fixture_get_url(TrytonFixture *self)
{
  return self->url;
}

/**
 * tryton_fixture_get_body:
 * @self: a fixture
 * @number: of the request, from 0
 *
 * Returns: what was asked; "" when there was no such request
 */
const char *
tryton_fixture_get_body(TrytonFixture *self, guint number)
{
  return number < self->bodies->len ? self->bodies->pdata[number] : "";
}

/**
 * tryton_fixture_get_authorization:
 * @self: a fixture
 * @number: of the request, from 0
 *
 * Returns: its header; "" when there was none
 */
const char *
tryton_fixture_get_authorization(TrytonFixture *self, guint number)
{
  return number < self->headers->len ? self->headers->pdata[number] : "";
}

/**
 * tryton_fixture_count_left:
 * @self: a fixture
 *
 * Returns: how many expected calls have not come
 */
guint
tryton_fixture_count_left(TrytonFixture *self)
{
  return self->expected.length;
}

/**
 * tryton_fixture_count_asked:
 * @self: a fixture
 *
 * Returns: how many calls have come
 */
guint
tryton_fixture_count_asked(TrytonFixture *self)
{
  return self->bodies->len;
}

/**
 * tryton_fixture_new_host:
 * @self: a fixture
 *
 * Returns: (transfer full): a host with a login, which looks for no changes by itself
 */
ComptoirTrytonHost *
tryton_fixture_new_host(TrytonFixture *self)
{
  ComptoirTrytonHost *host =
      g_object_new(COMPTOIR_TRYTON_TYPE_HOST, "url", self->url, "interval", 0, NULL);

  comptoir_tryton_host_set_credentials(host, USER, PASSWORD);
  return host;
}

static void
started_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  TrytonFixture *self = user_data;

  (void)comptoir_tryton_host_start_finish(COMPTOIR_TRYTON_HOST(source), result, &self->error);
  self->is_done = TRUE;
}

static void
run(TrytonFixture *self)
{
  while (!self->is_done && !self->has_expired)
    (void)g_main_context_iteration(self->context, TRUE);
  self->is_done = FALSE;
}

static gboolean
pass_error(TrytonFixture *self, GError **error)
{
  if (self->error == NULL)
    return TRUE;
  g_propagate_error(error, g_steal_pointer(&self->error));
  return FALSE;
}

/**
 * tryton_fixture_start:
 * @self: a fixture
 * @host: a host
 * @error: return location for an error
 *
 * Starts a host and waits.
 *
 * Returns: %TRUE when it is started
 */
gboolean
tryton_fixture_start(TrytonFixture *self, ComptoirTrytonHost *host, GError **error)
{
  comptoir_tryton_host_start_async(host, NULL, started_cb, self);
  run(self);
  return pass_error(self, error);
}

/**
 * tryton_fixture_open_host:
 * @self: a fixture
 *
 * Returns: (transfer full) (nullable): a host that is started: the first eight calls
 */
ComptoirTrytonHost *
tryton_fixture_open_host(TrytonFixture *self)
{
  g_autoptr(ComptoirTrytonHost) host = tryton_fixture_new_host(self);
  g_autoptr(GError) error = NULL;

  tryton_fixture_expect(self, "common.db.login", "[5,\"key\"]");
  tryton_fixture_expect_opening(self);
  return tryton_fixture_start(self, host, &error) ? g_steal_pointer(&host) : NULL;
}

static void
answered_cb(GVariant *answer, const GError *error, gpointer user_data)
{
  TrytonFixture *self = user_data;

  self->answer = answer == NULL ? NULL : g_variant_ref(answer);
  self->error = error == NULL ? NULL : g_error_copy(error);
  self->is_done = TRUE;
}

/**
 * tryton_fixture_ask:
 * @self: a fixture
 * @host: a host
 * @ask: the question
 * @argument: (transfer full) (nullable): its argument
 * @error: return location for an error
 *
 * Asks a host and waits.
 *
 * Returns: (transfer full) (nullable): the answer
 */
GVariant *
tryton_fixture_ask(TrytonFixture *self,
                   ComptoirTrytonHost *host,
                   TrytonFixtureAsk ask,
                   GVariant *argument,
                   GError **error)
{
  g_autoptr(ComptoirRequest) request = comptoir_request_new(TIMEOUT_MS, answered_cb, self);
  g_autoptr(GVariant) owned = argument == NULL ? NULL : g_variant_take_ref(argument);

  ask(COMPTOIR_HOST(host), owned, request);
  run(self);
  if (!pass_error(self, error))
    return NULL;
  return g_steal_pointer(&self->answer);
}
