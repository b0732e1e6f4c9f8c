/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A host for the tests of the bridge. */
#include "fake-host.h"

static void host_iface_init(ComptoirHostInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE(FakeHost,
                              fake_host,
                              G_TYPE_OBJECT,
                              G_IMPLEMENT_INTERFACE(COMPTOIR_TYPE_HOST, host_iface_init))

static void
note_call(FakeHost *self, GVariant *argument)
{
  self->n_calls++;
  if (g_thread_self() != self->thread)
    self->n_foreign_calls++;
  g_free(self->last_type);
  self->last_type = g_strdup(g_variant_get_type_string(argument));
}

static gpointer
answer_from_thread(gpointer data)
{
  g_autoptr(ComptoirRequest) request = data;
  comptoir_request_answer(request, g_variant_new("a{sv}", NULL));
  return NULL;
}

static void
answer(ComptoirHost *host, GVariant *argument, ComptoirRequest *request)
{
  FakeHost *self = FAKE_HOST(host);
  note_call(self, argument);
  if (self->work_us > 0)
    g_usleep(self->work_us);
  switch (self->mood) {
  case FAKE_HOST_ANSWERS:
    comptoir_request_answer(request, g_variant_new("a{sv}", NULL));
    break;
  case FAKE_HOST_ANSWERS_FROM_A_THREAD:
    g_thread_join(g_thread_new("host", answer_from_thread, g_object_ref(request)));
    break;
  case FAKE_HOST_HOLDS:
    g_set_object(&self->held, request);
    break;
  default:
    break; /* dropped */
  }
}

static void
sale_progressed(ComptoirHost *host, GVariant *progress)
{
  note_call(FAKE_HOST(host), progress);
}

static guint
get_api_version(ComptoirHost *host)
{
  return FAKE_HOST(host)->version;
}

static char *
dup_name(ComptoirHost *host)
{
  FAKE_HOST(host)->n_names++;
  return g_strdup("fake");
}

static char *
dup_instance_id(ComptoirHost *host)
{
  return g_strdup(FAKE_HOST(host)->instance_id);
}

static char *
dup_state_dir(ComptoirHost *host)
{
  return g_strdup(FAKE_HOST(host)->folder);
}

static void
host_iface_init(ComptoirHostInterface *iface)
{
  iface->get_api_version = get_api_version;
  iface->dup_name = dup_name;
  iface->dup_instance_id = dup_instance_id;
  iface->dup_state_dir = dup_state_dir;
  iface->list_articles = answer;
  iface->apply_articles = answer;
  iface->sale_progressed = sale_progressed;
}

static void
fake_host_finalize(GObject *object)
{
  FakeHost *self = FAKE_HOST(object);
  g_clear_object(&self->held);
  g_free(self->folder);
  g_free(self->last_type);
  G_OBJECT_CLASS(fake_host_parent_class)->finalize(object);
}

static void
fake_host_init(FakeHost *self)
{
  self->version = COMPTOIR_API_VERSION;
  self->thread = g_thread_self();
}

static void
fake_host_class_init(FakeHostClass *class)
{
  G_OBJECT_CLASS(class)->finalize = fake_host_finalize;
}

FakeHost *
fake_host_new(const char *instance_id, const char *folder)
{
  FakeHost *self = g_object_new(FAKE_TYPE_HOST, NULL);
  self->instance_id = instance_id;
  self->folder = g_strdup(folder);
  return self;
}
