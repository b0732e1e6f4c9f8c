/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>
#include <jansson.h>

typedef enum {
  HTTP_WHOLE,   /* a whole answer */
  HTTP_REFUSED, /* no connection */
  HTTP_RESET,   /* RST */
  HTTP_CLOSED,  /* FIN before the answer was whole */
  HTTP_TIMEOUT, /* nothing came for a while */
} HttpEnd;

typedef struct {
  HttpEnd end;
  int status;
  char *head;       /* (owned): with the status line */
  GByteArray *body; /* (owned): what came of it */
  json_t *json;     /* (owned) (nullable): the body, if it is JSON */
  gint64 took_ms;
} HttpReply;

int http_connect(guint16 port);
char *http_build(const char *method, const char *target, const char *token, const char *body);
gboolean http_send(int fd, const char *bytes, gsize length);
HttpReply *http_receive(int fd, int timeout_ms);
HttpReply *http_call(
    guint16 port, const char *method, const char *target, const char *token, const char *body);
char *http_get_header(const HttpReply *self, const char *name);
void http_reply_free(HttpReply *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HttpReply, http_reply_free)
