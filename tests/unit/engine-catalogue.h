/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine-shop.h"

G_BEGIN_DECLS

/* A shop whose articles are linked to nothing. */
int engine_catalogue_set_up(void **state);

/* Answers a whole pull: item-1 "Tarte" 12.50, item-2 "Cerises" 12.99 and the option item-3, each
 * without stock; or these items, JSON with commas. */
void engine_catalogue_answer_pull(Bench *bench, const char *items);

/* Makes a plan with a host that has @articles, as g_variant_parse() reads aa{sv}. The answer is the
 * bench's. open also opens the bench. */
GVariant *engine_catalogue_plan(Bench *bench, const char *articles);
GVariant *engine_catalogue_open(Bench *bench, const char *articles);

/* The same with other items. */
GVariant *engine_catalogue_plan_items(Bench *bench, const char *items, const char *articles);

guint engine_catalogue_count(GVariant *plan, const char *key);

BenchAnswer *engine_catalogue_execute(Bench *bench, ComptoirOperation operation, GVariant *plan);

/* The host does what it is asked: "h-" and the item's last letter becomes an article's id; a change
 * that has @failing (nullable) in it fails. (transfer full): what it was asked. */
char *engine_catalogue_answer_changes(Bench *bench, const char *failing);

G_END_DECLS
