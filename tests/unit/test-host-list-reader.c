/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A list that takes its time is read to its end all the same. */
#include "list-reader.h"

#include <comptoir/comptoir.h>

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#define LATE_MS 700 /* more than twice what the reader takes for quiet */

/* A list of a channel: empty until it is made, and it says when it is complete. */
typedef struct {
  GObject parent_instance;
  GListStore *rows; /* (owned) */
  gboolean is_complete;
} SlowList;

typedef GObjectClass SlowListClass;

static GType
get_item_type(GListModel *model)
{
  (void)model;
  return COMPTOIR_TYPE_ROW;
}

static guint
get_n_items(GListModel *model)
{
  return g_list_model_get_n_items(G_LIST_MODEL(((SlowList *)model)->rows));
}

static gpointer
get_item(GListModel *model, guint position)
{
  return g_list_model_get_item(G_LIST_MODEL(((SlowList *)model)->rows), position);
}

static void
list_model_init(GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

GType slow_list_get_type(void);
G_DEFINE_TYPE_WITH_CODE(SlowList,
                        slow_list,
                        G_TYPE_OBJECT,
                        G_IMPLEMENT_INTERFACE(G_TYPE_LIST_MODEL, list_model_init))

static void
get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  (void)id;
  (void)pspec;
  g_value_set_boolean(value, ((SlowList *)object)->is_complete);
}

static void
finalize(GObject *object)
{
  g_object_unref(((SlowList *)object)->rows);
  G_OBJECT_CLASS(slow_list_parent_class)->finalize(object);
}

static void
slow_list_class_init(SlowListClass *class)
{
  class->get_property = get_property;
  class->finalize = finalize;
  g_object_class_install_property(class, 1,
                                  g_param_spec_boolean("complete", NULL, NULL, FALSE,
                                                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

static void
slow_list_init(SlowList *self)
{
  self->rows = g_list_store_new(COMPTOIR_TYPE_ROW);
}

static gboolean
complete_cb(gpointer user_data)
{
  SlowList *self = user_data;
  g_autoptr(ComptoirRow) row = comptoir_row_new(g_variant_new_parsed("{'id': <'a-1'>}"));

  g_list_store_append(self->rows, row);
  self->is_complete = TRUE;
  g_list_model_items_changed(G_LIST_MODEL(self), 0, 0, 1);
  g_object_notify(G_OBJECT(self), "complete");
  return G_SOURCE_REMOVE;
}

static void
read_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  (void)source;
  *(GVariant **)user_data = list_reader_read_finish(result, NULL);
}

static guint
read_list(SlowList *list)
{
  GVariant *answer = NULL;
  g_autoptr(GVariant) rows = NULL;

  list_reader_read_async(G_LIST_MODEL(list), 100, NULL, read_cb, &answer);
  while (answer == NULL)
    g_main_context_iteration(NULL, TRUE);
  rows = g_variant_lookup_value(answer, COMPTOIR_KEY_ROWS, G_VARIANT_TYPE("aa{sv}"));
  g_variant_unref(answer);
  return (guint)g_variant_n_children(rows);
}

static void
rows_that_come_late_are_waited_for(void **state)
{
  g_autoptr(GObject) list = g_object_new(slow_list_get_type(), NULL);

  (void)state;
  (void)g_timeout_add(LATE_MS, complete_cb, list);
  assert_int_equal(read_list((SlowList *)list), 1);
}

static void
complete_list_without_rows_ends(void **state)
{
  g_autoptr(GObject) list = g_object_new(slow_list_get_type(), NULL);

  (void)state;
  ((SlowList *)list)->is_complete = TRUE;
  assert_int_equal(read_list((SlowList *)list), 0);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(rows_that_come_late_are_waited_for),
    cmocka_unit_test(complete_list_without_rows_ends),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
