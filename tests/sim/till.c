/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A computer of the simulated shop. It dies by leaving its disk as it was at that moment; the
 * engine that had it is then closed on a disk that nobody reads again. */
#include "till.h"

#include "flight.h"
#include "simulator/catalogue.h"
#include "simulator/stores.h"
#include "simulator/token.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#define SET_UP_TIME (10 * SHOPCAISSE_MINUTE)

static SimulatedDisk *
make_disk(Till *self)
{
  g_autofree char *name = g_strdup_printf("till-%u-%u", self->number, self->n_lives++);

  return simulated_disk_new(name);
}

Till *
till_new(World *world, guint number)
{
  Till *self = g_new0(Till, 1);
  static const char *const names[] = { "till-1", "till-2" };

  self->world = world;
  self->number = number;
  self->folder = g_dir_make_tmp("shopcaisse-sim-XXXXXX", NULL);
  self->disk = make_disk(self);
  fake_clock_init(&self->clock, WORLD_START);
  fake_network_init(&self->network, world->context);
  fake_host_init(&self->host, world->context);
  self->host.host.name = names[number % G_N_ELEMENTS(names)];
  fake_secrets_init(&self->secrets, world->context);
  self->secrets.secret = g_strdup(world->service->token->text);
  self->flights = g_ptr_array_new_with_free_func((GDestroyNotify)g_rc_box_release);
  g_ptr_array_add(world->tills, self);
  return self;
}

static void
delete_folder(const char *path)
{
  g_autoptr(GDir) directory = g_dir_open(path, 0, NULL);
  const char *name = NULL;

  while (directory != NULL && (name = g_dir_read_name(directory)) != NULL) {
    g_autofree char *inner = g_build_filename(path, name, NULL);

    if (g_file_test(inner, G_FILE_TEST_IS_DIR))
      delete_folder(inner);
    else
      g_unlink(inner);
  }
  g_rmdir(path);
}

void
till_free(Till *self)
{
  if (self->engine != NULL)
    till_switch_off(self);
  fake_clock_clear(&self->clock);
  fake_network_clear(&self->network);
  fake_host_clear(&self->host);
  fake_secrets_clear(&self->secrets);
  g_ptr_array_unref(self->flights);
  simulated_disk_free(self->disk);
  delete_folder(self->folder);
  g_free(self->folder);
  g_free(self);
}

gboolean
till_is_on(const Till *self)
{
  return self->engine != NULL;
}

/* What is left when it stops right now. */
static SimulatedDisk *
make_image(Till *self, TillDeath death)
{
  static const SimulatedDiskCut cuts[] = { SIMULATED_DISK_LOST, SIMULATED_DISK_HALF_LOST,
                                           SIMULATED_DISK_TORN };
  SimulatedDisk *image = make_disk(self);

  if (death == TILL_DEATH_KILL)
    simulated_disk_copy(self->disk, image);
  else
    simulated_disk_cut_power(self->disk, simulated_disk_get_n_events(self->disk),
                             cuts[world_draw(self->world, G_N_ELEMENTS(cuts))],
                             g_rand_int(self->world->chance), image);
  return image;
}

/* The engine calls it in the middle of its work, which goes on where nobody sees it. */
static void
step_cb(const char *step, const char *sale_id, gpointer user_data)
{
  Till *self = user_data;

  (void)sale_id;
  if (self->steps_to_live == 0 || self->left != NULL || --self->steps_to_live > 0)
    return;
  world_tell(self->world, "till %u: dies when \"%s\"", self->number, step);
  self->left = make_image(self, TILL_DEATH_KILL);
}

void
till_switch_on(Till *self)
{
  const ShopcaisseEngineConfig config = {
    .folder = self->folder,
    .context = self->world->context,
    .clock = &self->clock.clock,
    .host = &self->host.host,
    .secrets = &self->secrets.store,
    .load_transport = fake_network_load,
    .step = step_cb,
    .step_data = self,
  };
  g_autoptr(GError) error = NULL;

  if (self->engine != NULL)
    return;
  self->host.is_closing = FALSE;
  fake_network_make_current(&self->network);
  simulated_disk_make_default(self->disk);
  self->clock.chance = world_draw(self->world, 1000);
  self->engine = shopcaisse_engine_open(&config, &error);
  if (self->engine == NULL)
    g_error("seed %u: till %u does not open: %s", self->world->seed, self->number, error->message);
  simulated_disk_record(self->disk);
  world_tell(self->world, "till %u: on", self->number);
}

