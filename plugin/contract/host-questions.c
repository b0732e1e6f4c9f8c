/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a host is asked and told: calls what the host has got, answers for what it has not got. No
 * function here waits for the host or keeps anything of it. */
#include <comptoir/comptoir-host.h>

typedef void (*Question)(ComptoirHost *self, GVariant *argument, ComptoirRequest *request);
typedef void (*Tell)(ComptoirHost *self, GVariant *row);

static void
refuse_absent(ComptoirRequest *request, const char *name)
{
  g_autofree char *message = g_strdup_printf("this host has not got %s", name);
  comptoir_request_fail(request, COMPTOIR_ERROR_NOT_SUPPORTED, message);
}

static void
refuse_type(ComptoirRequest *request, const char *name, GVariant *given, const char *type)
{
  g_autofree char *message =
      g_strdup_printf("%s was asked with type \"%s\", not \"%s\"", name,
                      given != NULL ? g_variant_get_type_string(given) : "none", type);
  comptoir_request_fail(request, COMPTOIR_ERROR_INVALID, message);
}

static void
ask(ComptoirHost *self,
    Question question,
    const char *name,
    GVariant *argument,
    const char *type,
    ComptoirRequest *request)
{
  g_autoptr(GVariant) given = argument != NULL ? g_variant_ref_sink(argument) : NULL;
  if (question == NULL)
    refuse_absent(request, name);
  else if (given == NULL || !g_variant_is_of_type(given, G_VARIANT_TYPE(type)))
    refuse_type(request, name, given, type);
  else
    question(self, given, request);
}

static void
ask_page(ComptoirHost *self,
         Question question,
         const char *name,
         GVariant *query,
         ComptoirRequest *request)
{
  ask(self, question, name, query != NULL ? query : g_variant_new("a{sv}", NULL), "a{sv}", request);
}

static void
tell(ComptoirHost *self, Tell slot, GVariant *row)
{
  g_autoptr(GVariant) given = g_variant_ref_sink(row);
  if (slot != NULL)
    slot(self, given);
}

/**
 * comptoir_host_list_articles:
 * @self: the host
 * @query: (nullable): a query; a floating reference is consumed
 * @request: what the host answers, with a page of article rows
 *
 * Asks for articles; those deleted since then come as rows with `deleted`.
 *
 * Since: 1.0
 */
void
comptoir_host_list_articles(ComptoirHost *self, GVariant *query, ComptoirRequest *request)
{
  g_return_if_fail(COMPTOIR_IS_HOST(self));
  g_return_if_fail(COMPTOIR_IS_REQUEST(request));

  ask_page(self, COMPTOIR_HOST_GET_IFACE(self)->list_articles, "list_articles", query, request);
}

/**
 * comptoir_host_list_sales:
 * @self: the host
 * @query: (nullable): a query; a floating reference is consumed
 * @request: what the host answers, with a page of sale rows
 *
 * Asks for sales that are paid.
 *
 * Since: 1.0
 */
void
comptoir_host_list_sales(ComptoirHost *self, GVariant *query, ComptoirRequest *request)
{
  g_return_if_fail(COMPTOIR_IS_HOST(self));
  g_return_if_fail(COMPTOIR_IS_REQUEST(request));

  ask_page(self, COMPTOIR_HOST_GET_IFACE(self)->list_sales, "list_sales", query, request);
}

/**
 * comptoir_host_apply_articles:
 * @self: the host
 * @changes: (nullable): article changes `aa{sv}`; a floating reference is consumed
 * @request: what the host answers, with a page of change answers, one for each row
 *
 * Asks the host to write articles. A change whose key the host knows is answered as the first time.
 *
 * Since: 1.0
 */
void
comptoir_host_apply_articles(ComptoirHost *self, GVariant *changes, ComptoirRequest *request)
{
  g_return_if_fail(COMPTOIR_IS_HOST(self));
  g_return_if_fail(COMPTOIR_IS_REQUEST(request));

  ask(self, COMPTOIR_HOST_GET_IFACE(self)->apply_articles, "apply_articles", changes, "aa{sv}",
      request);
}

/**
 * comptoir_host_record_sales:
 * @self: the host
 * @sales: (nullable): till sales `aa{sv}`; a floating reference is consumed
 * @request: what the host answers, with a page of change answers, one for each row
 *
 * Asks the host to write what the till sold. A sale whose key the host knows is answered as the
 * first time.
 *
 * Since: 1.0
 */
void
comptoir_host_record_sales(ComptoirHost *self, GVariant *sales, ComptoirRequest *request)
{
  g_return_if_fail(COMPTOIR_IS_HOST(self));
  g_return_if_fail(COMPTOIR_IS_REQUEST(request));

  ask(self, COMPTOIR_HOST_GET_IFACE(self)->record_sales, "record_sales", sales, "aa{sv}", request);
}

/**
 * comptoir_host_list_customers:
 * @self: the host
 * @query: (nullable): a query; a floating reference is consumed
 * @request: what the host answers, with a page of customer rows
 *
 * Asks for customers.
 *
 * Since: 1.0
 */
void
comptoir_host_list_customers(ComptoirHost *self, GVariant *query, ComptoirRequest *request)
{
  g_return_if_fail(COMPTOIR_IS_HOST(self));
  g_return_if_fail(COMPTOIR_IS_REQUEST(request));

  ask_page(self, COMPTOIR_HOST_GET_IFACE(self)->list_customers, "list_customers", query, request);
}

