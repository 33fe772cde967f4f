#define G_LOG_DOMAIN "dio-test"

#include "gl-scene.h"

#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-image-codec.h"

#include <math.h>

DioFrame *
gl_scene_new (guint width, guint height, DioVec3 eye, DioVec3 target)
{
  DioFrame *frame = dio_frame_new ();
  DioCamera camera = { .id = "camera",
                       .width_px = width,
                       .height_px = height,
                       .fx = width,
                       .fy = width,
                       .cx = width * 0.5,
                       .cy = height * 0.5,
                       .near_m = 0.01,
                       .far_m = 1000,
                       .exposure_ev100 = log2 (1000 / 1.2),
                       .depth_unit_m = 0.001 };
  camera.world_from_camera = dio_mat4_look_at (eye, target, dio_vec3 (0, 0, 1));
  g_array_append_val (frame->cameras, camera);
  frame->environment.visible = FALSE;
  return frame;
}

DioCamera *
gl_scene_get_camera (DioFrame *frame)
{
  return &g_array_index (frame->cameras, DioCamera, 0);
}

guint
gl_scene_take_item (DioFrame *frame,
                    DioMesh *mesh,
                    DioMaterial *material,
                    const DioMat4 *world_from_mesh)
{
  DioFrameLeaf leaf = { .instance = frame->leaves->len + 1,
                        .instance_occluder = frame->leaves->len + 1,
                        .thing = TRUE,
                        .name = g_strdup ("leaf"),
                        .node_id = g_strdup ("node") };
  g_array_append_val (frame->leaves, leaf);
  DioFrameItem item = { .mesh = mesh,
                        .material = material,
                        .world_from_mesh = *world_from_mesh,
                        .leaf = frame->leaves->len };
  g_array_append_val (frame->items, item);
  return item.leaf;
}

DioFrameLeaf *
gl_scene_get_leaf (DioFrame *frame, guint leaf)
{
  return &g_array_index (frame->leaves, DioFrameLeaf, leaf - 1);
}

DioFrameLight *
gl_scene_add_light (
    DioFrame *frame, DioLightKind kind, double intensity, DioVec3 position, DioVec3 axis)
{
  DioVec3 up =
      fabs (axis.z) < 0.9 * dio_vec3_length (axis) ? dio_vec3 (0, 0, 1) : dio_vec3 (0, 1, 0);
  DioFrameLight light = { .kind = kind,
                          .color = { 1, 1, 1 },
                          .intensity = intensity,
                          .angular_diameter_rad = 0.0093,
                          .inner_cone_rad = 0.3,
                          .outer_cone_rad = 0.5,
                          .width_m = 1,
                          .height_m = 1,
                          .casts_shadow = TRUE };
  light.world_from_light = dio_mat4_look_at (position, dio_vec3_add (position, axis), up);
  g_array_append_val (frame->lights, light);
  return &g_array_index (frame->lights, DioFrameLight, frame->lights->len - 1);
}

void
gl_scene_set_constant_sky (DioFrame *frame, float nits)
{
  DioEnvironment *environment = &frame->environment;
  environment->radiance = dio_image_new (8, 4, 3, DIO_PIXEL_F32);
  for (guint i = 0; i < 8 * 4 * 3; i++)
    environment->radiance->f32[i] = nits;
  environment->key = 1000 + (uint64_t) nits;
  environment->strength = 1;
  environment->visible = TRUE;
}

DioMesh *
gl_mesh_sphere (guint rings)
{
  guint columns = rings * 2;
  DioMeshDesc desc = { .n_vertices = (rings + 1) * (columns + 1),
                       .n_triangles = rings * columns * 2,
                       .with_uv0 = TRUE };
  DioMesh *mesh = dio_mesh_new (&desc);
  guint n = 0;
  for (guint y = 0; y <= rings; y++)
    for (guint x = 0; x <= columns; x++) {
      double polar = G_PI * y / rings, turn = 2 * G_PI * x / columns;
      guint i = y * (columns + 1) + x;
      const double p[3] = { sin (polar) * cos (turn), sin (polar) * sin (turn), cos (polar) };
      for (int k = 0; k < 3; k++)
        mesh->positions[i][k] = mesh->normals[i][k] = (float) p[k];
      mesh->uvs[0][i][0] = (float) x / (float) columns;
      mesh->uvs[0][i][1] = (float) y / (float) rings;
    }
  for (guint y = 0; y < rings; y++)
    for (guint x = 0; x < columns; x++) {
      uint32_t a = y * (columns + 1) + x, b = a + columns + 1;
      const uint32_t both[2][3] = { { a, b, b + 1 }, { a, b + 1, a + 1 } };
      for (int t = 0; t < 2; t++, n++)
        for (int k = 0; k < 3; k++)
          mesh->triangles[n][k] = both[t][k];
    }
  dio_mesh_compute_tangents (mesh);
  dio_mesh_seal (mesh);
  return mesh;
}

