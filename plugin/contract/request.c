/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A question to the host and its one answer: from any thread to the context of creation, never from
 * inside the call that answers. What the deadline and the answer share outlives the request itself,
 * so neither keeps a request alive that the host has dropped. */
#include <comptoir/comptoir-request.h>

typedef struct {
  gatomicrefcount references;
  gint answered;            /* atomic: 0 or 1; who sets it delivers */
  gint n_answers;           /* atomic: how often the host answered or failed */
  GMainContext *context;    /* (owned): where the request was made */
  GSource *deadline;        /* (owned) (nullable): answers for a silent host */
  guint timeout_ms;         /* how long the host may take */
  ComptoirRequestDone done; /* (nullable): called once, in the context */
  gpointer user_data;       /* owned by who made the request */
} Exchange;

typedef struct {
  Exchange *exchange; /* (owned) */
  GVariant *answer;   /* (owned) (nullable) */
  GError *error;      /* (owned) (nullable) */
} Delivery;

struct _ComptoirRequest {
  GObject parent_instance;

  Exchange *exchange; /* (owned) */
};

G_DEFINE_FINAL_TYPE(ComptoirRequest, comptoir_request, G_TYPE_OBJECT)

static gboolean deadline_cb(gpointer user_data);
static gboolean deliver_cb(gpointer user_data);

static Exchange *
exchange_new(void)
{
  Exchange *self = g_new0(Exchange, 1);
  g_atomic_ref_count_init(&self->references);
  self->context = g_main_context_ref_thread_default();
  return self;
}

static Exchange *
exchange_ref(Exchange *self)
{
  g_atomic_ref_count_inc(&self->references);
  return self;
}

static void
exchange_unref(Exchange *self)
{
  if (!g_atomic_ref_count_dec(&self->references))
    return;
  g_clear_pointer(&self->deadline, g_source_unref);
  g_main_context_unref(self->context);
  g_free(self);
}

static void
delivery_free(Delivery *self)
{
  g_clear_pointer(&self->answer, g_variant_unref);
  g_clear_error(&self->error);
  exchange_unref(self->exchange);
  g_free(self);
}

static void
start_deadline(Exchange *self)
{
  self->deadline = g_timeout_source_new(self->timeout_ms);
  g_source_set_static_name(self->deadline, "comptoir request deadline");
  g_source_set_callback(self->deadline, deadline_cb, exchange_ref(self),
                        (GDestroyNotify)exchange_unref);
  g_source_attach(self->deadline, self->context);
}

/* Takes answer and error, exactly one of which is set. */
static void
settle(Exchange *self, GVariant *answer, GError *error)
{
  g_autoptr(GVariant) owned_answer = answer;
  g_autoptr(GError) owned_error = error;
  if (!g_atomic_int_compare_and_exchange(&self->answered, 0, 1)) {
    g_debug("a request was answered twice, ignoring the second answer");
    return;
  }
  if (self->deadline != NULL)
    g_source_destroy(self->deadline);

  Delivery *delivery = g_new0(Delivery, 1);
  delivery->exchange = exchange_ref(self);
  delivery->answer = g_steal_pointer(&owned_answer);
  delivery->error = g_steal_pointer(&owned_error);

  g_autoptr(GSource) source = g_idle_source_new();
  g_source_set_priority(source, G_PRIORITY_DEFAULT);
  g_source_set_static_name(source, "comptoir request answer");
  g_source_set_callback(source, deliver_cb, delivery, (GDestroyNotify)delivery_free);
  g_source_attach(source, self->context);
}

static gboolean
deadline_cb(gpointer user_data)
{
  Exchange *self = user_data;
  settle(self, NULL,
         g_error_new(COMPTOIR_ERROR, COMPTOIR_ERROR_UNREACHABLE,
                     "the host did not answer within %u ms", self->timeout_ms));
  return G_SOURCE_REMOVE;
}

