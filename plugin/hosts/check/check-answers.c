/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether each question is answered: by the host, in time, once, without holding up its main loop,
 * and still after a channel went away in the middle. */

#include "run-private.h"

#define N_TRIES      3
#define GRACE_US     (200 * G_TIME_SPAN_MILLISECOND)
#define N_ABANDONED  10
#define ABANDONED_MS 1

/**
 * run_survey:
 * @self: the run
 *
 * Asks each question once. What gives no answer here is not asked again.
 */
void
run_survey(Run *self)
{
  for (guint i = 0; i < N_QUESTIONS; i++) {
    Question question = (Question)i;

    if (!run_can_ask(self, question) || question == QUESTION_STORE_SECRET)
      continue;
    if (!run_ask(self, question, question_new_argument(question), &self->survey[i]))
      self->silent |= NEEDS(i);
  }
}

static gboolean
is_failure(Run *run, Question question, ComptoirError code)
{
  return g_error_matches(run->survey[question].error, COMPTOIR_ERROR, (gint)code);
}

/* Only the deadline takes as long as the deadline. */
static gboolean
is_late(Run *run, Question question)
{
  return is_failure(run, question, COMPTOIR_ERROR_UNREACHABLE) &&
         run->survey[question].total_us >=
             (gint64)run->options.timeout_ms * G_TIME_SPAN_MILLISECOND;
}

static guint
count_bits(guint bits)
{
  guint count = 0;

  for (; bits != 0; bits &= bits - 1)
    count++;
  return count;
}

static Verdict
check_functions(Run *run, GString *seen)
{
  for (guint i = 0; i < N_QUESTIONS; i++) {
    if (!is_failure(run, (Question)i, COMPTOIR_ERROR_NOT_SUPPORTED))
      continue;
    g_string_append_printf(seen, "%s is there and says that it is not: leave it out",
                           question_get_name((Question)i));
    return VERDICT_FAILED;
  }
  if (run->offered == 0) {
    g_string_append(seen, "this host answers no questions");
    return VERDICT_NOT_OFFERED;
  }
  for (guint i = 0; i < N_QUESTIONS; i++) {
    if ((run->offered & NEEDS(i)) != 0)
      g_string_append_printf(seen, "%s%s", seen->len == 0 ? "" : ", ",
                             question_get_name((Question)i));
  }
  return VERDICT_OK;
}

static Verdict
check_answers(Run *run, GString *seen)
{
  for (guint i = 0; i < N_QUESTIONS; i++) {
    const GError *error = run->survey[i].error;

    if (error == NULL || is_late(run, (Question)i) ||
        is_failure(run, (Question)i, COMPTOIR_ERROR_NOT_SUPPORTED))
      continue;
    g_string_append_printf(seen, "%s: %s", question_get_name((Question)i), error->message);
    return VERDICT_FAILED;
  }
  if (run->offered == 0) {
    g_string_append(seen, "this host answers no questions");
    return VERDICT_NOT_OFFERED;
  }
  g_string_append_printf(seen, "%u questions answered", count_bits(run->offered & ~run->silent));
  return VERDICT_OK;
}

static Verdict
check_deadline(Run *run, GString *seen)
{
  gint64 longest_us = 0;

  for (guint i = 0; i < N_QUESTIONS; i++) {
    if (is_late(run, (Question)i)) {
      g_string_append_printf(seen, "%s is not answered within %u ms",
                             question_get_name((Question)i), run->options.timeout_ms);
      return VERDICT_FAILED;
    }
    longest_us = MAX(longest_us, run->survey[i].total_us);
  }
  if (run->offered == 0) {
    g_string_append(seen, "this host answers no questions");
    return VERDICT_NOT_OFFERED;
  }
  g_string_append_printf(seen, "the slowest answer took %.1f ms",
                         (double)longest_us / G_TIME_SPAN_MILLISECOND);
  return VERDICT_OK;
}

static guint
count_again(Reply replies[N_QUESTIONS], GString *seen)
{
  guint n_wrong = 0;

  for (guint i = 0; i < N_QUESTIONS; i++) {
    guint n_answers =
        replies[i].request == NULL ? 0 : comptoir_request_get_n_answers(replies[i].request);

    if (n_answers <= 1)
      continue;
    n_wrong++;
    g_string_append_printf(seen, "%s%s is answered %u times", n_wrong == 1 ? "" : ", ",
                           question_get_name((Question)i), n_answers);
  }
  return n_wrong;
}

static Verdict
check_answered_once(Run *run, GString *seen)
{
  Reply replies[N_QUESTIONS] = { 0 };
  guint n_wrong = 0;
  guint n_asked = 0;

  for (guint i = 0; i < N_QUESTIONS; i++) {
    const AskerOptions options = { .timeout_ms = run->options.timeout_ms, .is_kept = TRUE };

    if (!run_can_ask(run, (Question)i) || i == QUESTION_STORE_SECRET)
      continue;
    n_asked++;
    (void)asker_ask(run->asker, (Question)i, question_new_argument((Question)i), &options,
                    &replies[i]);
  }
  if (n_asked > 0)
    g_usleep(GRACE_US);
  n_wrong = count_again(replies, seen);
  for (guint i = 0; i < N_QUESTIONS; i++)
    reply_clear(&replies[i]);
  if (n_asked == 0) {
    g_string_append(seen, "no question is answered");
    return run->offered == 0 ? VERDICT_NOT_OFFERED : VERDICT_NOT_CHECKED;
  }
  if (n_wrong == 0)
    g_string_append_printf(seen, "%u questions, one answer each", n_asked);
  return n_wrong == 0 ? VERDICT_OK : VERDICT_FAILED;
}

