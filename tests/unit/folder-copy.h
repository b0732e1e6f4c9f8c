/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The files of a folder, in memory: making a profile anew for each test takes longer than the test.
 */
typedef struct FolderCopy FolderCopy;

FolderCopy *folder_copy_new(const char *folder);
void folder_copy_free(FolderCopy *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FolderCopy, folder_copy_free)

/* Makes @folder, which is not there, with these files. */
void folder_copy_write(FolderCopy *self, const char *folder);

G_END_DECLS
