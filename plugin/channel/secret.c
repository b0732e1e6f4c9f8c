/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The token's places. One is chosen when the token is stored and recorded by its name; reading
 * never tries another, or a stale token might come back to life. */
#include "channel/secret.h"

#include "channel/secret-file.h"
#include "config.h"

#include <comptoir/comptoir-host.h>
#include <glib/gi18n-lib.h>
#include <string.h>

/* What the host calls our secret. */
#define SECRET_NAME "shopcaisse-token"

typedef struct SecretStore SecretStore;
typedef struct Job Job;

/* A place; each function ends its job, now or later. */
typedef struct {
  const char *name;
  gboolean (*is_usable)(SecretStore *self);
  void (*load)(Job *job);
  void (*save)(Job *job);
  void (*forget)(Job *job);
} Place;

struct SecretStore {
  ShopcaisseSecretStore base;
  grefcount references;  /* jobs underway hold one each */
  char *folder;          /* (owned) */
  ShopcaisseHost *host;  /* not owned: outlives every job */
  GMainContext *context; /* (owned): where answers come */
};

struct Job {
  SecretStore *store;  /* (owned) */
  const Place *place;  /* static: where it is tried now */
  const Place *former; /* (nullable): static: what is to be forgotten after a save elsewhere */
  char *secret;        /* (owned) (nullable): wiped */
  ShopcaisseSecretDone done;
  gpointer user_data; /* the caller's */
  char *answer;       /* (owned) (nullable): wiped */
  GError *error;      /* (owned) (nullable) */
};

static gboolean has_host(SecretStore *self);
static void load_from_host(Job *job);
static void save_to_host(Job *job);
static void forget_in_host(Job *job);
static gboolean has_file(SecretStore *self);
static void load_from_file(Job *job);
static void save_to_file(Job *job);
static void forget_file(Job *job);
static gboolean done_cb(gpointer user_data);
static void host_loaded_cb(GVariant *answer, const GError *error, gint64 cost, gpointer user_data);
static void host_saved_cb(GVariant *answer, const GError *error, gint64 cost, gpointer user_data);
static void host_forgot_cb(GVariant *answer, const GError *error, gint64 cost, gpointer user_data);

/* In the order of preference. The service of the desktop gets its line between these. */
static const Place places[] = {
  { "host", has_host, load_from_host, save_to_host, forget_in_host },
  { "file", has_file, load_from_file, save_to_file, forget_file },
};

/**
 * shopcaisse_secret_wipe:
 * @secret: (nullable) (transfer full): a secret
 *
 * Overwrites and releases a text.
 */
void
shopcaisse_secret_wipe(char *secret)
{
  if (secret == NULL)
    return;
  explicit_bzero(secret, strlen(secret));
  g_free(secret);
}

static void
store_unref(SecretStore *self)
{
  if (!g_ref_count_dec(&self->references))
    return;
  g_free(self->folder);
  g_main_context_unref(self->context);
  g_free(self);
}

static Job *
job_new(ShopcaisseSecretStore *store, ShopcaisseSecretDone done, gpointer user_data)
{
  Job *job = g_new0(Job, 1);
  job->store = (SecretStore *)store;
  g_ref_count_inc(&job->store->references);
  job->done = done;
  job->user_data = user_data;
  return job;
}

static void
job_free(Job *job)
{
  shopcaisse_secret_wipe(job->secret);
  shopcaisse_secret_wipe(job->answer);
  g_clear_error(&job->error);
  store_unref(job->store);
  g_free(job);
}

/* Ends a job with its answer or its error, never from inside the call. */
static void
end_job(Job *job)
{
  g_autoptr(GSource) source = g_idle_source_new();
  g_source_set_priority(source, G_PRIORITY_DEFAULT);
  g_source_set_static_name(source, "shopcaisse secret");
  g_source_set_callback(source, done_cb, job, (GDestroyNotify)job_free);
  g_source_attach(source, job->store->context);
}

static gboolean
done_cb(gpointer user_data)
{
  Job *job = user_data;
  job->done(job->answer, job->error, job->user_data);
  return G_SOURCE_REMOVE;
}

/* (nullable): NULL for a name that no version of ours has recorded */
static const Place *
find_place(const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS(places); i++) {
    if (g_str_equal(places[i].name, name))
      return &places[i];
  }
  return NULL;
}

/* The first that can be used, after @previous if that is given. */
static const Place *
choose_place(SecretStore *self, const Place *previous)
{
  for (gsize i = previous != NULL ? (gsize)(previous - places) + 1 : 0; i < G_N_ELEMENTS(places);
       i++) {
    if (places[i].is_usable(self))
      return &places[i];
  }
  return NULL;
}

/* What has no place is nowhere; a place that is not known is an error and not an absence. */
static gboolean
set_place(Job *job, const char *name)
{
  if (name == NULL || *name == '\0')
    return FALSE;
  job->place = find_place(name);
  if (job->place == NULL)
    job->error =
        g_error_new(COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_SUPPORTED,
                    _("the token is kept in \"%s\", which this version does not know"), name);
  return job->place != NULL;
}

static void
load(ShopcaisseSecretStore *store, const char *place, ShopcaisseSecretDone done, gpointer user_data)
{
  Job *job = job_new(store, done, user_data);
  if (set_place(job, place))
    job->place->load(job);
  else
    end_job(job);
}

static gboolean
check_secret(const char *secret, GError **error)
{
  gsize length = strlen(secret);
  if (length > 0 && length <= SHOPCAISSE_SECRET_MAX && g_utf8_validate(secret, -1, NULL))
    return TRUE;
  g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
              _("a token has 1 to %1$d bytes of text, not %2$zu"), SHOPCAISSE_SECRET_MAX, length);
  return FALSE;
}

