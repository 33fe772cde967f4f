#define G_LOG_DOMAIN "dio-annotate"

/* Where label rays and OpenGL ids differ: why they may, and at what kind of surface. */

#include "dio-annotate-private.h"

#include <string.h>

/* The most telling reason of several. */
static const char *
get_reason (guint edge)
{
  if ((edge & DIO_EDGE_COPLANAR) != 0)
    return "coplanar";
  if ((edge & DIO_EDGE_CUT) != 0)
    return "cut";
  if ((edge & DIO_EDGE_DEPTH) != 0)
    return "depth";
  return edge != 0 ? "outline" : "unexplained";
}

/* The material that makes @leaf a surface with holes or of glass; NULL for none. */
static const DioMaterial *
find_material (const DioFrame *frame, guint leaf)
{
  const DioMaterial *found = NULL;
  for (guint i = 0; i < frame->items->len; i++) {
    const DioFrameItem *item = &g_array_index (frame->items, DioFrameItem, i);
    if (item->leaf != leaf || item->material->alpha_mode == DIO_ALPHA_OPAQUE)
      continue;
    if (found == NULL || item->material->alpha_mode == DIO_ALPHA_MASK)
      found = item->material;
  }
  return found;
}

/* What one of two leaves is made of, holes before glass before all else. */
static char *
dup_surface (const DioFrame *frame, guint first, guint second)
{
  const DioMaterial *a = find_material (frame, first), *b = find_material (frame, second);
  const DioMaterial *material = a == NULL || (b != NULL && b->alpha_mode == DIO_ALPHA_MASK) ? b : a;
  if (material == NULL)
    return g_strdup ("opaque");
  const char *name = material->name != NULL ? material->name : "";
  const char *kind = material->alpha_mode == DIO_ALPHA_MASK ? "masked" : "blended";
  char *text = *name != '\0' ? g_strdup_printf ("%s %s", kind, name) : g_strdup (kind);
  /* Parts of the note are told apart by it. */
  return g_strdelimit (text, ";", ',');
}

void
annotate_count_cause (const AnnotateContext *context, gsize pixel, GHashTable *causes)
{
  g_autofree char *surface =
      dup_surface (context->frame, context->labels->leaf->u16[pixel], context->gl_leaf->u16[pixel]);
  char *key = g_strdup_printf ("%s, %s", get_reason (context->labels->edge->u8[pixel]), surface);
  guint64 *count = g_hash_table_lookup (causes, key);
  if (count != NULL) {
    *count += 1;
    g_free (key);
    return;
  }
  count = g_new (guint64, 1);
  *count = 1;
  g_hash_table_insert (causes, key, count);
}

static int
compare_keys_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

char *
annotate_dup_causes (GHashTable *causes)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (causes), compare_keys_cb);
  for (const GList *key = keys; key != NULL; key = key->next) {
    const guint64 *count = g_hash_table_lookup (causes, key->data);
    g_string_append_printf (text, "%s%" G_GUINT64_FORMAT " %s", text->len > 0 ? "; " : "", *count,
                            (const char *) key->data);
  }
  return g_string_free (text, FALSE);
}
