#define G_LOG_DOMAIN "dio-assets"

#include "dio-assets-assimp-private.h"

#include "dio-core-error.h"
#include "dio-core-pose.h"
#include "dio-core-vec.h"

#include "dio-image-color.h"

#include <math.h>
#include <string.h>

/* From Assimp's tree of nodes to surfaces in the frame of the model: every mesh is copied for every node that shows
 * it, in double precision, so that mirrored, sheared and instanced nodes need no further care. The number of copies
 * is checked before the first is made. */

/* One node whose place is known. */
typedef struct {
  const struct aiNode *node;
  DioMat4 file_from_node;
} Placed;

DioMat4
dio_mat4_from_assimp (const struct aiMatrix4x4 *m)
{
  return (DioMat4){ { m->a1, m->b1, m->c1, m->d1, m->a2, m->b2, m->c2, m->d2, m->a3, m->b3, m->c3,
                      m->d3, m->a4, m->b4, m->c4, m->d4 } };
}

/* --- Axes and units ------------------------------------------------------------------------------ */

static gboolean
get_metadata_number (const struct aiScene *scene, const char *key, double *out)
{
  const struct aiMetadata *meta = scene->mMetaData;
  for (guint i = 0; meta != NULL && i < meta->mNumProperties; i++) {
    const struct aiMetadataEntry *entry = &meta->mValues[i];
    if (strcmp (meta->mKeys[i].data, key) != 0 || entry->mData == NULL)
      continue;
    if (entry->mType == AI_INT32)
      *out = *(const int32_t *) entry->mData;
    else if (entry->mType == AI_FLOAT)
      *out = *(const float *) entry->mData;
    else if (entry->mType == AI_DOUBLE)
      *out = *(const double *) entry->mData;
    else
      return FALSE;
    return isfinite (*out);
  }
  return FALSE;
}

static gboolean
is_y_up (const DioImport *import, const struct aiScene *scene)
{
  if (import->asset->up != DIO_UP_AUTO)
    return import->asset->up == DIO_UP_Y;
  switch (import->format) {
  case DIO_MODEL_PLY:
  case DIO_MODEL_STL:
    return FALSE;
  case DIO_MODEL_FBX: {
    double axis = 1;
    get_metadata_number (scene, "UpAxis", &axis);
    return axis != 2;
  }
  case DIO_MODEL_GLTF:
  case DIO_MODEL_OBJ:
  case DIO_MODEL_DAE: /* Assimp has turned it to Y up already */
    break;
  }
  return TRUE;
}

static double
get_scale (const DioImport *import, const struct aiScene *scene)
{
  if (import->asset->scale_to_m > 0)
    return import->asset->scale_to_m;
  if (import->format != DIO_MODEL_FBX)
    return 1;
  /* FBX counts in centimetres times this factor. */
  double factor = 1;
  get_metadata_number (scene, "UnitScaleFactor", &factor);
  return factor > 0 ? factor * 0.01 : 0.01;
}

static DioMat4
get_model_from_file (const DioImport *import, const struct aiScene *scene)
{
  double s = get_scale (import, scene);
  if (!is_y_up (import, scene))
    return (DioMat4){ { s, 0, 0, 0, 0, s, 0, 0, 0, 0, s, 0, 0, 0, 0, 1 } };
  /* +Y goes to +Z, and the +Z that a glTF looks along to -Y. */
  return (DioMat4){ { s, 0, 0, 0, 0, 0, s, 0, 0, -s, 0, 0, 0, 0, 0, 1 } };
}

/* --- Nodes --------------------------------------------------------------------------------------- */

/* All nodes, parents first, children in file order; iterative, for chains may be deep. */
static GArray *
place_nodes (const struct aiScene *scene)
{
  GArray *placed = g_array_new (FALSE, FALSE, sizeof (Placed));
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (Placed));
  Placed root = { scene->mRootNode, dio_mat4_from_assimp (&scene->mRootNode->mTransformation) };
  g_array_append_val (stack, root);
  while (stack->len > 0) {
    Placed at = g_array_index (stack, Placed, stack->len - 1);
    g_array_set_size (stack, stack->len - 1);
    g_array_append_val (placed, at);
    for (guint c = at.node->mNumChildren; c > 0; c--) {
      const struct aiNode *child = at.node->mChildren[c - 1];
      DioMat4 local = dio_mat4_from_assimp (&child->mTransformation);
      Placed next = { child, dio_mat4_multiply (&at.file_from_node, &local) };
      g_array_append_val (stack, next);
    }
  }
  return placed;
}

