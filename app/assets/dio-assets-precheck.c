#define G_LOG_DOMAIN "dio-assets"

#include "dio-assets-import-private.h"

#include "dio-core-error.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What is known to make Assimp 5.2.5 crash, hang or take gigabytes, seen by looking at counts and nesting only. The
 * child would survive none of it, but a cause that is named helps more than "the reader crashed". */

/* Deeper XML would overrun the stack of readers that recurse. */
#define MAX_XML_DEPTH 512u
#define MAX_PLY_HEADER 65536u

static gboolean
refuse (GError **error, const DioImport *import, const char *why)
{
  g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT, "%s is damaged: %s", import->name, why);
  return FALSE;
}

/* --- PLY ----------------------------------------------------------------------------------------- */

/* The header as text of its own; NULL where no end_header comes. */
static char *
copy_ply_header (const char *data, gsize size)
{
  gsize searched = MIN (size, MAX_PLY_HEADER);
  const char *end = memmem (data, searched, "end_header", 10);
  return end != NULL ? g_strndup (data, (gsize) (end - data)) : NULL;
}

static guint
ply_type_bytes (const char *type)
{
  static const struct {
    const char *name;
    guint bytes;
  } types[] = {
    { "char", 1 },  { "uchar", 1 },   { "int8", 1 },   { "uint8", 1 },
    { "short", 2 }, { "ushort", 2 },  { "int16", 2 },  { "uint16", 2 },
    { "int", 4 },   { "uint", 4 },    { "int32", 4 },  { "uint32", 4 },
    { "float", 4 }, { "float32", 4 }, { "double", 8 }, { "float64", 8 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (types); i++) {
    if (strcmp (type, types[i].name) == 0)
      return types[i].bytes;
  }
  return 0;
}

/* Bytes that an element needs at the least: a value in binary, two characters in ASCII, a list its count. */
static gboolean
check_ply_lines (const DioImport *import, char **lines, gsize size, GError **error)
{
  gboolean ascii = TRUE, has_format = FALSE;
  guint64 count = 0, item = 0, total = 0;
  for (guint i = 1; lines[i] != NULL; i++) {
    g_auto (GStrv) words = g_strsplit_set (g_strstrip (lines[i]), " \t", -1);
    guint n = g_strv_length (words);
    if (n >= 2 && strcmp (words[0], "format") == 0) {
      ascii = strcmp (words[1], "ascii") == 0;
      has_format = TRUE;
    } else if (n >= 3 && strcmp (words[0], "element") == 0) {
      total += count * item;
      item = 0;
      char *end;
      count = g_ascii_strtoull (words[2], &end, 10);
      if (*end != '\0' || words[2][0] == '-' || count > G_MAXUINT32)
        return refuse (error, import, "an element count of its header is no sensible number");
    } else if (n >= 3 && strcmp (words[0], "property") == 0) {
      guint bytes = ply_type_bytes (words[1]);
      if (strcmp (words[1], "list") == 0)
        bytes = ply_type_bytes (words[2]);
      if (bytes == 0)
        return refuse (error, import, "its header names a type of number that PLY does not have");
      item += ascii ? 2 : bytes;
    }
  }
  total += count * item;
  if (!has_format)
    return refuse (error, import, "its header names no format");
  /* The last number of an ASCII file may lack its line end. */
  if (total > (guint64) size + 1)
    return refuse (error, import, "its header announces more data than the file holds");
  return TRUE;
}

static gboolean
check_ply (const DioImport *import, const char *data, gsize size, GError **error)
{
  if (size < 4 || memcmp (data, "ply", 3) != 0)
    return refuse (error, import, "it does not begin like a PLY file");
  g_autofree char *header = copy_ply_header (data, size);
  if (header == NULL)
    return refuse (error, import, "its header has no end");
  if (strlen (header) + 10 > size || memchr (header, '\0', strlen (header)) != NULL)
    return refuse (error, import, "its header is no text");
  g_strdelimit (header, "\r", '\n');
  g_auto (GStrv) lines = g_strsplit (header, "\n", -1);
  return check_ply_lines (import, lines, size - strlen (header) - 10, error);
}

/* --- STL ----------------------------------------------------------------------------------------- */

static gboolean
check_stl (const DioImport *import, const char *data, gsize size, GError **error)
{
  guint32 count = 0;
  if (size >= 84) {
    memcpy (&count, data + 80, sizeof count);
    count = GUINT32_FROM_LE (count);
    if (84 + (guint64) count * 50 == size)
      return TRUE;
  }
  gsize blank = 0;
  while (blank < size && g_ascii_isspace (data[blank]))
    blank++;
  gboolean ascii = size - blank > 5 && g_ascii_strncasecmp (data + blank, "solid", 5) == 0
                   && memmem (data, size, "facet", 5) != NULL;
  if (ascii)
    return TRUE;
  /* Some writers append colour data; fewer bytes than announced are a cut file. */
  if (size >= 84 && 84 + (guint64) count * 50 < size && count > 0)
    return TRUE;
  return refuse (error, import, "its size does not fit the number of triangles that it announces");
}

/* --- COLLADA ------------------------------------------------------------------------------------- */

typedef struct {
  guint depth, n_anonymous;
  GPtrArray *open_nodes; /* ids of the <node> elements around the cursor, "" where it has none */
  GHashTable *children;  /* node id -> GPtrArray of ids that it holds or instances */
  const char *fault;
  gboolean in_float; /* directly in <float>, which holds one number */
  guint n_no_numbers;
} XmlScan;

static void
add_edge (XmlScan *scan, const char *from, const char *to)
{
  GPtrArray *list = g_hash_table_lookup (scan->children, from);
  if (list == NULL) {
    list = g_ptr_array_new_with_free_func (g_free);
    g_hash_table_insert (scan->children, g_strdup (from), list);
  }
  g_ptr_array_add (list, g_strdup (to));
}

static const char *
get_attribute (const char **names, const char **values, const char *wanted)
{
  for (guint i = 0; names[i] != NULL; i++) {
    if (strcmp (names[i], wanted) == 0)
      return values[i];
  }
  return NULL;
}

/* Some exporters give <shininess> and its like a colour, where only one number has a meaning. */
static gboolean
is_misplaced_color (GMarkupParseContext *context, const char *element)
{
  static const char *const scalars[] = { "shininess", "reflectivity", "transparency",
                                         "index_of_refraction" };
  const GSList *stack = g_markup_parse_context_get_element_stack (context);
  if (strcmp (element, "color") != 0 || stack == NULL || stack->next == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (scalars); i++) {
    if (strcmp (stack->next->data, scalars[i]) == 0)
      return TRUE;
  }
  return FALSE;
}

static void
start_element_cb (GMarkupParseContext *context,
                  const char *element,
                  const char **names,
                  const char **values,
                  gpointer data,
                  GError **error)
{
  XmlScan *scan = data;
  scan->in_float = strcmp (element, "float") == 0;
  scan->n_no_numbers += is_misplaced_color (context, element);
  if (++scan->depth > MAX_XML_DEPTH) {
    scan->fault = "its elements are nested too deeply";
    g_set_error_literal (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, scan->fault);
    return;
  }
  const char *parent = scan->open_nodes->len > 0
                           ? g_ptr_array_index (scan->open_nodes, scan->open_nodes->len - 1)
                           : NULL;
  if (strcmp (element, "node") == 0) {
    const char *id = get_attribute (names, values, "id");
    /* A node without id gets one that no reference can name. */
    char *own = id != NULL ? g_strdup (id) : g_strdup_printf ("\n%u", scan->n_anonymous++);
    if (parent != NULL)
      add_edge (scan, parent, own);
    g_ptr_array_add (scan->open_nodes, own);
  } else if (strcmp (element, "instance_node") == 0 && parent != NULL) {
    const char *url = get_attribute (names, values, "url");
    if (url != NULL && url[0] == '#')
      add_edge (scan, parent, url + 1);
  }
}

static void
text_cb (
    GMarkupParseContext *context, const char *text, gsize length, gpointer data, GError **error)
{
  XmlScan *scan = data;
  if (!scan->in_float)
    return;
  char *end;
  double value = g_ascii_strtod (text, &end);
  gboolean any = end != text;
  while (g_ascii_isspace (*end))
    end++;
  scan->n_no_numbers += !any || *end != '\0' || !isfinite (value);
}

static void
end_element_cb (GMarkupParseContext *context, const char *element, gpointer data, GError **error)
{
  XmlScan *scan = data;
  scan->in_float = FALSE;
  scan->depth--;
  if (strcmp (element, "node") == 0 && scan->open_nodes->len > 0)
    g_ptr_array_set_size (scan->open_nodes, (gint) scan->open_nodes->len - 1);
}

/* Copies of @id if every instance is expanded, bounded; G_MAXUINT where it contains itself. Depth is bounded by
 * @level, so the recursion is. @known remembers what is done, 0 = being visited. */
static guint
count_copies (XmlScan *scan, GHashTable *known, const char *id, guint level)
{
  gpointer value;
  if (g_hash_table_lookup_extended (known, id, NULL, &value))
    return GPOINTER_TO_UINT (value) == 0 ? G_MAXUINT : GPOINTER_TO_UINT (value);
  if (level > 1000)
    return G_MAXUINT;
  g_hash_table_insert (known, (gpointer) id, GUINT_TO_POINTER (0));
  guint64 sum = 1;
  const GPtrArray *list = g_hash_table_lookup (scan->children, id);
  for (guint i = 0; list != NULL && i < list->len; i++) {
    guint copies = count_copies (scan, known, g_ptr_array_index (list, i), level + 1);
    if (copies == G_MAXUINT)
      return G_MAXUINT;
    sum = MIN (sum + copies, 10000000u);
  }
  g_hash_table_insert (known, (gpointer) id, GUINT_TO_POINTER ((guint) sum));
  return (guint) sum;
}

static const char *
judge_instances (XmlScan *scan)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer id;
  g_hash_table_iter_init (&iter, scan->children);
  while (g_hash_table_iter_next (&iter, &id, NULL)) {
    guint copies = count_copies (scan, known, id, 0);
    if (copies == G_MAXUINT)
      return "a node contains itself";
    if (copies >= 1000000)
      return "its nodes multiply each other beyond a million copies";
  }
  return NULL;
}

