/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A name service that hangs, for the first phase of a request. */

#include "silent-resolver.h"

struct _SilentResolver {
  GResolver parent_instance;
  GResolver *former; /* (owned): the default before */
  GPtrArray *asked;  /* (owned) (element-type GTask) */
};

G_DEFINE_FINAL_TYPE(SilentResolver, silent_resolver, G_TYPE_RESOLVER)

static void
ask(GResolver *resolver, GAsyncReadyCallback callback, gpointer user_data)
{
  SilentResolver *self = SILENT_RESOLVER(resolver);
  g_ptr_array_add(self->asked, g_task_new(resolver, NULL, callback, user_data));
}

static void
silent_resolver_lookup_by_name_async(GResolver *resolver,
                                     const char *name,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  (void)name;
  (void)cancellable;
  ask(resolver, callback, user_data);
}

static void
silent_resolver_lookup_with_flags_async(GResolver *resolver,
                                        const char *name,
                                        GResolverNameLookupFlags flags,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data)
{
  (void)name;
  (void)flags;
  (void)cancellable;
  ask(resolver, callback, user_data);
}

static GList *
silent_resolver_lookup_finish(GResolver *resolver, GAsyncResult *result, GError **error)
{
  (void)resolver;
  return g_task_propagate_pointer(G_TASK(result), error);
}

static void
silent_resolver_finalize(GObject *object)
{
  SilentResolver *self = SILENT_RESOLVER(object);
  g_ptr_array_unref(self->asked);
  g_object_unref(self->former);
  G_OBJECT_CLASS(silent_resolver_parent_class)->finalize(object);
}

static void
silent_resolver_class_init(SilentResolverClass *class)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS(class);
  resolver_class->lookup_by_name_async = silent_resolver_lookup_by_name_async;
  resolver_class->lookup_by_name_finish = silent_resolver_lookup_finish;
  resolver_class->lookup_by_name_with_flags_async = silent_resolver_lookup_with_flags_async;
  resolver_class->lookup_by_name_with_flags_finish = silent_resolver_lookup_finish;
  G_OBJECT_CLASS(class)->finalize = silent_resolver_finalize;
}

static void
silent_resolver_init(SilentResolver *self)
{
  self->former = g_resolver_get_default();
  self->asked = g_ptr_array_new_with_free_func(g_object_unref);
}

/**
 * silent_resolver_install:
 *
 * Takes the place of the process's resolver.
 *
 * Returns: (transfer full): give it to silent_resolver_remove()
 */
SilentResolver *
silent_resolver_install(void)
{
  SilentResolver *self = g_object_new(SILENT_TYPE_RESOLVER, NULL);
  g_resolver_set_default(G_RESOLVER(self));
  return self;
}

guint
silent_resolver_count_asked(SilentResolver *self)
{
  return self->asked->len;
}

/**
 * silent_resolver_remove:
 * @self: (transfer full): the resolver
 *
 * Puts the former resolver back; the questions that hang fail now, in their context.
 */
void
silent_resolver_remove(SilentResolver *self)
{
  g_resolver_set_default(self->former);
  for (guint i = 0; i < self->asked->len; i++)
    g_task_return_new_error(self->asked->pdata[i], G_RESOLVER_ERROR,
                            G_RESOLVER_ERROR_TEMPORARY_FAILURE, "given up");
  g_ptr_array_set_size(self->asked, 0);
  g_object_unref(self);
}