/**
 * comptoir_host_list_payment_methods:
 * @self: the host
 * @query: (nullable): a query; a floating reference is consumed
 * @request: what the host answers, with a page of payment methods
 *
 * Asks for the payment methods.
 *
 * Since: 1.0
 */
void
comptoir_host_list_payment_methods(ComptoirHost *self, GVariant *query, ComptoirRequest *request)
{
  g_return_if_fail(COMPTOIR_IS_HOST(self));
  g_return_if_fail(COMPTOIR_IS_REQUEST(request));

  ask_page(self, COMPTOIR_HOST_GET_IFACE(self)->list_payment_methods, "list_payment_methods", query,
           request);
}

/**
 * comptoir_host_list_taxes:
 * @self: the host
 * @query: (nullable): a query; a floating reference is consumed
 * @request: what the host answers, with a page of VAT rates
 *
 * Asks for the VAT rates.
 *
 * Since: 1.0
 */
void
comptoir_host_list_taxes(ComptoirHost *self, GVariant *query, ComptoirRequest *request)
{
  g_return_if_fail(COMPTOIR_IS_HOST(self));
  g_return_if_fail(COMPTOIR_IS_REQUEST(request));

  ask_page(self, COMPTOIR_HOST_GET_IFACE(self)->list_taxes, "list_taxes", query, request);
}

/**
 * comptoir_host_list_shipments:
 * @self: the host
 * @query: (nullable): a query; a floating reference is consumed
 * @request: what the host answers, with a page of shipments
 *
 * Asks for shipments.
 *
 * Since: 1.0
 */
void
comptoir_host_list_shipments(ComptoirHost *self, GVariant *query, ComptoirRequest *request)
{
  g_return_if_fail(COMPTOIR_IS_HOST(self));
  g_return_if_fail(COMPTOIR_IS_REQUEST(request));

  ask_page(self, COMPTOIR_HOST_GET_IFACE(self)->list_shipments, "list_shipments", query, request);
}

/**
 * comptoir_host_list_sale_statuses:
 * @self: the host
 * @query: (nullable): a query; a floating reference is consumed
 * @request: what the host answers, with a page of sale statuses
 *
 * Asks for the statuses that sales go through, in their order.
 *
 * Since: 1.0
 */
void
comptoir_host_list_sale_statuses(ComptoirHost *self, GVariant *query, ComptoirRequest *request)
{
  g_return_if_fail(COMPTOIR_IS_HOST(self));
  g_return_if_fail(COMPTOIR_IS_REQUEST(request));

  ask_page(self, COMPTOIR_HOST_GET_IFACE(self)->list_sale_statuses, "list_sale_statuses", query,
           request);
}

/**
 * comptoir_host_lookup_secret:
 * @self: the host
 * @name: which secret
 * @request: what the host answers, with `{"secret": s}` or an empty dictionary
 *
 * Asks for a secret that was stored in the host.
 *
 * Since: 1.0
 */
void
comptoir_host_lookup_secret(ComptoirHost *self, const char *name, ComptoirRequest *request)
{
  g_return_if_fail(COMPTOIR_IS_HOST(self));
  g_return_if_fail(name != NULL);
  g_return_if_fail(COMPTOIR_IS_REQUEST(request));

  ComptoirHostInterface *iface = COMPTOIR_HOST_GET_IFACE(self);
  if (iface->lookup_secret != NULL)
    iface->lookup_secret(self, name, request);
  else
    refuse_absent(request, "lookup_secret");
}

/**
 * comptoir_host_store_secret:
 * @self: the host
 * @name: which secret
 * @secret: the secret; empty to forget it
 * @request: what the host answers, with an empty dictionary, once the secret is kept
 *
 * Asks the host to keep a secret. Neither side logs it.
 *
 * Since: 1.0
 */
void
comptoir_host_store_secret(ComptoirHost *self,
                           const char *name,
                           const char *secret,
                           ComptoirRequest *request)
{
  g_return_if_fail(COMPTOIR_IS_HOST(self));
  g_return_if_fail(name != NULL);
  g_return_if_fail(secret != NULL);
  g_return_if_fail(COMPTOIR_IS_REQUEST(request));

  ComptoirHostInterface *iface = COMPTOIR_HOST_GET_IFACE(self);
  if (iface->store_secret != NULL)
    iface->store_secret(self, name, secret, request);
  else
    refuse_absent(request, "store_secret");
}

/**
 * comptoir_host_sale_progressed:
 * @self: the host
 * @progress: a progress row; a floating reference is consumed
 *
 * Tells that a sale moved. May repeat, and may skip steps.
 *
 * Since: 1.0
 */
void
comptoir_host_sale_progressed(ComptoirHost *self, GVariant *progress)
{
  g_return_if_fail(COMPTOIR_IS_HOST(self));
  g_return_if_fail(g_variant_is_of_type(progress, G_VARIANT_TYPE_VARDICT));

  tell(self, COMPTOIR_HOST_GET_IFACE(self)->sale_progressed, progress);
}

/**
 * comptoir_host_show_notice:
 * @self: the host
 * @notice: a notice row; a floating reference is consumed
 *
 * Tells what a person should see. The same id replaces an earlier notice.
 *
 * Since: 1.0
 */
void
comptoir_host_show_notice(ComptoirHost *self, GVariant *notice)
{
  g_return_if_fail(COMPTOIR_IS_HOST(self));
  g_return_if_fail(g_variant_is_of_type(notice, G_VARIANT_TYPE_VARDICT));

  tell(self, COMPTOIR_HOST_GET_IFACE(self)->show_notice, notice);
}
