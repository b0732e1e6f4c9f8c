/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A channel with a shop in it, before and after its set-up. */
#pragma once

#include "scripted-channel.h"

G_BEGIN_DECLS

ScriptedChannel *page_fixture_new_blank(void);
ScriptedChannel *page_fixture_new_ready(void);

G_END_DECLS
