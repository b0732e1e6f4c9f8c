/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Opened and closed many times, with a question in flight each time: the hosts must be gone in the
 * end, and the descriptors and threads of the process as many as before. */

#include "rounds.h"

#include "question.h"

#define CHECK_NAME  "open-close"
#define WARM_ROUNDS 10 /* caches and pools are filled once */
#define DEADLINE_MS 20000

struct _Rounds {
  GPtrArray *hosts; /* (element-type GWeakRef) (owned) */
  guint n_threads;  /* of the process, when it was warm */
  guint n_descriptors;
};

static void
weak_ref_free(GWeakRef *self)
{
  g_weak_ref_clear(self);
  g_free(self);
}

static guint
count_entries(const char *path)
{
  g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
  guint n_entries = 0;

  while (folder != NULL && g_dir_read_name(folder) != NULL)
    n_entries++;
  return n_entries;
}

/**
 * rounds_new:
 *
 * Makes a count of rounds.
 *
 * Returns: (transfer full): the count
 */
Rounds *
rounds_new(void)
{
  Rounds *self = g_new0(Rounds, 1);

  self->hosts = g_ptr_array_new_with_free_func((GDestroyNotify)weak_ref_free);
  return self;
}

/**
 * rounds_free:
 * @self: (transfer full): the count
 *
 * Frees it.
 */
void
rounds_free(Rounds *self)
{
  g_ptr_array_unref(self->hosts);
  g_free(self);
}

/**
 * rounds_add:
 * @self: the count
 * @host: a host that has just opened the channel
 *
 * Begins a round.
 */
void
rounds_add(Rounds *self, ComptoirHost *host)
{
  GWeakRef *reference = g_new0(GWeakRef, 1);

  g_weak_ref_init(reference, host);
  g_ptr_array_add(self->hosts, reference);
  if (self->hosts->len == WARM_ROUNDS) {
    self->n_threads = count_entries("/proc/self/task");
    self->n_descriptors = count_entries("/proc/self/fd");
  }
}

static void
ignore_answer(GVariant *answer, const GError *error, gpointer user_data)
{
  (void)answer; /* the channel is closed by then */
}

/**
 * rounds_ask_in_flight:
 * @host: the host
 *
 * Asks for the first list that the host has got; nobody waits for the answer.
 */
void
rounds_ask_in_flight(ComptoirHost *host)
{
  for (guint i = 0; i < N_QUESTIONS; i++) {
    g_autoptr(ComptoirRequest) request = NULL;
    g_autoptr(GVariant) argument = NULL;

    if (!question_is_list((Question)i) || !question_is_offered((Question)i, host))
      continue;
    request = comptoir_request_new(DEADLINE_MS, ignore_answer, NULL);
    argument = g_variant_ref_sink(question_new_argument((Question)i));
    question_put((Question)i, host, argument, request);
    return;
  }
}

/**
 * rounds_count_alive:
 * @self: the count
 *
 * Counts the hosts of all rounds that somebody still holds.
 *
 * Returns: how many
 */
guint
rounds_count_alive(Rounds *self)
{
  guint n_alive = 0;

  for (guint i = 0; i < self->hosts->len; i++) {
    g_autoptr(GObject) host = g_weak_ref_get(g_ptr_array_index(self->hosts, i));

    if (host != NULL)
      n_alive++;
  }
  return n_alive;
}

/* A leak is there in each round; a thread or two may come and go. */
static gboolean
has_grown(guint before, guint after, guint n_rounds)
{
  return after > before && after - before >= MAX(n_rounds / 4, 1);
}

/**
 * rounds_judge:
 * @self: the count
 * @report: where the finding goes
 *
 * Says what stayed behind.
 */
void
rounds_judge(Rounds *self, Report *report)
{
  g_autoptr(GString) seen = g_string_new(NULL);
  guint n_alive = rounds_count_alive(self);
  guint n_threads = count_entries("/proc/self/task");
  guint n_descriptors = count_entries("/proc/self/fd");
  gboolean is_warm = self->hosts->len > WARM_ROUNDS;
  guint n_rounds = is_warm ? self->hosts->len - WARM_ROUNDS : 0;
  gboolean has_failed = n_alive > 0;

  g_string_append_printf(seen, "%u times, %u hosts left", self->hosts->len, n_alive);
  if (is_warm) {
    has_failed = has_failed || has_grown(self->n_threads, n_threads, n_rounds) ||
                 has_grown(self->n_descriptors, n_descriptors, n_rounds);
    g_string_append_printf(seen, ", threads %u before and %u after, descriptors %u and %u",
                           self->n_threads, n_threads, self->n_descriptors, n_descriptors);
  }
  report_add(report, CHECK_NAME, has_failed ? VERDICT_FAILED : VERDICT_OK, seen->str);
}
