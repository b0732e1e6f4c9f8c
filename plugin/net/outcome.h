/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "net/message.h"

G_BEGIN_DECLS

/* How far a request can have come; it never goes back, not even when the library starts again. */
typedef enum {
  SHOPCAISSE_REACH_NOTHING, /* not one byte of the request has left */
  SHOPCAISSE_REACH_SERVICE  /* the library may have begun to write it */
} ShopcaisseReach;

ShopcaisseReplyKind shopcaisse_outcome_classify_status(guint status, gboolean has_retry_after);

char *shopcaisse_outcome_describe_status(guint status, const char *reason);

gboolean shopcaisse_outcome_is_json(const char *content_type);

gboolean shopcaisse_outcome_is_plain_coding(const char *content_coding);

ShopcaisseReply *shopcaisse_outcome_reply_broken(ShopcaisseReach reach, GError *error);

ShopcaisseReply *shopcaisse_outcome_reply_untrusted(GTlsCertificateFlags flaws, const char *reason);

ShopcaisseReply *shopcaisse_outcome_reply_tunnel(guint status, const char *reason);

G_END_DECLS
