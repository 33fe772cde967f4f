#define G_LOG_DOMAIN "dio-widgets"

#include "dio-picture-view.h"

#include "dio-picture-zoom.h"
#include "dio-widgets-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define PROBE_MARGIN 8

struct _DioPictureView {
  GtkWidget parent;
  DioPicturePainter *painter;
  gboolean interactive, show_probe;
  DioPictureZoom zoom, drag_zoom; /* now, and when the drag began */
  gboolean dragging;
  double pointer_x, pointer_y; /* widget; NaN outside */
  int probe_x, probe_y;        /* picture; -1 outside */
};

G_DEFINE_FINAL_TYPE (DioPictureView, dio_picture_view, GTK_TYPE_WIDGET)

enum { SIGNAL_PIXEL_CLICKED, SIGNAL_HOVER, SIGNAL_ZOOM_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];
enum { PROP_0, PROP_ZOOM_NAME, N_PROPS };
static GParamSpec *props[N_PROPS];

static gboolean
get_frame (DioPictureView *self, DioPictureFrame *frame)
{
  const DioOverlayScene *scene = dio_picture_painter_get_scene (self->painter);
  if (scene == NULL || scene->width_px == 0 || scene->height_px == 0)
    return FALSE;
  *frame = (DioPictureFrame){ scene->width_px, scene->height_px,
                              gtk_widget_get_width (GTK_WIDGET (self)),
                              gtk_widget_get_height (GTK_WIDGET (self)),
                              gtk_widget_get_scale_factor (GTK_WIDGET (self)) };
  return TRUE;
}

DioPicturePlace
dio_picture_view_get_place (DioPictureView *self)
{
  g_return_val_if_fail (DIO_IS_PICTURE_VIEW (self), ((DioPicturePlace){ 0, 0, 1 }));
  DioPictureFrame frame;
  if (!get_frame (self, &frame))
    return (DioPicturePlace){ 0, 0, 1 };
  return dio_picture_zoom_get_place (&self->zoom, &frame);
}

gboolean
dio_picture_view_get_pixel (DioPictureView *self, double x, double y, int *px, int *py)
{
  g_return_val_if_fail (DIO_IS_PICTURE_VIEW (self), FALSE);
  DioPictureFrame frame;
  if (!get_frame (self, &frame))
    return FALSE;
  DioPicturePlace place = dio_picture_zoom_get_place (&self->zoom, &frame);
  double u = floor ((x - place.x) / place.scale), v = floor ((y - place.y) / place.scale);
  if (!(u >= 0 && v >= 0 && u < frame.picture_width && v < frame.picture_height))
    return FALSE;
  *px = (int) u;
  *py = (int) v;
  return TRUE;
}

static void
zoom_changed (DioPictureView *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ZOOM_NAME]);
  g_signal_emit (self, signals[SIGNAL_ZOOM_CHANGED], 0);
}

/* Where the pointer is; the middle where it is elsewhere. */
static void
get_anchor (DioPictureView *self, double *x, double *y)
{
  gboolean outside = isnan (self->pointer_x);
  *x = outside ? gtk_widget_get_width (GTK_WIDGET (self)) / 2.0 : self->pointer_x;
  *y = outside ? gtk_widget_get_height (GTK_WIDGET (self)) / 2.0 : self->pointer_y;
}

void
dio_picture_view_zoom_fit (DioPictureView *self)
{
  g_return_if_fail (DIO_IS_PICTURE_VIEW (self));
  self->zoom.fit = TRUE;
  zoom_changed (self);
}

void
dio_picture_view_zoom_to (DioPictureView *self, double scale)
{
  g_return_if_fail (DIO_IS_PICTURE_VIEW (self));
  DioPictureFrame frame;
  if (!get_frame (self, &frame))
    return;
  dio_picture_zoom_about (&self->zoom, &frame, scale, frame.widget_width / 2,
                          frame.widget_height / 2);
  zoom_changed (self);
}

void
dio_picture_view_zoom_to_box (DioPictureView *self, const DioPixelBox *box)
{
  g_return_if_fail (DIO_IS_PICTURE_VIEW (self));
  DioPictureFrame frame;
  if (!get_frame (self, &frame))
    return;
  dio_picture_zoom_to_box (&self->zoom, &frame, box);
  zoom_changed (self);
}

