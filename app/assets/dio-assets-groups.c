#define G_LOG_DOMAIN "dio-assets"

#include "dio-assets-soup-private.h"

#include <string.h>

#define MAX_NAME_BYTES 100u

char *
dio_group_name (const char *text, const char *fallback)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  GString *out = g_string_new (NULL);
  gboolean space = FALSE;
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    if (!g_unichar_isprint (c) || g_unichar_isspace (c)) {
      space = out->len > 0;
      continue;
    }
    gsize bytes = (gsize) (g_utf8_next_char (p) - p) + (space ? 1 : 0);
    if (out->len + bytes > MAX_NAME_BYTES)
      break;
    if (space)
      g_string_append_c (out, ' ');
    space = FALSE;
    g_string_append_unichar (out, c);
  }
  if (out->len == 0)
    g_string_append (out, fallback);
  return g_string_free (out, FALSE);
}

/* Adds @text as a name that no other group has; returns its index. */
static guint
add_group (DioSoup *soup, GHashTable *taken, const char *text, const char *fallback)
{
  g_autofree char *base = dio_group_name (text, fallback);
  char *name = g_strdup (base);
  for (guint i = 2; g_hash_table_contains (taken, name); i++) {
    g_free (name);
    name = g_strdup_printf ("%s (%u)", base, i);
  }
  g_hash_table_add (taken, name);
  g_ptr_array_add (soup->groups, name);
  return soup->groups->len - 1;
}

/* One group for each distinct key of surfaces, in the order of first use. */
static void
group_by_key (DioSoup *soup, GHashTable *taken, gboolean by_node)
{
  g_autoptr (GHashTable) groups = g_hash_table_new (NULL, NULL);
  for (guint s = 0; s < soup->surfaces->len; s++) {
    DioSurface *surface = g_ptr_array_index (soup->surfaces, s);
    gpointer key = GUINT_TO_POINTER (by_node ? surface->node : surface->material);
    gpointer group;
    if (!g_hash_table_lookup_extended (groups, key, NULL, &group)) {
      const DioMaterial *material = g_ptr_array_index (soup->materials, surface->material);
      g_autofree char *fallback =
          g_strdup_printf ("%s %u", by_node ? "node" : "material", g_hash_table_size (groups) + 1);
      guint index = soup->groups->len - 1;
      if (soup->groups->len < DIO_SOUP_MAX_GROUPS)
        index = add_group (soup, taken, by_node ? surface->node_name : material->name, fallback);
      group = GUINT_TO_POINTER (index);
      g_hash_table_insert (groups, key, group);
    }
    surface->group = GPOINTER_TO_UINT (group);
  }
}

static uint32_t
find_root (uint32_t *parents, uint32_t i)
{
  while (parents[i] != i) {
    parents[i] = parents[parents[i]];
    i = parents[i];
  }
  return i;
}

static void
join (uint32_t *parents, uint32_t a, uint32_t b)
{
  a = find_root (parents, a);
  b = find_root (parents, b);
  /* The lower index stays, so that the result does not depend on the order. */
  if (a < b)
    parents[b] = a;
  else
    parents[a] = b;
}

/* Positions of all surfaces in a row, as floats are written, so that what meets in the model is one piece. */
static double (*gather_positions (const DioSoup *soup, guint n))[3]
{
  double (*all)[3] = g_malloc_n (n, sizeof (double[3]));
  guint at = 0;
  for (guint s = 0; s < soup->surfaces->len; s++) {
    const DioSurface *surface = g_ptr_array_index (soup->surfaces, s);
    for (guint v = 0; v < surface->n_vertices; v++, at++) {
      for (guint k = 0; k < 3; k++)
        all[at][k] = (float) surface->positions[v][k];
    }
  }
  return all;
}

static void
join_triangles (const DioSoup *soup, const uint32_t *ids, uint32_t *parents)
{
  guint first = 0;
  for (guint s = 0; s < soup->surfaces->len; s++) {
    const DioSurface *surface = g_ptr_array_index (soup->surfaces, s);
    for (guint t = 0; t < surface->n_triangles; t++) {
      const uint32_t *tri = surface->triangles[t];
      join (parents, ids[first + tri[0]], ids[first + tri[1]]);
      join (parents, ids[first + tri[0]], ids[first + tri[2]]);
    }
    first += surface->n_vertices;
  }
}

/* Connected pieces over all surfaces: a box whose faces are separate meshes is one piece. */
static void
group_by_pieces (DioSoup *soup, GHashTable *taken)
{
  guint n = 0, first = 0;
  for (guint s = 0; s < soup->surfaces->len; s++)
    n += ((const DioSurface *) g_ptr_array_index (soup->surfaces, s))->n_vertices;
  double (*positions)[3] = gather_positions (soup, n);
  g_autofree uint32_t *ids = g_new (uint32_t, n + 1);
  guint n_ids = dio_weld_positions ((const double (*)[3]) positions, n, ids);
  g_free (positions);
  g_autofree uint32_t *parents = g_new (uint32_t, n_ids + 1);
  for (uint32_t i = 0; i < n_ids; i++)
    parents[i] = i;
  join_triangles (soup, ids, parents);
  g_autofree guint *groups = g_new0 (guint, n_ids + 1); /* group + 1 of each root */
  for (guint s = 0; s < soup->surfaces->len; s++) {
    DioSurface *surface = g_ptr_array_index (soup->surfaces, s);
    surface->triangle_groups = g_new (guint, surface->n_triangles);
    for (guint t = 0; t < surface->n_triangles; t++) {
      guint *group = &groups[find_root (parents, ids[first + surface->triangles[t][0]])];
      if (*group == 0 && soup->groups->len < DIO_SOUP_MAX_GROUPS) {
        g_autofree char *name = g_strdup_printf ("piece %u", soup->groups->len + 1);
        add_group (soup, taken, name, name);
        *group = soup->groups->len;
      }
      if (*group == 0)
        *group = DIO_SOUP_MAX_GROUPS;
      surface->triangle_groups[t] = *group - 1;
    }
    first += surface->n_vertices;
  }
}

void
dio_soup_group (DioSoup *soup, DioGroupBy group_by, const char *model_name)
{
  g_autoptr (GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);
  switch (group_by) {
  case DIO_GROUP_BY_MATERIALS:
    group_by_key (soup, taken, FALSE);
    break;
  case DIO_GROUP_BY_NODES:
    group_by_key (soup, taken, TRUE);
    break;
  case DIO_GROUP_BY_PIECES:
    group_by_pieces (soup, taken);
    break;
  case DIO_GROUP_BY_WHOLE:
    add_group (soup, taken, model_name, "model");
    break;
  }
  if (soup->groups->len >= DIO_SOUP_MAX_GROUPS)
    dio_diagnostics_add (soup->findings, DIO_SEVERITY_WARNING, "too-many-groups", "",
                         "the model has more than %u face groups; the rest went into the last one; "
                         "set group_by to materials or whole",
                         DIO_SOUP_MAX_GROUPS);
}
