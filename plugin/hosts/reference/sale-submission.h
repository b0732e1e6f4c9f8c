/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "session.h"

/**
 * SubmissionMode:
 * @SUBMISSION_TO_CHANNEL: the channel is told at once
 * @SUBMISSION_BOOKS_ONLY: the channel must find it by itself
 *
 * What becomes of a sale.
 */
typedef enum {
  SUBMISSION_TO_CHANNEL,
  SUBMISSION_BOOKS_ONLY
} SubmissionMode;

void sale_submission_async(Session *session,
                           GVariant *sale,
                           SubmissionMode mode,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
GVariant *sale_submission_finish(GAsyncResult *result, GError **error);
GVariant *sale_submission_get_sale(GAsyncResult *result);
