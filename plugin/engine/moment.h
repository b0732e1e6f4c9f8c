/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A time as people of this computer write it, in sentences of ours; rows carry ISO 8601. */
char *shopcaisse_moment_to_text(gint64 at);
char *shopcaisse_moment_to_day(gint64 at);

G_END_DECLS
