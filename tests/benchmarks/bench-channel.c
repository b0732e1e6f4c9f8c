/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One measurement with the real channel in a host's main loop: a scenario, then "key value" lines.
 * bench.py starts the service, pairs the runs and makes figures of them. */
#include "stage.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define SALE_ARTICLES 12

typedef struct {
  char *folder; /* (owned) */
  char *api;    /* (owned) (nullable) */
  char *token;  /* (owned) (nullable): name of the file that holds it */
  char *store;  /* (owned) (nullable) */
  char *pos;    /* (owned) (nullable) */
  gboolean imports;
  gboolean polls;
  int count;
  double seconds;
} Options;

typedef void (*Scenario)(Stage *stage, const Options *options);

static double
get_seconds(void)
{
  return (double)g_get_monotonic_time() / G_USEC_PER_SEC;
}

static void
import(Stage *stage)
{
  const char *id = NULL;
  g_autoptr(GVariant) plan = stage_perform(stage, COMPTOIR_OPERATION_PLAN, "@a{sv} {}");
  g_autoptr(GVariant) applied = NULL;

  if (!g_variant_lookup(plan, "plan", "&s", &id))
    stage_fail("a plan without its id", NULL);
  applied = stage_perform(stage, COMPTOIR_OPERATION_APPLY_PLAN, "{'plan': <%s>}", id);
}

static void
run_task(Stage *stage, const char *task)
{
  g_autoptr(GVariant) answer = stage_perform(stage, COMPTOIR_OPERATION_RUN, "{'task': <%s>}", task);

  (void)answer;
}

/* As a merchant leaves it, but that flows run when they are asked for. */
static void
set_up(Stage *stage, const Options *options)
{
  g_autofree char *token = NULL;
  g_autoptr(GVariant) url = NULL;
  g_autoptr(GVariant) connected = NULL;
  g_autoptr(GVariant) chosen = NULL;

  if (!g_file_get_contents(options->token, &token, NULL, NULL))
    stage_fail("the token cannot be read", NULL);
  stage_open(stage);
  url = stage_perform(stage, COMPTOIR_OPERATION_CHANGE_SETTINGS, "{'api-url': <%s>}", options->api);
  connected =
      stage_perform(stage, COMPTOIR_OPERATION_SET_TOKEN, "{'token': <%s>}", g_strstrip(token));
  run_task(stage, "discover");
  chosen = stage_perform(
      stage, COMPTOIR_OPERATION_CHANGE_SETTINGS,
      "{'store': <%s>, 'pos': <%s>, 'till-of-record': <'shopcaisse'>, 'orders-interval': <'0'>,"
      " 'sales-interval': <'0'>, 'catalogue-interval': <'0'>, 'stock-interval': <'0'>,"
      " 'catch-up-interval': <'0'>}",
      options->store, options->pos);
  run_task(stage, "discover");
  if (options->imports) {
    run_task(stage, "calibrate");
    import(stage);
  }
  stage_close(stage);
}

static void
pull(Stage *stage, const Options *options)
{
  double began_at = 0;

  (void)options;
  stage_open(stage);
  began_at = get_seconds();
  run_task(stage, "pull-catalogue");
  stage_say("seconds", get_seconds() - began_at);
  stage_close(stage);
}

static void
import_twice(Stage *stage, const Options *options)
{
  double began_at = 0;
  guint n_writes = 0;

  (void)options;
  stage_open(stage);
  began_at = get_seconds();
  import(stage);
  stage_say("seconds", get_seconds() - began_at);
  n_writes = memory_host_count_writes(stage->host);
  stage_say("writes", n_writes);
  began_at = get_seconds();
  import(stage);
  stage_say("again_seconds", get_seconds() - began_at);
  stage_say("again_writes", memory_host_count_writes(stage->host) - n_writes);
  stage_close(stage);
}

