/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A host that costs next to nothing, so that what is measured beside it is the channel: no table of
 * its own is ever so large that making room in it could be noticed. */
#include "memory-host.h"

#include <comptoir/comptoir-rows.h>

#define N_SHELVES 256

struct _MemoryHost {
  GObject parent_instance;

  char *folder; /* (owned) */
  MemoryHostMood mood;
  GPtrArray *ids;              /* (owned): of articles, in the order they were made */
  GPtrArray *rows;             /* (owned): their a{sv}, in the same order */
  GHashTable *made[N_SHELVES]; /* (owned) each: key of a change -> id (not owned) */
  GHashTable *sent;            /* (owned): ids of sales */
  guint n_writes;
};

static void host_iface_init(ComptoirHostInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE(MemoryHost,
                              memory_host,
                              G_TYPE_OBJECT,
                              G_IMPLEMENT_INTERFACE(COMPTOIR_TYPE_HOST, host_iface_init))

static guint
get_api_version(ComptoirHost *host)
{
  (void)host;
  return COMPTOIR_API_VERSION;
}

static char *
dup_name(ComptoirHost *host)
{
  (void)host;
  return g_strdup("memory host");
}

static char *
dup_instance_id(ComptoirHost *host)
{
  (void)host;
  return g_strdup("memory-host-database");
}

static char *
dup_state_dir(ComptoirHost *host)
{
  return g_strdup(MEMORY_HOST(host)->folder);
}

static GVariant *
build_row(MemoryHost *self, guint number)
{
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(self->rows->pdata[number]);

  g_variant_dict_insert(&row, COMPTOIR_KEY_ID, "s", self->ids->pdata[number]);
  return g_variant_dict_end(&row);
}

static void
list_articles(ComptoirHost *host, GVariant *query, ComptoirRequest *request)
{
  MemoryHost *self = MEMORY_HOST(host);
  g_autofree char *next = NULL;
  GVariantBuilder rows;
  const char *cursor = "0";
  guint limit = 100;
  guint first = 0;
  guint end = 0;

  g_variant_lookup(query, COMPTOIR_KEY_CURSOR, "&s", &cursor);
  g_variant_lookup(query, COMPTOIR_KEY_LIMIT, "u", &limit);
  first = (guint)g_ascii_strtoull(cursor, NULL, 10);
  end = MIN(first + limit, self->ids->len);
  g_variant_builder_init(&rows, G_VARIANT_TYPE("aa{sv}"));
  for (guint i = first; i < end; i++)
    g_variant_builder_add_value(&rows, build_row(self, i));
  if (end < self->ids->len)
    next = g_strdup_printf("%u", end);
  comptoir_request_answer(request, comptoir_page_new(g_variant_builder_end(&rows), next));
}

static void
list_sales(ComptoirHost *host, GVariant *query, ComptoirRequest *request)
{
  (void)host;
  (void)query;
  comptoir_request_answer(request, comptoir_page_new(comptoir_rows_new(NULL, 0), NULL));
}

static GVariant *
merge(GVariant *former, GVariant *fields)
{
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(former);
  GVariantIter iter;
  const char *key = NULL;
  GVariant *value = NULL;

  g_variant_iter_init(&iter, fields);
  while (g_variant_iter_loop(&iter, "{&sv}", &key, &value))
    g_variant_dict_insert_value(&row, key, value);
  return g_variant_dict_end(&row);
}

/* The id is "A" and the article's number, from 1. */
static void
keep(MemoryHost *self, const char *id, GVariant *fields)
{
  gpointer *row = &self->rows->pdata[g_ascii_strtoull(id + 1, NULL, 10) - 1];
  g_autoptr(GVariant) former = *row;

  *row = former != NULL ? g_variant_ref_sink(merge(former, fields)) : g_variant_ref(fields);
}

/* (transfer none): the id of a new article, or of the one that this change has made before. */
static const char *
make_article(MemoryHost *self, const char *key)
{
  GHashTable *shelf = self->made[g_str_hash(key) % N_SHELVES];
  const char *known = g_hash_table_lookup(shelf, key);
  char *id = NULL;

  if (known != NULL)
    return known;
  id = g_strdup_printf("A%06u", self->ids->len + 1);
  g_ptr_array_add(self->ids, id);
  g_ptr_array_add(self->rows, NULL);
  g_hash_table_insert(shelf, g_strdup(key), id);
  return id;
}

static GVariant *
apply_change(MemoryHost *self, GVariant *change)
{
  const char *key = "";
  const char *id = NULL;
  g_autofree char *made = NULL;
  g_autoptr(GVariant) fields = NULL;

  self->n_writes++;
  g_variant_lookup(change, COMPTOIR_KEY_KEY, "&s", &key);
  g_variant_lookup(change, COMPTOIR_KEY_ID, "&s", &id);
  if (self->mood == MEMORY_HOST_FORGETS) {
    made = g_strdup_printf("A%06u", self->n_writes);
    return comptoir_change_answer_new(key, id != NULL ? id : made, NULL);
  }
  if (id == NULL)
    id = make_article(self, key);
  fields = g_variant_lookup_value(change, COMPTOIR_KEY_FIELDS, G_VARIANT_TYPE_VARDICT);
  if (fields != NULL)
    keep(self, id, fields);
  return comptoir_change_answer_new(key, id, NULL);
}

static void
apply_articles(ComptoirHost *host, GVariant *changes, ComptoirRequest *request)
{
  MemoryHost *self = MEMORY_HOST(host);
  GVariantBuilder answers;

  g_variant_builder_init(&answers, G_VARIANT_TYPE("aa{sv}"));
  for (gsize i = 0; i < g_variant_n_children(changes); i++) {
    g_autoptr(GVariant) change = g_variant_get_child_value(changes, i);

    g_variant_builder_add_value(&answers, apply_change(self, change));
  }
  comptoir_request_answer(request, comptoir_page_new(g_variant_builder_end(&answers), NULL));
}

static void
sale_progressed(ComptoirHost *host, GVariant *progress)
{
  const char *state = "";
  const char *id = "";

  g_variant_lookup(progress, COMPTOIR_KEY_STATE, "&s", &state);
  g_variant_lookup(progress, COMPTOIR_KEY_ID, "&s", &id);
  if (g_str_equal(state, "sent"))
    g_hash_table_add(MEMORY_HOST(host)->sent, g_strdup(id));
}

static void
host_iface_init(ComptoirHostInterface *iface)
{
  iface->get_api_version = get_api_version;
  iface->dup_name = dup_name;
  iface->dup_instance_id = dup_instance_id;
  iface->dup_state_dir = dup_state_dir;
  iface->list_articles = list_articles;
  iface->list_sales = list_sales;
  iface->apply_articles = apply_articles;
  iface->sale_progressed = sale_progressed;
}

static void
memory_host_finalize(GObject *object)
{
  MemoryHost *self = MEMORY_HOST(object);

  for (guint i = 0; i < N_SHELVES; i++)
    g_hash_table_unref(self->made[i]);
  g_hash_table_unref(self->sent);
  g_ptr_array_unref(self->rows);
  g_ptr_array_unref(self->ids);
  g_free(self->folder);
  G_OBJECT_CLASS(memory_host_parent_class)->finalize(object);
}

static void
free_row(gpointer row)
{
  g_clear_pointer((GVariant **)&row, g_variant_unref);
}

static void
memory_host_init(MemoryHost *self)
{
  self->ids = g_ptr_array_new_with_free_func(g_free);
  self->rows = g_ptr_array_new_with_free_func(free_row);
  for (guint i = 0; i < N_SHELVES; i++)
    self->made[i] = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  self->sent = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

static void
memory_host_class_init(MemoryHostClass *class)
{
  G_OBJECT_CLASS(class)->finalize = memory_host_finalize;
}

MemoryHost *
memory_host_new(const char *folder, MemoryHostMood mood)
{
  MemoryHost *self = g_object_new(MEMORY_TYPE_HOST, NULL);

  self->folder = g_strdup(folder);
  self->mood = mood;
  return self;
}

guint
memory_host_count_writes(MemoryHost *self)
{
  return self->n_writes;
}

guint
memory_host_count_sent(MemoryHost *self)
{
  return g_hash_table_size(self->sent);
}

const char *
memory_host_get_article(MemoryHost *self, guint number)
{
  return self->ids->pdata[number % self->ids->len];
}
