#define G_LOG_DOMAIN "dio-engine"

#include "dio-engine-preview.h"

#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-frame.h"
#include "dio-gl.h"
#include "dio-image-color.h"
#include "dio-parametric.h"

/* Light of the studio: strength in nits of its brightest wall, sun in lux, and the exposure that suits both. */
#define STUDIO_NITS 1500.0
#define STUDIO_LUX 6000.0
#define STUDIO_EV100 11.0

static void
add_light (DioFrame *frame)
{
  frame->environment.radiance = dio_parametric_render_environment ("studio", 128);
  frame->environment.key = 1;
  frame->environment.strength = STUDIO_NITS;
  for (int i = 0; i < 3; i++)
    frame->environment.background_nits[i] = (float) STUDIO_NITS * 0.55f;
  DioFrameLight sun = {
    .kind = DIO_LIGHT_SUN,
    .color = { 1, 1, 1 },
    .intensity = STUDIO_LUX,
    .angular_diameter_rad = 0.06,
    .casts_shadow = TRUE,
    .world_from_light =
        dio_mat4_look_at (dio_vec3 (0, 0, 0), dio_vec3 (0.45, 0.55, -1), dio_vec3 (0, 0, 1)),
  };
  g_array_append_val (frame->lights, sun);
}

static void
add_item (DioFrame *frame, DioMesh *mesh, DioMaterial *material, const DioMat4 *world_from_mesh)
{
  DioFrameItem item = {
    .mesh = dio_mesh_ref (mesh),
    .material = dio_material_ref (material),
    .world_from_mesh = *world_from_mesh,
    .leaf = 1,
  };
  g_array_append_val (frame->items, item);
}

static void
add_model (DioFrame *frame, const DioModel *model)
{
  DioFrameLeaf leaf = { .category = -1, .name = g_strdup (""), .node_id = g_strdup ("") };
  g_array_append_val (frame->leaves, leaf);
  for (guint i = 0; i < model->parts->len; i++) {
    const DioModelPart *part = &g_array_index (model->parts, DioModelPart, i);
    add_item (frame, part->mesh, g_ptr_array_index (model->materials, part->material),
              &part->model_from_mesh);
  }
}

/* A disc would need geometry of its own; a large plane under the model says where it stands. */
static void
add_ground (DioFrame *frame, const DioBox3 *bounds, double radius_m)
{
  DioMeshDesc desc = { .n_vertices = 4, .n_triangles = 2 };
  g_autoptr (DioMesh) mesh = dio_mesh_new (&desc);
  double cx = (bounds->min.x + bounds->max.x) / 2, cy = (bounds->min.y + bounds->max.y) / 2;
  for (guint i = 0; i < 4; i++) {
    mesh->positions[i][0] = (float) (cx + radius_m * 30 * ((i & 1) ? 1 : -1));
    mesh->positions[i][1] = (float) (cy + radius_m * 30 * ((i & 2) ? 1 : -1));
    mesh->positions[i][2] = (float) (bounds->min.z - radius_m * 1e-3);
    mesh->normals[i][0] = mesh->normals[i][1] = 0;
    mesh->normals[i][2] = 1;
  }
  const uint32_t corners[2][3] = { { 0, 1, 2 }, { 1, 3, 2 } };
  for (guint t = 0; t < 2; t++)
    for (guint c = 0; c < 3; c++)
      mesh->triangles[t][c] = corners[t][c];
  dio_mesh_seal (mesh);
  g_autoptr (DioMaterial) material = dio_material_new ("ground");
  material->base_color[0] = material->base_color[1] = material->base_color[2] = 0.4f;
  DioMat4 identity = dio_mat4_identity ();
  add_item (frame, mesh, material, &identity);
}

