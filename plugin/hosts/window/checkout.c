/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One basket, paid once: it is emptied when the sale is in the books and not before, and what is
 * scanned in between belongs to the next customer. */

#include "checkout.h"

#include "amounts.h"
#include "local-text.h"
#include "sale-submission.h"

#include <glib/gi18n.h>

struct _Checkout {
  GObject parent_instance;

  Session *session;    /* not owned: outlives the window */
  Basket *basket;      /* (owned) */
  GPtrArray *waiting;  /* (owned) (element-type GVariant): articles for the next basket */
  gboolean is_selling; /* the books have been asked and have not answered */
};

enum {
  PROP_SELLING = 1
};

enum {
  SIGNAL_SAID,
  SIGNAL_COMPLAINED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void sold_cb(GObject *source, GAsyncResult *result, gpointer user_data);

G_DEFINE_FINAL_TYPE(Checkout, checkout, G_TYPE_OBJECT)

/**
 * checkout_new:
 * @session: an open session
 *
 * Makes one with an empty basket.
 *
 * Returns: (transfer full): the checkout
 */
Checkout *
checkout_new(Session *session)
{
  Checkout *self = g_object_new(TYPE_CHECKOUT, NULL);

  self->session = session;
  return self;
}

/**
 * checkout_get_basket:
 * @self: the checkout
 *
 * Gets the basket; to be changed by checkout_take() and, while nothing is being sold, by its lines'
 * quantities.
 *
 * Returns: (transfer none): the basket
 */
Basket *
checkout_get_basket(Checkout *self)
{
  return self->basket;
}

/**
 * checkout_is_selling:
 * @self: the checkout
 *
 * Tells whether a sale is on its way into the books; the property `selling`.
 *
 * Returns: %TRUE until they have answered
 */
gboolean
checkout_is_selling(Checkout *self)
{
  return self->is_selling;
}

static void
say(Checkout *self, const char *text)
{
  g_signal_emit(self, signals[SIGNAL_SAID], 0, text);
}

static void
complain(Checkout *self, const char *text)
{
  g_signal_emit(self, signals[SIGNAL_COMPLAINED], 0, text);
}

/**
 * checkout_take:
 * @self: the checkout
 * @article: an article row
 *
 * Puts one more of an article into the basket; into the next one while this one is being sold.
 */
void
checkout_take(Checkout *self, GVariant *article)
{
  g_autoptr(GError) error = NULL;

  if (self->is_selling)
    g_ptr_array_add(self->waiting, g_variant_ref(article));
  else if (!basket_add(self->basket, article, &error))
    complain(self, error->message);
}

/**
 * checkout_clear:
 * @self: the checkout
 *
 * Empties the basket, unless it is being sold.
 */
void
checkout_clear(Checkout *self)
{
  if (!self->is_selling)
    basket_clear(self->basket);
}

/**
 * checkout_pay:
 * @self: the checkout
 * @method: how it is paid: "cash" or "card"
 *
 * Sells what is in the basket. Asked again before the books have answered, it does nothing: what
 * was pressed twice is sold once.
 */
void
checkout_pay(Checkout *self, const char *method)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) sale = NULL;

  if (self->is_selling || g_list_model_get_n_items(basket_get_lines(self->basket)) == 0)
    return;
  sale = basket_build_sale(self->basket, method, &error);
  if (sale == NULL) {
    complain(self, error->message);
    return;
  }
  self->is_selling = TRUE;
  g_object_notify(G_OBJECT(self), "selling");
  sale_submission_async(self->session, sale, SUBMISSION_TO_CHANNEL, NULL, sold_cb,
                        g_object_ref(self));
}

static void
end_selling(Checkout *self, gboolean is_in_books)
{
  g_autoptr(GPtrArray) waiting = g_steal_pointer(&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func((GDestroyNotify)g_variant_unref);
  self->is_selling = FALSE;
  if (is_in_books)
    basket_clear(self->basket);
  for (guint i = 0; i < waiting->len; i++)
    checkout_take(self, waiting->pdata[i]);
  g_object_notify(G_OBJECT(self), "selling");
}

static void
say_failure(Checkout *self, gboolean is_in_books, const GError *error)
{
  g_autofree char *text =
      is_in_books ? g_strdup_printf(
                        /* Translators: the other text says why. */
                        _("The sale is in the books, but was not handed over: %s"), error->message)
                  : g_strdup_printf(
                        /* Translators: the other text says why. */
                        _("The sale was not entered in the books, and the basket is as it was: %s"),
                        error->message);

  complain(self, text);
}

static void
say_success(Checkout *self, GVariant *answer)
{
  const char *number = "";
  const char *total = "";
  gint64 cents = 0;
  g_autofree char *amount = NULL;
  g_autofree char *text = NULL;

  (void)g_variant_lookup(answer, "number", "&s", &number);
  (void)g_variant_lookup(answer, COMPTOIR_KEY_TOTAL, "&s", &total);
  if (!amounts_parse_money(total, &cents))
    return;
  amount = local_text_format_amount(cents);
  /* Translators: %1$s is the number of a sale, %2$s an amount. */
  text = g_strdup_printf(_("Sale %1$s, %2$s"), number, amount);
  say(self, text);
}

static void
sold_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(Checkout) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = sale_submission_finish(result, &error);
  gboolean is_in_books = sale_submission_get_sale(result) != NULL;

  (void)source;
  if (answer != NULL)
    say_success(self, answer);
  else
    say_failure(self, is_in_books, error);
  end_selling(self, is_in_books);
}

static void
checkout_get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  Checkout *self = TILL_CHECKOUT(object);

  if (id == PROP_SELLING)
    g_value_set_boolean(value, self->is_selling);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
}

static void
checkout_finalize(GObject *object)
{
  Checkout *self = TILL_CHECKOUT(object);

  g_clear_object(&self->basket);
  g_clear_pointer(&self->waiting, g_ptr_array_unref);
  G_OBJECT_CLASS(checkout_parent_class)->finalize(object);
}

static guint
add_signal(const char *name)
{
  return g_signal_new(name, TYPE_CHECKOUT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                      G_TYPE_STRING);
}

static void
checkout_class_init(CheckoutClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS(class);

  object_class->get_property = checkout_get_property;
  object_class->finalize = checkout_finalize;
  g_object_class_install_property(
      object_class, PROP_SELLING,
      g_param_spec_boolean("selling", NULL, NULL, FALSE,
                           G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY));
  signals[SIGNAL_SAID] = add_signal("said");
  signals[SIGNAL_COMPLAINED] = add_signal("complained");
}

static void
checkout_init(Checkout *self)
{
  self->basket = basket_new();
  self->waiting = g_ptr_array_new_with_free_func((GDestroyNotify)g_variant_unref);
}
