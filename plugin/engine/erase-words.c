/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What an erasure finds and does, for people. Nobody is named. */
#include "config.h"
#include "engine/erase.h"

#include <glib/gi18n-lib.h>

static void
begin_line(GString *text)
{
  if (text->len > 0)
    g_string_append_c(text, '\n');
}

static void
add_planned(GString *text, const ShopcaisseWalk *walk)
{
  begin_line(text);
  g_string_append_printf(
      text,
      g_dngettext(GETTEXT_PACKAGE, "%u sale that is kept here names this customer.",
                  "%u sales that are kept here name this customer.", walk->n_sales),
      walk->n_sales);
  if (walk->n_waiting > 0) {
    begin_line(text);
    g_string_append_printf(
        text,
        g_dngettext(
            GETTEXT_PACKAGE, "%u order that is still to be sent will go without a customer.",
            "%u orders that are still to be sent will go without a customer.", walk->n_waiting),
        walk->n_waiting);
  }
}

static void
add_done(GString *text, const ShopcaisseWalk *walk)
{
  begin_line(text);
  g_string_append_printf(text,
                         g_dngettext(GETTEXT_PACKAGE, "The customer was taken out of %u sale.",
                                     "The customer was taken out of %u sales.", walk->n_sales),
                         walk->n_sales);
  if (walk->n_waiting > 0) {
    begin_line(text);
    g_string_append_printf(
        text,
        g_dngettext(GETTEXT_PACKAGE, "%u order that is still to be sent goes without a customer.",
                    "%u orders that are still to be sent go without a customer.", walk->n_waiting),
        walk->n_waiting);
  }
}

static void
add_rest(GString *text, const ShopcaisseWalk *walk, guint n_set_aside)
{
  if (walk->n_on_the_way > 0) {
    begin_line(text);
    g_string_append_printf(
        text,
        g_dngettext(
            GETTEXT_PACKAGE,
            "%u order may have reached Shopcaisse already. It names the customer until that "
            "is known, and is then erased by itself.",
            "%u orders may have reached Shopcaisse already. They name the customer until that "
            "is known, and are then erased by themselves.",
            walk->n_on_the_way),
        walk->n_on_the_way);
  }
  if (walk->n_texts > 0) {
    begin_line(text);
    g_string_append_printf(
        text,
        g_dngettext(GETTEXT_PACKAGE,
                    "%u note or message also names the customer, whose name is taken out of it.",
                    "%u notes or messages also name the customer, whose name is taken out of them.",
                    walk->n_texts),
        walk->n_texts);
  }
  if (walk->n_settings > 0) {
    begin_line(text);
    g_string_append(
        text, _("The customer for sales without one is this customer: the setting is emptied."));
  }
  if (n_set_aside > 0) {
    begin_line(text);
    g_string_append_printf(
        text,
        g_dngettext(
            GETTEXT_PACKAGE,
            "%u damaged database that was set aside is deleted as a whole, since nobody can "
            "tell who is in it.",
            "%u damaged databases that were set aside are deleted as a whole, since nobody "
            "can tell who is in them.",
            n_set_aside),
        n_set_aside);
  }
}

/**
 * shopcaisse_erase_describe:
 * @walk: what was found
 * @n_set_aside: how many damaged databases were
 *
 * Returns: (transfer full): a sentence a line
 */
char *
shopcaisse_erase_describe(const ShopcaisseWalk *walk, guint n_set_aside)
{
  GString *text = g_string_new(NULL);

  if (walk->n_sales + walk->n_texts + walk->n_settings == 0) {
    begin_line(text);
    g_string_append(text, _("Nothing that is kept here names this customer."));
  } else if (walk->purpose == SHOPCAISSE_WALK_LOOK) {
    add_planned(text, walk);
  } else {
    add_done(text, walk);
  }
  add_rest(text, walk, n_set_aside);
  begin_line(text);
  g_string_append(
      text,
      _("What Shopcaisse knows of the customer stays there, and so does what this program has in "
        "its own books. Delete the customer in the customer file of Shopcaisse yourself: nobody is "
        "ever deleted there from here."));
  return g_string_free(text, FALSE);
}
