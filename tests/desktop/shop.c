/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "shop.h"

static int
open_shop(void **state, ScriptedChannel *channel)
{
  Shop *shop = g_new0(Shop, 1);
  shop->channel = channel;
  shop->window = window_open(COMPTOIR_CHANNEL(channel), SHOP_WIDTH, SHOP_HEIGHT);
  *state = shop;
  return 0;
}

int
shop_open_blank(void **state)
{
  return open_shop(state, page_fixture_new_blank());
}

int
shop_open_ready(void **state)
{
  return open_shop(state, page_fixture_new_ready());
}

int
shop_close(void **state)
{
  Shop *shop = *state;
  if (shop->window != NULL)
    window_close(shop->window);
  scripted_channel_fail_all(shop->channel);
  window_settle();
  g_assert_finalize_object(shop->channel);
  g_free(shop);
  return 0;
}
