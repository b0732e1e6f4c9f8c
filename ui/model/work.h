/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What somebody asked for on the page, and how that is. */
typedef enum {
  SHOPCAISSE_PAGE_WORK_TOKEN,
  SHOPCAISSE_PAGE_WORK_SETTINGS,
  SHOPCAISSE_PAGE_WORK_DISCONNECT,
  SHOPCAISSE_PAGE_WORK_TASK, /* one each task, by name */
  SHOPCAISSE_PAGE_WORK_PLAN,
  SHOPCAISSE_PAGE_WORK_APPLY,
  SHOPCAISSE_PAGE_WORK_UNDO,
  SHOPCAISSE_PAGE_WORK_LINK,
  SHOPCAISSE_PAGE_WORK_UNLINK,
  SHOPCAISSE_PAGE_WORK_SEND, /* one each sale, and one without for all that wait */
  SHOPCAISSE_PAGE_WORK_CANCEL,
  SHOPCAISSE_PAGE_WORK_DAY,
  SHOPCAISSE_PAGE_WORK_DAY_FILE, /* one to save and one to print */
  SHOPCAISSE_PAGE_WORK_DIAGNOSE,
  SHOPCAISSE_PAGE_WORK_SUPPORT,
  SHOPCAISSE_PAGE_N_WORKS
} ShopcaissePageWork;

typedef enum {
  SHOPCAISSE_PAGE_IDLE,
  SHOPCAISSE_PAGE_RUNNING,
  SHOPCAISSE_PAGE_DONE,
  SHOPCAISSE_PAGE_FAILED
} ShopcaissePageWorkState;

/**
 * ShopcaissePageWorkStatus:
 * @state: how it is
 * @text: (owned): a sentence for people, "" while idle
 * @code: the #ComptoirError, if it failed with one; else -1
 * @answer: (owned) (nullable): what came back, `a{sv}`; that of the last time while it runs again
 *
 * How a work is.
 */
typedef struct {
  ShopcaissePageWorkState state;
  char *text;
  int code;
  GVariant *answer;
} ShopcaissePageWorkStatus;

typedef struct ShopcaissePageWorks ShopcaissePageWorks;

ShopcaissePageWorks *shopcaisse_page_works_new(void);
void shopcaisse_page_works_free(ShopcaissePageWorks *self);

const ShopcaissePageWorkStatus *
shopcaisse_page_works_get(ShopcaissePageWorks *self, ShopcaissePageWork work, const char *subject);
gboolean shopcaisse_page_works_begin(ShopcaissePageWorks *self,
                                     ShopcaissePageWork work,
                                     const char *subject);
void shopcaisse_page_works_end(ShopcaissePageWorks *self,
                               ShopcaissePageWork work,
                               const char *subject,
                               GVariant *answer,
                               const GError *error);
void shopcaisse_page_works_forget(ShopcaissePageWorks *self,
                                  ShopcaissePageWork work,
                                  const char *subject);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaissePageWorks, shopcaisse_page_works_free)

G_END_DECLS
