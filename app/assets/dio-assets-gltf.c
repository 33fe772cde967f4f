#define G_LOG_DOMAIN "dio-assets"

#include "dio-assets-gltf-private.h"

#include "dio-core-error.h"

#include <stdarg.h>
#include <string.h>

static const struct {
  const char *name;
  DioGltfExtension use;
} extensions[] = {
  { "KHR_draco_mesh_compression", DIO_GLTF_EXTENSION_READ },
  { "KHR_mesh_quantization", DIO_GLTF_EXTENSION_READ },
  { "KHR_texture_transform", DIO_GLTF_EXTENSION_READ },
  { "KHR_materials_emissive_strength", DIO_GLTF_EXTENSION_READ },
  { "KHR_materials_unlit", DIO_GLTF_EXTENSION_READ },
  /* These two are approximated, with findings of their own. */
  { "KHR_materials_transmission", DIO_GLTF_EXTENSION_READ },
  { "KHR_materials_pbrSpecularGlossiness", DIO_GLTF_EXTENSION_READ },
  { "EXT_texture_webp", DIO_GLTF_EXTENSION_READ },
  { "KHR_materials_ior", DIO_GLTF_EXTENSION_IGNORED },
  { "KHR_materials_volume", DIO_GLTF_EXTENSION_IGNORED },
  { "KHR_materials_clearcoat", DIO_GLTF_EXTENSION_IGNORED },
  { "KHR_materials_sheen", DIO_GLTF_EXTENSION_IGNORED },
  { "KHR_materials_specular", DIO_GLTF_EXTENSION_IGNORED },
  { "KHR_materials_iridescence", DIO_GLTF_EXTENSION_IGNORED },
  { "KHR_materials_anisotropy", DIO_GLTF_EXTENSION_IGNORED },
  { "KHR_materials_dispersion", DIO_GLTF_EXTENSION_IGNORED },
  { "KHR_materials_diffuse_transmission", DIO_GLTF_EXTENSION_IGNORED },
  { "KHR_materials_variants", DIO_GLTF_EXTENSION_IGNORED },
  { "KHR_lights_punctual", DIO_GLTF_EXTENSION_IGNORED },
  { "KHR_animation_pointer", DIO_GLTF_EXTENSION_IGNORED },
  { "KHR_xmp_json_ld", DIO_GLTF_EXTENSION_IGNORED },
  { "KHR_xmp", DIO_GLTF_EXTENSION_IGNORED },
};

gboolean
dio_gltf_refuse (const DioGltf *gltf, GError **error, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *why = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT, "%s is damaged: %s", gltf->file_name, why);
  return FALSE;
}

json_t *
dio_gltf_get (const DioGltf *gltf, const char *key, guint64 index)
{
  json_t *array = json_object_get (gltf->root, key);
  json_t *object = index < G_MAXUINT32 ? json_array_get (array, (size_t) index) : NULL;
  return json_is_object (object) ? object : NULL;
}

guint
dio_gltf_count (const DioGltf *gltf, const char *key)
{
  return (guint) json_array_size (json_object_get (gltf->root, key));
}

gboolean
dio_gltf_get_uint (const json_t *object, const char *key, guint64 fallback, guint64 *out)
{
  const json_t *value = json_object_get (object, key);
  *out = fallback;
  if (value == NULL)
    return TRUE;
  /* Some writers give whole numbers as 3.0. */
  double real = json_number_value (value);
  if (!json_is_number (value) || real < 0 || real > 9007199254740991.0
      || real != (double) (guint64) real)
    return FALSE;
  *out = (guint64) real;
  return TRUE;
}

gboolean
dio_gltf_get_view (
    const DioGltf *gltf, guint64 index, const guint8 **data, gsize *size, guint64 *stride)
{
  const json_t *view = dio_gltf_get (gltf, "bufferViews", index);
  guint64 buffer, offset, length;
  if (view == NULL || !dio_gltf_get_uint (view, "buffer", G_MAXUINT32, &buffer)
      || !dio_gltf_get_uint (view, "byteOffset", 0, &offset)
      || !dio_gltf_get_uint (view, "byteLength", 0, &length)
      || !dio_gltf_get_uint (view, "byteStride", 0, stride) || buffer >= gltf->buffers->len
      || length == 0 || *stride > 255)
    return FALSE;
  gsize available;
  const guint8 *bytes = g_bytes_get_data (g_ptr_array_index (gltf->buffers, buffer), &available);
  if (offset > available || length > available - offset)
    return FALSE;
  *data = bytes + offset;
  *size = (gsize) length;
  return TRUE;
}

GBytes *
dio_gltf_decode_data_uri (const char *uri)
{
  const char *comma = strchr (uri, ',');
  if (!g_str_has_prefix (uri, "data:") || comma == NULL || comma - uri < 7
      || strncmp (comma - 7, ";base64", 7) != 0)
    return NULL;
  gsize size;
  guint8 *data = g_base64_decode (comma + 1, &size);
  return g_bytes_new_take (data, size);
}

