/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A GIO module that stands for the GTK 3 settings page of the channel "echo". It is no widget:
 * which folder is opened is tested, not the toolkit. */
#include <comptoir/comptoir.h>
#include <gio/gio.h>

typedef GObject EchoPageGtk3;
typedef GObjectClass EchoPageGtk3Class;

GType echo_page_gtk3_get_type(void);
void g_io_echo_gtk3_load(GIOModule *module);
void g_io_echo_gtk3_unload(GIOModule *module);
char **g_io_echo_gtk3_query(void);

G_DEFINE_TYPE(EchoPageGtk3, echo_page_gtk3, G_TYPE_OBJECT)

static void
echo_page_gtk3_init(EchoPageGtk3 *self)
{
}

static void
echo_page_gtk3_class_init(EchoPageGtk3Class *class)
{
}

G_MODULE_EXPORT void
g_io_echo_gtk3_load(GIOModule *module)
{
  g_type_module_use(G_TYPE_MODULE(module));
  g_io_extension_point_implement(COMPTOIR_PAGE_GTK3_EXTENSION_POINT, echo_page_gtk3_get_type(),
                                 "echo", 0);
}

G_MODULE_EXPORT void
g_io_echo_gtk3_unload(GIOModule *module)
{
}

G_MODULE_EXPORT char **
g_io_echo_gtk3_query(void)
{
  char *points[] = { (char *)COMPTOIR_PAGE_GTK3_EXTENSION_POINT, NULL };
  return g_strdupv(points);
}
