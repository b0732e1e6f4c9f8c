/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A receiver without a socket: a test hands it bodies. */
#include "engine-fakes.h"
#include "error.h"

#include <string.h>

static FakeDoor *current_door; /* fake_door_open() is given no data */

void
fake_door_set_current(FakeDoor *self)
{
  current_door = self;
}

static guint16
get_port(ShopcaisseReceiver *receiver)
{
  (void)receiver;
  return current_door->config.port != 0 ? current_door->config.port : 4711;
}

static guint
count_open(ShopcaisseReceiver *receiver)
{
  (void)receiver;
  return 0;
}

static guint64
count_refused(ShopcaisseReceiver *receiver)
{
  (void)receiver;
  return current_door->n_refused;
}

static void
free_receiver(ShopcaisseReceiver *receiver)
{
  current_door->n_open--;
  current_door->n_refused = 0;
  g_free(receiver);
}

ShopcaisseReceiver *
fake_door_open(const ShopcaisseReceiverConfig *config, GError **error)
{
  ShopcaisseReceiver *receiver = NULL;

  if (current_door->is_taken) {
    g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE, "the port is taken");
    return NULL;
  }
  receiver = g_new0(ShopcaisseReceiver, 1);
  *receiver = (ShopcaisseReceiver){ get_port, count_open, count_refused, free_receiver };
  current_door->config = *config;
  current_door->n_open++;
  current_door->n_opened++;
  return receiver;
}

ShopcaisseReceived
fake_door_knock_with(FakeDoor *self, const char *signature, const char *body)
{
  g_autoptr(GBytes) bytes = g_bytes_new(body, strlen(body));

  return self->config.received(bytes, signature, self->config.user_data);
}

ShopcaisseReceived
fake_door_knock(FakeDoor *self, const char *key, const char *event, const char *resource_id)
{
  g_autofree char *body = g_strdup_printf(
      "{\"event\":\"%s\",\"resource\":{\"id\":\"%s\"},\"content\":[]}", event, resource_id);
  g_autofree char *signature =
      g_compute_hmac_for_string(G_CHECKSUM_SHA256, (const guchar *)key, strlen(key), body, -1);

  return fake_door_knock_with(self, signature, body);
}
