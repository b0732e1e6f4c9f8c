/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/ticket.h"
#include "store/database.h"

G_BEGIN_DECLS

typedef struct {
  ShopcaisseTicket *ticket; /* (owned) */
  char *store_id;           /* (owned) */
  char *sale_id;            /* (owned): the host's sale it closes, or "" */
  gboolean recorded;        /* the host has it */
  gboolean is_late;         /* its amounts changed when its shift was complete */
} ShopcaisseTicketRecord;

/* Rows between two times; @to 0: no end, @limit 0: all. */
typedef struct {
  gint64 from;
  gint64 to;
  guint offset;
  guint limit;
} ShopcaisseTimeWindow;

void shopcaisse_ticket_record_free(ShopcaisseTicketRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseTicketRecord, shopcaisse_ticket_record_free)

/* A ticket whose status or total changed is to be recorded again. */
gboolean shopcaisse_tickets_put(ShopcaisseDatabase *database,
                                const char *store_id,
                                const ShopcaisseTicket *ticket,
                                const char *sale_id,
                                GError **error);
/* Tickets of a store between two times, @to 0: no end. (element-type ShopcaisseTicketRecord) */
GPtrArray *shopcaisse_tickets_list(
    ShopcaisseDatabase *database, const char *store_id, gint64 from, gint64 to, GError **error);
/* The same, a page at a time. */
GPtrArray *shopcaisse_tickets_list_page(ShopcaisseDatabase *database,
                                        const char *store_id,
                                        const ShopcaisseTimeWindow *window,
                                        GError **error);
/* NULL without an error when there is none. */
ShopcaisseTicketRecord *
shopcaisse_tickets_get(ShopcaisseDatabase *database, const char *id, GError **error);
/* Oldest first; the first @offset are passed over. */
GPtrArray *shopcaisse_tickets_list_unrecorded(ShopcaisseDatabase *database,
                                              guint offset,
                                              guint limit,
                                              GError **error);
gboolean shopcaisse_tickets_mark_recorded(ShopcaisseDatabase *database,
                                          const char *id,
                                          const char *status,
                                          GError **error);

/* How much of a receipt, under either of its names, went back: cents, not negative. */
gboolean shopcaisse_tickets_sum_refunds(ShopcaisseDatabase *database,
                                        const char *receipt_id,
                                        const char *document_id,
                                        gint64 *minor,
                                        GError **error);

gboolean shopcaisse_shifts_put(ShopcaisseDatabase *database,
                               const char *store_id,
                               const ShopcaisseShift *shift,
                               GError **error);
/* Shifts that overlap [from, to). (element-type ShopcaisseShift) */
GPtrArray *shopcaisse_shifts_list(
    ShopcaisseDatabase *database, const char *store_id, gint64 from, gint64 to, GError **error);

G_END_DECLS
