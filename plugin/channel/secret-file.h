/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "error.h"

G_BEGIN_DECLS

/* A secret in a file of its own, which its owner alone can read. */

gboolean shopcaisse_secret_file_load(const char *folder, char **secret, GError **error);

gboolean shopcaisse_secret_file_save(const char *folder, const char *secret, GError **error);

gboolean shopcaisse_secret_file_forget(const char *folder, GError **error);

G_END_DECLS
