/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Taxes with their children, categories with their taxes, units, payment terms; read whole and
 * asked by id. The rules of tax are Tryton's: a tax is its own share and its children's. */

#include "amount.h"
#include "catalogue-private.h"
#include "payment.h"
#include "value.h"

#include <comptoir/comptoir.h>

#define TAX_DEPTH_MAX 5

static void
free_tax(TrytonTax *tax)
{
  g_free(tax->name);
  g_free(tax);
}

static void
free_category(TrytonCategory *category)
{
  json_decref(category->tax_ids);
  g_free(category->name);
  g_free(category);
}

static void
free_named(TrytonNamed *named)
{
  g_free(named->text);
  g_free(named);
}

/**
 * tryton_catalogue_new:
 * @today: the day, as in 20260301: taxes of other days do not count
 *
 * Returns: (transfer full): a catalogue without anything in it
 */
TrytonCatalogue *
tryton_catalogue_new(gint64 today)
{
  TrytonCatalogue *self = g_new0(TrytonCatalogue, 1);

  self->today = today;
  self->taxes = g_ptr_array_new_with_free_func((GDestroyNotify)free_tax);
  self->categories = g_ptr_array_new_with_free_func((GDestroyNotify)free_category);
  self->units = g_ptr_array_new_with_free_func((GDestroyNotify)free_named);
  self->terms = g_ptr_array_new_with_free_func((GDestroyNotify)free_named);
  return self;
}

/**
 * tryton_catalogue_free:
 * @self: (transfer full) (nullable): a catalogue
 *
 * Releases it.
 */
void
tryton_catalogue_free(TrytonCatalogue *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref(self->taxes);
  g_ptr_array_unref(self->categories);
  g_ptr_array_unref(self->units);
  g_ptr_array_unref(self->terms);
  g_free(self);
}

static gboolean
is_of_today(const TrytonCatalogue *self, json_t *row)
{
  gint64 start = tryton_value_get_day(row, "start_date");
  gint64 end = tryton_value_get_day(row, "end_date");

  return start <= self->today && (end == 0 || end >= self->today);
}

static TrytonTax *
read_tax(const TrytonCatalogue *self, json_t *row)
{
  TrytonTax *tax = g_new0(TrytonTax, 1);
  json_t *group = tryton_value_get_record(row, "group");
  const char *type = tryton_value_get_text(row, "type");
  const char *kind = group == NULL ? NULL : tryton_value_get_text(group, "kind");

  tax->id = tryton_value_get_id(row, "id");
  tax->parent_id = tryton_value_get_id(row, "parent");
  tax->name = g_strdup(tryton_value_get_text(row, "name"));
  tax->is_sold = tax->parent_id == 0 && (kind == NULL || !g_str_equal(kind, "purchase"));
  if (!is_of_today(self, row))
    return tax;
  if (g_strcmp0(type, "percentage") == 0)
    (void)tryton_value_get_amount(row, "rate", TRYTON_MICRO_DIGITS, &tax->rate);
  else if (g_strcmp0(type, "fixed") == 0)
    (void)tryton_value_get_amount(row, "amount", TRYTON_MICRO_DIGITS, &tax->fixed);
  return tax;
}

/**
 * tryton_catalogue_take_taxes:
 * @self: a catalogue
 * @rows: records of `account.tax`
 *
 * Reads the taxes.
 */
void
tryton_catalogue_take_taxes(TrytonCatalogue *self, json_t *rows)
{
  json_t *row = NULL;
  size_t i = 0;

  json_array_foreach(rows, i, row) g_ptr_array_add(self->taxes, read_tax(self, row));
}

/**
 * tryton_catalogue_take_categories:
 * @self: a catalogue
 * @rows: records of `product.category`
 *
 * Reads the categories.
 */
