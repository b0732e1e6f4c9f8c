/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A list as a channel gives it: rows in windows of 100, with counts, completeness and an error. */
#pragma once

#include <comptoir/comptoir.h>

G_BEGIN_DECLS

#define SCRIPTED_TYPE_LIST (scripted_list_get_type())
G_DECLARE_FINAL_TYPE(ScriptedList, scripted_list, SCRIPTED, LIST, GObject)

ScriptedList *scripted_list_new(void);
void scripted_list_set_rows(ScriptedList *self, GVariant *rows);
void scripted_list_set_length(ScriptedList *self, guint n_rows);
void scripted_list_set_counts(ScriptedList *self, GVariant *counts);
void scripted_list_set_loading(ScriptedList *self);
void scripted_list_fail(ScriptedList *self, const GError *error);
guint scripted_list_count_windows(ScriptedList *self);
guint scripted_list_count_windows_again(ScriptedList *self);

G_END_DECLS
