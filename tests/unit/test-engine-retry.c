/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The outcome table of docs/decisions/0003-outcomes.md, row by row. */
#include "answer.h"
#include "engine-bench.h"
#include "engine/job.h"

#define NOW     G_GINT64_CONSTANT(1772445600000000) /* 2026-03-02T10:00:00Z */
#define LICENCE "{'message':'Pos p does not have an Order Management Module license!'}"

typedef struct {
  ShopcaisseContext context;
  ShopcaisseConfiguration configuration; /* without a token */
  FakeClock clock;
} Judge;

static int
set_up(void **state)
{
  Judge *self = g_new0(Judge, 1);

  fake_clock_init(&self->clock, NOW);
  self->context.clock = &self->clock.clock;
  self->context.configuration = &self->configuration;
  *state = self;
  return 0;
}

static int
tear_down(void **state)
{
  Judge *self = *state;

  fake_clock_clear(&self->clock);
  g_free(self);
  return 0;
}

#define judge_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

typedef struct {
  ShopcaisseReplyKind kind;
  const char *body;
  gint64 run;
  guint attempts;
  ShopcaisseVerdictAction action;
  const char *reason;
  const char *block;
  gboolean is_unknown;
  gboolean is_offline;
} Outcome;

#define POSTPONE SHOPCAISSE_VERDICT_POSTPONE
#define PARK     SHOPCAISSE_VERDICT_PARK
#define FAIL     SHOPCAISSE_VERDICT_FAIL

static const Outcome outcomes[] = {
  { SHOPCAISSE_REPLY_NOT_SENT, NULL, 0, 1, POSTPONE, "offline", NULL, FALSE, TRUE },
  { SHOPCAISSE_REPLY_UNTRUSTED, NULL, 0, 1, POSTPONE, "tls", "tls", FALSE, FALSE },
  { SHOPCAISSE_REPLY_UNKNOWN, NULL, 0, 1, POSTPONE, "unknown", NULL, TRUE, FALSE },
  { SHOPCAISSE_REPLY_UNKNOWN, "{'message':'x'}", 0, 999, POSTPONE, "unknown", NULL, TRUE, FALSE },
  { SHOPCAISSE_REPLY_OVERSIZED, NULL, 0, 1, POSTPONE, "unknown", NULL, TRUE, FALSE },
  { SHOPCAISSE_REPLY_THROTTLED, NULL, 0, 999, POSTPONE, "throttled", "throttled", FALSE, FALSE },
  { SHOPCAISSE_REPLY_UNAUTHORIZED, "{}", 0, 1, POSTPONE, "refused", "refused", FALSE, FALSE },
  { SHOPCAISSE_REPLY_UNAUTHORIZED, LICENCE, 0, 1, POSTPONE, "licence", "licence", FALSE, FALSE },
  { SHOPCAISSE_REPLY_FORBIDDEN, "{}", 0, 1, POSTPONE, "refused", "refused", FALSE, FALSE },
  { SHOPCAISSE_REPLY_NOT_FOUND, "{}", 0, 1, POSTPONE, "rejected", NULL, FALSE, FALSE },
  { SHOPCAISSE_REPLY_NOT_FOUND, "{}", 0, 2, PARK, "rejected", NULL, FALSE, FALSE },
  { SHOPCAISSE_REPLY_CONFLICT, "{}", 0, 1, POSTPONE, "rejected", NULL, FALSE, FALSE },
  { SHOPCAISSE_REPLY_CONFLICT, "{}", 0, 2, PARK, "rejected", NULL, FALSE, FALSE },
  { SHOPCAISSE_REPLY_REFUSED, "{}", 0, 1, POSTPONE, "rejected", NULL, FALSE, FALSE },
  { SHOPCAISSE_REPLY_REFUSED, "{}", 0, 2, PARK, "rejected", NULL, FALSE, FALSE },
  /* Somebody waits for a run: it ends, and stops nobody else. */
  { SHOPCAISSE_REPLY_NOT_SENT, NULL, 7, 3, POSTPONE, "offline", NULL, FALSE, TRUE },
  { SHOPCAISSE_REPLY_NOT_SENT, NULL, 7, 4, FAIL, "offline", NULL, FALSE, TRUE },
  { SHOPCAISSE_REPLY_UNKNOWN, NULL, 7, 4, FAIL, "unknown", NULL, TRUE, FALSE },
  { SHOPCAISSE_REPLY_THROTTLED, NULL, 7, 4, FAIL, "throttled", "throttled", FALSE, FALSE },
  { SHOPCAISSE_REPLY_UNAUTHORIZED, "{}", 7, 1, FAIL, "refused", NULL, FALSE, FALSE },
  { SHOPCAISSE_REPLY_FORBIDDEN, "{}", 7, 1, FAIL, "refused", NULL, FALSE, FALSE },
  { SHOPCAISSE_REPLY_REFUSED, "{}", 7, 1, FAIL, "rejected", NULL, FALSE, FALSE },
};

