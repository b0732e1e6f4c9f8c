/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *shopcaisse_page_token_clean(const char *pasted);
char *shopcaisse_page_token_dup_problem(const char *token);

G_END_DECLS
