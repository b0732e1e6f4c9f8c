/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The classes of differences of a day close, each with its word, its sentence and its next step. */
#include "model/difference.h"

#include "config.h"

#include <glib/gi18n-lib.h>

typedef struct {
  const char *nick;
  const char *message;
  const char *next_step;
} Text;

static const Text texts[] = {
  [SHOPCAISSE_DIFFERENCE_NOT_SENT] = { "not-sent", N_("the order has not left yet"),
                                       N_("see why it is held in the list of orders") },
  [SHOPCAISSE_DIFFERENCE_NOT_TAKEN] = { "not-taken", N_("no register has taken the order yet"),
                                        N_("check the Order Management module, Discovery mode and "
                                           "the iPad") },
  [SHOPCAISSE_DIFFERENCE_NEEDS_ATTENTION] = { "needs-attention",
                                              N_("the till cannot go on with the order by itself"),
                                              N_("open the order on the iPad") },
  [SHOPCAISSE_DIFFERENCE_NOT_FINALISED] = { "not-finalised",
                                            N_("the order is on the till and not yet a sale"),
                                            N_("tap \"Process order\" on the iPad") },
  [SHOPCAISSE_DIFFERENCE_LOST] = { "lost", N_("Shopcaisse does not list the order any more"),
                                   N_("look for the order on the iPad; if it is nowhere, ring it "
                                      "up there") },
  [SHOPCAISSE_DIFFERENCE_ORDER_AMOUNT] = { "order-amount",
                                           N_("Shopcaisse holds the order with another total"),
                                           N_("compare the order on the iPad with the sale before "
                                              "it is processed") },
  [SHOPCAISSE_DIFFERENCE_DOUBLED_ORDER] = { "doubled-order",
                                            N_("Shopcaisse holds the order of this sale twice"),
                                            N_("cancel one of the two on the iPad") },
  [SHOPCAISSE_DIFFERENCE_UNKNOWN_ORDER] = { "unknown-order",
                                            N_("Shopcaisse holds an order of this program that no "
                                               "sale here belongs to"),
                                            N_("find out who made it; if nobody sold it, cancel "
                                               "it on the iPad") },
  [SHOPCAISSE_DIFFERENCE_CANCELLED_ON_TILL] = { "cancelled-on-till",
                                                N_("the order was cancelled on the till: refund "
                                                   "it if it was paid"),
                                                N_("refund the customer and cancel the sale in "
                                                   "this program") },
  [SHOPCAISSE_DIFFERENCE_NOT_CANCELLED] = { "not-cancelled",
                                            N_("the sale is to be cancelled, and its order is "
                                               "still on the till"),
                                            N_("cancel the order on the iPad") },
  [SHOPCAISSE_DIFFERENCE_RECEIPT_NOT_READ] = { "receipt-not-read",
                                               N_("the order has a receipt, but the till's sale "
                                                  "has not been read yet"),
                                               N_("let the iPad synchronise, then close the day "
                                                  "again") },
  [SHOPCAISSE_DIFFERENCE_TICKET_PENDING] = { "ticket-pending",
                                             N_("the till has not completed the sale"),
                                             N_("complete the sale on the iPad") },
  [SHOPCAISSE_DIFFERENCE_TICKET_CANCELLED] = { "ticket-cancelled",
                                               N_("the till has cancelled the sale"),
                                               N_("refund the customer and cancel the sale in "
                                                  "this program") },
  /* The word itself is in the message that the day close makes. */
  [SHOPCAISSE_DIFFERENCE_NOT_COUNTED] = { "not-counted", N_("the till does not count this sale"),
                                          N_("the till has not completed this sale, or has "
                                             "cancelled it: look at it there") },
  [SHOPCAISSE_DIFFERENCE_CANCELLED_AND_SOLD] = { "cancelled-and-sold",
                                                 N_("the order was cancelled, the till recorded "
                                                    "it all the same"),
                                                 N_("refund it on the till") },
  [SHOPCAISSE_DIFFERENCE_TEST_SOLD] = { "test-sold", N_("the till recorded a test order as a sale"),
                                        N_("refund it on the till") },
  [SHOPCAISSE_DIFFERENCE_SOLD_TWICE] = { "sold-twice", N_("the till recorded the order twice"),
                                         N_("refund one of the two receipts on the till") },
  [SHOPCAISSE_DIFFERENCE_SHARED_RECEIPT] = { "shared-receipt",
                                             N_("the order has the receipt of another order"),
                                             N_("look on the iPad whether the receipt holds both "
                                                "orders") },
  [SHOPCAISSE_DIFFERENCE_REFUNDED] = { "refunded",
                                       N_("the till refunded this sale, this program did not"),
                                       N_("record the refund in this program") },
  [SHOPCAISSE_DIFFERENCE_REFUND_AMOUNT] = { "refund-amount",
                                            N_("the till refunded another amount than the sale "
                                               "that was cancelled"),
                                            N_("correct the refund on the till") },
  [SHOPCAISSE_DIFFERENCE_AMOUNT] = { "amount", N_("the till recorded another total"),
                                     N_("compare the receipt with the sale; correct it with a "
                                        "refund on the till") },
  [SHOPCAISSE_DIFFERENCE_LINES] = { "lines",
                                    N_("the lines of the receipt do not add up to its total"),
                                    N_("look at the receipt on the till") },
  [SHOPCAISSE_DIFFERENCE_VAT] = { "vat", N_("the VAT of a line is not what its rate says"),
                                  N_("compare the VAT rates of the article in both systems") },
  [SHOPCAISSE_DIFFERENCE_VAT_RATE] = { "vat-rate",
                                       N_("the till used other VAT rates than this program"),
                                       N_("compare the VAT rates of the article in both "
                                          "systems") },
  [SHOPCAISSE_DIFFERENCE_PAYMENTS] = { "payments",
                                       N_("the payments of the receipt do not add up to its "
                                          "total"),
                                       N_("look at the receipt on the till") },
  [SHOPCAISSE_DIFFERENCE_PAYMENT_KIND] = { "payment-kind",
                                           N_("the till recorded another kind of payment"),
                                           N_("correct the kind of payment on the till") },
  [SHOPCAISSE_DIFFERENCE_CHANGED_LATE] = { "changed-late",
                                           N_("the till changed the receipt after its shift was "
                                              "complete"),
                                           N_("find out who changed it: what was booked for this "
                                              "day no longer holds") },
  [SHOPCAISSE_DIFFERENCE_OTHER_REGISTER] = { "other-register",
                                             N_("another register recorded the sale than the one "
                                                "that has the order"),
                                             N_("count it with the register that recorded it") },
  [SHOPCAISSE_DIFFERENCE_NO_SHIFT] = { "no-shift", N_("the receipt belongs to no shift"),
                                       N_("let the iPad synchronise, then close the day again") },
  [SHOPCAISSE_DIFFERENCE_OTHER_SHIFT] = { "other-shift",
                                          N_("the receipt does not fit the register or the time "
                                             "of its shift"),
                                          N_("look at the shifts of the register in the back "
                                             "office") },
  [SHOPCAISSE_DIFFERENCE_OTHER_DAY] = { "other-day",
                                        N_("the till recorded the sale on another day"),
                                        N_("count it in the closing of that day") },
  [SHOPCAISSE_DIFFERENCE_NOT_RECORDED] = { "not-recorded",
                                           N_("a sale of the till is not in this program"),
                                           N_("see in the journal why this program did not take "
                                              "it") },
};
G_STATIC_ASSERT(G_N_ELEMENTS(texts) == SHOPCAISSE_N_DIFFERENCES);

/**
 * shopcaisse_difference_get_nick:
 * @difference: a class
 *
 * Names it for programs.
 *
 * Returns: (transfer none): the word
 */
const char *
shopcaisse_difference_get_nick(ShopcaisseDifference difference)
{
  g_return_val_if_fail((guint)difference < SHOPCAISSE_N_DIFFERENCES, "");

  return texts[difference].nick;
}

/**
 * shopcaisse_difference_get_message:
 * @difference: a class
 *
 * Returns: (transfer none): what there is, in the language of the process
 */
const char *
shopcaisse_difference_get_message(ShopcaisseDifference difference)
{
  g_return_val_if_fail((guint)difference < SHOPCAISSE_N_DIFFERENCES, "");

  return _(texts[difference].message);
}

/**
 * shopcaisse_difference_get_next_step:
 * @difference: a class
 *
 * Returns: (transfer none): what to do about it, in the language of the process
 */
const char *
shopcaisse_difference_get_next_step(ShopcaisseDifference difference)
{
  g_return_val_if_fail((guint)difference < SHOPCAISSE_N_DIFFERENCES, "");

  return _(texts[difference].next_step);
}
