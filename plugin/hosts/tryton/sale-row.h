/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "catalogue.h"

#include <gio/gio.h>

GVariant *
tryton_sale_row_new(TrytonCatalogue *catalogue, json_t *record, json_t *lines, GError **error);
