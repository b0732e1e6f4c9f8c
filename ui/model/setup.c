/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which step of the set-up is done, which is due, which can be left. It goes by what the channel
 * tells alone, so a set-up that was broken off goes on where it was. */
#include "ui/model/setup.h"

#include "config.h"

#include <glib/gi18n-lib.h>

static const char *const titles[] = {
  /* Translators: steps of the set-up, in a list beside it. */
  [SHOPCAISSE_PAGE_STEP_TOKEN] = N_("Access token"),
  [SHOPCAISSE_PAGE_STEP_CONNECTION] = N_("What the token opens"),
  [SHOPCAISSE_PAGE_STEP_STORE] = N_("Store"),
  [SHOPCAISSE_PAGE_STEP_REGISTER] = N_("Register and prices"),
  [SHOPCAISSE_PAGE_STEP_TILL] = N_("Till of record"),
  [SHOPCAISSE_PAGE_STEP_CHECKLIST] = N_("Before the first order"),
  [SHOPCAISSE_PAGE_STEP_ARTICLES] = N_("First synchronisation"),
  [SHOPCAISSE_PAGE_STEP_CALIBRATION] = N_("Test order"),
  [SHOPCAISSE_PAGE_STEP_DONE] = N_("Done"),
};
G_STATIC_ASSERT(G_N_ELEMENTS(titles) == SHOPCAISSE_PAGE_N_STEPS);

/**
 * shopcaisse_page_step_get_title:
 * @step: a step
 *
 * Returns: (transfer none): its title, translated
 */
const char *
shopcaisse_page_step_get_title(ShopcaissePageStep step)
{
  return _(titles[step]);
}

static gboolean
has_place_for_orders(const ShopcaissePageSetup *setup)
{
  return setup->has_store && (setup->has_register || setup->n_registers < 2);
}

/**
 * shopcaisse_page_setup_is_done:
 * @setup: what there is to go by
 * @step: a step
 *
 * Returns: %TRUE if the step can be ticked
 */
gboolean
shopcaisse_page_setup_is_done(const ShopcaissePageSetup *setup, ShopcaissePageStep step)
{
  switch (step) {
  case SHOPCAISSE_PAGE_STEP_TOKEN:
  case SHOPCAISSE_PAGE_STEP_CONNECTION:
    return setup->has_token;
  case SHOPCAISSE_PAGE_STEP_STORE:
    return setup->has_token && setup->has_store;
  case SHOPCAISSE_PAGE_STEP_REGISTER:
    return has_place_for_orders(setup);
  case SHOPCAISSE_PAGE_STEP_TILL:
    return setup->has_till;
  case SHOPCAISSE_PAGE_STEP_CHECKLIST:
    return setup->has_token && setup->n_unconfirmed == 0;
  case SHOPCAISSE_PAGE_STEP_ARTICLES:
    return setup->n_linked > 0;
  case SHOPCAISSE_PAGE_STEP_CALIBRATION:
    return setup->has_store && setup->is_calibrated;
  case SHOPCAISSE_PAGE_STEP_DONE:
  case SHOPCAISSE_PAGE_N_STEPS:
  default:
    return shopcaisse_page_setup_is_enough(setup) && setup->n_linked > 0 &&
           (!setup->sends_orders || (setup->is_calibrated && setup->n_unconfirmed == 0));
  }
}

/**
 * shopcaisse_page_setup_is_needed:
 * @setup: what there is to go by
 * @step: a step
 *
 * Says whether a step is there at all: what concerns orders alone is not, where none is sent.
 *
 * Returns: %TRUE if it is
 */
gboolean
shopcaisse_page_setup_is_needed(const ShopcaissePageSetup *setup, ShopcaissePageStep step)
{
  if (setup->has_till && !setup->sends_orders)
    return step != SHOPCAISSE_PAGE_STEP_CALIBRATION && step != SHOPCAISSE_PAGE_STEP_CHECKLIST;
  return TRUE;
}

/**
 * shopcaisse_page_setup_can_leave:
 * @setup: what there is to go by
 * @step: a step
 *
 * Says whether the next step can be shown: nothing after it makes sense otherwise.
 *
 * Returns: %TRUE if it can
 */
gboolean
shopcaisse_page_setup_can_leave(const ShopcaissePageSetup *setup, ShopcaissePageStep step)
{
  if (step >= SHOPCAISSE_PAGE_STEP_CHECKLIST)
    return step < SHOPCAISSE_PAGE_STEP_DONE;
  return shopcaisse_page_setup_is_done(setup, step);
}

/**
 * shopcaisse_page_setup_is_enough:
 * @setup: what there is to go by
 *
 * Returns: %TRUE if all questions are answered that a person must answer
 */
gboolean
shopcaisse_page_setup_is_enough(const ShopcaissePageSetup *setup)
{
  return setup->has_token && has_place_for_orders(setup) && setup->has_till;
}

/**
 * shopcaisse_page_setup_find_due:
 * @setup: what there is to go by
 *
 * Returns: the first step that is not done
 */
ShopcaissePageStep
shopcaisse_page_setup_find_due(const ShopcaissePageSetup *setup)
{
  for (guint step = 0; step < SHOPCAISSE_PAGE_STEP_DONE; step++) {
    if (shopcaisse_page_setup_is_needed(setup, step) && !shopcaisse_page_setup_is_done(setup, step))
      return step;
  }
  return SHOPCAISSE_PAGE_STEP_DONE;
}

/**
 * shopcaisse_page_setup_find_next:
 * @setup: what there is to go by
 * @step: a step
 *
 * Returns: the step after it; itself for the last
 */
ShopcaissePageStep
shopcaisse_page_setup_find_next(const ShopcaissePageSetup *setup, ShopcaissePageStep step)
{
  for (guint next = step + 1; next < SHOPCAISSE_PAGE_N_STEPS; next++) {
    if (shopcaisse_page_setup_is_needed(setup, next))
      return next;
  }
  return step;
}

/**
 * shopcaisse_page_setup_find_former:
 * @setup: what there is to go by
 * @step: a step
 *
 * Returns: the step before it; itself for the first
 */
ShopcaissePageStep
shopcaisse_page_setup_find_former(const ShopcaissePageSetup *setup, ShopcaissePageStep step)
{
  for (guint i = step; i > 0; i--) {
    if (shopcaisse_page_setup_is_needed(setup, i - 1))
      return i - 1;
  }
  return step;
}
