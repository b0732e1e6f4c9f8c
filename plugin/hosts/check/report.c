/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the checks found: one line each, and a count at the end. */

#include "report.h"

typedef struct {
  char *name; /* (owned) */
  Verdict verdict;
  char *seen; /* (owned) */
} Finding;

struct _Report {
  GMutex lock;         /* written by the checks, read by the channel */
  GPtrArray *findings; /* (element-type Finding) (owned) */
};

static const char *const verdict_words[N_VERDICTS] = {
  [VERDICT_OK] = "ok",
  [VERDICT_FAILED] = "FAILED",
  [VERDICT_WARNING] = "warning",
  [VERDICT_NOT_OFFERED] = "not offered",
  [VERDICT_NOT_CHECKED] = "not checked",
};

static void
finding_free(Finding *self)
{
  g_free(self->name);
  g_free(self->seen);
  g_free(self);
}

/**
 * report_new:
 *
 * Makes an empty report.
 *
 * Returns: (transfer full): the report
 */
Report *
report_new(void)
{
  Report *self = g_new0(Report, 1);

  g_mutex_init(&self->lock);
  self->findings = g_ptr_array_new_with_free_func((GDestroyNotify)finding_free);
  return self;
}

/**
 * report_free:
 * @self: (transfer full): the report
 *
 * Frees it.
 */
void
report_free(Report *self)
{
  g_ptr_array_unref(self->findings);
  g_mutex_clear(&self->lock);
  g_free(self);
}

/**
 * report_add:
 * @self: the report
 * @name: the check
 * @verdict: what it came to
 * @seen: what was seen; made one line of UTF-8
 *
 * Adds a finding. From any thread.
 */
void
report_add(Report *self, const char *name, Verdict verdict, const char *seen)
{
  Finding *finding = g_new0(Finding, 1);

  finding->name = g_strdup(name);
  finding->verdict = verdict;
  finding->seen = g_utf8_make_valid(seen, -1);
  g_strdelimit(finding->seen, "\r\n", ' ');
  g_mutex_lock(&self->lock);
  g_ptr_array_add(self->findings, finding);
  g_mutex_unlock(&self->lock);
}

static void
count_verdicts(Report *self, guint counts[N_VERDICTS])
{
  for (guint i = 0; i < self->findings->len; i++) {
    const Finding *finding = g_ptr_array_index(self->findings, i);

    counts[finding->verdict]++;
  }
}

/**
 * report_build:
 * @self: the report
 *
 * Gives the report as `{rows, ok, failed, warnings}`; a row is `{name, verdict, seen}`.
 *
 * Returns: (transfer none): a floating dictionary
 */
GVariant *
report_build(Report *self)
{
  g_auto(GVariantBuilder) rows = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));
  guint counts[N_VERDICTS] = { 0 };

  g_mutex_lock(&self->lock);
  count_verdicts(self, counts);
  for (guint i = 0; i < self->findings->len; i++) {
    const Finding *finding = g_ptr_array_index(self->findings, i);

    g_variant_builder_add_value(
        &rows, g_variant_new_parsed("{'name': <%s>, 'verdict': <%s>, 'seen': <%s>}", finding->name,
                                    verdict_words[finding->verdict], finding->seen));
  }
  g_mutex_unlock(&self->lock);
  return g_variant_new_parsed("{'rows': <%@aa{sv}>, 'ok': <%u>, 'failed': <%u>, 'warnings': <%u>}",
                              g_variant_builder_end(&rows), counts[VERDICT_OK],
                              counts[VERDICT_FAILED], counts[VERDICT_WARNING]);
}

/**
 * report_dup_text:
 * @self: the report
 *
 * Writes the report for people.
 *
 * Returns: (transfer full): a line for each check, and the count
 */
char *
report_dup_text(Report *self)
{
  GString *text = g_string_new(NULL);
  guint counts[N_VERDICTS] = { 0 };

  g_mutex_lock(&self->lock);
  count_verdicts(self, counts);
  for (guint i = 0; i < self->findings->len; i++) {
    const Finding *finding = g_ptr_array_index(self->findings, i);

    g_string_append_printf(text, "%-11s  %s: %s\n", verdict_words[finding->verdict], finding->name,
                           finding->seen);
  }
  g_mutex_unlock(&self->lock);
  g_string_append_printf(text, "%u ok, %u failed, %u warnings, %u not offered, %u not checked\n",
                         counts[VERDICT_OK], counts[VERDICT_FAILED], counts[VERDICT_WARNING],
                         counts[VERDICT_NOT_OFFERED], counts[VERDICT_NOT_CHECKED]);
  return g_string_free(text, FALSE);
}
