/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "screens.h"

#define N_TABS      6
#define CONNECTION  0
#define ARTICLES    1
#define N_STEPS_MAX 12

static guint
count_screen(Shop *shop, ScreensCount count, const char *name, int number)
{
  guint n_found = count(shop->window);
  if (n_found > 0)
    g_printerr("  that was %s %d\n", name, number);
  return n_found;
}

/* The sheets of the articles, one of them with the choice of what to link to. */
static guint
sum_articles(Shop *shop, ScreensCount count)
{
  static const char *const parts[] = { "shopcaisse-compare", "shopcaisse-articles",
                                       "shopcaisse-items" };
  guint n_found = 0;
  window_show_tab(shop->window, ARTICLES);
  for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
    window_reveal(shop->window, parts[i]);
    n_found += count_screen(shop, count, parts[i], (int)i);
  }
  window_select_first(shop->window, "shopcaisse-items");
  window_press(shop->window, "shopcaisse-items-open");
  return n_found + count_screen(shop, count, "linking", 0);
}

static guint
sum_tabs(Shop *shop, ScreensCount count)
{
  guint n_found = 0;
  for (int i = 0; i < N_TABS; i++) {
    window_show_tab(shop->window, i);
    n_found += i == ARTICLES ? sum_articles(shop, count) : count_screen(shop, count, "tab", i);
  }
  window_show_tab(shop->window, CONNECTION);
  window_press(shop->window, "shopcaisse-disconnect");
  n_found += count_screen(shop, count, "question", 0);
  window_press(shop->window, "shopcaisse-answer-nothing");
  return n_found;
}

static guint
sum_steps(Shop *shop, ScreensCount count)
{
  guint n_found = 0;
  window_press(shop->window, "shopcaisse-open-setup");
  while (window_can_press(shop->window, "shopcaisse-back"))
    window_press(shop->window, "shopcaisse-back");
  for (int i = 0; i < N_STEPS_MAX; i++) {
    n_found += count_screen(shop, count, "step", i);
    if (!window_can_press(shop->window, "shopcaisse-next"))
      break;
    window_press(shop->window, "shopcaisse-next");
  }
  return n_found;
}

guint
screens_sum(Shop *shop, ScreensCount count)
{
  return sum_tabs(shop, count) + sum_steps(shop, count);
}
