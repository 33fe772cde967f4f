/* Light against closed forms: a white furnace, suns, lamps, rectangles, environments, normal maps. */

#include "gl-scene.h"

#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-gl.h"

#include <math.h>

static DioGlContext *context;
static DioGlRenderer *plain; /* without ambient occlusion */

static DioImage *
draw (DioFrame *frame)
{
  GError *error = NULL;
  DioImage *nits = dio_gl_renderer_draw_linear (plain, frame, 0, &error);
  g_assert_no_error (error);
  return nits;
}

static float
at (const DioImage *image, guint x, guint y, guint channel)
{
  return image->f32[(y * image->width + x) * 3 + channel];
}

static void
assert_near (double value, double expected, double share)
{
  if (!(fabs (value - expected) <= share * expected))
    g_error ("%g is not within %g %% of %g", value, share * 100, expected);
}

/* Under 1000 nits from everywhere nothing may be seen: every pixel stays at 1000. */
static void
test_furnace (void)
{
  g_autoptr (DioFrame) frame = gl_scene_new (120, 60, dio_vec3 (0, -6, 0), dio_vec3 (0, 0, 0));
  gl_scene_set_constant_sky (frame, 1000);
  for (int metal = 0; metal < 2; metal++)
    for (int i = 0; i <= 5; i++) {
      DioMat4 place = gl_place (-2.2 + i * 0.88, 0, metal ? 0.5 : -0.5, 0.42);
      gl_scene_take_item (frame, gl_mesh_sphere (16),
                          gl_material (1, 1, 1, (float) metal, (float) i / 5), &place);
    }
  g_autoptr (DioImage) nits = draw (frame);
  for (guint i = 0; i < 120 * 60 * 3; i++)
    assert_near ((double) nits->f32[i], 1000, 0.005);
}

/* A floor seen from above under one light. */
static DioFrame *
make_floor (float albedo, float roughness)
{
  DioFrame *frame = gl_scene_new (33, 33, dio_vec3 (0, 0, 2), dio_vec3 (0, 0, 0));
  frame->cameras->len = 1;
  DioCamera *camera = gl_scene_get_camera (frame);
  camera->world_from_camera = gl_place (0, 0, 2, 1);
  DioMat4 place = gl_place (0, 0, 0, 20);
  gl_scene_take_item (frame, gl_mesh_quad (), gl_material (albedo, albedo, albedo, 0, roughness),
                      &place);
  return frame;
}

/* Fresnel's equations for unpolarised light on an index of 1.5, as amplitudes by Snell's law. */
static double
reflectance (double cosine)
{
  double bent = sqrt (1 - (1 - cosine * cosine) / 2.25);
  double s = (cosine - 1.5 * bent) / (cosine + 1.5 * bent);
  double p = (1.5 * cosine - bent) / (1.5 * cosine + bent);
  return 0.5 * (s * s + p * p);
}

/* Directional albedo at normal incidence of one reflection, for @f0 of a dielectric (0.04) or 1, by a numeric integral
 * over the hemisphere that shares nothing with the renderer but the formulas of GGX and Smith. */
static double
specular_albedo (double f0, double roughness)
{
  double alpha = roughness * roughness, a2 = alpha * alpha, sum = 0;
  const int n = 4000;
  for (int i = 0; i < n; i++) {
    double theta = (i + 0.5) / n * G_PI / 2, c = cos (theta);
    double h = cos (theta / 2);
    double d = a2 / (G_PI * pow (h * h * (a2 - 1) + 1, 2));
    double v = 0.5 / (c + sqrt (c * c * (1 - a2) + a2));
    double f = f0 == 1 ? 1 : reflectance (h);
    sum += d * v * f * c * 2 * G_PI * sin (theta) * (G_PI / 2 / n);
  }
  return sum;
}

/* Of roughness 1: what bounces add to the albedo along the normal. Without Fresnel GGX reflects 1 - c ln (1 + 1 / c) at an
 * angle of cosine c then, in the mean (4 - 4 ln 2) / 3 (Kulla and Conty 2017). */
static double
bounced_albedo (void)
{
  double fresnel = 0, mean = (4 - 4 * G_LN2) / 3;
  const int n = 4000;
  for (int i = 0; i < n; i++)
    fresnel += 2 * (i + 0.5) / n * reflectance ((i + 0.5) / n) / n;
  return G_LN2 * fresnel * fresnel * mean / (1 - fresnel * (1 - mean));
}

