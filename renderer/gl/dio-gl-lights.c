#define G_LOG_DOMAIN "dio-gl"

#include "dio-core-math.h"
#include "dio-core-pose.h"
#include "dio-gl-private.h"

#include <math.h>
#include <string.h>

/* Of shadow.glsl. */
#define SOFT_TAPS 4

/* A light of the frame on its way into a block. */
typedef struct {
  const DioFrameLight *light;
  DioVec3 position_m; /* camera-relative */
  DioVec3 axis;       /* the way it shines */
  double strength;    /* illuminance at the middle of the scene, about */
  guint place;        /* in the frame: breaks ties */
} Candidate;

static void
set_vec (float out[static 4], DioVec3 v, double w)
{
  out[0] = (float) v.x;
  out[1] = (float) v.y;
  out[2] = (float) v.z;
  out[3] = (float) w;
}

static void
set_color (float out[static 4], const DioFrameLight *light, double w)
{
  for (int i = 0; i < 3; i++)
    out[i] = (float) (light->intensity * (double) light->color[i]);
  out[3] = (float) w;
}

static DioVec3
get_column (const DioMat4 *m, int column)
{
  return dio_vec3 (m->m[column * 4], m->m[column * 4 + 1], m->m[column * 4 + 2]);
}

static double
get_strength (const DioFrameLight *light, DioVec3 to_scene)
{
  double square = MAX (dio_vec3_dot (to_scene, to_scene), 1e-4);
  switch (light->kind) {
  case DIO_LIGHT_SUN:
    return light->intensity;
  case DIO_LIGHT_POINT:
  case DIO_LIGHT_SPOT:
    return light->intensity / square;
  case DIO_LIGHT_RECT:
    return light->intensity * light->width_m * light->height_m / square;
  case DIO_LIGHT_ENVIRONMENT:
  case DIO_LIGHT_SKY:
  default:
    return 0;
  }
}

static int
compare_strength_cb (gconstpointer a, gconstpointer b)
{
  const Candidate *ca = a, *cb = b;
  if (ca->strength != cb->strength)
    return ca->strength > cb->strength ? -1 : 1;
  return ca->place < cb->place ? -1 : ca->place > cb->place;
}

/* The frame's lights, strongest first: where a block is full, the weakest are left out. */
static GArray *
collect (const DioGlLightsDesc *desc)
{
  GArray *candidates = g_array_new (FALSE, TRUE, sizeof (Candidate));
  const DioBox3 *bounds = &desc->list->bounds_m;
  DioVec3 middle = { 0 };
  if (!dio_box3_is_empty (bounds))
    middle = dio_vec3_scale (dio_vec3_add (bounds->min, bounds->max), 0.5);
  for (guint i = 0; i < desc->frame->lights->len; i++) {
    const DioFrameLight *light = &g_array_index (desc->frame->lights, DioFrameLight, i);
    DioVec3 eye = get_column (&desc->camera->world_from_camera, 3);
    Candidate candidate = { .light = light, .place = i };
    candidate.position_m = dio_vec3_sub (get_column (&light->world_from_light, 3), eye);
    candidate.axis =
        dio_vec3_normalize (dio_vec3_scale (get_column (&light->world_from_light, 2), -1));
    candidate.strength = get_strength (light, dio_vec3_sub (middle, candidate.position_m));
    if (candidate.strength > 0)
      g_array_append_val (candidates, candidate);
  }
  g_array_sort (candidates, compare_strength_cb);
  return candidates;
}

static gboolean
wants_shadow (const DioGlLightsDesc *desc, const Candidate *c)
{
  return c->light->casts_shadow && !desc->no_shadows;
}

static void
add_sun (DioGlLights *lights, const DioGlLightsDesc *desc, const Candidate *c, gboolean shadow)
{
  if (lights->n_suns >= DIO_GL_MAX_SUNS)
    return;
  DioGlSunBlock *block = &lights->lights.suns[lights->n_suns++];
  double angle = MAX (c->light->angular_diameter_rad, 0);
  set_vec (block->to_light, dio_vec3_scale (c->axis, -1), 0.25 * angle);
  set_color (block->lux, c->light, 0);
  block->reach[3] = (float) angle;
  if (!shadow)
    return;
  dio_gl_shadow_fit_sun (lights, desc, c->light, lights->n_sun_shadows++);
}

/* The strongest that cast shadows come first: the shader knows their layers by their place. */
static void
add_suns (DioGlLights *lights, const DioGlLightsDesc *desc, const GArray *candidates)
{
  const guint most = DIO_GL_SUN_LAYERS / DIO_GL_CASCADES;
  g_autofree gboolean *done = g_new0 (gboolean, candidates->len + 1);
  for (int round = 0; round < 2; round++)
    for (guint i = 0; i < candidates->len; i++) {
      const Candidate *c = &g_array_index (candidates, Candidate, i);
      gboolean shadow = round == 0 && wants_shadow (desc, c) && lights->n_sun_shadows < most;
      if (c->light->kind != DIO_LIGHT_SUN || done[i] || (round == 0 && !shadow))
        continue;
      add_sun (lights, desc, c, shadow);
      done[i] = TRUE;
    }
}

