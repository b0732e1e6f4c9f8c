/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Customers in a store's file; docs/PROTOCOL.md 3.15. All of it is personal: an error names the
 * field and the type that was found, never a value. */
#include "api/clients.h"

#include "api/json-edit.h"
#include "api/json-writer.h"
#include "api/page-read.h"
#include "api/path.h"
#include "model/text.h"

typedef struct {
  const char *key;
  gsize offset; /* of a char * in the struct */
} TextField;

#define CLIENT_TEXT(key, member)                                                                   \
  {                                                                                                \
    key, G_STRUCT_OFFSET(ShopcaisseClient, member)                                                 \
  }
#define ADDRESS_TEXT(key, member)                                                                  \
  {                                                                                                \
    key, G_STRUCT_OFFSET(ShopcaisseClientAddress, member)                                          \
  }

static const TextField client_texts[] = {
  CLIENT_TEXT("lastName", last_name),
  CLIENT_TEXT("firstName", first_name),
  CLIENT_TEXT("phoneNumber", phone),
  CLIENT_TEXT("mobileNumber", mobile),
  CLIENT_TEXT("email", email),
  CLIENT_TEXT("note", note),
  CLIENT_TEXT("dateOfBirth", date_of_birth),
  CLIENT_TEXT("companyName", company),
  CLIENT_TEXT("companyType", company_type),
  CLIENT_TEXT("codeApe", code_ape),
  CLIENT_TEXT("siretNumber", siret),
  CLIENT_TEXT("vatNumber", vat_number),
};

static const TextField address_texts[] = {
  ADDRESS_TEXT("name", name),
  ADDRESS_TEXT("description", description),
  ADDRESS_TEXT("line1", line1),
  ADDRESS_TEXT("line2", line2),
  ADDRESS_TEXT("postalCode", postal_code),
  ADDRESS_TEXT("city", city),
  ADDRESS_TEXT("country", country),
  ADDRESS_TEXT("extraAddressInfo", extra),
};

static const ShopcaisseShapeField address_fields[] = {
  { .key = "id" },          { .key = "name" },
  { .key = "description" }, { .key = "line1" },
  { .key = "line2" },       { .key = "postalCode" },
  { .key = "city" },        { .key = "country" },
  { .key = "default" },     { .key = "extraAddressInfo" },
};

static const ShopcaisseShape address_shape = SHOPCAISSE_SHAPE("customer.addresses", address_fields);

static const ShopcaisseShapeField client_fields[] = {
  { .key = "id" },
  { .key = "lastName" },
  { .key = "firstName" },
  { .key = "phoneNumber" },
  { .key = "mobileNumber" },
  { .key = "email" },
  { .key = "note" },
  { .key = "dateOfBirth" },
  { .key = "professional" },
  { .key = "companyName" },
  { .key = "companyType" },
  { .key = "codeApe" },
  { .key = "siretNumber" },
  { .key = "vatNumber" },
  { .key = "addresses", .below = &address_shape },
};

static const ShopcaisseShape client_shape = SHOPCAISSE_SHAPE("customer", client_fields);

/**
 * shopcaisse_clients_request:
 * @store_id: the store
 * @page: which page, from 0
 *
 * Asks for a page of customers.
 *
 * Returns: (transfer full): the request
 */
ShopcaisseRequest *
shopcaisse_clients_request(const char *store_id, guint page)
{
  g_return_val_if_fail(store_id != NULL, NULL);

  GString *path = shopcaisse_path_new("stores", store_id, "customers", NULL);

  shopcaisse_path_add_page(path, page, SHOPCAISSE_CLIENTS_PAGE_SIZE);
  return shopcaisse_request_new(SHOPCAISSE_METHOD_GET, g_string_free(path, FALSE), NULL,
                                SHOPCAISSE_ANSWER_MAX);
}

static ShopcaisseRequest *
new_client_request(ShopcaisseMethod method,
                   const char *store_id,
                   const char *client_id,
                   GBytes *body)
{
  GString *path = shopcaisse_path_new("stores", store_id, "customers", client_id, NULL);

  return shopcaisse_request_new(method, g_string_free(path, FALSE), body, SHOPCAISSE_ANSWER_MAX);
}

