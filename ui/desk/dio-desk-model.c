#define G_LOG_DOMAIN "dio-desk"

#include "dio-desk-model.h"

/* More rows among those that are here are another model: telling each is slower than beginning anew. */
#define MOST_CHANGED 4096

struct _DioDeskItem {
  GObject parent_instance;

  guint32 row;
};

G_DEFINE_FINAL_TYPE (DioDeskItem, dio_desk_item, G_TYPE_OBJECT)

struct _DioDeskModel {
  GObject parent_instance;

  DioReviewList *list;
  DioReviewList
      *before; /**< (nullable) while changes are told: the list that still stands behind @told */
  guint told, left;    /**< rows of @list that are told; rows of @before that they stand for */
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
  DioDeskModel *self = DIO_DESK_MODEL (model);
  return self->before != NULL ? self->told + self->before->n - self->left : self->list->n;
}

static gpointer
get_item (GListModel *model, guint position)
{
  DioDeskModel *self = DIO_DESK_MODEL (model);
  if (position >= get_n_items (model))
    return NULL;
  DioDeskItem *item = g_object_new (DIO_TYPE_DESK_ITEM, NULL);
  item->row = self->before != NULL && position >= self->told
                  ? self->before->rows[self->left + position - self->told]
                  : self->list->rows[position];
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

/* -- Growth --------------------------------------------------------------------------------------------------------- */

/** Part of a list: rows [@from, @to). */
typedef struct {
  const guint32 *rows;
  guint from, to;
} Part;

/** Rows [@at, @at + @removed) make way for as many as @added of the other list. */
typedef struct {
  guint at, removed, added;
} Change;

/* Cuts away what both begin and end with. */
static void
trim (Part *old, Part *new)
{
  while (old->from < old->to && new->from < new->to && old->rows[old->from] == new->rows[new->from])
    old->from++, new->from++;
  while (old->from < old->to && new->from < new->to
         && old->rows[old->to - 1] == new->rows[new->to - 1])
    old->to--, new->to--;
}

static GHashTable *
create_set (const Part *part)
{
  GHashTable *set = g_hash_table_new (NULL, NULL);
  for (guint i = part->from; i < part->to; i++)
    g_hash_table_add (set, GUINT_TO_POINTER (part->rows[i]));
  return set;
}

static gboolean
has_row (GHashTable *set, const Part *part, guint i)
{
  return g_hash_table_contains (set, GUINT_TO_POINTER (part->rows[i]));
}

/* From the old rows to the new ones, by position in the new ones; NULL where rows that stay change places. */
static GArray *
create_changes (Part old, Part new)
{
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (Change));
  if (old.from == old.to || new.from == new.to) {
    Change all = { new.from, old.to - old.from, new.to - new.from };
    if (all.removed + all.added > 0)
      g_array_append_val (changes, all);
    return g_steal_pointer (&changes);
  }
  g_autoptr (GHashTable) olds = create_set (&old), news = create_set (&new);
  while (old.from < old.to || new.from < new.to) {
    Change change = { .at = new.from };
    for (; old.from < old.to && !has_row (news, &old, old.from); old.from++)
      change.removed++;
    for (; new.from < new.to && !has_row (olds, &new, new.from); new.from++)
      change.added++;
    if (change.removed + change.added > 0) {
      g_array_append_val (changes, change);
      continue;
    }
    if (old.rows[old.from] != new.rows[new.from])
      return NULL;
    old.from++;
    new.from++;
  }
  return g_steal_pointer (&changes);
}

static void
tell_change (DioDeskModel *self, const Change *change)
{
  guint end = change->at + change->removed;
  self->left += change->at - self->told + change->removed;
  self->told = change->at + change->added;
  gtk_bitset_splice (self->selected, change->at, change->removed, change->added);
  if (self->current != GTK_INVALID_LIST_POSITION && self->current >= end)
    self->current += change->added - change->removed;
  else if (self->current != GTK_INVALID_LIST_POSITION && self->current >= change->at)
    self->current = change->at;
  g_list_model_items_changed (G_LIST_MODEL (self), change->at, change->removed, change->added);
}

/* Each change is told by itself, so that the view knows what stays, and where. */
static void
tell_changes (DioDeskModel *self, DioReviewList *list, const GArray *changes)
{
  self->before = self->list;
  self->list = dio_review_list_ref (list);
  self->told = self->left = 0;
  for (guint i = 0; i < changes->len; i++)
    tell_change (self, &g_array_index (changes, Change, i));
  g_clear_pointer (&self->before, dio_review_list_unref);
  if (gtk_bitset_contains (self->selected, self->current))
    return;
  if (!gtk_bitset_is_empty (self->selected))
    self->current = gtk_bitset_get_minimum (self->selected);
  else if (self->current != GTK_INVALID_LIST_POSITION && list->n > 0)
    dio_desk_model_set_current (self, MIN (self->current, list->n - 1));
  else
    self->current = GTK_INVALID_LIST_POSITION;
}

gboolean
dio_desk_model_follow (DioDeskModel *self, DioReviewList *list)
{
  g_return_val_if_fail (DIO_IS_DESK_MODEL (self) && list != NULL, FALSE);

  Part old = { self->list->rows, 0, self->list->n }, new = { list->rows, 0, list->n };
  if (self->list->unit != list->unit)
    return FALSE;
  trim (&old, &new);
  // What is appended is told in one go, however much it is.
  if (old.to > old.from && old.to - old.from + new.to - new.from > MOST_CHANGED)
    return FALSE;
  g_autoptr (GArray) changes = create_changes (old, new);
  if (changes == NULL)
    return FALSE;
  tell_changes (self, list, changes);
  g_signal_emit (self, signals[CURRENT_CHANGED], 0);
  return TRUE;
}

/* -- Model ---------------------------------------------------------------------------------------------------------- */

DioReviewList *
dio_desk_model_get_list (DioDeskModel *self)
{
  g_return_val_if_fail (DIO_IS_DESK_MODEL (self), NULL);

  return self->list;
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
