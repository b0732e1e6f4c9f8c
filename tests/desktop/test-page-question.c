/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the channel asks among what runs by itself, in the toolkit that this was compiled for. */
#include "shop.h"
#include "window.h"

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

static void
question_is_read_and_answered_with_yes(void **state)
{
  Shop *shop = *state;
  scripted_channel_set_list(shop->channel, "flows",
                            "[{'id': <'host-restored'>, 'name': <'A backup was restored'>,"
                            " 'setting': <''>, 'minutes': <uint32 0>, 'last_run': <''>,"
                            " 'next_run': <''>, 'state': <'asked'>,"
                            " 'message': <'was a backup restored?'>}]");
  window_show_tab(shop->window, 3);
  window_settle();
  assert_true(window_shows_text(shop->window, "was a backup restored?"));
  assert_false(window_shows_text(shop->window, "Never run yet."));
  window_press(shop->window, "shopcaisse-run-host-restored");
  assert_string_equal(scripted_channel_get_asked(shop->channel), "RUN {'task': <'host-restored'>}");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(question_is_read_and_answered_with_yes, shop_open_ready,
                                    shop_close),
  };
  window_start();
  return cmocka_run_group_tests(tests, NULL, NULL);
}
