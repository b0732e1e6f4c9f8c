/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One ticket of the till becomes one sale of Tryton, found again by its reference wherever a
 * program ended. Tryton does not keep references unique: docs/TRYTON.md says why there is one sale
 * all the same when two programs write at once. */

#include "record.h"

#include "amount.h"
#include "config.h"
#include "own-article.h"
#include "record-lines.h"
#include "value.h"

#include <comptoir/comptoir.h>
#include <glib/gi18n-lib.h>

#define LOOKS_MAX       20
#define ROUNDING_MAX    100 /* cents that may be rounding; more is a mistake */
#define SALES_MAX       10
#define TILL_PARTY_CODE "SHOPCAISSE"
#define STATE_DRAFT     "draft"
#define STATE_QUOTATION "quotation"
#define STATE_CONFIRMED "confirmed"

typedef struct {
  TrytonBooks *books;   /* (owned) */
  TrytonTicket *ticket; /* (owned) */
  TrytonRecorded done;
  gpointer user_data;
  RecordLines lines;
  TrytonOwnArticle rounding;
  gint64 address_id; /* of who buys at the till */
  gint64 sale_id;    /* the sale; 0: not there yet */
  gint64 made_id;    /* the one that was made here; 0: none */
  gint64 rest;       /* cents that are missing in Tryton's total */
  char *state;       /* (owned) (nullable): of the sale */
  char *timestamp;   /* (owned) (nullable): of the draft whose total was read */
  guint n_looks;
  gboolean is_waiting; /* for another program to give way */
  gboolean lacks_party;
} Record;

static void
free_record(Record *self)
{
  record_lines_clear(&self->lines);
  tryton_books_unref(self->books);
  tryton_ticket_free(self->ticket);
  g_free(self->state);
  g_free(self->timestamp);
  g_free(self);
}

static gboolean
has_state(const Record *self, const char *state)
{
  return g_strcmp0(self->state, state) == 0;
}

static void
choose_sale(Record *self, json_t *record)
{
  self->sale_id = tryton_value_get_id(record, "id");
  g_free(self->state);
  self->state = g_strdup(tryton_value_get_text(record, "state"));
}

static gboolean
ask_known(gpointer story, TrytonCall *call)
{
  Record *self = story;

  call->method = "model.sale.sale.search_read";
  call->params = json_pack(
      "[[[s,s,s],[s,s,I]],i,i,[[s,s]],[s,s]]", "reference", "=", self->ticket->reference, "company",
      "=", (json_int_t)self->books->company_id, 0, SALES_MAX, "id", "ASC", "state", "total_amount");
  return TRUE;
}

/* The first that is further than a draft, else the oldest draft. */
static json_t *
find_foremost(json_t *records)
{
  json_t *record = NULL;
  size_t i = 0;

  json_array_foreach(records, i, record)
  {
    if (g_strcmp0(tryton_value_get_text(record, "state"), STATE_DRAFT) != 0)
      return record;
  }
  return json_array_get(records, 0);
}

/* The till told another state of a sale that is in the books already: nothing here may change a
 * processed sale, so a person is told. */
static gboolean
check_known(Record *self, json_t *known, GError **error)
{
  g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, self->sale_id);
  gint64 total = 0;

  if (self->ticket->is_cancelled)
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_CONFLICT,
                _("it was cancelled on the till; in Tryton it is sale %s: take that back by hand"),
                id);
  else if (self->ticket->sale_id != NULL)
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_CONFLICT,
                _("it came from sale %1$s and was written as sale %2$s before that was known: "
                  "take one of them back by hand"),
                self->ticket->sale_id, id);
  else if (!has_state(self, STATE_DRAFT) &&
           tryton_value_get_amount(known, "total_amount", TRYTON_MONEY_DIGITS, &total) &&
           total != self->ticket->total)
    g_set_error(
        error, COMPTOIR_ERROR, COMPTOIR_ERROR_CONFLICT,
        _("the till changed it; in Tryton it is sale %s with another total: correct that by hand"),
        id);
  else
    return TRUE;
  return FALSE;
}

static gboolean
take_known(gpointer story, json_t *result, GError **error)
{
  Record *self = story;
  json_t *known = find_foremost(result);

  if (known == NULL)
    return TRUE;
  choose_sale(self, known);
  return check_known(self, known, error);
}

/* What came from a sale of Tryton is that sale; what is not paid is none. */
static gboolean
is_to_be_made(const Record *self)
{
  return self->sale_id == 0 && self->ticket->counts && self->ticket->sale_id == NULL;
}

static gboolean
ask_party(gpointer story, TrytonCall *call)
{
  Record *self = story;

  if (!is_to_be_made(self) || self->address_id != 0)
    return FALSE;
  if (self->lacks_party) {
    call->method = "model.party.party.create";
    call->params = json_pack("[[{s:s,s:s,s:[[s,[{}]]]}]]", "name", "Shopcaisse", "code",
                             TILL_PARTY_CODE, "addresses", "create");
    return TRUE;
  }
  call->method = "model.party.party.search_read";
  call->params =
      json_pack("[[[s,s,s]],i,i,n,[s]]", "code", "=", TILL_PARTY_CODE, 0, 1, "addresses");
  return TRUE;
}

