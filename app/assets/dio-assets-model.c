#define G_LOG_DOMAIN "dio-assets"

#include "dio-assets-import-private.h"

#include "dio-core-error.h"
#include "dio-core-pose.h"
#include "dio-core-vec.h"

#include <math.h>
#include <string.h>

static const struct {
  const char *suffix;
  DioModelFormat format;
} suffixes[] = {
  { ".gltf", DIO_MODEL_GLTF }, { ".glb", DIO_MODEL_GLTF }, { ".obj", DIO_MODEL_OBJ },
  { ".ply", DIO_MODEL_PLY },   { ".stl", DIO_MODEL_STL },  { ".dae", DIO_MODEL_DAE },
  { ".fbx", DIO_MODEL_FBX },
};

gboolean
dio_import_find_format (DioImport *import, GBytes *bytes, GError **error)
{
  g_autofree char *lower = g_ascii_strdown (import->name, -1);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++) {
    if (!g_str_has_suffix (lower, suffixes[i].suffix))
      continue;
    import->format = suffixes[i].format;
    if (g_bytes_get_size (bytes) > 0)
      return TRUE;
    g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT, "%s is empty", import->name);
    return FALSE;
  }
  g_set_error (error, DIO_ERROR, DIO_ERROR_UNSUPPORTED,
               "%s is no model that Diorama reads; it reads .gltf, .glb, .obj, .ply, .stl, .dae "
               "and .fbx (no archives: unpack them first)",
               import->name);
  return FALSE;
}

static void
move_to_origin_if_far (DioImport *import, DioSoup *soup)
{
  DioBox3 box = dio_soup_get_bounds (soup);
  DioVec3 middle = dio_vec3_scale (dio_vec3_add (box.min, box.max), 0.5);
  DioVec3 foot = dio_vec3 (middle.x, middle.y, box.min.z);
  if (import->asset->recenter) {
    dio_soup_translate (soup, foot);
    return;
  }
  if (dio_vec3_length (middle) <= DIO_FAR_FROM_ORIGIN_M)
    return;
  dio_soup_translate (soup, foot);
  dio_diagnostics_add (import->findings, DIO_SEVERITY_WARNING, "far-from-origin", "",
                       "the model lies %.1f km from its origin (map coordinates?) and was moved by "
                       "(%.3f, %.3f, %.3f) m to stand on it; add these numbers to get back",
                       dio_vec3_length (middle) / 1000, -foot.x, -foot.y, -foot.z);
}

static void
note_group_labels (DioImport *import, const DioSoup *soup)
{
  if (import->asset->group_labels == NULL)
    return;
  g_autoptr (GList) names = g_hash_table_get_keys (import->asset->group_labels);
  names = g_list_sort (names, (GCompareFunc) strcmp);
  for (GList *at = names; at != NULL; at = at->next) {
    if (!g_ptr_array_find_with_equal_func (soup->groups, at->data, g_str_equal, NULL))
      dio_diagnostics_add (import->findings, DIO_SEVERITY_WARNING, "unknown-group", at->data,
                           "the model has no face group of this name; look at its groups with the "
                           "import command, or set group_by");
  }
}

static DioModel *
finish (DioImport *import, DioSoup *soup, GError **error)
{
  dio_soup_clean (soup);
  if (soup->surfaces->len == 0) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT,
                 "%s holds no usable triangle: all %" G_GUINT64_FORMAT
                 " are without area or have corners that are no numbers",
                 import->name, soup->n_dropped);
    return NULL;
  }
  move_to_origin_if_far (import, soup);
  dio_doctor_examine (import, soup);
  dio_soup_complete_normals (soup);
  g_autofree char *stem = g_path_get_basename (import->name);
  char *dot = strrchr (stem, '.');
  if (dot != NULL)
    *dot = '\0';
  dio_soup_group (soup, import->asset->group_by, stem);
  note_group_labels (import, soup);
  return dio_soup_to_model (soup, import->asset->group_labels);
}

DioModel *
dio_import_model (DioImport *import, GError **error)
{
  g_autoptr (GBytes) bytes = dio_gate_read (import->gate, import->name, error);
  if (bytes == NULL || !dio_import_find_format (import, bytes, error))
    return NULL;
  if (!dio_precheck (import, bytes, error))
    return NULL;
  if (import->format == DIO_MODEL_GLTF && !dio_gltf_open (import, bytes, error))
    return NULL;
  if (import->format == DIO_MODEL_OBJ)
    dio_far_recentre_obj (import, bytes);
  g_autoptr (DioSoup) soup = dio_soup_new (import->findings);
  /* glTF 2.0 asks for flat normals where it gives none. */
  if (import->format == DIO_MODEL_GLTF)
    soup->crease_cos = 2;
  if (!dio_assimp_read (import, soup, error))
    return NULL;
  return finish (import, soup, error);
}
