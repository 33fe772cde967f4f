#define G_LOG_DOMAIN "dio-assets"

#include "dio-assets-gltf-private.h"

#include "dio-core-error.h"

#include <math.h>
#include <string.h>

/* Assimp never sees the author's document. It gets one that is built here from what was checked: no images, no
 * extensions but Draco, no names but numbers, no attribute that Diorama does not read. What the file says beyond
 * that (materials, names, textures) is read from its own JSON by dio-assets-gltf-material.c, and the numbers lead
 * back to it. */

#define DRACO "KHR_draco_mesh_compression"

/* The document as it grows. */
typedef struct {
  DioImport *import;
  DioGltf *gltf;
  json_t *views, *accessors, *meshes;
  GHashTable *done;  /* (accessor * 2 + floats) + 1 -> Done, so that shared accessors stay shared */
  guint *max_joints; /* per mesh: highest joint index that has weight */
  gboolean has_draco;
  guint n_dropped_attributes;
} Rewriter;

typedef struct {
  DioGltfValues values;
  guint accessor; /* in the new document */
} Done;

/* --- Accessors ----------------------------------------------------------------------------------- */

static guint
add_view (Rewriter *w, gsize offset, gsize length)
{
  json_array_append_new (w->views,
                         json_pack ("{s:i, s:I, s:I}", "buffer", 0, "byteOffset",
                                    (json_int_t) offset, "byteLength", (json_int_t) length));
  return (guint) json_array_size (w->views) - 1;
}

static guint
add_accessor (Rewriter *w, const DioGltfValues *values, int component_type)
{
  static const char *const shapes[] = { NULL, "SCALAR", "VEC2", "VEC3", "VEC4" };
  const char *shape = values->components == 16 ? "MAT4" : shapes[values->components];
  gsize bytes = component_type == 5123 ? 2 : 4;
  guint view = add_view (w, values->offset, (gsize) values->count * values->components * bytes);
  json_array_append_new (w->accessors, json_pack ("{s:i, s:i, s:I, s:s}", "bufferView", (int) view,
                                                  "componentType", component_type, "count",
                                                  (json_int_t) values->count, "type", shape));
  return (guint) json_array_size (w->accessors) - 1;
}

/* Accessor @index as plain values, once. */
static const Done *
expand (Rewriter *w, guint64 index, gboolean floats, GError **error)
{
  gpointer key = GSIZE_TO_POINTER (index * 2 + (floats ? 1 : 0) + 1);
  Done *done = g_hash_table_lookup (w->done, key);
  if (done != NULL)
    return done;
  DioGltfValues values;
  if (!dio_gltf_expand (w->gltf, index, floats, &values, error))
    return NULL;
  done = g_new (Done, 1);
  done->values = values;
  done->accessor = add_accessor (w, &values, floats ? 5126 : 5125);
  g_hash_table_insert (w->done, key, done);
  return done;
}

/* Room for @count elements of @bytes at the end of the data, 4-byte aligned. */
static gsize
reserve (Rewriter *w, gsize bytes)
{
  gsize offset = w->gltf->data->len;
  gsize padded = (bytes + 3) & ~(gsize) 3;
  g_byte_array_set_size (w->gltf->data, (guint) (offset + padded));
  memset (w->gltf->data->data + offset, 0, padded);
  return offset;
}

static gboolean
has_room (Rewriter *w, guint64 bytes, GError **error)
{
  if (bytes <= DIO_GLTF_MAX_DATA - w->gltf->data->len)
    return TRUE;
  g_set_error (error, DIO_ERROR, DIO_ERROR_LIMIT,
               "%s holds more than %u MiB of geometry; simplify it", w->gltf->file_name,
               (guint) (DIO_GLTF_MAX_DATA >> 20));
  return FALSE;
}

/* Colours with an alpha of their own. */
static gboolean
add_colors (Rewriter *w, const Done *rgb, guint *accessor, GError **error)
{
  if (rgb->values.components == 4) {
    *accessor = rgb->accessor;
    return TRUE;
  }
  DioGltfValues values = { rgb->values.count, 4, TRUE, 0 };
  if (!has_room (w, values.count * 16, error))
    return FALSE;
  values.offset = reserve (w, (gsize) values.count * 16);
  const float one = 1;
  for (gsize i = 0; i < values.count; i++) {
    guint8 *to = w->gltf->data->data + values.offset + i * 16;
    memcpy (to, w->gltf->data->data + rgb->values.offset + i * 12, 12);
    memcpy (to + 12, &one, 4);
  }
  *accessor = add_accessor (w, &values, 5126);
  return TRUE;
}

