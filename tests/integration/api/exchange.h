/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "fixture.h"
#include "net/message.h"

G_BEGIN_DECLS

/* Sends what the plugin built; the status must be @status. The answer is (transfer full). */
GBytes *exchange(const Fixture *self, ShopcaisseRequest *request, int status);

G_END_DECLS
