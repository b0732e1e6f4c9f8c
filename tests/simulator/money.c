/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The unit of money in orders, the greatest doubt of all, in each form (PROTOCOL 3.12). */

#include "money.h"

#include "switches.h"
#include "wire.h"

#include <math.h>

#define KEPT_DIGITS 2
#define MAX_DIGITS  6

/**
 * sim_money_choose:
 * @sim: the simulator
 * @body: an order as sent
 *
 * Decides how the amounts of an order are meant.
 *
 * Returns: the form
 */
SimMoney
sim_money_choose(const Simulator *sim, const json_t *body)
{
  double digits = sim_wire_get_number(body, "decimalDigits", 0);
  SimMoney self = { .kind = SIM_MONEY_SPEC, .digits = (int)CLAMP(digits, 0, MAX_DIGITS) };

  if (sim_switch_is(sim, "money", "decimal"))
    self.kind = SIM_MONEY_DECIMAL;
  else if (sim_switch_is(sim, "money", "decimal-digits"))
    self.kind = SIM_MONEY_DECIMAL_DIGITS;
  else if (sim_switch_is(sim, "money", "cents"))
    self.kind = SIM_MONEY_CENTS;
  return self;
}

/**
 * sim_money_read:
 * @self: the form
 * @value: (nullable): an amount as sent
 *
 * Tells what the till takes an amount for; absent is 0.
 *
 * Returns: cents
 */
gint64
sim_money_read(const SimMoney *self, const json_t *value)
{
  double amount = json_is_number(value) ? json_number_value(value) : 0;

  switch (self->kind) {
  case SIM_MONEY_DECIMAL:
    return sim_wire_to_minor(amount);
  case SIM_MONEY_DECIMAL_DIGITS: {
    /* Only so many digits survive: without decimalDigits the cents are gone. */
    double scale = pow(10, self->digits);
    return sim_wire_to_minor(round(amount * scale) / scale);
  }
  case SIM_MONEY_CENTS:
    return (gint64)llround(amount);
  case SIM_MONEY_SPEC:
  default:
    return (gint64)llround(amount * pow(10, KEPT_DIGITS - self->digits));
  }
}

/**
 * sim_money_echo:
 * @self: the form
 * @cents: an amount
 *
 * Makes the number that answers carry.
 *
 * Returns: (transfer full): the number
 */
json_t *
sim_money_echo(const SimMoney *self, gint64 cents)
{
  if (self->kind == SIM_MONEY_DECIMAL || self->kind == SIM_MONEY_DECIMAL_DIGITS)
    return sim_wire_minor(cents);
  return json_integer(cents);
}

/**
 * sim_money_get_echoed_digits:
 * @self: the form
 *
 * Tells the decimalDigits of answers.
 *
 * Returns: a count of digits
 */
int
sim_money_get_echoed_digits(const SimMoney *self)
{
  return self->kind == SIM_MONEY_DECIMAL_DIGITS ? self->digits : KEPT_DIGITS;
}