/* --- Primitives ---------------------------------------------------------------------------------- */

/* One attribute that Diorama reads. */
static const struct {
  const char *name;
  guint components, components_too;
} attributes[] = {
  { "POSITION", 3, 3 },   { "NORMAL", 3, 3 },     { "TANGENT", 4, 4 },
  { "TEXCOORD_0", 2, 2 }, { "TEXCOORD_1", 2, 2 }, { "COLOR_0", 3, 4 },
};

/* An attribute with @count elements of the right shape; NULL without error where it is absent or unfit. */
static const Done *
expand_attribute (Rewriter *w, const json_t *from, guint a, guint64 count, GError **error)
{
  guint64 index;
  if (json_object_get (from, attributes[a].name) == NULL)
    return NULL;
  if (!dio_gltf_get_uint (from, attributes[a].name, 0, &index)) {
    dio_gltf_refuse (w->gltf, error, "the attribute %s is no index", attributes[a].name);
    return NULL;
  }
  const Done *done = expand (w, index, TRUE, error);
  if (done == NULL)
    return NULL;
  gboolean shape = done->values.components == attributes[a].components
                   || done->values.components == attributes[a].components_too;
  if (shape && (count == 0 || done->values.count == count))
    return done;
  w->n_dropped_attributes++;
  return NULL;
}

static gboolean
add_attributes (Rewriter *w, const json_t *from, json_t *to, guint64 count, GError **error)
{
  for (guint a = 1; a < G_N_ELEMENTS (attributes); a++) {
    GError *inner = NULL;
    const Done *done = expand_attribute (w, from, a, count, &inner);
    if (inner != NULL) {
      g_propagate_error (error, inner);
      return FALSE;
    }
    if (done == NULL)
      continue;
    guint accessor = done->accessor;
    if (strcmp (attributes[a].name, "COLOR_0") == 0 && !add_colors (w, done, &accessor, error))
      return FALSE;
    json_object_set_new (to, attributes[a].name, json_integer (accessor));
  }
  /* Assimp insists on a first set where there is a second. */
  json_t *second = json_object_get (to, "TEXCOORD_1");
  if (second != NULL && json_object_get (to, "TEXCOORD_0") == NULL)
    json_object_set (to, "TEXCOORD_0", second);
  return TRUE;
}

/* Joints as 16 bit, those without weight set to the first; notes the highest that is in use. */
static gboolean
add_joints (Rewriter *w, const json_t *from, json_t *to, guint64 count, guint mesh, GError **error)
{
  guint64 joint_index, weight_index;
  if (json_object_get (from, "JOINTS_0") == NULL || json_object_get (from, "WEIGHTS_0") == NULL)
    return TRUE;
  if (!dio_gltf_get_uint (from, "JOINTS_0", 0, &joint_index)
      || !dio_gltf_get_uint (from, "WEIGHTS_0", 0, &weight_index))
    return dio_gltf_refuse (w->gltf, error, "the joints of a mesh are no index");
  const Done *joints = expand (w, joint_index, FALSE, error);
  const Done *weights = joints != NULL ? expand (w, weight_index, TRUE, error) : NULL;
  if (weights == NULL)
    return FALSE;
  if (joints->values.components != 4 || weights->values.components != 4
      || joints->values.count != count || weights->values.count != count)
    return dio_gltf_refuse (w->gltf, error, "the joints of a mesh do not fit its vertices");
  DioGltfValues values = { count, 4, FALSE, 0 };
  if (!has_room (w, count * 8, error))
    return FALSE;
  values.offset = reserve (w, (gsize) count * 8);
  for (gsize i = 0; i < count * 4; i++) {
    guint32 joint;
    float weight;
    memcpy (&joint, w->gltf->data->data + joints->values.offset + i * 4, 4);
    memcpy (&weight, w->gltf->data->data + weights->values.offset + i * 4, 4);
    guint16 kept = weight > 0 ? (guint16) MIN (joint, G_MAXUINT16) : 0;
    w->max_joints[mesh] = MAX (w->max_joints[mesh], kept);
    memcpy (w->gltf->data->data + values.offset + i * 2, &kept, 2);
  }
  json_object_set_new (to, "JOINTS_0", json_integer (add_accessor (w, &values, 5123)));
  json_object_set_new (to, "WEIGHTS_0", json_integer (weights->accessor));
  return TRUE;
}

