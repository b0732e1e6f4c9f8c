/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A till that can be killed: the engine and its transport in one process, driven by lines on stdin,
 * telling on stdout what has happened. Told so, it kills itself at a step of a sale. */
#include "books.h"
#include "desk.h"
#include "engine/engine.h"
#include "net/soup/transport.h"

#include <glib-unix.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define SALE_PREFIX      "S-"
#define DRAIN_CHECK_MS   20
#define COMMAND_SIZE_MAX 65536

typedef struct {
  GMainLoop *loop;          /* (owned) */
  Books *books;             /* (owned) */
  Desk *desk;               /* (owned) */
  ShopcaisseEngine *engine; /* (owned) */
  GString *input;           /* (owned): what has come of the next command */
  char *name;               /* (owned) */
  char *kill_step;          /* (owned) (nullable) */
  guint kill_after;         /* times that step was reached; 0: never */
  guint n_to_sell;
  gboolean is_selling;
  gboolean is_counting;
  GSource *draining; /* (nullable) (not owned): of the loop, until it has come to its end */
} Till;

typedef struct {
  const char *name;
  void (*perform)(Till *till, const char *argument);
} Command;

typedef struct {
  const char *name;
  ComptoirOperation operation;
} Operation;

static const Operation operations[] = {
  { "change-settings", COMPTOIR_OPERATION_CHANGE_SETTINGS },
  { "set-token", COMPTOIR_OPERATION_SET_TOKEN },
  { "link", COMPTOIR_OPERATION_LINK },
  { "run", COMPTOIR_OPERATION_RUN },
};

static void sold_cb(GVariant *answer, const GError *error, gpointer user_data);
static gboolean drain_cb(gpointer user_data);
static void listed_cb(GVariant *answer, const GError *error, gpointer user_data);

/* One write for each line: what was said is out, whatever happens to the process then. */
static void G_GNUC_PRINTF(1, 2) say(const char *format, ...)
{
  va_list arguments;

  va_start(arguments, format);
  g_autofree char *text = g_strdup_vprintf(format, arguments);
  va_end(arguments);

  g_autofree char *line = g_strconcat(text, "\n", NULL);

  if (write(STDOUT_FILENO, line, strlen(line)) < 0)
    g_warning("nobody listens any more");
}

static void
reach(Till *till, const char *step)
{
  if (till->kill_after == 0 || g_strcmp0(till->kill_step, step) != 0 || --till->kill_after > 0)
    return;
  say("dying %s", step);
  raise(SIGKILL);
}

/* Of orders only; "stored" says no sale. */
static void
step_cb(const char *step, const char *sale_id, gpointer user_data)
{
  if (!g_str_equal(step, "stored") && !g_str_has_prefix(sale_id, SALE_PREFIX))
    return;
  say("step %s %s", step, sale_id);
  reach(user_data, step);
}

static void
sell_next(Till *till)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) row = NULL;

  till->is_selling = till->n_to_sell > 0;
  if (!till->is_selling)
    return;
  till->n_to_sell--;
  row = books_sell(till->books, till->name, &error);
  if (row == NULL) {
    say("failed %s", error->message);
    return;
  }
  reach(till, "sold");
  shopcaisse_engine_perform(till->engine, COMPTOIR_OPERATION_SUBMIT_SALE, row, sold_cb, till);
  reach(till, "submitted");
}

static void
sold_cb(GVariant *answer, const GError *error, gpointer user_data)
{
  const char *sale_id = "";

  if (error != NULL) {
    say("refused %s", error->message);
  } else {
    g_variant_lookup(answer, "id", "&s", &sale_id);
    say("acknowledged %s", sale_id);
  }
  sell_next(user_data);
}

static void
sell(Till *till, const char *argument)
{
  till->n_to_sell += (guint)g_ascii_strtoull(argument, NULL, 10);
  if (!till->is_selling)
    sell_next(till);
}

