/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A channel that does what a test says: it has the settings and lists it was given, keeps what it
 * is asked, and answers when it is told to. */
#pragma once

#include <comptoir/comptoir.h>

G_BEGIN_DECLS

typedef struct ScriptedChannel ScriptedChannel;
GType scripted_channel_get_type(void);

ScriptedChannel *scripted_channel_new(void);

/* GVariant text format, as in "{'key': <'store'>, ...}"; each call adds one setting or row. */
void scripted_channel_set_status(ScriptedChannel *self, ComptoirStatus status, const char *error);
void scripted_channel_set_settings(ScriptedChannel *self, const char *rows);
void scripted_channel_set_setting(ScriptedChannel *self, const char *key, const char *value);
void scripted_channel_set_list(ScriptedChannel *self, const char *kind, const char *rows);
void scripted_channel_set_counts(ScriptedChannel *self, const char *kind, const char *counts);
void scripted_channel_set_loading(ScriptedChannel *self, const char *kind);
void scripted_channel_fail_list(ScriptedChannel *self, const char *kind, GError *error);
void scripted_channel_set_long_list(ScriptedChannel *self, const char *kind, guint n_rows);
void scripted_channel_renew_long_list(ScriptedChannel *self, const char *kind, guint n_rows);

/* Rows of long lists that were asked for, each window of 100 once. */
guint scripted_channel_count_windows_again(ScriptedChannel *self, const char *kind);
guint scripted_channel_count_windows(ScriptedChannel *self, const char *kind);
/* (transfer none) (nullable): the query asked last of a kind, as text. */
const char *scripted_channel_get_query(ScriptedChannel *self, const char *kind);

/* Operations other than the doctor's, which is answered with the findings at once. */
void scripted_channel_set_findings(ScriptedChannel *self, const char *rows);
guint scripted_channel_count_waiting(ScriptedChannel *self);
guint scripted_channel_count_asked(ScriptedChannel *self, ComptoirOperation operation);
/* (transfer none): what was asked last, "" for nothing: "set-token {...}". */
const char *scripted_channel_get_asked(ScriptedChannel *self);
void scripted_channel_answer(ScriptedChannel *self, const char *answer);
void scripted_channel_fail(ScriptedChannel *self, GError *error);
/* Fails what nobody has answered, so that nothing holds on to the channel. */
void scripted_channel_fail_all(ScriptedChannel *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ScriptedChannel, g_object_unref)

G_END_DECLS
