/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "page-fixture.h"

static const char blank_settings[] =
    "[{'key': <'token'>, 'kind': <'secret'>, 'label': <'Access token'>, 'group': <'Connection'>,"
    "  'value': <false>, 'hint': <''>},"
    " {'key': <'api-url'>, 'kind': <'url'>, 'label': <'Service address'>,"
    "  'group': <'Connection'>, 'help': <'Leave it empty.'>, 'value': <''>},"
    " {'key': <'store'>, 'kind': <'choice'>, 'label': <'Store'>, 'group': <'Shop'>,"
    "  'value': <''>, 'choices': <@aa{sv} []>},"
    " {'key': <'pos'>, 'kind': <'choice'>, 'label': <'Register'>, 'group': <'Shop'>,"
    "  'value': <''>, 'choices': <@aa{sv} []>},"
    " {'key': <'till-of-record'>, 'kind': <'choice'>, 'label': <'Till of record'>,"
    "  'group': <'Shop'>, 'value': <''>,"
    "  'choices': <[{'value': <''>, 'label': <'Not chosen yet'>},"
    "              {'value': <'shopcaisse'>, 'label': <'Shopcaisse'>},"
    "              {'value': <'host'>, 'label': <'This program'>}]>},"
    " {'key': <'send-customer'>, 'kind': <'boolean'>, 'label': <'Send the customer'>,"
    "  'group': <'Sales'>, 'value': <false>},"
    " {'key': <'orders-interval'>, 'kind': <'number'>, 'label': <'Follow orders every (minutes)'>,"
    "  'group': <'Schedule'>, 'value': <uint32 2>},"
    " {'key': <'debug'>, 'kind': <'boolean'>, 'label': <'Write a detailed log'>,"
    "  'group': <'Advanced'>, 'value': <false>},"
    " {'key': <'confirmed-ipad'>, 'kind': <'boolean'>, 'label': <'The iPad is online'>,"
    "  'group': <'Before the first order'>, 'value': <false>}]";

static const char ready_settings[] =
    "[{'key': <'token'>, 'kind': <'secret'>, 'label': <'Access token'>, 'group': <'Connection'>,"
    "  'value': <true>, 'hint': <'…wxyz'>},"
    " {'key': <'api-url'>, 'kind': <'url'>, 'label': <'Service address'>,"
    "  'group': <'Connection'>, 'help': <'Leave it empty.'>, 'value': <''>},"
    " {'key': <'store'>, 'kind': <'choice'>, 'label': <'Store'>, 'group': <'Shop'>,"
    "  'value': <'s1'>, 'choices': <[{'value': <'s1'>, 'label': <'Rue Neuve (Lille)'>}]>},"
    " {'key': <'pos'>, 'kind': <'choice'>, 'label': <'Register'>, 'group': <'Shop'>,"
    "  'value': <'r1'>, 'choices': <[{'value': <'r1'>, 'label': <'iPad 1'>}]>},"
    " {'key': <'till-of-record'>, 'kind': <'choice'>, 'label': <'Till of record'>,"
    "  'group': <'Shop'>, 'value': <'shopcaisse'>,"
    "  'choices': <[{'value': <'shopcaisse'>, 'label': <'Shopcaisse'>},"
    "              {'value': <'host'>, 'label': <'This program'>}]>},"
    " {'key': <'send-customer'>, 'kind': <'boolean'>, 'label': <'Send the customer'>,"
    "  'group': <'Sales'>, 'value': <false>},"
    " {'key': <'automatic'>, 'kind': <'boolean'>, 'label': <'Send sales by themselves'>,"
    "  'group': <'Sales'>, 'value': <true>},"
    " {'key': <'send-status:quotation'>, 'kind': <'boolean'>, 'label': <'Devis'>,"
    "  'group': <'Statuses in which a sale is sent'>, 'value': <false>},"
    " {'key': <'payment:voucher'>, 'kind': <'choice'>, 'label': <'Chèque-repas'>,"
    "  'group': <'Ways of paying at Shopcaisse'>, 'value': <''>,"
    "  'choices': <[{'value': <''>, 'label': <'Not said yet'>},"
    "              {'value': <'other'>, 'label': <'Paid at the counter'>}]>},"
    " {'key': <'orders-interval'>, 'kind': <'number'>, 'label': <'Follow orders every (minutes)'>,"
    "  'group': <'Schedule'>, 'value': <uint32 2>},"
    " {'key': <'debug'>, 'kind': <'boolean'>, 'label': <'Write a detailed log'>,"
    "  'group': <'Advanced'>, 'value': <false>},"
    " {'key': <'confirmed-ipad'>, 'kind': <'boolean'>, 'label': <'The iPad is online'>,"
    "  'group': <'Before the first order'>, 'value': <false>}]";

