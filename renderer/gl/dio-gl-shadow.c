#define G_LOG_DOMAIN "dio-gl"

#include "dio-core-pose.h"
#include "dio-gl-private.h"

#include <math.h>

/* Share of the logarithmic split in the cascades' borders (Zhang et al. 2006). */
#define SPLIT_SHARE 0.75
/* Texels around a cascade that its narrow filter may read, and rounding. */
#define MARGIN_PX 4.0
/* Penumbras reach beyond a cascade by at most this share of its side. */
#define REACH_SHARE 0.2
/* As CASCADE_BAND of shadow-sun.glsl. */
#define BAND_SHARE 0.1

static DioVec3
get_column (const DioMat4 *m, int column)
{
  return dio_vec3 (m->m[column * 4], m->m[column * 4 + 1], m->m[column * 4 + 2]);
}

/* Texture coordinates and depth from clip coordinates; row 0 of a map is the top of clip space. */
static void
set_matrix (DioGlLights *lights, guint layer, const DioMat4 *clip_from_world)
{
  DioMat4 texture_from_clip = dio_mat4_identity ();
  texture_from_clip.m[0] = 0.5;
  texture_from_clip.m[5] = -0.5;
  texture_from_clip.m[12] = texture_from_clip.m[13] = 0.5;
  DioMat4 from_world = dio_mat4_multiply (&texture_from_clip, clip_from_world);
  dio_mat4_to_float (&from_world, lights->shadows.from_world[layer]);
  lights->views[layer].clip_from_world = *clip_from_world;
}

void
dio_gl_shadow_set_lamp (DioGlLights *lights, const DioGlLightsDesc *desc, const DioGlLampView *view)
{
  DioVec3 z = dio_vec3_scale (view->axis, -1);
  DioVec3 up = fabs (z.z) < 0.9 ? dio_vec3 (0, 0, 1) : dio_vec3 (1, 0, 0);
  DioVec3 x = dio_vec3_normalize (dio_vec3_cross (up, z));
  const DioVec3 rows[3] = { x, dio_vec3_cross (z, x), z };
  double n = view->near_m, f = view->far_m;
  double row_scale[3] = { 1 / view->tan_half, 1 / view->tan_half, -f / (f - n) };
  DioMat4 clip = { 0 };
  for (int row = 0; row < 4; row++) {
    /* The last row is depth along the axis. */
    DioVec3 r = dio_vec3_scale (rows[MIN (row, 2)], row < 3 ? row_scale[row] : -1);
    clip.m[row] = r.x;
    clip.m[4 + row] = r.y;
    clip.m[8 + row] = r.z;
    clip.m[12 + row] = -dio_vec3_dot (r, view->position_m) - (row == 2 ? n * f / (f - n) : 0);
  }
  set_matrix (lights, view->layer, &clip);
  lights->views[view->layer].used = TRUE;
  lights->shadows.texel[view->layer][0] = (float) (2 * view->tan_half / desc->lamp_size_px);
  lights->shadows.texel[view->layer][1] = (float) n;
  lights->shadows.texel[view->layer][2] = (float) f;
  lights->shadows.texel[view->layer][3] = 1.0f / (float) desc->lamp_size_px;
}

/* Depth range of what the camera may see: of bounds, as far as they lie in its view. */
static void
get_view_range (const DioGlLightsDesc *desc, double *from_m, double *to_m)
{
  const double endless_m = 1e7;
  DioVec3 forward = dio_vec3_scale (get_column (&desc->camera->world_from_camera, 2), -1);
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (DioVec3));
  DioGlSlice view;
  double from = INFINITY, to = 0;
  dio_gl_slice_init (&view, desc->camera, desc->camera->near_m, endless_m, 0);
  for (guint i = 0; i < desc->list->draws->len; i++) {
    const DioGlDraw *draw = &g_array_index (desc->list->draws, DioGlDraw, i);
    if (draw->in_view)
      dio_gl_slice_share (&view, &draw->bounds_m, points);
  }
  for (guint i = 0; i < points->len; i++) {
    double depth = dio_vec3_dot (g_array_index (points, DioVec3, i), forward);
    from = MIN (from, depth);
    to = MAX (to, depth);
  }
  to = MAX (to, desc->camera->near_m * 2);
  *from_m = CLAMP (from, MAX (desc->camera->near_m, to * 0.004), to * 0.9);
  *to_m = to;
}

