/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "host-database.h"

GVariant *host_sales_add(HostDatabase *database, GVariant *sale, GError **error);
GVariant *host_sales_list(HostDatabase *database, GVariant *query, GError **error);
GVariant *host_sales_show(HostDatabase *database, GVariant *query, GError **error);
GVariant *host_sales_progress(HostDatabase *database, GVariant *progress, GError **error);
GVariant *host_sales_set_status(HostDatabase *database, GVariant *argument, GError **error);