static gboolean
add_indices (Rewriter *w, const json_t *from, json_t *to, guint64 count, GError **error)
{
  guint64 index;
  if (json_object_get (from, "indices") == NULL)
    return TRUE;
  if (!dio_gltf_get_uint (from, "indices", 0, &index))
    return dio_gltf_refuse (w->gltf, error, "the indices of a mesh are no accessor");
  const Done *done = expand (w, index, FALSE, error);
  if (done == NULL)
    return FALSE;
  if (done->values.components != 1)
    return dio_gltf_refuse (w->gltf, error, "the indices of a mesh are no single numbers");
  const guint8 *data = w->gltf->data->data + done->values.offset;
  for (gsize i = 0; i < done->values.count; i++) {
    guint32 vertex;
    memcpy (&vertex, data + i * 4, 4);
    if (vertex >= count)
      return dio_gltf_refuse (w->gltf, error,
                              "a triangle uses vertex %u of a mesh that has %" G_GUINT64_FORMAT,
                              vertex, count);
  }
  json_object_set_new (to, "indices", json_integer (done->accessor));
  return TRUE;
}

/* Accessor @index as it is, without its view: Draco fills it. */
static gboolean
copy_plain_accessor (Rewriter *w, json_t *owner, const char *key, guint64 index, GError **error)
{
  const json_t *accessor = dio_gltf_get (w->gltf, "accessors", index);
  guint64 count, type;
  const char *shape = json_string_value (json_object_get (accessor, "type"));
  if (accessor == NULL || shape == NULL || !dio_gltf_get_uint (accessor, "count", 0, &count)
      || !dio_gltf_get_uint (accessor, "componentType", 0, &type) || count == 0
      || count > DIO_GLTF_MAX_DATA / 64 || type < 5120 || type > 5126)
    return dio_gltf_refuse (w->gltf, error, "a compressed mesh has no sensible accessors");
  json_array_append_new (w->accessors, json_pack ("{s:i, s:I, s:s}", "componentType", (int) type,
                                                  "count", (json_int_t) count, "type", shape));
  json_object_set_new (owner, key, json_integer ((json_int_t) json_array_size (w->accessors) - 1));
  return TRUE;
}

static gboolean
add_draco (Rewriter *w, const json_t *from, const json_t *extension, json_t *to, GError **error)
{
  const json_t *compressed = json_object_get (extension, "attributes");
  json_t *new_attributes = json_object (), *new_compressed = json_object ();
  json_object_set_new (to, "attributes", new_attributes);
  json_t *new_extension = json_object ();
  json_object_set_new (new_extension, "attributes", new_compressed);
  json_t *holder = json_object ();
  json_object_set_new (holder, DRACO, new_extension);
  json_object_set_new (to, "extensions", holder);

  guint64 view, index, stride;
  const guint8 *data;
  gsize size;
  if (!dio_gltf_get_uint (extension, "bufferView", G_MAXUINT32, &view)
      || !dio_gltf_get_view (w->gltf, view, &data, &size, &stride))
    return dio_gltf_refuse (w->gltf, error, "a compressed mesh has no data");
  if (!has_room (w, size, error))
    return FALSE;
  gsize offset = reserve (w, size);
  memcpy (w->gltf->data->data + offset, data, size);
  json_object_set_new (new_extension, "bufferView", json_integer (add_view (w, offset, size)));
  for (guint a = 0; a < G_N_ELEMENTS (attributes); a++) {
    const char *name = attributes[a].name;
    guint64 id;
    if (json_object_get (compressed, name) == NULL)
      continue;
    if (!dio_gltf_get_uint (compressed, name, 0, &id)
        || !dio_gltf_get_uint (json_object_get (from, "attributes"), name, G_MAXUINT32, &index)
        || id > G_MAXUINT16)
      return dio_gltf_refuse (w->gltf, error, "a compressed mesh has no sensible attributes");
    if (!copy_plain_accessor (w, new_attributes, name, index, error))
      return FALSE;
    json_object_set_new (new_compressed, name, json_integer ((json_int_t) id));
  }
  w->has_draco = TRUE;
  if (!dio_gltf_get_uint (from, "indices", G_MAXUINT32, &index))
    return dio_gltf_refuse (w->gltf, error, "a compressed mesh has no indices");
  return copy_plain_accessor (w, to, "indices", index, error);
}

