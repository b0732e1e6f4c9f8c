/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The host and the secret store of an engine under test. */
#include "engine-fakes.h"

typedef struct {
  ShopcaisseHostAnswer callback;
  gpointer user_data;
  GVariant *answer; /* (owned) (nullable) */
  GError *error;    /* (owned) (nullable) */
  gint64 cost_us;
} HostAnswer;

static gboolean
answer_cb(gpointer user_data)
{
  g_autofree HostAnswer *answer = user_data;

  answer->callback(answer->answer, answer->error, answer->cost_us, answer->user_data);
  g_clear_pointer(&answer->answer, g_variant_unref);
  g_clear_error(&answer->error);
  return G_SOURCE_REMOVE;
}

static void
call_later(GMainContext *context, GSourceFunc function, gpointer data)
{
  g_autoptr(GSource) source = g_idle_source_new();

  g_source_set_priority(source, G_PRIORITY_DEFAULT);
  g_source_set_callback(source, function, data, NULL);
  g_source_attach(source, context);
}

static void
ask(ShopcaisseHost *host,
    ShopcaisseQuestion question,
    GVariant *argument,
    ShopcaisseHostAnswer callback,
    gpointer user_data)
{
  FakeHost *self = (FakeHost *)host;
  FakeQuestion *asked = g_new0(FakeQuestion, 1);

  asked->question = question;
  asked->argument = g_variant_ref_sink(argument);
  asked->callback = callback;
  asked->user_data = user_data;
  g_ptr_array_add(self->questions, asked);
}

static void
tell(ShopcaisseHost *host,
     ShopcaisseNews news,
     GVariant *row,
     ShopcaisseHostAnswer callback,
     gpointer user_data)
{
  FakeHost *self = (FakeHost *)host;
  HostAnswer *answer = g_new0(HostAnswer, 1);

  g_ptr_array_add(news == SHOPCAISSE_TELL_PROGRESS ? self->progress : self->notices,
                  g_variant_ref_sink(row));
  answer->callback = callback;
  answer->user_data = user_data;
  if (self->is_closing)
    answer->error = g_error_new_literal(G_IO_ERROR, G_IO_ERROR_CANCELLED, "the host closes");
  call_later(self->context, answer_cb, answer);
}

void
fake_host_init(FakeHost *self, GMainContext *context)
{
  *self = (FakeHost){
    .host = { "instance-1", "bench", ~(guint)FAKE_HOST_WORDS, ask, tell },
    .context = context,
    .questions = g_ptr_array_new(),
    .progress = g_ptr_array_new_with_free_func((GDestroyNotify)g_variant_unref),
    .notices = g_ptr_array_new_with_free_func((GDestroyNotify)g_variant_unref),
  };
}

void
fake_host_clear(FakeHost *self)
{
  g_ptr_array_unref(self->questions);
  g_ptr_array_unref(self->progress);
  g_ptr_array_unref(self->notices);
}

void
fake_question_free(FakeQuestion *self)
{
  g_variant_unref(self->argument);
  g_free(self);
}

void
fake_host_answer(FakeHost *self, FakeQuestion *question, GVariant *value, gint64 cost_us)
{
  HostAnswer *answer = g_new0(HostAnswer, 1);

  answer->callback = question->callback;
  answer->user_data = question->user_data;
  answer->answer = g_variant_ref_sink(value);
  answer->cost_us = cost_us;
  fake_question_free(question);
  call_later(self->context, answer_cb, answer);
}

void
fake_host_fail(FakeHost *self, FakeQuestion *question, const GError *error)
{
  HostAnswer *answer = g_new0(HostAnswer, 1);

  answer->callback = question->callback;
  answer->user_data = question->user_data;
  answer->error = g_error_copy(error);
  fake_question_free(question);
  call_later(self->context, answer_cb, answer);
}

typedef struct {
  ShopcaisseSecretDone done;
  gpointer user_data;
  char *text;    /* (owned) (nullable) */
  GError *error; /* (owned) (nullable) */
} SecretAnswer;

static gboolean
secret_cb(gpointer user_data)
{
  g_autofree SecretAnswer *answer = user_data;

  answer->done(answer->text, answer->error, answer->user_data);
  g_free(answer->text);
  g_clear_error(&answer->error);
  return G_SOURCE_REMOVE;
}

static void
answer_secret(FakeSecrets *self, const char *text, ShopcaisseSecretDone done, gpointer user_data)
{
  SecretAnswer *answer = g_new0(SecretAnswer, 1);

  answer->done = done;
  answer->user_data = user_data;
  if (self->is_locked)
    answer->error = g_error_new_literal(COMPTOIR_ERROR, COMPTOIR_ERROR_STORAGE, "it is locked");
  else
    answer->text = g_strdup(text);
  call_later(self->context, secret_cb, answer);
}

static void
load_secret(ShopcaisseSecretStore *store,
            const char *place,
            ShopcaisseSecretDone done,
            gpointer user_data)
{
  FakeSecrets *self = (FakeSecrets *)store;

  answer_secret(self, g_str_equal(place, "drawer") ? self->secret : NULL, done, user_data);
}

static void
save_secret(ShopcaisseSecretStore *store,
            const char *place,
            const char *secret,
            ShopcaisseSecretDone done,
            gpointer user_data)
{
  FakeSecrets *self = (FakeSecrets *)store;

  (void)place;
  if (!self->is_locked) {
    g_free(self->secret);
    self->secret = g_strdup(secret);
    self->n_saved++;
  }
  answer_secret(self, "drawer", done, user_data);
}

void
fake_secrets_init(FakeSecrets *self, GMainContext *context)
{
  *self = (FakeSecrets){ .store = { load_secret, save_secret }, .context = context };
}

void
fake_secrets_clear(FakeSecrets *self)
{
  g_free(self->secret);
}