void
dio_picture_view_cycle_zoom (DioPictureView *self)
{
  g_return_if_fail (DIO_IS_PICTURE_VIEW (self));
  DioPictureFrame frame;
  if (!get_frame (self, &frame))
    return;
  double x, y;
  get_anchor (self, &x, &y);
  dio_picture_zoom_cycle (&self->zoom, &frame, x, y);
  zoom_changed (self);
}

gboolean
dio_picture_view_is_fit (DioPictureView *self)
{
  g_return_val_if_fail (DIO_IS_PICTURE_VIEW (self), FALSE);
  return self->zoom.fit;
}

static char *
dup_zoom_name (DioPictureView *self)
{
  if (self->zoom.fit)
    return g_strdup (_ ("Fit"));
  if (fabs (self->zoom.scale - round (self->zoom.scale)) < 1e-3)
    return g_strdup_printf ("%.0f:1", self->zoom.scale);
  return g_strdup_printf ("%.0f %%", self->zoom.scale * 100);
}

/* -- Pointer ------------------------------------------------------------------------------------------------------- */

static void
update_probe (DioPictureView *self)
{
  int x = -1, y = -1;
  if (isnan (self->pointer_x)
      || !dio_picture_view_get_pixel (self, self->pointer_x, self->pointer_y, &x, &y))
    x = y = -1;
  if (x == self->probe_x && y == self->probe_y)
    return;
  self->probe_x = x;
  self->probe_y = y;
  const DioOverlayScene *scene = dio_picture_painter_get_scene (self->painter);
  guint leaf = scene != NULL ? dio_overlay_scene_get_leaf (scene, x, y) : 0;
  guint instance = scene != NULL ? dio_overlay_scene_get_instance (scene, x, y) : 0;
  dio_picture_painter_set_hover (self->painter, instance);
  g_signal_emit (self, signals[SIGNAL_HOVER], 0, x, y, leaf, instance);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
motion_cb (GtkEventControllerMotion *controller, double x, double y, DioPictureView *self)
{
  if (!self->interactive)
    return;
  self->pointer_x = x;
  self->pointer_y = y;
  update_probe (self);
}

static void
leave_cb (GtkEventControllerMotion *controller, DioPictureView *self)
{
  self->pointer_x = self->pointer_y = NAN;
  if (self->interactive)
    update_probe (self);
}

static gboolean
scroll_cb (GtkEventControllerScroll *controller, double dx, double dy, DioPictureView *self)
{
  DioPictureFrame frame;
  if (!self->interactive || !get_frame (self, &frame))
    return FALSE;
  double x, y;
  get_anchor (self, &x, &y);
  dio_picture_zoom_scroll (&self->zoom, &frame, -dy, x, y);
  zoom_changed (self);
  update_probe (self);
  return TRUE;
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, DioPictureView *self)
{
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));
  self->dragging = FALSE;
  self->drag_zoom = self->zoom;
  if (!self->interactive || (button != GDK_BUTTON_MIDDLE && (button > 1 || self->zoom.fit)))
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
}

static void
drag_update_cb (GtkGestureDrag *gesture, double dx, double dy, DioPictureView *self)
{
  DioPictureFrame frame;
  /* A click that trembles is still a click. */
  if (!get_frame (self, &frame) || (!self->dragging && hypot (dx, dy) < 4))
    return;
  if (!self->dragging)
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  self->dragging = TRUE;
  dio_picture_zoom_pan (&self->zoom, &frame, &self->drag_zoom, dx, dy);
  zoom_changed (self);
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, DioPictureView *self)
{
  if (self->interactive)
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
released_cb (GtkGestureClick *gesture, int n_press, double x, double y, DioPictureView *self)
{
  const DioOverlayScene *scene = dio_picture_painter_get_scene (self->painter);
  int px, py;
  if (!self->interactive || scene == NULL || self->dragging
      || !dio_picture_view_get_pixel (self, x, y, &px, &py))
    return;
  guint modifiers = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture))
                    & gtk_accelerator_get_default_mod_mask ();
  g_signal_emit (self, signals[SIGNAL_PIXEL_CLICKED], 0, px, py,
                 dio_overlay_scene_get_leaf (scene, px, py),
                 dio_overlay_scene_get_instance (scene, px, py), (guint) n_press, modifiers);
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType state,
        DioPictureView *self)
{
  if (!self->interactive || (state & gtk_accelerator_get_default_mod_mask ()) != 0
      || (key != GDK_KEY_f && key != GDK_KEY_F))
    return FALSE;
  dio_picture_view_cycle_zoom (self);
  return TRUE;
}

