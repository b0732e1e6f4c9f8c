/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Boards of keys: a bare list, one call for each type; docs/PROTOCOL.md 2.2, 3.9. */
#include "api/menus.h"
#include "api/page-read.h"
#include "api/path.h"

/**
 * shopcaisse_boards_request:
 * @company_id: the company
 * @type: which boards; not %SHOPCAISSE_BOARD_OTHER
 *
 * Asks for the boards of one type.
 *
 * Returns: (transfer full): the request
 */
ShopcaisseRequest *
shopcaisse_boards_request(const char *company_id, ShopcaisseBoardType type)
{
  g_return_val_if_fail(company_id != NULL && type != SHOPCAISSE_BOARD_OTHER, NULL);

  GString *path = shopcaisse_path_new("companies", company_id, "boards",
                                      shopcaisse_board_type_to_text(type), NULL);

  return shopcaisse_request_new(SHOPCAISSE_METHOD_GET, g_string_free(path, FALSE), NULL,
                                SHOPCAISSE_PAGE_ANSWER_MAX);
}

static gpointer
read_key(json_t *object, GError **error)
{
  g_autoptr(ShopcaisseBoardKey) key = g_new0(ShopcaisseBoardKey, 1);

  key->row = -1;
  key->column = -1;
  if (!shopcaisse_json_get_id(object, "boardChildId", SHOPCAISSE_JSON_OPTIONAL, &key->board_id,
                              error) ||
      !shopcaisse_json_get_id(object, "productId", SHOPCAISSE_JSON_OPTIONAL, &key->item_id,
                              error) ||
      !shopcaisse_json_get_integer(object, "row", &key->row, error) ||
      !shopcaisse_json_get_integer(object, "column", &key->column, error))
    return NULL;
  return g_steal_pointer(&key);
}

static gboolean
read_texts(json_t *object, ShopcaisseBoard *board, GError **error)
{
  if (!shopcaisse_json_get_id(object, "id", SHOPCAISSE_JSON_REQUIRED, &board->id, error) ||
      !shopcaisse_json_get_id(object, "storeCreatorId", SHOPCAISSE_JSON_OPTIONAL, &board->store_id,
                              error) ||
      !shopcaisse_json_get_name(object, "name", &board->name, error) ||
      !shopcaisse_json_get_text(object, "type", &board->type_text, error) ||
      !shopcaisse_json_get_text(object, "backgroundColor", &board->background, error) ||
      !shopcaisse_json_get_text(object, "picturePath", &board->picture, error))
    return FALSE;

  board->type = shopcaisse_board_type_parse(board->type_text);
  if (board->type_text == NULL)
    board->type_text = g_strdup("");
  return TRUE;
}

static gpointer
read_board(json_t *object, GError **error)
{
  g_autoptr(ShopcaisseBoard) board = g_new0(ShopcaisseBoard, 1);

  board->active = TRUE;
  board->keys = g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_board_key_free);
  if (!read_texts(object, board, error) ||
      !shopcaisse_json_get_integer(object, "rowSize", &board->n_rows, error) ||
      !shopcaisse_json_get_integer(object, "columnSize", &board->n_columns, error) ||
      !shopcaisse_json_get_integer(object, "position", &board->position, error) ||
      !shopcaisse_json_get_boolean(object, "displayImage", &board->shows_picture, error) ||
      !shopcaisse_json_get_boolean(object, "active", &board->active, error) ||
      !shopcaisse_rows_read(object, "elements", read_key, board->keys, error))
    return NULL;
  return g_steal_pointer(&board);
}

static gboolean
is_type(const char *word)
{
  return shopcaisse_board_type_parse(word) != SHOPCAISSE_BOARD_OTHER;
}

static const ShopcaisseShapeField key_fields[] = {
  { .key = "boardChildId" },
  { .key = "productId" },
  { .key = "row" },
  { .key = "column" },
};

static const ShopcaisseShape key_shape = SHOPCAISSE_SHAPE("board.elements", key_fields);

static const ShopcaisseShapeField board_fields[] = {
  { .key = "id" },
  { .key = "storeCreatorId" },
  { .key = "name" },
  { .key = "columnSize" },
  { .key = "rowSize" },
  { .key = "backgroundColor" },
  { .key = "displayImage" },
  { .key = "picturePath" },
  { .key = "position" },
  { .key = "active" },
  { .key = "type", .is_known = is_type },
  { .key = "elements", .below = &key_shape },
};

static const ShopcaisseShape board_shape = SHOPCAISSE_SHAPE("board", board_fields);

static const ShopcaisseRowKind board_row = {
  .shape = &board_shape,
  .row_read = read_board,
  .row_free = (GDestroyNotify)shopcaisse_board_free,
};

/**
 * shopcaisse_boards_parse:
 * @body: the answer
 * @error: return location for an error
 *
 * Reads the boards of one type. The answer has no pages and no count of rows left out.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when the answer is no array.
 *
 * Returns: (transfer full): a page of #ShopcaisseBoard
 */
ShopcaissePage *
shopcaisse_boards_parse(GBytes *body, GError **error)
{
  g_return_val_if_fail(body != NULL, NULL);

  g_autoptr(json_t) root = shopcaisse_json_load(body, SHOPCAISSE_JSON_MAX_DEPTH, error);

  return root != NULL ? shopcaisse_list_read(root, "", &board_row, error) : NULL;
}
