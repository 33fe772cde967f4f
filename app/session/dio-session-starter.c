#define G_LOG_DOMAIN "dio-session"

#include "dio-base-json.h"
#include "dio-core-pose.h"
#include "dio-session-private.h"

/* The camera stands where a person would, a few steps from the origin; the light is a clear day's, and the exposure
 * is the one of such a day. */
#define EYE_HEIGHT_M 1.6
#define EYE_AWAY_M 3.5
#define LOOK_AT_HEIGHT_M 0.75
#define DAY_EV100 13.8
/* Small enough that "frame all" still shows what stands on it; the sky below the horizon has its colour. */
#define GROUND_M 40.0

static json_t *
create_camera (void)
{
  DioMat4 pose = dio_mat4_look_at ((DioVec3){ 0, -EYE_AWAY_M, EYE_HEIGHT_M },
                                   (DioVec3){ 0, 0, LOOK_AT_HEIGHT_M }, (DioVec3){ 0, 0, 1 });
  DioQuat q = dio_quat_from_mat4 (&pose);
  return json_pack (
      "{s:s, s:s, s:s, s:[f,f,f], s:[f,f,f,f], s:{s:i, s:i, s:f, s:f, s:f, s:f, s:f}}", "id",
      "camera", "kind", "sensor", "name", dio_session_text (DIO_TEXT_CAMERA), "translation", 0.0,
      -EYE_AWAY_M, EYE_HEIGHT_M, "rotation", q.w, q.x, q.y, q.z, "sensor", "width", 640, "height",
      480, "focal_length_mm", 35.0, "near_m", 0.05, "far_m", 100.0, "max_depth_m", 20.0,
      "exposure_ev100", DAY_EV100);
}

static json_t *
create_sky (void)
{
  return json_pack ("{s:s, s:s, s:s, s:{s:s, s:f, s:f, s:f, s:f}}", "id", "sky", "kind", "light",
                    "name", dio_session_text (DIO_TEXT_SKY), "light", "kind", "sky",
                    "sun_elevation_rad", 0.85, "sun_azimuth_rad", 0.7, "turbidity", 2.2,
                    "ground_albedo", 0.36);
}

static json_t *
create_ground (void)
{
  return json_pack (
      "{s:s, s:s, s:s, s:{s:s, s:{s:f, s:f}, s:[{s:s, s:[f,f,f,f], s:f, s:s, s:[f,f]}]}}", "id",
      "ground", "kind", "model", "name", dio_session_text (DIO_TEXT_GROUND), "model", "parametric",
      "plane", "parameters", "width_m", GROUND_M, "depth_m", GROUND_M, "materials", "slot", "*",
      "base_color", 0.4, 0.4, 0.38, 1.0, "roughness", 0.9, "base_color_texture",
      "procedural:plaster", "uv_scale", 0.5, 0.5);
}

DioScenario *
dio_session_create_starter (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) json =
      json_pack ("{s:s, s:i, s:s, s:[o,o,o]}", "format", DIO_SCENARIO_FORMAT, "version",
                 DIO_SCENARIO_VERSION, "name", dio_session_text (DIO_TEXT_UNTITLED), "nodes",
                 create_ground (), create_sky (), create_camera ());
  DioScenario *scenario = dio_scenario_from_json (json, NULL, &error);
  /* All of it stands above. */
  if (scenario == NULL)
    g_error ("the document to start from is wrong: %s", error->message);
  return scenario;
}