static gboolean
check_count (const DioImport *import, const struct aiScene *scene, GArray *placed, GError **error)
{
  guint64 count = 0;
  for (guint p = 0; p < placed->len; p++) {
    const struct aiNode *node = g_array_index (placed, Placed, p).node;
    for (guint m = 0; m < node->mNumMeshes; m++)
      count += scene->mMeshes[node->mMeshes[m]]->mNumFaces;
  }
  if (count <= DIO_SOUP_MAX_TRIANGLES)
    return TRUE;
  g_set_error (error, DIO_ERROR, DIO_ERROR_LIMIT,
               "%s has %" G_GUINT64_FORMAT " faces counted with every instance; at most %u are "
               "read; simplify the model",
               import->name, count, DIO_SOUP_MAX_TRIANGLES);
  return FALSE;
}

/* --- Vertices ------------------------------------------------------------------------------------ */

/* Where each vertex of a mesh goes: one matrix, or one per vertex for a mesh with bones. */
typedef struct {
  DioMat4 rigid;
  DioMat4 *skinned; /* [n_vertices] or NULL */
} Placement;

static const DioMat4 *
placement_at (const Placement *placement, guint vertex)
{
  return placement->skinned != NULL ? &placement->skinned[vertex] : &placement->rigid;
}

static void
add_weighted (DioMat4 *sum, const DioMat4 *m, double weight)
{
  for (guint i = 0; i < 16; i++)
    sum->m[i] += m->m[i] * weight;
}

/* The pose of the file: every bone where its node stands. The mesh's own node does not matter then
 * (glTF 2.0, 3.7.3.3). Vertices without weights stay with their node. */
static void
skin (Placement *placement, const struct aiMesh *mesh, GHashTable *by_name, const DioMat4 *root)
{
  g_autofree double *sums = g_new0 (double, mesh->mNumVertices);
  placement->skinned = g_new0 (DioMat4, mesh->mNumVertices);
  for (guint b = 0; b < mesh->mNumBones; b++) {
    const struct aiBone *bone = mesh->mBones[b];
    const DioMat4 *file_from_bone = g_hash_table_lookup (by_name, bone->mName.data);
    if (file_from_bone == NULL)
      continue;
    DioMat4 offset = dio_mat4_from_assimp (&bone->mOffsetMatrix);
    DioMat4 posed = dio_mat4_multiply (file_from_bone, &offset);
    posed = dio_mat4_multiply (root, &posed);
    if (!dio_mat4_is_finite (&posed))
      continue;
    for (guint w = 0; w < bone->mNumWeights; w++) {
      guint vertex = bone->mWeights[w].mVertexId;
      double weight = bone->mWeights[w].mWeight;
      if (vertex >= mesh->mNumVertices || !isfinite (weight) || weight <= 0)
        continue;
      add_weighted (&placement->skinned[vertex], &posed, weight);
      sums[vertex] += weight;
    }
  }
  for (guint v = 0; v < mesh->mNumVertices; v++) {
    if (sums[v] < 1e-6) {
      placement->skinned[v] = placement->rigid;
      continue;
    }
    for (guint i = 0; i < 16; i++)
      placement->skinned[v].m[i] /= sums[v];
  }
}

static void
store3 (float out[3], DioVec3 v)
{
  out[0] = (float) v.x;
  out[1] = (float) v.y;
  out[2] = (float) v.z;
}

static DioVec3
vec3_from_assimp (struct aiVector3D v)
{
  return dio_vec3 (v.x, v.y, v.z);
}

