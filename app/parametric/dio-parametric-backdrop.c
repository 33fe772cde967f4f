#define G_LOG_DOMAIN "dio-parametric"

/* What is seen through a window: an upright picture that shines by itself, as a bright day does. It is looked at from
 * far away and through glass, so it is soft. */

#include "dio-parametric-interior-private.h"
#include "dio-parametric-surface-private.h"

#include "dio-core-vec.h"

/* Of one view: where the land ends and how high what stands on it is, in heights of the picture. */
typedef struct {
  float horizon, stand, ragged; /* ragged: 0 = roofs, 1 = crowns of trees */
  float near[3], far[3], things[3];
} View;

static const View views[] = {
  { 0.16f, 0.30f, 1, { 0.30f, 0.42f, 0.16f }, { 0.40f, 0.50f, 0.24f }, { 0.17f, 0.29f, 0.13f } },
  { 0.10f, 0.40f, 0, { 0.44f, 0.43f, 0.41f }, { 0.52f, 0.50f, 0.47f }, { 0.58f, 0.47f, 0.39f } },
  { 0.22f, 0.13f, 1, { 0.46f, 0.52f, 0.24f }, { 0.50f, 0.58f, 0.46f }, { 0.40f, 0.50f, 0.46f } },
};

static void
mix (const float a[static 3], const float b[static 3], float t, float out[static 3])
{
  for (int c = 0; c < 3; c++)
    out[c] = dio_mixf (a[c], b[c], t);
}

static void
shade_sky (float up, float cloud, float rgb[static 3])
{
  static const float low[3] = { 0.88f, 0.93f, 0.97f }, high[3] = { 0.56f, 0.74f, 0.93f };
  static const float white[3] = { 0.97f, 0.97f, 0.97f };
  float sky[3];
  mix (low, high, CLAMP (1.4f * up - 0.3f, 0, 1), sky);
  mix (sky, white, dio_smoothstepf (0.0f, 0.45f, cloud), rgb);
}

/* Height of the skyline at each texel: crowns bulge, roofs step and have windows below. */
static float
get_skyline (const View *view, float hill, float leaf, float block)
{
  float crowns = 0.55f * hill + 0.16f * leaf, roofs = 0.9f * block - 0.35f;
  return view->horizon + view->stand * (0.75f + dio_mixf (roofs, crowns, view->ragged));
}

static float
get_window (float u, float v)
{
  float x = u * 160, y = v * 18;
  x -= floorf (x);
  y -= floorf (y);
  return x > 0.3f && x < 0.7f && y > 0.25f && y < 0.75f ? 1 : 0;
}

static void
shade_view (DioTextureRow *row, const DioSurfaceRow *out, gconstpointer user)
{
  const View *view = user;
  const DioNoise hill_noise = { 14, 1, row->seed ^ 0x51 },
                 leaf_noise = { 160, 36, row->seed ^ 0x52 };
  const DioNoise cloud_noise = { 6, 5, row->seed ^ 0x53 },
                 grass_noise = { 70, 60, row->seed ^ 0x54 };
  const float *hill = dio_texture_fill_layer_at (row, 0, &hill_noise, 2, 0.3);
  const float *leaf = dio_texture_fill_layer (row, 1, &leaf_noise, 3);
  const float *cloud = dio_texture_fill_layer (row, 2, &cloud_noise, 4);
  const float *grass = dio_texture_fill_layer (row, 3, &grass_noise, 3);
  float up = 1 - (float) row->v;
  for (guint x = 0; x < row->size_px; x++) {
    uint32_t house = (uint32_t) (row->u[x] * 22);
    float block = (float) dio_noise_uniform (row->seed, house, 7);
    float line = get_skyline (view, hill[x], leaf[x], block), *rgb = out->rgb[x];
    shade_sky (up, cloud[x], rgb);
    if (up < view->horizon) {
      mix (view->near, view->far, up / view->horizon, rgb);
      for (int c = 0; c < 3; c++)
        rgb[c] *= 1 + 0.18f * grass[x];
    } else if (up < line) {
      float light =
          0.85f + 0.5f * view->ragged * leaf[x] + (1 - view->ragged) * 0.5f * (block - 0.4f);
      float glass = (1 - view->ragged) * 0.5f * get_window (row->u[x], up - view->horizon);
      for (int c = 0; c < 3; c++)
        rgb[c] = view->things[c] * light * (1 - glass);
    }
  }
}

#define VIEW_SURFACE(name, index)                                                                  \
  {                                                                                                \
    .key = name, .width_px = 1024, .height_px = 256, .seed = 1, .shade = shade_view,               \
    .user = &views[index]                                                                          \
  }

static const DioSurface surfaces[] = {
  VIEW_SURFACE ("view-garden", 0),
  VIEW_SURFACE ("view-town", 1),
  VIEW_SURFACE ("view-hills", 2),
};

void
dio_parametric_build_backdrop (DioParametricMake *make)
{
  const double *values = make->values;
  const DioMaterialLook look = { "view", 0, 0, 0, 1, 0 };
  double x = values[DIO_BACKDROP_WIDTH] / 2, z = values[DIO_BACKDROP_HEIGHT];
  const DioVec3 corners[4] = { { -x, 0, 0 }, { x, 0, 0 }, { x, 0, z }, { -x, 0, z } };
  g_auto (DioMeshBuilder) builder;
  dio_mesh_builder_init (&builder);
  dio_mesh_builder_add_panel (&builder, corners, 4, dio_vec3 (0, -1, 0), dio_vec3 (1, 0, 0));
  for (guint i = 0; i < 4; i++) {
    DioBuilderVertex *vertex = &g_array_index (builder.vertices, DioBuilderVertex, i);
    vertex->u = i == 1 || i == 2 ? 1 : 0;
    vertex->v = i >= 2 ? 0 : 1;
  }
  dio_parametric_take_part (make, &builder, &look);
  DioMaterial *material = g_ptr_array_index (make->model->materials, 0);
  for (int c = 0; c < 3; c++)
    material->emissive_nits[c] = (float) values[DIO_BACKDROP_NITS];
  if (make->bare)
    return;
  g_auto (DioSurfaceMaps) maps = { 0 };
  dio_surface_get_maps (&surfaces[(int) values[DIO_BACKDROP_VIEW]], &maps);
  dio_texture_slot_set (&material->emissive_texture, maps.color);
}
