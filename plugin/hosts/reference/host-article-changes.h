/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "host-database.h"

GVariant *host_article_changes_add(HostDatabase *database, GVariant *argument, GError **error);
GVariant *host_article_changes_apply(HostDatabase *database, GVariant *argument, GError **error);
