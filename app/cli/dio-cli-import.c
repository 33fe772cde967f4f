#define G_LOG_DOMAIN "dio-cli"

#include "dio-assets.h"
#include "dio-base-json.h"
#include "dio-base-path.h"
#include "dio-cli-command.h"
#include "dio-cli-options.h"
#include "dio-engine-preview.h"
#include "dio-image-codec.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/** What the command found out; one of model and image is set. */
typedef struct {
  DioModel *model;
  DioImage *image;
  DioImportReport report;
} Imported;

static void
imported_clear (Imported *imported)
{
  g_clear_pointer (&imported->model, dio_model_unref);
  g_clear_pointer (&imported->image, dio_image_unref);
  dio_import_report_clear (&imported->report);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Imported, imported_clear)

static DioAssetKind
kind_from_name (const char *path)
{
  static const char *const pictures[] = { ".png", ".jpg", ".jpeg", ".webp", NULL };
  static const char *const environments[] = { ".hdr", ".exr", NULL };
  g_autofree char *lower = g_ascii_strdown (path, -1);
  for (guint i = 0; pictures[i] != NULL; i++)
    if (g_str_has_suffix (lower, pictures[i]))
      return DIO_ASSET_TEXTURE;
  for (guint i = 0; environments[i] != NULL; i++)
    if (g_str_has_suffix (lower, environments[i]))
      return DIO_ASSET_ENVIRONMENT;
  return DIO_ASSET_MODEL;
}

static gboolean
run_import (const char *path, const DioAsset *asset, Imported *out, GError **error)
{
  g_autoptr (DioAssetStore) store = dio_asset_store_new (NULL, NULL, error);
  if (store == NULL || !dio_asset_store_import (store, path, asset, &out->report, error))
    return FALSE;
  if (asset->kind == DIO_ASSET_MODEL)
    out->model = dio_asset_load_model (out->report.blob_path, error);
  else
    out->image = dio_asset_load_image (out->report.blob_path, error);
  return out->model != NULL || out->image != NULL;
}

static json_t *
vec3_to_json (DioVec3 v)
{
  return json_pack ("[f,f,f]", v.x, v.y, v.z);
}

static json_t *
findings_to_json (const DioDiagnostics *findings)
{
  json_t *list = json_array ();
  for (guint i = 0; i < dio_diagnostics_get_count (findings); i++) {
    const DioDiagnostic *finding = dio_diagnostics_get (findings, i);
    json_array_append_new (list, json_pack ("{s:s, s:s, s:s, s:s}", "severity",
                                            dio_severity_to_name (finding->severity), "code",
                                            finding->code, "object", finding->object, "message",
                                            finding->message));
  }
  return list;
}

static json_t *
model_to_json (const DioModel *model)
{
  json_t *materials = json_array (), *groups = json_array ();
  for (guint i = 0; i < model->materials->len; i++) {
    const DioMaterial *material = g_ptr_array_index (model->materials, i);
    json_array_append_new (materials, json_string (material->name != NULL ? material->name : ""));
  }
  for (guint i = 0; i < model->groups->len; i++)
    json_array_append_new (groups,
                           json_string (g_array_index (model->groups, DioModelGroup, i).name));
  return json_pack ("{s:o, s:o, s:I, s:i, s:o, s:o}", "min_m", vec3_to_json (model->bounds.min),
                    "max_m", vec3_to_json (model->bounds.max), "triangles",
                    (json_int_t) dio_model_count_triangles (model), "parts",
                    (int) model->parts->len, "materials", materials, "groups", groups);
}

static void
print_json (const Imported *imported)
{
  g_autoptr (json_t) json = json_pack ("{s:s, s:b, s:o}", "sha256", imported->report.sha256,
                                       "from_cache", imported->report.from_cache, "findings",
                                       findings_to_json (imported->report.findings));
  if (imported->model != NULL)
    json_object_set_new (json, "model", model_to_json (imported->model));
  else
    json_object_set_new (json, "image",
                         json_pack ("{s:i, s:i}", "width", (int) imported->image->width, "height",
                                    (int) imported->image->height));
  g_autofree char *text = dio_json_to_text (json);
  g_print ("%s", text);
}

