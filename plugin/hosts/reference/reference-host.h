/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "host-worker.h"

#include <comptoir/comptoir.h>

#define TYPE_REFERENCE_HOST (reference_host_get_type())
G_DECLARE_FINAL_TYPE(ReferenceHost, reference_host, REFERENCE, HOST, GObject)

/**
 * ReferenceHostProfile:
 * @instance_id: names the sales database
 * @location: (nullable): the place of sale
 * @channel_dir: where the channel keeps its files
 *
 * Who a host is.
 */
typedef struct {
  const char *instance_id;
  const char *location;
  const char *channel_dir;
} ReferenceHostProfile;

ReferenceHost *reference_host_new(HostWorker *worker, const ReferenceHostProfile *profile);
