/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A disk in memory behind SQLite's file system interface. It can fail, fill up, remember every call
 * and show what a power cut after any of them would leave. Used in one thread. */
typedef struct SimulatedDisk SimulatedDisk;

typedef enum {
  SIMULATED_DISK_FAIL_ONCE,
  SIMULATED_DISK_FAIL_FROM_THEN_ON
} SimulatedDiskFailure;

/* What becomes of writes that were not synced. */
typedef enum {
  SIMULATED_DISK_LOST,      /* nothing of them is there */
  SIMULATED_DISK_HALF_LOST, /* about half of them are there */
  SIMULATED_DISK_TORN       /* of each one, about half of its sectors of 512 bytes */
} SimulatedDiskCut;

/* Registered with SQLite under @name until it is freed. */
SimulatedDisk *simulated_disk_new(const char *name);
void simulated_disk_free(SimulatedDisk *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SimulatedDisk, simulated_disk_free)

/* For databases that are opened without a word about where they lie. */
void simulated_disk_make_default(SimulatedDisk *self);

/* Everything that was written, as another process finds it; @image is empty before. */
void simulated_disk_copy(SimulatedDisk *self, SimulatedDisk *image);

/* The @n-th call from now on fails; 0: none does. */
void simulated_disk_fail_at(SimulatedDisk *self, guint n, SimulatedDiskFailure failure);
gboolean simulated_disk_has_failed(SimulatedDisk *self);

/* Writes that would make the files larger than this together fail as on a full disk; -1: none. */
void simulated_disk_set_capacity(SimulatedDisk *self, gint64 n_bytes);
gint64 simulated_disk_get_size(SimulatedDisk *self);

/* So many of a thousand writes, drawn, fail as on a full disk; 0: none. */
void simulated_disk_refuse(SimulatedDisk *self, guint thousandths, guint32 seed);
/* Writes that failed as on a full disk. */
guint simulated_disk_count_refused(SimulatedDisk *self);

/* From now on writes, syncs and changes of names are remembered; what is there counts as synced. */
void simulated_disk_record(SimulatedDisk *self);
guint simulated_disk_get_n_events(SimulatedDisk *self);

/* Called once, from inside the @n-th recorded event from now on. */
typedef void (*SimulatedDiskFunc)(gpointer user_data);
void simulated_disk_watch(SimulatedDisk *self, guint n, SimulatedDiskFunc function, gpointer data);

/* Fills @image with what is left when the power is cut after @n_events of the recorded events.
 * Calls with growing @n_events are fast. */
void simulated_disk_cut_power(
    SimulatedDisk *self, guint n_events, SimulatedDiskCut cut, guint32 seed, SimulatedDisk *image);

G_END_DECLS
