/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "net/front.h"

#include <curl/curl.h>

G_BEGIN_DECLS

/* What a handle points to while it works. */
typedef struct {
  struct curl_slist *headers; /* (owned) (nullable): with the token in it */
  GBytes *body;               /* (owned) (nullable) */
} ShopcaisseCurlRequest;

void shopcaisse_curl_request_init(ShopcaisseCurlRequest *self,
                                  CURL *easy,
                                  const ShopcaisseErrand *errand);

void shopcaisse_curl_request_clear(ShopcaisseCurlRequest *self);

void shopcaisse_curl_request_set_identity(CURL *easy, const char *user_agent, const char *ca_file);

G_END_DECLS
