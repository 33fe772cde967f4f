#define G_LOG_DOMAIN "dio-desk"

#include "dio-desk-model.h"

#include <string.h>

struct _DioDeskItem {
  GObject parent_instance;

  guint32 row;
  guint position;
};

G_DEFINE_FINAL_TYPE (DioDeskItem, dio_desk_item, G_TYPE_OBJECT)

struct _DioDeskModel {
  GObject parent_instance;

  DioReviewList *list;
  GtkBitset *selected; /**< positions, as ranges */
  guint current;       /**< GTK_INVALID_LIST_POSITION = none */
};

enum { CURRENT_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void list_model_init (GListModelInterface *iface);
static void selection_model_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DioDeskModel,
                               dio_desk_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init)
                                   G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                          selection_model_init))

/* -- Items ---------------------------------------------------------------------------------------------------------- */

guint32
dio_desk_item_get_row (DioDeskItem *item)
{
  g_return_val_if_fail (DIO_IS_DESK_ITEM (item), 0);

  return item->row;
}

guint
dio_desk_item_get_position (DioDeskItem *item)
{
  g_return_val_if_fail (DIO_IS_DESK_ITEM (item), 0);

  return item->position;
}

static void
dio_desk_item_class_init (DioDeskItemClass *klass)
{
}

static void
dio_desk_item_init (DioDeskItem *item)
{
}

static GType
get_item_type (GListModel *model)
{
  return DIO_TYPE_DESK_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return DIO_DESK_MODEL (model)->list->n;
}

static gpointer
get_item (GListModel *model, guint position)
{
  DioDeskModel *self = DIO_DESK_MODEL (model);
  if (position >= self->list->n)
    return NULL;
  DioDeskItem *item = g_object_new (DIO_TYPE_DESK_ITEM, NULL);
  item->position = position;
  item->row = self->list->rows[position];
  return item;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* -- Selection ------------------------------------------------------------------------------------------------------ */

static gboolean
is_selected (GtkSelectionModel *model, guint position)
{
  return gtk_bitset_contains (DIO_DESK_MODEL (model)->selected, position);
}

static GtkBitset *
get_selection_in_range (GtkSelectionModel *model, guint position, guint n)
{
  return gtk_bitset_ref (DIO_DESK_MODEL (model)->selected);
}

/* Takes @next; @current is the row that was touched, or GTK_INVALID_LIST_POSITION to keep it where it stays selected. */
static void
replace (DioDeskModel *self, GtkBitset *next, guint current)
{
  g_autoptr (GtkBitset) changed = gtk_bitset_copy (self->selected);
  gtk_bitset_difference (changed, next);
  gtk_bitset_unref (self->selected);
  self->selected = next;
  guint before = self->current;
  if (current != GTK_INVALID_LIST_POSITION && gtk_bitset_contains (next, current))
    self->current = current;
  else if (!gtk_bitset_contains (next, self->current))
    self->current =
        gtk_bitset_is_empty (next) ? GTK_INVALID_LIST_POSITION : gtk_bitset_get_minimum (next);
  if (!gtk_bitset_is_empty (changed)) {
    guint first = gtk_bitset_get_minimum (changed);
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), first,
                                           gtk_bitset_get_maximum (changed) - first + 1);
  }
  if (self->current != before || !gtk_bitset_is_empty (changed))
    g_signal_emit (self, signals[CURRENT_CHANGED], 0);
}

static gboolean
select_range (GtkSelectionModel *model, guint position, guint n, gboolean unselect_rest)
{
  DioDeskModel *self = DIO_DESK_MODEL (model);
  GtkBitset *next = unselect_rest ? gtk_bitset_new_empty () : gtk_bitset_copy (self->selected);
  gtk_bitset_add_range (next, position, n);
  replace (self, next, n == 1 ? position : GTK_INVALID_LIST_POSITION);
  return TRUE;
}

static gboolean
select_item (GtkSelectionModel *model, guint position, gboolean unselect_rest)
{
  return select_range (model, position, 1, unselect_rest);
}

static gboolean
unselect_range (GtkSelectionModel *model, guint position, guint n)
{
  DioDeskModel *self = DIO_DESK_MODEL (model);
  GtkBitset *next = gtk_bitset_copy (self->selected);
  gtk_bitset_remove_range (next, position, n);
  replace (self, next, GTK_INVALID_LIST_POSITION);
  return TRUE;
}

static gboolean
unselect_item (GtkSelectionModel *model, guint position)
{
  return unselect_range (model, position, 1);
}

