/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "net/message.h"

#include <curl/curl.h>

G_BEGIN_DECLS

/* What came back so far. */
typedef struct {
  CURL *easy;               /* (not owned): its headers are here */
  gsize max_answer;         /* bytes */
  char *reason;             /* (owned) (nullable): of the last status line, from a stranger */
  gboolean has_head;        /* the last status line's headers are all here */
  GByteArray *body;         /* (owned) */
  ShopcaisseReply *refusal; /* (owned) (nullable): why no more of it is read */
} ShopcaisseCurlAnswer;

void shopcaisse_curl_answer_init(ShopcaisseCurlAnswer *self, CURL *easy, gsize max_answer);

void shopcaisse_curl_answer_clear(ShopcaisseCurlAnswer *self);

ShopcaisseReply *shopcaisse_curl_answer_take_reply(ShopcaisseCurlAnswer *self);

G_END_DECLS
