/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "command.h"

/* Each table ends with a command without a name. */
extern const Command article_commands[];
extern const Command sale_commands[];
extern const Command send_commands[];
extern const Command settings_commands[];
extern const Command task_commands[];
extern const Command plan_commands[];
extern const Command link_commands[];
extern const Command report_commands[];
extern const Command customer_commands[];
extern const Command list_commands[];
extern const Command run_commands[];