/* The axes of a sun: positions along them are absolute, so that texels stay where they are in the world
 * when the camera moves. */
typedef struct {
  DioVec3 x, y, z; /* z towards the light */
  DioVec3 eye;
} SunAxes;

static DioVec3
to_sun (const SunAxes *axes, DioVec3 relative)
{
  DioVec3 p = dio_vec3_add (relative, axes->eye);
  return dio_vec3 (dio_vec3_dot (axes->x, p), dio_vec3_dot (axes->y, p), dio_vec3_dot (axes->z, p));
}

static DioBox3
box_to_sun (const SunAxes *axes, const DioBox3 *box)
{
  DioBox3 out = dio_box3_empty ();
  for (guint k = 0; k < 8; k++)
    dio_box3_add_point (&out, to_sun (axes, dio_vec3 (k & 1 ? box->max.x : box->min.x,
                                                      k & 2 ? box->max.y : box->min.y,
                                                      k & 4 ? box->max.z : box->min.z)));
  return out;
}

/* Of what is seen in @slice. */
static DioBox3
slice_to_sun (const SunAxes *axes, const DioGlList *list, const DioGlSlice *slice)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (DioVec3));
  DioBox3 out = dio_box3_empty ();
  for (guint i = 0; i < list->draws->len; i++) {
    const DioGlDraw *draw = &g_array_index (list->draws, DioGlDraw, i);
    if (draw->in_view)
      dio_gl_slice_share (slice, &draw->bounds_m, points);
  }
  for (guint i = 0; i < points->len; i++)
    dio_box3_add_point (&out, to_sun (axes, g_array_index (points, DioVec3, i)));
  return out;
}

/* What the cascades of a sun have in common. */
typedef struct {
  DioBox3 casters;
  double diameter_rad;
  double size_px;
} SunFit;

/* Writes the map of @layer; returns how far filters may reach around what it serves, in texels. */
static double
set_cascade (DioGlLights *lights,
             const SunFit *fit,
             const SunAxes *axes,
             const DioBox3 *receivers,
             guint layer)
{
  const DioBox3 *casters = &fit->casters;
  double size_px = fit->size_px;
  double wanted = MAX (receivers->max.x - receivers->min.x, receivers->max.y - receivers->min.y);
  /* Sizes in steps of a twelfth of an octave and corners on texels keep edges still from one frame to
   * the next. */
  double side = exp2 (ceil (log2 (MAX (wanted, 1e-3)) * 12) / 12);
  double reach =
      MIN (0.5 * fit->diameter_rad * (casters->max.z - casters->min.z), REACH_SHARE * side);
  /* Two texels are lost to rounding. */
  double texel = (side + 2 * reach) / (size_px - 2 * (MARGIN_PX + 2));
  double margin = MARGIN_PX + ceil (reach / texel);
  double left = (floor (receivers->min.x / texel) - margin) * texel;
  double bottom = (floor (receivers->min.y / texel) - margin) * texel;
  side = texel * size_px;
  double top = casters->max.z + 0.01 * (casters->max.z - casters->min.z) + 1e-3;
  double range = top - casters->min.z + 1e-3;

  const DioVec3 rows[3] = { axes->x, axes->y, axes->z };
  const double scale[3] = { 2 / side, 2 / side, -1 / range };
  const double offset[3] = { -left * 2 / side - 1, -bottom * 2 / side - 1, top / range };
  DioMat4 clip = dio_mat4_identity ();
  for (int row = 0; row < 3; row++) {
    clip.m[row] = rows[row].x * scale[row];
    clip.m[4 + row] = rows[row].y * scale[row];
    clip.m[8 + row] = rows[row].z * scale[row];
    clip.m[12 + row] = offset[row] + dio_vec3_dot (rows[row], axes->eye) * scale[row];
  }
  set_matrix (lights, layer, &clip);
  lights->views[layer].used = TRUE;
  lights->views[layer].clamp = TRUE;
  lights->shadows.texel[layer][0] = (float) texel;
  lights->shadows.texel[layer][1] = 0;
  lights->shadows.texel[layer][2] = (float) range;
  lights->shadows.texel[layer][3] = (float) (1 / size_px);
  return reach / texel + 2;
}

