/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum {
  SERVER_END,          /* close the connection in an orderly way */
  SERVER_TLS,          /* shake hands with the server's certificate */
  SERVER_READ_REQUEST, /* one request with its body; it is recorded */
  SERVER_READ_SOME,    /* `number` bytes */
  SERVER_WRITE,        /* `text`; its first `number` bytes if that is not 0 */
  SERVER_FLOOD,        /* `number` bytes of filling, or until the peer has enough */
  SERVER_DRIP,         /* a byte each `number` ms until the peer has enough */
  SERVER_HOLD,         /* be silent until the peer leaves */
  SERVER_RESET,        /* RST */
  SERVER_AGAIN         /* go to step `number` */
} ServerAction;

typedef struct {
  ServerAction action;
  const char *text;
  guint number;
} ServerStep;

/* Plays prepared steps on raw sockets, one thread per connection; it knows no HTTP rules. */
typedef struct ScriptedServer ScriptedServer;

ScriptedServer *
scripted_server_new(const char *address, GTlsCertificate *certificate, GMainContext *woken);

void scripted_server_free(ScriptedServer *self);

void scripted_server_play(ScriptedServer *self, const ServerStep *steps);

guint scripted_server_get_port(ScriptedServer *self);

char *scripted_server_dup_url(ScriptedServer *self, const char *scheme);

guint scripted_server_count_connections(ScriptedServer *self);

guint scripted_server_count_requests(ScriptedServer *self);

guint scripted_server_count_held(ScriptedServer *self);

char *scripted_server_dup_request(ScriptedServer *self, guint i);

char *scripted_server_dup_received(ScriptedServer *self);

char *scripted_server_dup_protocol(ScriptedServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ScriptedServer, scripted_server_free)

G_END_DECLS
