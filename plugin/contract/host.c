/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a host is: its names, what it has got, and its signals. What it is asked and told is in
 * host-questions.c. */
#include <comptoir/comptoir-host.h>

typedef char *(*DupText)(ComptoirHost *self);

G_DEFINE_INTERFACE(ComptoirHost, comptoir_host, G_TYPE_OBJECT)

/* An empty answer means the same as none; what is not text is not passed on. */
static char *
ask_text(ComptoirHost *self, DupText dup_text, const char *name)
{
  g_autofree char *text = dup_text != NULL ? dup_text(self) : NULL;
  if (text == NULL || *text == '\0')
    return NULL;
  if (!g_utf8_validate(text, -1, NULL)) {
    g_warning("%s of the host is not UTF-8, ignoring", name);
    return NULL;
  }
  return g_steal_pointer(&text);
}

/**
 * comptoir_host_get_features:
 * @self: the host
 *
 * Tells what the host has got, by looking at which functions it implements. Nothing of the host
 * runs.
 *
 * Returns: the features
 *
 * Since: 1.0
 */
ComptoirHostFeatures
comptoir_host_get_features(ComptoirHost *self)
{
  g_return_val_if_fail(COMPTOIR_IS_HOST(self), 0);

  ComptoirHostInterface *iface = COMPTOIR_HOST_GET_IFACE(self);
  guint features = 0;
  if (iface->list_articles != NULL)
    features |= COMPTOIR_HOST_LIST_ARTICLES;
  if (iface->list_sales != NULL)
    features |= COMPTOIR_HOST_LIST_SALES;
  if (iface->apply_articles != NULL)
    features |= COMPTOIR_HOST_APPLY_ARTICLES;
  if (iface->record_sales != NULL)
    features |= COMPTOIR_HOST_RECORD_SALES;
  if (iface->list_customers != NULL)
    features |= COMPTOIR_HOST_LIST_CUSTOMERS;
  if (iface->list_payment_methods != NULL)
    features |= COMPTOIR_HOST_LIST_PAYMENT_METHODS;
  if (iface->list_taxes != NULL)
    features |= COMPTOIR_HOST_LIST_TAXES;
  if (iface->list_shipments != NULL)
    features |= COMPTOIR_HOST_LIST_SHIPMENTS;
  if (iface->lookup_secret != NULL && iface->store_secret != NULL)
    features |= COMPTOIR_HOST_SECRETS;
  if (iface->list_sale_statuses != NULL)
    features |= COMPTOIR_HOST_LIST_SALE_STATUSES;
  return (ComptoirHostFeatures)features;
}

/**
 * comptoir_host_get_api_version:
 * @self: the host
 *
 * Asks for the %COMPTOIR_API_VERSION the host was written for.
 *
 * Returns: the version, or 0 if the host does not say
 *
 * Since: 1.0
 */
guint
comptoir_host_get_api_version(ComptoirHost *self)
{
  g_return_val_if_fail(COMPTOIR_IS_HOST(self), 0);

  ComptoirHostInterface *iface = COMPTOIR_HOST_GET_IFACE(self);
  return iface->get_api_version != NULL ? iface->get_api_version(self) : 0;
}

/**
 * comptoir_host_dup_name:
 * @self: the host
 *
 * Asks for the program and its version, for people. A host that does not say is called by the name
 * of its type.
 *
 * Returns: (transfer full): the name
 *
 * Since: 1.0
 */
char *
comptoir_host_dup_name(ComptoirHost *self)
{
  g_return_val_if_fail(COMPTOIR_IS_HOST(self), NULL);

  char *name = ask_text(self, COMPTOIR_HOST_GET_IFACE(self)->dup_name, "the name");
  return name != NULL ? name : g_strdup(G_OBJECT_TYPE_NAME(self));
}

/**
 * comptoir_host_dup_instance_id:
 * @self: the host
 *
 * Asks for the name of the host's sales database, which never changes and is never reused.
 *
 * Returns: (transfer full) (nullable): the id, or %NULL if the host does not say
 *
 * Since: 1.0
 */
