/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum {
  SHOPCAISSE_METHOD_GET,
  SHOPCAISSE_METHOD_POST,
  SHOPCAISSE_METHOD_PUT,
  SHOPCAISSE_METHOD_DELETE
} ShopcaisseMethod;

/* How an exchange ended; docs/PROTOCOL.md 2.3 and docs/decisions/0003-outcomes.md. */
typedef enum {
  SHOPCAISSE_REPLY_OK,           /* 2xx, the whole body is here */
  SHOPCAISSE_REPLY_NOT_SENT,     /* nothing of the request can have reached the service */
  SHOPCAISSE_REPLY_UNTRUSTED,    /* TLS: unknown authority, wrong name, expired, too old */
  SHOPCAISSE_REPLY_UNKNOWN,      /* it may have arrived: broken off, 408, 5xx, redirect */
  SHOPCAISSE_REPLY_OVERSIZED,    /* the answer is larger than max_answer */
  SHOPCAISSE_REPLY_THROTTLED,    /* 429, or 503 with Retry-After */
  SHOPCAISSE_REPLY_UNAUTHORIZED, /* 401 */
  SHOPCAISSE_REPLY_FORBIDDEN,    /* 403, 407 */
  SHOPCAISSE_REPLY_NOT_FOUND,    /* 404 */
  SHOPCAISSE_REPLY_CONFLICT,     /* 409 */
  SHOPCAISSE_REPLY_REFUSED       /* 400, 413, 422 and other 4xx */
} ShopcaisseReplyKind;

typedef struct {
  ShopcaisseMethod method;
  char *path;       /* (owned): from the root, query included, already escaped */
  GBytes *body;     /* (owned) (nullable): JSON, sent as it is */
  guint timeout_ms; /* deadline of the whole exchange */
  gsize max_answer; /* bytes of decoded body */
} ShopcaisseRequest;

typedef struct {
  ShopcaisseReplyKind kind;
  char *status;      /* (owned) (nullable): the status line's number and text, for messages */
  char *retry_after; /* (owned) (nullable): that header, verbatim */
  gboolean is_json;  /* Content-Type says JSON */
  GBytes *body;      /* (owned) (nullable): up to max_answer bytes, whatever the status */
  GError *error;     /* (owned) (nullable): why there is no whole answer */
} ShopcaisseReply;

#define SHOPCAISSE_REQUEST_TIMEOUT_MS 30000
#define SHOPCAISSE_ANSWER_MAX         (4 * 1024 * 1024)
#define SHOPCAISSE_PAGE_ANSWER_MAX    (16 * 1024 * 1024)

ShopcaisseRequest *
shopcaisse_request_new(ShopcaisseMethod method, char *path, GBytes *body, gsize max_answer);

void shopcaisse_request_free(ShopcaisseRequest *self);

ShopcaisseReply *shopcaisse_reply_new(ShopcaisseReplyKind kind);

void shopcaisse_reply_free(ShopcaisseReply *self);

/* Whether anybody answered: there is a network then. */
gboolean shopcaisse_reply_is_heard(const ShopcaisseReply *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseRequest, shopcaisse_request_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseReply, shopcaisse_reply_free)

G_END_DECLS
