/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The keys of rows. A row is a{sv}; a page of rows is aa{sv} under the key "rows".
 *
 * Types: s text, b boolean, u unsigned, as texts, aa{sv} rows. "money" is a decimal text such as
 * "12.50" with at most two decimals; "quantity" a decimal text with at most three; "rate" a decimal
 * text in percent such as "5.5"; "time" is ISO 8601 in UTC, as in "2026-03-01T11:02:00Z". Keys
 * marked with * are required.
 *
 * Article (list_articles)
 *   id*            s         the host's id, opaque
 *   name*          s         without the variant's label
 *   variant        s         label of the variant, as in "L / rouge"
 *   parent_id      s         the article this one is a variant of
 *   reference      s         the shop's own reference (SKU)
 *   barcodes       as
 *   price          money     see price_includes_tax
 *   price_includes_tax  b    default true
 *   currency       s         ISO 4217, default EUR
 *   vat_rate       rate
 *   stock          quantity  absent: not managed
 *   unit           s         UNIT (default), KILOGRAM, GRAM, METER, LITER, MILLILITER, HOUR
 *   family         s         name of the family
 *   external_id    s         the channel's id, where the host keeps it
 *   deleted        b         a tombstone: only id counts
 *   changed_at     time
 *
 * Article change (apply_articles)
 *   key*           s         names this change; the same key again is a success
 *   change*        s         "create", "update" or "delete"
 *   id             s         the host's id; absent for "create"
 *   fields         a{sv}     article keys to write; others stay as they are
 *
 * Change answer (apply_articles, record_sales)
 *   key*           s
 *   status*        s         "done" or "failed"
 *   id             s         the host's id of what was written
 *   message        s         why it failed
 *
 * Sale (submit_sale, list_sales)
 *   id*            s         unique in the host's sales database, for ever
 *   number         s         what people call it; default: id
 *   till           s         the register or user that sold
 *   sold_at*       time
 *   order_type     s         EAT_IN, PICKUP, DELIVERY or UNKNOWN (default), or the host's own word:
 *                            an order waits until the merchant has said what that is
 *   pickup_at      time      default: sold_at
 *   currency       s         default EUR
 *   total*         money     tax included; equals lines + fees + tip - discount + rounding
 *   lines*         aa{sv}    sale lines, at least one
 *   payments*      aa{sv}    payments; they add up to total; none or less while paid is FALSE
 *   paid           b         default TRUE; FALSE: still to be paid. It is no order before it comes
 *                            again, by submit_sale or list_sales, and is paid
 *   status         s         the id of a sale status. Where the merchant does not have that status
 *                            sent it is no order yet, and may come again with another one, and
 *                            with other lines; absent: sent as soon as it is paid
 *   discount       money     taken off the whole sale, >= 0
 *   service_charge, delivery_cost, bag_fee, tip   money, >= 0
 *   rounding       money     cash rounding, may be negative
 *   note           s
 *   table          s         the table it is eaten at, for EAT_IN alone
 *   guests         u         how many eat
 *   customer       a{sv}     a customer
 *
 * Customer (of a sale; plan_erasure, erase_customer and export of one, which want an id, an address
 * of e-mail or a telephone number)
 *   id             s         the host's, opaque
 *   external_id    s         the channel's id of the customer, where the host keeps it
 *   name, company, phone, email  s
 *   billing_address, delivery_address  a{sv}  street, number (where it is kept apart from the
 *                            street), postal_code, city, country (as in "FR"), extra
 *
 * Sale line
 *   article_id*    s
 *   name           s         as on the receipt
 *   quantity*      quantity  > 0
 *   unit_price*    money     tax included
 *   total          money     default: unit_price x quantity, rounded half up
 *   vat_rate       rate
 *   note           s
 *   children       aa{sv}    sale lines below this one, quantities for one parent
 *   step_id        s         the channel's id of the menu's step a line was chosen in, and
 *   modifier_group_id  s     of the group of options, where the host keeps them
 *
 * Payment
 *   method*        s         "cash", "card", "online", "other", or the host's own word: an order
 *                            waits until the merchant has said what that is
 *   amount*        money
 *
 * Submitted (submit_sale) and progress (sale_progressed)
 *   id*            s         the sale's id
 *   state*         s         held, waiting, sending, sent, parked, cancelling, cancelled
 *   order_id       s         the id the order carries in the channel
 *   external_id    s         the channel's own id of the order
 *   kitchen        s         state in the kitchen, in the channel's words
 *   fiscal         s         "open" or "finalised"
 *   reason         s         why it is held or parked: a word
 *   message        s         the same, for people
 *   at             time
 *
 * Listed order (list: orders): progress, and
 *   total*         money
 *   currency*      s
 *   sold_at*       time
 *   order_type     s         as the sale has it
 *   state_name*, kitchen_name*, fiscal_name*  s  the states for people
 *   can_send*      b         "send now" would do something
 *   can_cancel*    b
 *   shipments      aa{sv}    its parcels, as the host has said them: id, carrier, number, sent_at
 *   shipping_name  s         how many of them were sent, for people
 *   merged_into    s         the sale whose order took this one's in, on the till
 *   next_step      s         what a person does about it, absent when there is nothing to do
 *   tries          u         how often it was sent
 *   next_try       time      while it waits for one
 *
 * Till sale (record_sales)
 *   key*           s         names this recording
 *   id*            s         the channel's id of the sale; under another key a later state of it
 *   number, type, status  s  type is SALE, REFUND or the till's own word
 *   sold_at*       time
 *   store, register  s
 *   order_sale_id  s         the host's sale it came from, if any; it may come with a later state,
 *                            and one without it, from another computer, does not take it back
 *   total*         money     tax included
 *   lines*         aa{sv}    article_id (if linked), name, quantity, unit_price, total, vat_rate
 *   payments*      aa{sv}    method, amount
 *   vat*           aa{sv}    rate, gross, vat, net
 *
 * Tax (list_taxes)
 *   id*            s         the host's id, opaque
 *   rate*          rate      what the vat_rate of an article or a line says
 *   name           s         for people
 *
 * Payment method (list_payment_methods)
 *   id*            s         what a payment's method says
 *   name           s         for people; default: id
 *   kind           s         "cash", "card", "online" or "other": what it is until the merchant
 * says something else; absent: the merchant is asked
 *
 * Sale status (list_sale_statuses), in the order a sale goes through them
 *   id*            s         what a sale's status says
 *   name           s         for people, in the language of the program; default: id
 *   sold           b         default TRUE: sales in it are sent unless the merchant says otherwise
 *
 * Shipment (list_shipments), a row for each parcel
 *   id*            s
 *   sale_id*       s         the sale it belongs to
 *   carrier        s         who brings it, as it is shown
 *   number         s         by which the carrier finds it, as it is shown
 *   sent_at        time      absent: not sent yet
 *   deleted        b         a tombstone
 *
 * Query (any list_*)
 *   since          time      only what changed or was sold at or after it
 *   cursor         s         from the previous page's answer
 *   limit          u         at most so many rows
 *   search         s
 *   any_status     b         list_sales: sales of every status are wanted, not only those sold
 *
 * Query (list: articles, items, journal, orders, plan, stores, suggestions, timeline)
 *   search         s         words, all of which are in the row, in either case, with accents or
 *                            not: articles and items (name, reference, barcodes), journal (text),
 *                            stores, companies and registers (name, city);
 *                            orders: an id, or how a number begins
 *   sort           s         articles, items: "name" (default), "reference", "price"; a leading "-"
 *                            turns it round; without a reference or a price last. Orders: "sold_at"
 *                            (default), "-sold_at"
 *   state          s         articles, items: "linked", "unlinked", "ambiguous"; orders, plan: a
 *                            state
 *   sale           s         orders: this sale alone; timeline: of which sale, has to be there
 *   item, article  s         suggestions: the channel's, or the host's, that is to be linked; one
 *                            of the two has to be there
 *   plan           s         plan: which; default: the last one
 *   change         s         plan: "create", "update", "delete", "link", "ambiguous"
 *   vat            s         articles, items: "missing", or "differs" from the linked one's
 *   deleted        b         articles, items: those that are gone
 *   level          s         journal: "info", "warning", "error"
 *   subject        s         journal: what the line is about
 *   whole          b         no row before all are found, so that the number of rows is the last
 *   A value that is not known is an error (and a warning), a key is ignored.
 *
 * Listed article (list: articles, of the host as last read; items, of the channel)
 *   id*, name*     s         in items, id is the channel's
 *   variant        s
 *   parent_id, parent_name  s  items: what it is a variant of
 *   reference      s
 *   barcodes       as
 *   price          money     tax included; items: of the price list that was chosen
 *   currency       s
 *   vat_rate       rate
 *   stock          quantity  absent: not managed, or not known
 *   unit, family   s         items
 *   state*         s         "linked", "unlinked", or "ambiguous": not linked, and several could be
 *                            meant by an id, a barcode or a reference; as last found out
 *   external_id    s         articles: the channel's id of the linked one
 *   article_id     s         items: the host's id of the linked one
 *   method         s         how it was linked: id, barcode, reference, hand, import
 *   linked_vat_rate  rate    of the linked one
 *   likeness       s         suggestions, which are such rows of the other side, the surest first:
 *                            "barcode", "reference" or "name" is the same
 *   deleted        b
 *
 * What became of an order (list: timeline), the first first
 *   id*            x
 *   at*            time
 *   until          time      the last time, if it was the same several times in a row
 *   times          u         how often that was
 *   kind*          s         "state", "kitchen", "fiscal": which of the order's states; "host":
 *                            the sale's status in the host; "shipment": its parcels
 *   word*          s         what it became, as in the order
 *   name*          s         the same for people
 *   level*         s         info, warning, error
 *   reason         s         why: a word
 *   text           s         the same, a whole sentence for people
 *
 * Line (list: journal)
 *   id*, at*       x         microseconds since 1970, UTC
 *   level*, flow*, subject*, text*  s
 *   subject_kind   s         order, store, ticket, article; absent when its name is not known
 *   subject_name   s         what people call the subject: a number or a name
 *
 * Link (list: links)
 *   id*            s         the host's article
 *   external_id*, method*  s
 *
 * Place (list: companies, stores, registers)
 *   id*, name*     s
 *   parent_id*     s         a store's company, a register's store
 *   city           s         stores
 *   active*        b
 *   company_name   s         stores
 *   currency       s         companies, stores: "" before it is known
 *   usable         b         companies, stores: FALSE: the token sees it and may not act on it
 *
 * Price list (list: price-lists)
 *   id*, name*     s
 *   parent_id*     s         its company
 *   currency*      s         "" before it is known
 *   tax_included*  b
 *
 * Planned change (list: plan)
 *   position*      u         in its plan, from 0
 *   change*        s         create, update, delete, link or ambiguous
 *   article_id, external_id, name, reason  s
 *   state*         s         planned, skipped, done, failed, undone
 *   message        s         why it failed
 *   before, after  a{sv}     article keys
 *
 * Fact (list: facts), in the order to show
 *   id*            s         application, environment, staging, address, issued, token, rights,
 *                            company, store, register, price-list, currency, last-exchange
 *   name*, text*   s         for people: what, and what is known of it
 *   level*         s         ok, warning, error, unknown
 *
 * Right (list: rights)
 *   id*            s         the right
 *   name*          s         what it serves, for people
 *   state*         s         granted, missing, unused: granted, and nothing needs it
 *   level*         s         ok, warning
 *   text           s         a whole sentence for people, when there is something to say
 *
 * Flow (list: flows)
 *   id*            s         the task for run
 *   name*          s         for people
 *   setting        s         the key of its interval, "" if it has none
 *   minutes        u         its interval
 *   last_run, next_run  time  "" never, or not planned
 *   state*         s         idle, running, failed, off; asked: a question, and running the task
 *                            says yes to it
 *   message        s         why it failed; the question
 *
 * Line of the checklist (list: checklist)
 *   id*, name*     s
 *   text*          s         what to do, and where, for people
 *   state*         s         ok, error, unknown
 *   setting        s         the setting with which a person confirms it; "": it is found out
 *
 * Page (the answer)
 *   rows*          aa{sv}
 *   cursor         s         absent on the last page
 *
 * Setting (describe_settings)
 *   key*, kind*    s         kind: text, secret, choice, choices, boolean, number, url
 *   label*, group*, help  s  for people
 *   value          v         s, b, u or as
 *   choices        aa{sv}    value, label
 *   error          s         why the value cannot be used
 *   hint           s         secret: the end of what is set, "" if nothing is
 *   sensitive      b         FALSE: cannot be changed now; default TRUE
 *
 * Finding (diagnose)
 *   id*, level*    s         level: ok, warning, error, unknown
 *   title*, next_step  s     for people
 *   setting        s         the key of the setting that mends it, where there is one
 *
 * Report of a day (close_day); sums are those of its stores
 *   day*           s         as in "2026-03-01"
 *   compared_at*   time      names this report to export
 *   time_zone      s         whose midnights bound the day
 *   provisional*   b         a later comparison may differ: a shift is not complete, or
 *   partial        b         not everything could be read
 *   sales, orders, finalised  u
 *   differences*   u
 *   difference*    money     what the host sold less what the till recorded
 *   stores*        aa{sv}    stores of the report
 *
 * Store of a report: store, name s; provisional b; reason s, why, for people; sums; and
 *   shifts         aa{sv}    shifts that were open on the day
 *   differences*   aa{sv}    differences
 *
 * Shift of a report: sums, and
 *   id, register   s         the till's id, the register's name; "" for what is in no shift
 *   state          s         open, closed, completed, unknown; status is the till's own word
 *   sequence       u
 *   start_at, end_at  time   "" when not known
 *
 * Sums of a store or a shift
 *   host_orders, sent, on_till, finalised  u   sales of the host, and how far they have come
 *   host_total, till_total, difference  money  sales; tickets of orders, less refunds; both
 *   till_only, till_only_total  u, money       tickets that no order was made for
 *   refunds, refunds_total      u, money       refunds of tickets of orders
 *   vat            aa{sv}    rate, "" when unknown; gross, vat, net of tickets of orders; expected,
 *                            tolerance: the tax by the rate, and how far vat may be from it;
 *                            host_gross; till_only_gross, till_only_vat
 *   payments       aa{sv}    method, in the till's words, amount, till_only_amount
 *   host_payments  aa{sv}    method, in the host's words, amount
 *
 * Difference of a report
 *   class*         s         a word; new ones may come
 *   message*, next_step*  s  for people: what there is, what to do
 *   sale_id*       s         the host's sale, "" if there is none
 *   number, ticket, register, shift  s  the sale's and the ticket's numbers, the register's name
 *   total*         money     of the sale; without one, as till_total
 *   till_total     money     of the ticket or the order, if there is one
 *   at             time      of the sale or the ticket
 *
 * Answers of operations
 *   set_token      application, environment s; rights, companies, stores, registers u
 *   disconnect     waiting, parked u: orders; one that is on the wire is not parked, it may arrive
 *   export         name s (of a file), media_type s, text s. Kinds: "support" as "text"; "day",
 *                  with day and compared_at in the argument, as "csv", "json", "html"; "customer",
 *                  with the keys of a customer in the argument, as "json"
 *   plan_erasure, erase_customer (an erasure)
 *                  sales u, that name the customer; of them waiting u, orders that go without, and
 *                  on_the_way u, that the service may have: erased once that is known; texts u,
 *                  notes and messages; settings u; set_aside u, damaged databases, deleted whole;
 *                  message s, all of it in sentences for people, with what is to be done elsewhere
 *
 * Notice (show_notice)
 *   id*, level*, text*  s    the same id replaces an earlier notice; an empty text withdraws it
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define COMPTOIR_KEY_ROWS        "rows"
#define COMPTOIR_KEY_CURSOR      "cursor"
#define COMPTOIR_KEY_SINCE       "since"
#define COMPTOIR_KEY_LIMIT       "limit"
#define COMPTOIR_KEY_SEARCH      "search"
#define COMPTOIR_KEY_SORT        "sort"
#define COMPTOIR_KEY_VAT         "vat"
#define COMPTOIR_KEY_DELETED     "deleted"
#define COMPTOIR_KEY_LEVEL       "level"
#define COMPTOIR_KEY_SUBJECT     "subject"
#define COMPTOIR_KEY_WHOLE       "whole"
#define COMPTOIR_KEY_ID          "id"
#define COMPTOIR_KEY_KEY         "key"
#define COMPTOIR_KEY_STATUS      "status"
#define COMPTOIR_KEY_MESSAGE     "message"
#define COMPTOIR_KEY_STATE       "state"
#define COMPTOIR_KEY_REASON      "reason"
#define COMPTOIR_KEY_ARTICLE_ID  "article_id"
#define COMPTOIR_KEY_NAME        "name"
#define COMPTOIR_KEY_QUANTITY    "quantity"
#define COMPTOIR_KEY_UNIT_PRICE  "unit_price"
#define COMPTOIR_KEY_TOTAL       "total"
#define COMPTOIR_KEY_VAT_RATE    "vat_rate"
#define COMPTOIR_KEY_METHOD      "method"
#define COMPTOIR_KEY_AMOUNT      "amount"
#define COMPTOIR_KEY_SOLD_AT     "sold_at"
#define COMPTOIR_KEY_LINES       "lines"
#define COMPTOIR_KEY_PAYMENTS    "payments"
#define COMPTOIR_KEY_EXTERNAL_ID "external_id"
#define COMPTOIR_KEY_ORDER_ID    "order_id"
#define COMPTOIR_KEY_KITCHEN     "kitchen"
#define COMPTOIR_KEY_FISCAL      "fiscal"
#define COMPTOIR_KEY_CHANGE      "change"
#define COMPTOIR_KEY_FIELDS      "fields"

GVariant *comptoir_sale_line_new(const char *article_id,
                                 const char *name,
                                 const char *quantity,
                                 const char *unit_price,
                                 const char *vat_rate);

GVariant *comptoir_payment_new(const char *method, const char *amount);

GVariant *comptoir_sale_new(
    const char *id, const char *sold_at, const char *total, GVariant *lines, GVariant *payments);

GVariant *comptoir_rows_new(GVariant **rows, gsize n_rows);

GVariant *comptoir_page_new(GVariant *rows, const char *cursor);

GVariant *comptoir_change_answer_new(const char *key, const char *id, const char *message);

G_END_DECLS