static void
counted_cb(GVariant *answer, const GError *error, gpointer user_data)
{
  Till *till = user_data;
  g_autoptr(GVariant) counts = NULL;
  guint n_sales = 0;
  guint n_orders = 0;
  guint n_sent = 0;

  till->is_counting = FALSE;
  if (error != NULL)
    return say("failed %s", error->message);
  counts = g_variant_lookup_value(answer, "counts", G_VARIANT_TYPE("a{su}"));
  g_variant_lookup(answer, "total", "u", &n_orders);
  if (counts != NULL)
    g_variant_lookup(counts, "sent", "u", &n_sent);
  if (till->draining == NULL || till->is_selling || !books_count(till->books, &n_sales, NULL) ||
      n_orders < n_sales || n_sent < n_sales)
    return;
  g_source_destroy(till->draining);
  till->draining = NULL;
  say("drained %u", n_sent);
}

static gboolean
drain_cb(gpointer user_data)
{
  const ShopcaisseWindow window = { "orders", NULL, 0, 1 };
  Till *till = user_data;

  if (till->is_selling || till->is_counting)
    return G_SOURCE_CONTINUE;
  till->is_counting = TRUE;
  shopcaisse_engine_list(till->engine, &window, counted_cb, till);
  return G_SOURCE_CONTINUE;
}

/* Every sale of the books is an order, and every order is sent. */
static void
drain(Till *till, const char *argument)
{
  g_autoptr(GSource) source = g_timeout_source_new(DRAIN_CHECK_MS);

  (void)argument;
  if (till->draining != NULL)
    return;
  g_source_set_callback(source, drain_cb, till, NULL);
  g_source_attach(source, NULL);
  till->draining = source;
}

/* Says, for whoever reads the log of a failure, which orders are not sent and why. */
static void
tell_open(Till *till, const char *argument)
{
  const ShopcaisseWindow window = { "orders", NULL, 0, G_MAXINT32 };

  (void)argument;
  shopcaisse_engine_list(till->engine, &window, listed_cb, till);
}

static void
listed_cb(GVariant *answer, const GError *error, gpointer user_data)
{
  g_autoptr(GVariant) rows = answer != NULL ? g_variant_lookup_value(answer, "rows", NULL) : NULL;

  (void)error;
  (void)user_data;
  for (gsize i = 0; rows != NULL && i < g_variant_n_children(rows); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(rows, i);
    g_autofree char *text = g_variant_print(row, FALSE);
    const char *state = "";

    if (g_variant_lookup(row, "state", "&s", &state) && !g_str_equal(state, "sent"))
      say("open %s", text);
  }
  say("told");
}

static void
performed_cb(GVariant *answer, const GError *error, gpointer user_data)
{
  g_autofree char *text = NULL;

  (void)user_data;
  if (error != NULL) {
    say("failed %s", error->message);
    return;
  }
  text = g_variant_print(answer, FALSE);
  say("answer %s", text);
}

/* "perform OPERATION {argument as GVariant's text}" */
static void
perform(Till *till, const char *argument)
{
  g_auto(GStrv) words = g_strsplit(argument, " ", 2);
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) row =
      words[0] == NULL || words[1] == NULL
          ? NULL
          : g_variant_parse(G_VARIANT_TYPE_VARDICT, words[1], NULL, NULL, &error);

  for (gsize i = 0; row != NULL && i < G_N_ELEMENTS(operations); i++) {
    if (g_str_equal(operations[i].name, words[0])) {
      shopcaisse_engine_perform(till->engine, operations[i].operation, row, performed_cb, till);
      return;
    }
  }
  say("failed %s: %s", argument, error != NULL ? error->message : "no such operation");
}

static const Command commands[] = {
  { "sell ", sell },
  { "drain", drain },
  { "open", tell_open },
  { "perform ", perform },
};

static void
obey(Till *till, const char *line)
{
  for (gsize i = 0; i < G_N_ELEMENTS(commands); i++) {
    if (g_str_has_prefix(line, commands[i].name)) {
      commands[i].perform(till, line + strlen(commands[i].name));
      return;
    }
  }
  say("failed %s: no such command", line);
}

static void
closed_cb(const GError *error, gpointer user_data)
{
  (void)error;
  g_main_loop_quit(((Till *)user_data)->loop);
}

