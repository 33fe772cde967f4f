#define G_LOG_DOMAIN "dio-randomizers"

#include "dio-sheet-view.h"

#include "dio-dataset-policy.h"
#include "dio-hold-clean.h"
#include "dio-picture-view.h"
#include "dio-tab-stop.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_TILES 64
#define MIN_TILE_PX 120
#define MAX_TILE_PX 480
#define START_TILE_PX 160
#define START_COLUMNS 4
#define START_MOST_PX 240
#define TILE_GAP_PX 10

/* A drag of a value changes the document many times a second: the sheet follows when it pauses. */
#define SETTLE_MS 200

/** One tile of the sheet. */
typedef struct {
  GtkWidget *box; /**< owned by the flow box */
  DioPictureView *picture;
  GtkLabel *caption;
  guint verdicts[3];  /**< by DioVerdict */
  guint hits, misses; /**< objects that were to be hidden in part, and are or are not as wanted */
} Tile;

struct _DioSheetView {
  GtkBox parent_instance;

  DioSession *session; /**< borrowed: outlives its panels */
  guint count, done;
  guint32 first;
  guint settle;   /**< source that will start the sheet */
  gboolean stale; /**< something changed while the sheet was not on screen */
  gboolean running;
  gboolean fitted; /**< the tiles had their first size */
  double aspect;   /**< width / height of the sensor's picture */
  Tile tiles[MAX_TILES];
  GtkFlowBox *flow;
  GtkLabel *range, *progress;
  GtkSpinner *spinner;
  GtkScale *size;
};

G_DEFINE_FINAL_TYPE (DioSheetView, dio_sheet_view, GTK_TYPE_BOX)

enum { TILE, RESTARTED, FRAME_ACTIVATED, N_SIGNALS };

static guint signals[N_SIGNALS];

/* What the label policy makes of the objects of all frames that are there; what has no category or is stuff does not count. */
static void
count_verdicts (Tile *tile, const DioPreviewResult *result, const DioLabelPolicy *policy)
{
  const GArray *annotations = result->annotations.annotations;
  memset (tile->verdicts, 0, sizeof tile->verdicts);
  for (guint i = 0; annotations != NULL && i < annotations->len; i++) {
    const DioAnnotation *annotation = &g_array_index (annotations, DioAnnotation, i);
    if (annotation->category >= 0 && annotation->thing)
      tile->verdicts[dio_label_judge (result->scenario, policy, annotation, NULL)]++;
  }
}

/* What randomizers that hide objects in part say of the frame. */
static void
count_outcomes (Tile *tile, const DioPreviewResult *result)
{
  const GArray *draws = result->resolved != NULL ? result->resolved->draws : NULL;
  tile->hits = tile->misses = 0;
  for (guint i = 0; draws != NULL && i < draws->len; i++) {
    const DioDraw *draw = &g_array_index (draws, DioDraw, i);
    if (!g_str_equal (draw->property, "occlusion"))
      continue;
    tile->hits += g_strcmp0 (draw->string, "hit") == 0 ? 1 : 0;
    tile->misses += g_strcmp0 (draw->string, "hit") != 0 ? 1 : 0;
  }
}

static char *
dup_verdicts (DioSheetView *self)
{
  guint sum[3] = { 0 }, hits = 0, misses = 0;
  for (guint i = 0; i < self->done; i++) {
    for (guint v = 0; v < 3; v++)
      sum[v] += self->tiles[i].verdicts[v];
    hits += self->tiles[i].hits;
    misses += self->tiles[i].misses;
  }
  /* Translators: how many labels of a contact sheet an export keeps, ignores and drops */
  g_autofree char *text =
      g_strdup_printf (_ ("%u kept, %u ignored, %u dropped"), sum[DIO_VERDICT_KEEP],
                       sum[DIO_VERDICT_IGNORE], sum[DIO_VERDICT_DROP]);
  if (hits + misses == 0)
    return g_steal_pointer (&text);
  /* Translators: after the labels of a contact sheet; how many objects are seen by the share that was wanted */
  return g_strdup_printf (_ ("%s · %u of %u hidden as wanted"), text, hits, hits + misses);
}

