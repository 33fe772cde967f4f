#define G_LOG_DOMAIN "dio-gl"

#include "dio-core-pose.h"
#include "dio-gl-private.h"

#include <math.h>

/* Share of the logarithmic split in the cascades' borders (Zhang et al. 2006). */
#define SPLIT_SHARE 0.75
/* Texels around a cascade that its filter may read. */
#define MARGIN_PX 8.0

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

/* Depth range of what the camera may see. */
static void
get_view_range (const DioGlLightsDesc *desc, double *from_m, double *to_m)
{
  DioVec3 forward = dio_vec3_scale (get_column (&desc->camera->world_from_camera, 2), -1);
  double from = INFINITY, to = 0;
  for (guint i = 0; i < desc->list->draws->len; i++) {
    const DioGlDraw *draw = &g_array_index (desc->list->draws, DioGlDraw, i);
    const DioBox3 *box = &draw->bounds_m;
    for (guint k = 0; k < 8 && draw->in_view; k++) {
      DioVec3 corner = { k & 1 ? box->max.x : box->min.x, k & 2 ? box->max.y : box->min.y,
                         k & 4 ? box->max.z : box->min.z };
      double depth = dio_vec3_dot (corner, forward);
      from = MIN (from, depth);
      to = MAX (to, depth);
    }
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

/* The part of the view between two depths. */
static DioBox3
slice_to_sun (const SunAxes *axes, const DioCamera *camera, double from_m, double to_m)
{
  DioBox3 out = dio_box3_empty ();
  for (guint k = 0; k < 8; k++) {
    double depth = k & 4 ? to_m : from_m;
    double widening = camera->orthographic ? 1 : depth;
    double x = ((k & 1 ? camera->width_px : 0) - camera->cx) / camera->fx * widening;
    double y = ((k & 2 ? camera->height_px : 0) - camera->cy) / camera->fy * widening;
    DioVec3 p = dio_vec3_scale (get_column (&camera->world_from_camera, 0), x);
    p = dio_vec3_add (p, dio_vec3_scale (get_column (&camera->world_from_camera, 1), -y));
    p = dio_vec3_add (p, dio_vec3_scale (get_column (&camera->world_from_camera, 2), -depth));
    dio_box3_add_point (&out, to_sun (axes, p));
  }
  return out;
}

/* What both boxes share across the sun's direction; @a's depth. Empty where nothing. */
static DioBox3
intersect (DioBox3 a, const DioBox3 *b)
{
  a.min.x = MAX (a.min.x, b->min.x);
  a.min.y = MAX (a.min.y, b->min.y);
  a.max.x = MIN (a.max.x, b->max.x);
  a.max.y = MIN (a.max.y, b->max.y);
  return a.min.x < a.max.x && a.min.y < a.max.y ? a : dio_box3_empty ();
}

static void
set_cascade (DioGlLights *lights,
             const DioGlLightsDesc *desc,
             const SunAxes *axes,
             const DioBox3 *receivers,
             const DioBox3 *casters,
             guint layer)
{
  double size_px = desc->sun_size_px;
  double wanted = MAX (receivers->max.x - receivers->min.x, receivers->max.y - receivers->min.y);
  /* Sizes in steps of a twelfth of an octave and corners on texels keep edges still from one frame to
   * the next. */
  double side = exp2 (ceil (log2 (MAX (wanted, 1e-3)) * 12) / 12);
  double texel = side / (size_px - 2 * MARGIN_PX);
  double left = (floor (receivers->min.x / texel) - MARGIN_PX) * texel;
  double bottom = (floor (receivers->min.y / texel) - MARGIN_PX) * texel;
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
}

/* Inward planes of the part of the view between two depths, @wider_m wider than it: positions are moved along
 * normals and filters read around them. */
static void
set_slice (
    DioGlShadowView *view, const DioCamera *camera, double from_m, double to_m, double wider_m)
{
  DioVec3 right = get_column (&camera->world_from_camera, 0);
  DioVec3 down = dio_vec3_scale (get_column (&camera->world_from_camera, 1), -1);
  DioVec3 forward = dio_vec3_scale (get_column (&camera->world_from_camera, 2), -1);
  double slopes[4] = { -camera->cx / camera->fx, (camera->width_px - camera->cx) / camera->fx,
                       -camera->cy / camera->fy, (camera->height_px - camera->cy) / camera->fy };
  for (int i = 0; i < 6; i++) {
    double side = i % 2 == 0 ? 1 : -1;
    DioVec3 across = i < 2 ? right : down;
    gboolean slanted = i < 4 && !camera->orthographic;
    DioVec3 n = slanted ? dio_vec3_sub (across, dio_vec3_scale (forward, slopes[MIN (i, 3)]))
                : i < 4 ? across
                        : forward;
    n = dio_vec3_scale (dio_vec3_normalize (n), side);
    view->slice[i][0] = n.x;
    view->slice[i][1] = n.y;
    view->slice[i][2] = n.z;
    double beyond_m = i == 4 ? from_m : to_m;
    if (i < 4)
      beyond_m = camera->orthographic ? slopes[MIN (i, 3)] : 0;
    view->slice[i][3] = wider_m - side * beyond_m;
  }
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
    const double *plane = view->slice[i];
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

void
dio_gl_shadow_fit_sun (DioGlLights *lights,
                       const DioGlLightsDesc *desc,
                       const DioFrameLight *light,
                       guint layer)
{
  SunAxes axes = { .x = dio_vec3_normalize (get_column (&light->world_from_light, 0)),
                   .y = dio_vec3_normalize (get_column (&light->world_from_light, 1)),
                   .z = dio_vec3_normalize (get_column (&light->world_from_light, 2)),
                   .eye = get_column (&desc->camera->world_from_camera, 3) };
  DioBox3 casters = dio_box3_empty (), seen = dio_box3_empty ();
  for (guint i = 0; i < desc->list->draws->len; i++) {
    const DioGlDraw *draw = &g_array_index (desc->list->draws, DioGlDraw, i);
    DioBox3 box = box_to_sun (&axes, &draw->bounds_m);
    dio_box3_add_box (&casters, &box);
    if (draw->in_view)
      dio_box3_add_box (&seen, &box);
  }

  double from, to;
  get_view_range (desc, &from, &to);
  double start = from;
  for (guint i = 0; i < DIO_GL_CASCADES; i++) {
    double share = (i + 1.0) / DIO_GL_CASCADES;
    double end = SPLIT_SHARE * from * pow (to / from, share)
                 + (1 - SPLIT_SHARE) * (from + (to - from) * share);
    DioBox3 receivers = slice_to_sun (&axes, desc->camera, start, end);
    if (!dio_box3_is_empty (&seen))
      receivers = intersect (receivers, &seen);
    /* A cascade without receivers maps every position off its map. */
    lights->shadows.from_world[layer + i][12] = 10;
    lights->shadows.texel[layer + i][0] = 1;
    if (!dio_box3_is_empty (&seen) && !dio_box3_is_empty (&receivers)) {
      set_cascade (lights, desc, &axes, &receivers, &casters, layer + i);
      lights->views[layer + i].sweep = dio_vec3_scale (axes.z, -1);
      set_slice (&lights->views[layer + i], desc->camera, start, end,
                 MARGIN_PX * (double) lights->shadows.texel[layer + i][0]);
      lights->shadows.texel[layer + i][1] = i + 1 < DIO_GL_CASCADES ? (float) end : 1e30f;
    }
    start = end;
  }
}
