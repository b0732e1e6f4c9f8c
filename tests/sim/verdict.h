/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "books.h"

G_BEGIN_DECLS

/* The host's books against what the service has, by content and never by our own ids. */
typedef struct {
  guint n_sales;
  guint n_tickets;
  guint n_lost;       /* sales without an order */
  guint n_doubled;    /* orders of a sale beyond the first */
  gint64 cents;       /* by which totals differ */
  guint n_foreign;    /* orders of no sale */
  guint n_unrecorded; /* tickets of the till that the host never booked */
  guint n_invented;   /* bookings of no ticket */
} Verdict;

Verdict verdict_reach(World *world);
gboolean verdict_is_clean(const Verdict *self);

G_END_DECLS
