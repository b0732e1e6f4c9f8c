/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A window with the page in it, for the time of one test. */
#pragma once

#include "page-fixture.h"
#include "window.h"

G_BEGIN_DECLS

#define SHOP_WIDTH  1024
#define SHOP_HEIGHT 600

typedef struct {
  ScriptedChannel *channel;
  GtkWidget *window; /* (nullable) */
} Shop;

int shop_open_blank(void **state);
int shop_open_ready(void **state);
int shop_close(void **state);

G_END_DECLS
