/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A receiver of the module on the command line, and strangers who call it over raw sockets. All of
 * it is in one context; every wait has a watchdog. */
#include "door.h"

#include <dlfcn.h>
#include <string.h>

#define WATCHDOG_MS  180000
#define FILLER_BYTES 65536

static struct {
  ShopcaisseTransportOpenFunc open;
} program;

static gboolean call_cb(GSocket *socket, GIOCondition condition, gpointer user_data);

int
door_main(int argc, char **argv, int (*run)(void))
{
  void *module = argc > 1 ? dlopen(argv[1], RTLD_NOW | RTLD_LOCAL) : NULL;
  void *state = NULL;

  if (module == NULL)
    return 2;
  *(void **)&program.open = dlsym(module, SHOPCAISSE_TRANSPORT_SYMBOL);
  if (program.open == NULL)
    return 2;
  /* GLib and libsoup open descriptors of their own once per process. */
  (void)door_set_up(&state);
  door_open(state);
  (void)door_ask(state, DOOR_LINE DOOR_HOST "Content-Length: 0\r\n\r\n");
  ((Door *)state)->n_descriptors = G_MAXUINT;
  (void)door_tear_down(&state);
  return run() == 0 ? 0 : 1;
}

static guint
count_descriptors(void)
{
  g_autoptr(GDir) folder = g_dir_open("/proc/self/fd", 0, NULL);
  guint n_open = 0;

  while (g_dir_read_name(folder) != NULL)
    n_open++;
  return n_open;
}

static ShopcaisseReceived
received_cb(GBytes *body, const char *signature, gpointer user_data)
{
  Door *self = user_data;

  self->n_received++;
  g_clear_pointer(&self->body, g_bytes_unref);
  self->body = g_bytes_ref(body);
  g_free(self->signature);
  self->signature = g_strdup(signature);
  return self->answer;
}

static void
free_call(gpointer data)
{
  Call *self = data;

  if (self->source != NULL)
    g_source_destroy(self->source);
  g_clear_pointer(&self->source, g_source_unref);
  g_socket_close(self->socket, NULL);
  g_object_unref(self->socket);
  g_byte_array_unref(self->unsent);
  g_string_free(self->answer, TRUE);
  g_free(self);
}

int
door_set_up(void **state)
{
  Door *self = g_new0(Door, 1);

  self->context = g_main_context_new();
  g_main_context_push_thread_default(self->context);
  self->calls = g_ptr_array_new_with_free_func(free_call);
  self->config = (ShopcaisseReceiverConfig){
    .context = self->context,
    .address = "127.0.0.1",
    .path = DOOR_PATH,
    .header = DOOR_HEADER,
    .received = received_cb,
    .user_data = self,
  };
  self->n_descriptors = count_descriptors();
  *state = self;
  return 0;
}

int
door_tear_down(void **state)
{
  Door *self = *state;
  gboolean is_clean = FALSE;

  g_ptr_array_unref(self->calls);
  if (self->receiver != NULL)
    self->receiver->free(self->receiver);
  while (g_main_context_iteration(self->context, FALSE))
    continue;
  g_clear_pointer(&self->body, g_bytes_unref);
  g_free(self->signature);
  g_main_context_pop_thread_default(self->context);
  g_main_context_unref(self->context);
  is_clean = count_descriptors() <= self->n_descriptors;
  g_free(self);
  return is_clean ? 0 : -1;
}

static ShopcaisseTransport *
open_transport(GMainContext *context)
{
  g_autoptr(GError) error = NULL;
  ShopcaisseTransport *transport = program.open(
      &(ShopcaisseTransportConfig){ .context = context, .base_url = "http://127.0.0.1:9" }, &error);

  assert_null(error);
  assert_int_equal(transport->abi, SHOPCAISSE_TRANSPORT_ABI);
  return transport;
}

ShopcaisseReceiverOpenFunc
door_get_open(Door *self)
{
  ShopcaisseTransport *transport = open_transport(self->context);
  ShopcaisseReceiverOpenFunc open = transport->open_receiver;

  transport->free(transport);
  return open;
}

void
door_open(Door *self)
{
  g_autoptr(GError) error = NULL;

  self->receiver = door_get_open(self)(&self->config, &error);
  if (self->receiver == NULL)
    fail_msg("the door does not open: %s", error->message);
}

static void
watch(Call *self)
{
  GIOCondition condition = G_IO_IN;

  if (self->source != NULL)
    g_source_destroy(self->source);
  g_clear_pointer(&self->source, g_source_unref);
  if (self->is_over)
    return;
  if (self->unsent->len > 0 || self->n_filler > 0)
    condition |= G_IO_OUT;
  self->source = g_socket_create_source(self->socket, condition, NULL);
  g_source_set_callback(self->source, G_SOURCE_FUNC(call_cb), self, NULL);
  g_source_attach(self->source, self->door->context);
}

