#define G_LOG_DOMAIN "dio-shell"

#include "dio-shell-scene.h"

#include "dio-edit-add.h"
#include "dio-shell-window-private.h"

#include <glib/gi18n-lib.h>

/* New things stand at the origin, lights above it: the gizmo moves them from there. */
static const DioVec3 ground = { 0, 0, 0 };
static const DioVec3 above = { 0, 0, 3 };
static const DioVec3 eye = { 3, -4, 1.7 };

static void
commit (DioShellWindow *window, DioScenario *next, char *id, const GError *error, const char *name)
{
  g_autofree char *owned_id = id;
  if (next == NULL) {
    dio_session_report (window->session, DIO_SEVERITY_WARNING, _ ("This cannot be added."), error,
                        NULL, NULL);
    return;
  }
  if (!window->has_document)
    dio_shell_window_show_document (window);
  dio_session_commit (window->session, next, name, NULL);
  dio_selection_set_one (dio_session_get_selection (window->session), owned_id);
}

static void
add_light (DioShellWindow *window, DioLightKind kind, const char *name)
{
  char *id = NULL;
  g_autoptr (GError) error = NULL;
  DioScenario *next = dio_edit_add_light (dio_session_get_scenario (window->session), kind, NULL,
                                          above, &id, &error);
  commit (window, next, id, error, name);
}

static void
add_sun (gpointer owner)
{
  add_light (owner, DIO_LIGHT_SUN, _ ("Add Sun"));
}

static void
add_point (gpointer owner)
{
  add_light (owner, DIO_LIGHT_POINT, _ ("Add Point Light"));
}

static void
add_spot (gpointer owner)
{
  add_light (owner, DIO_LIGHT_SPOT, _ ("Add Spot Light"));
}

static void
add_rectangle (gpointer owner)
{
  add_light (owner, DIO_LIGHT_RECT, _ ("Add Rectangle Light"));
}

static void
add_sensor (gpointer owner)
{
  DioShellWindow *window = owner;
  char *id = NULL;
  g_autoptr (GError) error = NULL;
  DioScenario *next =
      dio_edit_add_sensor (dio_session_get_scenario (window->session), eye, ground, &id, &error);
  commit (window, next, id, error, _ ("Add Sensor"));
}

static void
add_group (gpointer owner)
{
  DioShellWindow *window = owner;
  char *id = NULL;
  g_autoptr (GError) error = NULL;
  DioScenario *next = dio_edit_add_group (dio_session_get_scenario (window->session), _ ("Group"),
                                          ground, &id, &error);
  commit (window, next, id, error, _ ("Add Group"));
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