/* --- Container ----------------------------------------------------------------------------------- */

static guint32
u32_at (const guint8 *bytes)
{
  guint32 value;
  memcpy (&value, bytes, sizeof value);
  return GUINT32_FROM_LE (value);
}

/* Finds the JSON and BIN chunks of a GLB. */
static gboolean
split_glb (DioGltf *gltf, GBytes *bytes, const char **json, gsize *json_size, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  if (size < 20 || u32_at (data + 4) != 2)
    return dio_gltf_refuse (gltf, error, "it is no GLB of version 2");
  if (u32_at (data + 8) > size || u32_at (data + 8) < 20)
    return dio_gltf_refuse (gltf, error,
                            "its header says %u bytes and the file has %" G_GSIZE_FORMAT,
                            u32_at (data + 8), size);
  size = u32_at (data + 8);
  for (gsize at = 12, n = 0; at + 8 <= size; n++) {
    gsize length = u32_at (data + at);
    guint32 type = u32_at (data + at + 4);
    at += 8;
    if (length > size - at)
      return dio_gltf_refuse (gltf, error, "a chunk is longer than the file");
    if (n == 0 && type != 0x4e4f534a)
      return dio_gltf_refuse (gltf, error, "its first chunk is not JSON");
    if (n == 0) {
      *json = (const char *) data + at;
      *json_size = length;
    } else if (type == 0x004e4942 && gltf->bin == NULL) {
      gltf->bin = g_bytes_new_from_bytes (bytes, at, length);
    }
    at += (length + 3) & ~(gsize) 3;
  }
  if (*json == NULL)
    return dio_gltf_refuse (gltf, error, "it has no JSON chunk");
  return TRUE;
}

static gboolean
parse (DioGltf *gltf, GBytes *bytes, GError **error)
{
  gsize size;
  const char *json = g_bytes_get_data (bytes, &size);
  gsize json_size = size;
  gboolean is_glb = size >= 4 && memcmp (json, "glTF", 4) == 0;
  if (is_glb) {
    json = NULL;
    if (!split_glb (gltf, bytes, &json, &json_size, error))
      return FALSE;
  } else if (size >= 3 && memcmp (json, "\xef\xbb\xbf", 3) == 0) {
    json += 3;
    json_size -= 3;
  }
  /* Chunks are padded with spaces; some writers pad with zeros. */
  while (json_size > 0 && json[json_size - 1] == '\0')
    json_size--;
  gltf->root = dio_json_parse (json, json_size, gltf->file_name, error);
  if (gltf->root == NULL)
    return FALSE;
  const char *version =
      json_string_value (json_object_get (json_object_get (gltf->root, "asset"), "version"));
  if (version == NULL)
    return dio_gltf_refuse (gltf, error, "it does not say its version of glTF");
  if (g_str_has_prefix (version, "2."))
    return TRUE;
  g_autofree char *shown = dio_group_name (version, "?");
  g_set_error (error, DIO_ERROR, DIO_ERROR_UNSUPPORTED,
               "%s is glTF of version %s; only 2.0 is read: export it again", gltf->file_name,
               shown);
  return FALSE;
}

/* --- Extensions ---------------------------------------------------------------------------------- */

static DioGltfExtension
find_extension (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (extensions); i++) {
    if (strcmp (extensions[i].name, name) == 0)
      return extensions[i].use;
  }
  return DIO_GLTF_EXTENSION_REFUSED;
}

static gboolean
check_required (const DioGltf *gltf, GError **error)
{
  g_autoptr (GString) missing = g_string_new (NULL);
  size_t i;
  json_t *name;
  json_array_foreach (json_object_get (gltf->root, "extensionsRequired"), i, name) {
    if (!json_is_string (name))
      return dio_gltf_refuse (gltf, error, "extensionsRequired holds something that is no name");
    if (find_extension (json_string_value (name)) != DIO_GLTF_EXTENSION_REFUSED)
      continue;
    g_autofree char *shown = dio_group_name (json_string_value (name), "?");
    if (missing->len < 300)
      g_string_append_printf (missing, "%s%s", missing->len > 0 ? ", " : "", shown);
  }
  if (missing->len == 0)
    return TRUE;
  g_set_error (error, DIO_ERROR, DIO_ERROR_UNSUPPORTED,
               "%s requires %s, which Diorama does not read; export it without", gltf->file_name,
               missing->str);
  return FALSE;
}

static void
note_unread (DioImport *import, const DioGltf *gltf)
{
  size_t i;
  json_t *name;
  json_array_foreach (json_object_get (gltf->root, "extensionsUsed"), i, name) {
    if (!json_is_string (name)
        || find_extension (json_string_value (name)) == DIO_GLTF_EXTENSION_READ)
      continue;
    g_autofree char *shown = dio_group_name (json_string_value (name), "?");
    dio_diagnostics_add (import->findings, DIO_SEVERITY_NOTE, "unsupported-extension", shown,
                         "the model uses the extension %s, which is not read; the model may look "
                         "plainer than elsewhere",
                         shown);
  }
}

