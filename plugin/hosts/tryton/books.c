/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Opening the books of a company: who it is, which warehouse it sells from, and the catalogue,
 * which is read again when it is no longer fresh. */

#include "books.h"

#include "config.h"
#include "value.h"

#include <comptoir/comptoir.h>
#include <glib/gi18n-lib.h>

#define FRESH_US (60 * G_USEC_PER_SEC)
#define ROWS_MAX 5000 /* of a catalogue's list */

typedef struct {
  TrytonBooks *books;         /* (owned) */
  TrytonCatalogue *catalogue; /* (owned) (nullable): being read */
  char *company_name;         /* (owned) (nullable) */
  TrytonStepsDone done;
  gpointer user_data;
} Opening;

/**
 * tryton_books_new:
 * @rpc: (transfer full): the connection
 *
 * Returns: (transfer full): books that are not open yet
 */
TrytonBooks *
tryton_books_new(TrytonRpc *rpc)
{
  TrytonBooks *self = g_rc_box_new0(TrytonBooks);

  self->rpc = rpc;
  self->states = g_strsplit("processing,done", ",", -1);
  return self;
}

/**
 * tryton_books_ref:
 * @self: books
 *
 * Returns: (transfer full): @self
 */
TrytonBooks *
tryton_books_ref(TrytonBooks *self)
{
  return g_rc_box_acquire(self);
}

static void
clear_books(gpointer data)
{
  TrytonBooks *self = data;

  tryton_rpc_free(self->rpc);
  tryton_catalogue_free(self->catalogue);
  g_free(self->instance_id);
  g_free(self->location);
  g_free(self->language);
  g_clear_pointer(&self->zone, g_time_zone_unref);
  g_strfreev(self->states);
}

/**
 * tryton_books_unref:
 * @self: (transfer full): books
 *
 * Releases a reference.
 */
void
tryton_books_unref(TrytonBooks *self)
{
  g_rc_box_release_full(self, clear_books);
}

/**
 * tryton_books_new_states:
 * @self: books
 *
 * Returns: (transfer full): the states of a sale that counts, as an array
 */
json_t *
tryton_books_new_states(TrytonBooks *self)
{
  json_t *states = json_array();

  for (guint i = 0; self->states[i] != NULL; i++)
    (void)json_array_append_new(states, json_string(self->states[i]));
  return states;
}

static gboolean
ask_preferences(gpointer story, TrytonCall *call)
{
  call->method = "model.res.user.get_preferences";
  call->params = json_pack("[b]", 1);
  return TRUE;
}

static gboolean
take_preferences(gpointer story, json_t *result, GError **error)
{
  Opening *self = story;
  const char *language = tryton_value_get_text(result, "language");

  self->books->company_id = tryton_value_get_id(result, "company");
  self->books->warehouse_id = tryton_value_get_id(result, "warehouse");
  if (self->books->company_id == 0) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_CONFIGURED,
                        _("the user of Tryton has no company: choose one in its preferences"));
    return FALSE;
  }
  g_free(self->books->language);
  self->books->language = g_strdup(language);
  tryton_rpc_set_context(self->books->rpc, result);
  return TRUE;
}

static gboolean
ask_company(gpointer story, TrytonCall *call)
{
  Opening *self = story;

  call->method = "model.company.company.read";
  call->params = json_pack("[[I],[s,s,s,s,s]]", (json_int_t)self->books->company_id, "create_date",
                           "timezone", "party.name", "party.create_date", "currency.code");
  return TRUE;
}

/* Kept in the database itself and never changed, so every client and every restored copy says the
 * same: docs/TRYTON.md. */
static char *
make_instance_id(json_t *company, json_t *party)
{
  g_autofree char *facts = g_strdup_printf(
      "tryton\n%" G_GINT64_FORMAT "\n%" G_GINT64_FORMAT "\n%" G_GINT64_FORMAT "\n%" G_GINT64_FORMAT,
      tryton_value_get_id(company, "id"), tryton_value_get_time(company, "create_date"),
      tryton_value_get_id(party, "id"), tryton_value_get_time(party, "create_date"));
  g_autofree char *digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, facts, -1);

  return g_strdup_printf("tryton-%.32s", digest);
}

static gboolean
take_company(gpointer story, json_t *result, GError **error)
{
  Opening *self = story;
  json_t *company = json_array_get(result, 0);
  json_t *party = tryton_value_get_record(company, "party");
  const char *zone = tryton_value_get_text(company, "timezone");

  if (party == NULL) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL,
                        _("Tryton does not say who the company is"));
    return FALSE;
  }
  self->company_name = g_strdup(tryton_value_get_text(party, "name"));
  g_free(self->books->instance_id);
  self->books->instance_id = make_instance_id(company, party);
  g_clear_pointer(&self->books->zone, g_time_zone_unref);
  self->books->zone = zone == NULL ? NULL : g_time_zone_new_identifier(zone);
  if (self->books->zone == NULL)
    self->books->zone = g_time_zone_new_local();
  return TRUE;
}

static gboolean
ask_warehouses(gpointer story, TrytonCall *call)
{
  call->method = "model.stock.location.search_read";
  call->params = json_pack("[[[s,s,s]],i,i,[[s,s]],[s,s]]", "type", "=", "warehouse", 0, ROWS_MAX,
                           "id", "ASC", "name", "storage_location");
  return TRUE;
}