static GVariant *
make_sale(guint number)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_utc();
  g_autofree char *id = g_strdup_printf("bench-%06u", number);
  g_autofree char *sold_at = g_date_time_format_iso8601(now);
  g_autofree char *total = g_strdup_printf("%u.%02u", (300 + number % 700) / 100, number % 100);
  g_autofree char *article = g_strdup_printf("A%06u", 1 + number % SALE_ARTICLES);
  GVariant *line = comptoir_sale_line_new(article, "Article", "1", total, "20");
  GVariant *payment = comptoir_payment_new("card", total);

  return comptoir_sale_new(id, sold_at, total, comptoir_rows_new(&line, 1),
                           comptoir_rows_new(&payment, 1));
}

/* From the call to the host's callback, on the host's thread. */
static gint64
submit(Stage *stage, guint number)
{
  GVariant *answer = NULL;
  gint64 began_at = g_get_monotonic_time();

  stage_start(stage, COMPTOIR_OPERATION_SUBMIT_SALE, make_sale(number), &answer);
  stage_wait(stage, &answer);
  g_variant_unref(answer);
  return g_get_monotonic_time() - began_at;
}

static void
say_latencies(GArray *latencies)
{
  stage_say("p50_ms", stage_get_quantile(latencies, 0.5) / 1000);
  stage_say("p99_ms", stage_get_quantile(latencies, 0.99) / 1000);
  stage_say("worst_ms", stage_get_quantile(latencies, 1) / 1000);
}

/* One sale after the other, each when the one before is on disk. */
static void
submit_sales(Stage *stage, const Options *options)
{
  g_autoptr(GArray) latencies = g_array_new(FALSE, FALSE, sizeof(gint64));

  stage_open(stage);
  for (guint i = 0; i < (guint)options->count; i++) {
    gint64 took = submit(stage, i);

    g_array_append_val(latencies, took);
  }
  say_latencies(latencies);
  stage_close(stage);
}

/* A sale every 50 ms while everything is imported. */
static void
submit_during_import(Stage *stage, const Options *options)
{
  g_autoptr(GArray) latencies = g_array_new(FALSE, FALSE, sizeof(gint64));
  GVariant *plan = NULL;
  GVariant *applied = NULL;
  const char *id = NULL;

  (void)options;
  stage_open(stage);
  stage_start(stage, COMPTOIR_OPERATION_PLAN, g_variant_new("a{sv}", NULL), &plan);
  for (guint i = 0; applied == NULL; i++) {
    gint64 took = submit(stage, i);

    g_array_append_val(latencies, took);
    stage_run_for(stage, 0.05);
    if (plan != NULL && id == NULL && g_variant_lookup(plan, "plan", "&s", &id))
      stage_start(stage, COMPTOIR_OPERATION_APPLY_PLAN, g_variant_new_parsed("{'plan': <%s>}", id),
                  &applied);
  }
  stage_say("sales", latencies->len);
  say_latencies(latencies);
  g_variant_unref(plan);
  g_variant_unref(applied);
  stage_close(stage);
}

/* Waits for a line of whoever started this. */
static void
wait_for_word(const char *said)
{
  char line[16];

  printf("%s\n", said);
  fflush(stdout);
  if (fgets(line, sizeof line, stdin) == NULL)
    stage_fail("standard input has ended", NULL);
}

/* The service holds the first order until all sales are on disk. */
static void
push(Stage *stage, const Options *options)
{
  guint n_sales = (guint)options->count;
  double began_at = 0;

  stage_open(stage);
  for (guint i = 0; i < n_sales; i++)
    (void)submit(stage, i);
  wait_for_word("ready");
  began_at = get_seconds();
  while (memory_host_count_sent(stage->host) < n_sales)
    stage_iterate(stage);
  stage_say("seconds", get_seconds() - began_at);
  stage_close(stage);
}

/* A day of so many sales: read, given to the host, compared; from the wish to the report. */
static void
close_day(Stage *stage, const Options *options)
{
  g_autoptr(GVariant) report = NULL;
  double began_at = 0;
  clock_t cpu = 0;
  guint n_sales = 0;
  guint n_finalised = 0;

  (void)options;
  stage_open(stage);
  began_at = get_seconds();
  cpu = clock();
  report = stage_perform(stage, COMPTOIR_OPERATION_CLOSE_DAY, "{'day': <''>}");
  stage_say("seconds", get_seconds() - began_at);
  stage_say("cpu_s", (double)(clock() - cpu) / CLOCKS_PER_SEC);
  g_variant_lookup(report, "sales", "u", &n_sales);
  g_variant_lookup(report, "finalised", "u", &n_finalised);
  stage_say("sales", n_sales);
  stage_say("finalised", n_finalised);
  stage_say("dispatch_ms", (double)stage->dispatch_ns / 1000000);
  stage_close(stage);
}

