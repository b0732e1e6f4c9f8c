/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "simulator.h"
#include "stores.h"

typedef struct {
  char *id;           /* (owned) */
  const SimPos *pos;  /* (unowned) */
  const char *status; /* (static) */
  gint64 start_ms;
  gint64 end_ms;  /* 0 while open */
  guint sequence; /* per register */
} SimShift;

struct _SimShifts {
  GPtrArray *rows; /* (owned): of SimShift, oldest first */
};

SimShifts *sim_shifts_new(void);
SimShift *sim_shifts_open(Simulator *sim, const SimPos *pos);
SimShift *sim_shifts_find_open(const Simulator *sim, const SimPos *pos);
SimShift *sim_shifts_get(const Simulator *sim, const char *id);
const char *sim_shifts_close(Simulator *sim, const SimPos *pos);
const char *sim_shifts_complete(Simulator *sim, const SimPos *pos);
json_t *sim_shift_build(const SimShift *shift);
void sim_shifts_free(SimShifts *self);