static char *
dup_caption (const Tile *tile, const DioPreviewResult *result)
{
  guint n = result->annotations.annotations != NULL ? result->annotations.annotations->len : 0;
  g_autofree char *text = g_strdup_printf (
      ngettext ("Frame %u · %u object", "Frame %u · %u objects", n), result->frame_index, n);
  if (tile->misses == 0)
    return g_steal_pointer (&text);
  return g_strdup_printf (_ ("%s · not hidden as wanted"), text);
}

static void
show_progress (DioSheetView *self)
{
  g_autofree char *range =
      g_strdup_printf (_ ("Frames %u–%u"), self->first, self->first + self->count - 1);
  g_autofree char *text = g_strdup_printf (_ ("%u of %u"), self->done, self->count);
  gtk_label_set_text (self->range, range);
  g_autofree char *verdicts = dup_verdicts (self);
  gtk_label_set_text (self->progress, self->done < self->count ? text : verdicts);
  gtk_spinner_set_spinning (self->spinner, self->running && self->done < self->count);
}

static void
size_tiles (DioSheetView *self)
{
  int width = (int) gtk_range_get_value (GTK_RANGE (self->size));
  int height = (int) (width / self->aspect + 0.5);
  for (guint i = 0; i < MAX_TILES; i++)
    gtk_widget_set_size_request (GTK_WIDGET (self->tiles[i].picture), width, height);
}

static void
show_tile (DioSheetView *self, guint index, DioPreviewResult *result)
{
  Tile *tile = &self->tiles[index];
  DioLabelPolicy policy;
  dio_session_get_policy (self->session, &policy);
  g_autoptr (DioOverlayScene) scene = dio_overlay_scene_new_from_result (result, &policy);
  count_verdicts (tile, result, &policy);
  count_outcomes (tile, result);
  g_autofree char *caption =
      result->error != NULL
          ? g_strdup_printf (_ ("%u: %s"), result->frame_index, result->error->message)
          : dup_caption (tile, result);
  dio_picture_view_set_scene (tile->picture, scene);
  gtk_label_set_text (tile->caption, caption);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (tile->box)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, caption, -1);
  if (scene != NULL && scene->height_px > 0) {
    double aspect = (double) scene->width_px / scene->height_px;
    if (ABS (aspect - self->aspect) > 1e-3) {
      self->aspect = aspect;
      size_tiles (self);
    }
  }
}

static void
tile_cb (DioPreviewResult *result, guint index, gpointer user)
{
  DioSheetView *self = user;
  if (index >= self->count)
    return;
  show_tile (self, index, result);
  self->done = index + 1;
  if (self->done == self->count)
    self->running = FALSE;
  show_progress (self);
  g_signal_emit (self, signals[TILE], 0, result);
}

static void
start (DioSheetView *self)
{
  DioPreviewRequest request;
  dio_session_fill_request (self->session, &request);
  if (request.sensor == NULL)
    return;
  request.frame = self->first;
  request.base = FALSE;
  request.draft = FALSE;
  request.want_sensor = TRUE;
  request.view = (DioPreviewView){ 0 };
  self->done = 0;
  self->stale = FALSE;
  self->running = TRUE;
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  guint width = (guint) (gtk_range_get_value (GTK_RANGE (self->size)) * scale);
  show_progress (self);
  g_signal_emit (self, signals[RESTARTED], 0);
  dio_preview_request_sheet (dio_session_get_preview (self->session), &request, self->count, width,
                             tile_cb, self);
}

/* Once, when the room is known: four columns of 16 frames, and not too large for four rows. */
static void
fit_tiles (DioSheetView *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  if (self->fitted || width <= 0)
    return;
  self->fitted = TRUE;
  int fitting = CLAMP (width / START_COLUMNS - TILE_GAP_PX, START_TILE_PX, START_MOST_PX);
  gtk_range_set_value (GTK_RANGE (self->size), fitting);
}

static gboolean
settled_cb (gpointer user)
{
  DioSheetView *self = user;
  self->settle = 0;
  fit_tiles (self);
  // What the new size asked for is what begins now.
  g_clear_handle_id (&self->settle, g_source_remove);
  start (self);
  return G_SOURCE_REMOVE;
}

