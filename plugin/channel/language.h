/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Where the catalogues lie: of this module, and of the transports it opens. */
void shopcaisse_language_bind(void);
