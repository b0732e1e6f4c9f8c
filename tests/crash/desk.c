/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Host, secrets and clock of a till in one thread. The clock tells the true time; only what the
 * engine waits for is shorter, so that a thousand sales with their retries take a minute. */
#include "desk.h"

#include <comptoir/comptoir-host.h>

#define HASTE        20  /* waits of a second and more */
#define CHANCE_HASTE 200 /* random waits between two tries */

typedef struct {
  ShopcaisseClock clock;
  ShopcaisseClock *real; /* (owned) */
} QuickClock;

struct Desk {
  ShopcaisseHost host; /* first: the engine gives it back */
  ShopcaisseSecretStore secrets;
  QuickClock clock;
  GMainContext *context; /* (owned) */
  Books *books;          /* (not owned) */
  char *token_file;      /* (owned) */
};

/* One answer on its way; the contract says that it never comes from inside. */
typedef struct {
  ShopcaisseHostAnswer callback;
  gpointer user_data;
  GVariant *answer; /* (owned) (nullable) */
  GError *error;    /* (owned) (nullable) */
} Reply;

typedef struct {
  ShopcaisseSecretDone done;
  gpointer user_data;
  char *secret;  /* (owned) (nullable): or its place */
  GError *error; /* (owned) (nullable) */
} SecretReply;

static void
run_soon(Desk *self, GSourceFunc function, gpointer data, GDestroyNotify free_data)
{
  g_autoptr(GSource) source = g_idle_source_new();

  g_source_set_priority(source, G_PRIORITY_DEFAULT);
  g_source_set_callback(source, function, data, free_data);
  g_source_attach(source, self->context);
}

static gboolean
reply_cb(gpointer user_data)
{
  Reply *reply = user_data;

  reply->callback(reply->answer, reply->error, 0, reply->user_data);
  return G_SOURCE_REMOVE;
}

static void
free_reply(gpointer user_data)
{
  Reply *reply = user_data;

  g_clear_pointer(&reply->answer, g_variant_unref);
  g_clear_error(&reply->error);
  g_free(reply);
}

static void
ask(ShopcaisseHost *host,
    ShopcaisseQuestion question,
    GVariant *argument,
    ShopcaisseHostAnswer callback,
    gpointer user_data)
{
  Desk *self = (Desk *)host;
  g_autoptr(GVariant) query = g_variant_ref_sink(argument);
  Reply *reply = g_new0(Reply, 1);

  reply->callback = callback;
  reply->user_data = user_data;
  if (question == SHOPCAISSE_ASK_LIST_SALES)
    reply->answer = books_list(self->books, query, &reply->error);
  else
    reply->error = g_error_new_literal(COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_SUPPORTED,
                                       "this till has its sales and nothing else");
  run_soon(self, reply_cb, reply, free_reply);
}

static void
tell(ShopcaisseHost *host,
     ShopcaisseNews news,
     GVariant *row,
     ShopcaisseHostAnswer callback,
     gpointer user_data)
{
  g_autoptr(GVariant) heard = g_variant_ref_sink(row);
  Reply *reply = g_new0(Reply, 1);

  (void)news;
  reply->callback = callback;
  reply->user_data = user_data;
  reply->answer = g_variant_ref_sink(g_variant_new("a{sv}", NULL));
  run_soon((Desk *)host, reply_cb, reply, free_reply);
}

static Desk *
get_desk(ShopcaisseSecretStore *secrets)
{
  return (Desk *)((guint8 *)secrets - G_STRUCT_OFFSET(Desk, secrets));
}

static gboolean
secret_cb(gpointer user_data)
{
  SecretReply *reply = user_data;

  reply->done(reply->secret, reply->error, reply->user_data);
  return G_SOURCE_REMOVE;
}

static void
free_secret_reply(gpointer user_data)
{
  SecretReply *reply = user_data;

  g_free(reply->secret);
  g_clear_error(&reply->error);
  g_free(reply);
}

static void
load_secret(ShopcaisseSecretStore *secrets,
            const char *place,
            ShopcaisseSecretDone done,
            gpointer user_data)
{
  SecretReply *reply = g_new0(SecretReply, 1);

  reply->done = done;
  reply->user_data = user_data;
  (void)g_file_get_contents(place, &reply->secret, NULL, &reply->error);
  run_soon(get_desk(secrets), secret_cb, reply, free_secret_reply);
}

static void
save_secret(ShopcaisseSecretStore *secrets,
            const char *place,
            const char *secret,
            ShopcaisseSecretDone done,
            gpointer user_data)
{
  Desk *self = get_desk(secrets);
  SecretReply *reply = g_new0(SecretReply, 1);

  (void)place;
  reply->done = done;
  reply->user_data = user_data;
  if (g_file_set_contents_full(self->token_file, secret != NULL ? secret : "", -1,
                               G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                               &reply->error))
    reply->secret = g_strdup(self->token_file);
  run_soon(self, secret_cb, reply, free_secret_reply);
}

static gint64
get_now(ShopcaisseClock *clock)
{
  ShopcaisseClock *real = ((QuickClock *)clock)->real;

  return real->get_now(real);
}

static gint64
get_monotonic(ShopcaisseClock *clock)
{
  ShopcaisseClock *real = ((QuickClock *)clock)->real;

  return real->get_monotonic(real);
}

/* Still below @bound, as it must be; only the long ends do not come up. */
static guint32
get_random(ShopcaisseClock *clock, guint32 bound)
{
  ShopcaisseClock *real = ((QuickClock *)clock)->real;

  return real->get_random(real, MAX(1, bound / CHANCE_HASTE));
}

static ShopcaisseTimer *
call_after(ShopcaisseClock *clock,
           gint64 delay_us,
           ShopcaisseTimerFunc function,
           gpointer user_data)
{
  ShopcaisseClock *real = ((QuickClock *)clock)->real;

  return real->call_after(real, delay_us >= SHOPCAISSE_SECOND ? delay_us / HASTE : delay_us,
                          function, user_data);
}

static void
cancel(ShopcaisseClock *clock, ShopcaisseTimer *timer)
{
  ShopcaisseClock *real = ((QuickClock *)clock)->real;

  real->cancel(real, timer);
}

static void
free_clock(ShopcaisseClock *clock)
{
  ShopcaisseClock *real = ((QuickClock *)clock)->real;

  real->free(real);
}

Desk *
desk_new(GMainContext *context, Books *books, const char *token_file)
{
  Desk *self = g_new0(Desk, 1);

  self->host = (ShopcaisseHost){
    .instance_id = "crash-books",
    .name = "crash-till",
    .features = COMPTOIR_HOST_LIST_SALES,
    .ask = ask,
    .tell = tell,
  };
  self->secrets = (ShopcaisseSecretStore){ .load = load_secret, .save = save_secret };
  self->clock.clock = (ShopcaisseClock){
    .get_now = get_now,
    .get_monotonic = get_monotonic,
    .get_random = get_random,
    .call_after = call_after,
    .cancel = cancel,
    .free = free_clock,
  };
  self->clock.real = shopcaisse_system_clock_new(context);
  self->context = g_main_context_ref(context);
  self->books = books;
  self->token_file = g_strdup(token_file);
  return self;
}

void
desk_free(Desk *self)
{
  if (self == NULL)
    return;
  self->clock.clock.free(&self->clock.clock);
  g_main_context_unref(self->context);
  g_free(self->token_file);
  g_free(self);
}

void
desk_equip(Desk *self, ShopcaisseEngineConfig *config)
{
  config->context = self->context;
  config->clock = &self->clock.clock;
  config->host = &self->host;
  config->secrets = &self->secrets;
}
