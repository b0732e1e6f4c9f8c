/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* A payment's method is the sale's payment term: Tryton 6.0 has no other before the invoice. */
GVariant *tryton_payment_method_new(gint64 term_id, const char *name);
char *tryton_payment_dup_method(gint64 term_id);