static ShopcaisseJob *
make_job(gint64 run, guint attempts)
{
  ShopcaisseJob *job = shopcaisse_job_new("order", "key");

  job->run = run;
  job->attempts = attempts;
  return job;
}

static void
assert_outcome(Judge *judge, const Outcome *outcome, guint row)
{
  g_autoptr(ShopcaisseJob) job = make_job(outcome->run, outcome->attempts);
  g_autoptr(ShopcaisseReply) reply = shopcaisse_reply_new(outcome->kind);
  g_auto(ShopcaisseVerdict) verdict = { .action = SHOPCAISSE_VERDICT_SETTLE };

  if (outcome->body != NULL)
    reply->body = answer_quoted(outcome->body);
  shopcaisse_retry_judge(&judge->context, job, reply, &verdict);
  if (verdict.action != outcome->action || g_strcmp0(verdict.reason, outcome->reason) != 0 ||
      g_strcmp0(verdict.block, outcome->block) != 0 || verdict.is_unknown != outcome->is_unknown ||
      verdict.is_offline != outcome->is_offline)
    fail_msg("row %u: action %d, reason %s, block %s", row, verdict.action, verdict.reason,
             verdict.block != NULL ? verdict.block : "none");
}

static void
each_outcome_is_as_the_table_says(void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS(outcomes); i++)
    assert_outcome(*state, &outcomes[i], i);
}

static gint64
judge_delay(Judge *judge, ShopcaisseReplyKind kind, guint attempts, const char *retry_after)
{
  g_autoptr(ShopcaisseJob) job = make_job(0, attempts);
  g_autoptr(ShopcaisseReply) reply = shopcaisse_reply_new(kind);
  g_auto(ShopcaisseVerdict) verdict = { .action = SHOPCAISSE_VERDICT_SETTLE };

  reply->retry_after = g_strdup(retry_after);
  shopcaisse_retry_judge(&judge->context, job, reply, &verdict);
  return verdict.delay_us;
}

static void
refusal_is_confirmed_after_a_minute(void **state)
{
  assert_int_equal(judge_delay(*state, SHOPCAISSE_REPLY_REFUSED, 1, NULL), SHOPCAISSE_MINUTE);
}

static void
credentials_wait_five_minutes(void **state)
{
  assert_int_equal(judge_delay(*state, SHOPCAISSE_REPLY_FORBIDDEN, 1, NULL), 5 * SHOPCAISSE_MINUTE);
}

static void
throttled_waits_the_longer_of_both(void **state)
{
  Judge *judge = *state;

  judge->clock.chance = 1000;
  assert_int_equal(judge_delay(judge, SHOPCAISSE_REPLY_THROTTLED, 1, "90"), 90 * SHOPCAISSE_SECOND);
  assert_true(judge_delay(judge, SHOPCAISSE_REPLY_THROTTLED, 8, "90") > 8 * SHOPCAISSE_MINUTE);
}

static void
throttled_without_a_word_backs_off(void **state)
{
  Judge *judge = *state;

  judge->clock.chance = 1000;
  assert_in_range(judge_delay(judge, SHOPCAISSE_REPLY_THROTTLED, 1, NULL), 3 * SHOPCAISSE_SECOND,
                  4 * SHOPCAISSE_SECOND);
  assert_in_range(judge_delay(judge, SHOPCAISSE_REPLY_THROTTLED, 1, "soon"), 3 * SHOPCAISSE_SECOND,
                  4 * SHOPCAISSE_SECOND);
}

