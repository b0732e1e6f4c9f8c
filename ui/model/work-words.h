/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ui/model/work.h"

G_BEGIN_DECLS

/* What people read of a work. */
const char *shopcaisse_page_work_get_running(ShopcaissePageWork work, const char *subject);
char *shopcaisse_page_work_dup_done(ShopcaissePageWork work, const char *subject, GVariant *answer);

G_END_DECLS
