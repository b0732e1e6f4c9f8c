/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the files of the page's model share. */
#pragma once

#include "ui/model/page-model.h"

G_BEGIN_DECLS

struct ShopcaissePageModel {
  ComptoirChannel *channel; /* (owned) (nullable): let go of when closed */
  gulong handler;
  GCancellable *cancellable;        /* (owned): of all operations */
  ShopcaissePageSettings *settings; /* (owned) */
  ShopcaissePageWorks *works;       /* (owned) */
  GVariant *findings;               /* (owned) (nullable): aa{sv}, of the doctor */
  GListModel *checklist;            /* (owned) (nullable) */
  GListModel *links;                /* (owned) (nullable): how many there are is what matters */
  gboolean is_open;
  gboolean wants_examination; /* once more, when the present one ends */

  ShopcaissePageChanged changed; /* (nullable) */
  gpointer user_data;            /* of changed */
  ShopcaissePageTopics topics;   /* not told yet */
  GSource *source;               /* (owned) (nullable): tells them */
};

void shopcaisse_page_model_tell(ShopcaissePageModel *self, ShopcaissePageTopics topics);
void shopcaisse_page_model_read_settings(ShopcaissePageModel *self);
void shopcaisse_page_model_examine(ShopcaissePageModel *self);
void shopcaisse_page_model_take_findings(ShopcaissePageModel *self, GVariant *answer);
void shopcaisse_page_model_open_lists(ShopcaissePageModel *self);
void shopcaisse_page_model_close_lists(ShopcaissePageModel *self);

G_END_DECLS
