/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "api/page.h"
#include "model/place.h"
#include "net/message.h"

G_BEGIN_DECLS

#define SHOPCAISSE_PLACES_PAGE_SIZE 25

/* Lists of one kind of place. A store's answer carries its registers too: rows of both kinds. */
ShopcaisseRequest *shopcaisse_places_request(ShopcaissePlaceKind kind, guint page);
ShopcaissePage *shopcaisse_places_parse(ShopcaissePlaceKind kind, GBytes *body, GError **error);

G_END_DECLS
