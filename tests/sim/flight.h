/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "till.h"

G_BEGIN_DECLS

/* One exchange on its way, which may outlive the till that sent it. */
typedef struct Flight Flight;

/* Takes over a request that a till has sent. */
void flight_launch(Till *till, FakeExchange *exchange);
/* Nobody waits for the answer any more; the request may arrive all the same. */
void flight_orphan(Flight *self);

G_END_DECLS
