/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "api/page.h"
#include "model/client.h"
#include "net/message.h"

G_BEGIN_DECLS

#define SHOPCAISSE_CLIENTS_PAGE_SIZE 100

/* The service cannot search: pages are read and compared here; docs/PROTOCOL.md 3.15. */
ShopcaisseRequest *shopcaisse_clients_request(const char *store_id, guint page);
ShopcaissePage *shopcaisse_clients_parse(GBytes *body, GError **error);

ShopcaisseRequest *shopcaisse_client_request(const char *store_id, const char *client_id);
ShopcaisseClient *shopcaisse_client_parse(GBytes *body, GError **error);

ShopcaisseRequest *shopcaisse_client_create_request(const char *store_id,
                                                    const ShopcaisseClient *client);

/* What is to be sent to change a client: as it was read, with the texts of @wanted. */
GBytes *shopcaisse_client_edit(GBytes *read, const ShopcaisseClient *wanted, GError **error);

ShopcaisseRequest *
shopcaisse_client_edit_request(const char *store_id, const char *client_id, GBytes *body);
ShopcaisseRequest *shopcaisse_client_delete_request(const char *store_id, const char *client_id);

G_END_DECLS