/* How far @box moves along @way until it has left @room. */
static double
get_sweep (const DioBox3 *box, const DioBox3 *room, DioVec3 way)
{
  const double from[3][2] = { { box->min.x, box->max.x },
                              { box->min.y, box->max.y },
                              { box->min.z, box->max.z } };
  const double to[3][2] = { { room->min.x, room->max.x },
                            { room->min.y, room->max.y },
                            { room->min.z, room->max.z } };
  const double speed[3] = { way.x, way.y, way.z };
  double sweep = INFINITY;
  for (int i = 0; i < 3; i++)
    if (fabs (speed[i]) > 1e-9) {
      double apart = speed[i] > 0 ? to[i][1] - from[i][0] : to[i][0] - from[i][1];
      sweep = MIN (sweep, apart / speed[i]);
    }
  return MAX (sweep, 0);
}

/* A plane keeps the whole shadow out where it keeps out the box and the box moved to the end of its sweep. */
gboolean
dio_gl_shadow_may_reach (const DioGlShadowView *view, const DioBox3 *caster, const DioBox3 *scene_m)
{
  double sweep = get_sweep (caster, scene_m, view->sweep);
  for (int i = 0; i < 6; i++) {
    const double *plane = view->slice.planes[i];
    DioVec3 n = { plane[0], plane[1], plane[2] };
    DioVec3 farthest = { n.x > 0 ? caster->max.x : caster->min.x,
                         n.y > 0 ? caster->max.y : caster->min.y,
                         n.z > 0 ? caster->max.z : caster->min.z };
    double inward = dio_vec3_dot (n, view->sweep);
    if (dio_vec3_dot (n, farthest) + plane[3] + MAX (inward, 0) * sweep < 0)
      return FALSE;
  }
  return TRUE;
}

static void
set_axis (float out[static 4], DioVec3 axis, double scale)
{
  out[0] = (float) (axis.x * scale);
  out[1] = (float) (axis.y * scale);
  out[2] = (float) (axis.z * scale);
}

void
dio_gl_shadow_fit_sun (DioGlLights *lights,
                       const DioGlLightsDesc *desc,
                       const DioFrameLight *light,
                       guint sun)
{
  guint layer = sun * DIO_GL_CASCADES;
  DioGlSunBlock *block = &lights->lights.suns[sun];
  SunFit fit = { dio_box3_empty (), MAX (light->angular_diameter_rad, 0), desc->sun_size_px };
  SunAxes axes = { .x = dio_vec3_normalize (get_column (&light->world_from_light, 0)),
                   .y = dio_vec3_normalize (get_column (&light->world_from_light, 1)),
                   .z = dio_vec3_normalize (get_column (&light->world_from_light, 2)),
                   .eye = get_column (&desc->camera->world_from_camera, 3) };
  set_axis (block->right, axes.x, 1);
  set_axis (block->down, axes.y, -1);
  for (guint i = 0; i < desc->list->draws->len; i++) {
    const DioGlDraw *draw = &g_array_index (desc->list->draws, DioGlDraw, i);
    DioBox3 box = box_to_sun (&axes, &draw->bounds_m);
    dio_box3_add_box (&fit.casters, &box);
  }

  double from, to;
  get_view_range (desc, &from, &to);
  double start = from;
  for (guint i = 0; i < DIO_GL_CASCADES; i++) {
    double share = (i + 1.0) / DIO_GL_CASCADES;
    double end = SPLIT_SHARE * from * pow (to / from, share)
                 + (1 - SPLIT_SHARE) * (from + (to - from) * share);
    DioGlSlice slice;
    dio_gl_slice_init (&slice, desc->camera, start, end, 0);
    DioBox3 receivers = slice_to_sun (&axes, desc->list, &slice);
    /* A cascade without receivers maps every position off its map. */
    lights->shadows.from_world[layer + i][12] = 10;
    lights->shadows.texel[layer + i][0] = 1;
    if (!dio_box3_is_empty (&receivers)) {
      double reach_px = set_cascade (lights, &fit, &axes, &receivers, layer + i);
      double texel_m = (double) lights->shadows.texel[layer + i][0];
      block->reach[i] = (float) reach_px;
      block->block[i] = (float) dio_gl_shadow_get_block_px (reach_px);
      lights->views[layer + i].sweep = dio_vec3_scale (axes.z, -1);
      dio_gl_slice_init (&lights->views[layer + i].slice, desc->camera, start, end,
                         (MARGIN_PX + reach_px) * texel_m);
      lights->shadows.texel[layer + i][1] = i + 1 < DIO_GL_CASCADES ? (float) end : 1e30f;
    }
    start = end * (1 - BAND_SHARE);
  }
}
