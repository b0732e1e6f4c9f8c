/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Goes through everything in which somebody can be: sales, texts of orders, sentences for people,
 * settings. What is found is counted, and erased if that is what it walks for; doing it twice is
 * doing it once, so a walk that a crash ended begins anew. */
#include "engine/person-walk.h"

#include "model/text.h"
#include "store/erasures.h"
#include "store/settings.h"
#include "store/texts.h"

#define DEFAULT_CUSTOMER "default-customer"

typedef enum {
  SALES,
  ORDERS,
  TEXTS,
  SETTINGS
} Place;

typedef struct {
  ShopcaisseWalk walk;
  Place place;
  char *after_sale; /* (owned) */
  gint64 after_order;
  ShopcaisseTextsSearch texts;
  GHashTable *seen; /* (owned) (element-type utf8): sales that were counted */
  gboolean (*last)(gpointer user_data, GError **error);
  ShopcaisseSlicesDone done;
  gpointer user_data;
} Walk;

static gboolean step_cb(guint limit, gboolean *is_done, gpointer user_data, GError **error);
static void done_cb(const GError *error, gpointer user_data);

/**
 * shopcaisse_walk_new:
 * @context: the engine's parts
 * @person: (transfer full): who is looked for
 * @purpose: what for
 *
 * Returns: (transfer full): a walk that has not begun
 */
ShopcaisseWalk *
shopcaisse_walk_new(ShopcaisseContext *context,
                    ShopcaissePerson *person,
                    ShopcaisseWalkPurpose purpose)
{
  Walk *self = g_new0(Walk, 1);

  self->walk.context = context;
  self->walk.person = person;
  self->walk.purpose = purpose;
  self->after_sale = g_strdup("");
  self->texts.mask = shopcaisse_person_get_mask(person);
  self->texts.use =
      purpose == SHOPCAISSE_WALK_ERASE ? SHOPCAISSE_TEXTS_MASK : SHOPCAISSE_TEXTS_COUNT;
  self->seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  return &self->walk;
}

/**
 * shopcaisse_walk_free:
 * @walk: (transfer full) (nullable): a walk that is over or has not begun
 *
 * Frees it.
 */
void
shopcaisse_walk_free(ShopcaisseWalk *walk)
{
  Walk *self = (Walk *)walk;

  if (self == NULL)
    return;
  shopcaisse_person_free(walk->person);
  g_clear_pointer(&walk->rows, g_ptr_array_unref);
  g_free(self->after_sale);
  g_hash_table_unref(self->seen);
  g_free(self);
}

/**
 * shopcaisse_walk_run:
 * @walk: the walk
 * @last: (nullable): called in the transaction that ends it
 * @done: called after that, or with what went wrong
 * @user_data: for both
 *
 * Starts it.
 */
void
shopcaisse_walk_run(ShopcaisseWalk *walk,
                    gboolean (*last)(gpointer user_data, GError **error),
                    ShopcaisseSlicesDone done,
                    gpointer user_data)
{
  Walk *self = (Walk *)walk;

  self->last = last;
  self->done = done;
  self->user_data = user_data;
  shopcaisse_slices_run(walk->context, step_cb, done_cb, self);
}

static void
done_cb(const GError *error, gpointer user_data)
{
  Walk *self = user_data;

  self->done(error, self->user_data);
}

/* What the host said, and what of it is or was to be sent. */
static GVariant *
describe_sale(const ShopcaisseTraceSale *sale)
{
  const ShopcaisseSaleRecord *record = sale->record;
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);

  g_variant_dict_insert(&row, "id", "s", record->sale_id);
  g_variant_dict_insert(&row, "number", "s", record->number);
  g_variant_dict_insert(&row, "state", "s", record->state);
  g_variant_dict_insert(&row, "order_id", "s", record->order_id);
  g_variant_dict_insert_value(&row, "sale", record->payload);
  if (sale->order != NULL && sale->order->body != NULL) {
    g_autofree char *text =
        g_strndup(g_bytes_get_data(sale->order->body, NULL), g_bytes_get_size(sale->order->body));

    g_variant_dict_insert(&row, "request", "s", text);
  }
  return g_variant_ref_sink(g_variant_dict_end(&row));
}

static void
count_sale(Walk *self, const ShopcaisseTraceSale *sale, ShopcaisseTrace trace)
{
  ShopcaisseWalk *walk = &self->walk;

  walk->n_sales++;
  walk->n_waiting += trace == SHOPCAISSE_TRACE_WAITS ? 1 : 0;
  walk->n_on_the_way += trace == SHOPCAISSE_TRACE_AWAY ? 1 : 0;
  if (walk->rows != NULL)
    g_ptr_array_add(walk->rows, describe_sale(sale));
}