/* The code is unique: of two programs that make it one fails, and finds it the next time. */
static gboolean
take_party(gpointer story, json_t *result, GError **error)
{
  Record *self = story;
  json_t *party = json_array_get(result, 0);

  if (self->lacks_party) {
    self->lacks_party = FALSE;
    return TRUE;
  }
  if (party == NULL) {
    self->lacks_party = TRUE;
    return TRUE;
  }
  self->books->till_party_id = tryton_value_get_id(party, "id");
  self->address_id = json_integer_value(json_array_get(json_object_get(party, "addresses"), 0));
  if (self->address_id != 0)
    return TRUE;
  g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_CONFIGURED,
              _("the party %s of Tryton has no address"), TILL_PARTY_CODE);
  return FALSE;
}

static gboolean
ask_lines(gpointer story, TrytonCall *call)
{
  Record *self = story;

  return is_to_be_made(self) && record_lines_ask(&self->lines, call);
}

static gboolean
take_lines(gpointer story, json_t *result, GError **error)
{
  return record_lines_take(&((Record *)story)->lines, result, error);
}

static gboolean
ask_creation(gpointer story, TrytonCall *call)
{
  Record *self = story;

  if (!is_to_be_made(self))
    return FALSE;
  call->method = "model.sale.sale.create";
  call->params =
      json_pack("[[o]]", tryton_ticket_new_sale(self->ticket, self->books, self->address_id));
  return TRUE;
}

static gboolean
take_creation(gpointer story, json_t *result, GError **error)
{
  Record *self = story;

  self->made_id = self->sale_id = json_integer_value(json_array_get(result, 0));
  self->state = g_strdup(STATE_DRAFT);
  if (self->sale_id != 0)
    return TRUE;
  g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL,
                      "Tryton made a sale and does not say which");
  return FALSE;
}

static gboolean
ask_others(gpointer story, TrytonCall *call)
{
  Record *self = story;

  if (self->made_id == 0 || (self->n_looks > 0 && !self->is_waiting))
    return FALSE;
  return ask_known(story, call);
}

/* After its own is in the books each program looks again. Who sees an older draft, or one that went
 * further, gives way; who has the oldest waits until the others have. Whoever made its own first
 * may not have seen the other, and goes on: then the other sees that it went further. */
static gboolean
take_others(gpointer story, json_t *result, GError **error)
{
  Record *self = story;
  json_t *foremost = find_foremost(result);
  gboolean is_alone = json_array_size(result) == 1;
  gboolean is_first = tryton_value_get_id(foremost, "id") == self->made_id;

  self->n_looks++;
  self->is_waiting = is_first && !is_alone && self->n_looks < LOOKS_MAX;
  if (is_first && (is_alone || self->is_waiting))
    return TRUE;
  if (foremost != NULL && !is_first) {
    choose_sale(self, foremost);
    return TRUE;
  }
  self->sale_id = 0;
  return TRUE;
}

static gboolean
ask_removal(gpointer story, TrytonCall *call)
{
  Record *self = story;

  if (self->made_id == 0 || self->made_id == self->sale_id)
    return FALSE;
  call->method = "model.sale.sale.delete";
  call->params = json_pack("[[I]]", (json_int_t)self->made_id);
  return TRUE;
}

static gboolean
take_removal(gpointer story, json_t *result, GError **error)
{
  Record *self = story;

  self->made_id = 0;
  if (self->sale_id != 0)
    return TRUE;
  g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_BUSY,
                      _("another program is writing it"));
  return FALSE;
}

static gboolean
ask_total(gpointer story, TrytonCall *call)
{
  Record *self = story;

  if (self->sale_id == 0 || !has_state(self, STATE_DRAFT))
    return FALSE;
  call->method = "model.sale.sale.read";
  call->params =
      json_pack("[[I],[s,s,s]]", (json_int_t)self->sale_id, "state", "total_amount", "_timestamp");
  return TRUE;
}

static gboolean
take_total(gpointer story, json_t *result, GError **error)
{
  Record *self = story;
  json_t *sale = json_array_get(result, 0);
  gint64 total = 0;

  if (sale == NULL || !tryton_value_get_amount(sale, "total_amount", TRYTON_MONEY_DIGITS, &total)) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_CONFLICT, _("the sale has gone"));
    return FALSE;
  }
  choose_sale(self, sale);
  self->timestamp = g_strdup(tryton_value_get_text(sale, "_timestamp"));
  self->rest = self->ticket->total - total;
  self->rounding.rate = record_lines_get_main_rate(&self->lines);
  if (ABS(self->rest) <= ROUNDING_MAX)
    return TRUE;
  g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_REJECTED,
                      _("Tryton makes another total of it: its lines or taxes do not fit"));
  return FALSE;
}

