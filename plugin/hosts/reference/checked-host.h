/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <comptoir/comptoir.h>

/**
 * CheckedHost:
 * @new_host: makes a host whose books are in a folder
 * @sell: (nullable): makes that host submit a sale as it does
 *
 * How to get at the host that is to be checked. A module exports the two as
 * `comptoir_check_new_host` and `comptoir_check_sell`.
 */
typedef struct {
  GObject *(*new_host)(const char *folder);
  void (*sell)(GObject *host, ComptoirChannel *channel);
} CheckedHost;

gboolean checked_host_load(CheckedHost *self, const char *path, GError **error);
void checked_host_use_reference(CheckedHost *self);
