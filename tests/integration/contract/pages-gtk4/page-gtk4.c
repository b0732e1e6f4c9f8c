/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A GIO module that stands for the GTK 4 settings page of the channel "echo". It is no widget:
 * which folder is opened is tested, not the toolkit. */
#include <comptoir/comptoir.h>
#include <gio/gio.h>

typedef GObject EchoPageGtk4;
typedef GObjectClass EchoPageGtk4Class;

GType echo_page_gtk4_get_type(void);
void g_io_echo_gtk4_load(GIOModule *module);
void g_io_echo_gtk4_unload(GIOModule *module);
char **g_io_echo_gtk4_query(void);

G_DEFINE_TYPE(EchoPageGtk4, echo_page_gtk4, G_TYPE_OBJECT)

static void
echo_page_gtk4_init(EchoPageGtk4 *self)
{
}

static void
echo_page_gtk4_class_init(EchoPageGtk4Class *class)
{
}

G_MODULE_EXPORT void
g_io_echo_gtk4_load(GIOModule *module)
{
  g_type_module_use(G_TYPE_MODULE(module));
  g_io_extension_point_implement(COMPTOIR_PAGE_GTK4_EXTENSION_POINT, echo_page_gtk4_get_type(),
                                 "echo", 0);
}

G_MODULE_EXPORT void
g_io_echo_gtk4_unload(GIOModule *module)
{
}

G_MODULE_EXPORT char **
g_io_echo_gtk4_query(void)
{
  char *points[] = { (char *)COMPTOIR_PAGE_GTK4_EXTENSION_POINT, NULL };
  return g_strdupv(points);
}
