#define G_LOG_DOMAIN "dio-shell"

#include "dio-shell-scene.h"

#include "dio-core-pose.h"
#include "dio-edit-add.h"
#include "dio-shell-window-private.h"

#include <glib/gi18n-lib.h>

/* New things stand where the view looks: at what is under its middle, else on the ground there, as those of the shelf do. Where nothing is shown they stand at
 * the origin. */

/* What lies farther than this along the view is not where somebody looks. */
#define REACH_M 100.0
#define AHEAD_M 4.0
/* A lamp on the floor lights nothing. */
#define LAMP_ABOVE_M 2.0
/* A sensor stands back from what it looks at, at eye height. */
#define SENSOR_BACK_M 3.0
#define SENSOR_ABOVE_M 1.6

typedef enum { ADD_LIGHT, ADD_SENSOR, ADD_GROUP } AddKind;

/* What is being added while the answer of the cast is under way. */
typedef struct {
  DioShellWindow *window;
  AddKind kind;
  DioLightKind light;
  /** of the undo step, translated */
  const char *name;
  DioVec3 origin_m, direction;
} Adding;

static DioScenario *
create (const Adding *adding, DioVec3 place, char **id, GError **error)
{
  DioScenario *scenario = dio_session_get_scenario (adding->window->session);
  DioVec3 above = { place.x, place.y, place.z + LAMP_ABOVE_M };
  DioVec3 eye = { place.x, place.y - SENSOR_BACK_M, place.z + SENSOR_ABOVE_M };
  switch (adding->kind) {
  case ADD_LIGHT:
    return dio_edit_add_light (scenario, adding->light, NULL, above, id, error);
  case ADD_SENSOR:
    return dio_edit_add_sensor (scenario, eye, place, id, error);
  case ADD_GROUP:
  default:
    return dio_edit_add_group (scenario, _ ("Group"), place, id, error);
  }
}

static void
add_at (const Adding *adding, DioVec3 place)
{
  DioShellWindow *window = adding->window;
  // The window may have closed while the cast was under way.
  if (window->session == NULL)
    return;
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;
  DioScenario *next = create (adding, place, &id, &error);
  if (next == NULL) {
    dio_session_report (window->session, DIO_SEVERITY_WARNING, _ ("This cannot be added."), error,
                        NULL, NULL);
    return;
  }
  if (!window->has_document)
    dio_shell_window_show_document (window);
  dio_session_commit (window->session, next, adding->name, NULL);
  dio_selection_set_one (dio_session_get_selection (window->session), id);
}

/* Where the line of sight meets the ground, or a little ahead where it does not. */
static DioVec3
find_ground (const Adding *adding)
{
  DioVec3 o = adding->origin_m, d = adding->direction;
  double t = d.z < -1e-6 ? -o.z / d.z : -1;
  if (!(t > 0 && t < REACH_M))
    t = AHEAD_M;
  return (DioVec3){ o.x + t * d.x, o.y + t * d.y, 0 };
}

static void
hit_cb (const DioPreviewHit *hit, gpointer user)
{
  Adding *adding = user;
  add_at (adding, hit->hit ? hit->point_world_m : find_ground (adding));
  g_object_unref (adding->window);
  g_free (adding);
}

static void
add (DioShellWindow *window, AddKind kind, DioLightKind light, const char *name)
{
  Adding adding = { .window = window, .kind = kind, .light = light, .name = name };
  DioPreviewRequest request = { 0 };
  dio_session_fill_request (window->session, &request);
  if (request.view.width_px == 0) {
    add_at (&adding, (DioVec3){ 0, 0, 0 });
    return;
  }
  const DioMat4 *pose = &request.view.world_from_camera;
  adding.origin_m = dio_mat4_transform_point (pose, (DioVec3){ 0, 0, 0 });
  adding.direction = dio_mat4_transform_vector (pose, (DioVec3){ 0, 0, -1 });
  g_object_ref (window);
  dio_preview_cast (dio_session_get_preview (window->session), adding.origin_m, adding.direction,
                    NULL, hit_cb, g_memdup2 (&adding, sizeof adding));
}

static void
add_sun (gpointer owner)
{
  add (owner, ADD_LIGHT, DIO_LIGHT_SUN, _ ("Add Sun"));
}

static void
add_point (gpointer owner)
{
  add (owner, ADD_LIGHT, DIO_LIGHT_POINT, _ ("Add Point Light"));
}

static void
add_spot (gpointer owner)
{
  add (owner, ADD_LIGHT, DIO_LIGHT_SPOT, _ ("Add Spot Light"));
}

static void
add_rectangle (gpointer owner)
{
  add (owner, ADD_LIGHT, DIO_LIGHT_RECT, _ ("Add Rectangle Light"));
}

static void
add_sensor (gpointer owner)
{
  add (owner, ADD_SENSOR, DIO_LIGHT_SUN, _ ("Add Sensor"));
}

static void
add_group (gpointer owner)
{
  add (owner, ADD_GROUP, DIO_LIGHT_SUN, _ ("Add Group"));
}

static const DioActionInfo commands[] = {
  { "scene-add-sensor", N_ ("Add Sensor"), N_ ("Scene"), NULL, NULL, add_sensor, NULL, 0 },
  { "scene-add-sun", N_ ("Add Sun"), N_ ("Scene"), NULL, NULL, add_sun, NULL, 1 },
  { "scene-add-point", N_ ("Add Point Light"), N_ ("Scene"), NULL, NULL, add_point, NULL, 1 },
  { "scene-add-spot", N_ ("Add Spot Light"), N_ ("Scene"), NULL, NULL, add_spot, NULL, 1 },
  { "scene-add-rectangle", N_ ("Add Rectangle Light"), N_ ("Scene"), NULL, NULL, add_rectangle,
    NULL, 1 },
  { "scene-add-group", N_ ("Add Group"), N_ ("Scene"), NULL, NULL, add_group, NULL, 2 },
  { NULL },
};

void
dio_shell_scene_add_commands (DioShellWindow *window)
{
  dio_action_registry_add (window->registry, commands, G_OBJECT (window), NULL);
}
