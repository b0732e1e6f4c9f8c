/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is read of a webhook. */
#include "answer.h"
#include "api/event.h"
#include "error.h"

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

static ShopcaisseEvent *
parse(const char *text)
{
  g_autoptr(GBytes) body = answer_quoted(text);

  return shopcaisse_event_parse(body, NULL);
}

static void
event_and_resource_are_read(void **state)
{
  g_autoptr(ShopcaisseEvent) event =
      parse("{'event':'company.items','resource':{'id':'c-1','type':'company'},'content':[]}");

  (void)state;
  assert_non_null(event);
  assert_string_equal(event->name, "company.items");
  assert_string_equal(event->resource_id, "c-1");
}

static void
content_is_not_read(void **state)
{
  g_autoptr(ShopcaisseEvent) event =
      parse("{'event':'store.orders','resource':{'id':'s'},'content':[1,null,{'price':'x'}]}");
  g_autoptr(ShopcaisseEvent) bare = parse("{'event':'store.orders','resource':{'id':'s'}}");

  (void)state;
  assert_non_null(event);
  assert_non_null(bare);
}

static void
unknown_event_is_an_event(void **state)
{
  g_autoptr(ShopcaisseEvent) event = parse("{'event':'store.seats','resource':{'id':'s'}}");

  (void)state;
  assert_non_null(event);
  assert_string_equal(event->name, "store.seats");
}

static void
other_texts_are_no_events(void **state)
{
  static const char *const texts[] = {
    "",
    "null",
    "[]",
    "'text'",
    "{}",
    "{'event':'store.orders'}",
    "{'resource':{'id':'s'}}",
    "{'event':'','resource':{'id':'s'}}",
    "{'event':7,'resource':{'id':'s'}}",
    "{'event':['store.orders'],'resource':{'id':'s'}}",
    "{'event':'store orders','resource':{'id':'s'}}",
    "{'event':'store.orders\\u0000','resource':{'id':'s'}}",
    "{'event':'store.orders','resource':'s'}",
    "{'event':'store.orders','resource':{}}",
    "{'event':'store.orders','resource':{'id':''}}",
    "{'event':'store.orders','resource':{'id':7}}",
    "{'event':'store.orders','event':'company.items','resource':{'id':'s'}}",
    "{'event':'store.orders','resource':{'id':'s','id':'t'}}",
    "{'event':'store.orders','resource':{'id':'\xff'}}",
    "{'event':'store.orders','resource':{'id':'s'}",
    "{'event':'store.orders','resource':{'id':'s'}} and more",
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autoptr(GBytes) body = answer_quoted(texts[i]);
    g_autoptr(GError) error = NULL;
    g_autoptr(ShopcaisseEvent) event = shopcaisse_event_parse(body, &error);

    if (event != NULL)
      fail_msg("this was taken: %s", texts[i]);
    assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL));
  }
}

static void
long_name_is_no_event(void **state)
{
  g_autofree char *name = g_strnfill(65, 'x');
  g_autofree char *text = g_strdup_printf("{'event':'%s','resource':{'id':'s'}}", name);
  g_autoptr(ShopcaisseEvent) event = parse(text);

  (void)state;
  assert_null(event);
}

static void
deep_content_is_no_event(void **state)
{
  g_autofree char *deep = g_strnfill(5000, '[');
  g_autofree char *text =
      g_strdup_printf("{'event':'store.orders','resource':{'id':'s'},'content':%s", deep);
  g_autoptr(ShopcaisseEvent) event = parse(text);

  (void)state;
  assert_null(event);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(event_and_resource_are_read), cmocka_unit_test(content_is_not_read),
    cmocka_unit_test(unknown_event_is_an_event),   cmocka_unit_test(other_texts_are_no_events),
    cmocka_unit_test(long_name_is_no_event),       cmocka_unit_test(deep_content_is_no_event),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