/* -- Drawing ------------------------------------------------------------------------------------------------------- */

static char *
describe_probe (DioPictureView *self)
{
  const DioOverlayScene *scene = dio_picture_painter_get_scene (self->painter);
  if (scene == NULL || self->probe_x < 0)
    return NULL;
  GString *text = g_string_new (NULL);
  g_string_append_printf (text, "%d, %d", self->probe_x, self->probe_y);
  const DioOverlayItem *item = dio_overlay_scene_find (
      scene, dio_overlay_scene_get_instance (scene, self->probe_x, self->probe_y));
  guint leaf = dio_overlay_scene_get_leaf (scene, self->probe_x, self->probe_y);
  if (leaf != 0)
    g_string_append_printf (text, "   %s %u", _ ("id"), leaf);
  if (item != NULL && item->name != NULL)
    g_string_append_printf (text, "   %s", item->name);
  if (scene->depth_z != NULL) {
    float z =
        scene->depth_z->f32[(gsize) self->probe_y * scene->depth_z->width + (gsize) self->probe_x];
    if (isfinite (z))
      g_string_append_printf (text, "   %.3f m", (double) z);
  }
  return g_string_free (text, FALSE);
}

/* A dark pill in a lower corner: readable on any picture, light or dark. */
static void
draw_pill (DioPictureView *self, GtkSnapshot *snapshot, const char *text, gboolean right)
{
  GtkWidget *widget = GTK_WIDGET (self);
  g_autoptr (PangoLayout) layout = dio_widgets_create_caption (widget, text);
  int width, height;
  pango_layout_get_pixel_size (layout, &width, &height);
  double x = right ? gtk_widget_get_width (widget) - width - 16 - PROBE_MARGIN : PROBE_MARGIN;
  double y = gtk_widget_get_height (widget) - height - 6 - PROBE_MARGIN;
  graphene_rect_t area =
      GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width + 16, (float) height + 6);
  GskRoundedRect round_area;
  gsk_rounded_rect_init_from_rect (&round_area, &area, 6);
  gtk_snapshot_push_rounded_clip (snapshot, &round_area);
  gtk_snapshot_append_color (snapshot, &(GdkRGBA){ 0.08f, 0.08f, 0.09f, 0.8f }, &area);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x + 8, (float) y + 3));
  gtk_snapshot_append_layout (snapshot, layout, &(GdkRGBA){ 1, 1, 1, 1 });
  gtk_snapshot_restore (snapshot);
}

static void
draw_hidden_badge (DioPictureView *self, GtkSnapshot *snapshot)
{
  const DioOverlayScene *scene = dio_picture_painter_get_scene (self->painter);
  guint n = 0;
  for (guint i = 0; scene != NULL && i < scene->items->len; i++)
    n += g_array_index (scene->items, DioOverlayItem, i).dimmed;
  if (n == 0)
    return;
  g_autofree char *text = g_strdup_printf (ngettext ("%u hidden", "%u hidden", n), n);
  draw_pill (self, snapshot, text, TRUE);
}

static void
snapshot_widget (GtkWidget *widget, GtkSnapshot *snapshot)
{
  DioPictureView *self = DIO_PICTURE_VIEW (widget);
  graphene_rect_t clip = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                                             (float) gtk_widget_get_height (widget));
  DioPicturePlace place = dio_picture_view_get_place (self);
  dio_picture_painter_snapshot (self->painter, widget, snapshot, &place, &clip);
  if (!self->interactive)
    return;
  draw_hidden_badge (self, snapshot);
  g_autofree char *probe = self->show_probe ? describe_probe (self) : NULL;
  if (probe != NULL)
    draw_pill (self, snapshot, probe, FALSE);
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
  DioPictureFrame frame;
  *minimum = *natural = 16;
  DioPictureView *self = DIO_PICTURE_VIEW (widget);
  /* A tile has the size that it is given. */
  if (self->interactive && get_frame (self, &frame))
    *natural = (int) MIN (orientation == GTK_ORIENTATION_HORIZONTAL ? frame.picture_width
                                                                    : frame.picture_height,
                          320);
}

