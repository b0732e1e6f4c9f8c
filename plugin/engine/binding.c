/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Takes and gives back stores as they are chosen. The store is taken before it is stored and given
 * back after: a crash in between leaves one too many, which the next start gives back. */
#include "engine/binding.h"

#include "engine/context.h"
#include "engine/notice.h"
#include "model/text.h"
#include "store/bindings.h"

#define NOTICE "binding"

static void
set_fault(ShopcaisseContext *context, const char *fault)
{
  g_free(context->configuration->store_fault);
  context->configuration->store_fault = g_strdup(fault);
}

/* The disk is no reason not to sell. */
static gboolean
excuse(GError *binding_error, GError **error)
{
  g_autoptr(GError) owned = binding_error;

  if (g_error_matches(owned, COMPTOIR_ERROR, COMPTOIR_ERROR_STORAGE)) {
    g_warning("bindings: %s, ignoring: another program may choose the same store", owned->message);
    return TRUE;
  }
  g_propagate_error(error, g_steal_pointer(&owned));
  return FALSE;
}

/**
 * shopcaisse_binding_choose:
 * @context: the engine's parts
 * @store_id: a store that is about to be chosen, "" for none
 * @error: return location for an error
 *
 * Takes a store for this profile.
 *
 * Fails with %COMPTOIR_ERROR_CONFLICT when another profile of this computer has it, or
 * %COMPTOIR_ERROR_BUSY.
 *
 * Returns: %TRUE when it may be chosen
 */
gboolean
shopcaisse_binding_choose(ShopcaisseContext *context, const char *store_id, GError **error)
{
  g_autoptr(GError) binding_error = NULL;

  if (context->bindings == NULL || *store_id == '\0' ||
      shopcaisse_bindings_take(context->bindings, store_id, &binding_error))
    return TRUE;
  return excuse(g_steal_pointer(&binding_error), error);
}

/**
 * shopcaisse_binding_settle:
 * @context: the engine's parts
 *
 * Gives back every store but the one that is chosen.
 */
void
shopcaisse_binding_settle(ShopcaisseContext *context)
{
  g_autoptr(GError) error = NULL;

  if (context->bindings == NULL)
    return;
  if (!shopcaisse_bindings_keep(context->bindings, context->configuration->store_id, &error))
    g_warning("bindings: %s, a store that was left stays taken", error->message);
  if (context->configuration->store_fault == NULL || *context->configuration->store_id == '\0' ||
      !shopcaisse_binding_choose(context, context->configuration->store_id, NULL))
    return;
  set_fault(context, NULL);
  shopcaisse_notice(context, NOTICE, "info", "");
}

/**
 * shopcaisse_binding_suffer:
 * @context: the engine's parts
 * @message: who has the store
 *
 * Shows beside the setting, and to the host's user, that another profile has the store.
 */
void
shopcaisse_binding_suffer(ShopcaisseContext *context, const char *message)
{
  g_autoptr(GError) error = NULL;

  set_fault(context, message);
  shopcaisse_notice(context, NOTICE, "error", message);
  if (!shopcaisse_context_journal(context, SHOPCAISSE_JOURNAL_ERROR, "connection", "", message,
                                  &error))
    g_warning("journal: %s", error->message);
}

/**
 * shopcaisse_binding_start:
 * @context: the engine's parts, just opened
 *
 * Takes the store that is chosen. One that another profile has, since it was chosen before there
 * were bindings, stays chosen: orders may wait for it, and a person decides.
 */
void
shopcaisse_binding_start(ShopcaisseContext *context)
{
  const ShopcaisseEngineConfig *config = context->config;
  ShopcaisseBindingOwner owner = {
    .folder = config->bindings_folder,
    .instance_id = config->host->instance_id,
    .profile_folder = config->folder,
    .host = config->host->name,
    .location = config->location,
  };
  g_autoptr(GError) error = NULL;

  if (config->bindings_folder == NULL)
    return;
  context->bindings = shopcaisse_bindings_new(&owner);
  if (shopcaisse_binding_choose(context, context->configuration->store_id, &error))
    shopcaisse_binding_settle(context);
  else
    shopcaisse_binding_suffer(context, error->message);
}

/**
 * shopcaisse_binding_end:
 * @context: the engine's parts
 *
 * Forgets the bindings; what is taken stays taken.
 */
void
shopcaisse_binding_end(ShopcaisseContext *context)
{
  g_clear_pointer(&context->bindings, shopcaisse_bindings_free);
}