/* Nobody's, or somebody else's; the notes may name the one all the same. */
static gboolean
look_at_notes(Walk *self, ShopcaisseTraceSale *sale, GError **error)
{
  ShopcaisseMask *mask = self->texts.mask;
  g_autoptr(GVariant) masked = shopcaisse_mask_apply_notes(mask, sale->record->payload);

  if (g_variant_equal(masked, sale->record->payload))
    return TRUE;
  self->walk.n_texts++;
  if (self->walk.rows != NULL)
    g_ptr_array_add(self->walk.rows, describe_sale(sale));
  return self->walk.purpose == SHOPCAISSE_WALK_LOOK ||
         shopcaisse_erase_notes(self->walk.context, sale, mask, error);
}

static gboolean
look_at_sale(Walk *self, const char *sale_id, GError **error)
{
  g_auto(ShopcaisseTraceSale) sale = { NULL };
  ShopcaisseTrace trace = SHOPCAISSE_TRACE_NONE;

  if (g_hash_table_contains(self->seen, sale_id))
    return TRUE;
  if (!shopcaisse_trace_sale_load(self->walk.context, sale_id, &sale, error))
    return FALSE;
  if (sale.record == NULL)
    return TRUE;
  trace = shopcaisse_trace_sale_judge(&sale, self->walk.person);
  if (trace == SHOPCAISSE_TRACE_NONE)
    return self->place == ORDERS || look_at_notes(self, &sale, error);
  g_hash_table_add(self->seen, g_strdup(sale_id));
  count_sale(self, &sale, trace);
  return self->walk.purpose == SHOPCAISSE_WALK_LOOK ||
         shopcaisse_erase_sale(self->walk.context, &sale, error);
}

static gboolean
look_at_sales(Walk *self, GPtrArray *sale_ids, GError **error)
{
  for (guint i = 0; i < sale_ids->len; i++) {
    if (!look_at_sale(self, sale_ids->pdata[i], error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
walk_sales(Walk *self, guint limit, GError **error)
{
  g_autoptr(GPtrArray) sale_ids =
      shopcaisse_erasures_list_sales(self->walk.context->database, self->after_sale, limit, error);

  if (sale_ids == NULL || !look_at_sales(self, sale_ids, error))
    return FALSE;
  if (sale_ids->len < limit)
    self->place = ORDERS;
  else
    shopcaisse_text_replace(&self->after_sale, sale_ids->pdata[sale_ids->len - 1]);
  return TRUE;
}

/* Whom the merchant named for sales without a customer stands in texts of orders alone. */
static gboolean
walk_orders(Walk *self, guint limit, GError **error)
{
  g_autoptr(GPtrArray) sale_ids = shopcaisse_erasures_list_orders(self->walk.context->database,
                                                                  &self->after_order, limit, error);

  if (sale_ids == NULL || !look_at_sales(self, sale_ids, error))
    return FALSE;
  if (self->after_order == G_MAXINT64)
    self->place = TEXTS;
  return TRUE;
}

static gboolean
walk_texts(Walk *self, guint limit, GError **error)
{
  self->texts.limit = limit;
  if (!shopcaisse_texts_search(self->walk.context->database, &self->texts, error))
    return FALSE;
  if (self->texts.after != G_MAXINT64)
    return TRUE;
  self->texts.after = 0;
  self->texts.place++;
  if (self->texts.place < SHOPCAISSE_N_TEXTS)
    return TRUE;
  self->walk.n_texts += self->texts.n_found;
  self->place = SETTINGS;
  return TRUE;
}

static gboolean
walk_settings(Walk *self, GError **error)
{
  ShopcaisseContext *context = self->walk.context;
  const char *named = context->configuration->default_customer;
  const ShopcaisseCustomer somebody = {
    .id = (char *)named,
    .email = (char *)named,
    .phone = (char *)named,
  };

  if (*named == '\0' || !shopcaisse_person_is(self->walk.person, &somebody, NULL))
    return TRUE;
  self->walk.n_settings++;
  return self->walk.purpose == SHOPCAISSE_WALK_LOOK ||
         (shopcaisse_settings_set(context->database, DEFAULT_CUSTOMER, "", error) &&
          shopcaisse_configuration_reload(context->configuration, context->database, error));
}

static gboolean
step_cb(guint limit, gboolean *is_done, gpointer user_data, GError **error)
{
  Walk *self = user_data;

  switch (self->place) {
  case SALES:
    return walk_sales(self, limit, error);
  case ORDERS:
    return walk_orders(self, limit, error);
  case TEXTS:
    return walk_texts(self, limit, error);
  case SETTINGS:
  default:
    *is_done = TRUE;
    return walk_settings(self, error) && (self->last == NULL || self->last(self->user_data, error));
  }
}
