/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A sale of the host's: as it is handed over, as it is listed, and what the host is told of it. */

#include "rows.h"
#include "run-private.h"

#define N_TRIES 3
#define LOOK_US (50 * G_TIME_SPAN_MILLISECOND)

typedef struct {
  const char *id;
  gint64 best_us;
} Told;

/* Takes what was handed over; waits for the first when one is about to come. */
static void
take_sales(Run *run)
{
  guint64 wait_us = (guint64)run->options.timeout_ms * G_TIME_SPAN_MILLISECOND;
  GVariant *sale = NULL;

  if (run->options.will_sell && run->sales->len == 0)
    sale = g_async_queue_timeout_pop(run->submitted, wait_us);
  else
    sale = g_async_queue_try_pop(run->submitted);
  while (sale != NULL) {
    g_ptr_array_add(run->sales, sale);
    sale = g_async_queue_try_pop(run->submitted);
  }
}

static Verdict
say_no_sale(Run *run, GString *seen)
{
  g_string_append(seen, "no sale was submitted");
  return run->options.will_sell ? VERDICT_FAILED : VERDICT_NOT_OFFERED;
}

/* (transfer full) (nullable) */
static char *
find_fault_of_sale(GVariant *sale)
{
  char *fault = row_find_fault(sale, ROW_SALE, ROW_TYPES);

  if (fault == NULL)
    fault = row_find_fault(sale, ROW_SALE, ROW_MONEY);
  if (fault == NULL)
    fault = row_find_wrong_sum(sale);
  return fault;
}

static Verdict
check_submitted(Run *run, GString *seen)
{
  take_sales(run);
  if (run->sales->len == 0)
    return say_no_sale(run, seen);
  for (guint i = 0; i < run->sales->len; i++) {
    g_autofree char *fault = find_fault_of_sale(g_ptr_array_index(run->sales, i));

    if (fault == NULL)
      continue;
    g_string_append(seen, fault);
    return VERDICT_FAILED;
  }
  g_string_append_printf(seen, "%u as documented", run->sales->len);
  return VERDICT_OK;
}

static gboolean
is_listed(Run *run, const char *id, const char *since)
{
  const WalkOptions options = {
    .limit = 1000,
    .timeout_ms = run->options.timeout_ms,
    .since = since,
  };
  g_autoptr(Walk) walk = walk_new(run->asker, QUESTION_LIST_SALES, &options);

  return walk_find(walk, id) != 0;
}

/* The host may write its books while the channel answers: looked for a few times. */
static Verdict
check_same_id(Run *run, GString *seen)
{
  const char *id = "";
  const char *sold_at = NULL;

  take_sales(run);
  if (run->sales->len == 0) {
    g_string_append(seen, "no sale was submitted");
    return VERDICT_NOT_OFFERED;
  }
  (void)g_variant_lookup(g_ptr_array_index(run->sales, 0), COMPTOIR_KEY_ID, "&s", &id);
  (void)g_variant_lookup(g_ptr_array_index(run->sales, 0), COMPTOIR_KEY_SOLD_AT, "&s", &sold_at);
  for (guint i = 0; i < N_TRIES; i++) {
    if (is_listed(run, id, sold_at)) {
      g_string_append_printf(seen, "\"%.40s\" was submitted and is listed", id);
      return VERDICT_OK;
    }
    g_usleep(LOOK_US);
  }
  g_string_append_printf(seen, "\"%.40s\" was submitted and is not listed since its time", id);
  return VERDICT_FAILED;
}

static void
tell(ComptoirHost *host, gpointer user_data)
{
  static const char *const states[] = { "waiting", "sent", "sent", "parked", "sending" };
  Told *told = user_data;

  for (gsize i = 0; i < G_N_ELEMENTS(states); i++) {
    gint64 start_us = g_get_monotonic_time();

    comptoir_host_sale_progressed(host,
                                  g_variant_new_parsed("{'id': <%s>, 'state': <%s>, 'later': <%u>}",
                                                       told->id, states[i], (guint)i));
    told->best_us = MIN(told->best_us, g_get_monotonic_time() - start_us);
  }
}

static void
show(ComptoirHost *host, gpointer user_data)
{
  static const char *const texts[] = { "Check", "Check again", "", "" };
  Told *told = user_data;

  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    gint64 start_us = g_get_monotonic_time();

    comptoir_host_show_notice(
        host, g_variant_new_parsed("{'id': <%s>, 'level': <'warning'>, 'text': <%s>}", told->id,
                                   texts[i]));
    told->best_us = MIN(told->best_us, g_get_monotonic_time() - start_us);
  }
}

static Verdict
check_told(Run *run, AskerFunction function, GString *seen)
{
  const char *id = "comptoir-check: unknown:é";
  Told told = { .id = id, .best_us = G_MAXINT64 };

  (void)asker_call(run->asker, function, &told);
  if (run->sales->len > 0) {
    (void)g_variant_lookup(g_ptr_array_index(run->sales, 0), COMPTOIR_KEY_ID, "&s", &told.id);
    (void)asker_call(run->asker, function, &told);
  }
  g_string_append_printf(seen, "unknown ids, repeated, out of order: %.1f ms at best",
                         (double)told.best_us / G_TIME_SPAN_MILLISECOND);
  if (told.best_us <= RUN_HOLD_UP_MS * G_TIME_SPAN_MILLISECOND)
    return VERDICT_OK;
  g_string_append_printf(seen, "; %d ms at most", RUN_HOLD_UP_MS);
  return VERDICT_FAILED;
}

static Verdict
check_progress(Run *run, GString *seen)
{
  if (COMPTOIR_HOST_GET_IFACE(asker_get_host(run->asker))->sale_progressed == NULL) {
    g_string_append(seen, "this host has not got sale_progressed");
    return VERDICT_NOT_OFFERED;
  }
  take_sales(run);
  return check_told(run, tell, seen);
}

static Verdict
check_notices(Run *run, GString *seen)
{
  if (COMPTOIR_HOST_GET_IFACE(asker_get_host(run->asker))->show_notice == NULL) {
    g_string_append(seen, "this host has not got show_notice");
    return VERDICT_NOT_OFFERED;
  }
  return check_told(run, show, seen);
}

const Check sale_checks[] = {
  { .name = "submitted-sale", .phase = RUN_SALES, .look = check_submitted },
  { .name = "same-id",
    .needs = NEEDS(QUESTION_LIST_SALES),
    .phase = RUN_SALES,
    .look = check_same_id },
  { .name = "progress", .phase = RUN_SALES, .look = check_progress },
  { .name = "notices", .phase = RUN_SALES, .look = check_notices },
  { .name = NULL },
};
