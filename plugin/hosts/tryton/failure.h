/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <comptoir/comptoir.h>

void tryton_request_fail(ComptoirRequest *request, const GError *error);