static void
say_ticks(Stage *stage)
{
  stage_say("p999_ms", stage_get_quantile(stage->gaps, 0.999) / 1000);
  stage_say("worst_ms", stage_get_quantile(stage->gaps, 1) / 1000);
  stage_say("ticks", stage->gaps->len);
}

static void
tick_during_import(Stage *stage, const Options *options)
{
  double began_at = 0;

  (void)options;
  stage_open(stage);
  stage_tick(stage);
  began_at = get_seconds();
  import(stage);
  stage_say("seconds", get_seconds() - began_at);
  say_ticks(stage);
  stage_say("dispatch_ms", (double)stage->dispatch_ns / 1000000);
  stage_close(stage);
}

/* The same ticker in the same program, and nobody else. */
static void
tick_alone(Stage *stage, const Options *options)
{
  stage_tick(stage);
  stage_run_for(stage, options->seconds);
  say_ticks(stage);
}

static double
read_anonymous_mib(void)
{
  g_autofree char *text = NULL;
  const char *line = NULL;

  if (!g_file_get_contents("/proc/self/status", &text, NULL, NULL))
    stage_fail("/proc/self/status", NULL);
  line = strstr(text, "RssAnon:");
  if (line == NULL)
    stage_fail("RssAnon is not told", NULL);
  return (double)g_ascii_strtoull(line + strlen("RssAnon:"), NULL, 10) / 1024;
}

static gboolean
look_at_memory_cb(gpointer user_data)
{
  double *peak = user_data;

  *peak = MAX(*peak, read_anonymous_mib());
  return G_SOURCE_CONTINUE;
}

static void
grow(Stage *stage, const Options *options)
{
  double peak = 0;
  double before = 0;
  g_autoptr(GSource) source = g_timeout_source_new(2);

  (void)options;
  stage_open(stage);
  before = read_anonymous_mib();
  g_source_set_callback(source, look_at_memory_cb, &peak, NULL);
  g_source_attach(source, stage->context);
  import(stage);
  stage_say("grown_mib", peak - before);
  stage_say("writes", memory_host_count_writes(stage->host));
  g_source_destroy(source);
  stage_close(stage);
}

/* What a host waits for when it starts: the module, then the channel. */
static void
load(Stage *stage, const Options *options)
{
  g_autoptr(GError) error = NULL;
  double began_at = get_seconds();

  (void)options;
  stage->channel = comptoir_channel_new("shopcaisse", &error);
  if (stage->channel == NULL)
    stage_fail("channel", error);
  stage_say("entry_ms", (get_seconds() - began_at) * 1000);
  began_at = get_seconds();
  stage_open(stage);
  stage_say("open_ms", (get_seconds() - began_at) * 1000);
  stage_close(stage);
}

/* How often any thread of this process was woken so far. */
static double
count_wakeups(void)
{
  g_autoptr(GDir) tasks = g_dir_open("/proc/self/task", 0, NULL);
  const char *name = NULL;
  double n_wakeups = 0;

  while ((name = g_dir_read_name(tasks)) != NULL) {
    g_autofree char *path = g_build_filename("/proc/self/task", name, "status", NULL);
    g_autofree char *text = NULL;
    const char *line = NULL;

    if (!g_file_get_contents(path, &text, NULL, NULL))
      continue;
    line = strstr(text, "\nvoluntary_ctxt_switches:");
    if (line != NULL)
      n_wakeups += (double)g_ascii_strtoull(strchr(line, ':') + 1, NULL, 10);
  }
  return n_wakeups;
}