static void
refresh (DioSheetView *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self))) {
    self->stale = TRUE;
    return;
  }
  g_clear_handle_id (&self->settle, g_source_remove);
  self->settle = g_timeout_add (SETTLE_MS, settled_cb, self);
}

static void
stop (DioSheetView *self)
{
  g_clear_handle_id (&self->settle, g_source_remove);
  if (self->running)
    dio_preview_cancel_sheet (dio_session_get_preview (self->session));
  self->stale = self->stale || self->done < self->count;
  self->running = FALSE;
}

static void
show_count (DioSheetView *self)
{
  for (guint i = 0; i < MAX_TILES; i++)
    gtk_widget_set_visible (gtk_widget_get_parent (self->tiles[i].box), i < self->count);
}

void
dio_sheet_view_set_count (DioSheetView *self, guint count)
{
  g_return_if_fail (DIO_IS_SHEET_VIEW (self) && count >= 1 && count <= MAX_TILES);

  if (count == self->count)
    return;
  self->count = count;
  show_count (self);
  refresh (self);
}

void
dio_sheet_view_turn (DioSheetView *self, int pages)
{
  g_return_if_fail (DIO_IS_SHEET_VIEW (self));

  gint64 first = (gint64) self->first + (gint64) pages * self->count;
  self->first = (guint32) CLAMP (first, 0, (gint64) G_MAXUINT32 - MAX_TILES);
  refresh (self);
}

guint
dio_sheet_view_get_done (DioSheetView *self)
{
  g_return_val_if_fail (DIO_IS_SHEET_VIEW (self), 0);

  return self->done;
}

guint
dio_sheet_view_get_count (DioSheetView *self)
{
  g_return_val_if_fail (DIO_IS_SHEET_VIEW (self), 0);

  return self->count;
}

static void
child_activated_cb (DioSheetView *self, GtkFlowBoxChild *child)
{
  g_signal_emit (self, signals[FRAME_ACTIVATED], 0,
                 self->first + (guint) gtk_flow_box_child_get_index (child));
}

static void
count_cb (DioSheetView *self, GParamSpec *pspec, GtkDropDown *drop)
{
  static const guint counts[] = { 4, 16, 36, 64 };
  guint selected = gtk_drop_down_get_selected (drop);
  if (selected < G_N_ELEMENTS (counts))
    dio_sheet_view_set_count (self, counts[selected]);
}

static void
add_tiles (DioSheetView *self)
{
  for (guint i = 0; i < MAX_TILES; i++) {
    Tile *tile = &self->tiles[i];
    tile->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
    gtk_widget_set_halign (tile->box, GTK_ALIGN_CENTER);
    tile->picture = DIO_PICTURE_VIEW (dio_picture_view_new ());
    dio_picture_view_set_interactive (tile->picture, FALSE);
    dio_picture_view_set_overlays (tile->picture, dio_session_get_overlays (self->session));
    dio_picture_painter_set_compact (dio_picture_view_get_painter (tile->picture), TRUE);
    gtk_box_append (GTK_BOX (tile->box), GTK_WIDGET (tile->picture));
    tile->caption = GTK_LABEL (gtk_label_new (NULL));
    gtk_label_set_ellipsize (tile->caption, PANGO_ELLIPSIZE_END);
    gtk_widget_add_css_class (GTK_WIDGET (tile->caption), "caption");
    gtk_widget_add_css_class (GTK_WIDGET (tile->caption), "numeric");
    gtk_widget_add_css_class (GTK_WIDGET (tile->caption), "dim-label");
    gtk_box_append (GTK_BOX (tile->box), GTK_WIDGET (tile->caption));
    gtk_flow_box_insert (self->flow, tile->box, -1);
  }
  show_count (self);
}