static void
fill_frames (DioSurface *surface, const struct aiMesh *mesh, const Placement *placement)
{
  surface->normals = g_malloc_n (surface->n_vertices, sizeof (float[3]));
  if (mesh->mTangents != NULL && mesh->mBitangents != NULL)
    surface->tangents = g_malloc_n (surface->n_vertices, sizeof (float[4]));
  for (guint v = 0; v < surface->n_vertices; v++) {
    const DioMat4 *m = placement_at (placement, v);
    DioVec3 n =
        dio_vec3_normalize (dio_mat4_transform_normal (m, vec3_from_assimp (mesh->mNormals[v])));
    store3 (surface->normals[v], n);
    if (surface->tangents == NULL)
      continue;
    DioVec3 t = dio_mat4_transform_vector (m, vec3_from_assimp (mesh->mTangents[v]));
    DioVec3 b = dio_mat4_transform_vector (m, vec3_from_assimp (mesh->mBitangents[v]));
    t = dio_vec3_normalize (dio_vec3_sub (t, dio_vec3_scale (n, dio_vec3_dot (n, t))));
    store3 (surface->tangents[v], t);
    surface->tangents[v][3] = dio_vec3_dot (dio_vec3_cross (n, t), b) < 0 ? -1.0f : 1.0f;
  }
}

/* A tangent without direction would give NaN in shaders: the whole set is made anew instead. */
static void
drop_broken_tangents (DioSurface *surface)
{
  for (guint v = 0; surface->tangents != NULL && v < surface->n_vertices; v++) {
    const float *t = surface->tangents[v];
    float length2 = t[0] * t[0] + t[1] * t[1] + t[2] * t[2];
    if (!(length2 > 0.5f && length2 < 2.0f))
      g_clear_pointer (&surface->tangents, g_free);
  }
}

static void
fill_uvs (DioSurface *surface, const struct aiMesh *mesh)
{
  for (guint s = 0; s < 2; s++) {
    const struct aiVector3D *from = mesh->mTextureCoords[s];
    if (from == NULL)
      continue;
    surface->uvs[s] = g_malloc_n (surface->n_vertices, sizeof (float[2]));
    for (guint v = 0; v < surface->n_vertices; v++) {
      surface->uvs[s][v][0] = from[v].x;
      /* Assimp counts v from the bottom. */
      surface->uvs[s][v][1] = 1.0f - from[v].y;
    }
  }
}

/* glTF's vertex colours are linear; those of the older formats are what a screen shows. */
static void
fill_colors (DioSurface *surface, const struct aiMesh *mesh, gboolean linear)
{
  const struct aiColor4D *from = mesh->mColors[0];
  if (from == NULL)
    return;
  surface->colors = g_malloc_n (surface->n_vertices, sizeof (float[4]));
  for (guint v = 0; v < surface->n_vertices; v++) {
    const float rgb[3] = { from[v].r, from[v].g, from[v].b };
    for (guint c = 0; c < 3; c++) {
      gboolean convert = !linear && isfinite (rgb[c]);
      surface->colors[v][c] =
          convert ? (float) dio_linear_from_srgb (CLAMP (rgb[c], 0.0f, 1.0f)) : rgb[c];
    }
    surface->colors[v][3] = from[v].a;
  }
}

static void
fill_triangles (DioSurface *surface, const struct aiMesh *mesh, gboolean mirrored)
{
  guint n = 0;
  for (guint f = 0; f < mesh->mNumFaces; f++) {
    const struct aiFace *face = &mesh->mFaces[f];
    if (face->mNumIndices != 3)
      continue;
    uint32_t *t = surface->triangles[n++];
    t[0] = face->mIndices[0];
    t[1] = face->mIndices[mirrored ? 2 : 1];
    t[2] = face->mIndices[mirrored ? 1 : 2];
  }
  surface->n_triangles = n;
}

static DioSurface *
surface_from_mesh (const DioImport *import, const struct aiMesh *mesh, const Placement *placement)
{
  DioSurface *surface = dio_surface_new (mesh->mNumVertices, mesh->mNumFaces);
  for (guint v = 0; v < mesh->mNumVertices; v++) {
    DioVec3 p = dio_mat4_transform_point (placement_at (placement, v),
                                          vec3_from_assimp (mesh->mVertices[v]));
    surface->positions[v][0] = p.x;
    surface->positions[v][1] = p.y;
    surface->positions[v][2] = p.z;
  }
  if (mesh->mNormals != NULL)
    fill_frames (surface, mesh, placement);
  drop_broken_tangents (surface);
  fill_uvs (surface, mesh);
  fill_colors (surface, mesh, import->format == DIO_MODEL_GLTF);
  fill_triangles (surface, mesh, dio_mat4_determinant3 (placement_at (placement, 0)) < 0);
  surface->material = mesh->mMaterialIndex;
  return surface;
}

