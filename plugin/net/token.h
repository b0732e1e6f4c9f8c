/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* For text that holds a token: it does not stay in freed memory. */
void shopcaisse_token_wipe(char *text);

char *shopcaisse_token_build_authorization(const char *token, GError **error);

G_END_DECLS
