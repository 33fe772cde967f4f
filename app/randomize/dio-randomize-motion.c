#define G_LOG_DOMAIN "dio-randomize"

/* Nodes that move through the steps of a sequence. What is drawn lasts for the sequence; where the node is follows from it and from the
 * step's time alone, so that any step can be made without those before it. */

#include "dio-randomize-private.h"

#include "dio-core-math.h"
#include "dio-core-vec.h"
#include "dio-scene-randomizer.h"

#include <math.h>

#define MAX_WAYPOINTS 64

static double
get_time_s (const DioApply *apply)
{
  double time_s = apply->build->moment.time_s;
  return isnan (time_s) ? 0 : time_s;
}

static gboolean
is_set (const DioApply *apply, const char *name)
{
  return dio_randomizer_get_number (apply->randomizer, name, 0) > 0.5;
}

/* The frame in which the randomizer's positions are given, as seen from what the node hangs on. */
static gboolean
get_frame (DioApply *apply, DioWork *work, DioSimilarity *frame_from_parent, GError **error)
{
  *frame_from_parent = (DioSimilarity){ dio_quat_identity (), { 0, 0, 0 }, 1 };
  if (g_str_equal (dio_randomizer_get_string (apply->randomizer, "frame", "parent"), "parent"))
    return TRUE;
  return dio_work_world_from_parent (work, frame_from_parent, error);
}

/* ---- fronts ---- */

/* Front of what @work shows, level, in its own frame. */
static DioVec3
get_front (const DioApply *apply, const DioWork *work)
{
  DioVec3 front = { 0, -1, 0 };
  const char *id = work->node->kind == DIO_NODE_MODEL ? work->node->model.asset : NULL;
  const DioAsset *asset = dio_scenario_find_asset (apply->build->scenario, id);
  if (asset != NULL && asset->front.x * asset->front.x + asset->front.y * asset->front.y > 1e-12)
    front = dio_vec3_normalize ((DioVec3){ asset->front.x, asset->front.y, 0 });
  return front;
}

/* The rotation by which the front of @work points along @going, its top as far up as that lets it; a sensor looks there. */
static DioQuat
face (const DioApply *apply, const DioWork *work, DioVec3 going)
{
  DioMat4 level = dio_mat4_look_at ((DioVec3){ 0, 0, 0 }, going, (DioVec3){ 0, 0, 1 });
  DioQuat q_camera = dio_quat_from_mat4 (&level);
  if (work->node->kind == DIO_NODE_SENSOR)
    return q_camera;
  /* From a camera's axes (x right, y up, looking along -z) to those of a model (x left, z up, front along -y). */
  DioQuat q_model =
      dio_quat_multiply (q_camera, dio_quat_from_yaw_pitch_roll (DIO_PI, 0, DIO_PI / 2));
  DioVec3 front = get_front (apply, work);
  double yaw_rad = dio_atan2 (-front.x, -front.y);
  return dio_quat_normalize (
      dio_quat_multiply (q_model, dio_quat_from_axis_angle ((DioVec3){ 0, 0, 1 }, yaw_rad)));
}

/* ---- paths ---- */

/* Puts the node where @path is now. */
static gboolean
follow (DioApply *apply, DioWork *work, const DioPath *path, GError **error)
{
  DioSimilarity frame_from_parent;
  if (!get_frame (apply, work, &frame_from_parent, error))
    return FALSE;
  double time_s = get_time_s (apply);
  DioPathKey now = dio_path_at (path, time_s);
  DioTrs *trs = &dio_work_edit (work)->parent_from_node;
  trs->translation_m = dio_similarity_apply_inverse (&frame_from_parent, now.position_m);
  DioVec3 going = dio_path_direction_at (path, time_s);
  gboolean along = is_set (apply, "face_along") && dio_vec3_length (going) > 0;
  if (along)
    now.q_wxyz = face (apply, work, going);
  if (along || now.turned)
    trs->q_wxyz = dio_quat_normalize (
        dio_quat_multiply (dio_quat_conjugate (frame_from_parent.q_wxyz), now.q_wxyz));
  return TRUE;
}

gboolean
dio_apply_motion_path (DioApply *apply, DioWork *work, GError **error)
{
  const GArray *keys = dio_randomizer_get_keys (apply->randomizer, "keys");
  if (keys == NULL || keys->len == 0)
    return dio_apply_fail (apply, error, "it has no \"keys\" to move by");
  DioPath path = { (const DioPathKey *) keys->data, keys->len, is_set (apply, "smooth"),
                   is_set (apply, "repeat") };
  return follow (apply, work, &path, error);
}

/* ---- waypoints ---- */