/* What the dielectric leaves to the diffuse part, at roughness 1. */
static double
left_to_diffuse (void)
{
  return 1 - specular_albedo (0.04, 1) - bounced_albedo ();
}

/* Radiance per lux from a light along the normal, seen along the normal, at roughness 1. */
static double
expected_reflection (double albedo)
{
  return 0.04 / G_PI * 0.25 + (albedo * left_to_diffuse () + bounced_albedo ()) / G_PI;
}

static double
middle_of_floor (DioFrame *frame)
{
  g_autoptr (DioImage) nits = draw (frame);
  return (double) at (nits, 16, 16, 1);
}

static void
test_sun (void)
{
  const double lux = 10000;
  double lit[2];
  for (int white = 0; white < 2; white++) {
    g_autoptr (DioFrame) frame = make_floor ((float) white, 1);
    gl_scene_add_light (frame, DIO_LIGHT_SUN, lux, dio_vec3 (0, 0, 5), dio_vec3 (0, 0, -1))
        ->angular_diameter_rad = 0;
    lit[white] = middle_of_floor (frame);
    assert_near (lit[white], lux * expected_reflection (white), 0.005);
  }
  /* The diffuse part alone: albedo / pi of what the specular part leaves. */
  assert_near (lit[1] - lit[0], lux / G_PI * left_to_diffuse (), 0.005);
}

static void
test_point (void)
{
  const double candela = 900, height = 1.5;
  g_autoptr (DioFrame) frame = make_floor (1, 1);
  gl_scene_add_light (frame, DIO_LIGHT_POINT, candela, dio_vec3 (0, 0, height),
                      dio_vec3 (0, 0, -1));
  double lux = candela / (height * height);
  assert_near (middle_of_floor (frame), lux * expected_reflection (1), 0.005);
}

/* Inside the inner cone a spot is a point; outside the outer cone it is dark. */
static void
test_spot (void)
{
  g_autoptr (DioFrame) frame = make_floor (1, 1);
  DioFrameLight *spot =
      gl_scene_add_light (frame, DIO_LIGHT_SPOT, 900, dio_vec3 (0, 0, 1.5), dio_vec3 (0, 0, -1));
  spot->inner_cone_rad = 0.2;
  spot->outer_cone_rad = 0.3;
  g_autoptr (DioImage) nits = draw (frame);
  assert_near ((double) at (nits, 16, 16, 0), 400 * expected_reflection (1), 0.005);
  /* Pixel 3 lies 0.79 m from the axis: 0.48 rad off it. */
  g_assert_cmpfloat (at (nits, 3, 16, 0), <, 0.01f);
}

/* A square of 1 m at 1 m: form factor of parallel squares to a point (closed form), 4 quarters. */
static void
test_rect (void)
{
  const double side = 1, height = 1, nits = 2000;
  double lit[2];
  for (int white = 0; white < 2; white++) {
    g_autoptr (DioFrame) frame = make_floor ((float) white, 1);
    DioFrameLight *rect = gl_scene_add_light (frame, DIO_LIGHT_RECT, nits, dio_vec3 (0, 0, height),
                                              dio_vec3 (0, 0, -1));
    rect->width_m = rect->height_m = side;
    lit[white] = middle_of_floor (frame);
  }
  double x = side / 2 / height, root = sqrt (1 + x * x);
  double factor = 4 * (2 * x / root * atan (x / root)) / (2 * G_PI);
  assert_near (lit[1] - lit[0], nits * factor * left_to_diffuse (), 0.005);
  g_assert_cmpfloat (lit[0], >, 0);
  g_assert_cmpfloat (lit[0], <, nits * 0.04);
}

/* A rectangle half below the horizon of an upright wall lights it with its upper half only; the wall
 * behind it stays dark. */