static GtkWidget *
new_turn (DioSheetView *self, const char *icon, const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static GtkWidget *
build_bar (DioSheetView *self)
{
  static const char *const counts[] = { "4", "16", "36", "64", NULL };
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_add_css_class (bar, "toolbar");
  gtk_box_append (GTK_BOX (bar), new_turn (self, "go-previous-symbolic", _ ("Previous Frames"),
                                           "win.sheet-previous"));
  self->range = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->range), "numeric");
  gtk_box_append (GTK_BOX (bar), GTK_WIDGET (self->range));
  gtk_box_append (GTK_BOX (bar),
                  new_turn (self, "go-next-symbolic", _ ("Next Frames"), "win.sheet-next"));
  GtkWidget *drop = gtk_drop_down_new_from_strings (counts);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop), 1);
  gtk_widget_set_tooltip_text (drop, _ ("Number of Frames"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Number of Frames"), -1);
  g_signal_connect_object (drop, "notify::selected", G_CALLBACK (count_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (bar), drop);
  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  gtk_box_append (GTK_BOX (bar), GTK_WIDGET (self->spinner));
  self->progress = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_set_hexpand (GTK_WIDGET (self->progress), TRUE);
  gtk_label_set_xalign (self->progress, 0);
  gtk_label_set_ellipsize (self->progress, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (self->progress), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->progress), "numeric");
  gtk_box_append (GTK_BOX (bar), GTK_WIDGET (self->progress));
  self->size = GTK_SCALE (
      gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, MIN_TILE_PX, MAX_TILE_PX, 20));
  gtk_range_set_value (GTK_RANGE (self->size), START_TILE_PX);
  gtk_widget_set_size_request (GTK_WIDGET (self->size), 84, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->size), _ ("Size of the Pictures"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->size), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Size of the Pictures"), -1);
  gtk_box_append (GTK_BOX (bar), GTK_WIDGET (self->size));
  return bar;
}

static void
resized_cb (DioSheetView *self)
{
  size_tiles (self);
  refresh (self);
}

static void
dio_sheet_view_map (GtkWidget *widget)
{
  DioSheetView *self = DIO_SHEET_VIEW (widget);
  GTK_WIDGET_CLASS (dio_sheet_view_parent_class)->map (widget);
  if (self->stale || self->done == 0)
    refresh (self);
}

static void
dio_sheet_view_unmap (GtkWidget *widget)
{
  stop (DIO_SHEET_VIEW (widget));
  GTK_WIDGET_CLASS (dio_sheet_view_parent_class)->unmap (widget);
}

static void
dio_sheet_view_dispose (GObject *object)
{
  stop (DIO_SHEET_VIEW (object));
  G_OBJECT_CLASS (dio_sheet_view_parent_class)->dispose (object);
}

static void
dio_sheet_view_class_init (DioSheetViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dio_sheet_view_dispose;
  GTK_WIDGET_CLASS (klass)->map = dio_sheet_view_map;
  GTK_WIDGET_CLASS (klass)->unmap = dio_sheet_view_unmap;
  signals[TILE] = g_signal_new ("tile", DIO_TYPE_SHEET_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[RESTARTED] = g_signal_new ("restarted", DIO_TYPE_SHEET_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 0);
  signals[FRAME_ACTIVATED] =
      g_signal_new ("frame-activated", DIO_TYPE_SHEET_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
dio_sheet_view_init (DioSheetView *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  self->count = 16;
  self->aspect = 4.0 / 3;
  self->flow = GTK_FLOW_BOX (gtk_flow_box_new ());
  gtk_flow_box_set_max_children_per_line (self->flow, 16);
  gtk_flow_box_set_homogeneous (self->flow, TRUE);
  gtk_flow_box_set_activate_on_single_click (self->flow, TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->flow), GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->flow), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Contact Sheet"), -1);
}

GtkWidget *
dio_sheet_view_new (DioSession *session)
{
  g_return_val_if_fail (DIO_IS_SESSION (session), NULL);

  DioSheetView *self = g_object_new (DIO_TYPE_SHEET_VIEW, NULL);
  self->session = session;
  dio_hold_clean_add (GTK_WIDGET (self->flow), dio_session_get_overlays (session));
  GtkWidget *bar = build_bar (self);
  add_tiles (self);
  size_tiles (self);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->flow));
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (self), bar);
  gtk_box_append (GTK_BOX (self), dio_tab_stop_new (scrolled));
  g_signal_connect_object (self->flow, "child-activated", G_CALLBACK (child_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->size, "value-changed", G_CALLBACK (resized_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "scenario-changed", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::seed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::sensor", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
  show_progress (self);
  return GTK_WIDGET (self);
}
