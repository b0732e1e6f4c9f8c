/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "scripted-list.h"

#define WINDOW 100
#define KEPT   10 /* windows, as the channel's own lists keep */

typedef struct {
  guint index;
  ComptoirRow *rows[WINDOW]; /* (owned) each */
  ScriptedList *list;        /* not owned */
  GSource *source;           /* (owned) (nullable): fills it */
} Window;

struct _ScriptedList {
  GObject parent_instance;

  GPtrArray *rows; /* (owned): of a short list */
  guint n_rows;
  gboolean is_long;
  gboolean is_complete;
  GVariant *counts; /* (owned) (nullable) */
  GError *error;    /* (owned) (nullable) */
  GQueue windows;   /* (owned): the one that was looked at last comes first */
  guint n_windows;  /* that were asked for */
  guint n_again;    /* that had been there before */
  GHashTable *seen; /* (owned): windows, by index */
};

enum {
  PROP_COMPLETE = 1,
  PROP_COUNTS,
  PROP_ERROR
};

static void model_iface_init(GListModelInterface *iface);
static gboolean fill_cb(gpointer user_data);

G_DEFINE_FINAL_TYPE_WITH_CODE(ScriptedList,
                              scripted_list,
                              G_TYPE_OBJECT,
                              G_IMPLEMENT_INTERFACE(G_TYPE_LIST_MODEL, model_iface_init))

ScriptedList *
scripted_list_new(void)
{
  return g_object_new(SCRIPTED_TYPE_LIST, NULL);
}

static void
free_window(gpointer data)
{
  Window *window = data;
  if (window->source != NULL)
    g_source_destroy(window->source);
  g_clear_pointer(&window->source, g_source_unref);
  for (guint i = 0; i < WINDOW; i++)
    g_clear_object(&window->rows[i]);
  g_free(window);
}

static void
set_complete(ScriptedList *self, gboolean is_complete)
{
  self->is_complete = is_complete;
  g_object_notify(G_OBJECT(self), "complete");
}

void
scripted_list_set_rows(ScriptedList *self, GVariant *rows)
{
  guint former = self->n_rows;
  g_ptr_array_set_size(self->rows, 0);
  for (gsize i = 0; i < g_variant_n_children(rows); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(rows, i);
    g_ptr_array_add(self->rows, comptoir_row_new(row));
  }
  self->is_long = FALSE;
  self->n_rows = self->rows->len;
  set_complete(self, TRUE);
  g_list_model_items_changed(G_LIST_MODEL(self), 0, former, self->n_rows);
}

void
scripted_list_set_length(ScriptedList *self, guint n_rows)
{
  guint former = self->n_rows;
  self->is_long = TRUE;
  self->n_rows = n_rows;
  set_complete(self, TRUE);
  g_list_model_items_changed(G_LIST_MODEL(self), 0, former, n_rows);
}

void
scripted_list_set_counts(ScriptedList *self, GVariant *counts)
{
  g_clear_pointer(&self->counts, g_variant_unref);
  self->counts = g_variant_ref_sink(counts);
  g_object_notify(G_OBJECT(self), "counts");
}

void
scripted_list_set_loading(ScriptedList *self)
{
  guint former = self->n_rows;
  self->n_rows = 0;
  set_complete(self, FALSE);
  g_list_model_items_changed(G_LIST_MODEL(self), 0, former, 0);
}

void
scripted_list_fail(ScriptedList *self, const GError *error)
{
  g_clear_error(&self->error);
  self->error = g_error_copy(error);
  g_object_notify(G_OBJECT(self), "error");
}

guint
scripted_list_count_windows(ScriptedList *self)
{
  return self->n_windows;
}

guint
scripted_list_count_windows_again(ScriptedList *self)
{
  return self->n_again;
}