static void
test_rect_horizon (void)
{
  g_autoptr (DioFrame) frame = make_floor (1, 1);
  DioFrameLight *rect =
      gl_scene_add_light (frame, DIO_LIGHT_RECT, 1000, dio_vec3 (0.5, 0, 0), dio_vec3 (-1, 0, 0));
  rect->width_m = rect->height_m = 1;
  rect->casts_shadow = FALSE;
  double both = middle_of_floor (frame);
  rect = &g_array_index (frame->lights, DioFrameLight, 0);
  rect->world_from_light.m[14] += 0.25;
  rect->height_m = rect->width_m = 0.5;
  /* Width 1 and height 0.5 above the floor is what remains of the first. */
  DioVec3 x = { rect->world_from_light.m[0], rect->world_from_light.m[1],
                rect->world_from_light.m[2] };
  if (fabs (x.z) < 0.5)
    rect->width_m = 1;
  else
    rect->height_m = 1;
  assert_near (both, middle_of_floor (frame), 0.02);
  rect->world_from_light.m[12] = -0.5;
  g_assert_cmpfloat (middle_of_floor (frame), <, 0.5);
}

/* Rows of a floor under a cube at 1 m, under a slanting sun of @angle_rad: the row of pixels from the
 * cube's shadow (ends at x = 1.8 m) into the light, 62.5 pixels a metre, x = 1.8 m at pixel 100. */
static DioImage *
draw_shadow_edge (double angle_rad)
{
  g_autoptr (DioFrame) frame = gl_scene_new (200, 200, dio_vec3 (0, 0, 8), dio_vec3 (0, 0, 0));
  DioCamera *camera = gl_scene_get_camera (frame);
  camera->world_from_camera = gl_place (1.8, 0, 8, 1);
  camera->fx = camera->fy = 500;
  DioMat4 place = gl_place (0, 0, 0, 6);
  gl_scene_take_item (frame, gl_mesh_quad (), gl_material (0.5f, 0.5f, 0.5f, 0, 1), &place);
  place = gl_place (0, 0, 1, 0.4);
  gl_scene_take_item (frame, gl_mesh_cube (), gl_material (0.5f, 0.5f, 0.5f, 0, 1), &place);
  gl_scene_add_light (frame, DIO_LIGHT_SUN, 10000, dio_vec3 (0, 0, 5), dio_vec3 (1, 0, -1))
      ->angular_diameter_rad = angle_rad;
  return draw (frame);
}

/* Dark below the cube, lit beside it, a step that a wide sun softens, even on both sides. */
static void
test_shadow (void)
{
  guint between[2] = { 0 };
  for (int wide = 0; wide < 2; wide++) {
    g_autoptr (DioImage) nits = draw_shadow_edge (wide ? 0.06 : 0.0093);
    float dark = at (nits, 80, 100, 0), lit = at (nits, 150, 100, 0);
    g_assert_cmpfloat (lit, >, 800);
    g_assert_cmpfloat (dark, <, lit * 0.01f);
    for (guint x = 70; x < 190; x++) {
      float value = at (nits, x, 100, 0);
      between[wide] += value > lit * 0.05f && value < lit * 0.95f;
      /* Light only grows towards the open: no acne, no rings. */
      g_assert_cmpfloat (value, >=, at (nits, x - 1, 100, 0) - lit * 0.03f);
    }
    /* The edge is where geometry puts it. */
    g_assert_cmpfloat (at (nits, 94, 100, 0), <, lit * 0.2f);
    g_assert_cmpfloat (at (nits, 106, 100, 0), >, lit * 0.8f);
  }
  g_assert_cmpuint (between[0], <=, 3);
  g_assert_cmpuint (between[1], >=, 2);
  g_assert_cmpuint (between[1], >, between[0]);
}

static void
assert_floor_at (DioFrame *frame, const DioImage *nits, DioVec3 floor, gboolean lit)
{
  const DioCamera *camera = gl_scene_get_camera (frame);
  DioMat4 camera_from_world;
  g_assert_true (dio_mat4_invert_affine (&camera->world_from_camera, &camera_from_world));
  DioVec3 p = dio_mat4_transform_point (&camera_from_world, floor);
  guint x = (guint) (camera->cx - p.x / p.z * camera->fx);
  guint y = (guint) (camera->cy + p.y / p.z * camera->fy);
  if (lit)
    g_assert_cmpfloat (at (nits, x, y, 0), >, 500);
  else
    g_assert_cmpfloat (at (nits, x, y, 0), <, 50);
}

/* A row of cubes from near to far under a slanting sun: each throws its shadow beside itself, whichever cascade
 * serves its depth, and the floor on the other side stays lit. */
