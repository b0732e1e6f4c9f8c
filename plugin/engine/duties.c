/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What France and Belgium ask of whoever takes payments, with the day on which it was known so:
 * laws change, and a sentence without a date would go on sounding true. docs/COUNTRIES.md. */
#include "engine/duties.h"

#include "config.h"
#include "engine/moment.h"

#include <glib/gi18n-lib.h>

#define FEBRUARY_2_2026  G_GINT64_CONSTANT(1770033600000000)
#define FEBRUARY_13_2026 G_GINT64_CONSTANT(1770984000000000)

static const ShopcaisseDuty duties[] = {
  { "FR", FEBRUARY_2_2026,
    /* Translators: %s is a date. "Attestation" is the term of French law. */
    N_("France, as known on %s: a program that records customers' payments has to be inalterable, "
       "secured, keeping and archiving, with a certificate or the attestation of its maker. Here "
       "the Shopcaisse till records them: ask its maker for that paper."),
    "CGI art. 286, I, 3 bis; BOI-TVA-DECLA-30-10-30; legifrance.gouv.fr" },
  { "BE", FEBRUARY_13_2026,
    /* Translators: %s is a date. GKS and SCE are the Dutch and the French name of the same. */
    N_("Belgium, as known on %s: who serves meals on the spot for more than 25,000 euros a year, "
       "VAT aside, needs a certified till with a control module (GKS, SCE), which alone makes the "
       "VAT ticket. Ask the maker of the till whether yours is one."),
    "geregistreerdkassasysteem.be; financien.belgium.be" },
};

/**
 * shopcaisse_duty_find:
 * @country: (nullable): a country's code, in any case
 *
 * Returns: (transfer none) (nullable): what it asks
 */
const ShopcaisseDuty *
shopcaisse_duty_find(const char *country)
{
  for (gsize i = 0; country != NULL && i < G_N_ELEMENTS(duties); i++) {
    if (g_ascii_strcasecmp(country, duties[i].country) == 0)
      return &duties[i];
  }
  return NULL;
}

/**
 * shopcaisse_duty_describe:
 * @self: what a country asks
 *
 * Returns: (transfer full): the same for people, with its date
 */
char *
shopcaisse_duty_describe(const ShopcaisseDuty *self)
{
  g_autofree char *day = shopcaisse_moment_to_day(self->known_at);
  g_auto(GStrv) parts = g_strsplit(_(self->duty), "%s", 2);

  /* A literal format would have to be in the table twice: once for gcc, once for gettext. */
  return g_strconcat(parts[0], day, parts[1], NULL);
}
