/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a line of the journal is about, in people's words. */
char *shopcaisse_page_subject_dup_name(GVariant *line);

G_END_DECLS