static void
test_shadow_depths (void)
{
  const double rows[] = { 1, 3, 6, 10, 15, 22 }, leans[] = { 0, 0.7, -0.7 };
  for (gsize k = 0; k < G_N_ELEMENTS (leans); k++) {
    g_autoptr (DioFrame) frame =
        gl_scene_new (400, 300, dio_vec3 (0, -2, 1.5), dio_vec3 (0, 10, 0));
    DioCamera *camera = gl_scene_get_camera (frame);
    camera->fx = camera->fy = 300;
    DioMat4 place = gl_place (0, 0, 0, 60);
    gl_scene_take_item (frame, gl_mesh_quad (), gl_material (0.5f, 0.5f, 0.5f, 0, 1), &place);
    for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
      double half = 0.04 * (rows[i] + 2);
      place = gl_place (-half * 2, rows[i], half, half);
      gl_scene_take_item (frame, gl_mesh_cube (), gl_material (0.5f, 0.5f, 0.5f, 0, 1), &place);
    }
    gl_scene_add_light (frame, DIO_LIGHT_SUN, 10000, dio_vec3 (0, 0, 5),
                        dio_vec3 (1, leans[k], -1));
    g_autoptr (DioImage) nits = draw (frame);
    for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
      /* Below the middle axis of a cube, three quarters up. */
      double half = 0.04 * (rows[i] + 2);
      DioVec3 dark = { -0.5 * half, rows[i] + 1.5 * leans[k] * half, 0 };
      assert_floor_at (frame, nits, dark, FALSE);
      assert_floor_at (frame, nits, dio_vec3 (-4 * half, rows[i], 0), TRUE);
    }
  }
}

static void
set_patch (DioFrame *frame, double u0, double u1, double v0, double v1)
{
  DioImage *image = dio_image_new (128, 64, 3, DIO_PIXEL_F32);
  for (guint y = 0; y < 64; y++)
    for (guint x = 0; x < 128; x++) {
      double u = (x + 0.5) / 128, v = (y + 0.5) / 64;
      float value = u > u0 && u < u1 && v > v0 && v < v1 ? 5000 : 10;
      for (guint c = 0; c < 3; c++)
        image->f32[(y * 128 + x) * 3 + c] = value;
    }
  g_clear_pointer (&frame->environment.radiance, dio_image_unref);
  frame->environment.radiance = image;
  frame->environment.key = (uint64_t) (u0 * 1000) + 5;
  frame->environment.strength = 1;
  frame->environment.visible = TRUE;
}

/* Looking along +Y, a patch at +X (u = 0.75) lies to the right: seen, lighting and mirrored there. */
static void
test_environment (void)
{
  g_autoptr (DioFrame) frame = gl_scene_new (161, 81, dio_vec3 (0, -4, 0), dio_vec3 (0, 0, 0));
  gl_scene_get_camera (frame)->fx = gl_scene_get_camera (frame)->fy = 60;
  set_patch (frame, 0.65, 0.85, 0.35, 0.65);
  DioMat4 place = gl_place (0, 0, 0, 1.5);
  gl_scene_take_item (frame, gl_mesh_sphere (24), gl_material (0.8f, 0.8f, 0.8f, 0, 1), &place);
  g_autoptr (DioImage) nits = draw (frame);
  /* 45 degrees right is pixel 80 + 60; the patch starts 54 degrees to the right: pixel 163, unseen. */
  g_assert_cmpfloat (at (nits, 150, 40, 0), <, 20);
  g_assert_cmpfloat (at (nits, 96, 40, 0), >, at (nits, 64, 40, 0) * 3);

  frame->environment.rotation_rad = G_PI / 4;
  g_clear_pointer (&nits, dio_image_unref);
  nits = draw (frame);
  /* Counter-clockwise from above: from +X towards +Y, to the middle right of the picture. */
  g_assert_cmpfloat (at (nits, 140, 40, 0), >, 4900);
  g_assert_cmpfloat (at (nits, 20, 40, 0), <, 20);

  frame->environment.visible = FALSE;
  frame->environment.background_nits[0] = 123;
  g_clear_pointer (&nits, dio_image_unref);
  nits = draw (frame);
  assert_near ((double) at (nits, 140, 40, 0), 123, 1e-3);
  g_assert_cmpfloat (at (nits, 96, 40, 0), >, at (nits, 64, 40, 0) * 2);
}

