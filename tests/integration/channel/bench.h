/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "channel/facade.h"
#include "fake-host.h"

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

G_BEGIN_DECLS

/* One test's world: a host's main context, a folder, a host, a channel, and what was heard. */
typedef struct {
  GMainContext *context; /* (owned): the thread's default */
  GSource *watchdog;     /* (owned) */
  gboolean has_expired;
  char *folder; /* (owned) */
  FakeHost *host;
  ShopcaisseChannel *channel;
  guint n_threads;     /* of the process when the test began */
  guint n_descriptors; /* the same */
} Bench;

/* How one call ended. */
typedef struct {
  gboolean is_done;
  GThread *thread;  /* where it was heard */
  GVariant *answer; /* (owned) (nullable) */
  GError *error;    /* (owned) (nullable) */
} Outcome;

void outcome_clear(Outcome *outcome);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Outcome, outcome_clear)

int bench_setup(void **state);
int bench_teardown(void **state);

void bench_run_until(Bench *self, const gboolean *flag);
void bench_run_ready(Bench *self);
void bench_run_for(Bench *self, guint delay_ms);
guint bench_count_threads(void);
guint bench_count_descriptors(void);

void bench_start_open(Bench *self, GCancellable *cancellable, Outcome *outcome);
void bench_open(Bench *self);
void bench_start_close(Bench *self, Outcome *outcome);
void bench_close(Bench *self);

void bench_start_run(Bench *self, const char *task, GCancellable *cancellable, Outcome *outcome);
void bench_run(Bench *self, const char *task, Outcome *outcome);

void bench_performed_cb(GObject *source, GAsyncResult *result, gpointer outcome);

#define bench_test(f) cmocka_unit_test_setup_teardown(f, bench_setup, bench_teardown)

#define assert_failed(outcome, domain, code)                                                       \
  assert_true(g_error_matches((outcome)->error, domain, code))

G_END_DECLS
