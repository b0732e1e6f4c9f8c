/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* For each module that a program may open first: the channel, its page, a host's library. */
void shopcaisse_language_bind(void);
