/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "simulated-disk.h"

#include <sqlite3.h>

G_BEGIN_DECLS

/* What the two source files of the simulated disk share. */
typedef struct {
  guint number;
  GByteArray *bytes; /* (owned) */
} SimulatedDiskInode;

typedef enum {
  EVENT_WRITE,
  EVENT_TRUNCATE,
  EVENT_SYNC,
  EVENT_LINK,
  EVENT_UNLINK
} SimulatedDiskEventKind;

typedef struct {
  SimulatedDiskEventKind kind;
  guint inode;
  gint64 offset; /* or the size after a truncation */
  GBytes *bytes; /* (owned) (nullable): written */
  char *name;    /* (owned) (nullable): linked or unlinked */
  gboolean syncs_directory;
} SimulatedDiskEvent;

struct SimulatedDisk {
  sqlite3_vfs vfs;
  char *name;        /* (owned) */
  GHashTable *names; /* (owned): file name to inode number */
  GPtrArray *inodes; /* (owned) (element-type SimulatedDiskInode), by number */
  GPtrArray *events; /* (owned) (nullable) (element-type SimulatedDiskEvent) */
  guint fail_at;     /* calls until one fails, 0: none */
  SimulatedDiskFailure failure;
  gboolean has_failed;
  gint64 capacity; /* bytes, -1: endless */
  guint refusal;   /* thousandths of all writes */
  GRand *chance;   /* (owned) (nullable): which of them */
  guint n_refused;
  guint watch_in; /* events until somebody is told, 0: nobody is */
  SimulatedDiskFunc watch;
  gpointer watch_data;
  /* What is durable after the first n_replayed events, and what is not yet: */
  guint n_replayed;
  GHashTable *durable_names; /* (owned) (nullable) */
  GPtrArray *durable_inodes; /* (owned) (nullable) (element-type SimulatedDiskInode) */
  GPtrArray
      *pending; /* (owned) (nullable) (element-type SimulatedDiskEvent), borrowed from events */
};

SimulatedDiskInode *simulated_disk_add_inode(GPtrArray *inodes);
void simulated_disk_free_inode(SimulatedDiskInode *self);
void simulated_disk_free_event(SimulatedDiskEvent *self);

/* Grows with zeros, as a file does. */
void simulated_disk_resize(GByteArray *bytes, gint64 size);
void simulated_disk_put_bytes(GByteArray *bytes, gint64 offset, const void *data, gsize size);

G_END_DECLS
