/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

gboolean comes_after_another(GBytes *bytes);