/* --- The whole ----------------------------------------------------------------------------------- */

static const char *
get_node_name (const DioImport *import, const struct aiNode *node)
{
  if (import->gltf == NULL)
    return node->mName.data;
  /* The rewritten document calls its nodes by number. */
  if (node->mName.data[0] != 'n')
    return "";
  return dio_gltf_get_node_name (import->gltf,
                                 (guint) g_ascii_strtoull (node->mName.data + 1, NULL, 10));
}

/* glTF materials are called by number too, because Assimp orders them by first use. */
static guint
find_material (const DioImport *import,
               const struct aiScene *scene,
               const struct aiMesh *mesh,
               guint n_materials)
{
  if (import->gltf == NULL)
    return MIN (mesh->mMaterialIndex, n_materials - 1);
  struct aiString name = { 0 };
  if (mesh->mMaterialIndex >= scene->mNumMaterials
      || aiGetMaterialString (scene->mMaterials[mesh->mMaterialIndex], AI_MATKEY_NAME, &name)
             != aiReturn_SUCCESS
      || name.data[0] != 'm' || !g_ascii_isdigit (name.data[1]))
    return n_materials - 1;
  return (guint) MIN (g_ascii_strtoull (name.data + 1, NULL, 10), n_materials - 1);
}

static void
add_mesh (DioImport *import,
          const struct aiScene *scene,
          DioSoup *soup,
          guint mesh_index,
          const Placed *placed,
          guint node_index,
          GHashTable *by_name)
{
  const struct aiMesh *mesh = scene->mMeshes[mesh_index];
  DioMat4 root = get_model_from_file (import, scene);
  Placement placement = { dio_mat4_multiply (&root, &placed->file_from_node), NULL };
  if (mesh->mNumBones > 0)
    skin (&placement, mesh, by_name, &root);
  DioSurface *surface = surface_from_mesh (import, mesh, &placement);
  g_free (placement.skinned);
  surface->material = find_material (import, scene, mesh, soup->materials->len);
  surface->node = node_index;
  surface->node_name = g_strdup (get_node_name (import, placed->node));
  g_ptr_array_add (soup->surfaces, surface);
}

static GHashTable *
index_by_name (GArray *placed)
{
  GHashTable *by_name = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint p = placed->len; p > 0; p--) {
    Placed *at = &g_array_index (placed, Placed, p - 1);
    /* Of equal names the first wins. */
    g_hash_table_insert (by_name, (gpointer) at->node->mName.data, &at->file_from_node);
  }
  return by_name;
}

gboolean
dio_assimp_flatten (DioImport *import, const struct aiScene *scene, DioSoup *soup, GError **error)
{
  g_autoptr (GArray) placed = place_nodes (scene);
  if (!check_count (import, scene, placed, error))
    return FALSE;
  g_autoptr (GHashTable) by_name = index_by_name (placed);
  guint n_others = 0;
  soup->y_up = is_y_up (import, scene);
  for (guint p = 0; p < placed->len; p++) {
    const Placed *at = &g_array_index (placed, Placed, p);
    for (guint m = 0; m < at->node->mNumMeshes; m++) {
      const struct aiMesh *mesh = scene->mMeshes[at->node->mMeshes[m]];
      gboolean triangles = (mesh->mPrimitiveTypes & aiPrimitiveType_TRIANGLE) != 0;
      if (triangles && mesh->mNumVertices > 0)
        add_mesh (import, scene, soup, at->node->mMeshes[m], at, p, by_name);
      else
        n_others++;
    }
  }
  if (n_others > 0)
    dio_diagnostics_add (soup->findings, DIO_SEVERITY_NOTE, "points-or-lines", "",
                         "%u meshes of points or lines were left out: only triangles are drawn",
                         n_others);
  if (soup->surfaces->len > 0)
    return TRUE;
  g_set_error (error, DIO_ERROR, DIO_ERROR_UNSUPPORTED,
               "%s holds no triangles%s: there is nothing to draw", import->name,
               n_others > 0 ? ", only points or lines" : "");
  return FALSE;
}
