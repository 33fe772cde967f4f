#define G_LOG_DOMAIN "dio-rays"

#include "dio-rays-private.h"

#include <string.h>

/* Which triangles of a mesh meet at which edge. Vertices at one place to the bit count as one, because meshes
 * repeat them where normals or texture coordinates jump. Only an edge at which exactly two triangles meet
 * that run along it in opposite directions is inner; at every other one each side is listed as a border. */

/** A triangle's side while edges are being matched. */
typedef struct {
  guint low, high; /**< places, low < high */
  guint from, to;  /**< vertices in the triangle's order */
  guint triangle;
  gboolean upward; /**< the triangle runs from low to high */
} Side;

static guint
hash_place (gconstpointer position)
{
  uint32_t words[3];
  memcpy (words, position, sizeof words);
  uint32_t hash = words[0] * 0x9e3779b1u;
  hash = ((hash ^ (hash >> 15)) + words[1]) * 0x85ebca77u;
  hash = ((hash ^ (hash >> 13)) + words[2]) * 0xc2b2ae3du;
  return hash ^ (hash >> 16);
}

static gboolean
same_place (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, 3 * sizeof (float)) == 0;
}

/** For every vertex the first one at its place. */
static guint *
find_places (const DioMesh *mesh)
{
  guint *places = g_new (guint, MAX (mesh->n_vertices, 1));
  g_autoptr (GHashTable) first = g_hash_table_new (hash_place, same_place);
  for (guint i = 0; i < mesh->n_vertices; i++) {
    gpointer known;
    if (g_hash_table_lookup_extended (first, mesh->positions[i], NULL, &known)) {
      places[i] = GPOINTER_TO_UINT (known);
    } else {
      g_hash_table_insert (first, mesh->positions[i], GUINT_TO_POINTER (i));
      places[i] = i;
    }
  }
  return places;
}

static int
compare_sides_cb (gconstpointer a, gconstpointer b)
{
  const Side *first = a, *second = b;
  if (first->low != second->low)
    return first->low < second->low ? -1 : 1;
  if (first->high != second->high)
    return first->high < second->high ? -1 : 1;
  return (first->triangle > second->triangle) - (first->triangle < second->triangle);
}

static GArray *
list_sides (const DioMesh *mesh)
{
  g_autofree guint *places = find_places (mesh);
  GArray *sides = g_array_sized_new (FALSE, FALSE, sizeof (Side), mesh->n_triangles * 3);
  for (guint i = 0; i < mesh->n_triangles; i++)
    for (guint k = 0; k < 3; k++) {
      guint from = mesh->triangles[i][k], to = mesh->triangles[i][(k + 1) % 3];
      guint a = places[from], b = places[to];
      Side side = { MIN (a, b), MAX (a, b), from, to, i, a < b };
      if (a != b)
        g_array_append_val (sides, side);
    }
  g_array_sort (sides, compare_sides_cb);
  return sides;
}

/** Whether what alpha is made of is the same at two vertices of one place. */
static gboolean
looks_same (const DioMesh *mesh, guint a, guint b)
{
  if (a == b)
    return TRUE;
  for (guint set = 0; set < 2; set++)
    if (mesh->uvs[set] != NULL
        && memcmp (mesh->uvs[set][a], mesh->uvs[set][b], sizeof mesh->uvs[set][a]) != 0)
      return FALSE;
  return mesh->colors == NULL
         || memcmp (mesh->colors[a], mesh->colors[b], sizeof mesh->colors[a]) == 0;
}

RayTopology *
ray_topology_new (const DioMesh *mesh)
{
  g_autoptr (GArray) sides = list_sides (mesh);
  GArray *edges = g_array_sized_new (FALSE, FALSE, sizeof (RayEdge), sides->len / 2 + 1);
  for (guint i = 0, next; i < sides->len; i = next) {
    const Side *side = &g_array_index (sides, Side, i), *other = side + 1;
    for (next = i + 1; next < sides->len; next++) {
      const Side *last = &g_array_index (sides, Side, next);
      if (last->low != side->low || last->high != side->high)
        break;
    }
    gboolean inner = next == i + 2 && side->upward != other->upward;
    for (guint k = i; k < (inner ? i + 1 : next); k++) {
      const Side *each = &g_array_index (sides, Side, k);
      RayEdge edge = { each->from, each->to, each->triangle, NO_ITEM, FALSE };
      if (inner) {
        edge.other = other->triangle;
        /* The other triangle runs the other way. */
        edge.seam =
            !looks_same (mesh, each->from, other->to) || !looks_same (mesh, each->to, other->from);
      }
      g_array_append_val (edges, edge);
    }
  }
  RayTopology *topology = g_new0 (RayTopology, 1);
  g_atomic_ref_count_init (&topology->refs);
  topology->n_edges = edges->len;
  topology->edges = (RayEdge *) (void *) g_array_free (edges, FALSE);
  return topology;
}

RayTopology *
ray_topology_ref (RayTopology *topology)
{
  g_atomic_ref_count_inc (&topology->refs);
  return topology;
}

void
ray_topology_unref (RayTopology *topology)
{
  if (topology == NULL || !g_atomic_ref_count_dec (&topology->refs))
    return;
  g_free (topology->edges);
  g_free (topology);
}
