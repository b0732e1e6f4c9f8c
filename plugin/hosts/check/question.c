/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The questions as a table, so that each check can be written once for all of them. */

#include "question.h"

#define SURVEY_LIMIT 100

typedef void (*Put)(ComptoirHost *host, GVariant *argument, ComptoirRequest *request);

static void put_lookup_secret(ComptoirHost *host, GVariant *argument, ComptoirRequest *request);
static void put_store_secret(ComptoirHost *host, GVariant *argument, ComptoirRequest *request);

static const struct {
  const char *name;
  ComptoirHostFeatures feature;
  Put put;
} questions[N_QUESTIONS] = {
  [QUESTION_LIST_ARTICLES] = { "list_articles", COMPTOIR_HOST_LIST_ARTICLES,
                               comptoir_host_list_articles },
  [QUESTION_LIST_SALES] = { "list_sales", COMPTOIR_HOST_LIST_SALES, comptoir_host_list_sales },
  [QUESTION_APPLY_ARTICLES] = { "apply_articles", COMPTOIR_HOST_APPLY_ARTICLES,
                                comptoir_host_apply_articles },
  [QUESTION_RECORD_SALES] = { "record_sales", COMPTOIR_HOST_RECORD_SALES,
                              comptoir_host_record_sales },
  [QUESTION_LIST_CUSTOMERS] = { "list_customers", COMPTOIR_HOST_LIST_CUSTOMERS,
                                comptoir_host_list_customers },
  [QUESTION_LIST_PAYMENT_METHODS] = { "list_payment_methods", COMPTOIR_HOST_LIST_PAYMENT_METHODS,
                                      comptoir_host_list_payment_methods },
  [QUESTION_LIST_TAXES] = { "list_taxes", COMPTOIR_HOST_LIST_TAXES, comptoir_host_list_taxes },
  [QUESTION_LIST_SHIPMENTS] = { "list_shipments", COMPTOIR_HOST_LIST_SHIPMENTS,
                                comptoir_host_list_shipments },
  [QUESTION_LOOKUP_SECRET] = { "lookup_secret", COMPTOIR_HOST_SECRETS, put_lookup_secret },
  [QUESTION_STORE_SECRET] = { "store_secret", COMPTOIR_HOST_SECRETS, put_store_secret },
  [QUESTION_LIST_SALE_STATUSES] = { "list_sale_statuses", COMPTOIR_HOST_LIST_SALE_STATUSES,
                                    comptoir_host_list_sale_statuses },
};

static const char *
get_text(GVariant *argument, const char *key)
{
  const char *text = "";

  (void)g_variant_lookup(argument, key, "&s", &text);
  return text;
}

static void
put_lookup_secret(ComptoirHost *host, GVariant *argument, ComptoirRequest *request)
{
  comptoir_host_lookup_secret(host, get_text(argument, "name"), request);
}

static void
put_store_secret(ComptoirHost *host, GVariant *argument, ComptoirRequest *request)
{
  comptoir_host_store_secret(host, get_text(argument, "name"), get_text(argument, "secret"),
                             request);
}

/**
 * question_get_name:
 * @self: the question
 *
 * Gets the name of its function.
 *
 * Returns: the name
 */
const char *
question_get_name(Question self)
{
  return questions[self].name;
}

/**
 * question_is_list:
 * @self: the question
 *
 * Tells whether the answer is a page.
 *
 * Returns: %TRUE for `list_*`
 */
gboolean
question_is_list(Question self)
{
  return g_str_has_prefix(questions[self].name, "list_");
}

/**
 * question_is_offered:
 * @self: the question
 * @host: the host
 *
 * Tells whether @host has got it.
 *
 * Returns: %TRUE if it can be asked
 */
gboolean
question_is_offered(Question self, ComptoirHost *host)
{
  return (comptoir_host_get_features(host) & questions[self].feature) != 0;
}

/**
 * question_new_argument:
 * @self: the question
 *
 * Makes an argument with which the question writes nothing.
 *
 * Returns: (transfer none): a floating argument
 */
GVariant *
question_new_argument(Question self)
{
  if (self == QUESTION_APPLY_ARTICLES || self == QUESTION_RECORD_SALES)
    return g_variant_new("aa{sv}", NULL);
  if (question_is_list(self))
    return g_variant_new_parsed("{'limit': <%u>}", (guint)SURVEY_LIMIT);
  return g_variant_new_parsed("{'name': <'comptoir-check'>}");
}

/**
 * question_put:
 * @self: the question
 * @host: the host
 * @argument: what to ask with
 * @request: what the host answers
 *
 * Asks, in the host's thread.
 */
void
question_put(Question self, ComptoirHost *host, GVariant *argument, ComptoirRequest *request)
{
  questions[self].put(host, argument, request);
}
