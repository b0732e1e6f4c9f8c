/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How a host sells: first its own books, on disk; then the channel; then what the channel said into
 * the books. Wherever the process ends in between, the channel catches up by list_sales. */

#include "sale-submission.h"

#include "host-sales.h"

typedef struct {
  SubmissionMode mode;
  GVariant *sale;   /* (owned) (nullable): as it is in the books */
  GVariant *answer; /* (owned) (nullable): what the channel said */
} Submission;

static void added_cb(GObject *source, GAsyncResult *result, gpointer user_data);
static void submitted_cb(GObject *source, GAsyncResult *result, gpointer user_data);
static void noted_cb(GObject *source, GAsyncResult *result, gpointer user_data);

static void
free_submission(Submission *submission)
{
  g_clear_pointer(&submission->sale, g_variant_unref);
  g_clear_pointer(&submission->answer, g_variant_unref);
  g_free(submission);
}

static void
fail(GTask *task, GError *error)
{
  Submission *submission = g_task_get_task_data(task);
  const char *number = NULL;

  if (submission->sale != NULL && g_variant_lookup(submission->sale, "number", "&s", &number))
    g_prefix_error(&error, "sale %s: ", number);
  g_task_return_error(task, error);
}

/* The channel's words over the sale's. */
static void
succeed(GTask *task)
{
  static const char *const keys[] = { COMPTOIR_KEY_ID, "number", COMPTOIR_KEY_TOTAL };
  Submission *submission = g_task_get_task_data(task);
  g_auto(GVariantDict) answer = G_VARIANT_DICT_INIT(submission->answer);

  if (submission->answer == NULL)
    g_variant_dict_insert(&answer, COMPTOIR_KEY_STATE, "s", "paid");
  for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
    g_autoptr(GVariant) value = g_variant_lookup_value(submission->sale, keys[i], NULL);

    if (value != NULL)
      g_variant_dict_insert_value(&answer, keys[i], value);
  }
  g_task_return_pointer(task, g_variant_ref_sink(g_variant_dict_end(&answer)),
                        (GDestroyNotify)g_variant_unref);
}

/**
 * sale_submission_async:
 * @session: an open session
 * @sale: a sale row; `id` and `number` may be missing
 * @mode: whether the channel is told
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async): called when it is done
 * @user_data: for @callback
 *
 * Sells. When it fails behind the first step the sale is in the books all the same.
 */
void
sale_submission_async(Session *session,
                      GVariant *sale,
                      SubmissionMode mode,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  GTask *task = g_task_new(session, cancellable, callback, user_data);
  Submission *submission = g_new0(Submission, 1);

  submission->mode = mode;
  g_task_set_source_tag(task, sale_submission_async);
  g_task_set_task_data(task, submission, (GDestroyNotify)free_submission);
  host_worker_run_async(session_get_worker(session), host_sales_add, sale, added_cb, task);
}

static void
added_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  Session *session = HOST_SESSION(g_task_get_source_object(task));
  Submission *submission = g_task_get_task_data(task);
  GError *error = NULL;

  submission->sale = host_worker_run_finish(session_get_worker(session), result, &error);
  if (submission->sale == NULL) {
    fail(task, error);
    return;
  }
  if (submission->mode == SUBMISSION_BOOKS_ONLY) {
    succeed(task);
    return;
  }
  comptoir_channel_submit_sale_async(session_get_channel(session), submission->sale,
                                     g_task_get_cancellable(task), submitted_cb,
                                     g_object_ref(task));
}

static void
submitted_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  Session *session = HOST_SESSION(g_task_get_source_object(task));
  Submission *submission = g_task_get_task_data(task);
  GError *error = NULL;

  submission->answer =
      comptoir_channel_submit_sale_finish(COMPTOIR_CHANNEL(source), result, &error);
  if (submission->answer == NULL) {
    fail(task, error);
    return;
  }
  host_worker_run_async(session_get_worker(session), host_sales_progress, submission->answer,
                        noted_cb, g_object_ref(task));
}

static void
noted_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  Session *session = HOST_SESSION(g_task_get_source_object(task));
  GError *error = NULL;
  g_autoptr(GVariant) noted = host_worker_run_finish(session_get_worker(session), result, &error);

  if (noted == NULL)
    fail(task, error);
  else
    succeed(task);
}

/**
 * sale_submission_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends sale_submission_async().
 *
 * Returns: (transfer full) (nullable): `{id, number, total, state}` and what else the channel said
 */
GVariant *
sale_submission_finish(GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer(G_TASK(result), error);
}

/**
 * sale_submission_get_sale:
 * @result: the result
 *
 * Tells what the books have of it, also when sale_submission_finish() fails: a sale that is in the
 * books was sold, whatever became of it later.
 *
 * Returns: (transfer none) (nullable): the sale as it is in the books
 */
GVariant *
sale_submission_get_sale(GAsyncResult *result)
{
  const Submission *submission = g_task_get_task_data(G_TASK(result));

  return submission->sale;
}
