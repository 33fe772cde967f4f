#define G_LOG_DOMAIN "dio-viewport"

#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-edit-nodes.h"
#include "dio-viewport-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define FLIGHT_US 220000.0
#define SETTLE_MS 180
/* What a light or a sensor, which have no size, is framed as. */
#define POINT_RADIUS_M 0.4
/* How the view begins, against the line from the sensor to what it labels. */
#define STEEPER_RAD 0.15
#define FLATTEST_RAD 0.25
#define STEEPEST_RAD 1.2

/* -- Moving -------------------------------------------------------------------------------------------------------- */

static gboolean
settle_cb (gpointer user)
{
  DioViewportCanvas *self = user;
  self->settle_id = 0;
  self->moving = FALSE;
  dio_session_end_drag (self->session);
  return G_SOURCE_REMOVE;
}

void
dio_viewport_view_moving (DioViewportCanvas *self)
{
  if (!self->moving)
    dio_session_begin_drag (self->session);
  self->moving = TRUE;
  g_clear_handle_id (&self->settle_id, g_source_remove);
  self->settle_id = g_timeout_add (SETTLE_MS, settle_cb, self);
  dio_viewport_canvas_push_view (self);
}

static gboolean
flight_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user)
{
  DioViewportCanvas *self = DIO_VIEWPORT_CANVAS (widget);
  double t = (double) (gdk_frame_clock_get_frame_time (clock) - self->flight_start_us) / FLIGHT_US;
  gboolean done = t >= 1;
  t = CLAMP (t, 0, 1);
  /* Smooth at both ends. */
  double eased = t * t * (3 - 2 * t);
  self->navigation =
      done ? self->fly_to : dio_edit_navigation_blend (&self->fly_from, &self->fly_to, eased);
  dio_viewport_view_moving (self);
  if (done)
    self->flight_id = 0;
  return done ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

static void
stop_flight (DioViewportCanvas *self)
{
  if (self->flight_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->flight_id);
  self->flight_id = 0;
}

void
dio_viewport_view_stop (DioViewportCanvas *self)
{
  stop_flight (self);
  if (self->settle_id == 0)
    return;
  g_clear_handle_id (&self->settle_id, g_source_remove);
  self->moving = FALSE;
  dio_session_end_drag (self->session);
}

void
dio_viewport_view_fly_to (DioViewportCanvas *self, const DioEditNavigation *to)
{
  gboolean animate = FALSE;
  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &animate,
                NULL);
  stop_flight (self);
  if (!animate || !gtk_widget_get_mapped (GTK_WIDGET (self))) {
    self->navigation = *to;
    dio_viewport_canvas_push_view (self);
    return;
  }
  self->fly_from = self->navigation;
  self->fly_to = *to;
  /* What is not between two values is taken over at once. */
  self->fly_from.orthographic = to->orthographic;
  self->flight_start_us = g_get_monotonic_time ();
  self->flight_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), flight_cb, NULL, NULL);
}

/* -- Where to look ------------------------------------------------------------------------------------------------- */

static void
add_points (DioViewportCanvas *self, const char *const *ids, DioBox3 *box)
{
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++) {
    DioMat4 pose;
    if (!dio_viewport_find_pose (self, ids[i], &pose))
      continue;
    DioVec3 radius = { POINT_RADIUS_M, POINT_RADIUS_M, POINT_RADIUS_M };
    DioVec3 middle = { pose.m[12], pose.m[13], pose.m[14] };
    dio_box3_add_point (box, dio_vec3_sub (middle, radius));
    dio_box3_add_point (box, dio_vec3_add (middle, radius));
  }
}

void
dio_viewport_view_frame (DioViewportCanvas *self, const char *const *ids)
{
  DioPictureFrame frame;
  if (dio_viewport_canvas_is_through (self) && dio_viewport_canvas_get_frame (self, &frame)) {
    /* Through the sensor nothing but the picture can be moved: the object's box, or all of it. */
    DioPixelBox box = { 0 };
    for (guint i = 0; ids != NULL && i < self->sensor_scene->items->len; i++) {
      const DioOverlayItem *item = &g_array_index (self->sensor_scene->items, DioOverlayItem, i);
      if (item->node_id != NULL && item->copy == 0 && g_strv_contains (ids, item->node_id))
        box = item->extent;
    }
    dio_picture_zoom_init (&self->zoom);
    dio_picture_zoom_to_box (&self->zoom, &frame, &box);
    gtk_widget_queue_draw (GTK_WIDGET (self));
    return;
  }
  DioBox3 box = dio_viewport_get_bounds (self, ids);
  if (dio_box3_is_empty (&box))
    add_points (self, ids, &box);
  if (dio_box3_is_empty (&box))
    return;
  DioEditNavigation to = self->navigation;
  double height = MAX (gtk_widget_get_height (GTK_WIDGET (self)), 1);
  dio_edit_navigation_frame_box (&to, &box, gtk_widget_get_width (GTK_WIDGET (self)) / height);
  dio_viewport_view_fly_to (self, &to);
}

