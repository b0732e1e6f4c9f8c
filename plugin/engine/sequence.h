/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "error.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* Steps that wait, one after the other, until one fails. */
typedef void (*ShopcaisseSequenceDone)(const GError *error, gpointer user_data);
typedef void (*ShopcaisseSequenceStep)(ShopcaisseContext *context,
                                       ShopcaisseSequenceDone done,
                                       gpointer user_data);

/* @steps: a static array that ends with NULL. */
void shopcaisse_sequence_run(ShopcaisseContext *context,
                             const ShopcaisseSequenceStep *steps,
                             ShopcaisseSequenceDone done,
                             gpointer user_data);

G_END_DECLS
