#include "ray-scenes.h"

#include "dio-core-math.h"

#include <math.h>
#include <string.h>

DioFrame *
ray_scenes_new (guint width, guint height)
{
  DioFrame *frame = dio_frame_new ();
  DioCamera camera = {
    .id = "camera",
    .width_px = width,
    .height_px = height,
    .fx = width * 0.9,
    .fy = width * 0.9,
    .cx = width / 2.0,
    .cy = height / 2.0,
    .near_m = 0.05,
    .far_m = 1000,
    .world_from_camera = dio_mat4_identity (),
    .depth_unit_m = 0.001,
  };
  g_array_append_val (frame->cameras, camera);
  return frame;
}

DioCamera *
ray_scenes_camera (DioFrame *frame)
{
  return &g_array_index (frame->cameras, DioCamera, 0);
}

static void
ensure_instance (DioFrame *frame, guint index, gboolean thing)
{
  while (frame->instances->len < index) {
    DioFrameInstance instance = {
      .object_key = 1000 + frame->instances->len + 1,
      .name = g_strdup_printf ("object %u", frame->instances->len + 1),
      .node_id = g_strdup_printf ("node-%u", frame->instances->len + 1),
      .category = 0,
      .thing = TRUE,
      .world_from_object = dio_mat4_identity (),
      .scale = { 1, 1, 1 },
      .front = { 0, -1, 0 },
      .box_object_m = dio_box3_empty (),
    };
    g_array_append_val (frame->instances, instance);
  }
  DioFrameInstance *entry = &g_array_index (frame->instances, DioFrameInstance, index - 1);
  entry->thing = thing;
}

static void
add_item (
    DioFrame *frame, DioMesh *mesh, DioMaterial *material, const DioMat4 *transform, guint leaf)
{
  DioFrameItem item = {
    .mesh = mesh,
    .material = material != NULL ? material : ray_scenes_material (DIO_ALPHA_OPAQUE, 1, TRUE),
    .world_from_mesh = *transform,
    .leaf = leaf,
  };
  const DioFrameLeaf *entry = &g_array_index (frame->leaves, DioFrameLeaf, leaf - 1);
  if (entry->instance > 0) {
    DioFrameInstance *instance =
        &g_array_index (frame->instances, DioFrameInstance, entry->instance - 1);
    DioBox3 box = dio_box3_transform (&mesh->bounds, transform);
    dio_box3_add_box (&instance->box_object_m, &box);
  }
  g_array_append_val (frame->items, item);
}

guint
ray_scenes_add (DioFrame *frame, const RayThing *thing)
{
  DioFrameLeaf leaf = {
    .object_key = 1000 + thing->instance,
    .instance = thing->instance,
    .instance_occluder = thing->instance > 0 ? thing->instance : thing->occluder,
    .category = thing->instance > 0 ? 0 : -1,
    .thing = thing->instance > 0 && !thing->stuff,
    .layer = thing->layer,
    .name = g_strdup_printf ("leaf %u", frame->leaves->len + 1),
    .node_id = g_strdup ("node"),
  };
  if (thing->instance > 0)
    ensure_instance (frame, thing->instance, !thing->stuff);
  g_array_append_val (frame->leaves, leaf);
  DioMat4 transform = thing->has_transform ? thing->world_from_mesh : dio_mat4_identity ();
  add_item (frame, thing->mesh, thing->material, &transform, frame->leaves->len);
  return frame->leaves->len;
}

void
ray_scenes_add_to_leaf (DioFrame *frame, guint leaf, DioMesh *mesh, const DioMat4 *transform)
{
  add_item (frame, mesh, NULL, transform, leaf);
}

static DioMesh *
finish (DioMesh *mesh)
{
  dio_mesh_compute_normals (mesh);
  dio_mesh_seal (mesh);
  return mesh;
}

DioMesh *
ray_scenes_mesh (const float (*positions)[3],
                 guint n_vertices,
                 const uint32_t (*triangles)[3],
                 guint n_triangles)
{
  DioMeshDesc desc = { .n_vertices = n_vertices, .n_triangles = n_triangles };
  DioMesh *mesh = dio_mesh_new (&desc);
  memcpy (mesh->positions, positions, n_vertices * sizeof *positions);
  memcpy (mesh->triangles, triangles, n_triangles * sizeof *triangles);
  return finish (mesh);
}

