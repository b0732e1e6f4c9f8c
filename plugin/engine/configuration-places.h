/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/configuration.h"

G_BEGIN_DECLS

/* What a company sells in, "" before it was asked. */
char *shopcaisse_configuration_dup_currency(ShopcaisseDatabase *database, const char *company_id);
gboolean shopcaisse_configuration_set_currency(ShopcaisseDatabase *database,
                                               const char *company_id,
                                               const char *currency,
                                               GError **error);

/* What a person has confirmed of the chosen store and register now. */
gboolean shopcaisse_configuration_is_confirmed(ShopcaisseConfiguration *self,
                                               ShopcaisseDatabase *database,
                                               const char *key);

/* Under which name a setting is stored; NULL: there is no store or register to confirm it of. */
char *shopcaisse_configuration_dup_stored_key(ShopcaisseConfiguration *self,
                                              ShopcaisseDatabase *database,
                                              const char *key);

/* Another store may be of another company: catalogues do not mix. */
gboolean shopcaisse_configuration_choose_company(ShopcaisseConfiguration *self,
                                                 ShopcaisseDatabase *database,
                                                 const char *former,
                                                 GError **error);

G_END_DECLS
