/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "requests.h"
#include "simulator.h"

typedef struct _SimCall SimCall;
typedef void (*SimHandler)(SimCall *call);
typedef json_t *(*SimRowBuilder)(SimCall *call, gpointer row);

typedef enum {
  SIM_ROUTE_PLAIN = 0,
  SIM_ROUTE_ALL = 1 << 0,      /* pageSize -1 is everything */
  SIM_ROUTE_CACHED = 1 << 1,   /* the answer depends on address and state alone */
  SIM_ROUTE_BODY = 1 << 2,     /* needs a JSON object */
  SIM_ROUTE_ROWS = 1 << 3,     /* needs a JSON array */
  SIM_ROUTE_FAMILIES = 1 << 4, /* its cap is a switch */
} SimRouteFlags;

typedef struct {
  const char *method;
  const char *pattern;    /* {name} stands for one segment */
  const char *permission; /* (nullable) */
  int cap;                /* greatest pageSize, 0 = not paged */
  SimRouteFlags flags;
  SimHandler handle;
} SimRoute;

/* One call of the API between routing and answer. */
struct _SimCall {
  Simulator *sim;
  const SimRoute *route;  /* (nullable) */
  SimRequest *request;    /* (unowned) (nullable): row of the log */
  GHashTable *parameters; /* (owned): name (owned) -> text (owned) */
  GHashTable *query;      /* (owned) (nullable) */
  json_t *body;           /* (owned) (nullable) */
  const char *text;       /* (unowned) (nullable): the body as received */
  gsize text_length;
  guint page;
  guint page_size;
  guint status;   /* of the answer */
  json_t *answer; /* (owned) (nullable) */
};

const char *sim_call_get(const SimCall *call, const char *parameter);
const char *sim_call_query(const SimCall *call, const char *name);
gboolean sim_call_query_ms(const SimCall *call, const char *name, gint64 *ms);
void sim_call_answer(SimCall *call, guint status, json_t *answer);
void sim_call_answer_page(SimCall *call, GPtrArray *rows, SimRowBuilder build);
void sim_call_fail(SimCall *call, guint status, const char *format, ...) G_GNUC_PRINTF(3, 4);
void sim_call_fail_fields(SimCall *call, GPtrArray *messages);
gboolean sim_call_read_page(SimCall *call);
void sim_call_clear(SimCall *call);

const char *sim_status_phrase(guint status);
json_t *sim_error_build(const Simulator *sim, guint status, json_t *message);
