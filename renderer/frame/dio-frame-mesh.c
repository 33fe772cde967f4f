#define G_LOG_DOMAIN "dio-frame"

#include "dio-frame-mesh.h"

#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-frame-hash-private.h"

DioMesh *
dio_mesh_new (const DioMeshDesc *desc)
{
  g_return_val_if_fail (desc != NULL && desc->n_vertices >= 1 && desc->n_triangles >= 1, NULL);

  DioMesh *mesh = g_new0 (DioMesh, 1);
  g_atomic_ref_count_init (&mesh->refs);
  mesh->n_vertices = desc->n_vertices;
  mesh->n_triangles = desc->n_triangles;
  mesh->positions = g_malloc_n (desc->n_vertices, sizeof *mesh->positions);
  mesh->normals = g_malloc_n (desc->n_vertices, sizeof *mesh->normals);
  mesh->triangles = g_malloc_n (desc->n_triangles, sizeof *mesh->triangles);
  if (desc->with_tangents)
    mesh->tangents = g_malloc_n (desc->n_vertices, sizeof *mesh->tangents);
  if (desc->with_uv0)
    mesh->uvs[0] = g_malloc_n (desc->n_vertices, sizeof *mesh->uvs[0]);
  if (desc->with_uv1)
    mesh->uvs[1] = g_malloc_n (desc->n_vertices, sizeof *mesh->uvs[1]);
  if (desc->with_colors)
    mesh->colors = g_malloc_n (desc->n_vertices, sizeof *mesh->colors);
  mesh->bounds = dio_box3_empty ();
  return mesh;
}

DioMesh *
dio_mesh_ref (DioMesh *mesh)
{
  g_return_val_if_fail (mesh != NULL, NULL);
  g_atomic_ref_count_inc (&mesh->refs);
  return mesh;
}

void
dio_mesh_unref (DioMesh *mesh)
{
  if (mesh == NULL || !g_atomic_ref_count_dec (&mesh->refs))
    return;
  g_free (mesh->positions);
  g_free (mesh->normals);
  g_free (mesh->tangents);
  g_free (mesh->uvs[0]);
  g_free (mesh->uvs[1]);
  g_free (mesh->colors);
  g_free (mesh->triangles);
  g_free (mesh);
}

static DioVec3
vec3_from_float (const float v[static 3])
{
  return dio_vec3 (v[0], v[1], v[2]);
}

static void
vec3_to_float (DioVec3 v, float out[static 3])
{
  out[0] = (float) v.x;
  out[1] = (float) v.y;
  out[2] = (float) v.z;
}

/* An absent array folds only a zero, so that no other combination of arrays has the same words. */
static uint64_t
hash_array (uint64_t state, const void *data, gsize n, gsize element_bytes)
{
  state = dio_frame_hash_u64 (state, data != NULL ? element_bytes : 0);
  return data != NULL ? dio_frame_hash_bytes (state, data, n * element_bytes) : state;
}

void
dio_mesh_seal (DioMesh *mesh)
{
  g_return_if_fail (mesh != NULL);

  mesh->bounds = dio_box3_empty ();
  for (guint i = 0; i < mesh->n_vertices; i++)
    dio_box3_add_point (&mesh->bounds, vec3_from_float (mesh->positions[i]));

  gsize n = mesh->n_vertices;
  uint64_t state = dio_frame_hash_string (0, "mesh");
  state = hash_array (state, mesh->positions, n, sizeof *mesh->positions);
  state = hash_array (state, mesh->normals, n, sizeof *mesh->normals);
  state = hash_array (state, mesh->tangents, n, sizeof *mesh->tangents);
  state = hash_array (state, mesh->uvs[0], n, sizeof *mesh->uvs[0]);
  state = hash_array (state, mesh->uvs[1], n, sizeof *mesh->uvs[1]);
  state = hash_array (state, mesh->colors, n, sizeof *mesh->colors);
  state = hash_array (state, mesh->triangles, mesh->n_triangles, sizeof *mesh->triangles);
  mesh->key = dio_frame_hash_finish (state);
}

gsize
dio_mesh_get_bytes (const DioMesh *mesh)
{
  g_return_val_if_fail (mesh != NULL, 0);
  gsize per_vertex = sizeof *mesh->positions + sizeof *mesh->normals;
  per_vertex += mesh->tangents != NULL ? sizeof *mesh->tangents : 0;
  per_vertex += mesh->uvs[0] != NULL ? sizeof *mesh->uvs[0] : 0;
  per_vertex += mesh->uvs[1] != NULL ? sizeof *mesh->uvs[1] : 0;
  per_vertex += mesh->colors != NULL ? sizeof *mesh->colors : 0;
  return sizeof *mesh + per_vertex * mesh->n_vertices
         + sizeof *mesh->triangles * (gsize) mesh->n_triangles;
}

