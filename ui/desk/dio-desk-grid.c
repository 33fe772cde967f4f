#define G_LOG_DOMAIN "dio-desk"

#include "dio-desk-grid.h"

#include "dio-desk-text.h"
#include "dio-desk-tile.h"
#include "dio-hold-clean.h"
#include "dio-tab-stop.h"

#include <glib/gi18n-lib.h>

/* Padding of a cell in the theme, and a hair. */
#define CELL_PX 18
#define START_PX 1000

/* How many drawn frames a cell is waited for; no frames are drawn while the page is hidden. */
#define FOCUS_FRAMES 120

struct _DioDeskGrid {
  AdwBin parent_instance;

  DioDeskTileShared shared;
  GtkGridView *view;
  DioDeskModel *model;
  GHashTable *bound; /**< set of GtkListItem that show something, borrowed */
  guint fit;         /**< source that will fit the columns */
  guint focus_tick;  /**< looks for the cell that is to have the focus, 0 = none */
  guint focus_tries; /**< frames that it may still look */
};

G_DEFINE_FINAL_TYPE (DioDeskGrid, dio_desk_grid, ADW_TYPE_BIN)

enum { ACTIVATED, CURRENT_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

static DioDeskTile *
get_tile (GtkListItem *item)
{
  return DIO_DESK_TILE (gtk_list_item_get_child (item));
}

static void
name_cell (GtkListItem *item)
{
  g_autofree char *label = dio_desk_tile_dup_label (get_tile (item));
  GtkWidget *cell = gtk_widget_get_parent (GTK_WIDGET (get_tile (item)));
  if (cell != NULL)
    dio_desk_text_name (cell, label);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user)
{
  gtk_list_item_set_child (item, dio_desk_tile_new ());
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, DioDeskGrid *self)
{
  g_hash_table_add (self->bound, item);
  dio_desk_tile_show (get_tile (item), &self->shared,
                      dio_desk_item_get_row (gtk_list_item_get_item (item)));
  name_cell (item);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, DioDeskGrid *self)
{
  g_hash_table_remove (self->bound, item);
  dio_desk_tile_clear (get_tile (item));
}

static void
update_tiles (DioDeskGrid *self)
{
  GHashTableIter iter;
  gpointer item;
  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &item, NULL)) {
    dio_desk_tile_update (get_tile (item));
    name_cell (item);
  }
}

static void
activate_cb (GtkGridView *view, guint position, DioDeskGrid *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0, position);
}

static void
current_changed_cb (DioDeskGrid *self)
{
  g_signal_emit (self, signals[CURRENT_CHANGED], 0);
}

/* -- What is shown -------------------------------------------------------------------------------------------------- */

static void
take_model (DioDeskGrid *self, DioDeskModel *model)
{
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_func (self->model, current_changed_cb, self);
  g_set_object (&self->model, model);
  gtk_grid_view_set_model (self->view, GTK_SELECTION_MODEL (model));
  if (model != NULL)
    g_signal_connect_object (model, "current-changed", G_CALLBACK (current_changed_cb), self,
                             G_CONNECT_SWAPPED);
}