static void
lean_right (guint x, guint y, uint8_t rgba[static 4])
{
  const uint8_t texel[4] = { 218, 128, 218, 255 }; /* (0.707, 0, 0.707): towards +u */
  for (int c = 0; c < 4; c++)
    rgba[c] = texel[c];
}

static void
lean_up (guint x, guint y, uint8_t rgba[static 4])
{
  const uint8_t texel[4] = { 128, 218, 218, 255 }; /* towards -v, which is +Y on the quad */
  for (int c = 0; c < 4; c++)
    rgba[c] = texel[c];
}

/* A normal map that leans towards an axis is lit from there and dark from the other side; with
 * tangents of the mesh and without. */
static void
test_normal_map (void)
{
  const DioVec3 axes[2] = { { 1, 0, 0 }, { 0, 1, 0 } };
  const GlTexelFunc maps[2] = { lean_right, lean_up };
  for (int variant = 0; variant < 8; variant++) {
    int axis = variant & 1, tangents = (variant >> 1) & 1, mirrored = variant >> 2;
    double lit[2];
    for (int side = 0; side < 2; side++) {
      g_autoptr (DioFrame) frame = make_floor (0.5f, 1);
      DioFrameItem *item = &g_array_index (frame->items, DioFrameItem, 0);
      if (tangents)
        dio_mesh_compute_tangents (item->mesh);
      item->mesh->key += (uint64_t) tangents;
      if (mirrored)
        item->world_from_mesh.m[0] *= -1;
      double turn = mirrored && axis == 0 ? -1 : 1;
      DioTexture *map = gl_texture (4, 4, FALSE, maps[axis]);
      dio_texture_slot_set (&item->material->normal_texture, map);
      dio_texture_unref (map);
      DioVec3 from = dio_vec3_scale (axes[axis], turn * (side ? -1 : 1));
      DioVec3 axis_of_sun = dio_vec3_sub (dio_vec3_scale (from, -1), dio_vec3 (0, 0, 1));
      gl_scene_add_light (frame, DIO_LIGHT_SUN, 1000, dio_vec3 (0, 0, 0), axis_of_sun)
          ->casts_shadow = FALSE;
      lit[side] = middle_of_floor (frame);
    }
    if (!(lit[0] > 100 && lit[1] < 5))
      g_error ("Variant %d: %g towards the light, %g away from it", variant, lit[0], lit[1]);
  }
}

/* Emission and unlit surfaces reach the picture as numbers; the tone curve clips at white. */
static void
test_emission (void)
{
  g_autoptr (DioFrame) frame = make_floor (0, 1);
  DioFrameItem *item = &g_array_index (frame->items, DioFrameItem, 0);
  item->material->emissive_nits[0] = 500;
  item->material->emissive_nits[1] = 250;
  GError *error = NULL;
  g_auto (DioGlOutput) out = { 0 };
  dio_gl_renderer_draw (plain, frame, 0, FALSE, &out, &error);
  g_assert_no_error (error);
  g_assert_null (out.leaf);
  /* 1000 nits are exposed to 1. */
  g_assert_cmpint (abs (out.rgb->u8[0] - dio_srgb8_from_linear (0.5)), <=, 1);
  g_assert_cmpint (abs (out.rgb->u8[1] - dio_srgb8_from_linear (0.25)), <=, 1);
  g_assert_cmpint (out.rgb->u8[2], ==, 0);
}

/* The picture's first pixel, drawn with the curve as a picture or a sketch, is that of the processor's formula. */
static void
check_curve (DioFrame *frame, DioToneCurve curve, gboolean sketch, const double exposed[3])
{
  const DioGlViewDesc desc = { .sketch = sketch };
  GError *error = NULL;
  g_auto (DioGlOutput) out = { 0 };
  DioCamera *camera = gl_scene_get_camera (frame);
  double shown[3];
  camera->tone = curve;
  dio_gl_renderer_draw_view (plain, frame, camera, &desc, &out, &error);
  g_assert_no_error (error);
  dio_tone_apply_rgb (curve, exposed, shown);
  for (int c = 0; c < 3; c++)
    g_assert_cmpint (abs (out.rgb->u8[c] - dio_srgb8_from_linear (shown[c])), <=, 1);
}

