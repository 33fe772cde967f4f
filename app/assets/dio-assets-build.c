#define G_LOG_DOMAIN "dio-assets"

#include "dio-assets-soup-private.h"
#include "dio-core-pose.h"

#include <string.h>

/* From surfaces to parts. A file may have 20,000 nodes that share 8 materials: drawn as they come they would be
 * 20,000 draws. Surfaces of one (group, material, set of attributes) are therefore joined to one mesh, which is
 * possible because their positions already stand in the frame of the model. */

/* Triangles of one surface that go into one part. */
typedef struct {
  const DioSurface *surface;
  guint order; /* of the surface, so that sorting is stable */
  guint group, material, mask;
  guint n_triangles;
  uint32_t *picked; /* triangle indices, or NULL for all */
} Chunk;

enum { MASK_TANGENTS = 1, MASK_UV0 = 2, MASK_UV1 = 4, MASK_COLORS = 8 };

static void
chunk_clear_cb (gpointer data)
{
  g_free (((Chunk *) data)->picked);
}

static guint
surface_mask (const DioSurface *surface)
{
  return (surface->tangents != NULL ? MASK_TANGENTS : 0) | (surface->uvs[0] != NULL ? MASK_UV0 : 0)
         | (surface->uvs[1] != NULL ? MASK_UV1 : 0) | (surface->colors != NULL ? MASK_COLORS : 0);
}

static gint
compare_triangles_cb (gconstpointer a, gconstpointer b, gpointer data)
{
  uint32_t ia = *(const uint32_t *) a, ib = *(const uint32_t *) b;
  const guint *groups = data;
  if (groups[ia] != groups[ib])
    return groups[ia] < groups[ib] ? -1 : 1;
  return ia < ib ? -1 : ia > ib;
}

static void
add_chunks (GArray *chunks, const DioSurface *surface, guint order)
{
  Chunk chunk = {
    surface, order, surface->group, surface->material, surface_mask (surface), surface->n_triangles,
    NULL
  };
  if (surface->triangle_groups == NULL) {
    g_array_append_val (chunks, chunk);
    return;
  }
  g_autofree uint32_t *sorted = g_new (uint32_t, surface->n_triangles);
  for (uint32_t t = 0; t < surface->n_triangles; t++)
    sorted[t] = t;
  g_qsort_with_data (sorted, (gint) surface->n_triangles, sizeof *sorted, compare_triangles_cb,
                     surface->triangle_groups);
  for (guint first = 0, end; first < surface->n_triangles; first = end) {
    chunk.group = surface->triangle_groups[sorted[first]];
    for (end = first; end < surface->n_triangles; end++) {
      if (surface->triangle_groups[sorted[end]] != chunk.group)
        break;
    }
    chunk.n_triangles = end - first;
    chunk.picked = g_memdup2 (sorted + first, sizeof *sorted * chunk.n_triangles);
    g_array_append_val (chunks, chunk);
  }
}

static gint
compare_chunks_cb (gconstpointer a, gconstpointer b)
{
  const Chunk *ca = a, *cb = b;
  const guint ka[] = { ca->group, ca->material, ca->mask, ca->order };
  const guint kb[] = { cb->group, cb->material, cb->mask, cb->order };
  for (guint k = 0; k < G_N_ELEMENTS (ka); k++) {
    if (ka[k] != kb[k])
      return ka[k] < kb[k] ? -1 : 1;
  }
  return 0;
}

/* Which new vertex an old one became; valid where the stamp is that of the chunk. */
typedef struct {
  uint32_t *index, *stamp;
  uint32_t now;
} Remap;

static guint
count_vertices (const Chunk *chunk, Remap *remap)
{
  remap->now++;
  guint n = 0;
  for (guint i = 0; i < chunk->n_triangles; i++) {
    const uint32_t *t = chunk->surface->triangles[chunk->picked != NULL ? chunk->picked[i] : i];
    for (guint k = 0; k < 3; k++) {
      n += remap->stamp[t[k]] != remap->now;
      remap->stamp[t[k]] = remap->now;
    }
  }
  return n;
}

static void
copy_vertex (DioMesh *mesh, guint to, const DioSurface *surface, guint from)
{
  for (guint k = 0; k < 3; k++)
    mesh->positions[to][k] = (float) surface->positions[from][k];
  memcpy (mesh->normals[to], surface->normals[from], sizeof mesh->normals[to]);
  if (mesh->tangents != NULL)
    memcpy (mesh->tangents[to], surface->tangents[from], sizeof mesh->tangents[to]);
  for (guint s = 0; s < 2; s++) {
    if (mesh->uvs[s] != NULL)
      memcpy (mesh->uvs[s][to], surface->uvs[s][from], sizeof mesh->uvs[s][to]);
  }
  if (mesh->colors != NULL)
    memcpy (mesh->colors[to], surface->colors[from], sizeof mesh->colors[to]);
}

