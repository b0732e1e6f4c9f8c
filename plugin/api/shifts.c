/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Shifts of a store's tills; docs/PROTOCOL.md 3.14. */
#include "api/page-read.h"
#include "api/path.h"
#include "api/tickets.h"

#define MICROSECONDS_IN_MS 1000

/**
 * shopcaisse_shifts_request:
 * @store_id: the store
 * @from: microseconds since 1970, included
 * @to: microseconds since 1970, excluded; 0 for no end
 * @page: which page, from 0
 *
 * Asks for a page of shifts. Without a time the service lists the current day alone, so one is
 * always sent.
 *
 * Returns: (transfer full): the request
 */
ShopcaisseRequest *
shopcaisse_shifts_request(const char *store_id, gint64 from, gint64 to, guint page)
{
  g_return_val_if_fail(store_id != NULL && from >= 0 && to >= 0, NULL);

  GString *path = shopcaisse_path_new("stores", store_id, "shifts", NULL);

  shopcaisse_path_add_page(path, page, SHOPCAISSE_TICKETS_PAGE_SIZE);
  shopcaisse_path_add_number(path, "from", from / MICROSECONDS_IN_MS);
  if (to > 0)
    shopcaisse_path_add_number(path, "to", to / MICROSECONDS_IN_MS);
  return shopcaisse_request_new(SHOPCAISSE_METHOD_GET, g_string_free(path, FALSE), NULL,
                                SHOPCAISSE_ANSWER_MAX);
}

static gpointer
read_shift(json_t *object, GError **error)
{
  g_autoptr(ShopcaisseShift) shift = g_new0(ShopcaisseShift, 1);

  shift->start_at = -1;
  shift->end_at = -1;
  if (!shopcaisse_json_get_id(object, "id", SHOPCAISSE_JSON_REQUIRED, &shift->id, error) ||
      !shopcaisse_json_get_id(object, "pos", SHOPCAISSE_JSON_OPTIONAL, &shift->pos_id, error) ||
      !shopcaisse_json_get_text(object, "status", &shift->status, error) ||
      !shopcaisse_json_get_time(object, "startAt", SHOPCAISSE_JSON_OPTIONAL, &shift->start_at,
                                error) ||
      !shopcaisse_json_get_time(object, "endAt", SHOPCAISSE_JSON_OPTIONAL, &shift->end_at, error) ||
      !shopcaisse_json_get_integer(object, "sequence", &shift->sequence, error))
    return NULL;
  shift->phase = shopcaisse_shift_phase_parse(shift->status);
  if (shift->status == NULL)
    shift->status = g_strdup("");
  return g_steal_pointer(&shift);
}

static gboolean
is_phase(const char *word)
{
  return shopcaisse_shift_phase_parse(word) != SHOPCAISSE_SHIFT_UNKNOWN;
}

static const ShopcaisseShapeField location_fields[] = {
  { .key = "id" },
  { .key = "name" },
};

static const ShopcaisseShape location_shape = SHOPCAISSE_SHAPE("shift.location", location_fields);

static const ShopcaisseShapeField shift_fields[] = {
  { .key = "id" },
  { .key = "status", .is_known = is_phase },
  { .key = "startAt" },
  { .key = "endAt" },
  { .key = "sequence" },
  { .key = "pos" },
  { .key = "location", .below = &location_shape },
};

static const ShopcaisseShape shift_shape = SHOPCAISSE_SHAPE("shift", shift_fields);

static const ShopcaisseRowKind shift_row = {
  .shape = &shift_shape,
  .row_read = read_shift,
  .row_free = (GDestroyNotify)shopcaisse_shift_free,
};

/**
 * shopcaisse_shifts_parse:
 * @body: the answer
 * @error: return location for an error
 *
 * Reads a page of shifts.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when the answer is not a page.
 *
 * Returns: (transfer full): a page of #ShopcaisseShift
 */
ShopcaissePage *
shopcaisse_shifts_parse(GBytes *body, GError **error)
{
  return shopcaisse_page_read(body, &shift_row, error);
}
