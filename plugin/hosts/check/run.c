/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Goes through the tables of checks, one after another, in a thread of its own. Each leaves exactly
 * one finding; one that needs what the host has not got, or does not answer, is not tried. */

#include "run-private.h"

#define MAIN_LOOP "main-loop"

static const Check *const tables[] = {
  host_checks, answer_checks, list_checks, page_checks, change_checks, sale_checks,
};

/**
 * run_new:
 * @host: the host
 * @report: where findings go; it must outlive the run
 * @options: what to check; copied
 *
 * Makes a run for the main context that is this thread's default.
 *
 * Returns: (transfer full): the run
 */
Run *
run_new(ComptoirHost *host, Report *report, const RunOptions *options)
{
  Run *self = g_new0(Run, 1);

  self->asker = asker_new(host);
  self->report = report;
  self->options = *options;
  self->options.names = g_strdupv(options->names);
  self->seeded = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  self->submitted = g_async_queue_new_full((GDestroyNotify)g_variant_unref);
  self->sales = g_ptr_array_new_with_free_func((GDestroyNotify)g_variant_unref);
  for (guint i = 0; i < N_QUESTIONS; i++) {
    if (question_is_offered((Question)i, host))
      self->offered |= NEEDS(i);
  }
  return self;
}

/**
 * run_free:
 * @self: (transfer full): a run that is not being executed
 *
 * Lets the host go: to be called in the host's thread.
 */
void
run_free(Run *self)
{
  for (guint i = 0; i < N_QUESTIONS; i++) {
    reply_clear(&self->survey[i]);
    g_clear_pointer(&self->walks[i], walk_free);
    g_clear_pointer(&self->again[i], g_ptr_array_unref);
  }
  g_hash_table_unref(self->seeded);
  g_async_queue_unref(self->submitted);
  g_ptr_array_unref(self->sales);
  g_strfreev(self->options.names);
  asker_free(self->asker);
  g_free(self);
}

/**
 * run_stop:
 * @self: the run
 *
 * Makes run_execute() come to its end. From any thread.
 */
void
run_stop(Run *self)
{
  asker_stop(self->asker);
}

/**
 * run_add_sale:
 * @self: the run
 * @sale: a sale that the host submitted
 *
 * Hands a sale to the checks. From any thread.
 */
void
run_add_sale(Run *self, GVariant *sale)
{
  g_async_queue_push(self->submitted, g_variant_ref(sale));
}

static gboolean
is_wanted(Run *self, const char *name)
{
  GStrv names = self->options.names;

  return names == NULL || names[0] == NULL || g_strv_contains((const char *const *)names, name);
}

/**
 * run_knows:
 * @name: a name
 *
 * Tells whether there is such a check in the tables.
 *
 * Returns: %TRUE if there is
 */
gboolean
run_knows(const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS(tables); i++) {
    for (const Check *check = tables[i]; check->name != NULL; check++) {
      if (g_str_equal(check->name, name))
        return TRUE;
    }
  }
  return g_str_equal(name, MAIN_LOOP);
}

/**
 * run_can_ask:
 * @self: the run
 * @question: a question
 *
 * Tells whether the host has got it and answers it.
 *
 * Returns: %TRUE if it is worth asking
 */
gboolean
run_can_ask(Run *self, Question question)
{
  return (self->offered & ~self->silent & NEEDS(question)) != 0;
}

/**
 * run_ask:
 * @self: the run
 * @question: what to ask
 * @argument: with what; a floating reference is consumed
 * @reply: (out caller-allocates): what came of it
 *
 * Asks and waits as long as the host may take.
 *
 * Returns: %TRUE when the host answered
 */
gboolean
run_ask(Run *self, Question question, GVariant *argument, Reply *reply)
{
  const AskerOptions options = { .timeout_ms = self->options.timeout_ms };

  return asker_ask(self->asker, question, argument, &options, reply);
}

static void
append_names(GString *seen, guint bits)
{
  const char *separator = "";

  for (guint i = 0; i < N_QUESTIONS; i++) {
    if ((bits & NEEDS(i)) == 0)
      continue;
    g_string_append_printf(seen, "%s%s", separator, question_get_name((Question)i));
    separator = " and ";
  }
}

static Verdict
try_check(Run *self, const Check *check, GString *seen)
{
  guint absent = check->needs & ~self->offered;
  guint silent = check->needs & self->silent;

  if (asker_is_dead(self->asker)) {
    g_string_append(seen, "the host's main loop stood still, or the channel was closed");
    return VERDICT_NOT_CHECKED;
  }
  if (absent != 0) {
    g_string_append(seen, "this host has not got ");
    append_names(seen, absent);
    return VERDICT_NOT_OFFERED;
  }
  if (silent != 0) {
    g_string_append(seen, "no answer to ");
    append_names(seen, silent);
    return VERDICT_NOT_CHECKED;
  }
  if (check->writes && !self->options.can_write) {
    g_string_append(seen, "writes into the host, which was not allowed");
    return VERDICT_NOT_CHECKED;
  }
  return check->look(self, seen);
}

static void
execute_table(Run *self, RunPhase phase, const Check *table)
{
  for (const Check *check = table; check->name != NULL; check++) {
    g_autoptr(GString) seen = g_string_new(NULL);
    Verdict verdict = VERDICT_OK;

    if (check->phase != phase || !is_wanted(self, check->name))
      continue;
    verdict = try_check(self, check, seen);
    report_add(self->report, check->name, verdict, seen->str);
  }
}

/* Many rows take their time: only for a check that looks at them. */
static gboolean
wants_rows(Run *self)
{
  static const Check *const row_tables[] = { list_checks, page_checks };

  for (gsize i = 0; i < G_N_ELEMENTS(row_tables); i++) {
    for (const Check *check = row_tables[i]; check->name != NULL; check++) {
      if (is_wanted(self, check->name))
        return TRUE;
    }
  }
  return FALSE;
}

/* Not in a table: a main loop that stands still ends all of them. */
static void
judge_main_loop(Run *self)
{
  if (self->has_told_standstill)
    return;
  self->has_told_standstill = asker_stood_still(self->asker);
  if (self->has_told_standstill)
    report_add(self->report, MAIN_LOOP, VERDICT_FAILED, "stood still: nothing more can be asked");
  else if (is_wanted(self, MAIN_LOOP))
    report_add(self->report, MAIN_LOOP, VERDICT_OK, "turned all the time");
}

/**
 * run_execute:
 * @self: the run
 * @phase: which checks
 *
 * Does all checks of a phase. Waits: never in the host's thread.
 */
void
run_execute(Run *self, RunPhase phase)
{
  if (phase == RUN_QUESTIONS)
    run_survey(self);
  if (phase == RUN_QUESTIONS && wants_rows(self)) {
    run_seed(self);
    run_walk(self);
  }
  for (gsize i = 0; i < G_N_ELEMENTS(tables); i++)
    execute_table(self, phase, tables[i]);
  if (phase == RUN_QUESTIONS || asker_stood_still(self->asker))
    judge_main_loop(self);
}