static gboolean
add_plain (Rewriter *w, const json_t *from, json_t *to, guint mesh, GError **error)
{
  const json_t *named = json_object_get (from, "attributes");
  GError *inner = NULL;
  const Done *positions = expand_attribute (w, named, 0, 0, &inner);
  if (positions == NULL) {
    if (inner != NULL)
      g_propagate_error (error, inner);
    else
      dio_gltf_refuse (w->gltf, error, "a mesh has no positions");
    return FALSE;
  }
  guint64 count = positions->values.count;
  json_t *new_attributes = json_object ();
  json_object_set_new (to, "attributes", new_attributes);
  json_object_set_new (new_attributes, "POSITION", json_integer (positions->accessor));
  return add_attributes (w, named, new_attributes, count, error)
         && add_joints (w, named, new_attributes, count, mesh, error)
         && add_indices (w, from, to, count, error);
}

static gboolean
add_primitive (Rewriter *w, const json_t *from, json_t *list, guint mesh, GError **error)
{
  json_t *to = json_object ();
  json_array_append_new (list, to);
  guint64 mode, material;
  if (!json_is_object (from) || !json_is_object (json_object_get (from, "attributes"))
      || !dio_gltf_get_uint (from, "mode", 4, &mode) || mode > 6)
    return dio_gltf_refuse (w->gltf, error, "meshes[%u] has a primitive without sense", mesh);
  json_object_set_new (to, "mode", json_integer ((json_int_t) mode));
  if (json_object_get (from, "material") != NULL) {
    if (!dio_gltf_get_uint (from, "material", 0, &material)
        || dio_gltf_get (w->gltf, "materials", material) == NULL)
      return dio_gltf_refuse (w->gltf, error, "meshes[%u] names a material that does not exist",
                              mesh);
    json_object_set_new (to, "material", json_integer ((json_int_t) material));
  }
  const json_t *draco = json_object_get (json_object_get (from, "extensions"), DRACO);
  return draco != NULL ? add_draco (w, from, draco, to, error)
                       : add_plain (w, from, to, mesh, error);
}

static gboolean
add_meshes (Rewriter *w, GError **error)
{
  for (guint m = 0; m < dio_gltf_count (w->gltf, "meshes"); m++) {
    const json_t *from = json_object_get (dio_gltf_get (w->gltf, "meshes", m), "primitives");
    json_t *primitives = json_array ();
    json_array_append_new (w->meshes, json_pack ("{s:o}", "primitives", primitives));
    if (!json_is_array (from) || json_array_size (from) == 0)
      return dio_gltf_refuse (w->gltf, error, "meshes[%u] has no primitives", m);
    size_t i;
    json_t *primitive;
    json_array_foreach (from, i, primitive) {
      if (!add_primitive (w, primitive, primitives, m, error))
        return FALSE;
    }
  }
  return TRUE;
}

/* --- Nodes --------------------------------------------------------------------------------------- */

/* An array of @n numbers under @key; *@there says whether the member exists. */
static gboolean
get_numbers (const json_t *object, const char *key, guint n, double *out, gboolean *there)
{
  const json_t *array = json_object_get (object, key);
  *there = array != NULL;
  if (array == NULL)
    return TRUE;
  if (json_array_size (array) != n)
    return FALSE;
  for (guint i = 0; i < n; i++) {
    const json_t *number = json_array_get (array, i);
    out[i] = json_number_value (number);
    if (!json_is_number (number) || !(fabs (out[i]) < 1e30))
      return FALSE;
  }
  return TRUE;
}

static void
set_numbers (json_t *object, const char *key, guint n, const double *values)
{
  json_t *array = json_array ();
  for (guint i = 0; i < n; i++)
    json_array_append_new (array, json_real (values[i]));
  json_object_set_new (object, key, array);
}

