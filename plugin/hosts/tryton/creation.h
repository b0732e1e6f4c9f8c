/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "books.h"

void tryton_create_articles(TrytonBooks *books,
                            GVariant *changes,
                            GHashTable *known,
                            TrytonStepsDone done,
                            gpointer user_data);
