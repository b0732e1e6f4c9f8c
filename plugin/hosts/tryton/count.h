/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "books.h"

/**
 * TrytonCounted:
 * @product_id: an article
 * @stock: how much of it there is, in thousandths; never less than nothing
 *
 * What somebody has counted.
 */
typedef struct {
  gint64 product_id;
  gint64 stock;
} TrytonCounted;

void tryton_count_stock(TrytonBooks *books,
                        const TrytonCounted *counted,
                        guint n_counted,
                        TrytonStepsDone done,
                        gpointer user_data);
