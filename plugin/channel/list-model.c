/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A list of the engine's, seen through windows: a row is a placeholder until its window came. The
 * rows stay the same objects when the list is read again, so a selection stays where it is. */
#include "channel/list-model.h"

#include <comptoir/comptoir-row.h>
#include <comptoir/comptoir-rows.h>

#define MAX_WINDOWS (SHOPCAISSE_LIST_KEPT / SHOPCAISSE_LIST_WINDOW)

typedef struct Window Window;

/* One reading underway; outlives its window, because its answer always comes. */
typedef struct {
  Window *window; /* (nullable): not owned: NULL when nobody wants the answer any more */
} Reading;

struct Window {
  ShopcaisseListModel *model; /* not owned: it owns this */
  guint index;
  gboolean is_loaded;
  gboolean is_stale;                         /* the list changed while it was read */
  Reading *reading;                          /* (nullable): ends itself */
  ComptoirRow *rows[SHOPCAISSE_LIST_WINDOW]; /* (owned) (nullable) each */
};

struct _ShopcaisseListModel {
  GObject parent_instance;

  GObject *owner; /* (nullable): a weak pointer */
  ShopcaisseListFetch fetch;
  char *kind;      /* (owned) */
  GVariant *query; /* (owned) */
  guint n_items;
  gboolean is_complete; /* all are counted */
  GVariant *counts;     /* (owned) (nullable): a{su}, rows in each state when last counted */
  GError *error;        /* (owned) (nullable): why the last window did not come */
  GQueue windows;       /* (owned): the one that was looked at last comes first */
};

enum {
  PROP_COMPLETE = 1,
  PROP_COUNTS,
  PROP_ERROR
};

static void model_iface_init(GListModelInterface *iface);
static void read_cb(GVariant *answer, const GError *error, gpointer user_data);

G_DEFINE_FINAL_TYPE_WITH_CODE(ShopcaisseListModel,
                              shopcaisse_list_model,
                              G_TYPE_OBJECT,
                              G_IMPLEMENT_INTERFACE(G_TYPE_LIST_MODEL, model_iface_init))

static void
window_free(Window *window)
{
  if (window->reading != NULL)
    window->reading->window = NULL;
  for (guint i = 0; i < SHOPCAISSE_LIST_WINDOW; i++)
    g_clear_object(&window->rows[i]);
  g_free(window);
}

static void
read_window(Window *window)
{
  ShopcaisseListModel *self = window->model;
  if (window->reading != NULL) {
    window->is_stale = TRUE;
    return;
  }
  if (self->owner == NULL)
    return;
  const ShopcaisseWindow wanted = {
    .kind = self->kind,
    .query = self->query,
    .offset = window->index * SHOPCAISSE_LIST_WINDOW,
    .limit = SHOPCAISSE_LIST_WINDOW,
  };
  Reading *reading = g_new0(Reading, 1);
  reading->window = window;
  if (self->fetch(self->owner, &wanted, read_cb, reading))
    window->reading = reading;
  else
    g_free(reading);
}

/* (transfer none): the window, kept as the one that was looked at last. */
static Window *
look_at(ShopcaisseListModel *self, guint index)
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
  window->model = self;
  window->index = index;
  g_queue_push_head(&self->windows, window);
  if (self->windows.length > MAX_WINDOWS)
    window_free(g_queue_pop_tail(&self->windows));
  return window;
}

/* Who hears of a row may look at others, and so move its window out: that is not touched then. */
static void
fill_rows(Window *window, GVariant *rows)
{
  gsize n_rows = MIN(g_variant_n_children(rows), SHOPCAISSE_LIST_WINDOW);
  g_autoptr(GPtrArray) filled = g_ptr_array_new_with_free_func(g_object_unref);
  for (gsize i = 0; i < n_rows; i++) {
    if (window->rows[i] == NULL)
      window->rows[i] = comptoir_row_new(NULL);
    g_ptr_array_add(filled, g_object_ref(window->rows[i]));
  }
  for (gsize i = n_rows; i < SHOPCAISSE_LIST_WINDOW; i++)
    g_clear_object(&window->rows[i]);
  for (gsize i = 0; i < n_rows; i++) {
    g_autoptr(GVariant) values = g_variant_get_child_value(rows, i);
    comptoir_row_set_values(filled->pdata[i], values);
  }
}