static gboolean
wake_cb(gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
sleep_for(Stage *stage, double seconds)
{
  g_autoptr(GSource) source = g_timeout_source_new((guint)(seconds * 1000));
  gboolean is_over = FALSE;

  g_source_set_callback(source, wake_cb, &is_over, NULL);
  g_source_attach(source, stage->context);
  while (!is_over)
    stage_iterate(stage);
}

static void
poll_as_by_default(Stage *stage)
{
  g_autoptr(GVariant) changed = stage_perform(
      stage, COMPTOIR_OPERATION_CHANGE_SETTINGS,
      "{'orders-interval': <'2'>, 'sales-interval': <'15'>, 'catalogue-interval': <'360'>,"
      " 'stock-interval': <'60'>, 'catch-up-interval': <'13'>}");

  (void)changed;
}

static void
idle(Stage *stage, const Options *options)
{
  double before = 0;

  stage_open(stage);
  if (options->polls)
    poll_as_by_default(stage);
  sleep_for(stage, 5);
  before = count_wakeups();
  sleep_for(stage, options->seconds);
  /* The last of them is our own. */
  stage_say("per_min", (count_wakeups() - before - 1) * 60 / options->seconds);
  stage_close(stage);
}

static const struct {
  const char *name;
  Scenario run;
  MemoryHostMood mood;
} scenarios[] = {
  { "set-up", set_up, MEMORY_HOST_KEEPS },
  { "pull", pull, MEMORY_HOST_KEEPS },
  { "import", import_twice, MEMORY_HOST_KEEPS },
  { "submit", submit_sales, MEMORY_HOST_KEEPS },
  { "submit-during-import", submit_during_import, MEMORY_HOST_KEEPS },
  { "push", push, MEMORY_HOST_KEEPS },
  { "close-day", close_day, MEMORY_HOST_KEEPS },
  { "tick-during-import", tick_during_import, MEMORY_HOST_KEEPS },
  { "tick-alone", tick_alone, MEMORY_HOST_KEEPS },
  { "grow", grow, MEMORY_HOST_FORGETS },
  { "load", load, MEMORY_HOST_KEEPS },
  { "idle", idle, MEMORY_HOST_KEEPS },
};

static gboolean
run_scenario(const char *name, const Options *options)
{
  for (gsize i = 0; i < G_N_ELEMENTS(scenarios); i++) {
    Stage stage;

    if (!g_str_equal(scenarios[i].name, name))
      continue;
    stage_init(&stage, options->folder, scenarios[i].mood);
    scenarios[i].run(&stage, options);
    stage_clear(&stage);
    return TRUE;
  }
  return FALSE;
}

int
main(int argc, char **argv)
{
  Options options = { .count = 1000, .seconds = 10 };
  g_autoptr(GError) error = NULL;
  g_autoptr(GOptionContext) context = g_option_context_new("SCENARIO");
  const GOptionEntry entries[] = {
    { "folder", 0, 0, G_OPTION_ARG_FILENAME, &options.folder, "of the channel", "DIR" },
    { "api", 0, 0, G_OPTION_ARG_STRING, &options.api, "address of the service", "URL" },
    { "token-file", 0, 0, G_OPTION_ARG_FILENAME, &options.token, "where the token is", "FILE" },
    { "store", 0, 0, G_OPTION_ARG_STRING, &options.store, "store", "ID" },
    { "pos", 0, 0, G_OPTION_ARG_STRING, &options.pos, "register", "ID" },
    { "import", 0, 0, G_OPTION_ARG_NONE, &options.imports, "set-up: calibrate and import", NULL },
    { "polls", 0, 0, G_OPTION_ARG_NONE, &options.polls, "idle: flows run as by default", NULL },
    { "count", 0, 0, G_OPTION_ARG_INT, &options.count, "sales", "N" },
    { "seconds", 0, 0, G_OPTION_ARG_DOUBLE, &options.seconds, "how long", "S" },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries(context, entries, NULL);
  if (!g_option_context_parse(context, &argc, &argv, &error) || argc != 2 ||
      options.folder == NULL || !run_scenario(argv[1], &options)) {
    fprintf(stderr, "bench-channel: %s\n", error != NULL ? error->message : "see --help");
    return 2;
  }
  g_free(options.folder);
  g_free(options.api);
  g_free(options.token);
  g_free(options.store);
  g_free(options.pos);
  return 0;
}
