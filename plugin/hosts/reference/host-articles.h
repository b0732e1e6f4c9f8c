/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "host-database.h"

GVariant *host_articles_list(HostDatabase *database, GVariant *query, GError **error);
GVariant *host_articles_find(HostDatabase *database, GVariant *argument, GError **error);
GVariant *host_articles_read(HostDatabase *database, const char *id, GError **error);
