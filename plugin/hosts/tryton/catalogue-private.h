/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "catalogue.h"

typedef struct {
  gint64 id;
  gint64 parent_id;
  gint64 rate;  /* its own, in millionths */
  gint64 fixed; /* its own, in millionths */
  gboolean is_sold;
  char *name; /* (owned) */
} TrytonTax;

typedef struct {
  gint64 id;
  char *name; /* (owned) */
  gboolean is_accounting;
  json_t *tax_ids; /* (owned) (nullable) */
} TrytonCategory;

typedef struct {
  gint64 id;
  gint64 digits; /* of a quantity in that unit */
  char *text;    /* (owned) */
} TrytonNamed;

struct TrytonCatalogue {
  GPtrArray *taxes;      /* (owned) (element-type TrytonTax), by id, as all here */
  GPtrArray *categories; /* (owned) (element-type TrytonCategory) */
  GPtrArray *units;      /* (owned) (element-type TrytonNamed): symbols */
  GPtrArray *terms;      /* (owned) (element-type TrytonNamed) */
  gint64 today;          /* as in 20260301 */
};
