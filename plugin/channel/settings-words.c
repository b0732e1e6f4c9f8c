/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The words of the settings page. Keys, kinds and checks are the engine's (engine/configuration.c);
 * the order of the page is the order in which the engine gives its rows. */
#include "channel/settings-words.h"

#include "config.h"

#include <glib/gi18n-lib.h>

/* Translators: a group of settings: how the till is reached. */
#define GROUP_CONNECTION N_("Connection")
/* Translators: a group of settings: which shop and which till. */
#define GROUP_SHOP N_("Shop")
/* Translators: a group of settings: what is on sale. */
#define GROUP_ARTICLES N_("Articles")
/* Translators: a group of settings: what is sent with a sale. */
#define GROUP_SALES N_("Sales")
/* Translators: a group of settings: what a person has looked at in Shopcaisse. */
#define GROUP_START N_("Before the first order")
/* Translators: a group of settings: how often data is fetched. */
#define GROUP_SCHEDULE N_("Schedule")
/* Translators: a group of settings: how the service tells that something has changed. */
#define GROUP_WEBHOOKS N_("Events from Shopcaisse")
/* Translators: a group of settings that few people need. */
#define GROUP_ADVANCED N_("Advanced")

static const ShopcaisseSettingWords all_words[] = {
  { .key = "token",
    .kind = "secret",
    /* Translators: the key that Shopcaisse gives to a shop, a long text. */
    .label = N_("Access token"),
    .group = GROUP_CONNECTION,
    /* Translators: keep the path as it is written in the back office of Shopcaisse. */
    .help = N_("Made in the Shopcaisse back office: Features > Integrations > Connectors & API > "
               "Public API > Configure > Your External Applications. The access key of the "
               "WooCommerce module's page works, too. It is kept safely and never shown again.") },
  { .key = "api-url",
    .kind = "url",
    .label = N_("Service address"),
    .group = GROUP_CONNECTION,
    .help = N_("Leave empty to use the address that belongs to the token.") },
  { .key = "store",
    .kind = "choice",
    /* Translators: the shop that the orders go to, chosen from a list. */
    .label = N_("Store"),
    .group = GROUP_SHOP,
    .help = N_("The Shopcaisse store that receives the sales of this program.") },
  { .key = "pos",
    .kind = "choice",
    /* Translators: one till of a store, chosen from a list. */
    .label = N_("Register"),
    .group = GROUP_SHOP,
    .help = N_("The register of the store that receives the orders.") },
  { .key = "price-list",
    .kind = "choice",
    .label = N_("Price list"),
    .group = GROUP_SHOP,
    .help = N_("Prices are compared with this price list of Shopcaisse."),
    .choices = { { "", N_("The articles' own prices") } } },
  { .key = "till-of-record",
    .kind = "choice",
    /* Translators: the program whose sales count for the tax office. */
    .label = N_("Till of record"),
    .group = GROUP_SHOP,
    .help =
        N_("The program whose sales count for the tax office. A sale must be recorded by one of "
           "the two only."),
    .choices = { { "", N_("Not chosen yet") },
                 { "shopcaisse", N_("Shopcaisse") },
                 /* Translators: the program in which this page is shown. */
                 { "host", N_("This program") } } },
  { .key = "link-by",
    .kind = "choice",
    .label = N_("Link articles by themselves"),
    .group = GROUP_ARTICLES,
    .help = N_("When one article of this program and one of Shopcaisse are alike, and no other "
               "is. What is not linked by itself is shown when you compare, and is never made a "
               "second time."),
    .choices = { { "any", N_("By barcode, then by reference") },
                 { "barcode", N_("By barcode alone") },
                 { "reference", N_("By reference alone") },
                 { "hand", N_("Never: I link them by hand") } } },
  { .key = "order-prefix",
    .kind = "text",
    /* Translators: a short text before the number of an order. */
    .label = N_("Order number prefix"),
    .group = GROUP_SALES,
    .help = N_("Shown before the number of each order on the till, 16 characters at most.") },
  { .key = "automatic",
    .kind = "boolean",
    .label = N_("Send sales by themselves"),
    .group = GROUP_SALES,
    .help = N_("A sale that is sent when it is paid keeps the stock right. Without this each sale "
               "waits in the list of orders until you send it.") },
  { .key = "send-when",
    .kind = "choice",
    .label = N_("A sale is sent"),
    .group = GROUP_SALES,
    .help =
        N_("Sent as soon as it is paid, a sale keeps the stock right. What is not paid is never "
           "sent."),
    /* Translators: "A sale is sent: in the statuses that are ticked". */
    .choices = { { "status", N_("In the statuses that are ticked") },
                 /* Translators: "A sale is sent: as soon as it is paid". */
                 { "paid", N_("As soon as it is paid") } } },
  { .key = "send-customer",
    .kind = "boolean",
    .label = N_("Send the customer's name and phone number"),
    .group = GROUP_SALES,
    .help = N_("With the e-mail address and the company, where they are known. The file of "
               "Shopcaisse is searched first, so that the order is for the customer you have "
               "there. Nothing of it stays here once the order has arrived.") },
  { .key = "default-customer",
    .kind = "text",
    .label = N_("Customer of sales without one"),
    .group = GROUP_SALES,
    .help = N_("The e-mail address or phone number of a customer in the file of Shopcaisse; empty "
               "for none. Only while customers are sent.") },
  { .key = "confirmed-subscription",
    .kind = "boolean",
    .label = N_("The Public API subscription is active"),
    .group = GROUP_START,
    .help = N_("Features > Integrations > Connectors & API > Public API in the back office. It "
               "cannot be seen from here.") },
  { .key = "confirmed-module",
    .kind = "boolean",
    .label = N_("The Order Management module is active for this register"),
    .group = GROUP_START,
    .help = N_("It is activated for each register in the back office. It cannot be seen from "
               "here.") },
  { .key = "confirmed-selling",
    .kind = "boolean",
    /* Translators: Discovery mode is a till's trial; no order is taken in it. */
    .label = N_("Discovery mode was left"),
    .group = GROUP_START,
    .help = N_("\"Start collecting payments\" was tapped on the iPad. It cannot be seen from "
               "here.") },
  { .key = "confirmed-ipad",
    .kind = "boolean",
    .label = N_("The iPad is ready"),
    .group = GROUP_START,
    .help = N_("The Shopcaisse app is open, logged in and online.") },
  { .key = "confirmed-menu",
    .kind = "boolean",
    .label = N_("The articles of the till are complete"),
    .group = GROUP_START,
    .help = N_("Options, prices and a VAT rate for each article are set in the back office.") },
  { .key = "orders-interval",
    .kind = "number",
    .label = N_("Follow orders every (minutes)"),
    .group = GROUP_SCHEDULE,
    .help = N_("How often the state of open orders is asked for; 0 means never.") },
  { .key = "sales-interval",
    .kind = "number",
    .label = N_("Fetch sales every (minutes)"),
    .group = GROUP_SCHEDULE,
    .help = N_("How often sales are fetched from the till; 0 means never.") },
  { .key = "catalogue-interval",
    .kind = "number",
    .label = N_("Fetch articles every (minutes)"),
    .group = GROUP_SCHEDULE,
    .help = N_("How often articles and prices are fetched; 0 means never.") },
  { .key = "stock-interval",
    .kind = "number",
    .label = N_("Fetch stock every (minutes)"),
    .group = GROUP_SCHEDULE,
    .help = N_("How often stock levels are fetched; 0 means never.") },
  { .key = "catch-up-interval",
    .kind = "number",
    .label = N_("Look for missed sales every (minutes)"),
    .group = GROUP_SCHEDULE,
    .help = N_("How often this program is asked for sales that were not sent; 0 means never.") },
  { .key = "webhooks",
    .kind = "boolean",
    .label = N_("Listen for events"),
    .group = GROUP_WEBHOOKS,
    .help = N_("Changes are seen within seconds. Without it everything is asked for at its "
               "interval.") },
  { .key = "webhook-url",
    .kind = "url",
    .label = N_("Public address"),
    .group = GROUP_WEBHOOKS,
    .help = N_("The address of your reverse proxy or tunnel, which leads here. Paste it into the "
               "settings of the application in the Shopcaisse back office.") },
  { .key = "webhook-address",
    .kind = "text",
    .label = N_("Listen at the address"),
    .group = GROUP_WEBHOOKS,
    .help = N_("127.0.0.1 is this computer alone, with a reverse proxy or tunnel in front. Any "
               "other address is open to other computers.") },
  { .key = "webhook-port",
    .kind = "number",
    /* Translators: a number of the network, as in 127.0.0.1:8421. */
    .label = N_("Listen at the port"),
    .group = GROUP_WEBHOOKS },
  { .key = "webhook-path",
    .kind = "text",
    /* Translators: the last part of an internet address, as in example.org/shopcaisse. */
    .label = N_("Path"),
    .group = GROUP_WEBHOOKS },
  { .key = "webhook-header",
    .kind = "text",
    /* Translators: a header of an HTTP request, which proves who has sent it. */
    .label = N_("Header of the signature"),
    .group = GROUP_WEBHOOKS,
    .help = N_("Leave it as it is unless you were told otherwise.") },
  { .key = "time-zone",
    .kind = "text",
    .label = N_("Time zone of the shop"),
    .group = GROUP_ADVANCED,
    /* Translators: keep the name of the time zone as it is. */
    .help = N_("For example Europe/Paris. It decides when a day of sales ends.") },
  { .key = "transport",
    .kind = "choice",
    /* Translators: the part of the program that talks to the network. */
    .label = N_("Network library"),
    .group = GROUP_ADVANCED,
    .help = N_("Leave it automatic unless you were told otherwise."),
    .choices = { { "auto", N_("Automatic") }, { "soup", "libsoup" }, { "curl", "libcurl" } } },
  { .key = "proxy",
    .kind = "text",
    .label = N_("Proxy server"),
    .group = GROUP_ADVANCED,
    /* Translators: keep "system" and "none" as they are: they are typed into the field. */
    .help = N_("\"system\" follows this computer, \"none\" uses no proxy; otherwise the address of "
               "the proxy server.") },
  { .key = "debug",
    .kind = "boolean",
    .label = N_("Write a detailed log"),
    .group = GROUP_ADVANCED,
    .help = N_("Helps support to find a fault. Tokens and customers are never written. It goes off "
               "by itself after a day.") },
};

