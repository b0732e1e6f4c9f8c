/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ui/toolkit.h"

G_BEGIN_DECLS

/* The settings page of a channel, for a host to pack where it likes. Its construct property
 * `channel` is all it is told. */
#define SHOPCAISSE_TYPE_PAGE (shopcaisse_page_get_type())
GType shopcaisse_page_get_type(void);

G_END_DECLS
