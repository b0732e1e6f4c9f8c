/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <comptoir/comptoir.h>

/* What a host can be asked, in the order of its interface. */
typedef enum {
  QUESTION_LIST_ARTICLES,
  QUESTION_LIST_SALES,
  QUESTION_APPLY_ARTICLES,
  QUESTION_RECORD_SALES,
  QUESTION_LIST_CUSTOMERS,
  QUESTION_LIST_PAYMENT_METHODS,
  QUESTION_LIST_TAXES,
  QUESTION_LIST_SHIPMENTS,
  QUESTION_LOOKUP_SECRET,
  QUESTION_STORE_SECRET,
  QUESTION_LIST_SALE_STATUSES,
  N_QUESTIONS
} Question;

const char *question_get_name(Question self);
gboolean question_is_list(Question self);
gboolean question_is_offered(Question self, ComptoirHost *host);
GVariant *question_new_argument(Question self);
void question_put(Question self, ComptoirHost *host, GVariant *argument, ComptoirRequest *request);