static void
test_tone_curves (void)
{
  static const double levels[][3] = { { 0, 0, 0 },         { 0.002, 0.01, 0.03 },
                                      { 0.5, 0.18, 0.05 }, { 0.9, 1.1, 0.02 },
                                      { 3, 0.4, 0.1 },     { 4, 5, 6 },
                                      { 0.01, 20, 0.001 }, { 40, 40, 40 } };
  g_autoptr (DioFrame) empty = gl_scene_new (8, 8, dio_vec3 (0, -3, 2), dio_vec3 (0, 0, 0));
  g_autoptr (DioFrame) floor = make_floor (0, 1);
  DioMaterial *material = g_array_index (floor->items, DioFrameItem, 0).material;
  material->unlit = TRUE;
  material->base_color[0] = 0.5f;
  empty->environment.visible = FALSE;
  for (int curve = DIO_TONE_LINEAR; curve <= DIO_TONE_AGX; curve++) {
    check_curve (floor, (DioToneCurve) curve, FALSE,
                 (const double[3]){ 0.5, (double) material->base_color[1],
                                    (double) material->base_color[2] });
    for (guint i = 0; i < G_N_ELEMENTS (levels); i++) {
      for (int c = 0; c < 3; c++)
        empty->environment.background_nits[c] = (float) (1000 * levels[i][c]);
      check_curve (empty, (DioToneCurve) curve, FALSE, levels[i]);
      check_curve (empty, (DioToneCurve) curve, TRUE, levels[i]);
    }
  }
}

/* A corner between floor and wall darkens with ambient occlusion; the open floor does not. */
static void
test_ambient_occlusion (void)
{
  GError *error = NULL;
  g_autoptr (DioGlRenderer) full = dio_gl_renderer_new (context, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (DioFrame) frame = gl_scene_new (160, 120, dio_vec3 (0, -3, 2), dio_vec3 (0, 0, 0.3));
  gl_scene_set_constant_sky (frame, 1000);
  DioMat4 place = gl_place (0, 0, 0, 3);
  gl_scene_take_item (frame, gl_mesh_quad (), gl_material (0.8f, 0.8f, 0.8f, 0, 1), &place);
  place = gl_place (0, 0.6, 0.5, 0.5);
  gl_scene_take_item (frame, gl_mesh_cube (), gl_material (0.8f, 0.8f, 0.8f, 0, 1), &place);
  g_autoptr (DioImage) without = draw (frame);
  g_autoptr (DioImage) with = dio_gl_renderer_draw_linear (full, frame, 0, &error);
  g_assert_no_error (error);
  double darkest = 1, open = (double) at (with, 10, 110, 0) / (double) at (without, 10, 110, 0);
  for (guint y = 0; y < 120; y++)
    darkest = MIN (darkest, (double) at (with, 80, y, 0) / (double) at (without, 80, y, 0));
  g_assert_cmpfloat (darkest, <, 0.85);
  g_assert_cmpfloat (darkest, >, 0.2);
  g_assert_cmpfloat (open, >, 0.97);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  GError *error = NULL;
  context = dio_gl_context_new_headless (&error);
  g_assert_no_error (error);
  DioGlOptions options = { .no_ambient_occlusion = TRUE };
  plain = dio_gl_renderer_new (context, &options, &error);
  g_assert_no_error (error);

  g_test_add_func ("/gl/light/furnace", test_furnace);
  g_test_add_func ("/gl/light/sun", test_sun);
  g_test_add_func ("/gl/light/point", test_point);
  g_test_add_func ("/gl/light/spot", test_spot);
  g_test_add_func ("/gl/light/rect", test_rect);
  g_test_add_func ("/gl/light/rect-horizon", test_rect_horizon);
  g_test_add_func ("/gl/light/shadow", test_shadow);
  g_test_add_func ("/gl/light/shadow-depths", test_shadow_depths);
  g_test_add_func ("/gl/light/environment", test_environment);
  g_test_add_func ("/gl/light/normal-map", test_normal_map);
  g_test_add_func ("/gl/light/emission", test_emission);
  g_test_add_func ("/gl/light/tone-curves", test_tone_curves);
  g_test_add_func ("/gl/light/ambient-occlusion", test_ambient_occlusion);
  int status = g_test_run ();
  dio_gl_renderer_free (plain);
  dio_gl_context_free (context);
  return status;
}