/* --- Buffers ------------------------------------------------------------------------------------- */

static GBytes *
load_buffer (
    DioImport *import, const DioGltf *gltf, const json_t *buffer, guint index, GError **error)
{
  const json_t *uri_json = json_object_get (buffer, "uri");
  const char *uri = json_string_value (uri_json);
  if (uri == NULL && uri_json == NULL && index == 0 && gltf->bin != NULL)
    return g_bytes_ref (gltf->bin);
  if (uri == NULL) {
    dio_gltf_refuse (gltf, error, "buffer %u has neither a URI nor a chunk", index);
    return NULL;
  }
  if (g_str_has_prefix (uri, "data:")) {
    GBytes *bytes = dio_gltf_decode_data_uri (uri);
    if (bytes == NULL)
      dio_gltf_refuse (gltf, error, "buffer %u has a data URI that is not base64", index);
    return bytes;
  }
  DioLocate how = DIO_LOCATE_MISSING;
  g_autofree char *name = dio_gate_locate (import->gate, uri, &how);
  g_autofree char *shown = dio_group_name (uri, "?");
  /* Geometry from a file that only shares the name would be a wrong model. */
  if (name != NULL && how == DIO_LOCATE_FOUND)
    return dio_gate_read (import->gate, name, error);
  if (how == DIO_LOCATE_OUTSIDE || (name != NULL && strchr (uri, '/') != NULL))
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "%s wants to read its buffer from %s, outside its own folder, which is never "
                 "allowed",
                 gltf->file_name, shown);
  else
    g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND,
                 "%s needs the buffer %s, which is not beside it", gltf->file_name, shown);
  return NULL;
}

static gboolean
load_buffers (DioImport *import, DioGltf *gltf, GError **error)
{
  for (guint b = 0; b < dio_gltf_count (gltf, "buffers"); b++) {
    const json_t *buffer = dio_gltf_get (gltf, "buffers", b);
    guint64 length;
    if (buffer == NULL || !dio_gltf_get_uint (buffer, "byteLength", 0, &length) || length == 0)
      return dio_gltf_refuse (gltf, error, "buffer %u has no sensible length", b);
    GBytes *bytes = load_buffer (import, gltf, buffer, b, error);
    if (bytes == NULL)
      return FALSE;
    g_ptr_array_add (gltf->buffers, bytes);
    if (length > g_bytes_get_size (bytes))
      return dio_gltf_refuse (gltf, error,
                              "buffer %u says %" G_GUINT64_FORMAT " bytes and has %" G_GSIZE_FORMAT,
                              b, length, g_bytes_get_size (bytes));
  }
  return TRUE;
}

/* --- The whole ----------------------------------------------------------------------------------- */

gboolean
dio_gltf_open (DioImport *import, GBytes *bytes, GError **error)
{
  DioGltf *gltf = g_new0 (DioGltf, 1);
  import->gltf = gltf;
  gltf->file_name = import->name;
  gltf->buffers = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  gltf->data = g_byte_array_new ();
  if (!parse (gltf, bytes, error) || !check_required (gltf, error)
      || !load_buffers (import, gltf, error) || !dio_gltf_vet (gltf, error))
    return FALSE;
  note_unread (import, gltf);
  g_autofree char *text = dio_gltf_rewrite (import, gltf, error);
  if (text == NULL)
    return FALSE;
  g_autoptr (GBytes) document = g_bytes_new (text, strlen (text));
  g_autoptr (GBytes) data = g_byte_array_free_to_bytes (gltf->data);
  gltf->data = NULL;
  dio_gate_set_virtual (import->gate, DIO_GLTF_DOCUMENT, document);
  dio_gate_set_virtual (import->gate, DIO_GLTF_BUFFER, data);
  return TRUE;
}

void
dio_gltf_free (DioGltf *gltf)
{
  if (gltf == NULL)
    return;
  json_decref (gltf->root);
  g_clear_pointer (&gltf->bin, g_bytes_unref);
  g_ptr_array_unref (gltf->buffers);
  if (gltf->data != NULL)
    g_byte_array_unref (gltf->data);
  g_free (gltf);
}

const char *
dio_gltf_get_document_name (const DioGltf *gltf)
{
  return DIO_GLTF_DOCUMENT;
}

const char *
dio_gltf_get_node_name (const DioGltf *gltf, guint index)
{
  const json_t *node = dio_gltf_get (gltf, "nodes", index);
  const char *name = json_string_value (json_object_get (node, "name"));
  if (name == NULL) {
    guint64 mesh_index;
    if (!dio_gltf_get_uint (node, "mesh", G_MAXUINT32, &mesh_index))
      return "";
    const json_t *mesh = dio_gltf_get (gltf, "meshes", mesh_index);
    name = json_string_value (json_object_get (mesh, "name"));
  }
  return name != NULL ? name : "";
}
