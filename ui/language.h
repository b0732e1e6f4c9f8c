/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Where the page's catalogues lie. */
void shopcaisse_page_bind_language(void);
