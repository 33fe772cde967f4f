#define G_LOG_DOMAIN "dio-test"

#include "cycles-export.h"

#include "dio-base-json.h"
#include "dio-image-codec.h"

#include <string.h>

/* What is on its way into a folder; indices into the lists are those of scene.json. */
typedef struct {
  const char *folder;
  GPtrArray *meshes, *materials, *textures; /* (unowned) */
  json_t *json;
} Export;

static gboolean
write_file (const char *folder, const char *name, const void *data, gsize size, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  return g_file_set_contents (path, data, (gssize) size, error);
}

static gboolean
write_bytes (const char *folder, const char *name, GBytes *bytes, GError **error)
{
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);
  return write_file (folder, name, data, size, error);
}

gboolean
cycles_write_array (const DioImage *image, const char *folder, const char *name, GError **error)
{
  g_autoptr (GBytes) bytes = dio_image_encode_npy (image);
  return write_bytes (folder, name, bytes, error);
}

/* The index of @what in @list, at whose end it is put where it is new. */
static guint
place_of (GPtrArray *list, gpointer what)
{
  guint place;
  if (g_ptr_array_find (list, what, &place))
    return place;
  g_ptr_array_add (list, what);
  return list->len - 1;
}

static json_t *
reals (const double *values, guint n)
{
  json_t *array = json_array ();
  for (guint i = 0; i < n; i++)
    json_array_append_new (array, json_real (values[i]));
  return array;
}

static json_t *
floats (const float *values, guint n)
{
  json_t *array = json_array ();
  for (guint i = 0; i < n; i++)
    json_array_append_new (array, json_real ((double) values[i]));
  return array;
}

static json_t *
describe_camera (const DioCamera *camera)
{
  return json_pack ("{s:i, s:i, s:f, s:f, s:f, s:f, s:f, s:f, s:o}", "width",
                    (int) camera->width_px, "height", (int) camera->height_px, "fx", camera->fx,
                    "fy", camera->fy, "cx", camera->cx, "cy", camera->cy, "near", camera->near_m,
                    "ev100", camera->exposure_ev100, "world_from_camera",
                    reals (camera->world_from_camera.m, 16));
}

/* Arrays one after another: positions, normals, uv sets, colours as f32, triangles as u32. */
static gboolean
write_mesh (Export *self, const DioMesh *mesh, GError **error)
{
  guint number = (guint) json_array_size (json_object_get (self->json, "meshes"));
  g_autofree char *name = g_strdup_printf ("mesh-%u.bin", number);
  g_autoptr (GByteArray) all = g_byte_array_new ();
  guint n = mesh->n_vertices;
  g_byte_array_append (all, (const guint8 *) mesh->positions, n * 12);
  g_byte_array_append (all, (const guint8 *) mesh->normals, n * 12);
  for (int set = 0; set < 2; set++)
    if (mesh->uvs[set] != NULL)
      g_byte_array_append (all, (const guint8 *) mesh->uvs[set], n * 8);
  if (mesh->colors != NULL)
    g_byte_array_append (all, (const guint8 *) mesh->colors, n * 16);
  g_byte_array_append (all, (const guint8 *) mesh->triangles, mesh->n_triangles * 12);
  json_array_append_new (json_object_get (self->json, "meshes"),
                         json_pack ("{s:s, s:i, s:i, s:b, s:b, s:b}", "file", name, "vertices",
                                    (int) n, "triangles", (int) mesh->n_triangles, "uv0",
                                    mesh->uvs[0] != NULL, "uv1", mesh->uvs[1] != NULL, "colors",
                                    mesh->colors != NULL));
  return write_file (self->folder, name, all->data, all->len, error);
}

static gboolean
write_texture (Export *self, const DioTexture *texture, GError **error)
{
  guint number = (guint) json_array_size (json_object_get (self->json, "textures"));
  g_autofree char *name = g_strdup_printf ("texture-%u.png", number);
  json_array_append_new (json_object_get (self->json, "textures"),
                         json_pack ("{s:s, s:b}", "file", name, "srgb", texture->srgb));
  g_autoptr (GBytes) png = dio_image_encode (texture->image, DIO_IMAGE_FORMAT_PNG, NULL, error);
  return png != NULL && write_bytes (self->folder, name, png, error);
}

static json_t *
describe_slot (Export *self, const DioTextureSlot *slot)
{
  static const char *const wraps[] = {
    [DIO_WRAP_REPEAT] = "repeat", [DIO_WRAP_MIRROR] = "mirror", [DIO_WRAP_CLAMP] = "clamp"
  };
  if (slot->texture == NULL)
    return json_null ();
  float rows[6];
  dio_texture_slot_get_transform (slot, rows);
  return json_pack ("{s:i, s:i, s:o, s:s, s:b}", "texture",
                    (int) place_of (self->textures, slot->texture), "uv_set", (int) slot->uv_set,
                    "transform", floats (rows, 6), "wrap", wraps[slot->wrap_s], "nearest",
                    slot->filter == DIO_FILTER_NEAREST);
}

