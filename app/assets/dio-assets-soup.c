#define G_LOG_DOMAIN "dio-assets"

#include "dio-assets-soup-private.h"

#include "dio-core-pose.h"
#include "dio-core-vec.h"

#include <math.h>
#include <string.h>

/* A triangle is dropped when it cannot be drawn or measured: a corner that is no number or does not exist, or no
 * area. What is left is finite everywhere, on which boxes, normals and the renderers rely. */

DioSoup *
dio_soup_new (DioDiagnostics *findings)
{
  DioSoup *soup = g_new0 (DioSoup, 1);
  soup->surfaces = g_ptr_array_new_with_free_func ((GDestroyNotify) dio_surface_free);
  soup->materials = g_ptr_array_new_with_free_func ((GDestroyNotify) dio_material_unref);
  soup->groups = g_ptr_array_new_with_free_func (g_free);
  soup->findings = findings;
  soup->crease_cos = 0.5;
  return soup;
}

void
dio_soup_free (DioSoup *soup)
{
  if (soup == NULL)
    return;
  g_ptr_array_unref (soup->surfaces);
  g_ptr_array_unref (soup->materials);
  g_ptr_array_unref (soup->groups);
  g_free (soup);
}

DioSurface *
dio_surface_new (guint n_vertices, guint n_triangles)
{
  DioSurface *surface = g_new0 (DioSurface, 1);
  surface->n_vertices = n_vertices;
  surface->n_triangles = n_triangles;
  surface->positions = g_malloc_n (n_vertices, sizeof (double[3]));
  surface->triangles = g_malloc_n (n_triangles, sizeof (uint32_t[3]));
  return surface;
}

void
dio_surface_free (DioSurface *surface)
{
  if (surface == NULL)
    return;
  g_free (surface->positions);
  g_free (surface->normals);
  g_free (surface->tangents);
  g_free (surface->uvs[0]);
  g_free (surface->uvs[1]);
  g_free (surface->colors);
  g_free (surface->triangles);
  g_free (surface->triangle_groups);
  g_free (surface->node_name);
  g_free (surface);
}

DioBox3
dio_soup_get_bounds (const DioSoup *soup)
{
  DioBox3 box = dio_box3_empty ();
  for (guint s = 0; s < soup->surfaces->len; s++) {
    const DioSurface *surface = g_ptr_array_index (soup->surfaces, s);
    for (guint v = 0; v < surface->n_vertices; v++) {
      const double *p = surface->positions[v];
      dio_box3_add_point (&box, dio_vec3 (p[0], p[1], p[2]));
    }
  }
  return box;
}

guint64
dio_soup_count_triangles (const DioSoup *soup)
{
  guint64 count = 0;
  for (guint s = 0; s < soup->surfaces->len; s++)
    count += ((const DioSurface *) g_ptr_array_index (soup->surfaces, s))->n_triangles;
  return count;
}

void
dio_soup_translate (DioSoup *soup, DioVec3 offset)
{
  for (guint s = 0; s < soup->surfaces->len; s++) {
    DioSurface *surface = g_ptr_array_index (soup->surfaces, s);
    for (guint v = 0; v < surface->n_vertices; v++) {
      surface->positions[v][0] -= offset.x;
      surface->positions[v][1] -= offset.y;
      surface->positions[v][2] -= offset.z;
    }
  }
}

/* --- Cleaning ------------------------------------------------------------------------------------ */

typedef enum { FACE_GOOD, FACE_NOT_FINITE, FACE_DEGENERATE } FaceState;

static gboolean
is_finite3 (const double p[3])
{
  /* Beyond 1e30 a float's square is no number any more. */
  return fabs (p[0]) < 1e30 && fabs (p[1]) < 1e30 && fabs (p[2]) < 1e30;
}

static FaceState
judge_face (const DioSurface *surface, const uint32_t t[3])
{
  if (t[0] >= surface->n_vertices || t[1] >= surface->n_vertices || t[2] >= surface->n_vertices)
    return FACE_NOT_FINITE;
  const double *a = surface->positions[t[0]], *b = surface->positions[t[1]];
  const double *c = surface->positions[t[2]];
  if (!is_finite3 (a) || !is_finite3 (b) || !is_finite3 (c))
    return FACE_NOT_FINITE;
  DioVec3 ab = dio_vec3 (b[0] - a[0], b[1] - a[1], b[2] - a[2]);
  DioVec3 ac = dio_vec3 (c[0] - a[0], c[1] - a[1], c[2] - a[2]);
  DioVec3 cross = dio_vec3_cross (ab, ac);
  return dio_vec3_length (cross) > 1e-150 ? FACE_GOOD : FACE_DEGENERATE;
}

/* Moves vertex data from @from to the lower index @to. */
static void
move_vertex (DioSurface *surface, guint to, guint from)
{
  memcpy (surface->positions[to], surface->positions[from], sizeof surface->positions[to]);
  if (surface->normals != NULL)
    memcpy (surface->normals[to], surface->normals[from], sizeof surface->normals[to]);
  if (surface->tangents != NULL)
    memcpy (surface->tangents[to], surface->tangents[from], sizeof surface->tangents[to]);
  for (guint k = 0; k < 2; k++) {
    if (surface->uvs[k] != NULL)
      memcpy (surface->uvs[k][to], surface->uvs[k][from], sizeof surface->uvs[k][to]);
  }
  if (surface->colors != NULL)
    memcpy (surface->colors[to], surface->colors[from], sizeof surface->colors[to]);
}

