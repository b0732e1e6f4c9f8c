/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "simulator.h"

SimWebhooks *sim_webhooks_new(void);
void sim_webhooks_configure(SimWebhooks *self, const json_t *settings);
json_t *sim_webhooks_describe(const SimWebhooks *self);
void
sim_webhooks_emit(Simulator *sim, const char *event, const char *type, const char *id, json_t *row);
void sim_webhooks_run(Simulator *sim);
json_t *sim_webhooks_to_json(const SimWebhooks *self);
guint sim_webhooks_count_tries(const SimWebhooks *self);
guint sim_webhooks_count_delivered(const SimWebhooks *self);
void sim_webhooks_free(SimWebhooks *self);
