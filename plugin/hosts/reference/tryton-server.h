/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <comptoir-tryton-host.h>

/**
 * TrytonServer:
 * @url: (owned) (nullable): server and database; %NULL: the host is not in Tryton
 * @user: (owned) (nullable): default: the environment's COMPTOIR_TRYTON_USER
 * @password_file: (owned) (nullable): default: the environment's COMPTOIR_TRYTON_PASSWORD
 * @authority: (owned) (nullable): certificates that vouch for the server; default: the system's
 * @interval_s: seconds between two looks for changes; 0: as the host has it
 *
 * Where a company in Tryton is, and who asks.
 */
typedef struct {
  char *url;
  char *user;
  char *password_file;
  char *authority;
  int interval_s;
} TrytonServer;

void tryton_server_copy(TrytonServer *self, const TrytonServer *other);
void tryton_server_clear(TrytonServer *self);

ComptoirTrytonHost *
tryton_server_new_host(const TrytonServer *self, const char *state_dir, GError **error);
