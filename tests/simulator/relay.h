/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "connection.h"
#include "simulator.h"

SimRelay *sim_relay_new(Simulator *sim, guint16 port, GError **error);
guint16 sim_relay_get_port(const SimRelay *self);
void sim_relay_obey(SimRelay *self);
guint sim_relay_count_held(const SimRelay *self);
guint sim_relay_release(SimRelay *self, const char *where, const char *then);
json_t *sim_relay_describe_held(const SimRelay *self);
void sim_relay_remember(SimRelay *self, SimConnection *connection);
void sim_relay_forget(SimRelay *self, SimConnection *connection);
void sim_relay_drop_all(SimRelay *self);
void sim_relay_free(SimRelay *self);