static gboolean
input_cb(gint fd, GIOCondition condition, gpointer user_data)
{
  Till *till = user_data;
  char bytes[4096];
  gssize length = read(fd, bytes, sizeof bytes);
  char *end = NULL;

  (void)condition;
  if (length <= 0 || till->input->len > COMMAND_SIZE_MAX) {
    shopcaisse_engine_close(till->engine, closed_cb, till);
    return G_SOURCE_REMOVE;
  }
  g_string_append_len(till->input, bytes, length);
  while ((end = strchr(till->input->str, '\n')) != NULL) {
    g_autofree char *line = g_strndup(till->input->str, (gsize)(end - till->input->str));

    g_string_erase(till->input, 0, (gssize)strlen(line) + 1);
    obey(till, line);
  }
  return G_SOURCE_CONTINUE;
}

static ShopcaisseTransportOpenFunc
load_transport(const char *choice, GError **error)
{
  (void)choice;
  (void)error;
  return shopcaisse_soup_transport_open;
}

static gboolean
open_till(Till *till, const char *profile, const char *books, GError **error)
{
  g_autofree char *token_file = g_strconcat(profile, ".token", NULL);
  ShopcaisseEngineConfig config = {
    .folder = profile,
    .load_transport = load_transport,
    .step = step_cb,
    .step_data = till,
  };

  till->books = books_open(books, error);
  if (till->books == NULL)
    return FALSE;
  till->desk = desk_new(g_main_context_default(), till->books, token_file);
  desk_equip(till->desk, &config);
  till->engine = shopcaisse_engine_open(&config, error);
  return till->engine != NULL;
}

static void
run_till(Till *till)
{
  g_autoptr(GSource) source = g_unix_fd_source_new(STDIN_FILENO, G_IO_IN | G_IO_HUP);

  g_source_set_callback(source, G_SOURCE_FUNC(input_cb), till, NULL);
  g_source_attach(source, NULL);
  till->loop = g_main_loop_new(NULL, FALSE);
  say("ready");
  g_main_loop_run(till->loop);
  g_main_loop_unref(till->loop);
}

static gboolean
parse_kill(Till *till, const char *text)
{
  g_auto(GStrv) words = text != NULL ? g_strsplit(text, ":", 2) : NULL;

  if (words == NULL)
    return TRUE;
  if (g_strv_length(words) != 2)
    return FALSE;
  till->kill_step = g_strdup(words[0]);
  till->kill_after = (guint)g_ascii_strtoull(words[1], NULL, 10);
  return till->kill_after > 0;
}

int
main(int argc, char **argv)
{
  g_autofree char *profile = NULL;
  g_autofree char *books = NULL;
  g_autofree char *kill_at = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GOptionContext) options = g_option_context_new("- a till that can be killed");
  Till till = { .input = g_string_new(NULL) };
  int status = 0;
  const GOptionEntry entries[] = {
    { "profile", 0, 0, G_OPTION_ARG_FILENAME, &profile, "folder of the channel", "DIR" },
    { "books", 0, 0, G_OPTION_ARG_FILENAME, &books, "sales of the host", "FILE" },
    { "name", 0, 0, G_OPTION_ARG_STRING, &till.name, "of this till", "NAME" },
    { "kill-at", 0, 0, G_OPTION_ARG_STRING, &kill_at,
      "sold, submitted, stored, leased, answered or settled, the N-th time", "STEP:N" },
    { NULL },
  };

  g_option_context_add_main_entries(options, entries, NULL);
  if (!g_option_context_parse(options, &argc, &argv, &error) || profile == NULL || books == NULL ||
      till.name == NULL || !parse_kill(&till, kill_at)) {
    fprintf(stderr, "crash-till: %s\n", error != NULL ? error->message : "see --help");
    status = 2;
  } else if (!open_till(&till, profile, books, &error)) {
    fprintf(stderr, "crash-till: %s\n", error->message);
    status = 1;
  } else {
    run_till(&till);
  }
  shopcaisse_engine_free(till.engine);
  desk_free(till.desk);
  books_close(till.books);
  g_string_free(till.input, TRUE);
  g_free(till.name);
  g_free(till.kill_step);
  return status;
}