gboolean
dio_viewport_view_has_labelled (DioViewportCanvas *self)
{
  const DioScenario *scenario = dio_session_get_scenario (self->session);
  for (guint i = 0; i < scenario->nodes->len; i++) {
    const DioNode *node = g_ptr_array_index (scenario->nodes, i);
    if (node->category != NULL)
      return TRUE;
  }
  return FALSE;
}

static GStrv
list_labelled (const DioScenario *scenario)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (guint i = 0; i < scenario->nodes->len; i++) {
    const DioNode *node = g_ptr_array_index (scenario->nodes, i);
    if (node->category != NULL)
      g_strv_builder_add (builder, node->id);
  }
  return g_strv_builder_end (builder);
}

/* From the side from which the sensor sees it, a little steeper: walls behind it stay behind it. */
static void
take_side_of_sensor (DioViewportCanvas *self, const DioBox3 *box)
{
  if (self->sensor_scene == NULL)
    return;
  const DioMat4 *pose = &self->sensor_scene->camera.world_from_camera;
  DioVec3 eye = { pose->m[12], pose->m[13], pose->m[14] };
  DioVec3 middle = dio_vec3_scale (dio_vec3_add (box->min, box->max), 0.5);
  DioVec3 sight = dio_vec3_sub (middle, eye);
  double level = hypot (sight.x, sight.y);
  if (level < 1e-6)
    return;
  self->navigation.yaw_rad = atan2 (-sight.x, sight.y);
  self->navigation.pitch_rad =
      CLAMP (atan2 (sight.z, level) - STEEPER_RAD, -STEEPEST_RAD, -FLATTEST_RAD);
}

void
dio_viewport_view_frame_labelled (DioViewportCanvas *self)
{
  g_auto (GStrv) ids = list_labelled (dio_session_get_scenario (self->session));
  DioBox3 box = dio_viewport_get_bounds (self, (const char *const *) ids);
  double width = gtk_widget_get_width (GTK_WIDGET (self)),
         height = gtk_widget_get_height (GTK_WIDGET (self));
  /* A scene without labels (a new one) is looked at from where the view begins. */
  if (ids[0] != NULL && !dio_box3_is_empty (&box) && height > 0) {
    take_side_of_sensor (self, &box);
    dio_edit_navigation_frame_box (&self->navigation, &box, width / height);
  }
  dio_viewport_canvas_push_view (self);
}

void
dio_viewport_view_look_along (DioViewportCanvas *self, DioEditLook look)
{
  if (dio_viewport_canvas_is_through (self))
    dio_viewport_view_leave_sensor (self);
  DioEditNavigation to = self->navigation;
  dio_edit_navigation_look_along (&to, look);
  dio_viewport_view_fly_to (self, &to);
}

void
dio_viewport_view_leave_sensor (DioViewportCanvas *self)
{
  if (!dio_viewport_canvas_is_through (self) || self->sensor_scene == NULL)
    return;
  const DioCamera *camera = &self->sensor_scene->camera;
  DioBox3 all = dio_viewport_get_bounds (self, NULL);
  DioVec3 eye = { camera->world_from_camera.m[12], camera->world_from_camera.m[13],
                  camera->world_from_camera.m[14] };
  DioVec3 middle = dio_vec3_scale (dio_vec3_add (all.min, all.max), 0.5);
  double distance =
      dio_box3_is_empty (&all) ? 3 : CLAMP (dio_vec3_length (dio_vec3_sub (middle, eye)), 0.2, 50);
  dio_edit_navigation_set_from_camera (&self->navigation, &camera->world_from_camera, distance);
  self->navigation.fov_y_rad = 2 * atan (camera->height_px / (2 * camera->fy));
  self->navigation.orthographic = FALSE;
  dio_viewport_canvas_take_over_sensor_picture (self);
  dio_viewport_canvas_push_view (self);
  dio_session_set_through_sensor (self->session, FALSE);
}

