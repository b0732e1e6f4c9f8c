/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Included by the build before every source file; the command line's domain wins. */
#pragma once

#ifndef G_LOG_DOMAIN
#define G_LOG_DOMAIN "shopcaisse"
#endif
