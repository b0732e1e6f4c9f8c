/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* When it listens, what it makes of an event, and what silence means. */
#include "engine/webhook.h"

#include "api/event.h"
#include "api/signature.h"
#include "config.h"
#include "engine/context.h"
#include "engine/hint.h"
#include "engine/webhook-wish.h"

#include <glib/gi18n-lib.h>

#define SAVE_DELAY  (10 * SHOPCAISSE_SECOND)
#define RETRY_DELAY SHOPCAISSE_MINUTE

struct ShopcaisseWebhook {
  ShopcaisseContext *context;      /* (not owned) */
  ShopcaisseReceiverOpenFunc open; /* (nullable): of the transport */
  gboolean is_connected;           /* there is one */
  char *learnt_key;                /* (owned) (nullable): for a token that names none */
  ShopcaisseReceiver *receiver;    /* (owned) (nullable) */
  ShopcaisseWebhookWish wish;      /* what the receiver was opened with */
  ShopcaisseWebhookView view;
  ShopcaisseWebhookCount *count; /* (owned) */
  guint64 n_refused_seen;        /* of the receiver's, in the counters already */
  ShopcaisseTimer *save;         /* (nullable) */
  ShopcaisseTimer *silence;      /* (nullable) */
  ShopcaisseTimer *retry;        /* (nullable): while it cannot be listened at the place */
};

static void save_cb(gpointer user_data);
static void silence_cb(gpointer user_data);
static void retry_cb(gpointer user_data);

static void
cancel_timer(ShopcaisseWebhook *self, ShopcaisseTimer **timer)
{
  ShopcaisseClock *clock = self->context->clock;

  if (*timer != NULL)
    clock->cancel(clock, *timer);
  *timer = NULL;
}

/**
 * shopcaisse_webhook_new:
 * @context: the engine's parts
 *
 * Returns: (transfer full): webhooks that are not listened for
 */
ShopcaisseWebhook *
shopcaisse_webhook_new(ShopcaisseContext *context)
{
  ShopcaisseWebhook *self = g_new0(ShopcaisseWebhook, 1);

  self->context = context;
  self->count = shopcaisse_webhook_count_load(context->database);
  self->view.url = g_strdup("");
  return self;
}

static void
count_refused(ShopcaisseWebhook *self)
{
  guint64 n_refused = self->receiver != NULL ? self->receiver->count_refused(self->receiver) : 0;

  if (n_refused > self->n_refused_seen)
    shopcaisse_webhook_count_add(self->count, SHOPCAISSE_COUNT_REFUSED,
                                 n_refused - self->n_refused_seen);
  self->n_refused_seen = n_refused;
}

static void
save(ShopcaisseWebhook *self)
{
  g_autoptr(GError) error = NULL;

  cancel_timer(self, &self->save);
  count_refused(self);
  if (!shopcaisse_webhook_count_save(self->count, self->context->database, &error))
    g_info("webhooks: %s, their counters are written later", error->message);
}

static void
save_cb(gpointer user_data)
{
  ShopcaisseWebhook *self = user_data;

  self->save = NULL;
  save(self);
}

/* Once in a while, not for each event. */
static void
save_soon(ShopcaisseWebhook *self)
{
  ShopcaisseClock *clock = self->context->clock;

  if (self->save == NULL)
    self->save = clock->call_after(clock, SAVE_DELAY, save_cb, self);
}

/* What may have been missed: everything is read again, as if each event had come. */
static gboolean
read_everything(ShopcaisseWebhook *self)
{
  ShopcaisseContext *context = self->context;
  const ShopcaisseHintRoute *route = NULL;
  g_autoptr(GError) error = NULL;

  for (gsize i = 0; (route = shopcaisse_hint_get_route(i)) != NULL; i++) {
    if (!shopcaisse_schedule_hint(context->schedule, route->task, &error)) {
      g_info("webhooks: %s, looking again later", error->message);
      return FALSE;
    }
  }
  self->count->heard_at = shopcaisse_context_get_now(context);
  self->count->is_changed = TRUE;
  save(self);
  if (!shopcaisse_context_journal(context, SHOPCAISSE_JOURNAL_INFO, "webhooks", "",
                                  _("no event for two hours: everything is read again"), &error))
    g_warning("journal: %s", error->message);
  return TRUE;
}

static void
wait_for_silence(ShopcaisseWebhook *self, gint64 delay_us)
{
  ShopcaisseClock *clock = self->context->clock;

  cancel_timer(self, &self->silence);
  self->silence = clock->call_after(clock, delay_us, silence_cb, self);
}

/* Events move the end of the wait, not its timer. */
static void
silence_cb(gpointer user_data)
{
  ShopcaisseWebhook *self = user_data;
  gint64 left = self->count->heard_at + SHOPCAISSE_WEBHOOK_SILENCE -
                shopcaisse_context_get_now(self->context);

  self->silence = NULL;
  /* What was heard later than now was heard by a clock that was wrong. */
  if (left >= 0 && left <= SHOPCAISSE_WEBHOOK_SILENCE)
    return wait_for_silence(self, left + 1);
  wait_for_silence(self, read_everything(self) ? SHOPCAISSE_WEBHOOK_SILENCE : SHOPCAISSE_MINUTE);
}

