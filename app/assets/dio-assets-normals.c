#define G_LOG_DOMAIN "dio-assets"

#include "dio-assets-soup-private.h"
#include "dio-core-vec.h"

#include <math.h>
#include <string.h>

/* Normals for meshes that bring none. Each corner gets the area-weighted mean of the faces around its position
 * whose direction differs from its own face by less than the crease; a vertex whose corners disagree is split.
 * Positions are welded first, for files often repeat a vertex for every face. */

/* A vertex that more faces share than this is not smoothed: the work grows with the square. */
#define MAX_VALENCE 512u

/* Faces around each welded position, in compressed rows. */
typedef struct {
  uint32_t *ids;    /* [n_vertices] */
  uint32_t *starts; /* [n_ids + 1] */
  uint32_t *faces;  /* [3 * n_triangles] */
} Neighbours;

static void
neighbours_clear (Neighbours *n)
{
  g_free (n->ids);
  g_free (n->starts);
  g_free (n->faces);
}

static void
neighbours_init (Neighbours *n, const DioSurface *surface)
{
  n->ids = g_new (uint32_t, surface->n_vertices);
  guint n_ids =
      dio_weld_positions ((const double (*)[3]) surface->positions, surface->n_vertices, n->ids);
  n->starts = g_new0 (uint32_t, n_ids + 1);
  n->faces = g_new (uint32_t, (gsize) surface->n_triangles * 3);
  for (guint t = 0; t < surface->n_triangles; t++) {
    for (guint k = 0; k < 3; k++)
      n->starts[n->ids[surface->triangles[t][k]] + 1]++;
  }
  for (guint i = 0; i < n_ids; i++)
    n->starts[i + 1] += n->starts[i];
  g_autofree uint32_t *next = g_memdup2 (n->starts, sizeof (uint32_t) * (n_ids + 1));
  for (guint t = 0; t < surface->n_triangles; t++) {
    for (guint k = 0; k < 3; k++)
      n->faces[next[n->ids[surface->triangles[t][k]]]++] = t;
  }
}

/* Normals as long as twice the area. */
static DioVec3 *
compute_face_normals (const DioSurface *surface)
{
  DioVec3 *normals = g_new (DioVec3, surface->n_triangles);
  for (guint t = 0; t < surface->n_triangles; t++) {
    const uint32_t *i = surface->triangles[t];
    const double *a = surface->positions[i[0]], *b = surface->positions[i[1]];
    const double *c = surface->positions[i[2]];
    normals[t] = dio_vec3_cross (dio_vec3 (b[0] - a[0], b[1] - a[1], b[2] - a[2]),
                                 dio_vec3 (c[0] - a[0], c[1] - a[1], c[2] - a[2]));
  }
  return normals;
}

static DioVec3
corner_normal (const Neighbours *n,
               const DioVec3 *face_normals,
               guint triangle,
               uint32_t vertex,
               double crease_cos)
{
  DioVec3 own = dio_vec3_normalize (face_normals[triangle]);
  guint first = n->starts[n->ids[vertex]], end = n->starts[n->ids[vertex] + 1];
  if (crease_cos > 1 || end - first > MAX_VALENCE)
    return own;
  DioVec3 sum = { 0, 0, 0 };
  for (guint i = first; i < end; i++) {
    DioVec3 other = face_normals[n->faces[i]];
    if (dio_vec3_dot (own, dio_vec3_normalize (other)) >= crease_cos)
      sum = dio_vec3_add (sum, other);
  }
  DioVec3 unit = dio_vec3_normalize (sum);
  return dio_vec3_dot (unit, unit) > 0.5 ? unit : own;
}

/* The vertex that has @normal among those made from @vertex, or a new one. @chain links them. */
static uint32_t
split_vertex (GArray *origin, GArray *normals, GArray *chain, uint32_t vertex, const float n[3])
{
  uint32_t at = vertex;
  for (;;) {
    float *have = (float *) (gpointer) normals->data + (gsize) at * 3;
    if (have[0] == 0 && have[1] == 0 && have[2] == 0) {
      memcpy (have, n, sizeof (float) * 3);
      return at;
    }
    if (memcmp (have, n, sizeof (float) * 3) == 0)
      return at;
    uint32_t next = g_array_index (chain, uint32_t, at);
    if (next == 0)
      break;
    at = next;
  }
  uint32_t made = origin->len, end = 0;
  g_array_index (chain, uint32_t, at) = made;
  g_array_append_val (origin, vertex);
  g_array_append_val (chain, end);
  g_array_append_vals (normals, n, 3);
  return made;
}

