/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The steps of the guided set-up, in their order. */
typedef enum {
  SHOPCAISSE_PAGE_STEP_TOKEN,
  SHOPCAISSE_PAGE_STEP_CONNECTION,
  SHOPCAISSE_PAGE_STEP_STORE,
  SHOPCAISSE_PAGE_STEP_REGISTER,
  SHOPCAISSE_PAGE_STEP_TILL,
  SHOPCAISSE_PAGE_STEP_CHECKLIST,
  SHOPCAISSE_PAGE_STEP_ARTICLES,
  SHOPCAISSE_PAGE_STEP_CALIBRATION,
  SHOPCAISSE_PAGE_STEP_DONE,
  SHOPCAISSE_PAGE_N_STEPS
} ShopcaissePageStep;

/**
 * ShopcaissePageSetup:
 * @has_token: a token is set and can be used
 * @has_store: a store is chosen
 * @n_stores: how many there are to choose from
 * @has_register: a register is chosen
 * @n_registers: how many the store has
 * @has_till: the till of record is chosen
 * @sends_orders: it is Shopcaisse's: orders are sent
 * @n_unconfirmed: lines of the checklist that nobody has confirmed
 * @n_linked: articles that are linked
 * @is_calibrated: the unit of money is known for the store
 *
 * What the set-up has to go by.
 */
typedef struct {
  gboolean has_token;
  gboolean has_store;
  guint n_stores;
  gboolean has_register;
  guint n_registers;
  gboolean has_till;
  gboolean sends_orders;
  guint n_unconfirmed;
  guint n_linked;
  gboolean is_calibrated;
} ShopcaissePageSetup;

const char *shopcaisse_page_step_get_title(ShopcaissePageStep step);
gboolean shopcaisse_page_setup_is_done(const ShopcaissePageSetup *setup, ShopcaissePageStep step);
gboolean shopcaisse_page_setup_is_needed(const ShopcaissePageSetup *setup, ShopcaissePageStep step);
gboolean shopcaisse_page_setup_can_leave(const ShopcaissePageSetup *setup, ShopcaissePageStep step);
gboolean shopcaisse_page_setup_is_enough(const ShopcaissePageSetup *setup);
ShopcaissePageStep shopcaisse_page_setup_find_due(const ShopcaissePageSetup *setup);
ShopcaissePageStep shopcaisse_page_setup_find_next(const ShopcaissePageSetup *setup,
                                                   ShopcaissePageStep step);
ShopcaissePageStep shopcaisse_page_setup_find_former(const ShopcaissePageSetup *setup,
                                                     ShopcaissePageStep step);

G_END_DECLS
