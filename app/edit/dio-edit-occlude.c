#define G_LOG_DOMAIN "dio-edit"

/* Hide one object behind another: seen from the sensor, the hidden one is put behind the other, may wander there on a rectangle that lies across
 * the line of sight, and a constraint keeps those draws in which enough and not too much of it is seen. */

#include "dio-base-json.h"
#include "dio-core-error.h"
#include "dio-core-math.h"
#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-edit-bind.h"
#include "dio-edit-nodes.h"
#include "dio-edit-private.h"
#include "dio-scene-edit.h"

#include <math.h>
#include <string.h>

#define MIN_VISIBILITY 0.2
#define MAX_VISIBILITY 0.8
#define ATTEMPTS 64
#define UNKNOWN_HALF_M 0.15
#define GAP_M 0.02
/* A line of sight whose level part is shorter looks down: there is no "behind" on the ground then, only a "below". */
#define MIN_LEVEL 0.3

const char *
dio_edit_find_sensor (const DioScenario *scenario, const char *wanted)
{
  for (guint i = 0; i < scenario->nodes->len; i++) {
    const DioNode *node = g_ptr_array_index (scenario->nodes, i);
    if (node->kind != DIO_NODE_SENSOR || !(wanted != NULL || node->visible))
      continue;
    if (wanted == NULL || strcmp (node->id, wanted) == 0)
      return node->id;
  }
  return NULL;
}

static DioVec3
get_origin (const DioScenario *scenario, const char *id)
{
  DioMat4 world;
  dio_scenario_world_from_node (scenario, id, &world);
  return dio_mat4_transform_point (&world, dio_vec3 (0, 0, 0));
}

/* An object as seen from above: a disc about a middle. */
typedef struct {
  DioVec3 middle_m;
  double radius_m;
} Disc;

static Disc
get_disc (const DioScenario *scenario, const char *id, const DioBox3 *box)
{
  DioVec3 size = dio_vec3_sub (box->max, box->min);
  gboolean known = !dio_box3_is_empty (box) && dio_vec3_length (size) > 0;
  if (!known || !dio_vec3_is_finite (size))
    return (Disc){ get_origin (scenario, id), UNKNOWN_HALF_M * sqrt (2) };
  return (Disc){ dio_vec3_add (box->min, dio_vec3_scale (size, 0.5)),
                 sqrt (size.x * size.x + size.y * size.y) / 2 };
}

/* Where the hidden one's middle goes, and the rectangle in which it may lie. */
typedef struct {
  DioVec3 middle_m;
  double along_m, across_m, yaw_rad;
} Place;

static Place
find_place (DioVec3 eye, const Disc *hidden, const Disc *occluder)
{
  DioVec3 sight = dio_vec3_normalize (dio_vec3_sub (occluder->middle_m, eye));
  double level = sqrt (sight.x * sight.x + sight.y * sight.y);
  double reach = hidden->radius_m + occluder->radius_m;
  Place place = { .across_m = 2 * reach };
  if (level < MIN_LEVEL) {
    place.along_m = 2 * reach;
    place.middle_m = dio_vec3_add (occluder->middle_m, dio_vec3_scale (sight, reach + GAP_M));
    return place;
  }
  DioVec3 behind = { sight.x / level, sight.y / level, 0 };
  place.along_m = hidden->radius_m;
  place.yaw_rad = dio_atan2 (behind.y, behind.x);
  double distance = reach + place.along_m / 2 + GAP_M;
  place.middle_m = dio_vec3_add (occluder->middle_m, dio_vec3_scale (behind, distance));
  /* What stands keeps its feet where they are. */
  place.middle_m.z = hidden->middle_m.z;
  return place;
}

