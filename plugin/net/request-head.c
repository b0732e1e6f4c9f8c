/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* RFC 9112 without its leniencies: lines end in CR LF, nothing is folded, one Host, one length.
 * HTTP/1.0 is taken too: a reverse proxy may speak it to what is behind it. */
#include "net/request-head.h"

#include <string.h>

#define LENGTH_DIGITS_MAX 15
#define END               "\r\n\r\n"
#define END_BYTES         (sizeof END - 1)

/* Fields that count, and how often each was there. */
typedef struct {
  const ShopcaisseWantedRequest *wanted;
  ShopcaisseRequestHead *head;
  gboolean is_old; /* HTTP/1.0 */
  guint n_hosts;
  guint n_lengths;
  guint n_encodings;
  guint n_signatures;
  guint refusal; /* 0: none yet */
} Reading;

static gboolean
is_token(const char *text)
{
  if (*text == '\0')
    return FALSE;
  for (; *text != '\0'; text++) {
    if (!g_ascii_isalnum(*text) && strchr("!#$%&'*+-.^_`|~", *text) == NULL)
      return FALSE;
  }
  return TRUE;
}

/* A line feed stands behind a carriage return and nowhere else; no other control character but the
 * tabulator. Bytes beyond ASCII are nobody's harm: no such value is passed on. */
