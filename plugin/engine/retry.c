/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What to do after an answer that is not a success: docs/decisions/0003-outcomes.md as code. */
#include "api/orders.h"
#include "config.h"
#include "engine/block.h"
#include "engine/job.h"
#include "engine/rights.h"

#include <glib/gi18n-lib.h>

#define BACKOFF_BASE     (2 * SHOPCAISSE_SECOND)
#define BACKOFF_MAX      (15 * SHOPCAISSE_MINUTE)
#define RETRY_AFTER_MAX  SHOPCAISSE_HOUR
#define CONFIRM_DELAY    SHOPCAISSE_MINUTE
#define BLOCKED_DELAY    (5 * SHOPCAISSE_MINUTE)
#define PAUSE_SHORT      (2 * SHOPCAISSE_MINUTE)
#define FAILURES_LONG    40
#define RUN_ATTEMPTS_MAX 4
#define CONFIRM_ATTEMPTS 2

/**
 * shopcaisse_verdict_clear:
 * @self: a verdict
 *
 * Releases what it holds.
 */
void
shopcaisse_verdict_clear(ShopcaisseVerdict *self)
{
  g_clear_pointer(&self->message, g_free);
}

/**
 * shopcaisse_retry_backoff:
 * @clock: chance
 * @attempts: how often it was tried, at least 1
 *
 * Full jitter, so that many tills do not come back together.
 *
 * Returns: microseconds
 */
gint64
shopcaisse_retry_backoff(ShopcaisseClock *clock, guint attempts)
{
  gint64 ceiling = BACKOFF_MAX;

  if (attempts < 10)
    ceiling = MIN(BACKOFF_MAX, BACKOFF_BASE << attempts);
  return (gint64)clock->get_random(clock, (guint32)(ceiling / 1000)) * 1000;
}

/**
 * shopcaisse_retry_pause:
 * @clock: chance
 * @n_failures: how many in a row, at least 1
 *
 * Tells how long nothing is tried without a connection: seconds at first, since most failures are
 * short; up to two minutes; on a day without network up to a quarter of an hour, since each try
 * costs two flushes of the disk. Whoever submits a sale does not wait for it.
 *
 * Returns: microseconds
 */
gint64
shopcaisse_retry_pause(ShopcaisseClock *clock, guint n_failures)
{
  gint64 longest = n_failures < FAILURES_LONG ? PAUSE_SHORT : BACKOFF_MAX;

  if (n_failures < 10)
    longest = MIN(longest, BACKOFF_BASE << n_failures);
  return (gint64)clock->get_random(clock, (guint32)(longest / 1000)) * 1000;
}

static gint64
parse_http_date(const char *text, gint64 now)
{
  static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  g_auto(GStrv) words = g_strsplit_set(text, " :", -1);
  g_autoptr(GDateTime) date = NULL;
  gint month = 0;

  /* Sun, 06 Nov 1994 08:49:37 GMT: the form that servers must send. */
  if (g_strv_length(words) != 8 || !g_str_equal(words[7], "GMT"))
    return -1;
  for (gsize i = 0; i < G_N_ELEMENTS(months); i++) {
    if (g_str_equal(words[2], months[i]))
      month = (gint)i + 1;
  }
  date = g_date_time_new_utc(
      (gint)g_ascii_strtoll(words[3], NULL, 10), month, (gint)g_ascii_strtoll(words[1], NULL, 10),
      (gint)g_ascii_strtoll(words[4], NULL, 10), (gint)g_ascii_strtoll(words[5], NULL, 10),
      (gdouble)g_ascii_strtoll(words[6], NULL, 10));
  if (date == NULL)
    return -1;
  return MAX(0, g_date_time_to_unix(date) * SHOPCAISSE_SECOND - now);
}

/**
 * shopcaisse_retry_after_parse:
 * @text: (nullable): the header, verbatim
 * @now: UTC, microseconds
 *
 * Reads Retry-After in either form. At most an hour counts.
 *
 * Returns: microseconds to wait, -1 when it says nothing
 */
gint64
shopcaisse_retry_after_parse(const char *text, gint64 now)
{
  guint64 seconds = 0;
  gint64 wait = 0;

  if (text == NULL)
    return -1;
  if (g_ascii_string_to_unsigned(text, 10, 0, G_MAXINT32, &seconds, NULL))
    wait = (gint64)seconds * SHOPCAISSE_SECOND;
  else
    wait = parse_http_date(text, now);
  return MIN(wait, RETRY_AFTER_MAX);
}

static void
postpone(ShopcaisseVerdict *verdict, const char *reason, gint64 delay_us)
{
  verdict->action = SHOPCAISSE_VERDICT_POSTPONE;
  verdict->reason = reason;
  verdict->delay_us = delay_us;
}

/* The service's own sentence, shown as it came. */
static char *
quote_service(const ShopcaisseReply *reply)
{
  g_autofree char *said = shopcaisse_error_body_to_text(reply->body);

  if (*said != '\0')
    /* Translators: a sentence of the service, in its own language. */
    return g_strdup_printf(_("Shopcaisse answers: %s"), said);
  if (reply->status != NULL)
    return g_strdup_printf(_("Shopcaisse answers: %s"), reply->status);
  return g_strdup(_("Shopcaisse refused without giving a reason"));
}