static void
print_text (const char *path, const Imported *imported)
{
  if (imported->model != NULL) {
    const DioModel *model = imported->model;
    const DioBox3 *b = &model->bounds;
    g_print (_ ("%s: %.3f x %.3f x %.3f m, %" PRIu64 " triangles, %u materials, %u face groups\n"),
             path, b->max.x - b->min.x, b->max.y - b->min.y, b->max.z - b->min.z,
             dio_model_count_triangles (model), model->materials->len, model->groups->len);
  } else {
    g_print (_ ("%s: picture of %u x %u pixels\n"), path, imported->image->width,
             imported->image->height);
  }
  for (guint i = 0; i < dio_diagnostics_get_count (imported->report.findings); i++) {
    const DioDiagnostic *finding = dio_diagnostics_get (imported->report.findings, i);
    g_print ("  %s %s: %s\n", dio_severity_to_name (finding->severity), finding->code,
             finding->message);
  }
}

static gboolean
write_preview (const Imported *imported, const char *path, GError **error)
{
  g_autoptr (DioImage) picture = imported->model != NULL
                                     ? dio_engine_preview_model (imported->model, 640, 480, error)
                                     : dio_engine_preview_image (imported->image, 640);
  DioEncodeOptions encode = { .srgb = TRUE };
  g_autoptr (GBytes) png =
      picture != NULL ? dio_image_encode (picture, DIO_IMAGE_FORMAT_PNG, &encode, error) : NULL;
  if (png == NULL)
    return FALSE;
  gsize size;
  const void *data = g_bytes_get_data (png, &size);
  return dio_path_write_atomic (path, data, size, error);
}

static gboolean
parse_up (const char *text, DioUpAxis *up)
{
  if (text == NULL || g_str_equal (text, "auto"))
    *up = DIO_UP_AUTO;
  else if (g_str_equal (text, "y"))
    *up = DIO_UP_Y;
  else if (g_str_equal (text, "z"))
    *up = DIO_UP_Z;
  else
    return FALSE;
  return TRUE;
}

int
dio_cli_import (int argc, char **argv)
{
  gboolean as_json = FALSE;
  g_autofree char *preview = NULL, *up = NULL;
  double scale = 0;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_ ("Print JSON"), NULL },
    { "preview", 0, 0, G_OPTION_ARG_FILENAME, &preview, N_ ("Render a picture of it"), N_ ("PNG") },
    { "scale", 0, 0, G_OPTION_ARG_DOUBLE, &scale,
      N_ ("Metres per unit of the file (what the format says)"), "M" },
    { "up", 0, 0, G_OPTION_ARG_STRING, &up, N_ ("Up axis of the file: auto, y or z"), N_ ("AXIS") },
    G_OPTION_ENTRY_NULL,
  };
  char *path = NULL;
  if (!dio_cli_parse (argc, argv, entries, 1, &path))
    return DIO_EXIT_USAGE;
  DioAsset asset = { .kind = kind_from_name (path), .scale_to_m = scale, .front = { 0, -1, 0 } };
  if (!parse_up (up, &asset.up) || !(scale >= 0 && scale <= 1e6))
    return dio_cli_usage_error ("import",
                                _ ("--up must be auto, y or z and --scale between 0 and 1e6")),
           DIO_EXIT_USAGE;

  g_autoptr (GError) error = NULL;
  g_auto (Imported) imported = { 0 };
  if (!run_import (path, &asset, &imported, &error)
      || (preview != NULL && !write_preview (&imported, preview, &error)))
    return dio_cli_fail ("import", error);
  if (as_json)
    print_json (&imported);
  else
    print_text (path, &imported);
  return DIO_EXIT_DONE;
}
