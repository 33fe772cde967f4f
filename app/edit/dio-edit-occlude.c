#define G_LOG_DOMAIN "dio-edit"

/* Hide one object in part behind others: the rule "Hide in Part" puts one of them a frame into the sensor's line of sight. */

#include "dio-base-json.h"
#include "dio-core-error.h"
#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-edit-bind-private.h"
#include "dio-edit-bind.h"
#include "dio-edit-private.h"
#include "dio-scene-edit.h"
#include "dio-scene-randomizer.h"

#include <math.h>
#include <string.h>

#define MIN_VISIBILITY 0.2
#define MAX_VISIBILITY 0.8
/* Where the rule looks for a place if nothing is said, see its parameter "along". */
#define FIRST_ALONG 0.2
#define LAST_ALONG 0.9
/* The least room to try places in. */
#define LEAST_ROOM 0.1

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

static gboolean
check (const DioScenario *scenario, const DioEditOcclude *o, const char *sensor, GError **error)
{
  const char *const ids[] = { o->hidden, NULL };
  if (!dio_edit_check_ids (scenario, ids, error)
      || !dio_edit_check_ids (scenario, o->occluders, error))
    return FALSE;
  const DioNode *hidden = dio_scenario_find_node (scenario, o->hidden);
  const char *wrong = NULL;
  if (hidden->kind != DIO_NODE_MODEL && !(hidden->kind == DIO_NODE_GROUP && hidden->crowd))
    wrong = "only a model or a crowd can be hidden; select it first";
  else if (o->occluders[0] == NULL || g_strv_contains (o->occluders, o->hidden))
    wrong = "an object cannot hide itself; select two";
  else if (sensor == NULL)
    wrong = "there is no sensor from which something could be hidden; add one";
  if (wrong == NULL)
    return TRUE;
  g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "\"%s\" cannot be hidden: %s", o->hidden,
               wrong);
  return FALSE;
}

static gboolean
is_known (const DioBox3 *box)
{
  DioVec3 size = dio_vec3_sub (box->max, box->min);
  return !dio_box3_is_empty (box) && dio_vec3_is_finite (size) && dio_vec3_length (size) > 0;
}

/* Where what stands on the ground meets a line that comes from above: not before its top does. NULL where the rule's own
 * range fits. */
static json_t *
make_along (const DioEditOcclude *o)
{
  const DioBox3 *hidden = &o->hidden_world, *occluder = &o->occluder_world;
  if (o->eye_m == NULL || !is_known (hidden) || !is_known (occluder))
    return NULL;
  DioVec3 middle = dio_vec3_scale (dio_vec3_add (hidden->min, hidden->max), 0.5);
  double top = occluder->max.z, fall = o->eye_m->z - middle.z;
  double first = fall > 0 && o->eye_m->z > top ? (o->eye_m->z - top) / fall : 0;
  if (first <= FIRST_ALONG)
    return NULL;
  first = CLAMP (first, FIRST_ALONG, LAST_ALONG - LEAST_ROOM);
  return dio_edit_make_uniform (first, LAST_ALONG);
}

static json_t *
make_rule (const DioEditOcclude *o, const char *id, const char *sensor)
{
  gboolean given = o->min_visibility > 0 || o->max_visibility > 0;
  json_t *rule = json_pack ("{s:s,s:s,s:s,s:s,s:[{s:f,s:f}]}", "id", id, "type", "occlude",
                            "sensor", sensor, "hidden", o->hidden, "visibility", "min",
                            given ? o->min_visibility : MIN_VISIBILITY, "max",
                            given ? o->max_visibility : MAX_VISIBILITY);
  json_t *targets = json_array (), *along = make_along (o);
  for (guint i = 0; o->occluders[i] != NULL; i++)
    json_array_append_new (targets, json_string (o->occluders[i]));
  json_object_set_new (rule, "targets", targets);
  if (along != NULL)
    json_object_set_new (rule, "along", along);
  return rule;
}

DioScenario *
dio_edit_occlude (DioScenario *scenario,
                  const DioEditOcclude *occlude,
                  char **new_id,
                  GError **error)
{
  g_return_val_if_fail (scenario != NULL && occlude != NULL, NULL);
  g_return_val_if_fail (occlude->hidden != NULL && occlude->occluders != NULL, NULL);
  const char *sensor = dio_edit_find_sensor (scenario, occlude->sensor);
  if (!check (scenario, occlude, sensor, error))
    return NULL;
  g_autofree char *wish = g_strconcat (occlude->hidden, "_hidden", NULL);
  g_autofree char *id = dio_scenario_dup_free_randomizer_id (scenario, wish);
  g_autoptr (json_t) rule = make_rule (occlude, id, sensor);
  DioScenario *next = dio_scenario_with_randomizer (scenario, rule, error);
  if (next != NULL && new_id != NULL)
    *new_id = g_steal_pointer (&id);
  return next;
}