static void
save(ShopcaisseSecretStore *store,
     const char *place,
     const char *secret,
     ShopcaisseSecretDone done,
     gpointer user_data)
{
  Job *job = job_new(store, done, user_data);
  gboolean has_former = set_place(job, place);
  if (secret == NULL) {
    if (has_former)
      job->place->forget(job);
    else
      end_job(job);
    return;
  }
  g_clear_error(&job->error); /* the new token does not depend on where the old one lies */
  job->former = job->place;
  if (!check_secret(secret, &job->error)) {
    end_job(job);
    return;
  }
  job->secret = g_strdup(secret);
  job->place = choose_place(job->store, NULL);
  job->place->save(job);
}

/* The secret is kept: forgets the one that lies elsewhere. A host that fails to do so keeps a token
 * that nothing reads any more. */
static void
end_save(Job *job)
{
  job->answer = g_strdup(job->place->name);
  if (job->former == NULL || job->former == job->place)
    end_job(job);
  else
    job->former->forget(job);
}

static gboolean
has_file(SecretStore *self)
{
  return TRUE;
}

static void
load_from_file(Job *job)
{
  (void)shopcaisse_secret_file_load(job->store->folder, &job->answer, &job->error);
  end_job(job);
}

static void
save_to_file(Job *job)
{
  if (shopcaisse_secret_file_save(job->store->folder, job->secret, &job->error))
    end_save(job);
  else
    end_job(job);
}

static void
forget_file(Job *job)
{
  g_autoptr(GError) error = NULL;
  if (!shopcaisse_secret_file_forget(job->store->folder, &error) && job->answer == NULL)
    job->error = g_steal_pointer(&error);
  end_job(job);
}

static gboolean
has_host(SecretStore *self)
{
  return (self->host->features & COMPTOIR_HOST_SECRETS) != 0;
}

/* A text whose one copy is wiped when the last reference goes. */
static GVariant *
build_secret(const char *secret)
{
  char *copy = g_strdup(secret);
  return g_variant_new_from_data(G_VARIANT_TYPE_STRING, copy, strlen(copy) + 1, TRUE,
                                 (GDestroyNotify)shopcaisse_secret_wipe, copy);
}

static void
ask_host(Job *job, ShopcaisseQuestion question, const char *secret, ShopcaisseHostAnswer answer)
{
  g_auto(GVariantDict) argument = G_VARIANT_DICT_INIT(NULL);
  g_variant_dict_insert(&argument, "name", "s", SECRET_NAME);
  if (secret != NULL)
    g_variant_dict_insert_value(&argument, "secret", build_secret(secret));
  ShopcaisseHost *host = job->store->host;
  host->ask(host, question, g_variant_dict_end(&argument), answer, job);
}

static void
load_from_host(Job *job)
{
  ask_host(job, SHOPCAISSE_ASK_LOOKUP_SECRET, NULL, host_loaded_cb);
}

static void
host_loaded_cb(GVariant *answer, const GError *error, gint64 cost, gpointer user_data)
{
  Job *job = user_data;
  const char *secret = NULL;
  if (error != NULL)
    job->error = g_error_copy(error);
  else if (g_variant_lookup(answer, "secret", "&s", &secret) && *secret != '\0' &&
           check_secret(secret, &job->error))
    job->answer = g_strdup(secret);
  end_job(job);
}

static void
save_to_host(Job *job)
{
  ask_host(job, SHOPCAISSE_ASK_STORE_SECRET, job->secret, host_saved_cb);
}

static void
host_saved_cb(GVariant *answer, const GError *error, gint64 cost, gpointer user_data)
{
  Job *job = user_data;
  if (error == NULL) {
    end_save(job);
  } else if (g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_SUPPORTED)) {
    job->place = choose_place(job->store, job->place);
    job->place->save(job);
  } else {
    job->error = g_error_copy(error);
    end_job(job);
  }
}

static void
forget_in_host(Job *job)
{
  ask_host(job, SHOPCAISSE_ASK_STORE_SECRET, "", host_forgot_cb);
}

static void
host_forgot_cb(GVariant *answer, const GError *error, gint64 cost, gpointer user_data)
{
  Job *job = user_data;
  if (error != NULL && job->answer == NULL)
    job->error = g_error_copy(error);
  end_job(job);
}

/**
 * shopcaisse_secret_store_new:
 * @folder: the folder of the profile; copied
 * @host: (transfer none): the host, outliving the store
 * @context: where answers come
 *
 * Makes the token's places known to the engine. `save` answers the name of the place, or %NULL when
 * the secret was forgotten.
 *
 * `load` fails with %COMPTOIR_ERROR_UNAUTHORIZED when others could have read the secret, with
 * %COMPTOIR_ERROR_STORAGE when it cannot be read, with %COMPTOIR_ERROR_NOT_SUPPORTED when the place
 * is not known, or with the host's error; `save` fails with %COMPTOIR_ERROR_INVALID when the secret
 * is empty, too long or no text.
 *
 * Returns: (transfer full): the store
 */
ShopcaisseSecretStore *
shopcaisse_secret_store_new(const char *folder, ShopcaisseHost *host, GMainContext *context)
{
  SecretStore *self = g_new0(SecretStore, 1);
  g_ref_count_init(&self->references);
  self->base.load = load;
  self->base.save = save;
  self->folder = g_strdup(folder);
  self->host = host;
  self->context = g_main_context_ref(context);
  return &self->base;
}

/**
 * shopcaisse_secret_store_free:
 * @store: (nullable) (transfer full): the store
 *
 * Releases the store; what is underway still answers.
 */
void
shopcaisse_secret_store_free(ShopcaisseSecretStore *store)
{
  if (store != NULL)
    store_unref((SecretStore *)store);
}
