#define G_LOG_DOMAIN "dio-test"

#include "cycles-scenes.h"
#include "gl-scene.h"

#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-frame-sky.h"
#include "dio-image-codec.h"

#include <math.h>

/* ---- surroundings ---- */

char *
cycles_get_envmaps (void)
{
  const char *assets = g_getenv ("DIORAMA_ASSETS_DIR");
  g_autofree char *folder = assets != NULL ? g_build_filename (assets, "envmaps", NULL) : NULL;
  return folder != NULL && g_file_test (folder, G_FILE_TEST_IS_DIR) ? g_steal_pointer (&folder)
                                                                    : NULL;
}

static char *
find_envmap (const char *name)
{
  g_autofree char *folder = cycles_get_envmaps ();
  g_autofree char *path = folder != NULL ? g_build_filename (folder, name, NULL) : NULL;
  return path != NULL && g_file_test (path, G_FILE_TEST_IS_REGULAR) ? g_steal_pointer (&path)
                                                                    : NULL;
}

gboolean
cycles_scene_is_possible (const CyclesScene *scene)
{
  g_autofree char *path = scene->argument != NULL ? find_envmap (scene->argument) : NULL;
  return scene->argument == NULL || path != NULL;
}

/* Mean radiance over all directions. */
static double
measure_mean (const DioImage *picture)
{
  double sum = 0, weight = 0;
  for (guint y = 0; y < picture->height; y++) {
    double area = sin ((y + 0.5) / picture->height * G_PI);
    for (guint x = 0; x < picture->width * 3; x++, weight += area)
      sum += area * (double) picture->f32[(gsize) y * picture->width * 3 + x];
  }
  return sum / weight;
}

/* Lights by @picture alone, at 1000 nits in the mean. */
static void
set_picture (DioFrame *frame, DioImage *picture, uint64_t key)
{
  frame->environment.radiance = picture;
  frame->environment.key = key;
  frame->environment.strength = 1000 / measure_mean (picture);
  frame->environment.rotation_rad = 0.8;
}

static gboolean
set_envmap (DioFrame *frame, const char *name, GError **error)
{
  g_autofree char *path = find_envmap (name);
  DioImage *picture = dio_image_load (path, NULL, error);
  if (picture != NULL)
    set_picture (frame, picture, g_str_hash (name));
  return picture != NULL;
}

static const DioSkyDesc afternoon = { 0.6, 2.2, 3, 0.25 };

static void
set_sky (DioFrame *frame)
{
  set_picture (frame, dio_sky_render (&afternoon, 256), 3);
  frame->environment.rotation_rad = 0;
}

static void
add_sun (DioFrame *frame)
{
  double flat = cos (afternoon.sun_elevation_rad);
  DioVec3 shines = { -flat * cos (afternoon.sun_azimuth_rad),
                     -flat * sin (afternoon.sun_azimuth_rad), -sin (afternoon.sun_elevation_rad) };
  DioFrameLight *sun = gl_scene_add_light (frame, DIO_LIGHT_SUN, 0, dio_vec3 (0, 0, 0), shines);
  sun->intensity = dio_sky_sun_lux (&afternoon, sun->color);
}

/* ---- material grids ---- */

/* Patches neither light nor shade one another. */
static DioFrameLight *
add_patch_light (
    DioFrame *frame, DioLightKind kind, double intensity, DioVec3 position, DioVec3 axis)
{
  DioFrameLight *light = gl_scene_add_light (frame, kind, intensity, position, axis);
  light->casts_shadow = FALSE;
  return light;
}

#define COLUMNS 6
#define N_COLORS 4
#define ROWS (3 * N_COLORS)

/* Roughness by column; those of delta lights begin where they are seen in a reflection. */
static const float all_roughness[COLUMNS] = { 0, 0.2f, 0.4f, 0.6f, 0.8f, 1 };
static const float rough_roughness[COLUMNS] = { 0.1f, 0.2f, 0.4f, 0.6f, 0.8f, 1 };
static const float colors[N_COLORS][3] = {
  { 0.8f, 0.8f, 0.8f }, { 0.7f, 0.05f, 0.03f }, { 0.05f, 0.05f, 0.05f }, { 1, 0.77f, 0.34f }
};
static const char *const color_names[N_COLORS] = { "white", "red", "black", "gold" };

static void
add_patch (DioFrame *frame, DioMesh *mesh, guint cell, const float *roughness, DioMat4 place)
{
  guint column = cell % COLUMNS, row = cell / COLUMNS;
  const float *color = colors[row / 3];
  float metallic = 0.5f * (float) (row % 3);
  guint leaf = gl_scene_take_item (
      frame, dio_mesh_ref (mesh),
      gl_material (color[0], color[1], color[2], metallic, roughness[column]), &place);
  DioFrameLeaf *named = gl_scene_get_leaf (frame, leaf);
  g_free (named->name);
  named->name = g_strdup_printf ("%s metallic %.1f roughness %.1f", color_names[row / 3],
                                 (double) metallic, (double) roughness[column]);
}

