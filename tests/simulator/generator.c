/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Items by the thousand, with the habits of real catalogues (PROTOCOL 6.2); same seed, same items.
 */

#include "generator.h"

#include "catalogue.h"
#include "identity.h"

#define MAX_PRICE_CENTS 9900

static const char *const nouns[] = {
  "Savon",  "Bougie",   "Carnet",   "Tasse",   "Bol",     "Confiture", "Miel",     "Thé",
  "Café",   "Biscuits", "Chocolat", "Sirop",   "Huile",   "Vinaigre",  "Moutarde", "Sel",
  "Panier", "Torchon",  "Tablier",  "Plateau", "Foulard", "Bonnet",    "Collier",  "Bracelet",
  "Puzzle", "Peluche",  "Stylo",    "Carte",   "Affiche", "Lampe",     "Vase",     "Cadre",
};

static const char *const adjectives[] = {
  "artisanal", "d’Artois", "bio",  "du Nord", "ancien", "fleuri", "rayé",  "bleu",
  "vert",      "rouge",    "doré", "maison",  "doux",   "fumé",   "grand", "petit",
};

static const char *const extras[] = {
  "citron & thym", "lavande",    "vanille",   "fleur de sel", "noisette", "figue",
  "cassis",        "framboise®", "spéculoos", "chicorée",     "violette", "menthe",
};

static const guint rates[] = { 2000, 550, 1000 };

static const char *
pick(GRand *random, const char *const *words, guint n_words)
{
  return words[g_rand_int_range(random, 0, (gint32)n_words)];
}

static char *
make_name(GRand *random, guint number)
{
  const char *noun = pick(random, nouns, G_N_ELEMENTS(nouns));
  const char *adjective = pick(random, adjectives, G_N_ELEMENTS(adjectives));
  const char *extra = pick(random, extras, G_N_ELEMENTS(extras));

  /* Names repeat, sometimes but for a trailing space (PROTOCOL 6.2.12, code). */
  switch (g_rand_int_range(random, 0, 20)) {
  case 0:
    return g_strdup_printf("%s %s", noun, adjective);
  case 1:
    return g_strdup_printf("%s %s ", noun, adjective);
  case 2:
    return g_strdup_printf("%s  %s %u", noun, adjective, number);
  default:
    return g_strdup_printf("%s %s %s %u", noun, adjective, extra, number);
  }
}

static char
compute_check_digit(const char *digits)
{
  guint sum = 0;
  for (guint i = 0; i < 12; i++)
    sum += (guint)(digits[i] - '0') * (i % 2 == 0 ? 1 : 3);
  return (char)('0' + (10 - sum % 10) % 10);
}

/* Codes of the till itself start with 374 and mostly fail the check digit (PROTOCOL 6.2.11). */
static char *
make_barcode(GRand *random, guint number)
{
  gboolean own = g_rand_int_range(random, 0, 3) == 0;
  char digits[14] = { 0 };

  g_snprintf(digits, sizeof digits, own ? "374%09u" : "376%09u", number % 1000000000);
  char check = compute_check_digit(digits);
  if (own && g_rand_int_range(random, 0, 8) != 0)
    check = (char)('0' + (check - '0' + 3) % 10);
  digits[12] = check;
  return g_strdup(digits);
}

static void
make_item(Simulator *sim, GRand *random, guint seed, guint number)
{
  g_autofree char *key = g_strdup_printf("generated-%u-%u", seed, number);
  g_autofree char *uuid = sim_identity_derive(sim->shop_name, "generated", key);
  g_autofree char *id = g_strconcat(uuid, g_rand_int_range(random, 0, 16) < 7 ? "S" : "", NULL);
  SimItem *item = sim_catalogue_add_item(sim->catalogue, id, key);
  gint32 cents = g_rand_int_range(random, 10, MAX_PRICE_CENTS / 5);

  g_free(item->name);
  item->name = make_name(random, number);
  item->price = g_rand_int_range(random, 0, 50) == 0 ? 0 : (gint64)cents * 5;
  item->on_site = sim_catalogue_get_rate(sim, rates[g_rand_int_range(random, 0, 3)]);
  item->take_away = item->on_site;
  item->deleted = g_rand_int_range(random, 0, 100) == 0;
  if (g_rand_int_range(random, 0, 12) != 0 && sim->catalogue->families->len > 0)
    item->family =
        g_ptr_array_index(sim->catalogue->families, number % sim->catalogue->families->len);
  if (g_rand_int_range(random, 0, 4) != 0) {
    g_strfreev(item->barcodes);
    item->barcodes = g_new0(char *, 2);
    item->barcodes[0] = make_barcode(random, number);
  }
  if (g_rand_int_range(random, 0, 10) == 0) {
    g_free(item->reference);
    item->reference = g_strdup_printf("GEN-%06u", number);
  }
  item->manage_stock = g_rand_int_range(random, 0, 3) != 0;
  item->stock.stock = g_rand_int_range(random, -3, 120);
  for (guint i = 0; i < sim->catalogue->lists->len; i++)
    sim_item_set_price(item, i, item->price);
}

/**
 * sim_generator_add_items:
 * @sim: the simulator, with its shop loaded
 * @n_items: how many
 * @seed: which sequence
 *
 * Adds items to the catalogue.
 */
void
sim_generator_add_items(Simulator *sim, guint n_items, guint seed)
{
  g_autoptr(GRand) random = g_rand_new_with_seed(seed);
  for (guint i = 0; i < n_items; i++)
    make_item(sim, random, seed, i + 1);
}
