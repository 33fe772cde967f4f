#define G_LOG_DOMAIN "dio-randomize"

/* Where a node stands. Each type draws a point in the frame that the randomizer names, and writes it in the
 * frame of the node's parent; rotation and scale stay. */

#include "dio-randomize-private.h"

#include "dio-core-math.h"
#include "dio-core-vec.h"
#include "dio-scene-randomizer.h"

static const DioVec3 origin = { 0, 0, 0 };

/* Records the point as drawn and puts the node there. */
static gboolean
place (DioDrawing *drawing, DioWork *work, DioVec3 p, GError **error)
{
  const char *frame = dio_randomizer_get_string (drawing->apply->randomizer, "frame", "parent");
  dio_draw_record_vec3 (drawing, p);
  if (g_str_equal (frame, "world") && work->parent != NULL) {
    DioSimilarity world_from_parent;
    if (!dio_work_world_from_parent (work, &world_from_parent, error))
      return FALSE;
    p = dio_similarity_apply_inverse (&world_from_parent, p);
  }
  dio_work_edit (work)->parent_from_node.translation_m = p;
  return TRUE;
}

gboolean
dio_apply_position_box (DioApply *apply, DioWork *work, GError **error)
{
  DioVec3 min = dio_randomizer_get_vec3 (apply->randomizer, "min", origin);
  DioVec3 max = dio_randomizer_get_vec3 (apply->randomizer, "max", origin);
  DioDrawing drawing = dio_draw_begin (apply, work, "translation");
  DioVec3 p;
  p.x = min.x + dio_draw_uniform (&drawing) * (max.x - min.x);
  p.y = min.y + dio_draw_uniform (&drawing) * (max.y - min.y);
  p.z = min.z + dio_draw_uniform (&drawing) * (max.z - min.z);
  return place (&drawing, work, p, error);
}

gboolean
dio_apply_position_plane (DioApply *apply, DioWork *work, GError **error)
{
  DioVec3 center = dio_randomizer_get_vec3 (apply->randomizer, "center", origin);
  double yaw_rad = dio_randomizer_get_number (apply->randomizer, "yaw_rad", 0);
  DioDrawing drawing = dio_draw_begin (apply, work, "translation");
  double x = (dio_draw_uniform (&drawing) - 0.5)
             * dio_randomizer_get_number (apply->randomizer, "size_x_m", 0);
  double y = (dio_draw_uniform (&drawing) - 0.5)
             * dio_randomizer_get_number (apply->randomizer, "size_y_m", 0);
  double c = dio_cos (yaw_rad), s = dio_sin (yaw_rad);
  DioVec3 p = { center.x + x * c - y * s, center.y + x * s + y * c, center.z };
  return place (&drawing, work, p, error);
}

gboolean
dio_apply_position_ring (DioApply *apply, DioWork *work, GError **error)
{
  DioVec3 center = dio_randomizer_get_vec3 (apply->randomizer, "center", origin);
  DioDrawing drawing = dio_draw_begin (apply, work, "translation");
  double radius = dio_draw_param (&drawing, "radius_m", 0, 0);
  double angle = dio_draw_param (&drawing, "angle_rad", 0, 2 * DIO_PI);
  double height = dio_draw_param (&drawing, "height_m", 0, 0);
  DioVec3 p = { center.x + radius * dio_cos (angle), center.y + radius * dio_sin (angle),
                center.z + height };
  return place (&drawing, work, p, error);
}

gboolean
dio_apply_position_shell (DioApply *apply, DioWork *work, GError **error)
{
  DioVec3 center = dio_randomizer_get_vec3 (apply->randomizer, "center", origin);
  DioDrawing drawing = dio_draw_begin (apply, work, "translation");
  double radius = dio_draw_param (&drawing, "radius_m", 0, 0);
  double azimuth = dio_draw_param (&drawing, "azimuth_rad", 0, 2 * DIO_PI);
  double elevation = dio_draw_elevation (&drawing, "elevation_rad");
  DioVec3 offset = dio_vec3_scale (dio_direction_from_angles (azimuth, elevation), radius);
  return place (&drawing, work, dio_vec3_add (center, offset), error);
}
