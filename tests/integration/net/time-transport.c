/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How long one exchange takes on this machine, over a kept connection where the library keeps
 * them. A figure, not a test. */

#include "bench.h"

#define ROUNDS    9
#define EXCHANGES 50

static const ServerStep plain_steps[] = { { SERVER_READ_REQUEST },
                                          { SERVER_WRITE, JSON_OK },
                                          { SERVER_AGAIN } };
static const ServerStep secured_steps[] = {
  { SERVER_TLS }, { SERVER_READ_REQUEST }, { SERVER_WRITE, JSON_OK }, { SERVER_AGAIN, NULL, 1 }
};

static int
compare(gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *)a;
  gint64 right = *(const gint64 *)b;
  return left < right ? -1 : left > right;
}

/* The first exchange is not counted. */
static gint64
time_round(const char *certificate)
{
  void *state = NULL;
  (void)bench_setup(&state);
  Bench *bench = state;
  if (certificate != NULL)
    bench_serve_secured(bench, certificate, secured_steps);
  else
    bench_serve_plain(bench, plain_steps);
  assert_kind(bench_get(bench, BENCH_AMPLE_MS), OK);

  gint64 began_at = g_get_monotonic_time();
  for (guint i = 0; i < EXCHANGES; i++)
    assert_kind(bench_get(bench, BENCH_AMPLE_MS), OK);
  gint64 took = g_get_monotonic_time() - began_at;
  (void)bench_teardown(&state);
  return took;
}

static void
print_median(const char *what, const char *certificate)
{
  gint64 times[ROUNDS];
  for (guint i = 0; i < ROUNDS; i++)
    times[i] = time_round(certificate);
  qsort(times, ROUNDS, sizeof times[0], compare);
  print_message("%s: %.1f us an exchange\n", what, (double)times[ROUNDS / 2] / EXCHANGES);
}

static int
run(void)
{
  print_median("http", NULL);
  print_median("https", "good");
  return 0;
}

int
main(int argc, char **argv)
{
  return bench_main(argc, argv, run);
}
