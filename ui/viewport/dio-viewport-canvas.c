#define G_LOG_DOMAIN "dio-viewport"

#include "dio-session-models.h"
#include "dio-viewport-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

G_DEFINE_FINAL_TYPE (DioViewportCanvas, dio_viewport_canvas, GTK_TYPE_WIDGET)

enum {
  SIGNAL_STATUS_CHANGED,
  SIGNAL_NOTE,
  SIGNAL_TOOL_CHANGED,
  SIGNAL_EXPLAINED,
  SIGNAL_MENU,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

gboolean
dio_viewport_canvas_is_through (DioViewportCanvas *self)
{
  return dio_session_get_through_sensor (self->session)
         && dio_session_get_sensor (self->session) != NULL;
}

DioOverlayScene *
dio_viewport_canvas_get_scene (DioViewportCanvas *self)
{
  return dio_viewport_canvas_is_through (self) ? self->sensor_scene : self->view_scene;
}

gboolean
dio_viewport_canvas_get_frame (DioViewportCanvas *self, DioPictureFrame *frame)
{
  const DioOverlayScene *scene = dio_viewport_canvas_get_scene (self);
  if (scene == NULL)
    return FALSE;
  *frame = (DioPictureFrame){ scene->width_px, scene->height_px,
                              gtk_widget_get_width (GTK_WIDGET (self)),
                              gtk_widget_get_height (GTK_WIDGET (self)),
                              gtk_widget_get_scale_factor (GTK_WIDGET (self)) };
  return TRUE;
}

DioPicturePlace
dio_viewport_canvas_get_place (DioViewportCanvas *self)
{
  DioPictureFrame frame;
  if (!dio_viewport_canvas_get_frame (self, &frame))
    return (DioPicturePlace){ 0, 0, 1 };
  if (dio_viewport_canvas_is_through (self))
    return dio_picture_zoom_get_place (&self->zoom, &frame);
  /* While a picture of the new size is made the old one fills the widget's height, as the new one will: the field of
   * view is that of the height. */
  double scale = frame.widget_height / frame.picture_height;
  return (DioPicturePlace){ (frame.widget_width - frame.picture_width * scale) / 2, 0, scale };
}

void
dio_viewport_canvas_push_view (DioViewportCanvas *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self)),
      height = gtk_widget_get_height (GTK_WIDGET (self));
  /* Where the view begins is known with the sensor's first picture: none is drawn from anywhere else before. */
  gboolean waits = self->opened && dio_session_get_sensor (self->session) != NULL
                   && dio_viewport_view_has_labelled (self);
  if (width < 1 || height < 1 || waits)
    return;
  int factor = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  DioEditView edit = dio_edit_navigation_get_view (&self->navigation, width, height);
  DioPreviewView view = { .width_px = (guint) (width * factor),
                          .height_px = (guint) (height * factor),
                          .world_from_camera = edit.world_from_camera,
                          .orthographic = edit.orthographic,
                          .fov_y_rad = edit.fov_y_rad,
                          .ortho_height_m = edit.ortho_height_m };
  dio_session_set_view (self->session, &view);
}

/* -- What the session says ----------------------------------------------------------------------------------------- */

static void
update_ground_mask (DioViewportCanvas *self)
{
  g_clear_pointer (&self->ground_mask, cairo_surface_destroy);
  const DioImage *leaf = self->view_scene != NULL ? self->view_scene->leaf : NULL;
  if (leaf == NULL)
    return;
  self->ground_mask =
      cairo_image_surface_create (CAIRO_FORMAT_A8, (int) leaf->width, (int) leaf->height);
  guint8 *data = cairo_image_surface_get_data (self->ground_mask);
  int stride = cairo_image_surface_get_stride (self->ground_mask);
  for (guint y = 0; y < leaf->height; y++) {
    const guint16 *ids = leaf->u16 + (gsize) y * leaf->width;
    guint8 *row = data + (gssize) y * stride;
    for (guint x = 0; x < leaf->width; x++)
      row[x] = ids[x] == 0 ? 255 : 0;
  }
  cairo_surface_mark_dirty (self->ground_mask);
}

void
dio_viewport_canvas_take_over_sensor_picture (DioViewportCanvas *self)
{
  if (self->sensor_scene == NULL)
    return;
  g_clear_pointer (&self->view_scene, dio_overlay_scene_unref);
  self->view_scene = dio_overlay_scene_ref (self->sensor_scene);
  update_ground_mask (self);
  dio_picture_painter_set_scene (self->view_painter, self->view_scene);
}

/* Once a document's first picture says what there is and the widget has a size; the last result of the old document may
 * still be on its way. */
static void
begin_view (DioViewportCanvas *self)
{
  DioPreviewResult *result = dio_session_get_result (self->session);
  if (result == NULL || result->frame == NULL || gtk_widget_get_width (GTK_WIDGET (self)) < 1
      || result->scenario != dio_session_get_scenario (self->session))
    return;
  self->opened = FALSE;
  dio_viewport_view_frame_labelled (self);
}

