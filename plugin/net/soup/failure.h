/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "net/outcome.h"

G_BEGIN_DECLS

ShopcaisseReply *shopcaisse_soup_failure_build_reply(ShopcaisseReach reach,
                                                     GTlsCertificateFlags flaws,
                                                     const GError *foreign);

G_END_DECLS
