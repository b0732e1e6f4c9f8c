/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "api/page.h"
#include "model/hours.h"
#include "net/message.h"

G_BEGIN_DECLS

ShopcaisseRequest *shopcaisse_hours_request(const char *store_id);
ShopcaisseHours *shopcaisse_hours_parse(GBytes *body, GError **error);

/* @until in microseconds. A deployment without slots answers 404; docs/PROTOCOL.md 2.1. */
ShopcaisseRequest *shopcaisse_slots_request(const char *store_id, gint64 until);
ShopcaissePage *shopcaisse_slots_parse(GBytes *body, GError **error);

G_END_DECLS
