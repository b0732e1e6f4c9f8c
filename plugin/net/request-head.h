/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The head of the one kind of request that a receiver takes, read more strictly than any library
 * does: what two readers could understand differently is refused. */

#define SHOPCAISSE_HEAD_MAX       (16 * 1024) /* bytes, the empty line included */
#define SHOPCAISSE_HEAD_LINES_MAX 100

typedef struct {
  const char *path;
  const char *header; /* that holds the signature */
  gsize body_max;     /* bytes */
} ShopcaisseWantedRequest;

typedef struct {
  gsize size;      /* of the head, its empty line included */
  gsize body_size; /* unless it is chunked */
  gboolean is_chunked;
  gboolean is_waiting; /* for leave to send the body */
  char *signature;     /* (owned) (nullable) */
} ShopcaisseRequestHead;

/* A status of HTTP, or one of these two. */
#define SHOPCAISSE_HEAD_INCOMPLETE 0
#define SHOPCAISSE_HEAD_FINE       200

guint shopcaisse_request_head_parse(const ShopcaisseWantedRequest *wanted,
                                    const char *data,
                                    gsize size,
                                    gsize n_known,
                                    ShopcaisseRequestHead *head);

void shopcaisse_request_head_clear(ShopcaisseRequestHead *head);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ShopcaisseRequestHead, shopcaisse_request_head_clear)

G_END_DECLS
