/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "books.h"

#include <comptoir/comptoir.h>

/* The states of a sale that the channel may send, in their order. */
GVariant *tryton_statuses_new_page(TrytonBooks *books);

/* The same as an array for a search: all of them, also those that do not count as sold. */
json_t *tryton_statuses_new_array(void);
