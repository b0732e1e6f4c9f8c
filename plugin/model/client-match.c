/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Who of a store's file a buyer is: by id, else by e-mail, else by telephone. A name is never
 * enough: two people have the same. */
#include "model/client-match.h"

#include "model/text.h"

#include <string.h>

#define PHONE_DIGITS_MIN 8

/* A telephone number without blanks and signs, and the country where it says one. */
typedef struct {
  char *digits;        /* (owned): without a country and the 0 before it */
  const char *country; /* "" when the number does not say */
} Phone;

static void
clear_phone(Phone *phone)
{
  g_free(phone->digits);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Phone, clear_phone)

/* The countries of the shops and those around them. */
static const char *const countries[] = { "33", "32", "352", "31", "49", "41", "44", "34", "39" };

static Phone
read_phone(const char *text)
{
  g_autoptr(GString) digits = g_string_new(NULL);
  Phone phone = { NULL, "" };
  const char *rest = NULL;
  gboolean is_international = FALSE;

  for (const char *at = text != NULL ? text : ""; *at != '\0'; at++) {
    if (g_ascii_isdigit(*at))
      g_string_append_c(digits, *at);
  }
  rest = digits->str;
  is_international = text != NULL && strchr(text, '+') != NULL;
  if (!is_international && g_str_has_prefix(rest, "00")) {
    is_international = TRUE;
    rest += strlen("00");
  }
  for (gsize i = 0; is_international && *phone.country == '\0' && i < G_N_ELEMENTS(countries);
       i++) {
    if (g_str_has_prefix(rest, countries[i]))
      phone.country = countries[i];
  }
  rest += strlen(phone.country);
  /* "+33 (0)6" is written as well. */
  if (*rest == '0')
    rest++;
  phone.digits = g_strdup(rest);
  return phone;
}

static gboolean
is_same_phone(const char *ours, const char *theirs)
{
  g_auto(Phone) a = read_phone(ours);
  g_auto(Phone) b = read_phone(theirs);

  return strlen(a.digits) >= PHONE_DIGITS_MIN && g_str_equal(a.digits, b.digits) &&
         (*a.country == '\0' || *b.country == '\0' || g_str_equal(a.country, b.country));
}

/* "" for no address. What stands behind a + is part of it: that may be another person. */
static char *
fold_email(const char *text)
{
  g_autofree char *stripped = text != NULL ? g_strstrip(g_strdup(text)) : NULL;

  return stripped != NULL && strchr(stripped, '@') != NULL ? g_utf8_casefold(stripped, -1)
                                                           : g_strdup("");
}

/**
 * shopcaisse_client_match:
 * @self: a client of a store's file
 * @customer: the buyer of a sale
 *
 * Compares the two. Case and blanks of an address do not count, nor do the ways of writing a
 * telephone number. Two that share a telephone and have different addresses are two.
 *
 * Returns: how surely they are one
 */
ShopcaisseClientMatch
shopcaisse_client_match(const ShopcaisseClient *self, const ShopcaisseCustomer *customer)
{
  g_autofree char *ours = fold_email(customer->email);
  g_autofree char *theirs = fold_email(self->email);

  if (customer->id != NULL && g_strcmp0(customer->id, self->id) == 0)
    return SHOPCAISSE_CLIENT_SAME_ID;
  if (*ours != '\0' && g_str_equal(ours, theirs))
    return SHOPCAISSE_CLIENT_SAME_EMAIL;
  if (*ours != '\0' && *theirs != '\0')
    return SHOPCAISSE_CLIENT_STRANGER;
  if (is_same_phone(customer->phone, self->mobile) || is_same_phone(customer->phone, self->phone))
    return SHOPCAISSE_CLIENT_SAME_PHONE;
  return SHOPCAISSE_CLIENT_STRANGER;
}

/**
 * shopcaisse_customer_can_be_found:
 * @self: the buyer of a sale
 *
 * Returns: whether there is an id, an address or a telephone number to look for
 */
gboolean
shopcaisse_customer_can_be_found(const ShopcaisseCustomer *self)
{
  g_autofree char *email = fold_email(self->email);
  g_auto(Phone) phone = read_phone(self->phone);

  return self->id != NULL || *email != '\0' || strlen(phone.digits) >= PHONE_DIGITS_MIN;
}

static void
take_over(char **text, const char *known)
{
  if (known == NULL || *known == '\0')
    return;
  g_free(*text);
  *text = g_strdup(known);
}

/**
 * shopcaisse_customer_merge:
 * @self: (inout): the buyer of a sale
 * @client: who that is in the store's file
 *
 * Writes the buyer as the file does, so that the service knows the client again: an order carries
 * no client's id; docs/PROTOCOL.md 3.12.
 */
void
shopcaisse_customer_merge(ShopcaisseCustomer *self, const ShopcaisseClient *client)
{
  g_autofree char *name = g_strjoin(" ", client->first_name != NULL ? client->first_name : "",
                                    client->last_name != NULL ? client->last_name : "", NULL);

  take_over(&self->name, g_strstrip(name));
  take_over(&self->company, client->company);
  take_over(&self->phone, client->phone);
  take_over(&self->phone, client->mobile);
  take_over(&self->email, client->email);
}

/**
 * shopcaisse_customer_copy:
 * @self: a buyer
 * @copy: (out caller-allocates): filled; empty before
 *
 * Duplicates one.
 */
void
shopcaisse_customer_copy(const ShopcaisseCustomer *self, ShopcaisseCustomer *copy)
{
  copy->name = g_strdup(self->name);
  copy->company = g_strdup(self->company);
  copy->phone = g_strdup(self->phone);
  copy->email = g_strdup(self->email);
  copy->id = g_strdup(self->id);
  shopcaisse_address_copy(&self->billing, &copy->billing);
  shopcaisse_address_copy(&self->delivery, &copy->delivery);
}

/**
 * shopcaisse_phone_dup_digits:
 * @text: (nullable): perhaps a telephone number
 *
 * Gives the digits that are alike in each way of writing the number: without the country and the 0
 * before it.
 *
 * Returns: (transfer full) (nullable): the digits; %NULL when @text is no telephone number
 */
char *
shopcaisse_phone_dup_digits(const char *text)
{
  g_auto(Phone) phone = read_phone(text);

  if (text == NULL || strspn(text, "0123456789 +./()-") != strlen(text) ||
      strlen(phone.digits) < PHONE_DIGITS_MIN)
    return NULL;
  return g_steal_pointer(&phone.digits);
}
