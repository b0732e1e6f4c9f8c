/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "net/outcome.h"

#include <curl/curl.h>

G_BEGIN_DECLS

gboolean shopcaisse_curl_failure_is_of_the_way(CURLcode code);

ShopcaisseReply *shopcaisse_curl_failure_build_reply(ShopcaisseReach reach,
                                                     CURL *easy,
                                                     CURLcode code,
                                                     const char *words);

G_END_DECLS
