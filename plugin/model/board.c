/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Boards of keys, which staff call categories; docs/PROTOCOL.md 3.9. */
#include "model/board.h"

static const char *const type_texts[] = {
  [SHOPCAISSE_BOARD_POS] = "POS",
  [SHOPCAISSE_BOARD_ORDER_TERMINAL] = "ORDER_TERMINAL",
  [SHOPCAISSE_BOARD_CLICK_AND_COLLECT] = "CLICK_AND_COLLECT",
  [SHOPCAISSE_BOARD_WEBSITE_MENU] = "WEBSITE_MENU",
  [SHOPCAISSE_BOARD_TABLE_ORDER] = "TABLE_ORDER",
};

/**
 * shopcaisse_board_type_parse:
 * @text: (nullable): the type as on the wire
 *
 * Reads a type.
 *
 * Returns: the type; %SHOPCAISSE_BOARD_OTHER for a word that is not known
 */
ShopcaisseBoardType
shopcaisse_board_type_parse(const char *text)
{
  for (gsize i = 0; i < G_N_ELEMENTS(type_texts); i++) {
    if (type_texts[i] != NULL && g_strcmp0(text, type_texts[i]) == 0)
      return (ShopcaisseBoardType)i;
  }
  return SHOPCAISSE_BOARD_OTHER;
}

/**
 * shopcaisse_board_type_to_text:
 * @type: a type
 *
 * Prints a type as the wire has it.
 *
 * Returns: (transfer none) (nullable): the word; %NULL for %SHOPCAISSE_BOARD_OTHER
 */
const char *
shopcaisse_board_type_to_text(ShopcaisseBoardType type)
{
  g_return_val_if_fail((gsize)type < G_N_ELEMENTS(type_texts), NULL);
  return type_texts[type];
}

/**
 * shopcaisse_board_key_free:
 * @self: (nullable) (transfer full): a key
 *
 * Frees a key.
 */
void
shopcaisse_board_key_free(ShopcaisseBoardKey *self)
{
  if (self == NULL)
    return;
  g_free(self->item_id);
  g_free(self->board_id);
  g_free(self);
}

/**
 * shopcaisse_board_free:
 * @self: (nullable) (transfer full): a board
 *
 * Frees a board with its keys.
 */
void
shopcaisse_board_free(ShopcaisseBoard *self)
{
  if (self == NULL)
    return;
  g_free(self->id);
  g_free(self->store_id);
  g_free(self->name);
  g_free(self->type_text);
  g_free(self->background);
  g_free(self->picture);
  g_clear_pointer(&self->keys, g_ptr_array_unref);
  g_free(self);
}