/* What is not counted yet takes no rows away: they would come back at once, and nobody would be
 * where he had scrolled to. */
static void
set_total(ShopcaisseListModel *self, guint found)
{
  guint former = self->n_items;
  guint total = self->is_complete ? found : MAX(found, former);
  guint common = MIN(former, total);
  self->n_items = total;
  if (former != total)
    g_list_model_items_changed(G_LIST_MODEL(self), common, former - common, total - common);
}

/* A window that went out before all was counted says nothing of counts: the former stay. */
static void
set_counts(ShopcaisseListModel *self, GVariant *answer)
{
  gboolean is_complete = TRUE;
  g_autoptr(GVariant) counts = g_variant_lookup_value(answer, "counts", G_VARIANT_TYPE("a{su}"));
  g_variant_lookup(answer, "complete", "b", &is_complete);
  if (is_complete != self->is_complete) {
    self->is_complete = is_complete;
    g_object_notify(G_OBJECT(self), "complete");
  }
  if (counts == NULL || (self->counts != NULL && g_variant_equal(self->counts, counts)))
    return;
  g_clear_pointer(&self->counts, g_variant_unref);
  self->counts = g_steal_pointer(&counts);
  g_object_notify(G_OBJECT(self), "counts");
}

static void
set_error(ShopcaisseListModel *self, const GError *error)
{
  if (error == NULL && self->error == NULL)
    return;
  g_clear_error(&self->error);
  self->error = error != NULL ? g_error_copy(error) : NULL;
  g_object_notify(G_OBJECT(self), "error");
}

static void
read_cb(GVariant *answer, const GError *error, gpointer user_data)
{
  g_autofree Reading *reading = user_data;
  Window *window = reading->window;
  if (window == NULL)
    return;
  g_autoptr(ShopcaisseListModel) self = g_object_ref(window->model);
  window->reading = NULL;
  if (g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID)) {
    g_warning("%s, showing no rows", error->message);
    set_error(self, error);
    return;
  }
  if (window->is_stale) {
    window->is_stale = FALSE;
    read_window(window);
  }
  if (error != NULL) {
    g_debug("list %s: %s", self->kind, error->message);
    set_error(self, error);
    return;
  }

  guint total = 0;
  g_autoptr(GVariant) rows =
      g_variant_lookup_value(answer, COMPTOIR_KEY_ROWS, G_VARIANT_TYPE("aa{sv}"));
  if (rows == NULL || !g_variant_lookup(answer, COMPTOIR_KEY_TOTAL, "u", &total)) {
    g_warning("list %s: the engine answered no window, ignoring", self->kind);
    return;
  }
  window->is_loaded = TRUE;
  fill_rows(window, rows);
  set_error(self, NULL);
  set_counts(self, answer);
  set_total(self, total); /* last: who hears it may look, and so move windows out */
}

static GType
get_item_type(GListModel *list)
{
  return COMPTOIR_TYPE_ROW;
}

static guint
get_n_items(GListModel *list)
{
  return SHOPCAISSE_LIST_MODEL(list)->n_items;
}

static gpointer
get_item(GListModel *list, guint position)
{
  ShopcaisseListModel *self = SHOPCAISSE_LIST_MODEL(list);
  if (position >= self->n_items)
    return NULL;
  Window *window = look_at(self, position / SHOPCAISSE_LIST_WINDOW);
  if (!window->is_loaded && window->reading == NULL)
    read_window(window);
  guint i = position % SHOPCAISSE_LIST_WINDOW;
  if (window->rows[i] == NULL)
    window->rows[i] = comptoir_row_new(NULL);
  return g_object_ref(window->rows[i]);
}