static void
result_cb (DioSession *session, DioViewportCanvas *self)
{
  DioPreviewResult *result = dio_session_get_result (session);
  DioLabelPolicy policy;
  dio_session_get_policy (session, &policy);
  if (result == NULL || result->frame == NULL)
    return;
  /* A picture that the result lacks (the sensor's own view is made alone) leaves the last one standing. */
  DioOverlayScene *view = dio_overlay_scene_new_from_view (result, &policy);
  if (view != NULL) {
    g_clear_pointer (&self->view_scene, dio_overlay_scene_unref);
    self->view_scene = view;
    update_ground_mask (self);
    dio_picture_painter_set_scene (self->view_painter, view);
  }
  DioOverlayScene *sensor = dio_overlay_scene_new_from_result (result, &policy);
  if (sensor != NULL || result->camera < 0) {
    g_clear_pointer (&self->sensor_scene, dio_overlay_scene_unref);
    self->sensor_scene = sensor;
    dio_picture_painter_set_scene (self->sensor_painter, sensor);
  }
  if (self->opened)
    begin_view (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
selection_changed_cb (DioSelection *selection, DioViewportCanvas *self)
{
  const char *const *ids = dio_selection_get_ids (selection);
  dio_picture_painter_set_selected_nodes (self->view_painter, ids);
  dio_picture_painter_set_selected_nodes (self->sensor_painter, ids);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
sensor_changed_cb (DioSession *session, GParamSpec *pspec, DioViewportCanvas *self)
{
  dio_viewport_tool_cancel (self);
  dio_picture_zoom_init (&self->zoom);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
document_opened_cb (DioSession *session, DioViewportCanvas *self)
{
  dio_viewport_tool_cancel (self);
  dio_viewport_view_stop (self);
  dio_edit_navigation_init (&self->navigation);
  self->opened = TRUE;
  g_clear_pointer (&self->view_scene, dio_overlay_scene_unref);
  g_clear_pointer (&self->sensor_scene, dio_overlay_scene_unref);
  g_clear_pointer (&self->ground_mask, cairo_surface_destroy);
  dio_picture_painter_set_scene (self->view_painter, NULL);
  dio_picture_painter_set_scene (self->sensor_painter, NULL);
  /* Not the view of the last document. */
  dio_session_set_view (self->session, &(DioPreviewView){ 0 });
  dio_viewport_canvas_push_view (self);
}

/* -- Painting ------------------------------------------------------------------------------------------------------ */

static void
paint_free (DioViewportCanvas *self, GtkSnapshot *snapshot, const graphene_rect_t *area)
{
  GtkWidget *widget = GTK_WIDGET (self);
  DioOverlays *overlays = dio_session_get_overlays (self->session);
  DioPicturePlace place = dio_viewport_canvas_get_place (self);
  dio_picture_painter_snapshot (self->view_painter, widget, snapshot, &place, area);
  DioViewportEye eye;
  if (dio_overlays_get_clean (overlays) || !dio_viewport_eye_get (self, &eye))
    return;
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, area);
  if (dio_overlays_get_grid (overlays))
    dio_viewport_draw_grid (self, cr, &eye);
  dio_viewport_draw_nodes (self, cr, &eye);
  cairo_destroy (cr);
}

static void
paint_through (DioViewportCanvas *self, GtkSnapshot *snapshot, const graphene_rect_t *area)
{
  DioPicturePlace place = dio_viewport_canvas_get_place (self);
  dio_picture_painter_snapshot (self->sensor_painter, GTK_WIDGET (self), snapshot, &place, area);
  dio_viewport_draw_passe_partout (self, snapshot);
}

static void
paint_on_top (DioViewportCanvas *self, GtkSnapshot *snapshot, const graphene_rect_t *area)
{
  DioViewportEye eye;
  if (dio_overlays_get_clean (dio_session_get_overlays (self->session))
      || !dio_viewport_eye_get (self, &eye))
    return;
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, area);
  dio_viewport_draw_range (self, cr, &eye);
  dio_viewport_handles_draw (self, cr);
  if (self->has_ghost)
    dio_viewport_draw_ghost (self, cr, &eye);
  if (self->drag == DIO_VIEWPORT_DRAG_RUBBER)
    dio_viewport_draw_rubber (self, cr);
  cairo_destroy (cr);
}

static void
snapshot_widget (GtkWidget *widget, GtkSnapshot *snapshot)
{
  DioViewportCanvas *self = DIO_VIEWPORT_CANVAS (widget);
  graphene_rect_t area = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                                             (float) gtk_widget_get_height (widget));
  if (dio_viewport_canvas_get_scene (self) == NULL)
    return;
  if (dio_viewport_canvas_is_through (self))
    paint_through (self, snapshot, &area);
  else
    paint_free (self, snapshot, &area);
  paint_on_top (self, snapshot, &area);
}

static void
size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  DioViewportCanvas *self = DIO_VIEWPORT_CANVAS (widget);
  dio_viewport_canvas_push_view (self);
  /* The sensor's first picture may have come while there was no room. */
  if (self->opened)
    begin_view (self);
}

