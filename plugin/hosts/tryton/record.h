/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ticket.h"

/**
 * TrytonRecorded:
 * @sale_id: (nullable): the sale of Tryton
 * @error: (nullable): why there is none
 * @user_data: the caller's
 *
 * Called once for each ticket.
 */
typedef void (*TrytonRecorded)(const char *sale_id, const GError *error, gpointer user_data);

void tryton_record_ticket(TrytonBooks *books,
                          TrytonTicket *ticket,
                          TrytonRecorded done,
                          gpointer user_data);