/**
 * shopcaisse_list_model_new:
 * @owner: (transfer none): whom to ask; held weakly
 * @fetch: how to ask
 * @kind: which list
 * @query: the query, `a{sv}`; a floating reference is consumed
 *
 * Makes a list, empty until its first window has come.
 *
 * Returns: (transfer full): the list
 */
ShopcaisseListModel *
shopcaisse_list_model_new(GObject *owner,
                          ShopcaisseListFetch fetch,
                          const char *kind,
                          GVariant *query)
{
  g_return_val_if_fail(G_IS_OBJECT(owner), NULL);

  ShopcaisseListModel *self = g_object_new(SHOPCAISSE_TYPE_LIST_MODEL, NULL);
  g_set_weak_pointer(&self->owner, owner);
  self->fetch = fetch;
  self->kind = g_strdup(kind);
  self->query = g_variant_ref_sink(query);
  shopcaisse_list_model_refresh(self);
  return self;
}

/**
 * shopcaisse_list_model_get_kind:
 * @self: the list
 *
 * Says which list it is.
 *
 * Returns: (transfer none): the kind
 */
const char *
shopcaisse_list_model_get_kind(ShopcaisseListModel *self)
{
  g_return_val_if_fail(SHOPCAISSE_IS_LIST_MODEL(self), NULL);

  return self->kind;
}

/**
 * shopcaisse_list_model_refresh:
 * @self: the list
 *
 * Reads again what is kept. Asked while it is being read, it does so once more afterwards.
 */
void
shopcaisse_list_model_refresh(ShopcaisseListModel *self)
{
  g_return_if_fail(SHOPCAISSE_IS_LIST_MODEL(self));

  if (self->windows.length == 0)
    (void)look_at(self, 0);
  g_queue_foreach(&self->windows, (GFunc)(GCallback)read_window, NULL);
}

static void
shopcaisse_list_model_dispose(GObject *object)
{
  ShopcaisseListModel *self = SHOPCAISSE_LIST_MODEL(object);
  g_clear_weak_pointer(&self->owner);
  g_queue_clear_full(&self->windows, (GDestroyNotify)window_free);
  G_OBJECT_CLASS(shopcaisse_list_model_parent_class)->dispose(object);
}

static void
shopcaisse_list_model_finalize(GObject *object)
{
  ShopcaisseListModel *self = SHOPCAISSE_LIST_MODEL(object);
  g_free(self->kind);
  g_clear_pointer(&self->query, g_variant_unref);
  g_clear_pointer(&self->counts, g_variant_unref);
  g_clear_error(&self->error);
  G_OBJECT_CLASS(shopcaisse_list_model_parent_class)->finalize(object);
}

static void
get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ShopcaisseListModel *self = SHOPCAISSE_LIST_MODEL(object);
  switch (id) {
  case PROP_COMPLETE:
    g_value_set_boolean(value, self->is_complete);
    break;
  case PROP_COUNTS:
    g_value_set_variant(value, self->counts);
    break;
  case PROP_ERROR:
    g_value_set_boxed(value, self->error);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
  }
}

static void
shopcaisse_list_model_init(ShopcaisseListModel *self)
{
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
shopcaisse_list_model_class_init(ShopcaisseListModelClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS(class);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  object_class->dispose = shopcaisse_list_model_dispose;
  object_class->finalize = shopcaisse_list_model_finalize;
  object_class->get_property = get_property;
  g_object_class_install_property(
      object_class, PROP_COMPLETE,
      g_param_spec_boolean("complete", "Complete", "Whether all rows are counted", FALSE, flags));
  g_object_class_install_property(object_class, PROP_COUNTS,
                                  g_param_spec_variant("counts", "Counts",
                                                       "Rows in each state, whichever is shown",
                                                       G_VARIANT_TYPE("a{su}"), NULL, flags));
  g_object_class_install_property(
      object_class, PROP_ERROR,
      g_param_spec_boxed("error", "Error", "Why rows are missing", G_TYPE_ERROR, flags));
}
