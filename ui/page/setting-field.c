/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A setting as the channel describes it. What is ticked or chosen is saved at once, what is typed
 * when somebody leaves the field or presses Enter. */
#include "ui/page/setting-field.h"

#include "config.h"
#include "ui/model/row.h"
#include "ui/page/choice.h"

#include <glib/gi18n-lib.h>

#define FIELD_KEY    "shopcaisse-setting"
#define NUMBER_CHARS 8

typedef enum {
  CONTROL_ENTRY,
  CONTROL_CHECK,
  CONTROL_CHOICE
} ControlKind;

typedef struct {
  ShopcaissePageContext *context; /* (not owned): outlives all parts */
  char *key;                      /* (owned) */
  ControlKind kind;
  GtkWidget *root;    /* (not owned): this */
  GtkWidget *control; /* (not owned) */
  GtkWidget *help;    /* (not owned) */
  GtkWidget *error;   /* (not owned) */
  gboolean is_filling;
} Field;

static void leave_cb(gpointer user_data);
static void toggle_cb(Field *self);
static void chosen_cb(gpointer user_data, const char *value);

static void
free_field(gpointer data)
{
  Field *self = data;
  g_free(self->key);
  g_free(self);
}

static GVariant *
dup_row(Field *self)
{
  return shopcaisse_page_settings_dup_row(shopcaisse_page_model_get_settings(self->context->model),
                                          self->key);
}

static GtkWidget *
append_label(Field *self, const char *text)
{
  GtkWidget *label = shopcaisse_part_text_new(text);
  gtk_label_set_use_underline(GTK_LABEL(label), FALSE);
  shopcaisse_toolkit_append(self->root, label);
  return label;
}

static void
make_entry(Field *self, const char *id, const char *name, const char *kind)
{
  GtkWidget *label = append_label(self, name);
  self->kind = CONTROL_ENTRY;
  self->control = shopcaisse_part_entry_new(id, label, name);
  if (g_str_equal(kind, "number")) {
    g_object_set(self->control, "width-chars", NUMBER_CHARS, "hexpand", FALSE, NULL);
    gtk_widget_set_halign(self->control, GTK_ALIGN_START);
  }
  shopcaisse_part_connect(self->root, self->control, "activate", G_CALLBACK(leave_cb), self);
  shopcaisse_toolkit_watch_leave(self->control, leave_cb, self);
}

static void
make_choice(Field *self, const char *id, const char *name)
{
  append_label(self, name);
  self->kind = CONTROL_CHOICE;
  self->control = shopcaisse_choice_new(id, name);
  shopcaisse_choice_watch(self->control, chosen_cb, self);
}

static void
make_check(Field *self, const char *id, const char *name)
{
  self->kind = CONTROL_CHECK;
  self->control = shopcaisse_part_check_new(id, name);
  g_object_set(self->control, "use-underline", FALSE, NULL);
  shopcaisse_part_connect(self->root, self->control, "toggled", G_CALLBACK(toggle_cb), self);
}

static void
make_control(Field *self, GVariant *row)
{
  g_autofree char *id = g_strdup_printf("shopcaisse-setting-%s", self->key);
  const char *kind = shopcaisse_page_row_get_text(row, "kind");
  const char *name = shopcaisse_page_row_get_text(row, "label");
  if (g_str_equal(kind, "boolean"))
    make_check(self, id, name);
  else if (g_str_equal(kind, "choice"))
    make_choice(self, id, name);
  else
    make_entry(self, id, name, kind);
  shopcaisse_toolkit_append(self->root, self->control);
}

/**
 * shopcaisse_setting_field_new:
 * @context: the page's
 * @key: a setting that the channel has
 *
 * Makes the field of a setting.
 *
 * Returns: (transfer floating): the field
 */
GtkWidget *
shopcaisse_setting_field_new(ShopcaissePageContext *context, const char *key)
{
  Field *self = g_new0(Field, 1);
  self->context = context;
  self->key = g_strdup(key);
  self->root = gtk_box_new(GTK_ORIENTATION_VERTICAL, 3);
  g_object_set_data_full(G_OBJECT(self->root), FIELD_KEY, self, free_field);
  g_autoptr(GVariant) row = dup_row(self);
  const char *help = shopcaisse_page_row_get_text(row, "help");
  make_control(self, row);
  self->error = append_label(self, NULL);
  self->help = append_label(self, help);
  shopcaisse_toolkit_add_class(self->error, "shopcaisse-error");
  shopcaisse_toolkit_add_class(self->help, "shopcaisse-dim");
  gtk_widget_set_visible(self->help, *help != '\0');
  shopcaisse_setting_field_update(self->root);
  return self->root;
}

static void
show_value(Field *self, GVariant *row, const char *value)
{
  self->is_filling = TRUE;
  if (self->kind == CONTROL_CHECK) {
    shopcaisse_toolkit_set_active(self->control, g_str_equal(value, "true"));
  } else if (self->kind == CONTROL_CHOICE) {
    g_autoptr(GVariant) choices = shopcaisse_page_row_dup_rows(row, "choices");
    shopcaisse_choice_set_choices(self->control, choices);
    shopcaisse_choice_set_value(self->control, value);
  } else if (!shopcaisse_toolkit_has_focus(self->control)) {
    shopcaisse_toolkit_set_text(self->control, value);
  }
  self->is_filling = FALSE;
}

/**
 * shopcaisse_setting_field_update:
 * @field: the field
 *
 * Shows the setting as it is. What somebody types at the moment is left alone.
 */
void
shopcaisse_setting_field_update(GtkWidget *field)
{
  Field *self = g_object_get_data(G_OBJECT(field), FIELD_KEY);
  ShopcaissePageSettings *settings = shopcaisse_page_model_get_settings(self->context->model);
  g_autoptr(GVariant) row = dup_row(self);
  g_autofree char *value = shopcaisse_page_settings_dup_value(settings, self->key);
  g_autofree char *error = shopcaisse_page_settings_dup_error(settings, self->key);
  if (row == NULL)
    return;
  show_value(self, row, value);
  gtk_widget_set_sensitive(self->control, !shopcaisse_page_row_is_false(row, "sensitive") &&
                                              shopcaisse_page_model_is_open(self->context->model));
  shopcaisse_part_show_text(self->error, error != NULL ? error : "");
  shopcaisse_toolkit_set_description(
      self->control, error != NULL ? error : shopcaisse_page_row_get_text(row, "help"));
  if (error != NULL)
    shopcaisse_toolkit_add_class(self->control, "error");
  else
    shopcaisse_toolkit_remove_class(self->control, "error");
}

static void
leave_cb(gpointer user_data)
{
  Field *self = user_data;
  if (!self->is_filling)
    shopcaisse_page_model_change(self->context->model, self->key,
                                 shopcaisse_toolkit_get_text(self->control));
}

static void
toggle_cb(Field *self)
{
  if (!self->is_filling)
    shopcaisse_page_model_change(self->context->model, self->key,
                                 shopcaisse_toolkit_is_active(self->control) ? "true" : "false");
}

static void
chosen_cb(gpointer user_data, const char *value)
{
  Field *self = user_data;
  shopcaisse_page_model_change(self->context->model, self->key, value);
}