static void
send_some(Call *self)
{
  static const char filler[FILLER_BYTES] = { 0 };
  gboolean is_text = self->unsent->len > 0;
  const char *data = is_text ? (const char *)self->unsent->data : filler;
  gsize size = is_text ? self->unsent->len : (gsize)MIN(self->n_filler, FILLER_BYTES);
  g_autoptr(GError) error = NULL;
  gssize n_sent = 0;

  if (size == 0)
    return;
  n_sent = g_socket_send(self->socket, data, size, NULL, &error);
  if (n_sent < 0 && !g_error_matches(error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK)) {
    g_byte_array_set_size(self->unsent, 0);
    self->n_filler = 0;
  }
  if (n_sent <= 0)
    return;
  self->n_sent += (guint64)n_sent;
  if (is_text)
    g_byte_array_remove_range(self->unsent, 0, (guint)n_sent);
  else
    self->n_filler -= (guint64)n_sent;
}

static gboolean
call_cb(GSocket *socket, GIOCondition condition, gpointer user_data)
{
  Call *self = user_data;
  g_autoptr(GError) error = NULL;
  char data[4096];
  gssize n_read = 0;

  if ((condition & G_IO_OUT) != 0)
    send_some(self);
  n_read = g_socket_receive(socket, data, sizeof data, NULL, &error);
  if (n_read > 0)
    g_string_append_len(self->answer, data, n_read);
  else if (!g_error_matches(error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK)) {
    self->is_over = TRUE;
    g_socket_close(self->socket, NULL);
  }
  watch(self);
  return G_SOURCE_CONTINUE;
}

Call *
door_call_bytes(Door *self, const char *data, gsize size)
{
  g_autoptr(GSocketAddress) address =
      g_inet_socket_address_new_from_string("127.0.0.1", self->receiver->get_port(self->receiver));
  Call *call = g_new0(Call, 1);

  call->door = self;
  call->socket =
      g_socket_new(G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  call->unsent = g_byte_array_new();
  call->answer = g_string_new(NULL);
  g_ptr_array_add(self->calls, call);
  /* On loopback the kernel answers for whoever listens. */
  assert_true(g_socket_connect(call->socket, address, NULL, NULL));
  g_socket_set_blocking(call->socket, FALSE);
  g_byte_array_append(call->unsent, (const guint8 *)data, (guint)size);
  watch(call);
  return call;
}

Call *
door_call(Door *self, const char *text)
{
  return door_call_bytes(self, text, strlen(text));
}

void
call_send(Call *self, const char *text)
{
  g_byte_array_append(self->unsent, (const guint8 *)text, (guint)strlen(text));
  watch(self);
}

void
call_fill(Call *self, guint64 n_bytes)
{
  self->n_filler += n_bytes;
  watch(self);
}

static gboolean
rung_cb(gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_CONTINUE;
}

static GSource *
set_alarm(Door *self, guint ms, gboolean *has_rung)
{
  GSource *alarm = g_timeout_source_new(ms);

  g_source_set_callback(alarm, rung_cb, has_rung, NULL);
  g_source_attach(alarm, self->context);
  return alarm;
}

void
door_run(Door *self, guint ms)
{
  gboolean has_rung = FALSE;
  g_autoptr(GSource) alarm = set_alarm(self, ms, &has_rung);

  while (!has_rung)
    g_main_context_iteration(self->context, TRUE);
  g_source_destroy(alarm);
}

guint
call_get_status(const Call *self)
{
  if (self->answer->len < 12 || !g_str_has_prefix(self->answer->str, "HTTP/1.1 "))
    return 0;
  return (guint)g_ascii_strtoull(self->answer->str + 9, NULL, 10);
}

guint
call_wait(Call *self)
{
  gboolean has_rung = FALSE;
  g_autoptr(GSource) alarm = set_alarm(self->door, WATCHDOG_MS, &has_rung);

  while (!self->is_over && !has_rung)
    g_main_context_iteration(self->door->context, TRUE);
  g_source_destroy(alarm);
  assert_true(self->is_over);
  return call_get_status(self);
}

guint
door_ask(Door *self, const char *text)
{
  return call_wait(door_call(self, text));
}

void
door_wait_open(Door *self, guint n_open)
{
  gboolean has_rung = FALSE;
  g_autoptr(GSource) alarm = set_alarm(self, WATCHDOG_MS, &has_rung);

  while (self->receiver->count_open(self->receiver) != n_open && !has_rung)
    g_main_context_iteration(self->context, TRUE);
  g_source_destroy(alarm);
  assert_int_equal(self->receiver->count_open(self->receiver), n_open);
}

void
door_wait_empty(Door *self)
{
  door_wait_open(self, 0);
}
