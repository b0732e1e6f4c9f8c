/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "host-database.h"

GVariant *host_records_add_till_sales(HostDatabase *database, GVariant *sales, GError **error);
GVariant *host_records_list_till_sales(HostDatabase *database, GVariant *argument, GError **error);
GVariant *host_records_put_notice(HostDatabase *database, GVariant *notice, GError **error);
GVariant *host_records_list_notices(HostDatabase *database, GVariant *argument, GError **error);