static void
note_arrival(ShopcaisseWebhook *self)
{
  ShopcaisseContext *context = self->context;
  gint64 now = shopcaisse_context_get_now(context);
  gboolean is_first = self->count->first_at == 0;
  g_autoptr(GError) error = NULL;

  if (is_first)
    self->count->first_at = now;
  self->count->last_at = now;
  self->count->heard_at = now;
  self->count->is_changed = TRUE;
  if (!is_first)
    return;
  save(self);
  if (!shopcaisse_context_journal(context, SHOPCAISSE_JOURNAL_INFO, "webhooks", "",
                                  _("the first event has arrived"), &error))
    g_warning("journal: %s", error->message);
}

static ShopcaisseReceived
follow(ShopcaisseWebhook *self, const ShopcaisseHint *hint)
{
  g_autoptr(GError) error = NULL;

  switch (hint->kind) {
  case SHOPCAISSE_HINT_PULL:
    if (shopcaisse_schedule_hint(self->context->schedule, hint->task, &error))
      return SHOPCAISSE_RECEIVED_ACCEPTED;
    g_info("webhooks: %s, the service repeats it", error->message);
    return SHOPCAISSE_RECEIVED_BUSY;
  case SHOPCAISSE_HINT_ELSEWHERE:
    shopcaisse_webhook_count_add(self->count, SHOPCAISSE_COUNT_ELSEWHERE, 1);
    return SHOPCAISSE_RECEIVED_IGNORED;
  case SHOPCAISSE_HINT_STRANGE:
    g_debug("webhooks: %s of an unknown resource, ignoring", hint->known);
    shopcaisse_webhook_count_add(self->count, SHOPCAISSE_COUNT_STRANGE, 1);
    return SHOPCAISSE_RECEIVED_IGNORED;
  case SHOPCAISSE_HINT_UNKNOWN:
  default:
    return SHOPCAISSE_RECEIVED_IGNORED;
  }
}

static ShopcaisseReceived
received_cb(GBytes *body, const char *signature, gpointer user_data)
{
  ShopcaisseWebhook *self = user_data;
  g_autoptr(ShopcaisseEvent) event = NULL;
  g_autoptr(GError) error = NULL;
  ShopcaisseHint hint;

  save_soon(self);
  if (!shopcaisse_signature_check(body, self->wish.key, signature)) {
    shopcaisse_webhook_count_add(self->count, SHOPCAISSE_COUNT_FORGED, 1);
    return SHOPCAISSE_RECEIVED_FORGED;
  }
  event = shopcaisse_event_parse(body, &error);
  if (event == NULL) {
    g_debug("webhooks: %s, ignoring", error->message);
    shopcaisse_webhook_count_add(self->count, SHOPCAISSE_COUNT_MALFORMED, 1);
    return SHOPCAISSE_RECEIVED_MALFORMED;
  }
  hint = shopcaisse_hint_read(self->context, event);
  shopcaisse_webhook_count_add(self->count,
                               hint.known != NULL ? hint.known : SHOPCAISSE_COUNT_UNKNOWN, 1);
  note_arrival(self);
  return follow(self, &hint);
}

static void
close_receiver(ShopcaisseWebhook *self)
{
  if (self->receiver == NULL)
    return;
  save(self);
  self->receiver->free(self->receiver);
  self->receiver = NULL;
  self->n_refused_seen = 0;
  cancel_timer(self, &self->silence);
}

static gboolean
may_listen(const ShopcaisseGrant *grant)
{
  return grant != NULL && (shopcaisse_grant_allows(grant, "store.*.webhooks.use") ||
                           shopcaisse_grant_allows(grant, "company.*.webhooks.use"));
}

static ShopcaisseWebhookState
judge(ShopcaisseWebhook *self, const ShopcaisseWebhookWish *wish)
{
  if (!wish->is_wanted || !self->is_connected)
    return SHOPCAISSE_WEBHOOK_OFF;
  if (self->open == NULL)
    return SHOPCAISSE_WEBHOOK_CANNOT_LISTEN;
  if (!may_listen(self->context->configuration->grant))
    return SHOPCAISSE_WEBHOOK_NO_RIGHT;
  if (wish->key == NULL || *wish->key == '\0')
    return SHOPCAISSE_WEBHOOK_NO_KEY;
  return SHOPCAISSE_WEBHOOK_LISTENING;
}

static void
describe_place(ShopcaisseWebhook *self, guint16 port)
{
  g_free(self->view.place);
  self->view.place = shopcaisse_webhook_wish_dup_place(&self->wish, port);
  self->view.is_public = shopcaisse_webhook_wish_is_public(&self->wish);
}