static json_t *
describe_material (Export *self, const DioMaterial *m)
{
  static const char *const modes[] = {
    [DIO_ALPHA_OPAQUE] = "opaque", [DIO_ALPHA_MASK] = "mask", [DIO_ALPHA_BLEND] = "blend"
  };
  json_t *json =
      json_pack ("{s:o, s:f, s:f, s:o, s:f, s:s, s:f, s:b, s:b}", "base_color",
                 floats (m->base_color, 4), "metallic", (double) m->metallic, "roughness",
                 (double) m->roughness, "emissive", floats (m->emissive_nits, 3), "normal_scale",
                 (double) m->normal_scale, "alpha_mode", modes[m->alpha_mode], "alpha_cutoff",
                 (double) m->alpha_cutoff, "double_sided", m->double_sided, "unlit", m->unlit);
  json_object_set_new (json, "base_color_map", describe_slot (self, &m->base_color_texture));
  json_object_set_new (json, "surface_map", describe_slot (self, &m->metallic_roughness_texture));
  json_object_set_new (json, "normal_map", describe_slot (self, &m->normal_texture));
  json_object_set_new (json, "emissive_map", describe_slot (self, &m->emissive_texture));
  return json;
}

static json_t *
describe_light (const DioFrameLight *light)
{
  static const char *const kinds[] = { [DIO_LIGHT_SUN] = "sun",
                                       [DIO_LIGHT_POINT] = "point",
                                       [DIO_LIGHT_SPOT] = "spot",
                                       [DIO_LIGHT_RECT] = "rect" };
  return json_pack ("{s:s, s:o, s:o, s:f, s:f, s:f, s:f, s:f, s:f, s:b}", "kind",
                    kinds[light->kind], "world_from_light", reals (light->world_from_light.m, 16),
                    "color", floats (light->color, 3), "intensity", light->intensity, "angle",
                    light->angular_diameter_rad, "inner", light->inner_cone_rad, "outer",
                    light->outer_cone_rad, "width", light->width_m, "height", light->height_m,
                    "shadow", light->casts_shadow);
}

static json_t *
describe_environment (const DioEnvironment *environment)
{
  return json_pack ("{s:b, s:f, s:f, s:b, s:o}", "picture", environment->radiance != NULL,
                    "strength", environment->strength, "rotation", environment->rotation_rad,
                    "visible", environment->visible, "background",
                    floats (environment->background_nits, 3));
}

static void
describe_items (Export *self, const DioFrame *frame)
{
  json_t *items = json_object_get (self->json, "items");
  for (guint i = 0; i < frame->items->len; i++) {
    const DioFrameItem *item = &g_array_index (frame->items, DioFrameItem, i);
    const DioFrameLeaf *leaf = &g_array_index (frame->leaves, DioFrameLeaf, item->leaf - 1);
    guint mesh = place_of (self->meshes, item->mesh);
    guint material = place_of (self->materials, item->material);
    json_array_append_new (items,
                           json_pack ("{s:i, s:i, s:i, s:s, s:o}", "mesh", (int) mesh, "material",
                                      (int) material, "leaf", (int) item->leaf, "name", leaf->name,
                                      "world_from_mesh", reals (item->world_from_mesh.m, 16)));
  }
}

static gboolean
fill (Export *self, const DioFrame *frame, GError **error)
{
  json_object_set_new (self->json, "camera",
                       describe_camera (&g_array_index (frame->cameras, DioCamera, 0)));
  json_object_set_new (self->json, "environment", describe_environment (&frame->environment));
  describe_items (self, frame);
  for (guint i = 0; i < frame->lights->len; i++)
    json_array_append_new (json_object_get (self->json, "lights"),
                           describe_light (&g_array_index (frame->lights, DioFrameLight, i)));
  for (guint i = 0; i < self->materials->len; i++)
    json_array_append_new (json_object_get (self->json, "materials"),
                           describe_material (self, self->materials->pdata[i]));
  gboolean ok =
      frame->environment.radiance == NULL
      || cycles_write_array (frame->environment.radiance, self->folder, "environment.npy", error);
  for (guint i = 0; i < self->meshes->len && ok; i++)
    ok = write_mesh (self, self->meshes->pdata[i], error);
  for (guint i = 0; i < self->textures->len && ok; i++)
    ok = write_texture (self, self->textures->pdata[i], error);
  return ok;
}

gboolean
cycles_export (const DioFrame *frame, const char *folder, GError **error)
{
  g_return_val_if_fail (frame != NULL && frame->cameras->len > 0, FALSE);

  g_autoptr (GPtrArray) meshes = g_ptr_array_new ();
  g_autoptr (GPtrArray) materials = g_ptr_array_new ();
  g_autoptr (GPtrArray) textures = g_ptr_array_new ();
  g_autoptr (json_t) json = json_pack ("{s:[], s:[], s:[], s:[], s:[]}", "meshes", "textures",
                                       "materials", "items", "lights");
  Export self = { folder, meshes, materials, textures, json };
  if (!fill (&self, frame, error))
    return FALSE;
  g_autofree char *text = dio_json_to_text (json);
  return write_file (folder, "scene.json", text, strlen (text), error);
}
