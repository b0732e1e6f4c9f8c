/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The report of a day as a file: where a person wants it, or on paper by way of the program that
 * opens pages. What is written is what is shown. docs/decisions/0020-closing-a-day.md. */
#include "ui/page/day-files.h"

#include "config.h"
#include "ui/model/row.h"
#include "ui/page/save-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FILES_KEY "shopcaisse-day-files"

typedef enum {
  ERRAND_SAVE,
  ERRAND_PRINT,
  N_ERRANDS
} Errand;

/* The subjects of the two works. */
static const char *const subjects[N_ERRANDS] = { "save", "print" };

typedef struct {
  ShopcaissePageContext *context; /* (not owned): outlives all parts */
  GtkWidget *root;                /* (not owned): this */
  GtkWidget *save;                /* (not owned) */
  GtkWidget *print;               /* (not owned) */
  GtkWidget *line;                /* (not owned) */
  GVariant *report;               /* (owned) (nullable): which is shown */
  GFile *target;                  /* (owned) (nullable): where it is to be saved */
  ShopcaissePageWorkState former[N_ERRANDS];
} DayFiles;

/* A file on its way to the disk. */
typedef struct {
  GtkWidget *line; /* (owned) */
  gboolean is_print;
} Writing;

static void save_cb(DayFiles *self);
static void chosen_cb(GFile *file, gpointer user_data);
static void print_cb(DayFiles *self);
static void written_cb(GObject *source, GAsyncResult *result, gpointer user_data);
static void opened_cb(GObject *source, GAsyncResult *result, gpointer user_data);

static void
free_files(gpointer data)
{
  DayFiles *self = data;
  g_clear_pointer(&self->report, g_variant_unref);
  g_clear_object(&self->target);
  g_free(self);
}

static void
free_writing(Writing *writing)
{
  g_object_unref(writing->line);
  g_free(writing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Writing, free_writing)

/**
 * shopcaisse_day_files_new:
 * @context: of the page
 *
 * Makes the buttons; they do nothing before there is a report.
 *
 * Returns: (transfer floating): the part
 */
GtkWidget *
shopcaisse_day_files_new(ShopcaissePageContext *context)
{
  DayFiles *self = g_new0(DayFiles, 1);
  GtkWidget *bar = shopcaisse_part_bar_new();
  self->context = context;
  self->root = shopcaisse_part_column_new();
  g_object_set_data_full(G_OBJECT(self->root), FILES_KEY, self, free_files);
  self->save = shopcaisse_part_button_new("shopcaisse-day-save", _("_Save…"));
  self->print = shopcaisse_part_button_new("shopcaisse-day-print", _("P_rint"));
  self->line = shopcaisse_part_text_new("");
  shopcaisse_toolkit_append(bar, self->save);
  shopcaisse_toolkit_append(bar, self->print);
  shopcaisse_toolkit_append(self->root, bar);
  shopcaisse_toolkit_append(self->root, self->line);
  shopcaisse_part_connect(self->root, self->save, "clicked", G_CALLBACK(save_cb), self);
  shopcaisse_part_connect(self->root, self->print, "clicked", G_CALLBACK(print_cb), self);
  shopcaisse_day_files_update(self->root, NULL);
  return self->root;
}

static void
ask_for(DayFiles *self, Errand errand, const char *format)
{
  const char *day = shopcaisse_page_row_get_text(self->report, "day");
  const char *compared_at = shopcaisse_page_row_get_text(self->report, "compared_at");
  shopcaisse_part_show_text(self->line, "");
  shopcaisse_page_model_perform(self->context->model, SHOPCAISSE_PAGE_WORK_DAY_FILE,
                                subjects[errand],
                                g_variant_new_parsed("{'kind': <'day'>, 'format': <%s>,"
                                                     " 'day': <%s>, 'compared_at': <%s>}",
                                                     format, day, compared_at));
}

static void
save_cb(DayFiles *self)
{
  g_autofree char *name =
      g_strdup_printf("shopcaisse-day-%s.csv", shopcaisse_page_row_get_text(self->report, "day"));
  shopcaisse_save_file(self->root, _("Save the day close"), name, chosen_cb, self);
}

/* The name says the form: a table, unless it is a page or a text for programs. */
static void
chosen_cb(GFile *file, gpointer user_data)
{
  DayFiles *self = user_data;
  g_autofree char *name = g_file_get_basename(file);
  g_autofree char *folded = g_ascii_strdown(name, -1);
  const char *format = "csv";
  if (g_str_has_suffix(folded, ".html") || g_str_has_suffix(folded, ".htm"))
    format = "html";
  else if (g_str_has_suffix(folded, ".json"))
    format = "json";
  g_set_object(&self->target, file);
  ask_for(self, ERRAND_SAVE, format);
}

static void
print_cb(DayFiles *self)
{
  ask_for(self, ERRAND_PRINT, "html");
}

/* Beside other things that can be made again. */
static GFile *
make_page_file(GVariant *answer)
{
  g_autofree char *folder = g_build_filename(g_get_user_cache_dir(), "shopcaisse", NULL);
  g_autofree char *path =
      g_build_filename(folder, shopcaisse_page_row_get_text(answer, "name"), NULL);
  (void)g_mkdir_with_parents(folder, 0700); /* else writing says why not */
  return g_file_new_for_path(path);
}

static void
write_file(DayFiles *self, Errand errand, GVariant *answer)
{
  const char *text = shopcaisse_page_row_get_text(answer, "text");
  g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
  g_autoptr(GFile) file =
      errand == ERRAND_PRINT ? make_page_file(answer) : g_steal_pointer(&self->target);
  Writing *writing = NULL;
  if (file == NULL)
    return;
  writing = g_new0(Writing, 1);
  writing->line = g_object_ref(self->line);
  writing->is_print = errand == ERRAND_PRINT;
  g_file_replace_contents_bytes_async(
      file, bytes, NULL, FALSE, writing->is_print ? G_FILE_CREATE_PRIVATE : G_FILE_CREATE_NONE,
      NULL, written_cb, writing);
}

static void
show_saved(GtkWidget *line, GFile *file)
{
  g_autofree char *name = g_file_get_parse_name(file);
  /* Translators: %s is the path of a file. */
  g_autofree char *text = g_strdup_printf(_("Saved: %s"), name);
  shopcaisse_part_show_text(line, text);
}

static void
show_unopened(GtkWidget *line, GFile *file)
{
  g_autofree char *name = g_file_get_parse_name(file);
  /* Translators: %s is the path of a file. */
  g_autofree char *text = g_strdup_printf(_("No program opens the page here. It is in %s"), name);
  shopcaisse_part_show_text(line, text);
}

static void
written_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(Writing) writing = user_data;
  GFile *file = G_FILE(source);
  g_autofree char *address = g_file_get_uri(file);
  g_autoptr(GError) error = NULL;
  if (!g_file_replace_contents_finish(file, result, NULL, &error)) {
    shopcaisse_part_show_text(writing->line, error->message);
    return;
  }
  if (!writing->is_print) {
    show_saved(writing->line, file);
    return;
  }
  g_object_set_data_full(G_OBJECT(writing->line), FILES_KEY, g_object_ref(file), g_object_unref);
  g_app_info_launch_default_for_uri_async(address, NULL, NULL, opened_cb,
                                          g_object_ref(writing->line));
}

