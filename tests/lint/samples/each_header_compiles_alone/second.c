/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The first "include" of a comment: #include "second.h" */
#include <glib.h>

#include "second.h"