/* The user's own, else the oldest: each client of a shop finds the same. */
static gboolean
take_warehouses(gpointer story, json_t *result, GError **error)
{
  Opening *self = story;
  json_t *chosen = json_array_get(result, 0);
  json_t *row = NULL;
  const char *name = NULL;
  size_t i = 0;

  json_array_foreach(result, i, row)
  {
    if (tryton_value_get_id(row, "id") == self->books->warehouse_id)
      chosen = row;
  }
  if (chosen == NULL) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_CONFIGURED,
                        _("Tryton has no warehouse to sell from"));
    return FALSE;
  }
  self->books->warehouse_id = tryton_value_get_id(chosen, "id");
  self->books->storage_id = tryton_value_get_id(chosen, "storage_location");
  name = tryton_value_get_text(chosen, "name");
  g_free(self->books->location);
  self->books->location = g_strdup_printf(
      "%s, %s", self->company_name == NULL ? "" : self->company_name, name == NULL ? "" : name);
  return TRUE;
}

static gint64
get_today(const TrytonBooks *books)
{
  g_autoptr(GDateTime) now = g_date_time_new_now(books->zone);

  return (gint64)g_date_time_get_year(now) * 10000 + g_date_time_get_month(now) * 100 +
         g_date_time_get_day_of_month(now);
}

static gboolean
ask_taxes(gpointer story, TrytonCall *call)
{
  Opening *self = story;

  self->catalogue = tryton_catalogue_new(get_today(self->books));
  call->method = "model.account.tax.search_read";
  call->params =
      json_pack("[[[s,s,I]],i,i,[[s,s]],[s,s,s,s,s,s,s,s]]", "company", "=",
                (json_int_t)self->books->company_id, 0, ROWS_MAX, "id", "ASC", "name", "type",
                "rate", "amount", "parent", "start_date", "end_date", "group.kind");
  return TRUE;
}

static gboolean
take_taxes(gpointer story, json_t *result, GError **error)
{
  tryton_catalogue_take_taxes(((Opening *)story)->catalogue, result);
  return TRUE;
}

static gboolean
ask_categories(gpointer story, TrytonCall *call)
{
  call->method = "model.product.category.search_read";
  call->params = json_pack("[[],i,i,[[s,s]],[s,s,s]]", 0, ROWS_MAX, "id", "ASC", "name",
                           "accounting", "customer_taxes_used");
  return TRUE;
}

static gboolean
take_categories(gpointer story, json_t *result, GError **error)
{
  tryton_catalogue_take_categories(((Opening *)story)->catalogue, result);
  return TRUE;
}

/* Units have translated symbols; those of English are the ones that are known. */
static gboolean
ask_units(gpointer story, TrytonCall *call)
{
  call->method = "model.product.uom.search_read";
  call->params = json_pack("[[],i,i,[[s,s]],[s,s]]", 0, ROWS_MAX, "id", "ASC", "symbol", "digits");
  call->context = json_pack("{s:s}", "language", "en");
  return TRUE;
}

static gboolean
take_units(gpointer story, json_t *result, GError **error)
{
  tryton_catalogue_take_units(((Opening *)story)->catalogue, result);
  return TRUE;
}

static gboolean
ask_terms(gpointer story, TrytonCall *call)
{
  call->method = "model.account.invoice.payment_term.search_read";
  call->params = json_pack("[[],i,i,[[s,s]],[s]]", 0, ROWS_MAX, "id", "ASC", "name");
  return TRUE;
}

static gboolean
take_terms(gpointer story, json_t *result, GError **error)
{
  Opening *self = story;

  tryton_catalogue_take_terms(self->catalogue, result);
  tryton_catalogue_free(self->books->catalogue);
  self->books->catalogue = g_steal_pointer(&self->catalogue);
  self->books->read_at = g_get_monotonic_time();
  return TRUE;
}

static void
done_cb(gpointer story, const GError *error)
{
  Opening *self = story;

  self->done(self->user_data, error);
  tryton_catalogue_free(self->catalogue);
  tryton_books_unref(self->books);
  g_free(self->company_name);
  g_free(self);
}

static const TrytonStep opening_steps[] = {
  { ask_preferences, take_preferences, FALSE },
  { ask_company, take_company, FALSE },
  { ask_warehouses, take_warehouses, FALSE },
  { ask_taxes, take_taxes, FALSE },
  { ask_categories, take_categories, FALSE },
  { ask_units, take_units, FALSE },
  { ask_terms, take_terms, FALSE },
  { NULL, NULL, FALSE },
};

#define REFRESH_FROM 3 /* the catalogue's steps */

static void
run_steps(TrytonBooks *books, const TrytonStep *steps, TrytonStepsDone done, gpointer user_data)
{
  Opening *self = g_new0(Opening, 1);

  self->books = tryton_books_ref(books);
  self->done = done;
  self->user_data = user_data;
  tryton_steps_run(books->rpc, steps, done_cb, self);
}

/**
 * tryton_books_open:
 * @self: books
 * @done: called once
 * @user_data: for @done
 *
 * Reads who sells and from where, and the catalogue. Fails with %COMPTOIR_ERROR_NOT_CONFIGURED when
 * the user has no company or there is no warehouse, and as tryton_rpc_call() does.
 */
void
tryton_books_open(TrytonBooks *self, TrytonStepsDone done, gpointer user_data)
{
  run_steps(self, opening_steps, done, user_data);
}

/**
 * tryton_books_refresh:
 * @self: open books
 * @done: called once, perhaps at once
 * @user_data: for @done
 *
 * Reads the catalogue again when it is no longer fresh.
 */
void
tryton_books_refresh(TrytonBooks *self, TrytonStepsDone done, gpointer user_data)
{
  if (g_get_monotonic_time() - self->read_at < FRESH_US)
    done(user_data, NULL);
  else
    run_steps(self, opening_steps + REFRESH_FROM, done, user_data);
}
