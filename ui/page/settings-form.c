/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Settings under the titles of their groups. It is made anew only when other settings are there. */
#include "ui/page/setting-field.h"

#define FORM_KEY "shopcaisse-settings-form"

typedef struct {
  ShopcaissePageContext *context; /* (not owned): outlives all parts */
  ShopcaisseSettingWanted wanted;
  GtkWidget *root;   /* (not owned): this */
  GPtrArray *fields; /* (owned) (element-type GtkWidget): not owned each */
  char *keys;        /* (owned): of what there are fields, in one text */
} Form;

static void
free_form(gpointer data)
{
  Form *self = data;
  g_ptr_array_unref(self->fields);
  g_free(self->keys);
  g_free(self);
}

/**
 * shopcaisse_settings_form_new:
 * @context: the page's
 * @wanted: which settings belong here
 *
 * Makes a form.
 *
 * Returns: (transfer floating): the form
 */
GtkWidget *
shopcaisse_settings_form_new(ShopcaissePageContext *context, ShopcaisseSettingWanted wanted)
{
  Form *self = g_new0(Form, 1);
  self->context = context;
  self->wanted = wanted;
  self->root = gtk_box_new(GTK_ORIENTATION_VERTICAL, 12);
  self->fields = g_ptr_array_new();
  self->keys = g_strdup("");
  g_object_set_data_full(G_OBJECT(self->root), FORM_KEY, self, free_form);
  shopcaisse_settings_form_update(self->root);
  return self->root;
}

static ShopcaissePageSettings *
get_settings(Form *self)
{
  return shopcaisse_page_model_get_settings(self->context->model);
}

/* (transfer full): the settings of a group that belong here. */
static char **
list_wanted(Form *self, const char *group)
{
  g_auto(GStrv) keys = shopcaisse_page_settings_list_keys(get_settings(self), group);
  g_autoptr(GStrvBuilder) wanted = g_strv_builder_new();
  for (gsize i = 0; keys[i] != NULL; i++) {
    if (self->wanted(keys[i]))
      g_strv_builder_add(wanted, keys[i]);
  }
  return g_strv_builder_end(wanted);
}

static void
append_group(Form *self, const char *group)
{
  g_auto(GStrv) keys = list_wanted(self, group);
  if (keys[0] == NULL)
    return;
  shopcaisse_toolkit_append(self->root, shopcaisse_part_heading_new(group));
  for (gsize i = 0; keys[i] != NULL; i++) {
    GtkWidget *field = shopcaisse_setting_field_new(self->context, keys[i]);
    g_ptr_array_add(self->fields, field);
    shopcaisse_toolkit_append(self->root, field);
  }
}

static char *
dup_keys(Form *self, char **groups)
{
  g_autoptr(GString) all = g_string_new(NULL);
  for (gsize i = 0; groups[i] != NULL; i++) {
    g_auto(GStrv) keys = list_wanted(self, groups[i]);
    g_autofree char *joined = g_strjoinv(" ", keys);
    g_string_append_printf(all, "%s: %s\n", groups[i], joined);
  }
  return g_string_free(g_steal_pointer(&all), FALSE);
}

/**
 * shopcaisse_settings_form_update:
 * @form: the form
 *
 * Shows the settings as they are.
 */
void
shopcaisse_settings_form_update(GtkWidget *form)
{
  Form *self = g_object_get_data(G_OBJECT(form), FORM_KEY);
  g_auto(GStrv) groups = shopcaisse_page_settings_list_groups(get_settings(self));
  g_autofree char *keys = dup_keys(self, groups);
  if (g_str_equal(keys, self->keys)) {
    for (guint i = 0; i < self->fields->len; i++)
      shopcaisse_setting_field_update(self->fields->pdata[i]);
    return;
  }
  g_free(self->keys);
  self->keys = g_steal_pointer(&keys);
  g_ptr_array_set_size(self->fields, 0);
  shopcaisse_toolkit_remove_all(self->root);
  for (gsize i = 0; groups[i] != NULL; i++)
    append_group(self, groups[i]);
}
