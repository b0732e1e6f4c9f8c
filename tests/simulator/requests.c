/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The request log. */

#include "requests.h"

#include "clock.h"
#include "wire.h"

#include <string.h>

static void
free_request(gpointer data)
{
  SimRequest *row = data;
  g_free(row->method);
  g_free(row->path);
  g_free(row->query);
  g_free(row->order_id);
  g_free(row->sha256);
  g_free(row);
}

/**
 * sim_requests_new:
 *
 * Makes an empty log.
 *
 * Returns: (transfer full): the log
 */
SimRequests *
sim_requests_new(void)
{
  SimRequests *self = g_new0(SimRequests, 1);
  self->rows = g_ptr_array_new_with_free_func(free_request);
  self->by_number = g_hash_table_new(NULL, NULL);
  return self;
}

/**
 * sim_requests_add:
 * @sim: the simulator
 * @method: the method
 * @target: path and query as sent
 *
 * Starts a row.
 *
 * Returns: (transfer none): the row, valid until the log is cleared
 */
SimRequest *
sim_requests_add(Simulator *sim, const char *method, const char *target)
{
  SimRequests *self = sim->requests;
  SimRequest *row = g_new0(SimRequest, 1);
  const char *question = strchr(target, '?');

  row->number = ++self->last;
  row->at_ms = sim_clock_now_ms(sim);
  row->method = g_strdup(method);
  row->path = question != NULL ? g_strndup(target, (gsize)(question - target)) : g_strdup(target);
  row->query = g_strdup(question != NULL ? question + 1 : NULL);
  g_ptr_array_add(self->rows, row);
  g_hash_table_insert(self->by_number, GUINT_TO_POINTER(row->number), row);
  return row;
}

/**
 * sim_requests_get:
 * @self: the log
 * @number: a row's number
 *
 * Finds a row.
 *
 * Returns: (transfer none) (nullable): the row, %NULL when the log was cleared meanwhile
 */
SimRequest *
sim_requests_get(const SimRequests *self, guint number)
{
  return g_hash_table_lookup(self->by_number, GUINT_TO_POINTER(number));
}

/**
 * sim_requests_clear:
 * @self: the log
 *
 * Forgets all rows; numbers go on.
 */
void
sim_requests_clear(SimRequests *self)
{
  g_hash_table_remove_all(self->by_number);
  g_ptr_array_set_size(self->rows, 0);
}

static json_t *
build_row(const SimRequest *row)
{
  return json_pack("{s:i, s:I, s:s, s:s, s:o, s:i, s:b, s:b, s:o, s:o, s:I, s:o, s:o}", "n",
                   (int)row->number, "time", (json_int_t)row->at_ms, "method", row->method, "path",
                   row->path, "query", sim_wire_text(row->query), "status", (int)row->status,
                   "authorised", row->authorised, "reached", row->reached, "orderId",
                   sim_wire_text(row->order_id), "sha256", sim_wire_text(row->sha256), "bodyLength",
                   (json_int_t)row->body_length, "fault", sim_wire_text(row->fault), "held",
                   sim_wire_text(row->held));
}

/**
 * sim_requests_to_json:
 * @self: the log
 * @since: rows with a greater number only
 * @limit: at most so many
 *
 * Prints rows, oldest first.
 *
 * Returns: (transfer full): an array
 */
json_t *
sim_requests_to_json(const SimRequests *self, guint since, guint limit)
{
  json_t *result = json_array();
  for (guint i = 0; i < self->rows->len && json_array_size(result) < limit; i++) {
    const SimRequest *row = g_ptr_array_index(self->rows, i);
    if (row->number > since)
      json_array_append_new(result, build_row(row));
  }
  return result;
}

/**
 * sim_requests_free:
 * @self: (nullable) (transfer full): the log
 *
 * Releases the log.
 */
void
sim_requests_free(SimRequests *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref(self->by_number);
  g_ptr_array_unref(self->rows);
  g_free(self);
}
