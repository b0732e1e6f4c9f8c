/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Each type of JSON in each field of orders, as listed, alone, and checked. */
#include "api-fields.h"
#include "api/orders.h"

#include <locale.h>
#include <string.h>

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

/* Lines with what is below them: "item:price:quantity(children)". */
static void
append_lines(GString *text, const GPtrArray *lines)
{
  for (guint i = 0; i < lines->len; i++) {
    const ShopcaisseOrderEchoLine *line = g_ptr_array_index(lines, i);

    g_string_append_printf(text, "%s:%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT "(",
                           line->item_id != NULL ? line->item_id : "none", line->price,
                           line->quantity_milli);
    append_lines(text, line->children);
    g_string_append_c(text, ')');
  }
}

static void
show_order(ApiShown *shown, gconstpointer row)
{
  const ShopcaisseOrderEcho *self = row;
  g_autoptr(GString) lines = g_string_new(NULL);

  append_lines(lines, self->lines);
  api_show_text(shown, "id", self->id);
  api_show_text(shown, "order_id", self->order_id);
  api_show_text(shown, "store", self->store_id);
  api_show_text(shown, "sub", self->sub_channel_order_id);
  api_show_text(shown, "display", self->display_id);
  api_show_text(shown, "status", self->status);
  api_show_text(shown, "reason", self->reason);
  api_show_text(shown, "receipt", self->receipt_id);
  api_show_text(shown, "document", self->document_id);
  api_show_number(shown, "has_receipt", self->has_receipt);
  api_show_number(shown, "is_test", self->is_test);
  api_show_number(shown, "pickup", self->pickup_at);
  api_show_number(shown, "digits", self->decimal_digits);
  api_show_number(shown, "has_amounts", self->has_amounts);
  api_show_number(shown, "payments", self->payments_total);
  api_show_number(shown, "fees", self->fees_total);
  api_show_text(shown, "lines", lines->str);
}

static gboolean
show_orders(GBytes *body, ApiShown *shown, GError **error)
{
  g_autoptr(ShopcaissePage) page = shopcaisse_orders_parse(body, error);

  return api_show_page(shown, page, show_order, error);
}

static gboolean
show_one_order(GBytes *body, ApiShown *shown, GError **error)
{
  g_autoptr(ShopcaisseOrderEcho) value = shopcaisse_order_parse(body, error);

  if (value == NULL)
    return FALSE;
  show_order(shown, value);
  return TRUE;
}

static gboolean
show_verification(GBytes *body, ApiShown *shown, GError **error)
{
  g_autoptr(ShopcaisseOrderEcho) echo = NULL;
  ShopcaisseVerification verification = SHOPCAISSE_VERIFICATION_SILENT;

  if (!shopcaisse_order_verify_parse(body, &verification, &echo, error))
    return FALSE;
  api_show_number(shown, "verification", verification);
  if (echo != NULL)
    show_order(shown, echo);
  return TRUE;
}

#define ORDER_ROW                                                                                  \
  "{'id':'o','orderId':'ours','storeId':'s','subChannelOrderId':'d','subChannelOrderDisplayId':'"  \
  "42',"                                                                                           \
  "'status':'done','reason':'r','internalOrderDocumentId':'doc','testOrder':false,'pickupTime':"   \
  "1000,"                                                                                          \
  "'receiptId':null,'decimalDigits':2,'serviceCharge':0,'deliveryCost':0,'bagFee':0,'tip':1,"      \
  "'driverTip':0,'discountTotal':0,'payments':[{'amount':5,'decimalDigits':2,'receiptId':'pr',"    \
  "'receipt':null,'type':'OTHER'}],'items':[{'productId':'i','itemId':'j','price':5,'quantity':1," \
  "'name':'N','children':[{'productId':'k','price':2,'quantity':1,'children':[]}]}]}"

/* What can no longer be added up is not added up at all, and the order is known all the same. */
#define NO_AMOUNTS    "has_amounts=0 payments=0 fees=0"
#define FEE           NO_AMOUNTS, NO_AMOUNTS, NO_AMOUNTS, "fees=8000000", "fees=1500000", NO_AMOUNTS, "-"
#define WITHOUT(line) NO_AMOUNTS " lines=" line
#define CHILD         "k:2000000:1000()"
#define PARENT        "i:5000000:1000"

static const ApiField order_fields[] = {
  API_TEXT("id", "id", "!"),
  API_TEXT("orderId", "order_id", "order_id=none"),
  API_TEXT("storeId", "store", "store=none"),
  API_TEXT("subChannelOrderId", "sub", "sub=none"),
  API_TEXT("subChannelOrderDisplayId", "display", "display=none"),
  API_TEXT("status", "status", "status=none"),
  API_TEXT("reason", "reason", "reason=none"),
  API_TEXT("internalOrderDocumentId", "document", "document=none"),
  API_FLAG("testOrder", "is_test", "-"),
  API_NUMBER("pickupTime", "pickup=7000", "!", "pickup=-1"),
  API_TEXT("receiptId", "receipt", "-"),
  { "decimalDigits",
    { "digits=-1", "digits=-1", "digits=-1", "digits=7 " NO_AMOUNTS, "digits=-1", "digits=-1",
      "digits=-1" } },
  { "serviceCharge", { FEE } },
  { "deliveryCost", { FEE } },
  { "bagFee", { FEE } },
  { "tip",
    { NO_AMOUNTS, NO_AMOUNTS, NO_AMOUNTS, "fees=7000000", "fees=500000", NO_AMOUNTS, "fees=0" } },
  { "driverTip", { FEE } },
  { "discountTotal", { FEE } },
  { "payments",
    { "!", "receipt=none " NO_AMOUNTS, "!", "!", "!", "!", "receipt=none " NO_AMOUNTS } },
  { "payments.0",
    { "receipt=none " NO_AMOUNTS, "receipt=none " NO_AMOUNTS, "receipt=none " NO_AMOUNTS,
      "receipt=none " NO_AMOUNTS, "receipt=none " NO_AMOUNTS, "receipt=none " NO_AMOUNTS,
      "receipt=none " NO_AMOUNTS } },
  { "payments.0.amount",
    { NO_AMOUNTS, NO_AMOUNTS, NO_AMOUNTS, "payments=7000000", "payments=500000", NO_AMOUNTS,
      NO_AMOUNTS } },
  { "payments.0.decimalDigits", { "-", "-", "-", NO_AMOUNTS, "-", "-", "-" } },
  API_TEXT("payments.0.receiptId", "receipt", "receipt=none"),
  { "payments.0.receipt",
    { "has_receipt=1", "has_receipt=1", "has_receipt=1", "has_receipt=1", "has_receipt=1",
      "has_receipt=1", "-" } },
  { "payments.0.type", { API_UNTOUCHED } },
  { "items",
    { WITHOUT(""), WITHOUT("none:0:0()"), WITHOUT(""), WITHOUT(""), WITHOUT(""), WITHOUT(""),
      WITHOUT("") } },
  { "items.0",
    { WITHOUT("none:0:0()"), WITHOUT("none:0:0()"), WITHOUT("none:0:0()"), WITHOUT("none:0:0()"),
      WITHOUT("none:0:0()"), WITHOUT("none:0:0()"), WITHOUT("none:0:0()") } },
  { "items.0.productId",
    { WITHOUT("none:0:0(" CHILD ")"), WITHOUT("none:0:0(" CHILD ")"),
      "lines=probe:5000000:1000(" CHILD ")", WITHOUT("none:0:0(" CHILD ")"),
      WITHOUT("none:0:0(" CHILD ")"), WITHOUT("none:0:0(" CHILD ")"),
      "lines=j:5000000:1000(" CHILD ")" } },
  { "items.0.itemId", { API_UNTOUCHED } },
  { "items.0.name", { API_UNTOUCHED } },
  { "items.0.price",
    { WITHOUT("i:0:0(" CHILD ")"), WITHOUT("i:0:0(" CHILD ")"), WITHOUT("i:0:0(" CHILD ")"),
      "lines=i:7000000:1000(" CHILD ")", "lines=i:500000:1000(" CHILD ")",
      WITHOUT("i:0:0(" CHILD ")"), WITHOUT("i:0:0(" CHILD ")") } },
  { "items.0.quantity",
    { WITHOUT("i:5000000:0(" CHILD ")"), WITHOUT("i:5000000:0(" CHILD ")"),
      WITHOUT("i:5000000:0(" CHILD ")"), "lines=i:5000000:7000(" CHILD ")",
      "lines=i:5000000:500(" CHILD ")", WITHOUT("i:5000000:0(" CHILD ")"),
      WITHOUT("i:5000000:0(" CHILD ")") } },
  { "items.0.children",
    { WITHOUT(PARENT "()"), WITHOUT(PARENT "(none:0:0())"), WITHOUT(PARENT "()"),
      WITHOUT(PARENT "()"), WITHOUT(PARENT "()"), WITHOUT(PARENT "()"), "lines=" PARENT "()" } },
  { "items.0.children.0",
    { WITHOUT(PARENT "(none:0:0())"), WITHOUT(PARENT "(none:0:0())"),
      WITHOUT(PARENT "(none:0:0())"), WITHOUT(PARENT "(none:0:0())"),
      WITHOUT(PARENT "(none:0:0())"), WITHOUT(PARENT "(none:0:0())"),
      WITHOUT(PARENT "(none:0:0())") } },
  { "items.0.children.0.productId",
    { WITHOUT(PARENT "(none:0:0())"), WITHOUT(PARENT "(none:0:0())"),
      "lines=" PARENT "(probe:2000000:1000())", WITHOUT(PARENT "(none:0:0())"),
      WITHOUT(PARENT "(none:0:0())"), WITHOUT(PARENT "(none:0:0())"),
      "lines=" PARENT "(none:2000000:1000())" } },
  { "items.0.children.0.price",
    { WITHOUT(PARENT "(k:0:0())"), WITHOUT(PARENT "(k:0:0())"), WITHOUT(PARENT "(k:0:0())"),
      "lines=" PARENT "(k:7000000:1000())", "lines=" PARENT "(k:500000:1000())",
      WITHOUT(PARENT "(k:0:0())"), WITHOUT(PARENT "(k:0:0())") } },
  { "items.0.children.0.quantity",
    { WITHOUT(PARENT "(k:2000000:0())"), WITHOUT(PARENT "(k:2000000:0())"),
      WITHOUT(PARENT "(k:2000000:0())"), "lines=" PARENT "(k:2000000:7000())",
      "lines=" PARENT "(k:2000000:500())", WITHOUT(PARENT "(k:2000000:0())"),
      WITHOUT(PARENT "(k:2000000:0())") } },
  { "items.0.children.0.children",
    { NO_AMOUNTS, WITHOUT(PARENT "(k:2000000:1000(none:0:0()))"), NO_AMOUNTS, NO_AMOUNTS,
      NO_AMOUNTS, NO_AMOUNTS, "-" } },
};

static const ApiResource order_of_a_page = {
  .name = "order of a page",
  .before = "{'items':[",
  .row = ORDER_ROW,
  .behind = "],'hasNextPage':false}",
  .show = show_orders,
  .fields = order_fields,
  .n_fields = G_N_ELEMENTS(order_fields),
};

static const ApiResource order_alone = {
  .name = "order alone",
  .before = "",
  .row = ORDER_ROW,
  .behind = "",
  .show = show_one_order,
  .fields = order_fields,
  .n_fields = G_N_ELEMENTS(order_fields),
};

static const ApiField verified_fields[] = {
  API_TEXT("id", "id", "id=verified"),
  API_TEXT("orderId", "order_id", "order_id=none"),
  { "items",
    { WITHOUT(""), WITHOUT("none:0:0()"), WITHOUT(""), WITHOUT(""), WITHOUT(""), WITHOUT(""),
      WITHOUT("") } },
  { "items.0",
    { WITHOUT("none:0:0()"), WITHOUT("none:0:0()"), WITHOUT("none:0:0()"), WITHOUT("none:0:0()"),
      WITHOUT("none:0:0()"), WITHOUT("none:0:0()"), WITHOUT("none:0:0()") } },
  { "items.0.price",
    { WITHOUT("none:0:0()"), WITHOUT("none:0:0()"), WITHOUT("none:0:0()"),
      "lines=none:7000000:1000()", "lines=none:500000:1000()", WITHOUT("none:0:0()"),
      WITHOUT("none:0:0()") } },
  { "items.0.quantity",
    { WITHOUT("none:5000000:0()"), WITHOUT("none:5000000:0()"), WITHOUT("none:5000000:0()"),
      "lines=none:5000000:7000()", "lines=none:5000000:500()", WITHOUT("none:5000000:0()"),
      WITHOUT("none:5000000:0()") } },
  { "tip",
    { NO_AMOUNTS, NO_AMOUNTS, NO_AMOUNTS, "fees=7000000", "fees=500000", NO_AMOUNTS, "fees=0" } },
  { "payments", { "!", NO_AMOUNTS, "!", "!", "!", "!", NO_AMOUNTS } },
  { "payments.0",
    { NO_AMOUNTS, NO_AMOUNTS, NO_AMOUNTS, NO_AMOUNTS, NO_AMOUNTS, NO_AMOUNTS, NO_AMOUNTS } },
  { "payments.0.amount",
    { NO_AMOUNTS, NO_AMOUNTS, NO_AMOUNTS, "payments=7000000", "payments=500000", NO_AMOUNTS,
      NO_AMOUNTS } },
};

static const ApiResource verified_order = {
  .name = "verified order",
  .before = "",
  .row = "{'id':'o','orderId':'ours','items':[{'price':5,'quantity':1}],'tip':1,'payments':[{'"
         "amount':5}]}",
  .behind = "",
  .show = show_verification,
  .fields = verified_fields,
  .n_fields = G_N_ELEMENTS(verified_fields),
  .also_takes = 1 << API_ARRAY | 1 << API_STRING | 1 << API_INTEGER | 1 << API_REAL |
                1 << API_BOOLEAN | 1 << API_NULL,
  .takes_nothing = TRUE,
};

static void
order_of_a_page_field_by_field(void **state)
{
  api_fields_check(&order_of_a_page);
}

static void
hostile_order_of_a_page(void **state)
{
  api_hostile_check(&order_of_a_page);
}

static void
order_alone_field_by_field(void **state)
{
  api_fields_check(&order_alone);
}

static void
hostile_order_alone(void **state)
{
  api_hostile_check(&order_alone);
}

static void
verified_order_field_by_field(void **state)
{
  api_fields_check(&verified_order);
}

static void
hostile_verified_order(void **state)
{
  api_hostile_check(&verified_order);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(order_of_a_page_field_by_field), cmocka_unit_test(hostile_order_of_a_page),
    cmocka_unit_test(order_alone_field_by_field),     cmocka_unit_test(hostile_order_alone),
    cmocka_unit_test(verified_order_field_by_field),  cmocka_unit_test(hostile_verified_order),
  };

  (void)setlocale(LC_ALL, ""); /* as a host does; any locale will do */
  return cmocka_run_group_tests(tests, NULL, NULL);
}