DioMesh *
gl_mesh_quad (void)
{
  DioMeshDesc desc = { .n_vertices = 4, .n_triangles = 2, .with_uv0 = TRUE };
  DioMesh *mesh = dio_mesh_new (&desc);
  for (guint i = 0; i < 4; i++) {
    float x = i == 1 || i == 2 ? 1 : -1, y = i >= 2 ? 1 : -1;
    const float position[3] = { x, y, 0 }, normal[3] = { 0, 0, 1 };
    for (int k = 0; k < 3; k++) {
      mesh->positions[i][k] = position[k];
      mesh->normals[i][k] = normal[k];
    }
    mesh->uvs[0][i][0] = 0.5f + 0.5f * x;
    mesh->uvs[0][i][1] = 0.5f - 0.5f * y;
  }
  static const uint32_t triangles[2][3] = { { 0, 1, 2 }, { 0, 2, 3 } };
  for (int t = 0; t < 2; t++)
    for (int k = 0; k < 3; k++)
      mesh->triangles[t][k] = triangles[t][k];
  dio_mesh_seal (mesh);
  return mesh;
}

DioMesh *
gl_mesh_cube (void)
{
  DioMeshDesc desc = { .n_vertices = 24, .n_triangles = 12, .with_uv0 = TRUE };
  DioMesh *mesh = dio_mesh_new (&desc);
  for (guint face = 0; face < 6; face++) {
    guint axis = face / 2, u = (axis + 1) % 3, v = (axis + 2) % 3;
    float side = face % 2 == 0 ? 1 : -1;
    for (guint k = 0; k < 4; k++) {
      guint i = face * 4 + k;
      float a = k == 1 || k == 2 ? 1 : -1, b = k >= 2 ? 1 : -1;
      mesh->positions[i][axis] = side;
      mesh->positions[i][u] = a * side;
      mesh->positions[i][v] = b;
      mesh->normals[i][axis] = side;
      mesh->normals[i][u] = mesh->normals[i][v] = 0;
      mesh->uvs[0][i][0] = 0.5f + 0.5f * a;
      mesh->uvs[0][i][1] = 0.5f - 0.5f * b;
    }
    const uint32_t corners[6] = { 0, 1, 2, 0, 2, 3 };
    for (guint k = 0; k < 6; k++)
      mesh->triangles[face * 2 + k / 3][k % 3] = face * 4 + corners[k];
  }
  dio_mesh_seal (mesh);
  return mesh;
}

DioMaterial *
gl_material (float r, float g, float b, float metallic, float roughness)
{
  DioMaterial *material = dio_material_new ("test");
  material->base_color[0] = r;
  material->base_color[1] = g;
  material->base_color[2] = b;
  material->metallic = metallic;
  material->roughness = roughness;
  return material;
}

DioTexture *
gl_texture (guint width, guint height, gboolean srgb, GlTexelFunc func)
{
  DioImage *image = dio_image_new (width, height, 4, DIO_PIXEL_U8);
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      func (x, y, image->u8 + (y * width + x) * 4);
  return dio_texture_new_take (image, srgb);
}

DioMat4
gl_place (double x, double y, double z, double scale)
{
  DioTrs trs = dio_trs_identity ();
  trs.translation_m = dio_vec3 (x, y, z);
  trs.scale = dio_vec3 (scale, scale, scale);
  return dio_mat4_from_trs (&trs);
}

void
gl_save_png (const DioImage *image, const char *name)
{
  const char *folder = g_getenv ("G_TEST_TMPDIR");
  g_autofree char *path = g_build_filename (folder != NULL ? folder : g_get_tmp_dir (), name, NULL);
  DioEncodeOptions options = { .srgb = TRUE };
  GError *error = NULL;
  g_autoptr (GBytes) bytes = dio_image_encode (image, DIO_IMAGE_FORMAT_PNG, &options, &error);
  g_assert_no_error (error);
  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                       &error);
  g_assert_no_error (error);
}