/* Spheres apart from one another, seen from afar along +Y. */
static DioFrame *
make_spheres (const float *roughness)
{
  const guint cell_px = 32;
  const double cell_m = 1.2, away_m = 60;
  DioFrame *frame = gl_scene_new (COLUMNS * cell_px, ROWS * cell_px, dio_vec3 (0, -away_m, 0),
                                  dio_vec3 (0, 0, 0));
  DioCamera *camera = gl_scene_get_camera (frame);
  camera->fx = camera->fy = cell_px / cell_m * away_m;
  DioMesh *mesh = gl_mesh_sphere (32);
  for (guint cell = 0; cell < COLUMNS * ROWS; cell++) {
    double x = (cell % COLUMNS - 0.5 * (COLUMNS - 1)) * cell_m;
    double z = (0.5 * (ROWS - 1) - cell / COLUMNS) * cell_m;
    add_patch (frame, mesh, cell, roughness, gl_place (x, 0, z, 0.4));
  }
  dio_mesh_unref (mesh);
  return frame;
}

/* Tiles of a floor, 1 m each with gaps, seen from @elevation_rad over the horizon; what reflects towards the camera
 * comes from +Y. */
static DioFrame *
make_tiles (double elevation_rad)
{
  const double away_m = 60;
  DioVec3 eye = { 0, -away_m * cos (elevation_rad), away_m * sin (elevation_rad) };
  double high = 32 * sin (elevation_rad);
  DioFrame *frame =
      gl_scene_new (COLUMNS * 32, (guint) ceil (ROWS * high) + 8, eye, dio_vec3 (0, 0, 0));
  DioCamera *camera = gl_scene_get_camera (frame);
  camera->fx = camera->fy = 28 * away_m;
  DioMesh *mesh = gl_mesh_quad ();
  for (guint cell = 0; cell < COLUMNS * ROWS; cell++) {
    double x = cell % COLUMNS - 0.5 * (COLUMNS - 1), y = 0.5 * (ROWS - 1) - cell / COLUMNS;
    add_patch (frame, mesh, cell, all_roughness, gl_place (x * 1.1, y * 1.1, 0, 0.45));
  }
  dio_mesh_unref (mesh);
  return frame;
}

/* ---- the scenes ---- */

static DioFrame *
make_furnace (const char *argument, GError **error)
{
  DioFrame *frame = gl_scene_new (192, 64, dio_vec3 (0, -60, 0), dio_vec3 (0, 0, 0));
  gl_scene_get_camera (frame)->fx = gl_scene_get_camera (frame)->fy = 1600;
  gl_scene_set_constant_sky (frame, 1000);
  for (guint i = 0; i < 2 * COLUMNS; i++) {
    DioMat4 place = gl_place ((i % COLUMNS - 2.5) * 1.2, 0, i < COLUMNS ? -0.6 : 0.6, 0.5);
    guint leaf = gl_scene_take_item (
        frame, gl_mesh_sphere (32),
        gl_material (1, 1, 1, i < COLUMNS ? 0 : 1, all_roughness[i % COLUMNS]), &place);
    DioFrameLeaf *named = gl_scene_get_leaf (frame, leaf);
    g_free (named->name);
    named->name = g_strdup_printf ("%s roughness %.1f", i < COLUMNS ? "dielectric" : "metal",
                                   (double) all_roughness[i % COLUMNS]);
  }
  return frame;
}

static DioFrame *
make_sky_spheres (const char *argument, GError **error)
{
  DioFrame *frame = make_spheres (all_roughness);
  set_sky (frame);
  return frame;
}

static DioFrame *
make_envmap_spheres (const char *argument, GError **error)
{
  g_autoptr (DioFrame) frame = make_spheres (all_roughness);
  return set_envmap (frame, argument, error) ? g_steal_pointer (&frame) : NULL;
}

static DioFrame *
make_sun_spheres (const char *argument, GError **error)
{
  DioFrame *frame = make_spheres (rough_roughness);
  add_patch_light (frame, DIO_LIGHT_SUN, 5000, dio_vec3 (0, 0, 0), dio_vec3 (0.5, 1, -0.7));
  return frame;
}

static DioFrame *
make_point_spheres (const char *argument, GError **error)
{
  DioFrame *frame = make_spheres (rough_roughness);
  add_patch_light (frame, DIO_LIGHT_POINT, 100000, dio_vec3 (-5, -9, 5), dio_vec3 (0, 0, -1));
  return frame;
}

static DioFrame *
make_rect_spheres (const char *argument, GError **error)
{
  DioFrame *frame = make_spheres (all_roughness);
  DioFrameLight *rect = add_patch_light (frame, DIO_LIGHT_RECT, 5000, dio_vec3 (-6, -5, 2),
                                         dio_vec3 (0.8, 0.7, -0.2));
  rect->width_m = 5;
  rect->height_m = 7;
  return frame;
}

