#define G_LOG_DOMAIN "dio-assets"

#include "dio-assets-gltf-private.h"

#include "dio-core-error.h"

#include <string.h>

/* glTF demands a strict tree of nodes; readers that trust it recurse without end in a cycle, and expand a graph in
 * which each level names the next one twice to 2^depth nodes. Both are refused by the rule of one parent. */

/* Marks of a node while the graph is walked. */
typedef struct {
  gboolean has_parent;
} NodeMark;

static gboolean
check_shapes (const DioGltf *gltf, GError **error)
{
  static const char *const arrays[] = { "accessors", "bufferViews", "buffers", "images",
                                        "materials", "meshes",      "nodes",   "samplers",
                                        "scenes",    "skins",       "textures" };
  for (guint a = 0; a < G_N_ELEMENTS (arrays); a++) {
    const json_t *array = json_object_get (gltf->root, arrays[a]);
    if (array == NULL)
      continue;
    if (!json_is_array (array))
      return dio_gltf_refuse (gltf, error, "%s is no array", arrays[a]);
    size_t i;
    json_t *item;
    json_array_foreach (array, i, item) {
      if (!json_is_object (item))
        return dio_gltf_refuse (gltf, error, "%s[%" G_GSIZE_FORMAT "] is no object", arrays[a], i);
    }
  }
  return TRUE;
}

static gboolean
check_views (const DioGltf *gltf, GError **error)
{
  for (guint v = 0; v < dio_gltf_count (gltf, "bufferViews"); v++) {
    const guint8 *data;
    gsize size;
    guint64 stride;
    if (!dio_gltf_get_view (gltf, v, &data, &size, &stride))
      return dio_gltf_refuse (gltf, error, "bufferViews[%u] lies outside its buffer", v);
  }
  return TRUE;
}

/* A list of node indices under @key; each must exist. */
static gboolean
check_node_list (
    const DioGltf *gltf, const json_t *owner, const char *key, const char *what, GError **error)
{
  const json_t *list = json_object_get (owner, key);
  if (list == NULL)
    return TRUE;
  if (!json_is_array (list))
    return dio_gltf_refuse (gltf, error, "the %s of %s is no array", key, what);
  size_t i;
  json_t *item;
  json_array_foreach (list, i, item) {
    json_int_t index = json_is_integer (item) ? json_integer_value (item) : -1;
    if (index < 0 || index >= dio_gltf_count (gltf, "nodes"))
      return dio_gltf_refuse (gltf, error, "the %s of %s name a node that does not exist", key,
                              what);
  }
  return TRUE;
}

static gboolean
mark_children (const DioGltf *gltf, NodeMark *marks, GError **error)
{
  for (guint n = 0; n < dio_gltf_count (gltf, "nodes"); n++) {
    const json_t *node = dio_gltf_get (gltf, "nodes", n);
    g_autofree char *what = g_strdup_printf ("nodes[%u]", n);
    if (!check_node_list (gltf, node, "children", what, error))
      return FALSE;
    size_t i;
    json_t *item;
    json_array_foreach (json_object_get (node, "children"), i, item) {
      NodeMark *mark = &marks[json_integer_value (item)];
      if (mark->has_parent)
        return dio_gltf_refuse (gltf, error,
                                "node %" JSON_INTEGER_FORMAT
                                " has more than one parent; its nodes are no tree",
                                json_integer_value (item));
      mark->has_parent = TRUE;
    }
  }
  return TRUE;
}

/* Walks down from all roots level by level. With one parent each, a node that no root reaches is in a cycle. */
static gboolean
check_tree (const DioGltf *gltf, GError **error)
{
  guint n_nodes = dio_gltf_count (gltf, "nodes"), n_reached = 0, depth = 0;
  g_autofree NodeMark *marks = g_new0 (NodeMark, n_nodes + 1);
  if (!mark_children (gltf, marks, error))
    return FALSE;
  g_autoptr (GArray) level = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint n = 0; n < n_nodes; n++) {
    if (!marks[n].has_parent)
      g_array_append_val (level, n);
  }
  while (level->len > 0) {
    if (++depth > DIO_GLTF_MAX_NODE_DEPTH)
      return dio_gltf_refuse (gltf, error, "its nodes are nested more than %u deep",
                              DIO_GLTF_MAX_NODE_DEPTH);
    GArray *next = g_array_new (FALSE, FALSE, sizeof (guint));
    for (guint i = 0; i < level->len; i++) {
      const json_t *node = dio_gltf_get (gltf, "nodes", g_array_index (level, guint, i));
      size_t c;
      json_t *item;
      n_reached++;
      json_array_foreach (json_object_get (node, "children"), c, item) {
        guint child = (guint) json_integer_value (item);
        g_array_append_val (next, child);
      }
    }
    g_array_unref (level);
    level = next;
  }
  if (n_reached < n_nodes)
    return dio_gltf_refuse (gltf, error, "a node is its own ancestor");
  return TRUE;
}

/* An index member that must name an element of @array if it is there. */
static gboolean
check_index (
    const DioGltf *gltf, const json_t *object, const char *key, const char *array, GError **error)
{
  guint64 index;
  if (json_object_get (object, key) == NULL)
    return TRUE;
  if (!dio_gltf_get_uint (object, key, 0, &index) || dio_gltf_get (gltf, array, index) == NULL)
    return dio_gltf_refuse (gltf, error, "a %s names an element of %s that does not exist", key,
                            array);
  return TRUE;
}

static gboolean
check_scenes_and_skins (const DioGltf *gltf, GError **error)
{
  for (guint s = 0; s < dio_gltf_count (gltf, "scenes"); s++) {
    if (!check_node_list (gltf, dio_gltf_get (gltf, "scenes", s), "nodes", "a scene", error))
      return FALSE;
  }
  for (guint s = 0; s < dio_gltf_count (gltf, "skins"); s++) {
    const json_t *skin = dio_gltf_get (gltf, "skins", s);
    if (!check_node_list (gltf, skin, "joints", "a skin", error)
        || !check_index (gltf, skin, "skeleton", "nodes", error)
        || !check_index (gltf, skin, "inverseBindMatrices", "accessors", error))
      return FALSE;
    if (json_array_size (json_object_get (skin, "joints")) == 0)
      return dio_gltf_refuse (gltf, error, "skins[%u] has no joints", s);
  }
  for (guint n = 0; n < dio_gltf_count (gltf, "nodes"); n++) {
    const json_t *node = dio_gltf_get (gltf, "nodes", n);
    if (!check_index (gltf, node, "mesh", "meshes", error)
        || !check_index (gltf, node, "skin", "skins", error))
      return FALSE;
  }
  return check_index (gltf, gltf->root, "scene", "scenes", error);
}

gboolean
dio_gltf_vet (const DioGltf *gltf, GError **error)
{
  return check_shapes (gltf, error) && check_views (gltf, error) && check_tree (gltf, error)
         && check_scenes_and_skins (gltf, error);
}