static gboolean
deliver_cb(gpointer user_data)
{
  Delivery *delivery = user_data;
  if (delivery->exchange->done != NULL)
    delivery->exchange->done(delivery->answer, delivery->error, delivery->exchange->user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
is_known_code(ComptoirError code)
{
  g_autoptr(GEnumClass) codes = g_type_class_ref(COMPTOIR_TYPE_ERROR);
  return g_enum_get_value(codes, (gint)code) != NULL;
}

/**
 * comptoir_request_new: (skip)
 * @timeout_ms: how long the host may take, more than 0
 * @done: (scope async): called with the answer
 * @user_data: the data for @done; kept by the caller until @done has run
 *
 * Makes a question, to be given to one function of [iface@Comptoir.Host] and released.
 *
 * @done runs exactly once as long as the main context that is the thread's default now is iterated:
 * with the answer, or with the host's error, or with %COMPTOIR_ERROR_UNREACHABLE when the host
 * drops the request or lets the deadline pass, or with %COMPTOIR_ERROR_PROTOCOL when the answer is
 * not a dictionary.
 *
 * Returns: (transfer full): the request
 *
 * Since: 1.0
 */
ComptoirRequest *
comptoir_request_new(guint timeout_ms, ComptoirRequestDone done, gpointer user_data)
{
  g_return_val_if_fail(timeout_ms > 0, NULL);
  g_return_val_if_fail(done != NULL, NULL);

  ComptoirRequest *self = g_object_new(COMPTOIR_TYPE_REQUEST, NULL);
  self->exchange->timeout_ms = timeout_ms;
  self->exchange->done = done;
  self->exchange->user_data = user_data;
  start_deadline(self->exchange);
  return self;
}

/**
 * comptoir_request_answer:
 * @self: the request
 * @answer: (nullable): a dictionary `a{sv}`; a floating reference is consumed
 *
 * Answers, from any thread. The asker hears of it later, in its own main context. A second answer,
 * and one that comes after the deadline, is ignored.
 *
 * What is not a dictionary, %NULL too, reaches the asker as %COMPTOIR_ERROR_PROTOCOL.
 *
 * Since: 1.0
 */
void
comptoir_request_answer(ComptoirRequest *self, GVariant *answer)
{
  g_return_if_fail(COMPTOIR_IS_REQUEST(self));

  g_atomic_int_inc(&self->exchange->n_answers);
  g_autoptr(GVariant) given = answer != NULL ? g_variant_ref_sink(answer) : NULL;
  if (given == NULL || !g_variant_is_of_type(given, G_VARIANT_TYPE_VARDICT)) {
    settle(self->exchange, NULL,
           g_error_new(COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL,
                       "the host answered with type \"%s\" where \"a{sv}\" is expected",
                       given != NULL ? g_variant_get_type_string(given) : "none"));
    return;
  }
  settle(self->exchange, g_variant_get_normal_form(given), NULL);
}

/**
 * comptoir_request_fail:
 * @self: the request
 * @code: what the asker can do about it
 * @message: (nullable): why, for people; copied
 *
 * Answers that there is no answer, from any thread. The rules of [method@Comptoir.Request.answer]
 * apply.
 *
 * A code that this library does not know reaches the asker as %COMPTOIR_ERROR_PROTOCOL.
 *
 * Since: 1.0
 */
void
comptoir_request_fail(ComptoirRequest *self, ComptoirError code, const char *message)
{
  g_return_if_fail(COMPTOIR_IS_REQUEST(self));

  g_atomic_int_inc(&self->exchange->n_answers);
  g_autofree char *text =
      g_utf8_make_valid(message != NULL ? message : "the host gave no reason", -1);
  settle(self->exchange, NULL,
         g_error_new_literal(COMPTOIR_ERROR, is_known_code(code) ? code : COMPTOIR_ERROR_PROTOCOL,
                             text));
}

/**
 * comptoir_request_is_answered:
 * @self: the request
 *
 * Tells whether the request needs no answer any more: it was answered, or failed, or its deadline
 * has passed. A host with long work may look and stop. From any thread.
 *
 * Returns: %TRUE if an answer would be ignored
 *
 * Since: 1.0
 */
gboolean
comptoir_request_is_answered(ComptoirRequest *self)
{
  g_return_val_if_fail(COMPTOIR_IS_REQUEST(self), TRUE);

  return g_atomic_int_get(&self->exchange->answered) != 0;
}

/**
 * comptoir_request_get_n_answers:
 * @self: the request
 *
 * Tells how often the host answered or failed this request so far, what came too late or too often
 * included. More than 1 harms nothing and is a fault of the host: this is for who looks for faults.
 * From any thread.
 *
 * Returns: how many answers
 *
 * Since: 1.0
 */
guint
comptoir_request_get_n_answers(ComptoirRequest *self)
{
  g_return_val_if_fail(COMPTOIR_IS_REQUEST(self), 0);

  return (guint)g_atomic_int_get(&self->exchange->n_answers);
}

/* Runs in whatever thread drops the last reference. */
static void
comptoir_request_finalize(GObject *object)
{
  ComptoirRequest *self = COMPTOIR_REQUEST(object);
  if (!comptoir_request_is_answered(self))
    settle(self->exchange, NULL,
           g_error_new_literal(COMPTOIR_ERROR, COMPTOIR_ERROR_UNREACHABLE,
                               "the host dropped the request"));
  g_clear_pointer(&self->exchange, exchange_unref);
  G_OBJECT_CLASS(comptoir_request_parent_class)->finalize(object);
}

static void
comptoir_request_init(ComptoirRequest *self)
{
  self->exchange = exchange_new();
}

static void
comptoir_request_class_init(ComptoirRequestClass *class)
{
  G_OBJECT_CLASS(class)->finalize = comptoir_request_finalize;
}