void
dio_desk_grid_set_data (DioDeskGrid *self, DioDeskData *data)
{
  g_return_if_fail (DIO_IS_DESK_GRID (self));

  take_model (self, NULL);
  if (self->shared.data != NULL)
    g_signal_handlers_disconnect_by_func (self->shared.data, update_tiles, self);
  g_clear_pointer (&self->shared.loader, dio_desk_loader_free);
  g_set_object (&self->shared.data, data);
  if (data == NULL)
    return;
  self->shared.loader = dio_desk_loader_new (dio_desk_data_get_folder (data));
  g_signal_connect_object (data, "decided", G_CALLBACK (update_tiles), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (data, "grown", G_CALLBACK (update_tiles), self, G_CONNECT_SWAPPED);
}

/* All tiles have the shape of the first picture. */
static void
find_aspect (DioDeskGrid *self, const DioReviewList *list)
{
  if (list->n == 0)
    return;
  DioReviewFrameRow frame;
  dio_review_table_get_frame (
      list->table, dio_review_table_get_frame_of (list->table, list->unit, list->rows[0]), &frame);
  if (frame.width_px > 0 && frame.height_px > 0)
    self->shared.aspect = CLAMP ((double) frame.width_px / frame.height_px, 0.5, 3);
}

/* Position of what is current now: the same row, or in a list of the other unit its picture, or the first object in it; -1 = not there. */
static gint64
find_same (DioDeskGrid *self, const DioReviewList *list)
{
  guint position;
  if (self->model == NULL || !dio_desk_model_get_current (self->model, &position))
    return -1;
  const DioReviewList *old = dio_desk_model_get_list (self->model);
  guint32 row = old->rows[position];
  if (old->unit == list->unit)
    return dio_review_list_find (list, row);
  guint32 frame = dio_review_table_get_frame_of (list->table, old->unit, row);
  if (list->unit == DIO_REVIEW_FRAMES)
    return dio_review_list_find (list, frame);
  for (guint32 i = 0; i < list->n; i++)
    if (dio_review_table_get_frame_of (list->table, list->unit, list->rows[i]) == frame)
      return i;
  return -1;
}

void
dio_desk_grid_set_list (DioDeskGrid *self, DioReviewList *list, gboolean same)
{
  g_return_if_fail (DIO_IS_DESK_GRID (self) && list != NULL);

  if (same && self->model != NULL && dio_desk_model_follow (self->model, list))
    return;
  gint64 kept = find_same (self, list);
  self->shared.unit = list->unit;
  find_aspect (self, list);
  g_autoptr (DioDeskModel) model = dio_desk_model_new (list);
  take_model (self, model);
  if (list->n > 0)
    dio_desk_grid_show (self, kept >= 0 ? (guint) kept : 0);
  else
    current_changed_cb (self);
}

DioDeskModel *
dio_desk_grid_get_model (DioDeskGrid *self)
{
  g_return_val_if_fail (DIO_IS_DESK_GRID (self), NULL);

  return self->model;
}

/* GTK binds some thirty rows of as many columns as are allowed, not of those that are shown. */
static gboolean
fit_columns_cb (gpointer user)
{
  DioDeskGrid *self = user;
  g_clear_handle_id (&self->fit, g_source_remove);
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  // Before it has a width; what is laid out in one column first would be scrolled away from.
  if (width == 0)
    width = START_PX;
  int columns = width / (self->shared.width_px + CELL_PX);
  guint fitting = (guint) MAX (columns, 1);
  if (gtk_grid_view_get_max_columns (self->view) != fitting)
    gtk_grid_view_set_max_columns (self->view, fitting);
  return G_SOURCE_REMOVE;
}

static void
width_changed_cb (DioDeskGrid *self)
{
  // Not while sizes are being handed out.
  if (self->fit == 0)
    self->fit = g_idle_add_full (G_PRIORITY_HIGH_IDLE, fit_columns_cb, self, NULL);
}

void
dio_desk_grid_set_tile_px (DioDeskGrid *self, int width_px)
{
  g_return_if_fail (DIO_IS_DESK_GRID (self));

  self->shared.width_px = CLAMP (width_px, DIO_DESK_GRID_MIN_PX, DIO_DESK_GRID_MAX_PX);
  fit_columns_cb (self);
  update_tiles (self);
}

/* -- Position ------------------------------------------------------------------------------------------------------- */

static GtkWidget *
find_cell (DioDeskGrid *self, guint position)
{
  GHashTableIter iter;
  gpointer item;
  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    if (gtk_list_item_get_position (item) == position)
      return gtk_widget_get_parent (gtk_list_item_get_child (item));
  return NULL;
}

/* Who is typing a search goes on typing. */
static gboolean
may_take_focus (DioDeskGrid *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  return gtk_widget_get_mapped (GTK_WIDGET (self)) && root != NULL
         && !GTK_IS_TEXT (gtk_root_get_focus (root));
}

static gboolean
focus_current (DioDeskGrid *self)
{
  guint position;
  if (self->model == NULL || !dio_desk_model_get_current (self->model, &position))
    return FALSE;
  GtkWidget *cell = find_cell (self, position);
  if (cell == NULL || !gtk_widget_get_mapped (cell))
    return FALSE;
  if (may_take_focus (self))
    gtk_widget_grab_focus (cell);
  return TRUE;
}

static gboolean
focus_tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user)
{
  DioDeskGrid *self = DIO_DESK_GRID (widget);
  if (!focus_current (self) && --self->focus_tries > 0)
    return G_SOURCE_CONTINUE;
  self->focus_tick = 0;
  return G_SOURCE_REMOVE;
}