/**
 * shopcaisse_client_request:
 * @store_id: the store
 * @client_id: the customer
 *
 * Asks for one customer.
 *
 * Returns: (transfer full): the request
 */
ShopcaisseRequest *
shopcaisse_client_request(const char *store_id, const char *client_id)
{
  g_return_val_if_fail(store_id != NULL && shopcaisse_text_is_id(client_id), NULL);

  return new_client_request(SHOPCAISSE_METHOD_GET, store_id, client_id, NULL);
}

static gboolean
read_texts(json_t *object, const TextField *fields, gsize n_fields, gpointer record, GError **error)
{
  for (gsize i = 0; i < n_fields; i++) {
    if (!shopcaisse_json_get_text(object, fields[i].key,
                                  &G_STRUCT_MEMBER(char *, record, fields[i].offset), error))
      return FALSE;
  }
  return TRUE;
}

static gpointer
read_address(json_t *object, GError **error)
{
  g_autoptr(ShopcaisseClientAddress) address = g_new0(ShopcaisseClientAddress, 1);

  if (!shopcaisse_json_get_id(object, "id", SHOPCAISSE_JSON_OPTIONAL, &address->id, error) ||
      !read_texts(object, address_texts, G_N_ELEMENTS(address_texts), address, error) ||
      !shopcaisse_json_get_boolean(object, "default", &address->is_default, error))
    return NULL;
  return g_steal_pointer(&address);
}

static gpointer
read_client(json_t *object, GError **error)
{
  g_autoptr(ShopcaisseClient) client = g_new0(ShopcaisseClient, 1);

  client->addresses =
      g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_client_address_free);
  if (!shopcaisse_json_get_id(object, "id", SHOPCAISSE_JSON_REQUIRED, &client->id, error) ||
      !read_texts(object, client_texts, G_N_ELEMENTS(client_texts), client, error) ||
      !shopcaisse_json_get_boolean(object, "professional", &client->professional, error) ||
      !shopcaisse_rows_read(object, "addresses", read_address, client->addresses, error))
    return NULL;
  return g_steal_pointer(&client);
}

static const ShopcaisseRowKind client_row = {
  .shape = &client_shape,
  .row_read = read_client,
  .row_free = (GDestroyNotify)shopcaisse_client_free,
};

/**
 * shopcaisse_clients_parse:
 * @body: the answer
 * @error: return location for an error
 *
 * Reads a page of customers.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when the answer is not a page.
 *
 * Returns: (transfer full): a page of #ShopcaisseClient
 */
ShopcaissePage *
shopcaisse_clients_parse(GBytes *body, GError **error)
{
  return shopcaisse_page_read(body, &client_row, error);
}

/**
 * shopcaisse_client_parse:
 * @body: the answer
 * @error: return location for an error
 *
 * Reads one customer: what was asked for, made, changed or deleted.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when the answer is not a customer.
 *
 * Returns: (transfer full): the customer
 */
ShopcaisseClient *
shopcaisse_client_parse(GBytes *body, GError **error)
{
  g_return_val_if_fail(body != NULL, NULL);

  g_autoptr(json_t) root = shopcaisse_json_load_object(body, error);

  return root != NULL ? read_client(root, error) : NULL;
}

static void
add_texts(GString *json, const TextField *fields, gsize n_fields, gconstpointer record)
{
  for (gsize i = 0; i < n_fields; i++) {
    const char *text = G_STRUCT_MEMBER(char *, record, fields[i].offset);

    if (text != NULL)
      shopcaisse_json_add_text(json, fields[i].key, text);
  }
}

static void
add_addresses(GString *json, const GPtrArray *addresses)
{
  shopcaisse_json_begin_array(json, "addresses");
  for (guint i = 0; addresses != NULL && i < addresses->len; i++) {
    const ShopcaisseClientAddress *address = g_ptr_array_index(addresses, i);

    shopcaisse_json_begin_object(json, NULL);
    add_texts(json, address_texts, G_N_ELEMENTS(address_texts), address);
    shopcaisse_json_add_boolean(json, "default", address->is_default);
    shopcaisse_json_end_object(json);
  }
  shopcaisse_json_end_array(json);
}

