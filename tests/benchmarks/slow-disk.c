/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Loaded before everything else it makes the disk as slow as the flash of a small till: each flush
 * takes SLOW_DISK_MS longer. */
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

typedef int (*Flush)(int fd);

static void
dawdle(void)
{
  const char *text = getenv("SLOW_DISK_MS");
  long delay_ms = text != NULL ? strtol(text, NULL, 10) : 0;
  struct timespec left = { .tv_sec = delay_ms / 1000, .tv_nsec = delay_ms % 1000 * 1000000 };

  while (nanosleep(&left, &left) != 0 && errno == EINTR)
    continue;
}

__attribute__((visibility("default"))) int
fsync(int fd)
{
  dawdle();
  return ((Flush)dlsym(RTLD_NEXT, "fsync"))(fd);
}

__attribute__((visibility("default"))) int
fdatasync(int fd)
{
  dawdle();
  return ((Flush)dlsym(RTLD_NEXT, "fdatasync"))(fd);
}