static gboolean
add_transform (Rewriter *w, const json_t *from, json_t *to, guint node, GError **error)
{
  static const struct {
    const char *key;
    guint n;
  } parts[] = { { "matrix", 16 }, { "translation", 3 }, { "rotation", 4 }, { "scale", 3 } };
  for (guint p = 0; p < G_N_ELEMENTS (parts); p++) {
    double values[16];
    gboolean there;
    if (!get_numbers (from, parts[p].key, parts[p].n, values, &there))
      return dio_gltf_refuse (w->gltf, error, "the %s of nodes[%u] is not %u sensible numbers",
                              parts[p].key, node, parts[p].n);
    if (!there)
      continue;
    if (parts[p].n == 4) {
      double length2 = values[0] * values[0] + values[1] * values[1] + values[2] * values[2]
                       + values[3] * values[3];
      if (length2 < 1e-12) {
        dio_diagnostics_add (w->import->findings, DIO_SEVERITY_WARNING, "no-rotation",
                             dio_gltf_get_node_name (w->gltf, node),
                             "the rotation of node %u is (0, 0, 0, 0), which is none; it was left "
                             "unrotated",
                             node);
        continue;
      }
      for (guint i = 0; i < 4; i++)
        values[i] /= sqrt (length2);
    }
    set_numbers (to, parts[p].key, parts[p].n, values);
    /* A matrix excludes the others. */
    if (p == 0)
      break;
  }
  return TRUE;
}

static gboolean
add_node (Rewriter *w, guint index, json_t *nodes, GError **error)
{
  const json_t *from = dio_gltf_get (w->gltf, "nodes", index);
  json_t *to = json_object ();
  json_array_append_new (nodes, to);
  g_autofree char *name = g_strdup_printf ("n%u", index);
  json_object_set_new (to, "name", json_string (name));
  json_t *children = json_object_get (from, "children");
  if (json_array_size (children) > 0)
    json_object_set (to, "children", children);
  guint64 mesh, skin;
  if (!add_transform (w, from, to, index, error)
      || !dio_gltf_get_uint (from, "mesh", G_MAXUINT32, &mesh)
      || !dio_gltf_get_uint (from, "skin", G_MAXUINT32, &skin))
    return FALSE;
  if (mesh == G_MAXUINT32)
    return TRUE;
  json_object_set_new (to, "mesh", json_integer ((json_int_t) mesh));
  if (skin == G_MAXUINT32)
    return TRUE;
  guint64 n_joints =
      json_array_size (json_object_get (dio_gltf_get (w->gltf, "skins", skin), "joints"));
  if (w->max_joints[mesh] >= n_joints)
    return dio_gltf_refuse (w->gltf, error,
                            "meshes[%" G_GUINT64_FORMAT
                            "] uses joint %u of a skin that has %" G_GUINT64_FORMAT,
                            mesh, w->max_joints[mesh], n_joints);
  json_object_set_new (to, "skin", json_integer ((json_int_t) skin));
  return TRUE;
}

static gboolean
add_skins (Rewriter *w, json_t *skins, GError **error)
{
  for (guint s = 0; s < dio_gltf_count (w->gltf, "skins"); s++) {
    const json_t *from = dio_gltf_get (w->gltf, "skins", s);
    json_t *joints = json_object_get (from, "joints");
    json_t *to = json_object ();
    json_array_append_new (skins, to);
    json_object_set (to, "joints", joints);
    guint64 index;
    if (json_object_get (from, "inverseBindMatrices") == NULL)
      continue;
    if (!dio_gltf_get_uint (from, "inverseBindMatrices", 0, &index))
      return FALSE;
    const Done *done = expand (w, index, TRUE, error);
    if (done == NULL)
      return FALSE;
    if (done->values.components != 16 || done->values.count < json_array_size (joints))
      return dio_gltf_refuse (w->gltf, error, "skins[%u] has too few matrices", s);
    json_object_set_new (to, "inverseBindMatrices", json_integer (done->accessor));
  }
  return TRUE;
}

/* --- The whole ----------------------------------------------------------------------------------- */