/* A window behind the tiles: they reflect it at grazing angles. */
static DioFrame *
make_window_tiles (const char *argument, GError **error)
{
  DioFrame *frame = make_tiles (0.35);
  DioFrameLight *rect =
      add_patch_light (frame, DIO_LIGHT_RECT, 3000, dio_vec3 (0, 8, 2.2), dio_vec3 (0, -1, 0));
  rect->width_m = 6;
  rect->height_m = 4;
  return frame;
}

/* A panel close above the middle of the tiles, tilted towards the camera. */
static DioFrame *
make_panel_tiles (const char *argument, GError **error)
{
  DioFrame *frame = make_tiles (0.9);
  DioFrameLight *rect =
      add_patch_light (frame, DIO_LIGHT_RECT, 3000, dio_vec3 (0.5, 7, 5), dio_vec3 (0, -0.6, -0.8));
  rect->width_m = 8;
  rect->height_m = 6;
  return frame;
}

static DioFrame *
make_sky_tiles (const char *argument, GError **error)
{
  DioFrame *frame = make_tiles (0.35);
  set_sky (frame);
  return frame;
}

static DioFrame *
make_envmap_tiles (const char *argument, GError **error)
{
  g_autoptr (DioFrame) frame = make_tiles (0.35);
  return set_envmap (frame, argument, error) ? g_steal_pointer (&frame) : NULL;
}

/* Things on a floor under the sky: shadows, light from one thing on another, reflections of neighbours. */
static DioFrame *
make_things (const char *argument, GError **error)
{
  DioFrame *frame = gl_scene_new (480, 320, dio_vec3 (0.5, -6, 2.4), dio_vec3 (0, 0, 0.4));
  DioCamera *camera = gl_scene_get_camera (frame);
  frame->environment.radiance = dio_sky_render (&afternoon, 256);
  frame->environment.key = 4;
  frame->environment.strength = 1;
  frame->environment.visible = TRUE;
  camera->exposure_ev100 = 14.6;
  add_sun (frame);
  DioMat4 place = gl_place (0, 0, 0, 30);
  gl_scene_take_item (frame, gl_mesh_quad (), gl_material (0.35f, 0.33f, 0.3f, 0, 0.9f), &place);
  place = gl_place (0.9, -1.2, 0.002, 0.9);
  gl_scene_take_item (frame, gl_mesh_quad (), gl_material (0.03f, 0.03f, 0.03f, 0, 0.05f), &place);
  static const struct {
    float color[3], metallic, roughness;
  } kinds[] = { { { 0.7f, 0.08f, 0.05f }, 0, 0.25f },
                { { 0.8f, 0.8f, 0.8f }, 0, 0.7f },
                { { 1, 0.77f, 0.34f }, 1, 0.3f },
                { { 0.9f, 0.9f, 0.9f }, 1, 0.05f },
                { { 0.1f, 0.25f, 0.7f }, 0, 0.5f } };
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    const float *c = kinds[i].color;
    DioMaterial *material = gl_material (c[0], c[1], c[2], kinds[i].metallic, kinds[i].roughness);
    place = gl_place (i * 1.1 - 2.2, i % 2 * 0.7 - 0.2, 0.45, 0.45);
    gl_scene_take_item (frame, i % 2 ? gl_mesh_cube () : gl_mesh_sphere (32), material, &place);
  }
  return frame;
}

const CyclesScene cycles_scenes[] = {
  { "furnace", "furnace", make_furnace, NULL },
  { "spheres-sky", "patches", make_sky_spheres, NULL },
  { "spheres-lounge", "patches", make_envmap_spheres, "anniversary_lounge_1k.hdr" },
  { "spheres-forest", "patches", make_envmap_spheres, "forest.hdr" },
  { "spheres-apartment", "patches", make_envmap_spheres, "apartment_512.exr" },
  { "spheres-sun", "patches", make_sun_spheres, NULL },
  { "spheres-point", "patches", make_point_spheres, NULL },
  { "spheres-rect", "patches", make_rect_spheres, NULL },
  { "tiles-sky", "patches", make_sky_tiles, NULL },
  { "tiles-lounge", "patches", make_envmap_tiles, "anniversary_lounge_1k.hdr" },
  { "tiles-apartment", "patches", make_envmap_tiles, "apartment_512.exr" },
  { "tiles-forest", "patches", make_envmap_tiles, "forest.hdr" },
  { "tiles-window", "patches", make_window_tiles, NULL },
  { "tiles-panel", "patches", make_panel_tiles, NULL },
  { "things", "picture", make_things, NULL },
};
const guint cycles_n_scenes = G_N_ELEMENTS (cycles_scenes);