DioMesh *
ray_scenes_box (double x, double y, double z)
{
  static const uint32_t triangles[12][3] = {
    { 0, 2, 3 }, { 0, 3, 1 }, { 4, 5, 7 }, { 4, 7, 6 }, { 0, 1, 5 }, { 0, 5, 4 },
    { 2, 6, 7 }, { 2, 7, 3 }, { 0, 4, 6 }, { 0, 6, 2 }, { 1, 3, 7 }, { 1, 7, 5 },
  };
  float positions[8][3];
  for (guint i = 0; i < 8; i++) {
    positions[i][0] = (float) ((i & 1 ? 0.5 : -0.5) * x);
    positions[i][1] = (float) ((i & 2 ? 0.5 : -0.5) * y);
    positions[i][2] = (float) ((i & 4 ? 0.5 : -0.5) * z);
  }
  return ray_scenes_mesh ((const float (*)[3]) positions, 8, triangles, 12);
}

DioMesh *
ray_scenes_tetrahedron (double size)
{
  static const uint32_t triangles[4][3] = { { 0, 1, 2 }, { 0, 3, 1 }, { 0, 2, 3 }, { 1, 3, 2 } };
  float s = (float) size;
  const float positions[4][3] = { { s, s, s }, { -s, -s, s }, { s, -s, -s }, { -s, s, -s } };
  return ray_scenes_mesh (positions, 4, triangles, 4);
}

DioMesh *
ray_scenes_quad (double width, double height)
{
  DioMeshDesc desc = { .n_vertices = 4, .n_triangles = 2, .with_uv0 = TRUE };
  DioMesh *mesh = dio_mesh_new (&desc);
  for (guint i = 0; i < 4; i++) {
    gboolean right = (i & 1) != 0, top = (i & 2) != 0;
    mesh->positions[i][0] = (float) ((right ? 0.5 : -0.5) * width);
    mesh->positions[i][1] = (float) ((top ? 0.5 : -0.5) * height);
    mesh->positions[i][2] = 0;
    mesh->uvs[0][i][0] = right ? 1 : 0;
    mesh->uvs[0][i][1] = top ? 0 : 1;
  }
  const uint32_t triangles[2][3] = { { 0, 1, 3 }, { 0, 3, 2 } };
  memcpy (mesh->triangles, triangles, sizeof triangles);
  return finish (mesh);
}

DioMesh *
ray_scenes_sphere (guint rings, guint segments)
{
  DioMeshDesc desc = { .n_vertices = (rings + 1) * segments, .n_triangles = rings * segments * 2 };
  DioMesh *mesh = dio_mesh_new (&desc);
  for (guint r = 0; r <= rings; r++)
    for (guint s = 0; s < segments; s++) {
      double polar = DIO_PI * r / rings, around = 2 * DIO_PI * s / segments;
      float *p = mesh->positions[r * segments + s];
      p[0] = (float) (dio_sin (polar) * dio_cos (around));
      p[1] = (float) (dio_sin (polar) * dio_sin (around));
      p[2] = (float) dio_cos (polar);
    }
  guint n = 0;
  for (guint r = 0; r < rings; r++)
    for (guint s = 0; s < segments; s++) {
      uint32_t a = r * segments + s, b = r * segments + (s + 1) % segments;
      uint32_t c = a + segments, d = b + segments;
      const uint32_t pair[2][3] = { { a, c, d }, { a, d, b } };
      memcpy (mesh->triangles[n], pair, sizeof pair);
      n += 2;
    }
  return finish (mesh);
}

DioMaterial *
ray_scenes_material (DioAlphaMode mode, float alpha, gboolean double_sided)
{
  DioMaterial *material = dio_material_new ("test");
  material->alpha_mode = mode;
  material->alpha_cutoff = 0.5f;
  material->base_color[3] = alpha;
  material->double_sided = double_sided;
  return material;
}

DioTexture *
ray_scenes_alpha_texture (guint size, const char *texels)
{
  DioImage *image = dio_image_new (size, size, 4, DIO_PIXEL_U8);
  for (guint i = 0; i < size * size; i++) {
    memset (image->u8 + i * 4, 255, 3);
    image->u8[i * 4 + 3] = texels[i] == '1' ? 255 : 0;
  }
  return dio_texture_new_take (image, FALSE);
}
