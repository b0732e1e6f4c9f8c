/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <comptoir/comptoir.h>

#define TYPE_FAKE_CHANNEL (fake_channel_get_type())
G_DECLARE_FINAL_TYPE(FakeChannel, fake_channel, FAKE, CHANNEL, GSimpleActionGroup)

ComptoirHost *fake_channel_get_host(FakeChannel *self);

void fake_channel_set_progress(FakeChannel *self, double progress);

void fake_answers_perform(FakeChannel *self,
                          ComptoirOperation operation,
                          GVariant *argument,
                          GTask *task);
