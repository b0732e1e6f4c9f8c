/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a customer buys: articles and how many, and the sale row that comes of it. */

#include "basket.h"

#include "amounts.h"
#include "host-database.h"
#include "local-text.h"
#include "sale-builder.h"

#include <glib/gi18n.h>

struct _BasketLine {
  GObject parent_instance;

  GVariant *article; /* (owned) */
  char *name;        /* (owned) */
  gint64 price_cents;
  guint quantity;
};

enum {
  LINE_PROP_QUANTITY = 1
};

G_DEFINE_FINAL_TYPE(BasketLine, basket_line, G_TYPE_OBJECT)

struct _Basket {
  GObject parent_instance;

  GListStore *lines; /* (owned) */
  gint64 total_cents;
};

enum {
  PROP_TOTAL = 1
};

G_DEFINE_FINAL_TYPE(Basket, basket, G_TYPE_OBJECT)

/**
 * basket_line_get_name:
 * @self: a line
 *
 * Gets the article's name, with its variant.
 *
 * Returns: (transfer none): the name
 */
const char *
basket_line_get_name(BasketLine *self)
{
  return self->name;
}

/**
 * basket_line_get_quantity:
 * @self: a line
 *
 * Gets how many are bought; the property `quantity`.
 *
 * Returns: from 1
 */
guint
basket_line_get_quantity(BasketLine *self)
{
  return self->quantity;
}

/**
 * basket_line_get_price:
 * @self: a line
 *
 * Gets what one of them costs, tax included.
 *
 * Returns: cents
 */
gint64
basket_line_get_price(BasketLine *self)
{
  return self->price_cents;
}

/**
 * basket_line_get_total:
 * @self: a line
 *
 * Gets what the line costs, tax included.
 *
 * Returns: cents
 */
gint64
basket_line_get_total(BasketLine *self)
{
  return self->price_cents * self->quantity;
}

static void
basket_line_get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BasketLine *self = BASKET_LINE(object);

  if (id == LINE_PROP_QUANTITY)
    g_value_set_uint(value, self->quantity);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
}

static void
basket_line_finalize(GObject *object)
{
  BasketLine *self = BASKET_LINE(object);

  g_clear_pointer(&self->article, g_variant_unref);
  g_free(self->name);
  G_OBJECT_CLASS(basket_line_parent_class)->finalize(object);
}

static void
basket_line_class_init(BasketLineClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS(class);

  object_class->get_property = basket_line_get_property;
  object_class->finalize = basket_line_finalize;
  g_object_class_install_property(
      object_class, LINE_PROP_QUANTITY,
      g_param_spec_uint("quantity", NULL, NULL, 1, BASKET_QUANTITY_MAX, 1,
                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY));
}

static void
basket_line_init(BasketLine *self)
{
  self->quantity = 1;
}

/**
 * basket_new:
 *
 * Makes an empty basket.
 *
 * Returns: (transfer full): the basket
 */
Basket *
basket_new(void)
{
  return g_object_new(TYPE_BASKET, NULL);
}

/**
 * basket_get_lines:
 * @self: the basket
 *
 * Gets its lines, in the order in which they came.
 *
 * Returns: (transfer none) (element-type BasketLine): the lines
 */
GListModel *
basket_get_lines(Basket *self)
{
  return G_LIST_MODEL(self->lines);
}

/**
 * basket_get_total:
 * @self: the basket
 *
 * Gets what all of it costs, tax included.
 *
 * Returns: cents
 */
gint64
basket_get_total(Basket *self)
{
  return self->total_cents;
}

static BasketLine *
dup_line(Basket *self, guint position)
{
  return g_list_model_get_item(G_LIST_MODEL(self->lines), position);
}

static void
add_up(Basket *self)
{
  gint64 total = 0;

  for (guint i = 0; i < g_list_model_get_n_items(G_LIST_MODEL(self->lines)); i++) {
    g_autoptr(BasketLine) line = dup_line(self, i);

    total += line->price_cents * line->quantity;
  }
  self->total_cents = total;
  g_object_notify(G_OBJECT(self), "total");
}

/* (transfer full) (nullable) */
static BasketLine *
find_line(Basket *self, const char *article_id)
{
  for (guint i = 0; i < g_list_model_get_n_items(G_LIST_MODEL(self->lines)); i++) {
    g_autoptr(BasketLine) line = dup_line(self, i);
    const char *id = "";

    (void)g_variant_lookup(line->article, COMPTOIR_KEY_ID, "&s", &id);
    if (g_str_equal(id, article_id))
      return g_steal_pointer(&line);
  }
  return NULL;
}

/**
 * basket_add:
 * @self: the basket
 * @article: an article row
 * @error: return location for an error
 *
 * Puts one more of an article into the basket.
 *
 * Fails with %COMPTOIR_ERROR_INVALID for an article without a price.
 *
 * Returns: %TRUE on success
 */
