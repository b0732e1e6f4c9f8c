/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "host-worker.h"
#include "tryton-server.h"

#include <comptoir/comptoir.h>

#define TYPE_SESSION (session_get_type())
G_DECLARE_FINAL_TYPE(Session, session, HOST, SESSION, GObject)

/**
 * SessionOutput:
 * @SESSION_OUTPUT_TEXT: for people
 * @SESSION_OUTPUT_JSON: one line of JSON for each answer
 *
 * How answers are written.
 */
typedef enum {
  SESSION_OUTPUT_TEXT,
  SESSION_OUTPUT_JSON
} SessionOutput;

/**
 * SessionOptions:
 * @state_dir: the profile's folder
 * @channel_dir: (nullable): the channel's folder; default: `channel` in @state_dir
 * @channel: the channel's name
 * @location: (nullable): the place of sale
 * @output: how answers are written
 * @tryton: a company in Tryton that is the host instead of the books here; %NULL in its address:
 *   the books
 *
 * What a session is opened with.
 */
typedef struct {
  const char *state_dir;
  const char *channel_dir;
  const char *channel;
  const char *location;
  SessionOutput output;
  TrytonServer tryton;
} SessionOptions;

/**
 * SessionParts:
 * @SESSION_BOOKS: the host's own database
 * @SESSION_CHANNEL: and the channel
 *
 * What a command needs.
 */
typedef enum {
  SESSION_BOOKS,
  SESSION_CHANNEL
} SessionParts;

Session *session_new(const SessionOptions *options);

void session_open_async(Session *self,
                        SessionParts parts,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
gboolean session_open_finish(Session *self, GAsyncResult *result, GError **error);

void session_close_async(Session *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean session_close_finish(Session *self, GAsyncResult *result, GError **error);

HostWorker *session_get_worker(Session *self);
ComptoirHost *session_get_host(Session *self);
ComptoirTrytonHost *session_get_tryton(Session *self);
ComptoirChannel *session_get_channel(Session *self);
const char *session_get_channel_name(Session *self);

SessionOutput session_get_output(Session *self);

gboolean session_claim_input(Session *self);
