/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <libsoup/soup.h>

/* Where one HTTP/1.1 message ends in a run of bytes. */
typedef struct {
  SoupMessageHeaders *headers; /* (owned) (nullable): set once the head is complete */
  char *method;                /* (owned) (nullable): of a request */
  char *target;                /* (owned) (nullable): of a request */
  guint status;                /* of an answer */
  gsize head_length;           /* bytes, with the empty line; 0 before it came */
  gsize body_length;           /* bytes on the wire; for chunks, so far known */
  gboolean chunked;
  gboolean complete; /* the whole message is there */
  gboolean malformed;
  gboolean keep_alive;
} SimFrame;

void sim_frame_parse_request(SimFrame *self, const GByteArray *bytes);
void sim_frame_parse_answer(SimFrame *self, const GByteArray *bytes);
GByteArray *sim_frame_build_request(const SimFrame *self, const GByteArray *bytes, guint number);
gboolean sim_frame_expects_continue(const SimFrame *self);
void sim_frame_clear(SimFrame *self);