static const char checklist[] =
    "[{'id': <'subscription'>, 'name': <'Public API subscription'>, 'text': <'Subscribe.'>,"
    "  'state': <'ok'>, 'setting': <''>},"
    " {'id': <'ipad'>, 'name': <'The iPad is online'>, 'text': <'Open the app on the iPad.'>,"
    "  'state': <'unknown'>, 'setting': <'confirmed-ipad'>}]";

ScriptedChannel *
page_fixture_new_blank(void)
{
  ScriptedChannel *channel = scripted_channel_new();
  scripted_channel_set_settings(channel, blank_settings);
  scripted_channel_set_list(channel, "checklist", checklist);
  scripted_channel_set_findings(channel,
                                "[{'id': <'token'>, 'level': <'error'>, 'title': <'no token'>}]");
  return channel;
}

ScriptedChannel *
page_fixture_new_ready(void)
{
  ScriptedChannel *channel = scripted_channel_new();
  scripted_channel_set_settings(channel, ready_settings);
  scripted_channel_set_list(channel, "checklist", checklist);
  scripted_channel_set_list(channel, "facts",
                            "[{'id': <'application'>, 'name': <'Application'>,"
                            "  'text': <'<b>Shop & Co</b>'>, 'level': <'ok'>},"
                            " {'id': <'environment'>, 'name': <'Environment'>,"
                            "  'text': <'Staging'>, 'level': <'warning'>}]");
  scripted_channel_set_list(channel, "rights",
                            "[{'id': <'store.*.orders.write'>, 'name': <'Send orders'>,"
                            "  'state': <'missing'>, 'text': <'This token lacks it.'>}]");
  scripted_channel_set_list(channel, "flows",
                            "[{'id': <'poll-orders'>, 'name': <'Follow orders'>,"
                            "  'setting': <'orders-interval'>, 'state': <'failed'>,"
                            "  'message': <'No network.'>,"
                            "  'last_run': <'2026-03-01T11:02:00Z'>, 'next_run': <''>}]");
  scripted_channel_set_list(channel, "orders",
                            "[{'id': <'S1'>, 'number': <'1001'>, 'state': <'held'>,"
                            "  'total': <'12.50'>, 'currency': <'EUR'>, 'can_send': <true>,"
                            "  'can_cancel': <true>, 'message': <'An article is not linked.'>}]");
  scripted_channel_set_counts(channel, "orders", "{'held': 1}");
  scripted_channel_set_list(channel, "items",
                            "[{'id': <'i1'>, 'name': <'Café crème'>, 'state': <'unlinked'>}]");
  scripted_channel_set_list(channel, "articles",
                            "[{'id': <'a1'>, 'name': <'Cafe creme'>, 'state': <'unlinked'>}]");
  scripted_channel_set_list(channel, "links", "[{'id': <'a9'>, 'external_id': <'i9'>}]");
  scripted_channel_set_status(channel, COMPTOIR_STATUS_READY, NULL);
  return channel;
}
