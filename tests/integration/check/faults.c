/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The ways in which an answer can go wrong, for the host that is wrong on purpose. */
#include "faults.h"

#include <time.h>

#define BLOCK_US (250 * 1000)
#define WORK_MS  12
#define HANG_US  (12 * 1000 * 1000) /* longer than the check has patience beyond a deadline */

typedef struct {
  ComptoirRequest *request; /* (owned) */
  GVariant *answer;         /* (owned) */
} Later;

gboolean
fault_is(const char *name)
{
  return g_strcmp0(g_getenv("COMPTOIR_FAULT"), name) == 0;
}

void
fault_sleep(void)
{
  g_usleep(BLOCK_US);
}

void
fault_hang(void)
{
  g_usleep(HANG_US);
}

/* Computes, which a sleep does not. */
void
fault_work(void)
{
  clock_t end = clock() + WORK_MS * CLOCKS_PER_SEC / 1000;
  while (clock() < end)
    continue;
}

static Later *
later_new(ComptoirRequest *request, GVariant *answer)
{
  Later *self = g_new0(Later, 1);
  self->request = g_object_ref(request);
  self->answer = g_variant_ref_sink(answer);
  return self;
}

static void
later_free(gpointer data)
{
  Later *self = data;
  g_object_unref(self->request);
  g_variant_unref(self->answer);
  g_free(self);
}

static gboolean
answer_cb(gpointer user_data)
{
  Later *self = user_data;
  if (fault_is("blocks-later"))
    fault_sleep();
  comptoir_request_answer(self->request, self->answer);
  return G_SOURCE_REMOVE;
}

void
fault_answer_later(ComptoirRequest *request, GVariant *answer, guint delay_ms)
{
  g_autoptr(GSource) source = g_timeout_source_new(delay_ms);
  g_source_set_callback(source, answer_cb, later_new(request, answer), later_free);
  g_source_attach(source, g_main_context_get_thread_default());
}

static gpointer
answer_in_thread(gpointer data)
{
  (void)answer_cb(data);
  later_free(data);
  return NULL;
}

void
fault_answer_from_thread(ComptoirRequest *request, GVariant *answer)
{
  g_thread_unref(g_thread_new("fault", answer_in_thread, later_new(request, answer)));
}