static gboolean
ask_rounding_article(gpointer story, TrytonCall *call)
{
  Record *self = story;

  return self->rest != 0 && has_state(self, STATE_DRAFT) &&
         tryton_own_article_ask(&self->rounding, self->books, call);
}

static gboolean
take_rounding_article(gpointer story, json_t *result, GError **error)
{
  Record *self = story;

  return tryton_own_article_take(&self->rounding, self->books, result, error);
}

/* Two programs that go on with one draft see the same rest: with the time at which it was read the
 * second of them is refused. */
static gboolean
ask_rounding(gpointer story, TrytonCall *call)
{
  Record *self = story;
  gint64 unit_id = tryton_catalogue_find_unit(self->books->catalogue, NULL);
  g_autofree char *subject = NULL;

  if (self->rest == 0 || !has_state(self, STATE_DRAFT))
    return FALSE;
  subject = g_strdup_printf("sale.sale,%" G_GINT64_FORMAT, self->sale_id);
  call->context = json_pack("{s:{s:s?}}", "_timestamp", subject, self->timestamp);
  call->method = "model.sale.sale.write";
  call->params = json_pack("[[I],{s:o}]", (json_int_t)self->sale_id, "lines",
                           tryton_value_new_create(tryton_ticket_new_rounding(
                               self->rounding.product_id, unit_id, self->rest)));
  return TRUE;
}

static gboolean
take_rounding(gpointer story, json_t *result, GError **error)
{
  ((Record *)story)->rest = 0;
  return TRUE;
}

static gboolean
ask_button(Record *self, const char *method, TrytonCall *call)
{
  call->method = method;
  call->params = json_pack("[[I]]", (json_int_t)self->sale_id);
  return TRUE;
}

/* The next button of a sale on its way; Tryton processes some by itself. */
static gboolean
ask_progress(gpointer story, TrytonCall *call)
{
  Record *self = story;

  if (self->sale_id == 0)
    return FALSE;
  if (self->state == NULL) {
    call->method = "model.sale.sale.read";
    call->params = json_pack("[[I],[s]]", (json_int_t)self->sale_id, "state");
    return TRUE;
  }
  if (has_state(self, STATE_DRAFT))
    return ask_button(self, "model.sale.sale.quote", call);
  if (has_state(self, STATE_QUOTATION))
    return ask_button(self, "model.sale.sale.confirm", call);
  if (has_state(self, STATE_CONFIRMED))
    return ask_button(self, "model.sale.sale.process", call);
  return FALSE;
}

static gboolean
take_progress(gpointer story, json_t *result, GError **error)
{
  Record *self = story;

  if (self->state != NULL) {
    g_clear_pointer(&self->state, g_free);
    return TRUE;
  }
  choose_sale(self, json_array_get(result, 0));
  if (self->sale_id != 0 && self->state != NULL)
    return TRUE;
  g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_CONFLICT, _("the sale has gone"));
  return FALSE;
}

static void
recorded_cb(gpointer story, const GError *error)
{
  Record *self = story;
  g_autofree char *sale_id = NULL;

  if (self->sale_id != 0)
    sale_id = g_strdup_printf("%" G_GINT64_FORMAT, self->sale_id);
  else if (self->ticket->sale_id != NULL)
    sale_id = g_strdup(self->ticket->sale_id);
  else
    sale_id = g_strdup(self->ticket->reference);
  self->done(error == NULL ? sale_id : NULL, error, self->user_data);
  free_record(self);
}

/**
 * tryton_record_ticket:
 * @books: open books
 * @ticket: (transfer full): what the till sold
 * @done: called once
 * @user_data: for @done
 *
 * Writes a ticket as a sale that is processed, unless it is one already. A ticket that is not paid,
 * or came from a sale of Tryton, writes nothing.
 */
void
tryton_record_ticket(TrytonBooks *books,
                     TrytonTicket *ticket,
                     TrytonRecorded done,
                     gpointer user_data)
{
  static const TrytonStep steps[] = {
    { ask_known, take_known, FALSE },
    { ask_party, take_party, TRUE },
    { ask_lines, take_lines, TRUE },
    { ask_creation, take_creation, FALSE },
    { ask_others, take_others, TRUE },
    { ask_removal, take_removal, FALSE },
    { ask_total, take_total, FALSE },
    { ask_rounding_article, take_rounding_article, TRUE },
    { ask_rounding, take_rounding, FALSE },
    { ask_progress, take_progress, TRUE },
    { NULL, NULL, FALSE },
  };
  Record *self = g_new0(Record, 1);

  self->books = tryton_books_ref(books);
  self->ticket = ticket;
  self->done = done;
  self->user_data = user_data;
  record_lines_init(&self->lines, self->books, self->ticket);
  tryton_steps_run(books->rpc, steps, recorded_cb, self);
}
