/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <comptoir/comptoir.h>

#define CHECK_TYPE_CHANNEL (check_channel_get_type())
G_DECLARE_FINAL_TYPE(CheckChannel, check_channel, CHECK, CHANNEL, GSimpleActionGroup)

ComptoirChannel *check_channel_new_stranger(guint version);
