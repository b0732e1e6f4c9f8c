/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The lives of a computer. It dies by leaving its disk as it was at that moment; the engine that
 * had it is then closed on a disk that nobody reads again. */
#include "flight.h"
#include "simulator/token.h"
#include "till.h"

#include <glib/gstdio.h>

#define REFUSAL       100 /* of 1000 writes */
#define RETRY_OPENING SHOPCAISSE_MINUTE

static SimulatedDisk *
make_disk(Till *self)
{
  g_autofree char *name = g_strdup_printf("till-%u-%u", self->number, self->n_lives++);

  return simulated_disk_new(name);
}

/* Each time anew, as chance is: a wait that is always the shortest would be none. */
static guint32
draw_random(ShopcaisseClock *clock, guint32 bound)
{
  const Till *self = (const Till *)((guint8 *)clock - G_STRUCT_OFFSET(Till, clock));

  return bound == 0 ? 0 : g_rand_int(self->world->chance) % bound;
}

Till *
till_new(Books *books, guint number)
{
  World *world = books->world;
  Till *self = g_new0(Till, 1);

  self->world = world;
  self->books = books;
  self->number = number;
  self->host_name = g_strdup_printf("till-%u", number);
  self->context = g_main_context_new();
  self->folder = g_dir_make_tmp("shopcaisse-sim-XXXXXX", NULL);
  self->disk = make_disk(self);
  fake_clock_init(&self->clock, world->now);
  self->clock.clock.get_random = draw_random;
  fake_network_init(&self->network, self->context);
  fake_host_init(&self->host, self->context);
  self->host.host.name = self->host_name;
  self->host.host.instance_id = books->store_id;
  fake_secrets_init(&self->secrets, self->context);
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
  g_free(self->host_name);
  g_main_context_unref(self->context);
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

/* The power goes in the middle of a write. */
static void
watch_cb(gpointer user_data)
{
  Till *self = user_data;

  if (self->left != NULL)
    return;
  world_tell(self->world, "till %u: loses power inside a write", self->number);
  self->left = make_image(self, TILL_DEATH_POWER);
  self->world->counts[COUNT_POWER_CUT]++;
  self->world->counts[COUNT_POWER_CUT_INSIDE]++;
}

static void
turn_on_again_cb(gpointer user_data)
{
  till_switch_on(user_data);
}

static void
fail_to_open(Till *self, const GError *error)
{
  if (!self->is_ill)
    g_error("seed %u: till %u does not open: %s", self->world->seed, self->number, error->message);
  world_tell(self->world, "till %u: does not open: %s", self->number, error->message);
  world_later(self->world, RETRY_OPENING, turn_on_again_cb, self, NULL);
}

void
till_switch_on(Till *self)
{
  const ShopcaisseEngineConfig config = {
    .folder = self->folder,
    .context = self->context,
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
  till_wake(self);
  simulated_disk_make_default(self->disk);
  self->engine = shopcaisse_engine_open(&config, &error);
  if (self->engine == NULL)
    return fail_to_open(self, error);
  if (!self->world->has_steady_power)
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
  till_wake(self);
  simulated_disk_watch(self->disk, 0, NULL, NULL);
  self->steps_to_live = 0;
  shopcaisse_engine_close(self->engine, closed_cb, &is_closed);
  while (!is_closed) {
    refuse_questions(self);
    if (!g_main_context_iteration(self->context, FALSE) && !fake_clock_fire(&self->clock))
      g_error("seed %u: till %u does not close", self->world->seed, self->number);
  }
  g_clear_pointer(&self->engine, shopcaisse_engine_free);
  g_ptr_array_set_size(self->host.progress, 0);
  g_ptr_array_set_size(self->host.notices, 0);
  g_ptr_array_set_size(self->network.sent, 0);
  self->is_asked = FALSE;
  self->posts.n_flying = 0;
}

static void
replace_disk(Till *self, SimulatedDisk *disk)
{
  self->world->counts[COUNT_WRITE_REFUSED] += simulated_disk_count_refused(self->disk);
  simulated_disk_free(self->disk);
  self->disk = disk;
}

static void
die_with(Till *self, SimulatedDisk *left)
{
  close_engine(self);
  replace_disk(self, left);
  self->world->counts[COUNT_KILL]++;
}

gboolean
till_bury(Till *self)
{
  if (self->left == NULL)
    return FALSE;
  die_with(self, g_steal_pointer(&self->left));
  return TRUE;
}

void
till_switch_off(Till *self)
{
  SimulatedDisk *disk = NULL;

  if (till_bury(self) || self->engine == NULL)
    return;
  close_engine(self);
  world_tell(self->world, "till %u: off", self->number);
  /* Without the memory of what happened on it. */
  disk = make_disk(self);
  simulated_disk_copy(self->disk, disk);
  replace_disk(self, disk);
}

void
till_die(Till *self, TillDeath death)
{
  if (till_bury(self) || self->engine == NULL)
    return;
  world_tell(self->world, "till %u: %s", self->number,
             death == TILL_DEATH_POWER ? "loses power" : "is killed");
  die_with(self, make_image(self, death));
  if (death == TILL_DEATH_POWER)
    self->world->counts[COUNT_POWER_CUT]++;
}

void
till_die_in(Till *self, guint n_steps)
{
  self->steps_to_live = n_steps;
}

void
till_lose_power_in(Till *self, guint n_events)
{
  if (self->engine != NULL)
    simulated_disk_watch(self->disk, n_events, watch_cb, self);
}

void
till_set_disk(Till *self, TillDisk disk)
{
  self->is_ill = disk != TILL_DISK_WELL;
  simulated_disk_set_capacity(self->disk,
                              disk == TILL_DISK_FULL ? simulated_disk_get_size(self->disk) : -1);
  simulated_disk_refuse(self->disk, disk == TILL_DISK_REFUSES ? REFUSAL : 0,
                        g_rand_int(self->world->chance));
}
