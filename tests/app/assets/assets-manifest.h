#pragma once
/* The development assets, where they are present: DIORAMA_ASSETS_DIR/MANIFEST.tsv. */

#include "assets-fixture.h"

typedef struct {
  char *path, *kind, *notes;
  gint64 triangles; /**< -1 = not said */
} ManifestRow;

static inline void
manifest_row_free (gpointer data)
{
  ManifestRow *row = data;
  g_free (row->path);
  g_free (row->kind);
  g_free (row->notes);
  g_free (row);
}

/** Rows, or NULL where the assets are absent. Columns by the names in the first line. */
static inline GPtrArray *
manifest_load (const char *folder)
{
  g_autofree char *text = NULL;
  g_autofree char *path = g_build_filename (folder != NULL ? folder : "", "MANIFEST.tsv", NULL);
  if (folder == NULL || !g_file_get_contents (path, &text, NULL, NULL))
    return NULL;
  GPtrArray *rows = g_ptr_array_new_with_free_func (manifest_row_free);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 1; lines[i] != NULL; i++) {
    g_auto (GStrv) fields = g_strsplit (lines[i], "\t", -1);
    if (g_strv_length (fields) < 12)
      continue;
    ManifestRow *row = g_new0 (ManifestRow, 1);
    row->path = g_strdup (fields[0]);
    row->kind = g_strdup (fields[1]);
    row->notes = g_strdup (fields[11]);
    row->triangles = fields[8][0] != '\0' ? g_ascii_strtoll (fields[8], NULL, 10) : -1;
    g_ptr_array_add (rows, row);
  }
  return rows;
}

static inline DioAssetKind
manifest_guess_kind (const char *path)
{
  static const char *const pictures[] = { ".png", ".jpg", ".jpeg", ".webp" };
  g_autofree char *lower = g_ascii_strdown (path, -1);
  if (g_str_has_suffix (lower, ".hdr") || g_str_has_suffix (lower, ".exr"))
    return DIO_ASSET_ENVIRONMENT;
  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++) {
    if (g_str_has_suffix (lower, pictures[i]))
      return DIO_ASSET_TEXTURE;
  }
  return DIO_ASSET_MODEL;
}

/** The number of triangles fits: what is missing is in the finding on degenerate and broken faces. */
static inline void
manifest_check_triangles (const ManifestRow *row,
                          const DioModel *model,
                          const DioDiagnostics *findings)
{
  gint64 have = (gint64) dio_model_count_triangles (model);
  gint64 dropped = 0;
  static const char *const codes[] = { "faces-degenerate", "faces-not-finite" };
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++) {
    const DioDiagnostic *finding = dio_diagnostics_find (findings, codes[i]);
    if (finding != NULL)
      dropped += g_ascii_strtoll (finding->message, NULL, 10);
  }
  if (row->triangles >= 0)
    g_assert_cmpint (have + dropped, ==, row->triangles);
}

/** Imports one good row and checks it; models without triangles must say so. */
static inline void
manifest_check_good (Fixture *f, const char *folder, const ManifestRow *row)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, row->path, NULL);
  DioAsset asset = { .kind = manifest_guess_kind (path) };
  g_auto (DioImportReport) report = { 0 };
  gboolean done = dio_asset_store_import (f->store, path, &asset, &report, &error);
  /* Points, lines, and a scene of lights whose 60 triangles are bones drawn by a viewer. */
  if (row->triangles == 0 || g_str_has_suffix (path, "lights.dae")) {
    g_assert_error (error, DIO_ERROR, DIO_ERROR_UNSUPPORTED);
    return;
  }
  if (!done)
    g_test_message ("%s", row->path);
  g_assert_no_error (error);
  if (asset.kind == DIO_ASSET_MODEL) {
    g_autoptr (DioModel) model = dio_asset_load_model (report.blob_path, &error);
    g_assert_no_error (error);
    manifest_check_triangles (row, model, report.findings);
    return;
  }
  g_autoptr (DioImage) image = dio_asset_load_image (report.blob_path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (image->channels, ==, asset.kind == DIO_ASSET_TEXTURE ? 4 : 3);
}
