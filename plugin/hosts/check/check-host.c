/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Who the host says it is: its version, its instance, its texts. */

#include "channel.h"
#include "run-private.h"

#include <string.h>

#define N_TIMES    3
#define N_VISITS   200 /* until a refusal that was posted must have come */
#define LONGEST_ID 255

typedef struct {
  guint versions[N_TIMES];
  char *texts[N_TIMES]; /* (owned) */
} Repeated;

/* A channel of another version that is opened with the host. */
typedef struct {
  guint version;
  ComptoirChannel *channel; /* (owned) */
  gboolean is_done;
  GError *error; /* (owned) (nullable) */
} Stranger;

static void
clear_repeated(Repeated *self)
{
  for (guint i = 0; i < N_TIMES; i++)
    g_free(self->texts[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Repeated, clear_repeated)

static void
ask_version(ComptoirHost *host, gpointer user_data)
{
  Repeated *repeated = user_data;

  for (guint i = 0; i < N_TIMES; i++)
    repeated->versions[i] = comptoir_host_get_api_version(host);
}

static void
stranger_opened_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  Stranger *stranger = user_data;

  (void)comptoir_channel_open_finish(stranger->channel, result, &stranger->error);
  stranger->is_done = TRUE;
}

static void
open_stranger(ComptoirHost *host, gpointer user_data)
{
  Stranger *stranger = user_data;

  stranger->channel = check_channel_new_stranger(stranger->version);
  comptoir_channel_open_async(stranger->channel, host, NULL, stranger_opened_cb, stranger);
}

static void
close_stranger(ComptoirHost *host, gpointer user_data)
{
  g_clear_object(&((Stranger *)user_data)->channel);
}

static void
visit(ComptoirHost *host, gpointer user_data)
{
  (void)host; /* to be there is enough */
}

/* Appends what became of a channel of that version; %TRUE when it was refused. */
static gboolean
is_refused(Run *run, guint version, GString *seen)
{
  Stranger stranger = { .version = version };
  gboolean is_right = FALSE;

  (void)asker_call(run->asker, open_stranger, &stranger);
  for (guint i = 0; i < N_VISITS && !stranger.is_done; i++)
    (void)asker_call(run->asker, visit, NULL);
  is_right = g_error_matches(stranger.error, COMPTOIR_ERROR, COMPTOIR_ERROR_VERSION);
  g_string_append_printf(seen, "; a channel of version %u is %s", version,
                         is_right ? "refused" : "not refused");
  (void)asker_call(run->asker, close_stranger, &stranger);
  g_clear_error(&stranger.error);
  return is_right;
}

static Verdict
check_api_version(Run *run, GString *seen)
{
  g_auto(Repeated) repeated = { 0 };
  guint library = comptoir_get_api_version();
  guint version = 0;
  gboolean is_newer_refused = FALSE;
  gboolean is_older_refused = FALSE;

  (void)asker_call(run->asker, ask_version, &repeated);
  version = repeated.versions[0];
  g_string_append_printf(seen, "speaks %u, the library %u", version, library);
  for (guint i = 1; i < N_TIMES; i++) {
    if (repeated.versions[i] == version)
      continue;
    g_string_append_printf(seen, "; asked again it speaks %u", repeated.versions[i]);
    return VERDICT_FAILED;
  }
  if (version < 1 || version > library)
    return VERDICT_FAILED;
  is_newer_refused = is_refused(run, library + 1, seen);
  is_older_refused = is_refused(run, 0, seen);
  return is_newer_refused && is_older_refused ? VERDICT_OK : VERDICT_FAILED;
}

static void
ask_instance(ComptoirHost *host, gpointer user_data)
{
  Repeated *repeated = user_data;

  for (guint i = 0; i < N_TIMES; i++)
    repeated->texts[i] = comptoir_host_dup_instance_id(host);
}

static Verdict
check_instance_id(Run *run, GString *seen)
{
  g_auto(Repeated) repeated = { 0 };

  (void)asker_call(run->asker, ask_instance, &repeated);
  if (repeated.texts[0] == NULL) {
    g_string_append(seen, "is empty or not UTF-8: no channel will open");
    return VERDICT_FAILED;
  }
  for (guint i = 1; i < N_TIMES; i++) {
    if (g_strcmp0(repeated.texts[0], repeated.texts[i]) == 0)
      continue;
    g_string_append(seen, "is another each time it is asked: order ids are derived from it");
    return VERDICT_FAILED;
  }
  if (strlen(repeated.texts[0]) > LONGEST_ID) {
    g_string_append_printf(seen, "has more than %d bytes", LONGEST_ID);
    return VERDICT_WARNING;
  }
  if (g_ascii_strcasecmp(repeated.texts[0], g_get_host_name()) == 0) {
    g_string_append(seen, "is the name of this computer: it is to name the sales database");
    return VERDICT_WARNING;
  }
  g_string_append_printf(seen, "the same %d times", N_TIMES);
  return VERDICT_OK;
}

typedef struct {
  char *name;      /* (owned) (nullable): as the host gave it */
  char *location;  /* (owned) (nullable) */
  char *state_dir; /* (owned) (nullable) */
  char *locale;    /* (owned) (nullable) */
} Texts;

static void
clear_texts(Texts *self)
{
  g_free(self->name);
  g_free(self->location);
  g_free(self->state_dir);
  g_free(self->locale);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Texts, clear_texts)

/* Past the library, which passes over what is not UTF-8. */
static void
ask_texts(ComptoirHost *host, gpointer user_data)
{
  ComptoirHostInterface *iface = COMPTOIR_HOST_GET_IFACE(host);
  Texts *texts = user_data;

  texts->name = iface->dup_name == NULL ? NULL : iface->dup_name(host);
  texts->location = iface->dup_location == NULL ? NULL : iface->dup_location(host);
  texts->state_dir = iface->dup_state_dir == NULL ? NULL : iface->dup_state_dir(host);
  texts->locale = iface->dup_document_locale == NULL ? NULL : iface->dup_document_locale(host);
}

static gboolean
is_text(const char *text)
{
  return text == NULL || g_utf8_validate(text, -1, NULL);
}

static Verdict
check_texts(Run *run, GString *seen)
{
  g_auto(Texts) texts = { 0 };

  (void)asker_call(run->asker, ask_texts, &texts);
  if (texts.name == NULL || *texts.name == '\0')
    g_string_append(seen, "; dup_name says nothing");
  if (!is_text(texts.name) || !is_text(texts.location) || !is_text(texts.locale))
    g_string_append(seen, "; a text is not UTF-8");
  if (texts.state_dir != NULL && *texts.state_dir != '\0' && !g_path_is_absolute(texts.state_dir))
    g_string_append(seen, "; dup_state_dir is not an absolute path");
  if (texts.locale != NULL && *texts.locale != '\0' &&
      !g_regex_match_simple("^[a-z]{2,3}(_[A-Z]{2})?(@[a-z]+)?$", texts.locale, 0, 0))
    g_string_append(seen, "; dup_document_locale is not like fr_BE");
  if (seen->len > 0) {
    (void)g_string_erase(seen, 0, 2);
    return VERDICT_FAILED;
  }
  g_string_append_printf(seen, "name%s%s%s", texts.location != NULL ? ", location" : "",
                         texts.state_dir != NULL ? ", state folder" : "",
                         texts.locale != NULL ? ", locale" : "");
  return VERDICT_OK;
}

const Check host_checks[] = {
  { .name = "api-version", .look = check_api_version },
  { .name = "instance-id", .look = check_instance_id },
  { .name = "texts", .look = check_texts },
  { .name = NULL },
};