/* The best of some tries: another program's turn on the processor is not the host's fault. */
static gint64
measure_hold_up(Run *run, Question question)
{
  gint64 best_us = MAX(run->survey[question].call_us, run->survey[question].gap_us);

  for (guint i = 1; i < N_TRIES && best_us > RUN_HOLD_UP_MS * G_TIME_SPAN_MILLISECOND; i++) {
    g_auto(Reply) reply = { 0 };

    if (run_ask(run, question, question_new_argument(question), &reply))
      best_us = MIN(best_us, MAX(reply.call_us, reply.gap_us));
  }
  return best_us;
}

static Verdict
check_not_blocking(Run *run, GString *seen)
{
  gint64 worst_us = -1;
  Question worst = QUESTION_LIST_ARTICLES;

  for (guint i = 0; i < N_QUESTIONS; i++) {
    gint64 held_us = 0;

    if (!run_can_ask(run, (Question)i) || i == QUESTION_STORE_SECRET)
      continue;
    held_us = measure_hold_up(run, (Question)i);
    if (held_us > worst_us) {
      worst_us = held_us;
      worst = (Question)i;
    }
  }
  if (worst_us < 0) {
    g_string_append(seen, "no question is answered");
    return run->offered == 0 ? VERDICT_NOT_OFFERED : VERDICT_NOT_CHECKED;
  }
  g_string_append_printf(seen, "%s holds up the main loop longest: %.1f ms",
                         question_get_name(worst), (double)worst_us / G_TIME_SPAN_MILLISECOND);
  if (worst_us <= RUN_HOLD_UP_MS * G_TIME_SPAN_MILLISECOND)
    return VERDICT_OK;
  g_string_append_printf(seen, "; %d ms at most", RUN_HOLD_UP_MS);
  return VERDICT_FAILED;
}

/* A list that can be asked, or N_QUESTIONS. */
static Question
find_list(Run *run)
{
  for (guint i = 0; i < N_QUESTIONS; i++) {
    if (question_is_list((Question)i) && run_can_ask(run, (Question)i))
      return (Question)i;
  }
  return N_QUESTIONS;
}

static Verdict
check_bad_queries(Run *run, GString *seen)
{
  static const char *const queries[] = {
    "{'cursor': <'comptoir-check: no cursor of this host'>}",
    "{'since': <'yesterday'>}",
    "{'limit': <uint32 0>}",
    "{'limit': <'ten'>, 'cursor': <uint32 3>}",
  };
  Question list = find_list(run);

  if (list == N_QUESTIONS) {
    g_string_append(seen, "this host has got no list that answers");
    return VERDICT_NOT_OFFERED;
  }
  for (gsize i = 0; i < G_N_ELEMENTS(queries); i++) {
    g_auto(Reply) reply = { 0 };
    GVariant *query = g_variant_new_parsed(queries[i]);

    if (run_ask(run, list, query, &reply) ||
        (reply.error->domain == COMPTOIR_ERROR && reply.error->code != COMPTOIR_ERROR_UNREACHABLE &&
         reply.error->code != COMPTOIR_ERROR_PROTOCOL))
      continue;
    g_string_append_printf(seen, "%s asked with %s: %s", question_get_name(list), queries[i],
                           reply.error->message);
    return VERDICT_FAILED;
  }
  g_string_append_printf(seen, "%s: %u answered or refused", question_get_name(list),
                         (guint)G_N_ELEMENTS(queries));
  return VERDICT_OK;
}

/* A channel that closes has no more ears for what it asked. */
static Verdict
check_close_in_flight(Run *run, GString *seen)
{
  const AskerOptions impatient = { .timeout_ms = ABANDONED_MS };
  Question list = find_list(run);
  g_auto(Reply) after = { 0 };
  guint n_abandoned = 0;

  if (list == N_QUESTIONS) {
    g_string_append(seen, "this host has got no list that answers");
    return VERDICT_NOT_OFFERED;
  }
  for (guint i = 0; i < N_ABANDONED; i++) {
    g_auto(Reply) reply = { 0 };

    if (!asker_ask(run->asker, list, question_new_argument(list), &impatient, &reply))
      n_abandoned++;
  }
  if (!run_ask(run, list, question_new_argument(list), &after)) {
    g_string_append_printf(seen, "after %u questions were given up, %s fails: %s", n_abandoned,
                           question_get_name(list), after.error->message);
    return VERDICT_FAILED;
  }
  g_string_append_printf(seen,
                         "%u of %d questions were given up after %d ms, the next one is"
                         " answered",
                         n_abandoned, N_ABANDONED, ABANDONED_MS);
  return VERDICT_OK;
}

const Check answer_checks[] = {
  { .name = "functions", .look = check_functions },
  { .name = "answers", .look = check_answers },
  { .name = "deadline", .look = check_deadline },
  { .name = "answered-once", .look = check_answered_once },
  { .name = "not-blocking", .look = check_not_blocking },
  { .name = "bad-queries", .look = check_bad_queries },
  { .name = "close-in-flight", .look = check_close_in_flight },
  { .name = NULL },
};