void
dio_mesh_compute_normals (DioMesh *mesh)
{
  g_return_if_fail (mesh != NULL);
  /* Sums in double: a fan of a thousand slivers would lose its direction in float. */
  g_autofree DioVec3 *sums = g_new0 (DioVec3, mesh->n_vertices);

  for (guint t = 0; t < mesh->n_triangles; t++) {
    const uint32_t *v = mesh->triangles[t];
    DioVec3 a = vec3_from_float (mesh->positions[v[0]]);
    DioVec3 ab = dio_vec3_sub (vec3_from_float (mesh->positions[v[1]]), a);
    DioVec3 ac = dio_vec3_sub (vec3_from_float (mesh->positions[v[2]]), a);
    /* The length of the product is twice the area: the weight. */
    DioVec3 weighted = dio_vec3_cross (ab, ac);
    for (int k = 0; k < 3; k++)
      sums[v[k]] = dio_vec3_add (sums[v[k]], weighted);
  }
  for (guint i = 0; i < mesh->n_vertices; i++) {
    DioVec3 normal = dio_vec3_normalize (sums[i]);
    /* A vertex of nothing but degenerate triangles still needs a unit vector. */
    if (!dio_vec3_is_finite (normal) || dio_vec3_dot (normal, normal) == 0)
      normal = dio_vec3 (0, 0, 1);
    vec3_to_float (normal, mesh->normals[i]);
  }
}

/* Any unit vector orthogonal to the unit vector @n. */
static DioVec3
orthogonal (DioVec3 n)
{
  DioVec3 axis = fabs (n.x) < 0.6 ? dio_vec3 (1, 0, 0) : dio_vec3 (0, 1, 0);
  return dio_vec3_normalize (dio_vec3_sub (axis, dio_vec3_scale (n, dio_vec3_dot (axis, n))));
}

/* Adds dP/du and dP/dv of triangle @t to its vertices, weighted by nothing but their lengths. */
static void
add_triangle_gradients (const DioMesh *mesh, guint t, DioVec3 *along_u, DioVec3 *along_v)
{
  const uint32_t *v = mesh->triangles[t];
  const float *uv0 = mesh->uvs[0][v[0]], *uv1 = mesh->uvs[0][v[1]], *uv2 = mesh->uvs[0][v[2]];
  DioVec3 origin = vec3_from_float (mesh->positions[v[0]]);
  DioVec3 e1 = dio_vec3_sub (vec3_from_float (mesh->positions[v[1]]), origin);
  DioVec3 e2 = dio_vec3_sub (vec3_from_float (mesh->positions[v[2]]), origin);
  double u1 = (double) uv1[0] - uv0[0], v1 = (double) uv1[1] - uv0[1];
  double u2 = (double) uv2[0] - uv0[0], v2 = (double) uv2[1] - uv0[1];
  double determinant = u1 * v2 - u2 * v1;
  if (determinant == 0 || !isfinite (1 / determinant))
    return;

  double r = 1 / determinant;
  DioVec3 du = dio_vec3_scale (dio_vec3_sub (dio_vec3_scale (e1, v2), dio_vec3_scale (e2, v1)), r);
  DioVec3 dv = dio_vec3_scale (dio_vec3_sub (dio_vec3_scale (e2, u1), dio_vec3_scale (e1, u2)), r);
  for (int k = 0; k < 3; k++) {
    along_u[v[k]] = dio_vec3_add (along_u[v[k]], du);
    along_v[v[k]] = dio_vec3_add (along_v[v[k]], dv);
  }
}

void
dio_mesh_compute_tangents (DioMesh *mesh)
{
  g_return_if_fail (mesh != NULL && mesh->uvs[0] != NULL);
  if (mesh->tangents == NULL)
    mesh->tangents = g_malloc_n (mesh->n_vertices, sizeof *mesh->tangents);

  g_autofree DioVec3 *along_u = g_new0 (DioVec3, mesh->n_vertices);
  g_autofree DioVec3 *along_v = g_new0 (DioVec3, mesh->n_vertices);
  for (guint t = 0; t < mesh->n_triangles; t++)
    add_triangle_gradients (mesh, t, along_u, along_v);

  for (guint i = 0; i < mesh->n_vertices; i++) {
    DioVec3 n = vec3_from_float (mesh->normals[i]);
    DioVec3 t = dio_vec3_sub (along_u[i], dio_vec3_scale (n, dio_vec3_dot (n, along_u[i])));
    t = dio_vec3_normalize (t);
    if (!dio_vec3_is_finite (t) || dio_vec3_dot (t, t) == 0)
      t = orthogonal (n);
    vec3_to_float (t, mesh->tangents[i]);
    /* glTF: bitangent = cross (n, t) * w points up in the picture, and v grows downwards. */
    gboolean down = dio_vec3_dot (dio_vec3_cross (n, t), along_v[i]) > 0;
    mesh->tangents[i][3] = down ? -1 : 1;
  }
}
