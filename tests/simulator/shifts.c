/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Shifts of a register, from opening to Z report (PROTOCOL 3.14). */

#include "shifts.h"

#include "clock.h"
#include "identity.h"
#include "sales.h"
#include "switches.h"
#include "wire.h"

static void
free_shift(gpointer data)
{
  SimShift *shift = data;
  g_free(shift->id);
  g_free(shift);
}

/**
 * sim_shifts_new:
 *
 * Makes an empty list of shifts.
 *
 * Returns: (transfer full): the list
 */
SimShifts *
sim_shifts_new(void)
{
  SimShifts *self = g_new0(SimShifts, 1);
  self->rows = g_ptr_array_new_with_free_func(free_shift);
  return self;
}

static SimShift *
find_last(const Simulator *sim, const SimPos *pos)
{
  for (guint i = sim->shifts->rows->len; i > 0; i--) {
    SimShift *shift = g_ptr_array_index(sim->shifts->rows, i - 1);
    if (shift->pos == pos)
      return shift;
  }
  return NULL;
}

/**
 * sim_shifts_find_open:
 * @sim: the simulator
 * @pos: a register
 *
 * Finds the register's open shift.
 *
 * Returns: (transfer none) (nullable): the shift
 */
SimShift *
sim_shifts_find_open(const Simulator *sim, const SimPos *pos)
{
  SimShift *last = find_last(sim, pos);
  return last != NULL && g_str_equal(last->status, "OPENED") ? last : NULL;
}

/**
 * sim_shifts_open:
 * @sim: the simulator
 * @pos: a register
 *
 * Opens a shift unless one is open.
 *
 * Returns: (transfer none): the open shift
 */
SimShift *
sim_shifts_open(Simulator *sim, const SimPos *pos)
{
  const SimShift *last = find_last(sim, pos);
  SimShift *shift = sim_shifts_find_open(sim, pos);
  if (shift != NULL)
    return shift;

  shift = g_new0(SimShift, 1);
  shift->id = sim_identity_next(sim, "shift");
  shift->pos = pos;
  shift->status = "OPENED";
  shift->start_ms = sim_clock_now_ms(sim);
  shift->sequence = last != NULL ? last->sequence + 1 : 1;
  g_ptr_array_add(sim->shifts->rows, shift);
  return shift;
}

/**
 * sim_shifts_get:
 * @sim: the simulator
 * @id: a shift's id
 *
 * Finds a shift.
 *
 * Returns: (transfer none) (nullable): the shift
 */
SimShift *
sim_shifts_get(const Simulator *sim, const char *id)
{
  for (guint i = 0; i < sim->shifts->rows->len; i++) {
    SimShift *shift = g_ptr_array_index(sim->shifts->rows, i);
    if (g_str_equal(shift->id, id))
      return shift;
  }
  return NULL;
}

/**
 * sim_shifts_close:
 * @sim: the simulator
 * @pos: a register
 *
 * Closes the open shift; its Z report is still to come.
 *
 * Returns: (transfer none) (nullable): why not, %NULL when done
 */
const char *
sim_shifts_close(Simulator *sim, const SimPos *pos)
{
  SimShift *shift = sim_shifts_find_open(sim, pos);
  if (shift == NULL)
    return "no shift is open";
  shift->status = "CLOSED_NOT_COMPLETED";
  shift->end_ms = sim_clock_now_ms(sim);
  return NULL;
}

/**
 * sim_shifts_complete:
 * @sim: the simulator
 * @pos: a register
 *
 * Makes the Z report of the last shift, closing it if need be; its sales are complete then.
 *
 * Returns: (transfer none) (nullable): why not, %NULL when done
 */
const char *
sim_shifts_complete(Simulator *sim, const SimPos *pos)
{
  (void)sim_shifts_close(sim, pos); /* It may be closed already. */
  SimShift *shift = find_last(sim, pos);
  if (shift == NULL || !g_str_equal(shift->status, "CLOSED_NOT_COMPLETED"))
    return "no shift is closed and not complete";

  /* The seed and the spec disagree about the name (PROTOCOL 3.14). */
  shift->status =
      sim_switch_is(sim, "shift_completed", "COMPLETED") ? "COMPLETED" : "CLOSED_COMPLETED";
  sim_sales_complete_shift(sim, shift->id);
  return NULL;
}

/**
 * sim_shift_build:
 * @shift: a shift
 *
 * Builds its row; endAt is null while it is open (PROTOCOL 3.14, guess).
 *
 * Returns: (transfer full): the row
 */
json_t *
sim_shift_build(const SimShift *shift)
{
  json_t *end = shift->end_ms != 0 ? json_integer(shift->end_ms) : json_null();
  return json_pack("{s:s, s:s, s:I, s:o, s:i, s:s}", "id", shift->id, "status", shift->status,
                   "startAt", (json_int_t)shift->start_ms, "endAt", end, "sequence",
                   (int)shift->sequence, "pos", shift->pos->id);
}

/**
 * sim_shifts_free:
 * @self: (nullable) (transfer full): the list
 *
 * Releases the list.
 */
void
sim_shifts_free(SimShifts *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref(self->rows);
  g_free(self);
}
