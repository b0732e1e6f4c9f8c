/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "fault.h"
#include "framing.h"
#include "simulator.h"

GByteArray *sim_answer_compose(
    guint status, const char *type, const char *headers, const void *body, gsize length);
GByteArray *sim_answer_replace(const Simulator *sim, const SimFault *fault, gsize *flood);
void
sim_answer_change(const Simulator *sim, const SimFault *fault, SimFrame *reply, GByteArray *answer);
void sim_answer_reframe(const SimFault *fault, SimFrame *reply, GByteArray *answer);
void sim_answer_rewind_page(char **target);