/* -- The point under the pointer ----------------------------------------------------------------------------------- */

static void
anchor_cb (const DioPreviewHit *hit, gpointer user)
{
  DioViewportCanvas *self = user;
  if (hit->hit) {
    self->has_anchor = TRUE;
    self->anchor_m = hit->point_world_m;
  }
  g_object_unref (self);
}

void
dio_viewport_view_find_anchor (DioViewportCanvas *self, double x, double y)
{
  DioViewportEye eye;
  if (isnan (x) || !dio_viewport_eye_get (self, &eye))
    return;
  self->has_anchor = FALSE;
  DioEditRay ray = dio_viewport_eye_get_ray (&eye, x, y);
  dio_preview_cast (dio_session_get_preview (self->session), ray.origin_m, ray.direction, NULL,
                    anchor_cb, g_object_ref (self));
}

/* -- Down to what lies below ---------------------------------------------------------------------------------------- */

/* Objects go down one after the other: a newer cast would overtake an older one. */
typedef struct {
  DioViewportCanvas *canvas;
  GStrv ids;
  guint next, moved;
  double bottom_m;
} Descent;

static void descend (Descent *descent);

static void
descent_free (Descent *descent)
{
  dio_session_end_merge (descent->canvas->session);
  if (descent->moved == 0)
    dio_viewport_canvas_note (descent->canvas, _ ("There is nothing below to stand on."));
  g_object_unref (descent->canvas);
  g_strfreev (descent->ids);
  g_free (descent);
}

static void
descent_cb (const DioPreviewHit *hit, gpointer user)
{
  Descent *descent = user;
  DioSession *session = descent->canvas->session;
  const char *id = descent->ids[descent->next++];
  g_autoptr (GError) error = NULL;
  if (hit->hit && dio_scenario_find_node (dio_session_get_scenario (session), id) != NULL) {
    DioScenario *next = dio_edit_drop_node (dio_session_get_scenario (session), id,
                                            descent->bottom_m, hit->point_world_m.z, &error);
    if (next != NULL) {
      dio_session_commit (session, next, _ ("Drop to Surface"), "viewport-drop");
      descent->moved++;
    }
  }
  descend (descent);
}

/* Bounds as shown, carried to where the node is now: the picture may be older than the document. */
static DioBox3
get_current_bounds (DioViewportCanvas *self, const char *id)
{
  DioBox3 box = dio_viewport_get_bounds (self, (const char *const[]){ id, NULL });
  DioMat4 shown, now;
  if (dio_box3_is_empty (&box) || !dio_viewport_find_pose (self, id, &shown)
      || !dio_viewport_find_current_pose (self, id, &now))
    return box;
  DioVec3 offset = { now.m[12] - shown.m[12], now.m[13] - shown.m[13], now.m[14] - shown.m[14] };
  return (DioBox3){ dio_vec3_add (box.min, offset), dio_vec3_add (box.max, offset) };
}

static void
descend (Descent *descent)
{
  DioSession *session = descent->canvas->session;
  const DioScenario *scenario = dio_session_get_scenario (session);
  while (descent->ids[descent->next] != NULL) {
    const char *id = descent->ids[descent->next];
    DioBox3 box = get_current_bounds (descent->canvas, id);
    if (dio_box3_is_empty (&box) || dio_scenario_find_node (scenario, id) == NULL) {
      descent->next++;
      continue;
    }
    descent->bottom_m = box.min.z;
    /* From the middle of the object: one that stands in a surface by a little still finds it. */
    DioVec3 from = { (box.min.x + box.max.x) / 2, (box.min.y + box.max.y) / 2,
                     (box.min.z + box.max.z) / 2 };
    g_auto (GStrv) without = dio_edit_list_subtree (scenario, id);
    dio_preview_cast (dio_session_get_preview (session), from, (DioVec3){ 0, 0, -1 },
                      (const char *const *) without, descent_cb, descent);
    return;
  }
  descent_free (descent);
}

void
dio_viewport_view_drop_to_surface (DioViewportCanvas *self)
{
  DioSelection *selection = dio_session_get_selection (self->session);
  if (dio_selection_get_count (selection) == 0) {
    dio_viewport_canvas_note (self, _ ("Select an object first."));
    return;
  }
  Descent *descent = g_new0 (Descent, 1);
  descent->canvas = g_object_ref (self);
  descent->ids = dio_edit_list_tops (dio_session_get_scenario (self->session),
                                     dio_selection_get_ids (selection));
  descend (descent);
}
