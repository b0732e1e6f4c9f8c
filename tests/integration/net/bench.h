/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "net/transport.h"
#include "scripted-server.h"

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

G_BEGIN_DECLS

#define BENCH_TOKEN    "tok-5f0e-only-for-this-origin"
#define BENCH_SHORT_MS 200   /* for what must be cut */
#define BENCH_SENT_MS  1500  /* for what must be cut, but not before a slow machine has sent it */
#define BENCH_AMPLE_MS 20000 /* for what must not */

#define JSON_HEAD "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
#define JSON_OK   JSON_HEAD "Content-Length: 11\r\n\r\n{\"ok\":true}"

/* One test's world: a context, a server, a transport towards it, what came back. */
typedef struct {
  GMainContext *context; /* (owned): the thread's default */
  ShopcaisseTransportOpenFunc open;
  ShopcaisseTransport *transport; /* (owned) (nullable) */
  GTlsDatabase *authorities;      /* (owned) */
  ScriptedServer *server;         /* (owned) (nullable) */
  GPtrArray *replies;  /* (owned) (element-type ShopcaisseReply): in the order they came */
  guint n_descriptors; /* open when the test began */
} Bench;

int bench_setup(void **state);
int bench_teardown(void **state);

int bench_main(int argc, char **argv, int (*run)(void));

const char *bench_get_argument(guint i);

void bench_serve(Bench *self, const char *address, const char *certificate);
void bench_open(Bench *self, const char *base_url, const char *proxy);
void bench_serve_plain(Bench *self, const ServerStep *steps);
void bench_serve_secured(Bench *self, const char *certificate, const ServerStep *steps);
void bench_close(Bench *self);

void bench_send(Bench *self,
                ShopcaisseMethod method,
                const char *body,
                guint timeout_ms,
                GCancellable *cancellable);
void bench_send_request(Bench *self, const ShopcaisseRequest *request, GCancellable *cancellable);
ShopcaisseReply *bench_get(Bench *self, guint timeout_ms);
ShopcaisseReply *bench_post(Bench *self, const char *body, guint timeout_ms);

ShopcaisseReply *bench_wait_reply(Bench *self, guint i);
void bench_wait_held(Bench *self, guint n_held);

char *bench_dup_body(const ShopcaisseReply *reply);

#define bench_test(f) cmocka_unit_test_setup_teardown(f, bench_setup, bench_teardown)

#define assert_kind(reply, expected) assert_int_equal((reply)->kind, SHOPCAISSE_REPLY_##expected)
#define assert_comptoir_error(reply, code)                                                         \
  assert_true(g_error_matches((reply)->error, COMPTOIR_ERROR, COMPTOIR_ERROR_##code))
#define assert_cancelled(reply)                                                                    \
  assert_true(g_error_matches((reply)->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))

G_END_DECLS