void
tryton_catalogue_take_categories(TrytonCatalogue *self, json_t *rows)
{
  json_t *row = NULL;
  size_t i = 0;

  json_array_foreach(rows, i, row)
  {
    TrytonCategory *category = g_new0(TrytonCategory, 1);

    category->id = tryton_value_get_id(row, "id");
    category->name = g_strdup(tryton_value_get_text(row, "name"));
    category->is_accounting = tryton_value_get_boolean(row, "accounting");
    category->tax_ids = json_incref(json_object_get(row, "customer_taxes_used"));
    g_ptr_array_add(self->categories, category);
  }
}

static void
take_named(GPtrArray *list, json_t *rows, const char *key)
{
  json_t *row = NULL;
  size_t i = 0;

  json_array_foreach(rows, i, row)
  {
    TrytonNamed *named = g_new0(TrytonNamed, 1);

    named->id = tryton_value_get_id(row, "id");
    named->digits = tryton_value_get_id(row, "digits");
    named->text = g_strdup(tryton_value_get_text(row, key));
    g_ptr_array_add(list, named);
  }
}

/**
 * tryton_catalogue_take_units:
 * @self: a catalogue
 * @rows: records of `product.uom`
 *
 * Reads the units of measure.
 */
void
tryton_catalogue_take_units(TrytonCatalogue *self, json_t *rows)
{
  take_named(self->units, rows, "symbol");
}

/**
 * tryton_catalogue_take_terms:
 * @self: a catalogue
 * @rows: records of `account.invoice.payment_term`
 *
 * Reads the payment terms.
 */
void
tryton_catalogue_take_terms(TrytonCatalogue *self, json_t *rows)
{
  take_named(self->terms, rows, "name");
}

static void
add_tax(const TrytonCatalogue *self, gint64 id, guint depth, TrytonTaxes *sum)
{
  for (guint i = 0; i < self->taxes->len; i++) {
    const TrytonTax *tax = self->taxes->pdata[i];

    if (tax->id == id) {
      sum->rate += tax->rate;
      sum->fixed += tax->fixed;
    } else if (tax->parent_id == id && depth < TAX_DEPTH_MAX) {
      add_tax(self, tax->id, depth + 1, sum);
    }
  }
}

/**
 * tryton_catalogue_sum_taxes:
 * @self: a catalogue
 * @tax_ids: (nullable): an array of ids of taxes
 *
 * Adds taxes up, children included.
 *
 * Returns: the sum
 */
TrytonTaxes
tryton_catalogue_sum_taxes(TrytonCatalogue *self, json_t *tax_ids)
{
  TrytonTaxes sum = { 0, 0 };
  json_t *id = NULL;
  size_t i = 0;

  json_array_foreach(tax_ids, i, id) add_tax(self, json_integer_value(id), 0, &sum);
  return sum;
}

static const TrytonCategory *
find_category(const TrytonCatalogue *self, gint64 id)
{
  for (guint i = 0; i < self->categories->len; i++) {
    const TrytonCategory *category = self->categories->pdata[i];

    if (category->id == id)
      return category;
  }
  return NULL;
}

/**
 * tryton_catalogue_get_category_taxes:
 * @self: a catalogue
 * @category_id: an accounting category
 *
 * Returns: what its articles bear; nothing when it is not known
 */
TrytonTaxes
tryton_catalogue_get_category_taxes(TrytonCatalogue *self, gint64 category_id)
{
  const TrytonCategory *category = find_category(self, category_id);

  return tryton_catalogue_sum_taxes(self, category == NULL ? NULL : category->tax_ids);
}

/**
 * tryton_catalogue_find_category:
 * @self: a catalogue
 * @rate: in millionths
 *
 * Finds the accounting category for a rate: the oldest, so that all programs find the same.
 *
 * Returns: its id; 0 when there is none
 */
gint64
tryton_catalogue_find_category(TrytonCatalogue *self, gint64 rate)
{
  gint64 found = 0;

  for (guint i = 0; i < self->categories->len; i++) {
    const TrytonCategory *category = self->categories->pdata[i];
    TrytonTaxes taxes = { 0, 0 };

    if (!category->is_accounting || (found != 0 && found < category->id))
      continue;
    taxes = tryton_catalogue_sum_taxes(self, category->tax_ids);
    if (taxes.rate == rate && taxes.fixed == 0)
      found = category->id;
  }
  return found;
}

