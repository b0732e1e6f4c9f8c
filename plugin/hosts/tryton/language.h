/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

void tryton_language_bind(void);