/* The nodes of the scene that is shown: the default one, else the first, else all that have no parent. */
static json_t *
pick_roots (const DioGltf *gltf)
{
  guint64 scene = 0;
  dio_gltf_get_uint (gltf->root, "scene", 0, &scene);
  json_t *nodes = json_object_get (dio_gltf_get (gltf, "scenes", scene), "nodes");
  if (json_array_size (nodes) > 0)
    return json_incref (nodes);
  guint n = dio_gltf_count (gltf, "nodes");
  g_autofree gboolean *is_child = g_new0 (gboolean, n + 1);
  for (guint i = 0; i < n; i++) {
    size_t c;
    json_t *child;
    json_array_foreach (json_object_get (dio_gltf_get (gltf, "nodes", i), "children"), c, child) {
      is_child[json_integer_value (child)] = TRUE;
    }
  }
  json_t *roots = json_array ();
  for (guint i = 0; i < n; i++) {
    if (!is_child[i])
      json_array_append_new (roots, json_integer (i));
  }
  return roots;
}

static json_t *
list_materials (const DioGltf *gltf)
{
  json_t *materials = json_array ();
  for (guint m = 0; m < dio_gltf_count (gltf, "materials"); m++) {
    g_autofree char *name = g_strdup_printf ("m%u", m);
    json_array_append_new (materials, json_pack ("{s:s}", "name", name));
  }
  return materials;
}

static void
set_unless_empty (json_t *root, const char *key, json_t *array)
{
  if (json_array_size (array) > 0)
    json_object_set (root, key, array);
}

static char *
write_document (Rewriter *w, json_t *nodes, json_t *skins)
{
  g_autoptr (json_t) root = json_pack ("{s:{s:s}, s:i}", "asset", "version", "2.0", "scene", 0);
  json_t *scene = json_object ();
  g_autoptr (json_t) roots = pick_roots (w->gltf);
  json_object_set (scene, "nodes", roots);
  json_t *scenes = json_array ();
  json_array_append_new (scenes, scene);
  json_object_set_new (root, "scenes", scenes);
  g_autoptr (json_t) materials = list_materials (w->gltf);
  set_unless_empty (root, "nodes", nodes);
  set_unless_empty (root, "meshes", w->meshes);
  set_unless_empty (root, "skins", skins);
  set_unless_empty (root, "materials", materials);
  set_unless_empty (root, "bufferViews", w->views);
  set_unless_empty (root, "accessors", w->accessors);
  json_object_set_new (root, "buffers",
                       json_pack ("[{s:s, s:I}]", "uri", DIO_GLTF_BUFFER, "byteLength",
                                  (json_int_t) w->gltf->data->len));
  if (w->has_draco)
    json_object_set_new (root, "extensionsUsed", json_pack ("[s]", DRACO));
  return dio_json_to_line (root);
}

static char *
rewrite (Rewriter *w, GError **error)
{
  g_autoptr (json_t) nodes = json_array ();
  g_autoptr (json_t) skins = json_array ();
  if (!add_meshes (w, error) || !add_skins (w, skins, error))
    return NULL;
  for (guint n = 0; n < dio_gltf_count (w->gltf, "nodes"); n++) {
    if (!add_node (w, n, nodes, error))
      return NULL;
  }
  if (json_array_size (w->meshes) == 0 || json_array_size (nodes) == 0) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_UNSUPPORTED,
                 "%s holds no meshes in its scene: there is nothing to draw", w->gltf->file_name);
    return NULL;
  }
  if (w->n_dropped_attributes > 0)
    dio_diagnostics_add (w->import->findings, DIO_SEVERITY_WARNING, "attributes-unfit", "",
                         "%u vertex attributes have another length or shape than their mesh needs "
                         "and were left out; export the model again",
                         w->n_dropped_attributes);
  return write_document (w, nodes, skins);
}

char *
dio_gltf_rewrite (DioImport *import, DioGltf *gltf, GError **error)
{
  Rewriter w = { .import = import, .gltf = gltf };
  w.views = json_array ();
  w.accessors = json_array ();
  w.meshes = json_array ();
  w.done = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  w.max_joints = g_new0 (guint, dio_gltf_count (gltf, "meshes") + 1);
  char *text = rewrite (&w, error);
  if (text == NULL && error != NULL && *error == NULL)
    dio_gltf_refuse (gltf, error, "a node or skin has no sensible members");
  json_decref (w.views);
  json_decref (w.accessors);
  json_decref (w.meshes);
  g_hash_table_unref (w.done);
  g_free (w.max_joints);
  return text;
}
