/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "net/transport.h"

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

G_BEGIN_DECLS

#define DOOR_PATH   "/hook"
#define DOOR_HEADER "x-signature"
#define DOOR_LINE   "POST " DOOR_PATH " HTTP/1.1\r\n"
#define DOOR_HOST   "Host: shop\r\n"

/* One test's world: a receiver, who knocks at it, what it let through. */
typedef struct {
  GMainContext *context; /* (owned): the thread's default */
  ShopcaisseReceiverConfig config;
  ShopcaisseReceiver *receiver; /* (owned) (nullable) */
  ShopcaisseReceived answer;
  guint n_received;
  GBytes *body;     /* (owned) (nullable): the last */
  char *signature;  /* (owned) (nullable): of the last */
  GPtrArray *calls; /* (owned) (element-type Call) */
  guint n_descriptors;
} Door;

/* One connection, as raw as a stranger's. */
typedef struct {
  Door *door; /* (not owned) */
  GSocket *socket;
  GSource *source;    /* (owned) (nullable): while anything can happen */
  GByteArray *unsent; /* (owned) */
  guint64 n_filler;   /* bytes to follow it */
  guint64 n_sent;
  GString *answer; /* (owned) */
  gboolean is_over;
} Call;

int door_set_up(void **state);
int door_tear_down(void **state);
int door_main(int argc, char **argv, int (*run)(void));

ShopcaisseReceiverOpenFunc door_get_open(Door *self);
/* With the figures in its config. */
void door_open(Door *self);

Call *door_call(Door *self, const char *text);
Call *door_call_bytes(Door *self, const char *data, gsize size);
void call_send(Call *self, const char *text);
void call_fill(Call *self, guint64 n_bytes);
/* Until it is closed. Its status; 0: closed without an answer. */
guint call_wait(Call *self);
guint call_get_status(const Call *self);

/* A whole conversation. */
guint door_ask(Door *self, const char *text);

/* Until everybody has gone. */
void door_wait_empty(Door *self);
void door_wait_open(Door *self, guint n_open);
void door_run(Door *self, guint ms);

#define door_test(f) cmocka_unit_test_setup_teardown(f, door_set_up, door_tear_down)

G_END_DECLS