static gpointer
gather (gpointer data, gsize item, const GArray *origin)
{
  if (data == NULL)
    return NULL;
  guint8 *out = g_malloc (item * origin->len);
  for (guint v = 0; v < origin->len; v++)
    memcpy (out + item * v, (guint8 *) data + item * g_array_index (origin, uint32_t, v), item);
  g_free (data);
  return out;
}

static void
make_normals (DioSurface *surface, double crease_cos)
{
  Neighbours neighbours;
  neighbours_init (&neighbours, surface);
  g_autofree DioVec3 *faces = compute_face_normals (surface);
  guint n = surface->n_vertices;
  GArray *origin = g_array_sized_new (FALSE, FALSE, sizeof (uint32_t), n);
  GArray *chain = g_array_sized_new (FALSE, TRUE, sizeof (uint32_t), n);
  GArray *normals = g_array_sized_new (FALSE, TRUE, sizeof (float), n * 3);
  for (uint32_t v = 0; v < n; v++)
    g_array_append_val (origin, v);
  g_array_set_size (chain, n);
  g_array_set_size (normals, n * 3);
  memset (chain->data, 0, sizeof (uint32_t) * n);
  memset (normals->data, 0, sizeof (float) * n * 3);
  for (guint t = 0; t < surface->n_triangles; t++) {
    for (guint k = 0; k < 3; k++) {
      uint32_t *corner = &surface->triangles[t][k];
      DioVec3 unit = corner_normal (&neighbours, faces, t, *corner, crease_cos);
      float f[3] = { (float) unit.x, (float) unit.y, (float) unit.z };
      *corner = split_vertex (origin, normals, chain, *corner, f);
    }
  }
  surface->positions = gather (surface->positions, sizeof surface->positions[0], origin);
  surface->uvs[0] = gather (surface->uvs[0], sizeof surface->uvs[0][0], origin);
  surface->uvs[1] = gather (surface->uvs[1], sizeof surface->uvs[1][0], origin);
  surface->colors = gather (surface->colors, sizeof surface->colors[0], origin);
  /* The file's tangents belong to normals that it did not give. */
  g_clear_pointer (&surface->tangents, g_free);
  surface->n_vertices = origin->len;
  g_free (surface->normals);
  surface->normals = (gpointer) g_array_free (normals, FALSE);
  g_array_free (origin, TRUE);
  g_array_free (chain, TRUE);
  neighbours_clear (&neighbours);
}

static gboolean
is_good_normal (const float n[3])
{
  float length2 = n[0] * n[0] + n[1] * n[1] + n[2] * n[2];
  return isfinite (length2) && length2 > 1e-12f;
}

/* Gives normals without direction the one of their faces, and makes all of them unit. */
static guint
repair_normals (DioSurface *surface)
{
  guint n_bad = 0;
  for (guint v = 0; v < surface->n_vertices; v++) {
    float *n = surface->normals[v];
    if (!is_good_normal (n)) {
      n_bad++;
      memset (n, 0, sizeof (float) * 3);
      continue;
    }
    double length = sqrt ((double) n[0] * n[0] + (double) n[1] * n[1] + (double) n[2] * n[2]);
    for (guint k = 0; k < 3; k++)
      n[k] = (float) (n[k] / length);
  }
  if (n_bad == 0)
    return 0;
  g_autofree DioVec3 *faces = compute_face_normals (surface);
  for (guint t = 0; t < surface->n_triangles; t++) {
    DioVec3 unit = dio_vec3_normalize (faces[t]);
    for (guint k = 0; k < 3; k++) {
      float *n = surface->normals[surface->triangles[t][k]];
      if (is_good_normal (n))
        continue;
      n[0] = (float) unit.x;
      n[1] = (float) unit.y;
      n[2] = (float) unit.z;
    }
  }
  return n_bad;
}

void
dio_soup_complete_normals (DioSoup *soup)
{
  guint n_without = 0, n_bad = 0;
  for (guint s = 0; s < soup->surfaces->len; s++) {
    DioSurface *surface = g_ptr_array_index (soup->surfaces, s);
    if (surface->normals == NULL) {
      n_without++;
      make_normals (surface, soup->crease_cos);
    } else {
      n_bad += repair_normals (surface);
    }
  }
  if (n_without > 0)
    dio_diagnostics_add (soup->findings, DIO_SEVERITY_NOTE, "no-normals", "",
                         "%u of %u meshes have no normals; %s ones were made; export normals if "
                         "the shading looks wrong",
                         n_without, soup->surfaces->len, soup->crease_cos > 1 ? "flat" : "smooth");
  if (n_bad > 0)
    dio_diagnostics_add (soup->findings, DIO_SEVERITY_NOTE, "normals-repaired", "",
                         "%u vertex normals have no direction and were replaced by those of their "
                         "faces",
                         n_bad);
}