static gboolean
is_clean(const char *data, gsize begin, gsize size)
{
  for (gsize i = begin; i < size; i++) {
    guchar byte = (guchar)data[i];

    if (byte == '\n' && (i == 0 || data[i - 1] != '\r'))
      return FALSE;
    if (byte == '\r' && i + 1 < size && data[i + 1] != '\n')
      return FALSE;
    if ((byte < ' ' && byte != '\r' && byte != '\n' && byte != '\t') || byte == 0x7f)
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_printable(const char *text)
{
  for (; *text != '\0'; text++) {
    if (*text <= ' ' || *text > '~')
      return FALSE;
  }
  return TRUE;
}

/* Digits alone: no sign, no list, no blank. */
static void
read_length(Reading *reading, const char *value)
{
  gsize length = strlen(value);

  reading->n_lengths++;
  if (length == 0 || strspn(value, "0123456789") != length) {
    reading->refusal = 400;
    return;
  }
  if (length > LENGTH_DIGITS_MAX)
    reading->refusal = 413;
  else
    reading->head->body_size = (gsize)g_ascii_strtoull(value, NULL, 10);
}

static void
read_encoding(Reading *reading, const char *value)
{
  reading->n_encodings++;
  if (g_ascii_strcasecmp(value, "chunked") != 0)
    reading->refusal = 501;
  reading->head->is_chunked = TRUE;
}

static void
read_signature(Reading *reading, const char *value)
{
  reading->n_signatures++;
  g_free(reading->head->signature);
  reading->head->signature = g_strdup(value);
  if (!is_printable(value))
    reading->refusal = 400;
}

static void
read_field(Reading *reading, char *line)
{
  char *colon = strchr(line, ':');
  char *value = NULL;

  if (colon != NULL)
    *colon = '\0';
  /* A blank before the colon, or at the line's beginning, is no token. */
  if (colon == NULL || !is_token(line)) {
    reading->refusal = 400;
    return;
  }
  value = g_strstrip(colon + 1);
  if (g_ascii_strcasecmp(line, "Host") == 0)
    reading->n_hosts += *value != '\0' && is_printable(value) ? 1 : 2;
  else if (g_ascii_strcasecmp(line, "Content-Length") == 0)
    read_length(reading, value);
  else if (g_ascii_strcasecmp(line, "Transfer-Encoding") == 0)
    read_encoding(reading, value);
  else if (g_ascii_strcasecmp(line, reading->wanted->header) == 0)
    read_signature(reading, value);
  else if (g_ascii_strcasecmp(line, "Expect") == 0)
    reading->head->is_waiting = g_ascii_strcasecmp(value, "100-continue") == 0;
}

static guint
read_request_line(Reading *reading, const char *line)
{
  g_auto(GStrv) words = g_strsplit(line, " ", 4);

  if (g_strv_length(words) != 3 || !is_token(words[0]) || !is_printable(words[1]))
    return 400;
  reading->is_old = g_str_equal(words[2], "HTTP/1.0");
  if (!reading->is_old && !g_str_equal(words[2], "HTTP/1.1"))
    return g_str_has_prefix(words[2], "HTTP/") ? 505 : 400;
  if (!g_str_equal(words[1], reading->wanted->path))
    return 404;
  return g_str_equal(words[0], "POST") ? SHOPCAISSE_HEAD_FINE : 405;
}

/* The worst first: what could be a second request in disguise. */
static guint
judge(const Reading *reading)
{
  const ShopcaisseRequestHead *head = reading->head;

  if (reading->n_hosts != 1 || reading->n_lengths > 1 || reading->n_signatures > 1 ||
      reading->n_encodings + reading->n_lengths > 1 || (reading->is_old && head->is_chunked))
    return 400;
  if (reading->refusal != 0)
    return reading->refusal;
  if (reading->n_encodings + reading->n_lengths == 0)
    return 411;
  return head->body_size > reading->wanted->body_max ? 413 : SHOPCAISSE_HEAD_FINE;
}

static guint
read_lines(Reading *reading, char **lines)
{
  guint status = read_request_line(reading, lines[0]);

  if (g_strv_length(lines) > SHOPCAISSE_HEAD_LINES_MAX)
    return 431;
  for (gsize i = 1; lines[i] != NULL; i++)
    read_field(reading, lines[i]);
  return status == SHOPCAISSE_HEAD_FINE ? judge(reading) : status;
}

/**
 * shopcaisse_request_head_parse:
 * @wanted: what is taken
 * @data: what has come so far
 * @size: its size, bytes
 * @n_known: how many of them it was asked about before, and wanted more
 * @head: (out caller-allocates): filled in when the head is fine; cleared by the caller in any case
 *
 * Reads the head of a request. Nothing but the signature is kept of it. What is known is not looked
 * at again until the head is whole: somebody may send it byte by byte.
 *
 * Returns: %SHOPCAISSE_HEAD_INCOMPLETE, %SHOPCAISSE_HEAD_FINE, or the status of its refusal
 */
guint
shopcaisse_request_head_parse(const ShopcaisseWantedRequest *wanted,
                              const char *data,
                              gsize size,
                              gsize n_known,
                              ShopcaisseRequestHead *head)
{
  gsize limit = MIN(size, SHOPCAISSE_HEAD_MAX);
  gsize begin = n_known - MIN(n_known, END_BYTES - 1); /* an end may have begun already */
  const char *end = size > 0 ? g_strstr_len(data + begin, (gssize)(limit - begin), END) : NULL;
  gsize length = end != NULL ? (gsize)(end - data) : limit;
  Reading reading = { .wanted = wanted, .head = head };
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;

  *head = (ShopcaisseRequestHead){ 0 };
  /* The last line's own end, too: it is no second carriage return's. */
  if (!is_clean(data, begin, end != NULL ? length + 1 : length))
    return 400;
  if (end == NULL)
    return size < SHOPCAISSE_HEAD_MAX ? SHOPCAISSE_HEAD_INCOMPLETE : 431;
  text = g_strndup(data, length);
  lines = g_strsplit(text, "\r\n", SHOPCAISSE_HEAD_LINES_MAX + 1);
  if (lines[0] == NULL)
    return 400;
  head->size = length + END_BYTES;
  return read_lines(&reading, lines);
}

/**
 * shopcaisse_request_head_clear:
 * @head: a head
 *
 * Releases what it holds.
 */
void
shopcaisse_request_head_clear(ShopcaisseRequestHead *head)
{
  g_clear_pointer(&head->signature, g_free);
}
