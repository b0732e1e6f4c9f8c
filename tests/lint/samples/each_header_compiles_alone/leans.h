/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

gboolean leans_on_the_file_before(GBytes *bytes);