static void
opened_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GtkWidget) line = user_data;
  GFile *file = g_object_get_data(G_OBJECT(line), FILES_KEY);
  (void)source;
  if (g_app_info_launch_default_for_uri_finish(result, NULL))
    shopcaisse_part_show_text(line, _("The page is open: print it there."));
  else
    show_unopened(line, file);
}

static void
follow(DayFiles *self, Errand errand)
{
  const ShopcaissePageWorkStatus *status = shopcaisse_page_model_get_work(
      self->context->model, SHOPCAISSE_PAGE_WORK_DAY_FILE, subjects[errand]);
  ShopcaissePageWorkState former = self->former[errand];
  self->former[errand] = status->state;
  if (status->state == former)
    return;
  if (status->state == SHOPCAISSE_PAGE_DONE && former == SHOPCAISSE_PAGE_RUNNING)
    write_file(self, errand, status->answer);
  else
    shopcaisse_part_show_text(self->line, status->text);
}

/**
 * shopcaisse_day_files_update:
 * @files: the part
 * @report: (nullable): the report that is shown
 *
 * Follows what is shown and what was asked for.
 */
void
shopcaisse_day_files_update(GtkWidget *files, GVariant *report)
{
  DayFiles *self = g_object_get_data(G_OBJECT(files), FILES_KEY);
  gboolean is_able = report != NULL && shopcaisse_page_model_is_open(self->context->model);
  if (report != self->report) {
    g_clear_pointer(&self->report, g_variant_unref);
    self->report = report != NULL ? g_variant_ref(report) : NULL;
    shopcaisse_part_show_text(self->line, "");
  }
  gtk_widget_set_sensitive(self->save, is_able);
  gtk_widget_set_sensitive(self->print, is_able);
  follow(self, ERRAND_SAVE);
  follow(self, ERRAND_PRINT);
}
