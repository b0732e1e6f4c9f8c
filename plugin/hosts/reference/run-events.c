/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What happens while the host runs, as lines on stdout: sales that move, notices, the channel's
 * status. A sale is told when its progress is in the books. */

#include "run-events.h"

#include "channel-state.h"
#include "json-out.h"
#include "text-table.h"

#include <stdio.h>

#define PROGRESS_INTERVAL_US G_USEC_PER_SEC

struct _RunEvents {
  Session *session;         /* (unowned): outlives this */
  ComptoirChannel *channel; /* (owned) */
  ComptoirHost *host;       /* (owned) */
  gint64 progress_at;       /* monotonic, microseconds */
};

/* (transfer full): a line of JSON that begins with what happened */
static char *
build_line(const char *event, GVariant *values)
{
  g_auto(GVariantBuilder) line = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE_VARDICT);
  g_autoptr(GVariant) complete = NULL;
  gsize n_values = g_variant_n_children(values);

  g_variant_builder_add(&line, "{sv}", "event", g_variant_new_string(event));
  for (gsize i = 0; i < n_values; i++) {
    g_autoptr(GVariant) entry = g_variant_get_child_value(values, i);

    g_variant_builder_add_value(&line, entry);
  }
  complete = g_variant_ref_sink(g_variant_builder_end(&line));
  return json_out_line(complete);
}

/**
 * run_events_print:
 * @self: the events
 * @event: what happened, a word
 * @row: (transfer none): its values; a floating reference is taken
 *
 * Writes one line: an object with `event` and the keys of @row.
 */
void
run_events_print(RunEvents *self, const char *event, GVariant *row)
{
  g_autoptr(GVariant) values = g_variant_ref_sink(row);
  g_autofree char *text = NULL;

  if (session_get_output(self->session) == SESSION_OUTPUT_JSON) {
    text = build_line(event, values);
  } else {
    g_autofree char *id = text_table_dup_cell(values, COMPTOIR_KEY_ID);
    g_autofree char *state = text_table_dup_cell(values, COMPTOIR_KEY_STATE);
    g_autofree char *status = text_table_dup_cell(values, COMPTOIR_KEY_STATUS);
    g_autofree char *words = text_table_dup_cell(values, "text");

    text = g_strdup_printf("%s %s%s%s%s\n", event, id, state, status, words);
  }
  (void)fputs(text, stdout);
  (void)fflush(stdout);
}

static void
progressed_cb(ComptoirHost *host, GVariant *row, gpointer user_data)
{
  run_events_print(user_data, "sale", row);
}

static void
noticed_cb(ComptoirHost *host, GVariant *row, gpointer user_data)
{
  run_events_print(user_data, "notice", row);
}

static void
print_state(RunEvents *self, const char *event)
{
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);

  channel_state_insert(&row, self->channel);
  run_events_print(self, event, g_variant_dict_end(&row));
}

static void
status_cb(GObject *object, GParamSpec *pspec, gpointer user_data)
{
  print_state(user_data, "status");
}

static void
progress_cb(GObject *object, GParamSpec *pspec, gpointer user_data)
{
  RunEvents *self = user_data;
  gint64 now = g_get_monotonic_time();

  if (now - self->progress_at < PROGRESS_INTERVAL_US)
    return;
  self->progress_at = now;
  print_state(self, "progress");
}

/**
 * run_events_new:
 * @session: an open session with a channel
 *
 * Writes `ready` and, from then on, each thing that happens.
 *
 * Returns: (transfer full): the events
 */
RunEvents *
run_events_new(Session *session)
{
  RunEvents *self = g_new0(RunEvents, 1);

  self->session = session;
  self->channel = g_object_ref(session_get_channel(session));
  self->host = g_object_ref(session_get_host(session));
  (void)g_signal_connect(self->host, "progressed", G_CALLBACK(progressed_cb), self);
  (void)g_signal_connect(self->host, "noticed", G_CALLBACK(noticed_cb), self);
  (void)g_signal_connect(self->channel, "notify::status", G_CALLBACK(status_cb), self);
  (void)g_signal_connect(self->channel, "notify::last-error", G_CALLBACK(status_cb), self);
  (void)g_signal_connect(self->channel, "notify::progress", G_CALLBACK(progress_cb), self);
  print_state(self, "ready");
  return self;
}

/**
 * run_events_free:
 * @self: (transfer full) (nullable): the events
 *
 * Stops writing.
 */
void
run_events_free(RunEvents *self)
{
  if (self == NULL)
    return;
  g_signal_handlers_disconnect_by_data(self->host, self);
  g_signal_handlers_disconnect_by_data(self->channel, self);
  g_object_unref(self->host);
  g_object_unref(self->channel);
  g_free(self);
}
