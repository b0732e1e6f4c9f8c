/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The command line. */

#include "options.h"

#define MAX_GENERATED 1000000

static const char summary[] =
    "Behaves like the Shopcaisse Public API v1 with a till behind it, on loopback.";

static const char description[] =
    "When it listens it prints one line of JSON with the addresses of the API and of the control\n"
    "interface and the token, then serves until SIGTERM or SIGINT.\n"
    "\n"
    "  shopcaisse-simulator --shop gift --set money=decimal\n"
    "  curl -H \"Authorization: Bearer $TOKEN\" $API/v1/stores?page=0&pageSize=25\n"
    "  curl -d '{\"order\":\"all\",\"tap\":\"ingest\"}' $CONTROL/tap\n";

static void
add_setting(SimOptions *self, const char *name, const char *value)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
  g_autofree char *setting = g_strdup_printf("%s=%s", name, value);

  if (self->settings != NULL)
    g_strv_builder_addv(builder, (const char **)self->settings);
  g_strv_builder_add(builder, setting);
  g_strfreev(self->settings);
  self->settings = g_strv_builder_end(builder);
}

static gboolean
check_ranges(const SimOptions *self, GError **error)
{
  const struct {
    const char *name;
    int value;
    int max;
  } ranges[] = {
    { "--port", self->port, G_MAXUINT16 },
    { "--control-port", self->control_port, G_MAXUINT16 },
    { "--items", self->n_items, MAX_GENERATED },
    { "--stores", self->n_stores, MAX_GENERATED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS(ranges); i++) {
    if (ranges[i].value >= 0 && ranges[i].value <= ranges[i].max)
      continue;
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "%s: %d is not in 0..%d",
                ranges[i].name, ranges[i].value, ranges[i].max);
    return FALSE;
  }
  return TRUE;
}

/**
 * sim_options_parse:
 * @argc: (inout): count of arguments
 * @argv: (inout): arguments
 * @error: return location for an error
 *
 * Reads the command line.
 *
 * Fails with a code of %G_OPTION_ERROR when an option is unknown or its value is out of range.
 *
 * Returns: (transfer full) (nullable): the options
 */
SimOptions *
sim_options_parse(int *argc, char ***argv, GError **error)
{
  g_autoptr(SimOptions) self = g_new0(SimOptions, 1);
  g_autofree char *money = NULL;
  g_autofree char *namespace = NULL;
  int seed = 1;
  self->ready_fd = -1;

  const GOptionEntry entries[] = {
    { "port", 0, 0, G_OPTION_ARG_INT, &self->port, "Port of the API; 0, the default, is any", "N" },
    { "control-port", 0, 0, G_OPTION_ARG_INT, &self->control_port, "Port of the control interface",
      "N" },
    { "ready-fd", 0, 0, G_OPTION_ARG_INT, &self->ready_fd, "Write the line there, then close it",
      "FD" },
    { "shop", 0, 0, G_OPTION_ARG_STRING, &self->shop, "gift, snack or a file", "SHOP" },
    { "items", 0, 0, G_OPTION_ARG_INT, &self->n_items, "Add generated items", "N" },
    { "stores", 0, 0, G_OPTION_ARG_INT, &self->n_stores, "Add generated stores", "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT, &seed, "Seed of everything random (1)", "N" },
    { "money", 0, 0, G_OPTION_ARG_STRING, &money,
      "Unit of money in orders, as --set money=", "KIND" },
    { "namespace", 0, 0, G_OPTION_ARG_STRING, &namespace, "prod or staging", "NAME" },
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->settings, "Turn a switch", "NAME=VALUE" },
    { "orders-log", 0, 0, G_OPTION_ARG_FILENAME, &self->orders_log, "Append stored orders there",
      "FILE" },
    { "exit-with-parent", 0, 0, G_OPTION_ARG_NONE, &self->with_parent,
      "End with the parent process", NULL },
    { "list-switches", 0, 0, G_OPTION_ARG_NONE, &self->list_switches, "Print all switches", NULL },
    { "verbose", 'v', 0, G_OPTION_ARG_NONE, &self->verbose, "Print a line per request", NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &self->version, "Print the version", NULL },
    G_OPTION_ENTRY_NULL,
  };

  g_autoptr(GOptionContext) context = g_option_context_new(NULL);
  g_option_context_set_summary(context, summary);
  g_option_context_set_description(context, description);
  g_option_context_add_main_entries(context, entries, NULL);
  if (!g_option_context_parse(context, argc, argv, error))
    return NULL;
  if (*argc > 1) {
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, "unexpected \"%s\"", (*argv)[1]);
    return NULL;
  }

  self->seed = (guint)seed;
  if (self->shop == NULL)
    self->shop = g_strdup("gift");
  if (money != NULL)
    add_setting(self, "money", money);
  if (namespace != NULL)
    add_setting(self, "namespace", namespace);
  if (!check_ranges(self, error))
    return NULL;
  return g_steal_pointer(&self);
}

/**
 * sim_options_free:
 * @self: (nullable) (transfer full): the options
 *
 * Releases the options.
 */
void
sim_options_free(SimOptions *self)
{
  if (self == NULL)
    return;
  g_free(self->shop);
  g_free(self->orders_log);
  g_strfreev(self->settings);
  g_free(self);
}
