/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

/* The entry that libFuzzer calls; replay.c calls it for the files of a corpus. */
int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);
