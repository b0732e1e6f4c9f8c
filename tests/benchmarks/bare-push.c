/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What it costs at the least to send orders: one POST after the other on one connection with
 * libsoup. The bodies are the lines of a file. */
#include <libsoup/soup.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
check(gboolean ok, const char *what)
{
  if (ok)
    return;
  fprintf(stderr, "bare-push: %s\n", what);
  exit(1);
}

static void
post(SoupSession *session, const char *url, const char *bearer, const char *body)
{
  g_autoptr(SoupMessage) message = soup_message_new("POST", url);
  g_autoptr(GBytes) bytes = g_bytes_new(body, strlen(body));
  g_autoptr(GBytes) answer = NULL;
  g_autoptr(GError) error = NULL;

  soup_message_headers_append(soup_message_get_request_headers(message), "Authorization", bearer);
  soup_message_set_request_body_from_bytes(message, "application/json", bytes);
  answer = soup_session_send_and_read(session, message, NULL, &error);
  check(answer != NULL, error != NULL ? error->message : "no answer");
  check(soup_message_get_status(message) < 300, g_bytes_get_data(answer, NULL));
}

int
main(int argc, char **argv)
{
  g_autofree char *text = NULL;
  g_autofree char *token = NULL;
  g_autofree char *bearer = NULL;
  g_autoptr(SoupSession) session = soup_session_new();
  g_auto(GStrv) bodies = NULL;
  gint64 began_at = 0;
  guint n_posts = 0;

  check(argc == 4, "usage: bare-push URL TOKEN-FILE BODIES");
  check(g_file_get_contents(argv[2], &token, NULL, NULL), argv[2]);
  check(g_file_get_contents(argv[3], &text, NULL, NULL), argv[3]);
  bearer = g_strdup_printf("Bearer %s", g_strstrip(token));
  bodies = g_strsplit(g_strchomp(text), "\n", -1);
  began_at = g_get_monotonic_time();
  for (; bodies[n_posts] != NULL; n_posts++)
    post(session, argv[1], bearer, bodies[n_posts]);
  printf("seconds %.6f\nposts %u\n", (double)(g_get_monotonic_time() - began_at) / G_USEC_PER_SEC,
         n_posts);
  return 0;
}
