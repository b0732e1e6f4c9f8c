/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* All that is kept of a customer, a{sv}, as a file; docs/decisions/0023. */
char *shopcaisse_customer_report_to_json(GVariant *report);

G_END_DECLS