/* -- Object -------------------------------------------------------------------------------------------------------- */

static void
painter_changed_cb (DioPicturePainter *painter, DioPictureView *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ZOOM_NAME)
    g_value_take_string (value, dup_zoom_name (DIO_PICTURE_VIEW (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
dispose (GObject *object)
{
  g_clear_object (&DIO_PICTURE_VIEW (object)->painter);
  G_OBJECT_CLASS (dio_picture_view_parent_class)->dispose (object);
}

static void
dio_picture_view_class_init (DioPictureViewClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  object_class->get_property = get_property;
  object_class->dispose = dispose;
  widget_class->snapshot = snapshot_widget;
  widget_class->measure = measure;
  props[PROP_ZOOM_NAME] = g_param_spec_string ("zoom-name", NULL, NULL, NULL,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[SIGNAL_PIXEL_CLICKED] = g_signal_new (
      "pixel-clicked", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
      G_TYPE_NONE, 6, G_TYPE_INT, G_TYPE_INT, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_UINT);
  signals[SIGNAL_HOVER] =
      g_signal_new ("hover", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 4, G_TYPE_INT, G_TYPE_INT, G_TYPE_UINT, G_TYPE_UINT);
  signals[SIGNAL_ZOOM_CHANGED] =
      g_signal_new ("zoom-changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "picture-view");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
add_controllers (DioPictureView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  g_signal_connect (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (widget, motion);
  GtkEventController *scroll =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (widget, scroll);
  GtkGesture *drag = gtk_gesture_drag_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), 0);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
  GtkGesture *click = gtk_gesture_click_new ();
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  GtkEventController *key = gtk_event_controller_key_new ();
  g_signal_connect (key, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (widget, key);
}

static void
dio_picture_view_init (DioPictureView *self)
{
  dio_widgets_ensure_style ();
  dio_picture_zoom_init (&self->zoom);
  self->interactive = self->show_probe = TRUE;
  self->pointer_x = self->pointer_y = NAN;
  self->probe_x = self->probe_y = -1;
  self->painter = dio_picture_painter_new ();
  g_signal_connect_object (self->painter, "changed", G_CALLBACK (painter_changed_cb), self, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self), "dio-surround");
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Picture"), -1);
  add_controllers (self);
}

GtkWidget *
dio_picture_view_new (void)
{
  return g_object_new (DIO_TYPE_PICTURE_VIEW, NULL);
}

void
dio_picture_view_set_scene (DioPictureView *self, DioOverlayScene *scene)
{
  g_return_if_fail (DIO_IS_PICTURE_VIEW (self));
  const DioOverlayScene *before = dio_picture_painter_get_scene (self->painter);
  gboolean same = scene != NULL && before != NULL && scene->width_px == before->width_px
                  && scene->height_px == before->height_px;
  dio_picture_painter_set_scene (self->painter, scene);
  if (!same && !self->zoom.fit)
    dio_picture_view_zoom_fit (self);
  if (!same)
    gtk_widget_queue_resize (GTK_WIDGET (self));
  /* What lies under a pointer that did not move has changed. */
  self->probe_x = -2;
  update_probe (self);
}

DioOverlayScene *
dio_picture_view_get_scene (DioPictureView *self)
{
  return dio_picture_painter_get_scene (self->painter);
}

void
dio_picture_view_set_overlays (DioPictureView *self, DioOverlays *overlays)
{
  g_return_if_fail (DIO_IS_PICTURE_VIEW (self));
  dio_picture_painter_set_overlays (self->painter, overlays);
}

DioPicturePainter *
dio_picture_view_get_painter (DioPictureView *self)
{
  return self->painter;
}

void
dio_picture_view_set_interactive (DioPictureView *self, gboolean interactive)
{
  g_return_if_fail (DIO_IS_PICTURE_VIEW (self));
  self->interactive = interactive;
  gtk_widget_set_focusable (GTK_WIDGET (self), interactive);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
dio_picture_view_set_show_probe (DioPictureView *self, gboolean show)
{
  self->show_probe = show;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