/**
 * shopcaisse_client_create_request:
 * @store_id: the store
 * @client: the customer; its id and those of its addresses are not sent
 *
 * Makes a customer. Nothing recognises a repetition, so the file is read first; docs/PROTOCOL.md
 * 3.15.
 *
 * Returns: (transfer full): the request
 */
ShopcaisseRequest *
shopcaisse_client_create_request(const char *store_id, const ShopcaisseClient *client)
{
  g_return_val_if_fail(store_id != NULL && client != NULL, NULL);

  GString *path = shopcaisse_path_new("stores", store_id, "customers", NULL);
  GString *json = g_string_new(NULL);
  g_autoptr(GBytes) body = NULL;

  shopcaisse_json_begin_object(json, NULL);
  add_texts(json, client_texts, G_N_ELEMENTS(client_texts), client);
  shopcaisse_json_add_boolean(json, "professional", client->professional);
  add_addresses(json, client->addresses);
  shopcaisse_json_end_object(json);
  body = g_string_free_to_bytes(json);
  return shopcaisse_request_new(SHOPCAISSE_METHOD_POST, g_string_free(path, FALSE), body,
                                SHOPCAISSE_ANSWER_MAX);
}

/**
 * shopcaisse_client_edit:
 * @read: the customer as the service answered it just now
 * @wanted: what is wanted; a text that is %NULL stays, so do the addresses
 * @error: return location for an error
 *
 * Writes a changed customer. Whether what is left out would be erased is unknown (docs/PROTOCOL.md
 * 3.15), so all that was read goes back, what is not known here included.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when @read is not a customer.
 *
 * Returns: (transfer full): the body of the request
 */
GBytes *
shopcaisse_client_edit(GBytes *read, const ShopcaisseClient *wanted, GError **error)
{
  g_return_val_if_fail(read != NULL && wanted != NULL, NULL);

  g_autoptr(ShopcaisseClient) before = shopcaisse_client_parse(read, error);
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
  ShopcaisseJsonMember members[G_N_ELEMENTS(client_texts) + 1] = { { NULL, NULL } };
  gsize n_members = 0;

  if (before == NULL)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS(client_texts); i++) {
    const char *text = G_STRUCT_MEMBER(char *, wanted, client_texts[i].offset);

    if (text == NULL)
      continue;
    g_ptr_array_add(texts, shopcaisse_json_quote(text));
    members[n_members++] =
        (ShopcaisseJsonMember){ client_texts[i].key, texts->pdata[texts->len - 1] };
  }
  members[n_members++] =
      (ShopcaisseJsonMember){ "professional", wanted->professional ? "true" : "false" };
  return shopcaisse_json_edit(read, members, n_members, error);
}

/**
 * shopcaisse_client_edit_request:
 * @store_id: the store
 * @client_id: the customer
 * @body: what [func@Shopcaisse.client_edit] gave; a reference is taken
 *
 * Changes a customer.
 *
 * Returns: (transfer full): the request
 */
ShopcaisseRequest *
shopcaisse_client_edit_request(const char *store_id, const char *client_id, GBytes *body)
{
  g_return_val_if_fail(store_id != NULL && body != NULL, NULL);
  g_return_val_if_fail(shopcaisse_text_is_id(client_id), NULL);

  return new_client_request(SHOPCAISSE_METHOD_PUT, store_id, client_id, body);
}

/**
 * shopcaisse_client_delete_request:
 * @store_id: the store
 * @client_id: the customer
 *
 * Deletes a customer.
 *
 * Returns: (transfer full): the request
 */
ShopcaisseRequest *
shopcaisse_client_delete_request(const char *store_id, const char *client_id)
{
  g_return_val_if_fail(store_id != NULL && shopcaisse_text_is_id(client_id), NULL);

  return new_client_request(SHOPCAISSE_METHOD_DELETE, store_id, client_id, NULL);
}
