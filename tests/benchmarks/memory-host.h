/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <comptoir/comptoir.h>

G_BEGIN_DECLS

/* A host whose articles are in memory, or nowhere: then what grows is the channel. */
typedef enum {
  MEMORY_HOST_KEEPS,
  MEMORY_HOST_FORGETS
} MemoryHostMood;

#define MEMORY_TYPE_HOST (memory_host_get_type())
G_DECLARE_FINAL_TYPE(MemoryHost, memory_host, MEMORY, HOST, GObject)

MemoryHost *memory_host_new(const char *folder, MemoryHostMood mood);

/* Article changes it was asked for, and orders it was told to be sent. */
guint memory_host_count_writes(MemoryHost *self);
guint memory_host_count_sent(MemoryHost *self);

/* The article that was made for an item of the channel. */
const char *memory_host_get_article(MemoryHost *self, guint number);

G_END_DECLS
