/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A Tryton server that says what the test tells it to, in order, and knows no rules. */
#pragma once

#include "comptoir-tryton-host.h"

typedef struct TrytonFixture TrytonFixture;

TrytonFixture *tryton_fixture_new(void);
void tryton_fixture_free(TrytonFixture *self);

void tryton_fixture_expect(TrytonFixture *self, const char *method, const char *result);
void tryton_fixture_expect_error(TrytonFixture *self, const char *method, const char *error);
void tryton_fixture_expect_status(TrytonFixture *self, const char *method, guint status);
void tryton_fixture_expect_opening(TrytonFixture *self);

const char *tryton_fixture_get_url(TrytonFixture *self);
const char *tryton_fixture_get_body(TrytonFixture *self, guint number);
const char *tryton_fixture_get_authorization(TrytonFixture *self, guint number);
guint tryton_fixture_count_left(TrytonFixture *self);
guint tryton_fixture_count_asked(TrytonFixture *self);

ComptoirTrytonHost *tryton_fixture_new_host(TrytonFixture *self);
gboolean tryton_fixture_start(TrytonFixture *self, ComptoirTrytonHost *host, GError **error);
ComptoirTrytonHost *tryton_fixture_open_host(TrytonFixture *self);

typedef void (*TrytonFixtureAsk)(ComptoirHost *host, GVariant *argument, ComptoirRequest *request);

GVariant *tryton_fixture_ask(TrytonFixture *self,
                             ComptoirTrytonHost *host,
                             TrytonFixtureAsk ask,
                             GVariant *argument,
                             GError **error);