gboolean
basket_add(Basket *self, GVariant *article, GError **error)
{
  const char *id = "";
  const char *price = NULL;
  gint64 cents = 0;

  (void)g_variant_lookup(article, COMPTOIR_KEY_ID, "&s", &id);

  g_autoptr(BasketLine) line = find_line(self, id);

  if (line != NULL) {
    basket_set_quantity(self, line, line->quantity + 1);
    return TRUE;
  }
  if (!g_variant_lookup(article, "price", "&s", &price) || !amounts_parse_money(price, &cents) ||
      cents < 0) {
    g_autofree char *name = local_text_dup_name(article);

    /* Translators: an article that cannot be sold. */
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, _("%s has no price"), name);
    return FALSE;
  }
  line = g_object_new(TYPE_BASKET_LINE, NULL);
  line->article = g_variant_ref(article);
  line->name = local_text_dup_name(article);
  line->price_cents = cents;
  g_list_store_append(self->lines, line);
  add_up(self);
  return TRUE;
}

/**
 * basket_set_quantity:
 * @self: the basket
 * @line: a line of it
 * @quantity: how many; 0 takes the line away
 *
 * Changes how many are bought, to %BASKET_QUANTITY_MAX at most.
 */
void
basket_set_quantity(Basket *self, BasketLine *line, guint quantity)
{
  guint position = 0;

  if (quantity == 0) {
    if (g_list_store_find(self->lines, line, &position))
      g_list_store_remove(self->lines, position);
  } else {
    line->quantity = MIN(quantity, BASKET_QUANTITY_MAX);
    g_object_notify(G_OBJECT(line), "quantity");
  }
  add_up(self);
}

/**
 * basket_clear:
 * @self: the basket
 *
 * Empties it.
 */
void
basket_clear(Basket *self)
{
  g_list_store_remove_all(self->lines);
  add_up(self);
}

static GVariant *
build_request(Basket *self, const char *method)
{
  g_auto(GVariantDict) request = G_VARIANT_DICT_INIT(NULL);
  g_auto(GVariantBuilder) lines = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));
  g_autofree char *now = host_database_format_time(g_get_real_time());
  g_autofree char *total = amounts_format_money(self->total_cents);
  GVariant *payment = comptoir_payment_new(method, total);

  for (guint i = 0; i < g_list_model_get_n_items(G_LIST_MODEL(self->lines)); i++) {
    g_autoptr(BasketLine) line = dup_line(self, i);
    g_autofree char *quantity = g_strdup_printf("%u", line->quantity);
    g_auto(GVariantDict) asked = G_VARIANT_DICT_INIT(NULL);

    g_variant_dict_insert(&asked, COMPTOIR_KEY_QUANTITY, "s", quantity);
    g_variant_builder_add_value(&lines, g_variant_dict_end(&asked));
  }
  g_variant_dict_insert_value(&request, COMPTOIR_KEY_LINES, g_variant_builder_end(&lines));
  g_variant_dict_insert(&request, COMPTOIR_KEY_SOLD_AT, "s", now);
  g_variant_dict_insert_value(&request, COMPTOIR_KEY_PAYMENTS, comptoir_rows_new(&payment, 1));
  return g_variant_ref_sink(g_variant_dict_end(&request));
}

static GVariant *
build_articles(Basket *self)
{
  g_auto(GVariantBuilder) articles = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));

  for (guint i = 0; i < g_list_model_get_n_items(G_LIST_MODEL(self->lines)); i++) {
    g_autoptr(BasketLine) line = dup_line(self, i);

    g_variant_builder_add_value(&articles, line->article);
  }
  return g_variant_ref_sink(g_variant_builder_end(&articles));
}

/**
 * basket_build_sale:
 * @self: the basket
 * @method: how it is paid: "cash" or "card"
 * @error: return location for an error
 *
 * Makes a sale of it, now, paid in one way.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when the basket makes no sale.
 *
 * Returns: (transfer full): a sale row
 */
GVariant *
basket_build_sale(Basket *self, const char *method, GError **error)
{
  g_autoptr(GVariant) request = build_request(self, method);
  g_autoptr(GVariant) articles = build_articles(self);

  return sale_builder_build(request, articles, error);
}

static void
basket_get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  Basket *self = TILL_BASKET(object);

  if (id == PROP_TOTAL)
    g_value_set_int64(value, self->total_cents);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
}

static void
basket_finalize(GObject *object)
{
  Basket *self = TILL_BASKET(object);

  g_clear_object(&self->lines);
  G_OBJECT_CLASS(basket_parent_class)->finalize(object);
}

static void
basket_class_init(BasketClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS(class);

  object_class->get_property = basket_get_property;
  object_class->finalize = basket_finalize;
  g_object_class_install_property(
      object_class, PROP_TOTAL,
      g_param_spec_int64("total", NULL, NULL, 0, G_MAXINT64, 0,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY));
}

static void
basket_init(Basket *self)
{
  self->lines = g_list_store_new(TYPE_BASKET_LINE);
}