static gint64
find_tax(const TrytonCatalogue *self, gint64 rate)
{
  gint64 found = 0;

  for (guint i = 0; i < self->taxes->len; i++) {
    const TrytonTax *tax = self->taxes->pdata[i];
    TrytonTaxes sum = { 0, 0 };

    if (!tax->is_sold || (found != 0 && found < tax->id))
      continue;
    add_tax(self, tax->id, 0, &sum);
    if (sum.rate == rate && sum.fixed == 0)
      found = tax->id;
  }
  return found;
}

/**
 * tryton_catalogue_new_taxes_for:
 * @self: a catalogue
 * @rate: in millionths
 *
 * Finds what articles of a rate bear: the taxes of the oldest category that has it, else the oldest
 * tax.
 *
 * Returns: (transfer full) (nullable): their ids
 */
json_t *
tryton_catalogue_new_taxes_for(TrytonCatalogue *self, gint64 rate)
{
  gint64 category_id = tryton_catalogue_find_category(self, rate);
  gint64 tax_id = 0;

  if (category_id != 0)
    return json_deep_copy(find_category(self, category_id)->tax_ids);
  tax_id = find_tax(self, rate);
  return tax_id == 0 ? NULL : json_pack("[I]", (json_int_t)tax_id);
}

/**
 * tryton_catalogue_get_family:
 * @self: a catalogue
 * @category_ids: (nullable): an article's categories
 *
 * Returns: (nullable): the name of the first that is not for accounting
 */
const char *
tryton_catalogue_get_family(TrytonCatalogue *self, json_t *category_ids)
{
  json_t *id = NULL;
  size_t i = 0;

  json_array_foreach(category_ids, i, id)
  {
    const TrytonCategory *category = find_category(self, json_integer_value(id));

    if (category != NULL && !category->is_accounting)
      return category->name;
  }
  return NULL;
}

/**
 * tryton_catalogue_list_taxes:
 * @self: a catalogue
 *
 * Returns: (transfer floating): a page of the taxes on sales
 */
GVariant *
tryton_catalogue_list_taxes(TrytonCatalogue *self)
{
  g_auto(GVariantBuilder) rows = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));

  for (guint i = 0; i < self->taxes->len; i++) {
    const TrytonTax *tax = self->taxes->pdata[i];
    TrytonTaxes sum = { 0, 0 };
    g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);
    g_autofree char *rate = NULL;

    add_tax(self, tax->id, 0, &sum);
    if (!tax->is_sold || sum.fixed != 0)
      continue;
    rate = tryton_amount_format(sum.rate, TRYTON_PERCENT_DIGITS, 0);
    tryton_value_insert_id(&row, COMPTOIR_KEY_ID, tax->id);
    g_variant_dict_insert(&row, COMPTOIR_KEY_NAME, "s", tax->name == NULL ? "" : tax->name);
    g_variant_dict_insert(&row, "rate", "s", rate);
    g_variant_builder_add_value(&rows, g_variant_dict_end(&row));
  }
  return comptoir_page_new(g_variant_builder_end(&rows), NULL);
}

/**
 * tryton_catalogue_list_terms:
 * @self: a catalogue
 *
 * Returns: (transfer floating): a page of payment methods: the payment terms, and "other"
 */
GVariant *
tryton_catalogue_list_terms(TrytonCatalogue *self)
{
  g_auto(GVariantBuilder) rows = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));

  for (guint i = 0; i < self->terms->len; i++) {
    const TrytonNamed *term = self->terms->pdata[i];

    g_variant_builder_add_value(&rows, tryton_payment_method_new(term->id, term->text));
  }
  g_variant_builder_add_value(&rows, tryton_payment_method_new(0, NULL));
  return comptoir_page_new(g_variant_builder_end(&rows), NULL);
}
