/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <jansson.h>

json_t *tryton_rpc_answer_parse(guint status, GBytes *body, GError **error);