static void
append_chunk (
    DioMesh *mesh, guint *n_vertices, guint *n_triangles, const Chunk *chunk, Remap *remap)
{
  remap->now++;
  for (guint i = 0; i < chunk->n_triangles; i++) {
    const uint32_t *t = chunk->surface->triangles[chunk->picked != NULL ? chunk->picked[i] : i];
    uint32_t *out = mesh->triangles[(*n_triangles)++];
    for (guint k = 0; k < 3; k++) {
      if (remap->stamp[t[k]] != remap->now) {
        remap->stamp[t[k]] = remap->now;
        remap->index[t[k]] = *n_vertices;
        copy_vertex (mesh, (*n_vertices)++, chunk->surface, t[k]);
      }
      out[k] = remap->index[t[k]];
    }
  }
}

static DioMesh *
build_mesh (const Chunk *chunks, guint n, gboolean needs_tangents, Remap *remap)
{
  DioMeshDesc desc = {
    .with_tangents = (chunks[0].mask & MASK_TANGENTS) != 0,
    .with_uv0 = (chunks[0].mask & MASK_UV0) != 0,
    .with_uv1 = (chunks[0].mask & MASK_UV1) != 0,
    .with_colors = (chunks[0].mask & MASK_COLORS) != 0,
  };
  for (guint c = 0; c < n; c++) {
    desc.n_triangles += chunks[c].n_triangles;
    desc.n_vertices += count_vertices (&chunks[c], remap);
  }
  DioMesh *mesh = dio_mesh_new (&desc);
  guint n_vertices = 0, n_triangles = 0;
  for (guint c = 0; c < n; c++)
    append_chunk (mesh, &n_vertices, &n_triangles, &chunks[c], remap);
  if (needs_tangents && mesh->tangents == NULL && mesh->uvs[0] != NULL)
    dio_mesh_compute_tangents (mesh);
  dio_mesh_seal (mesh);
  return mesh;
}

static guint
max_vertices (const DioSoup *soup)
{
  guint most = 0;
  for (guint s = 0; s < soup->surfaces->len; s++)
    most = MAX (most, ((const DioSurface *) g_ptr_array_index (soup->surfaces, s))->n_vertices);
  return most;
}

static DioModel *
model_with_materials (const DioSoup *soup, GHashTable *group_labels)
{
  DioModel *model = dio_model_new ();
  for (guint m = 0; m < soup->materials->len; m++)
    dio_model_take_material (model, dio_material_ref (g_ptr_array_index (soup->materials, m)));
  for (guint g = 0; g < soup->groups->len; g++) {
    const char *name = g_ptr_array_index (soup->groups, g);
    gpointer label;
    /* A failed look-up writes NULL, which would read as `own`. */
    if (group_labels == NULL || !g_hash_table_lookup_extended (group_labels, name, NULL, &label))
      label = GINT_TO_POINTER (DIO_GROUP_LABEL_INCLUDE);
    dio_model_add_group (model, name, (DioGroupLabel) GPOINTER_TO_INT (label));
  }
  return model;
}

DioModel *
dio_soup_to_model (DioSoup *soup, GHashTable *group_labels)
{
  g_autoptr (GArray) chunks = g_array_new (FALSE, FALSE, sizeof (Chunk));
  g_array_set_clear_func (chunks, chunk_clear_cb);
  for (guint s = 0; s < soup->surfaces->len; s++)
    add_chunks (chunks, g_ptr_array_index (soup->surfaces, s), s);
  g_array_sort (chunks, compare_chunks_cb);

  DioModel *model = model_with_materials (soup, group_labels);
  guint most = max_vertices (soup);
  g_autofree uint32_t *index = g_new (uint32_t, most + 1);
  g_autofree uint32_t *stamp = g_new0 (uint32_t, most + 1);
  Remap remap = { index, stamp, 0 };
  DioMat4 identity = dio_mat4_identity ();
  for (guint first = 0, end; first < chunks->len; first = end) {
    const Chunk *a = &g_array_index (chunks, Chunk, first);
    for (end = first + 1; end < chunks->len; end++) {
      const Chunk *b = &g_array_index (chunks, Chunk, end);
      if (a->group != b->group || a->material != b->material || a->mask != b->mask)
        break;
    }
    const DioMaterial *material = g_ptr_array_index (soup->materials, a->material);
    gboolean needs_tangents = material->normal_texture.texture != NULL;
    DioMesh *mesh = build_mesh (a, end - first, needs_tangents, &remap);
    dio_model_take_part (model, mesh, a->material, a->group, &identity);
  }
  dio_model_seal (model);
  return model;
}
