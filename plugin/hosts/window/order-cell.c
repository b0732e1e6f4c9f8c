/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is told of an order, in the channel's own words for people, and how a mark is coloured. */

#include "order-cell.h"

#include "amounts.h"
#include "local-text.h"

typedef struct {
  const char *key;
  const char *otherwise; /* (nullable): the key when a channel has no words for people */
} Source;

static const Source sources[] = {
  [ORDER_COLUMN_NUMBER] = { "number", COMPTOIR_KEY_ID },
  [ORDER_COLUMN_SOLD] = { COMPTOIR_KEY_SOLD_AT, NULL },
  [ORDER_COLUMN_TOTAL] = { COMPTOIR_KEY_TOTAL, NULL },
  [ORDER_COLUMN_STATE] = { "state_name", COMPTOIR_KEY_STATE },
  [ORDER_COLUMN_KITCHEN] = { "kitchen_name", COMPTOIR_KEY_KITCHEN },
  [ORDER_COLUMN_TILL] = { "fiscal_name", COMPTOIR_KEY_FISCAL },
  [ORDER_COLUMN_NOTE] = { COMPTOIR_KEY_MESSAGE, NULL },
};

typedef struct {
  const char *state; /* of the contract */
  const char *style;
} Mark;

/* The last one is for what is on its way. */
static const Mark marks[] = {
  { "sent", "mark-good" },     { "held", "mark-doubtful" },  { "parked", "mark-doubtful" },
  { "cancelled", "mark-bad" }, { "cancelling", "mark-bad" }, { NULL, "mark-underway" },
};

static char *
dup_source(ComptoirRow *order, const Source *source)
{
  char *text = comptoir_row_dup_text(order, source->key);

  if ((text != NULL && *text != '\0') || source->otherwise == NULL)
    return text;
  g_free(text);
  return comptoir_row_dup_text(order, source->otherwise);
}

/**
 * order_cell_dup_text:
 * @order: an order; empty until its window has come
 * @column: what is asked
 *
 * Tells something of an order.
 *
 * Returns: (transfer full): the text, for people
 */
char *
order_cell_dup_text(ComptoirRow *order, OrderColumn column)
{
  g_autofree char *text = dup_source(order, &sources[column]);
  gint64 cents = 0;

  if (text == NULL)
    return g_strdup("");
  if (column == ORDER_COLUMN_TOTAL && amounts_parse_money(text, &cents))
    return local_text_format_amount(cents);
  if (column == ORDER_COLUMN_SOLD)
    return local_text_format_time(text, g_get_real_time());
  return g_steal_pointer(&text);
}

static const char *
find_style(const char *state)
{
  gsize i = 0;

  while (marks[i].state != NULL && g_strcmp0(marks[i].state, state) != 0)
    i++;
  return marks[i].style;
}

/**
 * order_cell_show_mark:
 * @label: what shows the mark
 * @order: an order
 * @text: the words; nothing is shown for ""
 *
 * Shows how an order is, in words and in the colour of its state.
 */
void
order_cell_show_mark(GtkLabel *label, ComptoirRow *order, const char *text)
{
  g_autofree char *state = comptoir_row_dup_text(order, COMPTOIR_KEY_STATE);

  for (gsize i = 0; i < G_N_ELEMENTS(marks); i++)
    gtk_widget_remove_css_class(GTK_WIDGET(label), marks[i].style);
  gtk_label_set_text(label, text);
  if (*text == '\0')
    return;
  gtk_widget_add_css_class(GTK_WIDGET(label), "mark");
  gtk_widget_add_css_class(GTK_WIDGET(label), find_style(state));
}
