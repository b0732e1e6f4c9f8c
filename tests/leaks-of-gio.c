/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Linked into libcomptoir when the address sanitiser is: GIO keeps the modules it has scanned for
 * as long as the process lives, where the leak checker does not look. A suppression by name would
 * need the slow unwinder at every allocation, and the tests ten times their time. */
#include <gio/gio.h>
#include <sanitizer/lsan_interface.h>

/* Given by the linker's --wrap. */
void __real_g_io_modules_scan_all_in_directory(const char *folder);
void __wrap_g_io_modules_scan_all_in_directory(const char *folder);

void
__wrap_g_io_modules_scan_all_in_directory(const char *folder)
{
  __lsan_disable();
  __real_g_io_modules_scan_all_in_directory(folder);
  __lsan_enable();
}
