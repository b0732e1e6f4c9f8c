/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Asks a host who it is and checks that both sides speak the same contract. Touches no disk. */
#include "channel/profile.h"

#include <comptoir/comptoir-error.h>
#include <comptoir/comptoir-version.h>

/* Hex digits of the instance id's SHA-256 that name a folder: 128 bits. */
#define FOLDER_NAME_LENGTH 32

/* The contract checks this too; a host that was built with another library may not pass there. */
static gboolean
check_versions(ComptoirHost *host, GError **error)
{
  guint spoken = comptoir_host_get_api_version(host);
  if (spoken == 0 || spoken > COMPTOIR_API_VERSION) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_VERSION, "host speaks API %u, channel %d",
                spoken, COMPTOIR_API_VERSION);
    return FALSE;
  }
  if (comptoir_get_api_version() < COMPTOIR_API_VERSION) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_VERSION, "library speaks API %u, channel %d",
                comptoir_get_api_version(), COMPTOIR_API_VERSION);
    return FALSE;
  }
  return TRUE;
}

/* Beside the profiles, also for a host that keeps its profile elsewhere. */
static char *
build_bindings_folder(void)
{
  return g_build_filename(g_get_user_data_dir(), "shopcaisse-channel", "bindings", NULL);
}

static char *
build_folder(const char *instance_id)
{
  g_autofree char *name = g_compute_checksum_for_string(G_CHECKSUM_SHA256, instance_id, -1);
  name[FOLDER_NAME_LENGTH] = '\0';
  return g_build_filename(g_get_user_data_dir(), "shopcaisse-channel", name, NULL);
}

/**
 * shopcaisse_profile_new:
 * @host: the host
 * @error: return location for an error
 *
 * Asks @host for its names. Nothing but its version is asked when that does not fit.
 *
 * Fails with %COMPTOIR_ERROR_VERSION when the versions do not fit, and with
 * %COMPTOIR_ERROR_INVALID when the host does not say which sales database it serves.
 *
 * Returns: (transfer full): the profile, or %NULL
 */
ShopcaisseProfile *
shopcaisse_profile_new(ComptoirHost *host, GError **error)
{
  g_return_val_if_fail(COMPTOIR_IS_HOST(host), NULL);

  if (!check_versions(host, error))
    return NULL;

  g_autoptr(ShopcaisseProfile) self = g_new0(ShopcaisseProfile, 1);
  self->name = comptoir_host_dup_name(host);
  self->instance_id = comptoir_host_dup_instance_id(host);
  if (self->instance_id == NULL) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                "host %s does not say which sales database it serves", self->name);
    return NULL;
  }
  self->folder = comptoir_host_dup_state_dir(host);
  if (self->folder == NULL)
    self->folder = build_folder(self->instance_id);
  self->location = comptoir_host_dup_location(host);
  self->bindings = build_bindings_folder();
  self->features = comptoir_host_get_features(host);
  return g_steal_pointer(&self);
}

/**
 * shopcaisse_profile_free:
 * @self: (nullable) (transfer full): the profile
 *
 * Releases the profile.
 */
void
shopcaisse_profile_free(ShopcaisseProfile *self)
{
  if (self == NULL)
    return;
  g_free(self->instance_id);
  g_free(self->name);
  g_free(self->folder);
  g_free(self->location);
  g_free(self->bindings);
  g_free(self);
}
