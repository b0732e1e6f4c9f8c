/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finds channels and their settings pages: GIO modules in our own folders, opened when first asked
 * for. Pages of the toolkit that the process does not have are never opened: it would crash. */
#include "config.h"

#include <comptoir/comptoir-error.h>
#include <comptoir/comptoir-registry.h>
#include <comptoir/comptoir-version.h>
#include <dlfcn.h>
#include <stdlib.h>

typedef struct {
  const char *point;  /* the GIO extension point */
  const char *folder; /* below each folder of the search path */
  const char *soname; /* (nullable): the toolkit that must be in the process */
} Kind;

typedef enum {
  KIND_CHANNEL,
  KIND_PAGE_GTK3,
  KIND_PAGE_GTK4
} KindIndex;

static const Kind kinds[] = {
  [KIND_CHANNEL] = { COMPTOIR_CHANNEL_EXTENSION_POINT, "channels", NULL },
  [KIND_PAGE_GTK3] = { COMPTOIR_PAGE_GTK3_EXTENSION_POINT, "pages-gtk3", "libgtk-3.so.0" },
  [KIND_PAGE_GTK4] = { COMPTOIR_PAGE_GTK4_EXTENSION_POINT, "pages-gtk4", "libgtk-4.so.1" },
};

/* Read anew on each first use, ignored in a program that runs with another user's rights. */
static char **
dup_search_path(void)
{
  const char *override = secure_getenv("COMPTOIR_PATH");
  return g_strsplit(override != NULL ? override : COMPTOIR_LIBDIR, G_SEARCHPATH_SEPARATOR_S, -1);
}

static void
scan(const Kind *kind)
{
  GIOExtensionPoint *point = g_io_extension_point_register(kind->point);
  if (kind->soname == NULL)
    g_io_extension_point_set_required_type(point, COMPTOIR_TYPE_CHANNEL);

  g_auto(GStrv) folders = dup_search_path();
  for (gsize i = 0; folders[i] != NULL; i++) {
    g_autofree char *folder = g_build_filename(folders[i], kind->folder, NULL);
    if (*folders[i] != '\0')
      g_io_modules_scan_all_in_directory(folder);
  }
}

/* (transfer none): the point, its folders scanned once for the process: GIO keeps what it finds in
 * a registry of the process, and these marks say what is in it. */
static GIOExtensionPoint *
open_point(KindIndex index)
{
  static gsize scanned[G_N_ELEMENTS(kinds)];
  if (g_once_init_enter(&scanned[index])) {
    scan(&kinds[index]);
    g_once_init_leave(&scanned[index], 1);
  }
  return g_io_extension_point_lookup(kinds[index].point);
}

static char **
list_names(GIOExtensionPoint *point)
{
  g_autoptr(GStrvBuilder) names = g_strv_builder_new();
  for (GList *link = g_io_extension_point_get_extensions(point); link != NULL; link = link->next)
    g_strv_builder_add(names, g_io_extension_get_name(link->data));
  return g_strv_builder_end(names);
}

/* A toolkit is looked for by its library: right too when it was opened for one module alone. */
static gboolean
is_in_process(const char *soname)
{
  void *library = dlopen(soname, RTLD_LAZY | RTLD_NOLOAD);
  if (library == NULL)
    return FALSE;
  dlclose(library);
  return TRUE;
}

/**
 * comptoir_list_channels:
 *
 * Lists the channels that are installed. The folders of `COMPTOIR_PATH`, separated by colons, take
 * the place of the compiled-in one; below each are `channels`, `pages-gtk3` and `pages-gtk4`.
 *
 * Returns: (transfer full) (array zero-terminated=1): their names, the preferred one first
 *
 * Since: 1.0
 */
char **
comptoir_list_channels(void)
{
  return list_names(open_point(KIND_CHANNEL));
}

/**
 * comptoir_channel_new:
 * @name: the channel's name, as in `shopcaisse`
 * @error: return location for an error
 *
 * Opens the module of a channel and makes the channel. Nothing else happens before
 * [method@Comptoir.Channel.open_async].
 *
 * Fails with %COMPTOIR_ERROR_NOT_SUPPORTED when no such channel is installed; the message lists
 * those that are.
 *
 * Returns: (transfer full): the channel
 *
 * Since: 1.0
 */
ComptoirChannel *
comptoir_channel_new(const char *name, GError **error)
{
  g_return_val_if_fail(name != NULL, NULL);
  g_return_val_if_fail(error == NULL || *error == NULL, NULL);

  GIOExtensionPoint *point = open_point(KIND_CHANNEL);
  GIOExtension *extension = g_io_extension_point_get_extension_by_name(point, name);
  if (extension != NULL)
    return g_object_new(g_io_extension_get_type(extension), NULL);

  g_auto(GStrv) names = list_names(point);
  g_autofree char *known = g_strjoinv(", ", names);
  g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_SUPPORTED,
              "no channel is called \"%s\"; installed: %s", name, *known != '\0' ? known : "none");
  return NULL;
}

/**
 * comptoir_find_settings_page:
 * @channel_name: the channel's name
 * @error: return location for an error
 *
 * Finds the settings page of a channel for the GTK that is in this process, 3 or 4. The host makes
 * the widget itself, giving it the construct property `channel`, and packs it where it likes.
 *
 * Fails with %COMPTOIR_ERROR_NOT_SUPPORTED when the process has got no GTK, or when there is no
 * page for it. [method@Comptoir.Channel.describe_settings] serves any toolkit.
 *
 * Returns: the type of a `GtkWidget`, or %G_TYPE_INVALID
 *
 * Since: 1.0
 */
GType
comptoir_find_settings_page(const char *channel_name, GError **error)
{
  g_return_val_if_fail(channel_name != NULL, G_TYPE_INVALID);
  g_return_val_if_fail(error == NULL || *error == NULL, G_TYPE_INVALID);

  KindIndex index = KIND_PAGE_GTK3;
  if (!is_in_process(kinds[KIND_PAGE_GTK3].soname))
    index = KIND_PAGE_GTK4;
  if (!is_in_process(kinds[index].soname)) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_SUPPORTED,
                        "neither GTK 3 nor GTK 4 is in this process");
    return G_TYPE_INVALID;
  }
  GIOExtension *extension =
      g_io_extension_point_get_extension_by_name(open_point(index), channel_name);
  if (extension != NULL)
    return g_io_extension_get_type(extension);
  g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_SUPPORTED,
              "channel \"%s\" has no settings page for %s", channel_name, kinds[index].soname);
  return G_TYPE_INVALID;
}
