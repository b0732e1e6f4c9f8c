/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The state of everything that was asked for: idle, running, done with a sentence, failed with one.
 * Each thing runs once at a time, however often its button is pressed. */
#include "ui/model/work.h"

#include "ui/model/sentence.h"
#include "ui/model/work-words.h"

#include <comptoir/comptoir-error.h>

#define NO_CODE (-1)

struct ShopcaissePageWorks {
  GHashTable *entries; /* (owned) (element-type utf8 ShopcaissePageWorkStatus) */
};

static const ShopcaissePageWorkStatus idle = { .state = SHOPCAISSE_PAGE_IDLE,
                                               .text = (char *)"",
                                               .code = NO_CODE };

static void
free_status(gpointer data)
{
  ShopcaissePageWorkStatus *status = data;
  g_free(status->text);
  g_clear_pointer(&status->answer, g_variant_unref);
  g_free(status);
}

/**
 * shopcaisse_page_works_new:
 *
 * Returns: (transfer full): nothing asked for yet
 */
ShopcaissePageWorks *
shopcaisse_page_works_new(void)
{
  ShopcaissePageWorks *self = g_new0(ShopcaissePageWorks, 1);
  self->entries = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_status);
  return self;
}

/**
 * shopcaisse_page_works_free:
 * @self: (nullable): the works
 *
 * Releases them.
 */
void
shopcaisse_page_works_free(ShopcaissePageWorks *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref(self->entries);
  g_free(self);
}

static char *
dup_key(ShopcaissePageWork work, const char *subject)
{
  return g_strdup_printf("%d:%s", (int)work, subject != NULL ? subject : "");
}

/**
 * shopcaisse_page_works_get:
 * @self: the works
 * @work: which
 * @subject: (nullable): of what
 *
 * Returns: (transfer none): how it is, until it begins or ends
 */
const ShopcaissePageWorkStatus *
shopcaisse_page_works_get(ShopcaissePageWorks *self, ShopcaissePageWork work, const char *subject)
{
  g_autofree char *key = dup_key(work, subject);
  const ShopcaissePageWorkStatus *status = g_hash_table_lookup(self->entries, key);
  return status != NULL ? status : &idle;
}

/**
 * shopcaisse_page_works_begin:
 * @self: the works
 * @work: which
 * @subject: (nullable): of what
 *
 * Says that something begins.
 *
 * Returns: %FALSE if it runs already
 */
gboolean
shopcaisse_page_works_begin(ShopcaissePageWorks *self, ShopcaissePageWork work, const char *subject)
{
  g_autofree char *key = dup_key(work, subject);
  ShopcaissePageWorkStatus *status = g_hash_table_lookup(self->entries, key);
  if (status == NULL) {
    status = g_new0(ShopcaissePageWorkStatus, 1);
    g_hash_table_insert(self->entries, g_steal_pointer(&key), status);
  }
  if (status->state == SHOPCAISSE_PAGE_RUNNING)
    return FALSE;
  status->state = SHOPCAISSE_PAGE_RUNNING;
  status->code = NO_CODE;
  g_free(status->text);
  status->text = g_strdup(shopcaisse_page_work_get_running(work, subject));
  return TRUE;
}

/**
 * shopcaisse_page_works_end:
 * @self: the works
 * @work: which
 * @subject: (nullable): of what
 * @answer: (nullable): what came back
 * @error: (nullable): why nothing came back
 *
 * Says how something has ended.
 */
void
shopcaisse_page_works_end(ShopcaissePageWorks *self,
                          ShopcaissePageWork work,
                          const char *subject,
                          GVariant *answer,
                          const GError *error)
{
  g_autofree char *key = dup_key(work, subject);
  ShopcaissePageWorkStatus *status = g_hash_table_lookup(self->entries, key);
  g_return_if_fail(status != NULL);

  g_clear_pointer(&status->text, g_free);
  if (error != NULL) {
    status->state = SHOPCAISSE_PAGE_FAILED;
    status->code = error->domain == COMPTOIR_ERROR ? error->code : NO_CODE;
    status->text = shopcaisse_page_sentence_dup(error->message);
    return;
  }
  status->state = SHOPCAISSE_PAGE_DONE;
  g_clear_pointer(&status->answer, g_variant_unref);
  status->answer = answer != NULL ? g_variant_ref(answer) : NULL;
  status->text = shopcaisse_page_work_dup_done(work, subject, answer);
}

/**
 * shopcaisse_page_works_forget:
 * @self: the works
 * @work: which
 * @subject: (nullable): of what
 *
 * Takes away what was said of something, unless it runs.
 */
void
shopcaisse_page_works_forget(ShopcaissePageWorks *self,
                             ShopcaissePageWork work,
                             const char *subject)
{
  g_autofree char *key = dup_key(work, subject);
  const ShopcaissePageWorkStatus *status = g_hash_table_lookup(self->entries, key);
  if (status != NULL && status->state != SHOPCAISSE_PAGE_RUNNING)
    g_hash_table_remove(self->entries, key);
}
