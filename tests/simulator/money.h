/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "simulator.h"

/* How one order's amounts are read and echoed. */
typedef struct {
  enum {
    SIM_MONEY_SPEC,
    SIM_MONEY_DECIMAL,
    SIM_MONEY_DECIMAL_DIGITS,
    SIM_MONEY_CENTS
  } kind;
  int digits; /* decimalDigits of the request, 0 when missing */
} SimMoney;

SimMoney sim_money_choose(const Simulator *sim, const json_t *body);
gint64 sim_money_read(const SimMoney *self, const json_t *value);
json_t *sim_money_echo(const SimMoney *self, gint64 cents);
int sim_money_get_echoed_digits(const SimMoney *self);
