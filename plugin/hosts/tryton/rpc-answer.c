/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a Tryton server answers: a result, or one of its kinds of error. */

#include "rpc-answer.h"

#include "config.h"

#include <comptoir/comptoir.h>
#include <glib/gi18n-lib.h>

#define STATUS_OK           200
#define STATUS_UNAUTHORIZED 401
#define STATUS_FORBIDDEN    403
#define STATUS_NOT_FOUND    404
#define STATUS_CONFLICT     409
#define STATUS_LOCKED       423
#define STATUS_TOO_MANY     429

static gboolean
check_status(guint status, GError **error)
{
  switch (status) {
  case STATUS_OK:
    return TRUE;
  case STATUS_UNAUTHORIZED:
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_UNAUTHORIZED,
                        _("the session has ended, or the password is wrong"));
    return FALSE;
  case STATUS_FORBIDDEN:
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_REJECTED,
                        _("this user may not do that, or a module is missing"));
    return FALSE;
  case STATUS_NOT_FOUND:
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_CONFIGURED,
                        _("there is no such database"));
    return FALSE;
  case STATUS_CONFLICT:
  case STATUS_LOCKED:
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_CONFLICT,
                        _("somebody else changed the record"));
    return FALSE;
  case STATUS_TOO_MANY:
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_BUSY,
                        _("too many logins: the server wants a pause"));
    return FALSE;
  default:
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_UNREACHABLE, _("the server answers %u"),
                status);
    return FALSE;
  }
}

/* ["UserError", [message, description, ...]], ["UserWarning", [name, message, description]], or
 * [what happened, where in the server's code], of which the second is nobody's business here. */
static void
set_rpc_error(json_t *answer, GError **error)
{
  const char *kind = json_string_value(json_array_get(answer, 0));
  json_t *arguments = json_array_get(answer, 1);
  const char *message = NULL;

  if (kind == NULL) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL,
                        _("the server answers an error without a reason"));
    return;
  }
  if (g_str_equal(kind, "ConcurrencyException")) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_CONFLICT,
                        _("somebody else changed the record"));
    return;
  }
  if (g_str_equal(kind, "UserError"))
    message = json_string_value(json_array_get(arguments, 0));
  else if (g_str_equal(kind, "UserWarning"))
    message = json_string_value(json_array_get(arguments, 1));
  g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_REJECTED, "%s",
              message == NULL ? kind : message);
}

/**
 * tryton_rpc_answer_parse:
 * @status: the status of HTTP
 * @body: the answer
 * @error: return location for an error
 *
 * Reads an answer. Fails as tryton_rpc_call() does.
 *
 * Returns: (transfer full) (nullable): the result, JSON's null among them
 */
json_t *
tryton_rpc_answer_parse(guint status, GBytes *body, GError **error)
{
  gsize size = 0;
  const char *text = g_bytes_get_data(body, &size);
  json_auto_t *answer = NULL;
  json_t *failure = NULL;
  json_t *result = NULL;

  if (!check_status(status, error))
    return NULL;
  answer = json_loadb(text == NULL ? "" : text, size, JSON_DECODE_ANY, NULL);
  failure = json_object_get(answer, "error");
  result = json_object_get(answer, "result");
  if (failure != NULL && !json_is_null(failure)) {
    set_rpc_error(failure, error);
    return NULL;
  }
  if (result == NULL) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL,
                        _("this is no answer of a Tryton server"));
    return NULL;
  }
  return json_incref(result);
}
