/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

int check_program_run(char **argv);