/* The document as UTF-8; GMarkup reads nothing else. */
static char *
xml_to_utf8 (const char *data, gsize size, gsize *out_size)
{
  const guint8 *bytes = (const guint8 *) data;
  const char *charset = NULL;
  if (size >= 2 && bytes[0] == 0xff && bytes[1] == 0xfe)
    charset = "UTF-16LE";
  else if (size >= 2 && bytes[0] == 0xfe && bytes[1] == 0xff)
    charset = "UTF-16BE";
  if (charset == NULL) {
    gsize skip = size >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    *out_size = size - skip;
    return g_strndup (data + skip, size - skip);
  }
  return g_convert (data + 2, (gssize) size - 2, "UTF-8", charset, NULL, out_size, NULL);
}

static void
put_virtual_utf8 (const DioImport *import, const char *text, gsize size)
{
  /* Assimp refuses UTF-16; what it gets must not say UTF-16 either. */
  const char *start = text;
  if (g_str_has_prefix (text, "<?xml") && strstr (text, "?>") != NULL)
    start = strstr (text, "?>") + 2;
  g_autoptr (GBytes) bytes = g_bytes_new (start, size - (gsize) (start - text));
  dio_gate_set_virtual (import->gate, import->name, bytes);
}

static gboolean
check_dae (const DioImport *import, const char *data, gsize size, GError **error)
{
  gsize length;
  g_autofree char *text = xml_to_utf8 (data, size, &length);
  if (text == NULL)
    return refuse (error, import, "it is no text in UTF-8 or UTF-16");
  if (g_strstr_len (text, (gssize) length, "<!ENTITY") != NULL
      || g_strstr_len (text, (gssize) length, "<!DOCTYPE") != NULL)
    return refuse (error, import, "it declares entities, which models never need");
  XmlScan scan = { 0,
                   0,
                   g_ptr_array_new_with_free_func (g_free),
                   g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                          (GDestroyNotify) g_ptr_array_unref),
                   NULL,
                   FALSE,
                   0 };
  static const GMarkupParser parser = { .start_element = start_element_cb,
                                        .end_element = end_element_cb,
                                        .text = text_cb };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, &scan, NULL);
  g_autoptr (GError) inner = NULL;
  gboolean parsed = g_markup_parse_context_parse (context, text, (gssize) length, &inner)
                    && g_markup_parse_context_end_parse (context, &inner);
  const char *fault = parsed ? judge_instances (&scan) : scan.fault;
  g_autofree char *words = NULL;
  if (!parsed && fault == NULL) {
    words = dio_group_name (inner->message, "it is no XML");
    fault = words;
  }
  if (fault != NULL)
    refuse (error, import, fault);
  else if (length + 3 < size)
    put_virtual_utf8 (import, text, length);
  if (scan.n_no_numbers > 0)
    dio_diagnostics_add (import->findings, DIO_SEVERITY_WARNING, "bad-number", "",
                         "%u values of materials are no numbers; defaults stand in their place; "
                         "export the model again",
                         scan.n_no_numbers);
  g_ptr_array_unref (scan.open_nodes);
  g_hash_table_unref (scan.children);
  return fault == NULL;
}

gboolean
dio_precheck (const DioImport *import, GBytes *bytes, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  switch (import->format) {
  case DIO_MODEL_PLY:
    return check_ply (import, data, size, error);
  case DIO_MODEL_STL:
    return check_stl (import, data, size, error);
  case DIO_MODEL_DAE:
    return check_dae (import, data, size, error);
  case DIO_MODEL_FBX:
    if (size >= 4 && memcmp (data, "PK\3\4", 4) == 0)
      return refuse (error, import, "it is a ZIP archive; unpack it first");
    return TRUE;
  case DIO_MODEL_GLTF: /* dio_gltf_open vets it */
  case DIO_MODEL_OBJ:
    break;
  }
  return TRUE;
}