char *
comptoir_host_dup_instance_id(ComptoirHost *self)
{
  g_return_val_if_fail(COMPTOIR_IS_HOST(self), NULL);

  return ask_text(self, COMPTOIR_HOST_GET_IFACE(self)->dup_instance_id, "the instance id");
}

/**
 * comptoir_host_dup_location:
 * @self: the host
 *
 * Asks for the place of sale in the host's words, for people.
 *
 * Returns: (transfer full) (nullable): the place, or %NULL if the host does not say
 *
 * Since: 1.0
 */
char *
comptoir_host_dup_location(ComptoirHost *self)
{
  g_return_val_if_fail(COMPTOIR_IS_HOST(self), NULL);

  return ask_text(self, COMPTOIR_HOST_GET_IFACE(self)->dup_location, "the location");
}

/**
 * comptoir_host_dup_state_dir:
 * @self: the host
 *
 * Asks for a folder of this profile, for this channel alone. Without one the channel chooses a
 * folder under the user's data.
 *
 * Returns: (transfer full) (nullable): the folder, or %NULL if the host does not
 * say
 *
 * Since: 1.0
 */
char *
comptoir_host_dup_state_dir(ComptoirHost *self)
{
  g_return_val_if_fail(COMPTOIR_IS_HOST(self), NULL);

  ComptoirHostInterface *iface = COMPTOIR_HOST_GET_IFACE(self);
  g_autofree char *folder = iface->dup_state_dir != NULL ? iface->dup_state_dir(self) : NULL;
  return folder != NULL && *folder != '\0' ? g_steal_pointer(&folder) : NULL;
}

/**
 * comptoir_host_dup_document_locale:
 * @self: the host
 *
 * Asks for the language of documents, as in `fr_BE`. Without one the process's locale counts.
 *
 * Returns: (transfer full) (nullable): the locale, or %NULL if the host does not say
 *
 * Since: 1.0
 */
char *
comptoir_host_dup_document_locale(ComptoirHost *self)
{
  g_return_val_if_fail(COMPTOIR_IS_HOST(self), NULL);

  return ask_text(self, COMPTOIR_HOST_GET_IFACE(self)->dup_document_locale, "the locale");
}

/**
 * comptoir_host_emit_articles_changed:
 * @self: the host
 *
 * Emits [signal@Comptoir.Host::articles-changed].
 *
 * Since: 1.0
 */
void
comptoir_host_emit_articles_changed(ComptoirHost *self)
{
  g_return_if_fail(COMPTOIR_IS_HOST(self));

  g_signal_emit_by_name(self, "articles-changed");
}

/**
 * comptoir_host_emit_sales_changed:
 * @self: the host
 *
 * Emits [signal@Comptoir.Host::sales-changed].
 *
 * Since: 1.0
 */
void
comptoir_host_emit_sales_changed(ComptoirHost *self)
{
  g_return_if_fail(COMPTOIR_IS_HOST(self));

  g_signal_emit_by_name(self, "sales-changed");
}

/**
 * comptoir_host_emit_closing:
 * @self: the host
 *
 * Emits [signal@Comptoir.Host::closing].
 *
 * Since: 1.0
 */
void
comptoir_host_emit_closing(ComptoirHost *self)
{
  g_return_if_fail(COMPTOIR_IS_HOST(self));

  g_signal_emit_by_name(self, "closing");
}

static void
add_signal(const char *name)
{
  g_signal_new(name, COMPTOIR_TYPE_HOST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
comptoir_host_default_init(ComptoirHostInterface *iface)
{
  (void)iface; /* no function has a default: what is absent switches itself off */

  /**
   * ComptoirHost::articles-changed:
   * @self: the host
   *
   * Articles changed; the channel asks which when it has time. May be emitted as often as it
   * happens.
   *
   * Since: 1.0
   */
  add_signal("articles-changed");

  /**
   * ComptoirHost::sales-changed:
   * @self: the host
   *
   * Sales were paid, changed or cancelled without a call to the channel.
   *
   * Since: 1.0
   */
  add_signal("sales-changed");

  /**
   * ComptoirHost::closing:
   * @self: the host
   *
   * The program is about to end. The channel commits what it holds; the host still calls
   * [method@Comptoir.Channel.close_async] when it can wait.
   *
   * Since: 1.0
   */
  add_signal("closing");
}