static void
measure (GtkWidget *widget,
         GtkOrientation orientation,
         int for_size,
         int *minimum,
         int *natural,
         int *minimum_baseline,
         int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 240 : 160;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 640 : 480;
}

/* -- Telling the panel --------------------------------------------------------------------------------------------- */

void
dio_viewport_canvas_take_status (DioViewportCanvas *self, char *text)
{
  g_free (self->status);
  self->status = text;
  g_signal_emit (self, signals[SIGNAL_STATUS_CHANGED], 0);
}

void
dio_viewport_canvas_note (DioViewportCanvas *self, const char *text)
{
  g_signal_emit (self, signals[SIGNAL_NOTE], 0, text);
}

void
dio_viewport_canvas_tool_changed (DioViewportCanvas *self)
{
  g_signal_emit (self, signals[SIGNAL_TOOL_CHANGED], 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
dio_viewport_canvas_explain (DioViewportCanvas *self, int x, int y)
{
  g_autoptr (DioWhyPixel) why = dio_session_explain_pixel (self->session, x, y);
  g_signal_emit (self, signals[SIGNAL_EXPLAINED], 0, why);
  dio_session_probe (self->session, x, y);
}

void
dio_viewport_canvas_menu (DioViewportCanvas *self, double x, double y)
{
  g_signal_emit (self, signals[SIGNAL_MENU], 0, x, y);
}

/* -- Object -------------------------------------------------------------------------------------------------------- */

static void
painter_changed_cb (DioPicturePainter *painter, DioViewportCanvas *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
dispose (GObject *object)
{
  DioViewportCanvas *self = DIO_VIEWPORT_CANVAS (object);
  if (self->session != NULL) {
    dio_viewport_tool_cancel (self);
    dio_viewport_view_stop (self);
    dio_viewport_keys_stop (self);
  }
  g_clear_object (&self->view_painter);
  g_clear_object (&self->sensor_painter);
  g_clear_pointer (&self->view_scene, dio_overlay_scene_unref);
  g_clear_pointer (&self->sensor_scene, dio_overlay_scene_unref);
  g_clear_pointer (&self->ground_mask, cairo_surface_destroy);
  g_clear_pointer (&self->tool, dio_edit_tool_free);
  g_clear_pointer (&self->status, g_free);
  g_clear_pointer (&self->hover_node, g_free);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (dio_viewport_canvas_parent_class)->dispose (object);
}

static void
dio_viewport_canvas_class_init (DioViewportCanvasClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  GType type = G_TYPE_FROM_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = dispose;
  widget_class->snapshot = snapshot_widget;
  widget_class->size_allocate = size_allocate;
  widget_class->measure = measure;
  signals[SIGNAL_STATUS_CHANGED] =
      g_signal_new ("status-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_NOTE] = g_signal_new ("note", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_TOOL_CHANGED] =
      g_signal_new ("tool-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_EXPLAINED] = g_signal_new ("explained", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                            NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_MENU] = g_signal_new ("menu", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  gtk_widget_class_set_css_name (widget_class, "viewport-canvas");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
dio_viewport_canvas_init (DioViewportCanvas *self)
{
  dio_edit_navigation_init (&self->navigation);
  dio_picture_zoom_init (&self->zoom);
  self->tool = dio_edit_tool_new ();
  self->x = self->y = NAN;
  self->view_painter = dio_picture_painter_new ();
  self->sensor_painter = dio_picture_painter_new ();
  g_signal_connect_object (self->view_painter, "changed", G_CALLBACK (painter_changed_cb), self, 0);
  g_signal_connect_object (self->sensor_painter, "changed", G_CALLBACK (painter_changed_cb), self,
                           0);
  gtk_widget_add_css_class (GTK_WIDGET (self), "dio-surround");
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Viewport"), -1);
}

GtkWidget *
dio_viewport_canvas_new (DioSession *session)
{
  DioViewportCanvas *self = g_object_new (DIO_TYPE_VIEWPORT_CANVAS, NULL);
  self->session = g_object_ref (session);
  DioOverlays *overlays = dio_session_get_overlays (session);
  dio_picture_painter_set_overlays (self->view_painter, overlays);
  dio_picture_painter_set_overlays (self->sensor_painter, overlays);
  g_signal_connect_object (session, "result", G_CALLBACK (result_cb), self, 0);
  g_signal_connect_object (session, "document-opened", G_CALLBACK (document_opened_cb), self, 0);
  g_signal_connect_object (session, "notify::sensor", G_CALLBACK (sensor_changed_cb), self, 0);
  g_signal_connect_object (session, "notify::through-sensor", G_CALLBACK (sensor_changed_cb), self,
                           0);
  g_signal_connect_object (dio_session_get_selection (session), "changed",
                           G_CALLBACK (selection_changed_cb), self, 0);
  dio_viewport_input_init (self);
  dio_viewport_keys_init (self);
  dio_viewport_drop_init (self);
  result_cb (session, self);
  return GTK_WIDGET (self);
}
