/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The virtual clock: the real one, or one that stands, plus an offset that only whoever plays
 * with the simulator moves. */

#include "clock.h"

#include "wait.h"
#include "webhook.h"

/**
 * sim_clock_now_ms:
 * @sim: the simulator
 *
 * Tells the simulated time, in ms since 1970 (UTC).
 *
 * Returns: the time
 */
gint64
sim_clock_now_ms(const Simulator *sim)
{
  gint64 origin_ms = sim->standing_ms != 0 ? sim->standing_ms : g_get_real_time() / 1000;

  return origin_ms + sim->clock_offset_ms;
}

/**
 * sim_clock_advance:
 * @sim: the simulator
 * @ms: how far; may be negative
 *
 * Moves the clock and starts what has become due.
 */
void
sim_clock_advance(Simulator *sim, gint64 ms)
{
  sim->clock_offset_ms += ms;
  sim_webhooks_run(sim);
  sim_waits_check(sim);
}

/**
 * sim_clock_format:
 * @at_ms: ms since 1970
 *
 * Prints a time as ISO 8601 in UTC.
 *
 * Returns: (transfer full): the text
 */
char *
sim_clock_format(gint64 at_ms)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(at_ms / 1000);
  g_autofree char *seconds = g_date_time_format(time, "%Y-%m-%dT%H:%M:%S");
  return g_strdup_printf("%s.%03dZ", seconds, (int)(at_ms % 1000));
}
