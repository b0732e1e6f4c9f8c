/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "error.h"

G_BEGIN_DECLS

/* Inside store/ only. A number for the content of a row: the first 64 bits of a SHA-256, the same
 * on every machine. Fields are added in a fixed order. */
typedef GChecksum ShopcaisseDigest;

ShopcaisseDigest *shopcaisse_digest_new(void);

void shopcaisse_digest_add_text(ShopcaisseDigest *self, const char *text);

void shopcaisse_digest_add_number(ShopcaisseDigest *self, gint64 number);

gint64 shopcaisse_digest_finish(ShopcaisseDigest *self);

/* The hexadecimal SHA-256 of a frozen request. */
char *shopcaisse_digest_request(const char *path, GBytes *body);

G_END_DECLS
