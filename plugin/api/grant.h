/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "api/authentication.h"
#include "api/json.h"

G_BEGIN_DECLS

/* Reads resources and permissions, which stand in the token and in the service's answer alike. */
gboolean shopcaisse_grant_read(ShopcaisseGrant *self, json_t *object, GError **error);

G_END_DECLS
