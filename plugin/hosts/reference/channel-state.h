/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <comptoir/comptoir.h>

void channel_state_insert(GVariantDict *row, ComptoirChannel *channel);
