/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine-fakes.h"
#include "store/database.h"

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

G_BEGIN_DECLS

#define BENCH_NOW   G_GINT64_CONSTANT(1772445600000000) /* 2026-03-02T10:00:00Z */
#define BENCH_GRANT "{'id':'t','applicationId':'app','bundle':{'resources':[],'permissions':{}}}"

/* What an operation answered. */
typedef struct {
  guint n_given;
  GVariant *value; /* (owned) (nullable) */
  GError *error;   /* (owned) (nullable) */
} BenchAnswer;

/* An engine on a folder of its own, with nothing around it but what the test says. */
typedef struct {
  char *folder; /* (owned) */
  char *parent; /* (owned): of the folder and of its copies */
  GMainContext *context;
  FakeClock clock;
  FakeNetwork network;
  FakeHost host;
  FakeSecrets secrets;
  ShopcaisseEngineConfig config;
  char *bindings;           /* (owned) (nullable): folder, set before it is opened */
  ShopcaisseStepFunc step;  /* (nullable): is given the bench */
  guint n_noted;            /* for whatever a step notes */
  ShopcaisseEngine *engine; /* (owned) (nullable): while it is open */
  ComptoirStatus status;
  char *last_error; /* (owned) */
  gboolean is_busy;
  gboolean is_closed;
  gboolean hears_lists; /* set before it is opened */
  GVariant *settings;   /* (owned) (nullable): as it heard them last */
  GString *changed;     /* (owned): the lists it heard of, with blanks */
  GPtrArray *answers;   /* (owned) (element-type BenchAnswer) */
} Bench;

/* For cmocka: an empty profile; one with a token, a store, a register, three linked articles and
 * the unit of money, on which nothing happens by itself. Neither is open. */
int bench_set_up(void **state);
int bench_set_up_ready(void **state);
int bench_tear_down(void **state);

#define bench_test(name)       cmocka_unit_test_setup_teardown(name, bench_set_up_ready, bench_tear_down)
#define bench_empty_test(name) cmocka_unit_test_setup_teardown(name, bench_set_up, bench_tear_down)
/* The profile, while no engine has it. */
ShopcaisseDatabase *bench_open_store(Bench *self);
void bench_set(Bench *self, const char *key, const char *value);

/* Opens the engine; open also answers its first question about the token. */
void bench_start(Bench *self);
void bench_open(Bench *self);
void bench_close(Bench *self);

/* As after kill -9: the next engine gets what is on disk now. */
void bench_crash(Bench *self);

/* Lets everything happen that can happen without time; lets time pass. */
void bench_run(Bench *self);
void bench_pass(Bench *self, gint64 duration_us);

/* The first of these that was sent and not taken; it must be there. */
FakeExchange *bench_take(Bench *self, ShopcaisseMethod method, const char *path);
/* Answers it; quotes in the text are apostrophes. */
void bench_reply(Bench *self, FakeExchange *exchange, ShopcaisseReplyKind kind, const char *json);

/* The next question to the host, which must be this one. */
FakeQuestion *bench_take_question(Bench *self, ShopcaisseQuestion question);
void bench_answer(Bench *self, FakeQuestion *question, GVariant *answer);

/* @argument as g_variant_parse() reads it, NULL for {}. The answer is the bench's. */
BenchAnswer *bench_perform(Bench *self, ComptoirOperation operation, const char *argument);
BenchAnswer *bench_perform_row(Bench *self, ComptoirOperation operation, GVariant *argument);

/* Asks for a window; nothing has run yet. @query as above, NULL for none. */
BenchAnswer *
bench_list_window(Bench *self, const char *kind, const char *query, guint offset, guint limit);
/* {rows} of a list; (transfer full). */
GVariant *bench_list(Bench *self, const char *kind);

/* A text of a row, "" when it has none; valid as long as the row. */
const char *bench_text(GVariant *row, const char *key);
/* The last a sale's host heard of @key, "" when nothing. */
const char *bench_progress(Bench *self, const char *sale_id, const char *key);
/* A token of an environment; (transfer full). */
char *bench_make_token(const char *environment);
char *
bench_make_token_with(const char *environment, const char *application_id, const char *permissions);
/* One that may act on these resources, JSON with apostrophes. */
char *bench_make_token_of(const char *resources);

/* Answers a token's test and what follows it: one company-1 with one store-1 and one pos-1. */
void bench_answer_discovery(Bench *self);

void bench_assert_quiet(Bench *self);
void bench_assert_error(const BenchAnswer *answer, ComptoirError code, const char *part);
/* Fails unless it came well; returns its value. */
GVariant *bench_assert_done(const BenchAnswer *answer);

G_END_DECLS
