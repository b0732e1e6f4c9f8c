/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "whole.h"

void *
whole(void)
{
  return g_file_new_for_path("/");
}