/* The farthest corner of the scene from @position and the widest tangent of a corner about @axis. */
static void
measure_scene (
    const DioBox3 *bounds, DioVec3 position, DioVec3 axis, double *far_m, double *tangent)
{
  *far_m = 0.1;
  *tangent = 0.1;
  for (guint i = 0; i < 8; i++) {
    DioVec3 corner = { i & 1 ? bounds->max.x : bounds->min.x, i & 2 ? bounds->max.y : bounds->min.y,
                       i & 4 ? bounds->max.z : bounds->min.z };
    DioVec3 offset = dio_vec3_sub (corner, position);
    double along = dio_vec3_dot (offset, axis);
    double across = dio_vec3_length (dio_vec3_cross (offset, axis));
    *far_m = MAX (*far_m, dio_vec3_length (offset) * 1.01);
    *tangent = MAX (*tangent, along > across / 3 ? across / along : 3);
  }
}

static gboolean
fit_lamp (DioGlLights *lights, const DioGlLightsDesc *desc, const Candidate *c, guint *next_layer)
{
  static const DioVec3 faces[6] = { { 1, 0, 0 },  { -1, 0, 0 }, { 0, 1, 0 },
                                    { 0, -1, 0 }, { 0, 0, 1 },  { 0, 0, -1 } };
  gboolean point = c->light->kind == DIO_LIGHT_POINT;
  guint n_layers = point ? 6 : 1;
  if (!wants_shadow (desc, c) || dio_box3_is_empty (&desc->list->bounds_m)
      || *next_layer + n_layers > DIO_GL_LAYERS)
    return FALSE;

  DioGlLampView view = { .position_m = c->position_m, .axis = c->axis };
  double tangent;
  measure_scene (&desc->list->bounds_m, c->position_m, c->axis, &view.far_m, &tangent);
  view.near_m = MAX (0.01, view.far_m * 5e-4);
  view.far_m = MAX (view.far_m, view.near_m * 2);
  view.tan_half = MIN (tangent, 3);
  if (c->light->kind == DIO_LIGHT_SPOT)
    view.tan_half = MIN (view.tan_half, dio_tan (MIN (c->light->outer_cone_rad, 1.25)) * 1.02);
  /* Faces of a cube overlap, so that filters do not read over their edge. */
  if (point)
    view.tan_half = 1 + 6.0 / desc->lamp_size_px;
  for (guint i = 0; i < n_layers; i++) {
    view.axis = point ? faces[i] : c->axis;
    view.layer = *next_layer + i;
    dio_gl_shadow_set_lamp (lights, desc, &view);
  }
  *next_layer += n_layers;
  return TRUE;
}

static void
add_lamp (DioGlLights *lights, const DioGlLightsDesc *desc, const Candidate *c, guint *next_layer)
{
  if (lights->n_lamps >= DIO_GL_MAX_LAMPS)
    return;
  guint layer = *next_layer - DIO_GL_SUN_LAYERS;
  gboolean shadow = fit_lamp (lights, desc, c, next_layer);
  gboolean point = c->light->kind == DIO_LIGHT_POINT;
  DioGlLampBlock *block = &lights->lights.lamps[lights->n_lamps++];
  set_vec (block->position, c->position_m, shadow ? (double) layer : -1);
  set_color (block->candela, c->light, point ? 6 : 1);
  set_vec (block->axis, c->axis, 0);
  double outer = dio_cos (c->light->outer_cone_rad), inner = dio_cos (c->light->inner_cone_rad);
  double scale = 1 / MAX (inner - outer, 1e-4);
  block->cone[0] = point ? 0 : (float) scale;
  block->cone[1] = point ? 1 : (float) (-outer * scale);
}

static void
add_rect (DioGlLights *lights, const DioGlLightsDesc *desc, const Candidate *c, guint *next_layer)
{
  const DioFrameLight *light = c->light;
  if (lights->n_rects >= DIO_GL_MAX_RECTS || light->width_m <= 0 || light->height_m <= 0)
    return;
  guint layer = *next_layer - DIO_GL_SUN_LAYERS;
  gboolean shadow = fit_lamp (lights, desc, c, next_layer);
  DioGlRectBlock *block = &lights->lights.rects[lights->n_rects++];
  DioVec3 x = dio_vec3_normalize (get_column (&light->world_from_light, 0));
  DioVec3 y = dio_vec3_normalize (get_column (&light->world_from_light, 1));
  set_vec (block->center, c->position_m, shadow ? (double) layer : -1);
  set_vec (block->half_x, dio_vec3_scale (x, 0.5 * light->width_m), 0);
  set_vec (block->half_y, dio_vec3_scale (y, 0.5 * light->height_m), 0);
  set_vec (block->axis, c->axis, 0);
  set_color (block->nits, light, 0);
  block->soft[0] = (float) sqrt (light->width_m * light->height_m) / SOFT_TAPS;
}

void
dio_gl_lights_build (DioGlLights *lights, const DioGlLightsDesc *desc)
{
  g_autoptr (GArray) candidates = collect (desc);
  guint lamp_layer = DIO_GL_SUN_LAYERS;
  memset (lights, 0, sizeof *lights);
  add_suns (lights, desc, candidates);
  for (guint i = 0; i < candidates->len; i++) {
    const Candidate *c = &g_array_index (candidates, Candidate, i);
    switch (c->light->kind) {
    case DIO_LIGHT_POINT:
    case DIO_LIGHT_SPOT:
      add_lamp (lights, desc, c, &lamp_layer);
      break;
    case DIO_LIGHT_RECT:
      add_rect (lights, desc, c, &lamp_layer);
      break;
    case DIO_LIGHT_SUN:
    case DIO_LIGHT_ENVIRONMENT:
    case DIO_LIGHT_SKY:
    default:
      break;
    }
  }
  if (lights->n_suns + lights->n_lamps + lights->n_rects < candidates->len)
    g_message ("The frame has more lights than the renderer draws; the weakest are left out");
}
