/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ui/model/settings.h"
#include "ui/model/setup.h"
#include "ui/model/work.h"

#include <comptoir/comptoir-channel.h>

G_BEGIN_DECLS

/* What the page knows of its channel, and what it asks of it. It has no widgets; who shows it is
 * told what has changed, once a turn of the main loop however much it was. */
typedef struct ShopcaissePageModel ShopcaissePageModel;

#define SHOPCAISSE_PAGE_NOT_BUSY (-2.0)

typedef enum {
  SHOPCAISSE_PAGE_TOPIC_STATUS = 1 << 0,   /* status, last error, busy, progress */
  SHOPCAISSE_PAGE_TOPIC_SETTINGS = 1 << 1, /* values, choices, errors, and what is edited */
  SHOPCAISSE_PAGE_TOPIC_WORK = 1 << 2,
  SHOPCAISSE_PAGE_TOPIC_FINDINGS = 1 << 3, /* and so the set-up */
  SHOPCAISSE_PAGE_TOPIC_LISTS = 1 << 4,    /* the lists must be asked for again */
  SHOPCAISSE_PAGE_TOPIC_ALL = (1 << 5) - 1
} ShopcaissePageTopics;

typedef void (*ShopcaissePageChanged)(ShopcaissePageTopics topics, gpointer user_data);

ShopcaissePageModel *shopcaisse_page_model_new(ComptoirChannel *channel);
ShopcaissePageModel *shopcaisse_page_model_ref(ShopcaissePageModel *self);
void shopcaisse_page_model_unref(ShopcaissePageModel *self);
void shopcaisse_page_model_watch(ShopcaissePageModel *self,
                                 ShopcaissePageChanged changed,
                                 gpointer user_data);
void shopcaisse_page_model_flush(ShopcaissePageModel *self);
void shopcaisse_page_model_close(ShopcaissePageModel *self);

gboolean shopcaisse_page_model_is_closed(ShopcaissePageModel *self);
gboolean shopcaisse_page_model_is_open(ShopcaissePageModel *self);
ComptoirStatus shopcaisse_page_model_get_status(ShopcaissePageModel *self);
char *shopcaisse_page_model_dup_status(ShopcaissePageModel *self);
char *shopcaisse_page_model_dup_last_error(ShopcaissePageModel *self);
double shopcaisse_page_model_get_progress(ShopcaissePageModel *self);

ShopcaissePageSettings *shopcaisse_page_model_get_settings(ShopcaissePageModel *self);
void shopcaisse_page_model_change(ShopcaissePageModel *self, const char *key, const char *value);

GListModel *
shopcaisse_page_model_list(ShopcaissePageModel *self, const char *kind, GVariant *query);

const ShopcaissePageWorkStatus *shopcaisse_page_model_get_work(ShopcaissePageModel *self,
                                                               ShopcaissePageWork work,
                                                               const char *subject);
gboolean shopcaisse_page_model_perform(ShopcaissePageModel *self,
                                       ShopcaissePageWork work,
                                       const char *subject,
                                       GVariant *argument);
void shopcaisse_page_model_forget(ShopcaissePageModel *self, ShopcaissePageWork work);

/* The same with the argument made for it. */
gboolean shopcaisse_page_model_run(ShopcaissePageModel *self, const char *task);
gboolean shopcaisse_page_model_send(ShopcaissePageModel *self, const char *sale_id);
gboolean shopcaisse_page_model_set_token(ShopcaissePageModel *self, const char *pasted);
gboolean shopcaisse_page_model_set_other_token(ShopcaissePageModel *self, const char *pasted);
gboolean shopcaisse_page_model_disconnect(ShopcaissePageModel *self,
                                          ComptoirDisconnectPolicy policy);

void shopcaisse_page_model_get_setup(ShopcaissePageModel *self, ShopcaissePageSetup *setup);
GVariant *shopcaisse_page_model_get_findings(ShopcaissePageModel *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaissePageModel, shopcaisse_page_model_unref)

G_END_DECLS
