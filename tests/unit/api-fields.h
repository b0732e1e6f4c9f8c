/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What becomes of each of the seven types of JSON in each field of a resource, as tables. */
#pragma once

#include "api/page.h"

#include <jansson.h>

G_BEGIN_DECLS

typedef enum {
  API_OBJECT,  /* {} */
  API_ARRAY,   /* ["probe"] */
  API_STRING,  /* "probe" */
  API_INTEGER, /* 7 */
  API_REAL,    /* 0.5 */
  API_BOOLEAN, /* true */
  API_NULL,
  API_N_TYPES
} ApiType;

/* "!" is refused, "-" changes nothing; else what differs from the untouched row, as "name=value",
 * "-name" for what is gone, apart by blanks. */
typedef struct {
  const char *path; /* "family.id", "lines.0.price" */
  const char *cells[API_N_TYPES];
} ApiField;

#define API_REFUSED   "!", "!", "!", "!", "!", "!", "!"
#define API_UNTOUCHED "-", "-", "-", "-", "-", "-", "-"

/* A text, an opaque id among them; @absent is what null makes of it. */
#define API_TEXT(path, name, absent)                                                               \
  {                                                                                                \
    path,                                                                                          \
    {                                                                                              \
      "!", "!", name "=probe", "!", "!", "!", absent                                               \
    }                                                                                              \
  }
#define API_FLAG(path, name, absent)                                                               \
  {                                                                                                \
    path,                                                                                          \
    {                                                                                              \
      "!", "!", "!", "!", "!", name "=1", absent                                                   \
    }                                                                                              \
  }
/* A number: what 7, 0.5 and null make of it. */
#define API_NUMBER(path, integer, real, absent)                                                    \
  {                                                                                                \
    path,                                                                                          \
    {                                                                                              \
      "!", "!", "!", integer, real, "!", absent                                                    \
    }                                                                                              \
  }

/* What was read of an answer, in lines of "name=value". */
typedef struct {
  GPtrArray *lines; /* (owned) (element-type utf8) */
  char *unknown;    /* (owned) (nullable): the page's tally, where there is a page */
} ApiShown;

void api_show_text(ApiShown *self, const char *name, const char *value);
void api_show_number(ApiShown *self, const char *name, gint64 value);
gboolean api_show_page(ApiShown *self,
                       const ShopcaissePage *page,
                       void (*show_row)(ApiShown *self, gconstpointer row),
                       GError **error);

typedef struct {
  const char *name;
  const char *before; /* of the answer, around the row; apostrophes for quotes */
  const char *row;    /* with each field that is read, none of them at its default */
  const char *behind;
  gboolean (*show)(GBytes *body, ApiShown *shown, GError **error);
  const ApiField *fields;
  gsize n_fields;
  guint max_depth;        /* 0: SHOPCAISSE_JSON_MAX_DEPTH */
  guint also_takes;       /* types that the whole answer may have besides, 1 << ApiType */
  gboolean is_reticent;   /* its messages do not name the field */
  gboolean takes_nothing; /* an answer without a body is one */
} ApiResource;

void api_fields_check(const ApiResource *self);
void api_hostile_check(const ApiResource *self);

G_END_DECLS
