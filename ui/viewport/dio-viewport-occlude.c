#define G_LOG_DOMAIN "dio-viewport"

#include "dio-edit-bind.h"
#include "dio-edit-nodes.h"
#include "dio-viewport-private.h"

#include <glib/gi18n-lib.h>

static const char *
get_title (const DioScenario *scenario, const char *id)
{
  return dio_edit_get_node_title (dio_scenario_find_node (scenario, id));
}

/* The first of @ids is hidden behind the others. */
static DioScenario *
occlude (DioViewportCanvas *self, const char *const *ids, GError **error)
{
  const char *sensor = dio_session_get_sensor (self->session);
  const char *const hidden[] = { ids[0], NULL };
  DioMat4 pose;
  gboolean seen = sensor != NULL && dio_viewport_find_pose (self, sensor, &pose);
  DioVec3 eye = seen ? (DioVec3){ pose.m[12], pose.m[13], pose.m[14] } : (DioVec3){ 0 };
  const DioEditOcclude occlude = {
    .hidden = ids[0],
    .occluders = ids + 1,
    .sensor = sensor,
    .eye_m = seen ? &eye : NULL,
    .hidden_world = dio_viewport_get_bounds (self, hidden),
    .occluder_world = dio_viewport_get_bounds (self, ids + 1),
  };
  return dio_edit_occlude (dio_session_get_scenario (self->session), &occlude, NULL, error);
}

void
dio_viewport_occlude (DioViewportCanvas *self)
{
  DioSelection *selection = dio_session_get_selection (self->session);
  const DioScenario *scenario = dio_session_get_scenario (self->session);
  g_auto (GStrv) ids = g_strdupv ((GStrv) dio_selection_get_ids (selection));
  guint n = g_strv_length (ids);
  if (n < 2) {
    dio_viewport_canvas_note (self, _ ("Select what is to be hidden, then what hides it."));
    return;
  }
  const char *hidden = get_title (scenario, ids[0]);
  /* Translators: an undo step: the first object is hidden behind the second */
  g_autofree char *step =
      n == 2 ? g_strdup_printf (_ ("Hide %s behind %s"), hidden, get_title (scenario, ids[1]))
             : g_strdup_printf (_ ("Hide %s behind Objects"), hidden);
  g_autoptr (GError) error = NULL;
  DioScenario *next = occlude (self, (const char *const *) ids, &error);
  if (next == NULL) {
    dio_session_report (self->session, DIO_SEVERITY_WARNING, _ ("Nothing was hidden"), error, NULL,
                        NULL);
    return;
  }
  dio_session_commit (self->session, next, step, NULL);
  /* The table and the chip of the frame bar then say at once how much of it is seen. */
  dio_selection_set_one (selection, ids[0]);
  dio_session_set_frame_view (self->session, TRUE);
  /* xgettext:no-c-format */
  dio_viewport_canvas_note (self, _ ("In every frame 20 to 80 % of it is visible now."));
}
