/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Slots for orders: an array in the vendor's example, an object in its schema, without a name for
 * what holds them; docs/PROTOCOL.md 2.2, 3.16. */
#include "api/hours.h"
#include "api/page-read.h"
#include "api/path.h"
#include "model/timestamp.h"

static const char *const list_keys[] = { "items", "slots", "orderSlots" };

/**
 * shopcaisse_slots_request:
 * @store_id: the store
 * @until: the last moment of interest, microseconds since 1970
 *
 * Asks for the slots from now on.
 *
 * Returns: (transfer full): the request
 */
ShopcaisseRequest *
shopcaisse_slots_request(const char *store_id, gint64 until)
{
  g_return_val_if_fail(store_id != NULL, NULL);
  g_return_val_if_fail(until >= 0 && until <= SHOPCAISSE_TIMESTAMP_MAX, NULL);

  GString *path = shopcaisse_path_new("stores", store_id, "order-slots", "future", NULL);
  g_autofree char *end = shopcaisse_timestamp_to_text(until - until % G_USEC_PER_SEC);

  shopcaisse_path_add_text(path, "endDate", end);
  return shopcaisse_request_new(SHOPCAISSE_METHOD_GET, g_string_free(path, FALSE), NULL,
                                SHOPCAISSE_ANSWER_MAX);
}

static gpointer
read_slot(json_t *object, GError **error)
{
  g_autoptr(ShopcaisseSlot) slot = g_new0(ShopcaisseSlot, 1);
  gint64 max = G_MININT64;

  if (!shopcaisse_json_get_id(object, "id", SHOPCAISSE_JSON_OPTIONAL, &slot->id, error) ||
      !shopcaisse_json_get_id(object, "storeId", SHOPCAISSE_JSON_OPTIONAL, &slot->store_id,
                              error) ||
      !shopcaisse_json_get_iso_time(object, "startTime", SHOPCAISSE_JSON_REQUIRED, &slot->start_at,
                                    error) ||
      !shopcaisse_json_get_milli(object, "maxWeight", SHOPCAISSE_JSON_OPTIONAL, &max, error) ||
      !shopcaisse_json_get_milli(object, "totalWeight", SHOPCAISSE_JSON_OPTIONAL,
                                 &slot->total_load_milli, error) ||
      !shopcaisse_json_get_boolean(object, "isAvailable", &slot->is_available, error))
    return NULL;
  slot->has_load = max != G_MININT64;
  slot->max_load_milli = slot->has_load ? max : 0;
  return g_steal_pointer(&slot);
}

static const ShopcaisseShapeField slot_fields[] = {
  { .key = "id" },
  { .key = "storeId" },
  { .key = "startTime" },
  { .key = "maxWeight" },
  { .key = "totalWeight" },
  { .key = "isAvailable" },
  { .key = "orderSlotEntries" },
};

static const ShopcaisseShape slot_shape = SHOPCAISSE_SHAPE("slot", slot_fields);

static const ShopcaisseRowKind slot_row = {
  .shape = &slot_shape,
  .row_read = read_slot,
  .row_free = (GDestroyNotify)shopcaisse_slot_free,
};

static ShopcaissePage *
read_object(json_t *root, GError **error)
{
  g_autoptr(json_t) alone = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS(list_keys); i++) {
    json_t *list = json_object_get(root, list_keys[i]);

    if (list != NULL)
      return shopcaisse_list_read(list, list_keys[i], &slot_row, error);
  }
  if (json_object_get(root, "startTime") == NULL) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL,
                        "the answer holds no list of slots");
    return NULL;
  }
  alone = json_pack("[O]", root);
  return shopcaisse_list_read(alone, "", &slot_row, error);
}

/**
 * shopcaisse_slots_parse:
 * @body: the answer
 * @error: return location for an error
 *
 * Reads slots: an array of them, an object around such an array, or a single one.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when the answer is none of these.
 *
 * Returns: (transfer full): a page of #ShopcaisseSlot
 */
ShopcaissePage *
shopcaisse_slots_parse(GBytes *body, GError **error)
{
  g_return_val_if_fail(body != NULL, NULL);

  g_autoptr(json_t) root = shopcaisse_json_load(body, SHOPCAISSE_JSON_MAX_DEPTH, error);

  if (root == NULL)
    return NULL;
  return json_is_object(root) ? read_object(root, error)
                              : shopcaisse_list_read(root, "", &slot_row, error);
}
