/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A computer of a simulated shop: what its host and its user do, and what happens to it. */
#include "till.h"

#include "flight.h"
#include "simulator/catalogue.h"
#include "simulator/stores.h"

#define SET_UP_TIME  (10 * SHOPCAISSE_MINUTE)
#define ANSWER_AFTER SHOPCAISSE_HOUR

static void
forget_cb(GVariant *answer, const GError *error, gpointer user_data)
{
  Till *self = user_data;

  (void)answer;
  if (error != NULL)
    world_tell(self->world, "till %u: %s", self->number, error->message);
}

static void
perform(Till *self, ComptoirOperation operation, GVariant *argument)
{
  g_autoptr(GVariant) row = g_variant_ref_sink(argument);

  if (self->engine == NULL || self->left != NULL)
    return;
  till_wake(self);
  shopcaisse_engine_perform(self->engine, operation, row, forget_cb, self);
}

void
till_submit(Till *self, const BooksSale *sale)
{
  perform(self, COMPTOIR_OPERATION_SUBMIT_SALE, sale->row);
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

void
till_cancel(Till *self, const char *sale_id)
{
  perform(self, COMPTOIR_OPERATION_CANCEL_SALE, g_variant_new_parsed("{'id': <%s>}", sale_id));
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

  till_wake(self);
  shopcaisse_engine_list(self->engine, &window, listed_cb, &rows);
  while (rows == NULL) {
    if (!till_move(self))
      world_pass(self->world, SHOPCAISSE_SECOND);
  }
  return rows;
}

static void
link_articles(Till *self)
{
  GPtrArray *articles = self->books->articles;
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
  World *world = self->world;
  const SimStore *store = sim_stores_get_store(world->service->stores, self->books->store_id);
  const SimPos *pos = store->poss->pdata[0];

  till_switch_on(self);
  perform(self, COMPTOIR_OPERATION_SET_TOKEN,
          g_variant_new_parsed("{'token': <%s>}", self->secrets.secret));
  world_pass(world, SET_UP_TIME);
  perform(self, COMPTOIR_OPERATION_CHANGE_SETTINGS,
          g_variant_new_parsed(
              "{'store': <%s>, 'pos': <%s>, 'till-of-record': <'shopcaisse'>,"
              " 'orders-interval': <'90'>, 'sales-interval': <'180'>, 'webhooks': <%s>,"
              " 'catch-up-interval': <'90'>, 'catalogue-interval': <'0'>, 'stock-interval': <'0'>}",
              store->id, pos->id, world->seed % 4 < 2 ? "true" : "false"));
  till_run(self, "{'task': <'discover'>}");
  world_pass(world, SET_UP_TIME);
  till_run(self, "{'task': <'pull-catalogue'>}");
  world_pass(world, SET_UP_TIME);
  link_articles(self);
  till_run(self, "{'task': <'calibrate'>}");
  world_pass(world, SET_UP_TIME);
}

static void
answer_question(Till *self)
{
  FakeQuestion *question = g_ptr_array_steal_index(self->host.questions, 0);
  g_autoptr(GError) error = NULL;
  GVariant *answer = books_answer(self->books, question->question, question->argument, &error);

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

static void
say_yes_cb(gpointer user_data)
{
  Till *self = user_data;

  self->is_asked = FALSE;
  till_run(self, "{'task': <'host-restored'>}");
}

/* The host's user is asked something, or not any more. */
static void
read_notice(Till *self)
{
  World *world = self->world;
  g_autoptr(GVariant) notice = g_ptr_array_steal_index(self->host.notices, 0);
  const char *id = "";
  const char *text = "";

  g_variant_lookup(notice, "id", "&s", &id);
  g_variant_lookup(notice, "text", "&s", &text);
  if (!g_str_equal(id, "host-restored") || *text == '\0' || self->is_asked)
    return;
  world_tell(world, "till %u: asks: %s", self->number, text);
  if (world->counts[COUNT_RESTORED] == 0) {
    world->n_false_alarms++;
    return;
  }
  world->counts[COUNT_QUESTION]++;
  self->is_asked = TRUE;
  world_later(world, world_draw_time(world, SHOPCAISSE_MINUTE, ANSWER_AFTER), say_yes_cb, self,
              NULL);
}

static gboolean
step(Till *self)
{
  if (till_bury(self))
    return TRUE;
  if (self->network.requests->len > 0)
    launch_request(self);
  else if (self->host.questions->len > 0)
    answer_question(self);
  else if (self->host.notices->len > 0)
    read_notice(self);
  else
    return fake_clock_fire(&self->clock);
  return TRUE;
}

gboolean
till_move(Till *self)
{
  gboolean is_moved = FALSE;

  if (self->engine == NULL || (!self->is_awake && till_get_delay(self) != 0))
    return FALSE;
  till_wake(self);
  is_moved = g_main_context_iteration(self->context, FALSE) || step(self);
  self->is_awake = is_moved;
  return is_moved;
}

void
till_wake(Till *self)
{
  self->is_awake = TRUE;
  fake_network_make_current(&self->network);
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
