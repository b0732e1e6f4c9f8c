/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/task.h"

G_BEGIN_DECLS

/* The tasks that can be asked for by name. A task that runs already is joined. @options: a{sv},
 * (nullable). @done may be called from inside when the task cannot start. */
void shopcaisse_run(ShopcaisseContext *context,
                    const char *name,
                    GVariant *options,
                    ShopcaisseTaskDone done,
                    gpointer user_data);

G_END_DECLS