static void
closed_cb(const GError *error, gpointer user_data)
{
  (void)error;
  *(gboolean *)user_data = TRUE;
}

static void
refuse_questions(Till *self)
{
  g_autoptr(GError) closing =
      g_error_new_literal(G_IO_ERROR, G_IO_ERROR_CANCELLED, "the host closes");

  while (self->host.questions->len > 0)
    fake_host_fail(&self->host, g_ptr_array_steal_index(self->host.questions, 0), closing);
}

/* Whoever waits for an answer hears that there is none; requests on their way may arrive. */
static void
close_engine(Till *self)
{
  gboolean is_closed = FALSE;

  for (guint i = 0; i < self->flights->len; i++)
    flight_orphan(self->flights->pdata[i]);
  g_ptr_array_set_size(self->flights, 0);
  self->host.is_closing = TRUE;
  shopcaisse_engine_close(self->engine, closed_cb, &is_closed);
  while (!is_closed) {
    refuse_questions(self);
    if (!g_main_context_iteration(self->world->context, FALSE) && !fake_clock_fire(&self->clock))
      g_error("seed %u: till %u does not close", self->world->seed, self->number);
  }
  g_clear_pointer(&self->engine, shopcaisse_engine_free);
  self->steps_to_live = 0;
  g_ptr_array_set_size(self->host.progress, 0);
  g_ptr_array_set_size(self->host.notices, 0);
}

void
till_switch_off(Till *self)
{
  SimulatedDisk *disk = NULL;

  if (self->engine == NULL)
    return;
  close_engine(self);
  world_tell(self->world, "till %u: off", self->number);
  /* Without the memory of what happened on it. */
  disk = make_disk(self);
  simulated_disk_copy(self->disk, disk);
  simulated_disk_free(self->disk);
  self->disk = disk;
}

static void
die_with(Till *self, SimulatedDisk *left)
{
  close_engine(self);
  simulated_disk_free(self->disk);
  self->disk = left;
  self->world->n_kills++;
}

void
till_die(Till *self, TillDeath death)
{
  if (self->engine == NULL)
    return;
  world_tell(self->world, "till %u: %s", self->number,
             death == TILL_DEATH_POWER ? "loses power" : "is killed");
  die_with(self, make_image(self, death));
  if (death == TILL_DEATH_POWER)
    self->world->n_power_cuts++;
}

void
till_die_in(Till *self, guint n_steps)
{
  self->steps_to_live = n_steps;
}

static void
forget_cb(GVariant *answer, const GError *error, gpointer user_data)
{
  Till *self = user_data;

  (void)answer;
  if (error != NULL)
    world_tell(self->world, "till %u: %s", self->number, error->message);
}

void
till_submit(Till *self, const BooksSale *sale)
{
  if (self->engine != NULL && self->left == NULL)
    shopcaisse_engine_perform(self->engine, COMPTOIR_OPERATION_SUBMIT_SALE, sale->row, forget_cb,
                              self);
}

static void
perform(Till *self, ComptoirOperation operation, GVariant *argument)
{
  g_autoptr(GVariant) row = g_variant_ref_sink(argument);

  if (self->engine != NULL && self->left == NULL)
    shopcaisse_engine_perform(self->engine, operation, row, forget_cb, self);
}

void
till_run(Till *self, const char *argument)
{
  perform(self, COMPTOIR_OPERATION_RUN, g_variant_new_parsed(argument));
}

void
till_send(Till *self, const char *sale_id)
{
  perform(self, COMPTOIR_OPERATION_RUN,
          g_variant_new_parsed("{'task': <'send-orders'>, 'sale': <%s>}", sale_id));
}

