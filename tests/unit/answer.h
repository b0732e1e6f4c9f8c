/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Answers for tests: from a file in tests/data/, or written in the test. */
#pragma once

#include <gio/gio.h>
#include <string.h>

static inline GBytes *
answer_load(const char *name)
{
  const char *tests = g_getenv("G_TEST_SRCDIR");
  g_autofree char *path = g_build_filename(tests != NULL ? tests : "tests", "data", name, NULL);
  char *contents = NULL;
  gsize length = 0;

  if (!g_file_get_contents(path, &contents, &length, NULL))
    return NULL;
  return g_bytes_new_take(contents, length);
}

static inline GBytes *
answer_new(const char *text)
{
  return g_bytes_new(text, strlen(text));
}

/* Quotes in the text are apostrophes, for the reader's sake. */
static inline GBytes *
answer_quoted(const char *text)
{
  char *json = g_strdelimit(g_strdup(text), "'", '"');

  return g_bytes_new_take(json, strlen(json));
}