static DioVec3
draw_waypoint (DioApply *apply, DioWork *work, guint number)
{
  const DioVec3 zero = { 0, 0, 0 };
  g_autofree char *name = g_strdup_printf ("waypoint-%u", number);
  DioVec3 min = dio_randomizer_get_vec3 (apply->randomizer, "min", zero);
  DioVec3 max = dio_randomizer_get_vec3 (apply->randomizer, "max", zero);
  DioDrawing drawing = dio_draw_begin (apply, work, name);
  DioVec3 p;
  p.x = min.x + dio_draw_uniform (&drawing) * (max.x - min.x);
  p.y = min.y + dio_draw_uniform (&drawing) * (max.y - min.y);
  p.z = min.z + dio_draw_uniform (&drawing) * (max.z - min.z);
  dio_draw_record_vec3 (&drawing, p);
  return p;
}

static double
draw_number (DioApply *apply, DioWork *work, const char *name, double fallback)
{
  if (dio_randomizer_get_distribution (apply->randomizer, name) == NULL)
    return fallback;
  DioDrawing drawing = dio_draw_begin (apply, work, name);
  double number = dio_draw_param (&drawing, name, fallback, fallback);
  dio_draw_record (&drawing, 1, &number);
  return number;
}

/* Adds a key that is reached at @speed_m_s; a point where the path is already adds none. */
static void
go_to (DioPathKey *keys, guint *n, DioVec3 p, double speed_m_s)
{
  const DioPathKey *last = &keys[*n - 1];
  double way = dio_vec3_length (dio_vec3_sub (p, last->position_m));
  double time_s = last->time_s + way / speed_m_s;
  if (!(time_s > last->time_s))
    return;
  keys[*n] = (DioPathKey){ .time_s = time_s, .position_m = p };
  (*n)++;
}

gboolean
dio_apply_motion_waypoints (DioApply *apply, DioWork *work, GError **error)
{
  DioPathKey keys[MAX_WAYPOINTS + 2] = { 0 };
  DioSimilarity frame_from_parent;
  guint n = 1;
  if (!get_frame (apply, work, &frame_from_parent, error))
    return FALSE;
  guint n_points = dio_randomizer_get_integer (apply->randomizer, "waypoints", 1);
  double speed_m_s = draw_number (apply, work, "speed_m_s", 1);
  keys[0].position_m =
      dio_similarity_apply (&frame_from_parent, work->node->parent_from_node.translation_m);
  for (guint i = 0; i < MIN (n_points, MAX_WAYPOINTS); i++)
    go_to (keys, &n, draw_waypoint (apply, work, i + 1), speed_m_s);
  gboolean repeat = is_set (apply, "repeat");
  if (repeat)
    go_to (keys, &n, keys[0].position_m, speed_m_s);
  DioPath path = { keys, n, is_set (apply, "smooth"), repeat };
  return follow (apply, work, &path, error);
}

/* ---- driving ---- */

/* Where the node's front, or a sensor's view, points as seen from above in its parent. */
static double
get_heading_rad (const DioApply *apply, const DioWork *work)
{
  DioVec3 front =
      work->node->kind == DIO_NODE_SENSOR ? (DioVec3){ 0, 0, -1 } : get_front (apply, work);
  DioVec3 ahead = dio_quat_rotate (work->node->parent_from_node.q_wxyz, front);
  return dio_atan2 (ahead.y, ahead.x);
}

/* sin (x) / x */
static double
get_sinc (double x)
{
  return fabs (x) < 1e-9 ? 1 : dio_sin (x) / x;
}

/* An arc of a circle: the chord lies halfway between the first and the last heading. */
gboolean
dio_apply_motion_drive (DioApply *apply, DioWork *work, GError **error)
{
  double speed_m_s = draw_number (apply, work, "speed_m_s", 0);
  double heading_rad = draw_number (apply, work, "heading_rad", get_heading_rad (apply, work));
  double rate_rad_s = draw_number (apply, work, "turn_rate_rad_s", 0);
  double climb_m_s = draw_number (apply, work, "climb_m_s", 0);
  double time_s = get_time_s (apply), half_rad = rate_rad_s * time_s / 2;
  double chord_m = speed_m_s * time_s * get_sinc (half_rad);
  DioVec3 way = dio_vec3_scale (dio_direction_from_angles (heading_rad + half_rad, 0), chord_m);
  way.z = climb_m_s * time_s;
  DioTrs *trs = &dio_work_edit (work)->parent_from_node;
  trs->translation_m = dio_vec3_add (trs->translation_m, way);
  trs->q_wxyz = dio_quat_normalize (dio_quat_multiply (
      dio_quat_from_axis_angle ((DioVec3){ 0, 0, 1 }, 2 * half_rad), trs->q_wxyz));
  return TRUE;
}