void
dio_desk_grid_show (DioDeskGrid *self, guint position)
{
  g_return_if_fail (DIO_IS_DESK_GRID (self) && self->model != NULL);

  dio_desk_model_set_current (self->model, position);
  gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", position);
  if (focus_current (self))
    return;
  /* A list that has just come has no cells yet, and a page that is coming is not mapped: without the focus no key would decide. */
  self->focus_tries = FOCUS_FRAMES;
  if (self->focus_tick == 0)
    self->focus_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), focus_tick_cb, NULL, NULL);
}

static gboolean
is_in_sight (DioDeskGrid *self, GtkWidget *cell)
{
  graphene_rect_t bounds;
  if (!gtk_widget_compute_bounds (cell, GTK_WIDGET (self->view), &bounds))
    return FALSE;
  double middle = (double) bounds.origin.y + (double) bounds.size.height / 2;
  return middle >= 0 && middle <= gtk_widget_get_height (GTK_WIDGET (self->view));
}

GArray *
dio_desk_grid_create_visible (DioDeskGrid *self)
{
  g_return_val_if_fail (DIO_IS_DESK_GRID (self), NULL);

  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  GHashTableIter iter;
  gpointer item;
  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &item, NULL)) {
    GtkWidget *cell = gtk_widget_get_parent (gtk_list_item_get_child (item));
    if (cell == NULL || !gtk_widget_get_mapped (cell) || !is_in_sight (self, cell))
      continue;
    guint32 row = dio_desk_item_get_row (gtk_list_item_get_item (item));
    g_array_append_val (rows, row);
  }
  return rows;
}

/* -- Object --------------------------------------------------------------------------------------------------------- */

static void
dio_desk_grid_dispose (GObject *object)
{
  DioDeskGrid *self = DIO_DESK_GRID (object);
  g_clear_handle_id (&self->fit, g_source_remove);
  if (self->view != NULL)
    dio_desk_grid_set_data (self, NULL);
  self->view = NULL;
  g_clear_object (&self->shared.overlays);
  G_OBJECT_CLASS (dio_desk_grid_parent_class)->dispose (object);
}

static void
dio_desk_grid_finalize (GObject *object)
{
  g_hash_table_unref (DIO_DESK_GRID (object)->bound);
  G_OBJECT_CLASS (dio_desk_grid_parent_class)->finalize (object);
}

static void
dio_desk_grid_class_init (DioDeskGridClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dio_desk_grid_dispose;
  G_OBJECT_CLASS (klass)->finalize = dio_desk_grid_finalize;
  GType type = G_TYPE_FROM_CLASS (klass);
  signals[ACTIVATED] = g_signal_new ("activated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[CURRENT_CHANGED] = g_signal_new ("current-changed", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 0);
}

static void
dio_desk_grid_init (DioDeskGrid *self)
{
  self->bound = g_hash_table_new (NULL, NULL);
  self->shared.aspect = 4.0 / 3;
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), self);
  self->view = GTK_GRID_VIEW (gtk_grid_view_new (NULL, factory));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "dio-pictures");
  gtk_grid_view_set_enable_rubberband (self->view, TRUE);
  dio_desk_text_name (GTK_WIDGET (self->view), _ ("Pictures"));
  g_signal_connect_object (self->view, "activate", G_CALLBACK (activate_cb), self, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->view));
  gtk_widget_set_vexpand (scrolled, TRUE);
  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scrolled)),
                           "notify::page-size", G_CALLBACK (width_changed_cb), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), dio_tab_stop_new (scrolled));
  dio_desk_grid_set_tile_px (self, 160);
}

GtkWidget *
dio_desk_grid_new (DioOverlays *overlays)
{
  g_return_val_if_fail (DIO_IS_OVERLAYS (overlays), NULL);

  DioDeskGrid *self = g_object_new (DIO_TYPE_DESK_GRID, NULL);
  self->shared.overlays = g_object_ref (overlays);
  dio_hold_clean_add (GTK_WIDGET (self->view), overlays);
  g_signal_connect_object (overlays, "changed", G_CALLBACK (update_tiles), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