static void
judge_refusal(ShopcaisseContext *context,
              const ShopcaisseJob *job,
              const ShopcaisseReply *reply,
              ShopcaisseVerdict *verdict)
{
  (void)context;
  verdict->message = quote_service(reply);
  verdict->error_code = COMPTOIR_ERROR_REJECTED;
  /* A proxy may have said it: one more try before a person is asked. */
  if (job->run == 0 && job->attempts < CONFIRM_ATTEMPTS) {
    postpone(verdict, "rejected", CONFIRM_DELAY);
    return;
  }
  verdict->action = job->run != 0 ? SHOPCAISSE_VERDICT_FAIL : SHOPCAISSE_VERDICT_PARK;
  verdict->reason = "rejected";
}

/* A token that was revoked and one that lacks a right are refused alike: what the token itself says
 * tells them apart. */
static char *
explain_refusal(ShopcaisseContext *context, const ShopcaisseJob *job, const ShopcaisseReply *reply)
{
  g_autofree char *answer = quote_service(reply);
  g_autofree char *missing = shopcaisse_rights_explain(context, job->kind);

  if (missing == NULL)
    return g_steal_pointer(&answer);
  /* Two whole sentences. */
  return g_strconcat(missing, " ", answer, NULL);
}

static void
judge_credentials(ShopcaisseContext *context,
                  const ShopcaisseJob *job,
                  const ShopcaisseReply *reply,
                  ShopcaisseVerdict *verdict)
{
  gboolean is_licence = shopcaisse_error_body_is_licence(reply->body);

  verdict->message = is_licence ? quote_service(reply) : explain_refusal(context, job, reply);
  verdict->error_code = is_licence ? COMPTOIR_ERROR_REJECTED : COMPTOIR_ERROR_UNAUTHORIZED;
  postpone(verdict, is_licence ? "licence" : "refused", BLOCKED_DELAY);
  verdict->block = verdict->reason;
  if (job->run != 0) {
    verdict->action = SHOPCAISSE_VERDICT_FAIL;
    verdict->block = NULL;
  }
}

/* The service answered, but not what was expected. */
static gboolean
is_misunderstood(const ShopcaisseReply *reply)
{
  return g_error_matches(reply->error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL);
}

/* Somebody waits for a task: it must end, well or badly. */
static void
limit_attempts(const ShopcaisseJob *job, const ShopcaisseReply *reply, ShopcaisseVerdict *verdict)
{
  if (job->run == 0 || verdict->action != SHOPCAISSE_VERDICT_POSTPONE ||
      job->attempts < RUN_ATTEMPTS_MAX)
    return;
  verdict->action = SHOPCAISSE_VERDICT_FAIL;
  verdict->error_code =
      is_misunderstood(reply) ? COMPTOIR_ERROR_PROTOCOL : COMPTOIR_ERROR_UNREACHABLE;
  if (verdict->message == NULL)
    verdict->message = g_strdup(reply->error != NULL    ? reply->error->message
                                : reply->status != NULL ? reply->status
                                                        : _("no answer"));
}

/**
 * shopcaisse_retry_judge:
 * @context: the engine's parts
 * @job: the row
 * @reply: an answer that is not a success
 * @verdict: (inout): what to do
 *
 * Decides by the class of the answer alone. A kind may know better, in its `refuse`.
 */
void
shopcaisse_retry_judge(ShopcaisseContext *context,
                       const ShopcaisseJob *job,
                       const ShopcaisseReply *reply,
                       ShopcaisseVerdict *verdict)
{
  gint64 backoff = shopcaisse_retry_backoff(context->clock, MAX(1, job->attempts));
  gint64 retry_after = 0;

  /* The channel closes: nothing is wrong with the service. */
  if (g_error_matches(reply->error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    postpone(verdict, "restarted", 0);
    verdict->is_unknown = reply->kind != SHOPCAISSE_REPLY_NOT_SENT;
    return;
  }
  switch (reply->kind) {
  case SHOPCAISSE_REPLY_NOT_SENT:
    /* All that is due waits together: then the most urgent goes first, not whichever waited least.
     */
    postpone(verdict, "offline", 0);
    verdict->is_offline = TRUE;
    break;
  case SHOPCAISSE_REPLY_UNTRUSTED:
    postpone(verdict, "tls", BLOCKED_DELAY);
    verdict->message = g_strdup(reply->error != NULL ? reply->error->message : _("TLS failed"));
    verdict->block = "tls";
    break;
  case SHOPCAISSE_REPLY_THROTTLED:
    retry_after =
        shopcaisse_retry_after_parse(reply->retry_after, shopcaisse_context_get_now(context));
    postpone(verdict, SHOPCAISSE_BLOCK_THROTTLED, MAX(retry_after, backoff));
    verdict->block = SHOPCAISSE_BLOCK_THROTTLED;
    break;
  case SHOPCAISSE_REPLY_UNAUTHORIZED:
  case SHOPCAISSE_REPLY_FORBIDDEN:
    judge_credentials(context, job, reply, verdict);
    break;
  case SHOPCAISSE_REPLY_NOT_FOUND:
  case SHOPCAISSE_REPLY_CONFLICT:
  case SHOPCAISSE_REPLY_REFUSED:
    judge_refusal(context, job, reply, verdict);
    break;
  case SHOPCAISSE_REPLY_OK:
  case SHOPCAISSE_REPLY_UNKNOWN:
  case SHOPCAISSE_REPLY_OVERSIZED:
    postpone(verdict, "unknown", backoff);
    verdict->is_unknown = TRUE;
    if (is_misunderstood(reply))
      verdict->message = g_strdup(reply->error->message);
    break;
  }
  limit_attempts(job, reply, verdict);
}