static gboolean
check (const DioScenario *scenario, const DioEditOcclude *o, const char *sensor, GError **error)
{
  const char *const ids[] = { o->hidden, o->occluder, NULL };
  if (!dio_edit_check_ids (scenario, ids, error))
    return FALSE;
  const DioNode *hidden = dio_scenario_find_node (scenario, o->hidden);
  gboolean solid = hidden->kind == DIO_NODE_MODEL || hidden->kind == DIO_NODE_GROUP;
  const char *wrong = NULL;
  if (!solid)
    wrong = "only a model or a group can be hidden";
  else if (strcmp (o->hidden, o->occluder) == 0)
    wrong = "an object cannot hide itself; select two";
  else if (sensor == NULL)
    wrong = "there is no sensor from which something could be hidden; add one";
  else if (!(o->min_visibility <= o->max_visibility))
    wrong = "the smallest visibility must not exceed the largest";
  if (wrong == NULL)
    return TRUE;
  g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "\"%s\" cannot be hidden behind \"%s\": %s",
               o->hidden, o->occluder, wrong);
  return FALSE;
}

/* Adds the randomizer of the position and the constraint that redraws it. */
static DioScenario *
add_rules (DioScenario *scenario,
           const DioEditOcclude *o,
           const char *sensor,
           const Place *place,
           GStrv *new_ids,
           GError **error)
{
  g_autofree char *move_wish = g_strconcat (o->hidden, "_behind_", o->occluder, NULL);
  g_autofree char *see_wish = g_strconcat (o->hidden, "_seen", NULL);
  g_autofree char *move_id = dio_scenario_dup_free_randomizer_id (scenario, move_wish);
  g_autoptr (json_t) move = json_pack (
      "{s:s,s:s,s:[s],s:o,s:f,s:f,s:f,s:s}", "id", move_id, "type", "position-plane", "targets",
      o->hidden, "center", dio_edit_vec3_to_json (get_origin (scenario, o->hidden)), "size_x_m",
      place->along_m, "size_y_m", place->across_m, "yaw_rad", place->yaw_rad, "frame", "world");
  g_autoptr (DioScenario) moving = dio_scenario_with_randomizer (scenario, move, error);
  if (moving == NULL)
    return NULL;
  gboolean given = o->min_visibility > 0 || o->max_visibility > 0;
  g_autofree char *see_id = dio_scenario_dup_free_randomizer_id (moving, see_wish);
  g_autoptr (json_t) see = json_pack ("{s:s,s:s,s:[s],s:s,s:f,s:f,s:[s],s:i}", "id", see_id, "type",
                                      "constraint", "targets", o->hidden, "sensor", sensor,
                                      "min_visibility", given ? o->min_visibility : MIN_VISIBILITY,
                                      "max_visibility", given ? o->max_visibility : MAX_VISIBILITY,
                                      "redraw", move_id, "attempts", ATTEMPTS);
  DioScenario *next = dio_scenario_with_randomizer (moving, see, error);
  const char *const ids[] = { move_id, see_id, NULL };
  if (next != NULL && new_ids != NULL)
    *new_ids = g_strdupv ((GStrv) ids);
  return next;
}

DioScenario *
dio_edit_occlude (DioScenario *scenario,
                  const DioEditOcclude *occlude,
                  GStrv *new_ids,
                  GError **error)
{
  g_return_val_if_fail (scenario != NULL && occlude != NULL, NULL);
  g_return_val_if_fail (occlude->hidden != NULL && occlude->occluder != NULL, NULL);
  const char *sensor = dio_edit_find_sensor (scenario, occlude->sensor);
  if (!check (scenario, occlude, sensor, error))
    return NULL;
  Disc hidden = get_disc (scenario, occlude->hidden, &occlude->hidden_world);
  Disc occluder = get_disc (scenario, occlude->occluder, &occlude->occluder_world);
  DioVec3 eye = occlude->eye_m != NULL ? *occlude->eye_m : get_origin (scenario, sensor);
  Place place = find_place (eye, &hidden, &occluder);
  const char *const ids[] = { occlude->hidden, NULL };
  g_autoptr (DioScenario) free = dio_edit_unbind_property (scenario, ids, "translation", error);
  if (free == NULL)
    return NULL;
  DioVec3 offset = dio_vec3_sub (place.middle_m, hidden.middle_m);
  g_autoptr (DioScenario) moved = dio_edit_offset_nodes (free, ids, &offset, error);
  return moved != NULL ? add_rules (moved, occlude, sensor, &place, new_ids, error) : NULL;
}