static gboolean
select_all (GtkSelectionModel *model)
{
  return select_range (model, 0, DIO_DESK_MODEL (model)->list->n, TRUE);
}

static gboolean
unselect_all (GtkSelectionModel *model)
{
  replace (DIO_DESK_MODEL (model), gtk_bitset_new_empty (), GTK_INVALID_LIST_POSITION);
  return TRUE;
}

static gboolean
set_selection (GtkSelectionModel *model, GtkBitset *selected, GtkBitset *mask)
{
  DioDeskModel *self = DIO_DESK_MODEL (model);
  GtkBitset *next = gtk_bitset_copy (self->selected);
  g_autoptr (GtkBitset) wanted = gtk_bitset_copy (selected);
  gtk_bitset_subtract (next, mask);
  gtk_bitset_intersect (wanted, mask);
  gtk_bitset_union (next, wanted);
  replace (self, next, GTK_INVALID_LIST_POSITION);
  return TRUE;
}

static void
selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = is_selected;
  iface->get_selection_in_range = get_selection_in_range;
  iface->select_item = select_item;
  iface->unselect_item = unselect_item;
  iface->select_range = select_range;
  iface->unselect_range = unselect_range;
  iface->select_all = select_all;
  iface->unselect_all = unselect_all;
  iface->set_selection = set_selection;
}

/* -- Model ---------------------------------------------------------------------------------------------------------- */

DioReviewList *
dio_desk_model_get_list (DioDeskModel *self)
{
  g_return_val_if_fail (DIO_IS_DESK_MODEL (self), NULL);

  return self->list;
}

gboolean
dio_desk_model_extend (DioDeskModel *self, DioReviewList *list)
{
  g_return_val_if_fail (DIO_IS_DESK_MODEL (self) && list != NULL, FALSE);

  DioReviewList *old = self->list;
  if (old->unit != list->unit || old->n > list->n
      || (old->n > 0 && memcmp (old->rows, list->rows, old->n * sizeof *old->rows) != 0))
    return FALSE;
  guint before = old->n;
  self->list = dio_review_list_ref (list);
  dio_review_list_unref (old);
  if (list->n > before)
    g_list_model_items_changed (G_LIST_MODEL (self), before, 0, list->n - before);
  return TRUE;
}

gboolean
dio_desk_model_get_current (DioDeskModel *self, guint *position)
{
  g_return_val_if_fail (DIO_IS_DESK_MODEL (self), FALSE);

  *position = self->current;
  return self->current != GTK_INVALID_LIST_POSITION;
}

void
dio_desk_model_set_current (DioDeskModel *self, guint position)
{
  g_return_if_fail (DIO_IS_DESK_MODEL (self) && position < self->list->n);

  select_range (GTK_SELECTION_MODEL (self), position, 1, TRUE);
}

GArray *
dio_desk_model_create_selected (DioDeskModel *self)
{
  g_return_val_if_fail (DIO_IS_DESK_MODEL (self), NULL);

  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  GtkBitsetIter iter;
  guint position;
  for (gboolean more = gtk_bitset_iter_init_first (&iter, self->selected, &position);
       more && position < self->list->n; more = gtk_bitset_iter_next (&iter, &position))
    g_array_append_val (rows, self->list->rows[position]);
  return rows;
}

guint64
dio_desk_model_count_selected (DioDeskModel *self)
{
  g_return_val_if_fail (DIO_IS_DESK_MODEL (self), 0);

  return gtk_bitset_get_size (self->selected);
}

static void
dio_desk_model_finalize (GObject *object)
{
  DioDeskModel *self = DIO_DESK_MODEL (object);
  g_clear_pointer (&self->list, dio_review_list_unref);
  g_clear_pointer (&self->selected, gtk_bitset_unref);
  G_OBJECT_CLASS (dio_desk_model_parent_class)->finalize (object);
}

static void
dio_desk_model_class_init (DioDeskModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dio_desk_model_finalize;
  signals[CURRENT_CHANGED] = g_signal_new ("current-changed", G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dio_desk_model_init (DioDeskModel *self)
{
  self->selected = gtk_bitset_new_empty ();
  self->current = GTK_INVALID_LIST_POSITION;
}

DioDeskModel *
dio_desk_model_new (DioReviewList *list)
{
  g_return_val_if_fail (list != NULL, NULL);

  DioDeskModel *self = g_object_new (DIO_TYPE_DESK_MODEL, NULL);
  self->list = dio_review_list_ref (list);
  return self;
}