/* The process before may hold the port for a moment still. One warning is enough. */
static void
suffer(ShopcaisseWebhook *self, const GError *error)
{
  ShopcaisseClock *clock = self->context->clock;

  if (g_strcmp0(self->view.fault, error->message) != 0)
    g_warning("webhooks: %s, polling; retrying every minute", error->message);
  self->view.state = SHOPCAISSE_WEBHOOK_FAILED;
  g_free(self->view.fault);
  self->view.fault = g_strdup(error->message);
  describe_place(self, self->wish.port);
  self->retry = clock->call_after(clock, RETRY_DELAY, retry_cb, self);
}

static void
open_receiver(ShopcaisseWebhook *self)
{
  const ShopcaisseWebhookWish *wish = &self->wish;
  g_autoptr(GError) error = NULL;
  ShopcaisseReceiverConfig config = {
    .context = self->context->config->context,
    .address = wish->address,
    .port = wish->port,
    .path = wish->path,
    .header = wish->header,
    .received = received_cb,
    .user_data = self,
  };

  self->receiver = self->open(&config, &error);
  if (self->receiver == NULL)
    return suffer(self, error);
  g_clear_pointer(&self->view.fault, g_free);
  describe_place(self, self->receiver->get_port(self->receiver));
  if (self->count->heard_at == 0) {
    self->count->heard_at = shopcaisse_context_get_now(self->context);
    self->count->is_changed = TRUE;
    save(self);
  }
  silence_cb(self);
}

/* A receiver that would be opened alike stays as it is. */
static void
refresh(ShopcaisseWebhook *self)
{
  g_auto(ShopcaisseWebhookWish) wish = { 0 };
  ShopcaisseWebhookState state = SHOPCAISSE_WEBHOOK_OFF;

  shopcaisse_webhook_wish_read(&wish, self->context, self->learnt_key);
  g_free(self->view.url);
  self->view.url = g_steal_pointer(&wish.url);
  state = judge(self, &wish);
  if (state == SHOPCAISSE_WEBHOOK_LISTENING && self->receiver != NULL &&
      shopcaisse_webhook_wish_is_same(&wish, &self->wish))
    return;
  close_receiver(self);
  cancel_timer(self, &self->retry);
  shopcaisse_webhook_wish_clear(&self->wish);
  self->wish = wish;
  wish = (ShopcaisseWebhookWish){ 0 };
  self->view.state = state;
  if (state == SHOPCAISSE_WEBHOOK_LISTENING)
    open_receiver(self);
  else
    g_clear_pointer(&self->view.fault, g_free);
}

static void
retry_cb(gpointer user_data)
{
  ShopcaisseWebhook *self = user_data;

  self->retry = NULL;
  refresh(self);
}

/**
 * shopcaisse_webhook_restart:
 * @self: the webhooks
 * @transport: (nullable): what was opened, %NULL when nothing could be
 *
 * Listens, or stops to, by the settings and the token as they are now.
 */
void
shopcaisse_webhook_restart(ShopcaisseWebhook *self, const ShopcaisseTransport *transport)
{
  self->is_connected = transport != NULL;
  self->open = transport != NULL ? transport->open_receiver : NULL;
  g_clear_pointer(&self->learnt_key, g_free);
  refresh(self);
}

/**
 * shopcaisse_webhook_learn_key:
 * @self: the webhooks
 * @application_id: (nullable): what the service says of the token
 *
 * Takes the key from the service, if the token itself names none.
 */
void
shopcaisse_webhook_learn_key(ShopcaisseWebhook *self, const char *application_id)
{
  if (application_id == NULL || g_strcmp0(application_id, self->learnt_key) == 0)
    return;
  g_free(self->learnt_key);
  self->learnt_key = g_strdup(application_id);
  refresh(self);
}

/**
 * shopcaisse_webhook_look:
 * @self: the webhooks
 *
 * Returns: (transfer none): how they are
 */
const ShopcaisseWebhookView *
shopcaisse_webhook_look(ShopcaisseWebhook *self)
{
  return &self->view;
}

/**
 * shopcaisse_webhook_count:
 * @self: the webhooks
 *
 * Returns: (transfer none): what came so far
 */
const ShopcaisseWebhookCount *
shopcaisse_webhook_count(ShopcaisseWebhook *self)
{
  count_refused(self);
  return self->count;
}

/**
 * shopcaisse_webhook_stop:
 * @self: the webhooks
 *
 * Stops listening, and writes what was counted.
 */
void
shopcaisse_webhook_stop(ShopcaisseWebhook *self)
{
  close_receiver(self);
  cancel_timer(self, &self->save);
  cancel_timer(self, &self->retry);
}

/**
 * shopcaisse_webhook_free:
 * @self: (nullable): the webhooks
 *
 * Releases them.
 */
void
shopcaisse_webhook_free(ShopcaisseWebhook *self)
{
  if (self == NULL)
    return;
  shopcaisse_webhook_stop(self);
  shopcaisse_webhook_wish_clear(&self->wish);
  g_free(self->learnt_key);
  shopcaisse_webhook_count_free(self->count);
  g_free(self->view.fault);
  g_free(self->view.place);
  g_free(self->view.url);
  g_free(self);
}