static void
cancelled_exchange_is_no_failure(void **state)
{
  Judge *judge = *state;
  g_autoptr(ShopcaisseJob) job = make_job(7, 9);
  g_autoptr(ShopcaisseReply) reply = shopcaisse_reply_new(SHOPCAISSE_REPLY_NOT_SENT);
  g_auto(ShopcaisseVerdict) verdict = { .action = SHOPCAISSE_VERDICT_SETTLE };

  reply->error = g_error_new_literal(G_IO_ERROR, G_IO_ERROR_CANCELLED, "closing");
  shopcaisse_retry_judge(&judge->context, job, reply, &verdict);
  assert_int_equal(verdict.action, SHOPCAISSE_VERDICT_POSTPONE);
  assert_int_equal(verdict.delay_us, 0);
  assert_false(verdict.is_offline);
}

static void
back_off_doubles_up_to_a_quarter_of_an_hour(void **state)
{
  Judge *judge = *state;
  gint64 ceiling = 4 * SHOPCAISSE_SECOND;

  for (guint attempts = 1; attempts < 70; attempts++) {
    judge->clock.chance = 1000;
    assert_in_range(shopcaisse_retry_backoff(&judge->clock.clock, attempts),
                    ceiling - SHOPCAISSE_SECOND, ceiling);
    judge->clock.chance = 0;
    assert_int_equal(shopcaisse_retry_backoff(&judge->clock.clock, attempts), 0);
    ceiling = MIN(2 * ceiling, 15 * SHOPCAISSE_MINUTE);
  }
}

static void
pause_grows_with_failures_in_a_row(void **state)
{
  Judge *judge = *state;
  ShopcaisseClock *clock = &judge->clock.clock;

  judge->clock.chance = 0;
  assert_int_equal(shopcaisse_retry_pause(clock, 100), 0);
  judge->clock.chance = 1000;
  assert_in_range(shopcaisse_retry_pause(clock, 1), 3 * SHOPCAISSE_SECOND, 4 * SHOPCAISSE_SECOND);
  assert_in_range(shopcaisse_retry_pause(clock, 39), 119 * SHOPCAISSE_SECOND,
                  120 * SHOPCAISSE_SECOND);
  assert_in_range(shopcaisse_retry_pause(clock, 100000), 14 * SHOPCAISSE_MINUTE,
                  15 * SHOPCAISSE_MINUTE);
}

typedef struct {
  const char *text;
  gint64 wait; /* seconds, -1: says nothing */
} RetryAfter;

static const RetryAfter retry_afters[] = {
  { NULL, -1 },
  { "", -1 },
  { "0", 0 },
  { "120", 120 },
  { "3600", 3600 },
  { "3601", 3600 },
  { "1000000000", 3600 },
  { "99999999999999999999", -1 },
  { "-1", -1 },
  { "1.5", -1 },
  { "soon", -1 },
  { "Mon, 02 Mar 2026 10:02:00 GMT", 120 },
  { "Mon, 02 Mar 2026 09:00:00 GMT", 0 },
  { "Tue, 03 Mar 2026 10:00:00 GMT", 3600 },
  { "Mon, 02 Mar 2026 10:02:00 CET", -1 },
  { "Mon, 32 Mar 2026 10:02:00 GMT", -1 },
  { "Mon, 02 Xyz 2026 10:02:00 GMT", -1 },
  { "Monday, 02-Mar-26 10:02:00 GMT", -1 },
};

static void
retry_after_is_read_in_both_forms(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(retry_afters); i++) {
    gint64 expected = retry_afters[i].wait < 0 ? -1 : retry_afters[i].wait * SHOPCAISSE_SECOND;
    gint64 wait = shopcaisse_retry_after_parse(retry_afters[i].text, NOW);

    if (wait != expected)
      fail_msg("%s: %" G_GINT64_FORMAT, retry_afters[i].text, wait);
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    judge_test(each_outcome_is_as_the_table_says),
    judge_test(refusal_is_confirmed_after_a_minute),
    judge_test(credentials_wait_five_minutes),
    judge_test(throttled_waits_the_longer_of_both),
    judge_test(throttled_without_a_word_backs_off),
    judge_test(cancelled_exchange_is_no_failure),
    judge_test(back_off_doubles_up_to_a_quarter_of_an_hour),
    judge_test(pause_grows_with_failures_in_a_row),
    judge_test(retry_after_is_read_in_both_forms),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