static void
listed_cb(GVariant *answer, const GError *error, gpointer user_data)
{
  if (error != NULL)
    g_error("a list: %s", error->message);
  *(GVariant **)user_data = g_variant_lookup_value(answer, "rows", G_VARIANT_TYPE("aa{sv}"));
}

GVariant *
till_list(Till *self, const char *kind)
{
  const ShopcaisseWindow window = { kind, NULL, 0, 10000 };
  GVariant *rows = NULL;

  shopcaisse_engine_list(self->engine, &window, listed_cb, &rows);
  while (rows == NULL) {
    if (!g_main_context_iteration(self->world->context, FALSE) && !till_step(self))
      world_pass(self->world, SHOPCAISSE_SECOND);
  }
  return rows;
}

static void
link_articles(Till *self)
{
  GPtrArray *articles = self->world->books->articles;
  GVariantBuilder rows;

  g_variant_builder_init(&rows, G_VARIANT_TYPE("aa{sv}"));
  for (guint i = 0; i < articles->len; i++) {
    g_autofree char *id = g_strdup_printf("a-%u", i);

    g_variant_builder_add_value(&rows, g_variant_new_parsed("{'id': <%s>, 'external_id': <%s>}", id,
                                                            (const char *)articles->pdata[i]));
  }
  perform(self, COMPTOIR_OPERATION_LINK,
          g_variant_new_parsed("{'rows': <%*>}", g_variant_builder_end(&rows)));
}

void
till_set_up(Till *self)
{
  const SimStore *store = self->world->service->stores->stores->pdata[0];
  const SimPos *pos = store->poss->pdata[0];

  till_switch_on(self);
  perform(self, COMPTOIR_OPERATION_SET_TOKEN,
          g_variant_new_parsed("{'token': <%s>}", self->secrets.secret));
  world_pass(self->world, SET_UP_TIME);
  perform(self, COMPTOIR_OPERATION_CHANGE_SETTINGS,
          g_variant_new_parsed(
              "{'store': <%s>, 'pos': <%s>, 'till-of-record': <'shopcaisse'>,"
              " 'orders-interval': <'20'>, 'sales-interval': <'60'>,"
              " 'catch-up-interval': <'45'>, 'catalogue-interval': <'0'>, 'stock-interval': <'0'>}",
              store->id, pos->id));
  till_run(self, "{'task': <'discover'>}");
  world_pass(self->world, SET_UP_TIME);
  till_run(self, "{'task': <'pull-catalogue'>}");
  world_pass(self->world, SET_UP_TIME);
  link_articles(self);
  till_run(self, "{'task': <'calibrate'>}");
  world_pass(self->world, SET_UP_TIME);
}

static void
answer_question(Till *self)
{
  FakeQuestion *question = g_ptr_array_steal_index(self->host.questions, 0);
  g_autoptr(GError) error = NULL;
  GVariant *answer =
      books_answer(self->world->books, question->question, question->argument, &error);

  if (answer != NULL)
    fake_host_answer(&self->host, question, answer, 0);
  else
    fake_host_fail(&self->host, question, error);
}

static void
launch_request(Till *self)
{
  FakeExchange *exchange = g_ptr_array_steal_index(self->network.requests, 0);

  g_ptr_array_add(self->network.taken, exchange);
  flight_launch(self, exchange);
}

gboolean
till_step(Till *self)
{
  if (self->engine == NULL)
    return FALSE;
  if (self->left != NULL)
    die_with(self, g_steal_pointer(&self->left));
  else if (self->network.requests->len > 0)
    launch_request(self);
  else if (self->host.questions->len > 0)
    answer_question(self);
  else
    return fake_clock_fire(&self->clock);
  return TRUE;
}

gint64
till_get_delay(Till *self)
{
  gint64 next = self->engine != NULL ? fake_clock_next(&self->clock) : -1;

  return next >= 0 ? MAX(next - self->clock.monotonic, 0) : -1;
}

void
till_age(Till *self, gint64 duration_us)
{
  self->clock.now += duration_us;
  self->clock.monotonic += duration_us;
}