/* What is wrong with a value, by the word the engine has for it. */
static const ShopcaisseChoiceWords all_errors[] = {
  { "required", N_("A value is needed here.") },
  { "invalid", N_("This value cannot be used.") },
  { "not-a-url", N_("This is not an internet address.") },
  { "not-https", N_("The address must begin with https.") },
  { "not-a-number", N_("This is not a number.") },
  { "out-of-range", N_("This number is too small or too large.") },
  { "too-long", N_("This text is too long.") },
  { "unknown-choice", N_("This choice does not exist any more.") },
  { "unknown-time-zone", N_("There is no such time zone.") },
  { "unauthorized", N_("Shopcaisse does not accept this token.") },
  { "missing-right", N_("This token has not got all the rights that are needed.") },
  { "wrong-environment", N_("This token belongs to another address of the service.") },
};

/**
 * shopcaisse_setting_words_find:
 * @key: the key of a setting
 *
 * Finds the words of a setting.
 *
 * Returns: (transfer none) (nullable): the words, not translated, or %NULL if there are none
 */
const ShopcaisseSettingWords *
shopcaisse_setting_words_find(const char *key)
{
  for (gsize i = 0; i < G_N_ELEMENTS(all_words); i++) {
    if (g_str_equal(all_words[i].key, key))
      return &all_words[i];
  }
  return NULL;
}

/**
 * shopcaisse_setting_words_find_error:
 * @code: what is wrong, in a word
 *
 * Finds the sentence for an error.
 *
 * Returns: (transfer none): the sentence, translated; @code itself if there is none
 */
const char *
shopcaisse_setting_words_find_error(const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS(all_errors); i++) {
    if (g_str_equal(all_errors[i].value, code))
      return _(all_errors[i].label);
  }
  return code;
}
