/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ui/toolkit.h"

G_BEGIN_DECLS

typedef void (*ShopcaisseFileFunc)(GFile *file, gpointer user_data);

/* Asks where to save; @chosen hears it, unless @near is gone or the person changes his mind. */
void shopcaisse_save_file(
    GtkWidget *near, const char *title, const char *name, ShopcaisseFileFunc chosen, gpointer data);

G_END_DECLS
