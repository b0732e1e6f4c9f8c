/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "net/message.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Called once, from the context: either a reply, which is the callee's, or the library's error. */
typedef void (*ShopcaisseAnswerFunc)(ShopcaisseReply *reply,
                                     const GError *foreign,
                                     gpointer user_data);

typedef struct {
  SoupMessage *message;    /* (not owned): its headers are here */
  GInputStream *stream;    /* (not owned): its body */
  GCancellable *operation; /* (not owned) */
  gsize max_answer;        /* bytes */
  ShopcaisseAnswerFunc callback;
  gpointer user_data;
} ShopcaisseAnswerPlan;

void shopcaisse_answer_read(const ShopcaisseAnswerPlan *plan);

G_END_DECLS
