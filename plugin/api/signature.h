/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean shopcaisse_signature_check(GBytes *body, const char *key, const char *signature);

G_END_DECLS