static void
drop_unused_vertices (DioSurface *surface)
{
  g_autofree uint32_t *remap = g_new (uint32_t, surface->n_vertices + 1);
  memset (remap, 0xff, sizeof (uint32_t) * surface->n_vertices);
  for (guint t = 0; t < surface->n_triangles; t++) {
    for (guint k = 0; k < 3; k++)
      remap[surface->triangles[t][k]] = 0;
  }
  guint n = 0;
  for (guint v = 0; v < surface->n_vertices; v++) {
    if (remap[v] != 0)
      continue;
    if (n != v)
      move_vertex (surface, n, v);
    remap[v] = n++;
  }
  surface->n_vertices = n;
  for (guint t = 0; t < surface->n_triangles; t++) {
    for (guint k = 0; k < 3; k++)
      surface->triangles[t][k] = remap[surface->triangles[t][k]];
  }
}

static void
make_attributes_finite (DioSurface *surface)
{
  for (guint v = 0; v < surface->n_vertices; v++) {
    for (guint k = 0; k < 2; k++) {
      for (guint c = 0; surface->uvs[k] != NULL && c < 2; c++) {
        if (!isfinite (surface->uvs[k][v][c]) || fabsf (surface->uvs[k][v][c]) > 1e6f)
          surface->uvs[k][v][c] = 0;
      }
    }
    for (guint c = 0; surface->colors != NULL && c < 4; c++) {
      float value = surface->colors[v][c];
      surface->colors[v][c] = isfinite (value) ? CLAMP (value, 0.0f, 1.0f) : 1.0f;
    }
  }
}

static void
clean_surface (DioSurface *surface, guint64 *n_not_finite, guint64 *n_degenerate)
{
  guint n = 0;
  for (guint t = 0; t < surface->n_triangles; t++) {
    FaceState state = judge_face (surface, surface->triangles[t]);
    *n_not_finite += state == FACE_NOT_FINITE;
    *n_degenerate += state == FACE_DEGENERATE;
    if (state == FACE_GOOD)
      memmove (surface->triangles[n++], surface->triangles[t], sizeof surface->triangles[0]);
  }
  surface->n_triangles = n;
  drop_unused_vertices (surface);
  make_attributes_finite (surface);
}

void
dio_soup_clean (DioSoup *soup)
{
  guint64 n_all = dio_soup_count_triangles (soup), n_not_finite = 0, n_degenerate = 0;
  for (guint s = 0; s < soup->surfaces->len; s++)
    clean_surface (g_ptr_array_index (soup->surfaces, s), &n_not_finite, &n_degenerate);
  for (guint s = soup->surfaces->len; s > 0; s--) {
    const DioSurface *surface = g_ptr_array_index (soup->surfaces, s - 1);
    if (surface->n_triangles == 0)
      g_ptr_array_remove_index (soup->surfaces, s - 1);
  }
  soup->n_dropped = n_not_finite + n_degenerate;
  if (n_not_finite > 0)
    dio_diagnostics_add (soup->findings, DIO_SEVERITY_WARNING, "faces-not-finite", "",
                         "%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT
                         " triangles had corners that are no numbers or do not exist and were left "
                         "out; repair the file if something is missing",
                         n_not_finite, n_all);
  if (n_degenerate > 0)
    dio_diagnostics_add (soup->findings,
                         n_degenerate * 10 > n_all ? DIO_SEVERITY_WARNING : DIO_SEVERITY_NOTE,
                         "faces-degenerate", "",
                         "%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT
                         " triangles have no area and were left out; nothing needs to be done",
                         n_degenerate, n_all);
}

/* --- Welding ------------------------------------------------------------------------------------- */

static uint64_t
hash_position (const double p[3])
{
  uint64_t h = 0x9e3779b97f4a7c15u;
  for (guint k = 0; k < 3; k++) {
    double value = p[k] + 0.0; /* -0 and 0 are one place */
    uint64_t bits;
    memcpy (&bits, &value, sizeof bits);
    h = (h ^ bits) * 0xff51afd7ed558ccdu;
    h ^= h >> 32;
  }
  return h;
}

guint
dio_weld_positions (const double (*positions)[3], guint n, uint32_t *ids)
{
  gsize size = 16;
  while (size < (gsize) n * 2)
    size *= 2;
  /* Open addressing; a slot holds the first vertex of its position, plus one. */
  g_autofree uint32_t *slots = g_new0 (uint32_t, size);
  guint n_ids = 0;
  for (guint v = 0; v < n; v++) {
    const double *p = positions[v];
    gsize slot = (gsize) hash_position (p) & (size - 1);
    while (slots[slot] != 0) {
      const double *q = positions[slots[slot] - 1];
      if (p[0] == q[0] && p[1] == q[1] && p[2] == q[2])
        break;
      slot = (slot + 1) & (size - 1);
    }
    if (slots[slot] == 0) {
      slots[slot] = v + 1;
      ids[v] = n_ids++;
    } else {
      ids[v] = ids[slots[slot] - 1];
    }
  }
  return n_ids;
}
