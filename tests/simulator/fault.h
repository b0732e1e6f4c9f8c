/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "simulator.h"

typedef enum {
  SIM_FAULT_REFUSE,
  SIM_FAULT_RESET,
  SIM_FAULT_HOLD_ACCEPT,
  SIM_FAULT_TIMEOUT_BEFORE,
  SIM_FAULT_TIMEOUT_AFTER,
  SIM_FAULT_HOLD_HALF_REQUEST,
  SIM_FAULT_HOLD_REQUEST,
  SIM_FAULT_HOLD_ANSWER,
  SIM_FAULT_HOLD_HALF_ANSWER,
  SIM_FAULT_CUT_HALF_REQUEST,
  SIM_FAULT_CUT_BEFORE_STORE,
  SIM_FAULT_CUT_AFTER_STORE,
  SIM_FAULT_SLOW,
  SIM_FAULT_SLOW_DRIP,
  SIM_FAULT_HALF_BODY,
  SIM_FAULT_HTML_200,
  SIM_FAULT_STATUS,
  SIM_FAULT_THROTTLE,
  SIM_FAULT_REDIRECT,
  SIM_FAULT_GZIP_BOMB,
  SIM_FAULT_BAD_JSON,
  SIM_FAULT_WRONG_ECHO,
  SIM_FAULT_HUGE_BODY,
  SIM_FAULT_DEEP_JSON,
  SIM_FAULT_BODY,
  SIM_FAULT_PAGE_REPEAT,
} SimFaultKind;

typedef enum {
  SIM_STAGE_PORT,    /* the listening socket */
  SIM_STAGE_ACCEPT,  /* a new connection */
  SIM_STAGE_REQUEST, /* once the head of a request is read */
  SIM_STAGE_ANSWER   /* once the service has answered */
} SimFaultStage;

/* One rule; a connection keeps a reference while it obeys. */
typedef struct {
  guint id;
  SimFaultKind kind;
  SimFaultStage stage;
  const char *name;  /* (static) */
  char *method;      /* (owned) (nullable) */
  char *path;        /* (owned) (nullable): prefix, or glob with * and ? */
  char *location;    /* (owned) (nullable): of a redirect */
  char *retry_after; /* (owned) (nullable) */
  char *type;        /* (owned) (nullable): content type of a body */
  GBytes *body;      /* (owned) (nullable): answered instead */
  char *field;       /* (owned) (nullable): what wrong_echo changes */
  char *framing;     /* (owned) (nullable): length, chunked or close */
  guint times;       /* uses, 0 = until cleared */
  guint skip;        /* matches to let pass first */
  guint n_seen;
  guint n_hits;
  guint status;
  guint ms;
  gsize bytes;
  gboolean store; /* whether the request reaches the service although the answer is another */
  gboolean fin;   /* tear with FIN */
  gboolean rst;   /* tear with RST */
} SimFault;

SimFaults *sim_faults_new(void);
SimFault *sim_faults_add(SimFaults *self, const json_t *wish, GError **error);
SimFault *sim_faults_find_connect(SimFaults *self);
SimFault *sim_faults_find_exchange(SimFaults *self, const char *method, const char *path);
gboolean sim_faults_has_connect(const SimFaults *self);
gboolean sim_faults_has_refusal(const SimFaults *self);
gboolean sim_faults_mix(SimFaults *self, const json_t *wish, GError **error);
void sim_faults_clear(SimFaults *self, guint id);
json_t *sim_faults_to_json(const SimFaults *self);
void sim_faults_free(SimFaults *self);

SimFault *sim_fault_ref(SimFault *fault);
void sim_fault_unref(SimFault *fault);