static void
add_camera (
    DioFrame *frame, const DioBox3 *bounds, double radius_m, guint width_px, guint height_px)
{
  DioVec3 centre = dio_vec3_scale (dio_vec3_add (bounds->min, bounds->max), 0.5);
  DioVec3 eye = dio_vec3_add (
      centre, dio_vec3_scale (dio_vec3_normalize (dio_vec3 (0.55, -1, 0.5)), radius_m * 3.4));
  DioCamera camera = {
    .id = "preview",
    .width_px = width_px,
    .height_px = height_px,
    .fx = 1.55 * height_px,
    .fy = 1.55 * height_px,
    .cx = width_px / 2.0,
    .cy = height_px / 2.0,
    .near_m = radius_m * 0.05,
    .far_m = radius_m * 100,
    .world_from_camera = dio_mat4_look_at (eye, centre, dio_vec3 (0, 0, 1)),
    .exposure_ev100 = STUDIO_EV100,
    .tone = DIO_TONE_LINEAR,
    .depth_unit_m = 1e-3,
  };
  g_array_append_val (frame->cameras, camera);
}

DioImage *
dio_engine_preview_model (DioModel *model, guint width_px, guint height_px, GError **error)
{
  g_return_val_if_fail (model != NULL && width_px > 0 && height_px > 0, NULL);

  g_autoptr (DioGlContext) context = dio_gl_context_new_headless (error);
  if (context == NULL)
    return NULL;
  DioGlOptions options = { 0 };
  g_autoptr (DioGlRenderer) renderer = dio_gl_renderer_new (context, &options, error);
  if (renderer == NULL)
    return NULL;

  double radius = dio_vec3_length (dio_vec3_sub (model->bounds.max, model->bounds.min)) / 2;
  g_autoptr (DioFrame) frame = dio_frame_new ();
  add_model (frame, model);
  add_ground (frame, &model->bounds, MAX (radius, 1e-4));
  add_light (frame);
  add_camera (frame, &model->bounds, MAX (radius, 1e-4), width_px, height_px);
  g_auto (DioGlOutput) drawn = { 0 };
  if (!dio_gl_renderer_draw (renderer, frame, 0, FALSE, &drawn, error))
    return NULL;
  return g_steal_pointer (&drawn.rgb);
}

static double
mean_of (const DioImage *image)
{
  gsize n = (gsize) image->width * image->height * image->channels;
  double sum = 0;
  for (gsize i = 0; i < n; i++)
    sum += (double) image->f32[i];
  return sum / (double) n;
}

/* One channel of one texel as it shows: environments by tone curve, textures over grey squares. */
static uint8_t
shown_value (const DioImage *image, guint x, guint y, guint c, double exposure)
{
  gsize at = ((gsize) y * image->width + x) * image->channels;
  if (image->type == DIO_PIXEL_F32) {
    double exposed = (double) image->f32[at + MIN (c, image->channels - 1)] * exposure;
    return dio_srgb8_from_linear (dio_tone_apply (DIO_TONE_FILMIC, exposed));
  }
  double alpha = image->channels == 4 ? image->u8[at + 3] / 255.0 : 1;
  double square = ((x / 16 + y / 16) % 2) ? 150 : 180;
  return (uint8_t) (alpha * image->u8[at + c] + (1 - alpha) * square + 0.5);
}

DioImage *
dio_engine_preview_image (const DioImage *image, guint width_px)
{
  g_return_val_if_fail (image != NULL && width_px > 0, NULL);

  guint height_px = MAX (1, (guint) ((guint64) image->height * width_px / image->width));
  DioImage *out = dio_image_new (width_px, height_px, 3, DIO_PIXEL_U8);
  double exposure = image->type == DIO_PIXEL_F32 ? 0.4 / MAX (mean_of (image), 1e-9) : 1;
  for (guint y = 0; y < height_px; y++)
    for (guint x = 0; x < width_px; x++)
      for (guint c = 0; c < 3; c++)
        out->u8[((gsize) y * width_px + x) * 3 + c] =
            shown_value (image, (guint) ((guint64) x * image->width / width_px),
                         (guint) ((guint64) y * image->height / height_px), c, exposure);
  return out;
}