static Window *
look_at(ScriptedList *self, guint index)
{
  for (GList *link = self->windows.head; link != NULL; link = link->next) {
    Window *window = link->data;
    if (window->index != index)
      continue;
    g_queue_unlink(&self->windows, link);
    g_queue_push_head_link(&self->windows, link);
    return window;
  }
  Window *window = g_new0(Window, 1);
  window->index = index;
  window->list = self;
  for (guint i = 0; i < WINDOW; i++)
    window->rows[i] = comptoir_row_new(NULL);
  window->source = g_idle_source_new();
  g_source_set_callback(window->source, fill_cb, window, NULL);
  g_source_attach(window->source, NULL);
  self->n_windows++;
  if (!g_hash_table_add(self->seen, GUINT_TO_POINTER(index)))
    self->n_again++;
  g_queue_push_head(&self->windows, window);
  if (self->windows.length > KEPT)
    free_window(g_queue_pop_tail(&self->windows));
  return window;
}

static gboolean
fill_cb(gpointer user_data)
{
  Window *window = user_data;
  g_clear_pointer(&window->source, g_source_unref);
  for (guint i = 0; i < WINDOW; i++) {
    guint number = window->index * WINDOW + i;
    g_autofree char *id = g_strdup_printf("row-%05u", number);
    g_autofree char *name = g_strdup_printf("Article %05u", number);
    comptoir_row_set_values(
        window->rows[i],
        g_variant_new_parsed("{'id': <%s>, 'name': <%s>, 'state': <'unlinked'>, 'price': <'1.50'>,"
                             " 'currency': <'EUR'>}",
                             id, name));
  }
  return G_SOURCE_REMOVE;
}

static GType
get_item_type(GListModel *list)
{
  return COMPTOIR_TYPE_ROW;
}

static guint
get_n_items(GListModel *list)
{
  return SCRIPTED_LIST(list)->n_rows;
}

static gpointer
get_item(GListModel *list, guint position)
{
  ScriptedList *self = SCRIPTED_LIST(list);
  if (position >= self->n_rows)
    return NULL;
  if (!self->is_long)
    return g_object_ref(self->rows->pdata[position]);
  return g_object_ref(look_at(self, position / WINDOW)->rows[position % WINDOW]);
}

static void
get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScriptedList *self = SCRIPTED_LIST(object);
  if (id == PROP_COMPLETE)
    g_value_set_boolean(value, self->is_complete);
  else if (id == PROP_COUNTS)
    g_value_set_variant(value, self->counts);
  else if (id == PROP_ERROR)
    g_value_set_boxed(value, self->error);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
}

static void
finalize(GObject *object)
{
  ScriptedList *self = SCRIPTED_LIST(object);
  g_queue_clear_full(&self->windows, free_window);
  g_hash_table_unref(self->seen);
  g_ptr_array_unref(self->rows);
  g_clear_pointer(&self->counts, g_variant_unref);
  g_clear_error(&self->error);
  G_OBJECT_CLASS(scripted_list_parent_class)->finalize(object);
}

static void
scripted_list_init(ScriptedList *self)
{
  self->rows = g_ptr_array_new_with_free_func(g_object_unref);
  self->is_complete = TRUE;
  self->seen = g_hash_table_new(NULL, NULL);
  g_queue_init(&self->windows);
}

static void
model_iface_init(GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
scripted_list_class_init(ScriptedListClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS(class);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  object_class->get_property = get_property;
  object_class->finalize = finalize;
  g_object_class_install_property(object_class, PROP_COMPLETE,
                                  g_param_spec_boolean("complete", NULL, NULL, TRUE, flags));
  g_object_class_install_property(
      object_class, PROP_COUNTS,
      g_param_spec_variant("counts", NULL, NULL, G_VARIANT_TYPE("a{su}"), NULL, flags));
  g_object_class_install_property(object_class, PROP_ERROR,
                                  g_param_spec_boxed("error", NULL, NULL, G_TYPE_ERROR, flags));
}
