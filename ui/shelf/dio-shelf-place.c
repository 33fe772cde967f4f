#define G_LOG_DOMAIN "dio-shelf"

#include "dio-shelf-private.h"

#include "dio-core-pose.h"
#include "dio-edit-add.h"
#include "dio-scene-edit.h"

#include <glib/gi18n-lib.h>

/* What lies farther than this along the view is not where somebody looks. */
#define REACH_M 100.0
#define AHEAD_M 4.0
/* A lamp on the floor lights nothing. */
#define LAMP_ABOVE_M 2.0

gboolean
dio_shelf_is_asset (DioShelfItem *item)
{
  return g_str_has_prefix (dio_shelf_item_get_key (item), "asset:");
}

char *
dio_shelf_dup_drag_text (DioShelfItem *item)
{
  const char *kind = "asset";
  if (dio_shelf_item_get_kind (item) == DIO_SHELF_PARAMETRIC)
    kind = "model";
  else if (dio_shelf_item_get_kind (item) == DIO_SHELF_LIGHT)
    kind = "light";
  else if (dio_shelf_item_get_kind (item) == DIO_SHELF_SENSOR)
    return g_strdup ("diorama-shelf:sensor:");
  else if (!dio_shelf_is_asset (item))
    kind = "environment";
  return g_strdup_printf ("diorama-shelf:%s:%s", kind, dio_shelf_item_get_id (item));
}

/* -- What becomes of an item -- */

static DioScenario *
add (DioScenario *scenario, DioShelfItem *item, DioVec3 place, char **id, GError **error)
{
  const char *name = dio_shelf_item_get_id (item);
  DioVec3 above = { place.x, place.y, place.z + LAMP_ABOVE_M };
  switch (dio_shelf_item_get_kind (item)) {
  case DIO_SHELF_MODEL:
    return dio_edit_add_asset_model (scenario, name, dio_shelf_item_get_name (item), place, id,
                                     error);
  case DIO_SHELF_PARAMETRIC:
    return dio_edit_add_parametric (scenario, name, place, id, error);
  case DIO_SHELF_LIGHT:
    return dio_edit_add_light (scenario, dio_shelf_item_get_light (item), NULL, above, id, error);
  case DIO_SHELF_ENVIRONMENT: {
    g_autofree char *picture =
        dio_shelf_is_asset (item) ? g_strdup (name) : g_strconcat ("procedural:", name, NULL);
    return dio_edit_add_light (scenario, DIO_LIGHT_ENVIRONMENT, picture, above, id, error);
  }
  case DIO_SHELF_SENSOR:
    return dio_edit_add_sensor (scenario, (DioVec3){ place.x, place.y - 3, place.z + 1.6 }, place,
                                id, error);
  case DIO_SHELF_TEXTURE:
  default:
    return NULL;
  }
}

gboolean
dio_shelf_place_at (DioSession *session, DioShelfItem *item, DioVec3 place_m)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  DioScenario *next = add (dio_session_get_scenario (session), item, place_m, &id, &error);
  if (next == NULL) {
    dio_session_report (session, error != NULL ? DIO_SEVERITY_WARNING : DIO_SEVERITY_NOTE,
                        error != NULL ? _ ("Nothing was added")
                                      : _ ("Choose a texture in the inspector of an object"),
                        error, NULL, NULL);
    return FALSE;
  }
  /* Translators: an undo step; what is added follows */
  g_autofree char *name = g_strdup_printf (_ ("Add %s"), dio_shelf_item_get_name (item));
  dio_session_commit (session, next, name, NULL);
  dio_selection_set_one (dio_session_get_selection (session), id);
  return TRUE;
}

/* -- Where the view looks -- */

typedef struct {
  DioSession *session;
  DioShelfItem *item;
  DioVec3 origin_m, direction;
} Placing;

static gboolean
get_line_of_sight (DioSession *session, DioVec3 *origin_m, DioVec3 *direction)
{
  DioPreviewRequest request = { 0 };
  dio_session_fill_request (session, &request);
  if (request.view.width_px == 0)
    return FALSE;
  const DioMat4 *pose = &request.view.world_from_camera;
  *origin_m = dio_mat4_transform_point (pose, (DioVec3){ 0, 0, 0 });
  *direction = dio_mat4_transform_vector (pose, (DioVec3){ 0, 0, -1 });
  return TRUE;
}

static DioVec3
find_ground (const Placing *placing)
{
  DioVec3 o = placing->origin_m, d = placing->direction;
  double t = d.z < -1e-6 ? -o.z / d.z : -1;
  if (t > 0 && t < REACH_M)
    return (DioVec3){ o.x + t * d.x, o.y + t * d.y, 0 };
  return (DioVec3){ o.x + AHEAD_M * d.x, o.y + AHEAD_M * d.y, 0 };
}

static void
hit_cb (const DioPreviewHit *hit, gpointer user)
{
  Placing *placing = user;
  DioVec3 place = hit->hit ? hit->point_world_m : find_ground (placing);
  dio_shelf_place_at (placing->session, placing->item, place);
  g_object_unref (placing->session);
  g_object_unref (placing->item);
  g_free (placing);
}

void
dio_shelf_place (DioSession *session, DioShelfItem *item)
{
  DioVec3 origin, direction;
  if (!get_line_of_sight (session, &origin, &direction)) {
    dio_shelf_place_at (session, item, (DioVec3){ 0, 0, 0 });
    return;
  }
  Placing *placing = g_new0 (Placing, 1);
  *placing = (Placing){ g_object_ref (session), g_object_ref (item), origin, direction };
  dio_preview_cast (dio_session_get_preview (session), origin, direction, NULL, hit_cb, placing);
}

void
dio_shelf_remove (DioSession *session, DioShelfItem *item)
{
  if (!dio_shelf_is_asset (item))
    return;
  g_autoptr (GError) error = NULL;
  DioScenario *next = dio_scenario_without_asset (dio_session_get_scenario (session),
                                                  dio_shelf_item_get_id (item), &error);
  if (next == NULL) {
    dio_session_report (session, DIO_SEVERITY_WARNING, _ ("The asset is still in use"), error, NULL,
                        NULL);
    return;
  }
  /* Translators: an undo step; an asset's name follows */
  g_autofree char *name = g_strdup_printf (_ ("Remove %s"), dio_shelf_item_get_name (item));
  dio_session_commit (session, next, name, NULL);
}
