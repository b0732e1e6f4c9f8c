/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <comptoir/comptoir-channel.h>

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;
typedef struct ShopcaisseStatus ShopcaisseStatus;

/* How the channel is, as its user sees it: the newest word of each part, the gravest first. */
ShopcaisseStatus *shopcaisse_status_new(ShopcaisseContext *context);
void shopcaisse_status_free(ShopcaisseStatus *self);

/* @message is (nullable): what a person must do. */
void shopcaisse_status_set(ShopcaisseStatus *self, ComptoirStatus status, const char *message);
ComptoirStatus shopcaisse_status_get(ShopcaisseStatus *self);

/* @progress: 0 to 1, -1 unknown; counts the tasks that run. */
void shopcaisse_status_begin(ShopcaisseStatus *self);
void shopcaisse_status_end(ShopcaisseStatus *self);
void shopcaisse_status_set_progress(ShopcaisseStatus *self, double progress);

G_END_DECLS
