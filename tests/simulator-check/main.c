/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Checks that the simulator behaves as its manual says, over real connections. */

#include "checks.h"

#include <signal.h>

int
main(void)
{
  int n_failed = 0;

  signal(SIGPIPE, SIG_IGN);
  n_failed += check_api();
  n_failed += check_orders();
  n_failed += check_money();
  n_failed += check_till();
  n_failed += check_faults();
  n_failed += check_holds();
  n_failed += check_webhooks();
  n_failed += check_shops();
  n_failed += check_writes();
  return n_failed > 0 ? 1 : 0;
}
