#pragma once
/* Thread: one. What the tests of exports share: a dataset of the fixture, exports of it, and how their files are read. */

#include "dio-base-json.h"
#include "dio-core-error.h"
#include "dio-export.h"
#include "export-fixture.h"

/** A folder with a dataset and a place for exports. */
typedef struct {
  char *folder;
  DioDataset *dataset;
  gint64 run;
} ExportCase;

void export_case_set_up (ExportCase *f, gconstpointer data);
void export_case_tear_down (ExportCase *f, gconstpointer data);
/** Frames of one or two sensors into the case's run. */
void export_case_add (ExportCase *f, guint64 first, guint64 count, guint n_sensors);
/** Exports to @name with @options, whose format and output may be left out. */
gboolean export_case_try (ExportCase *f,
                          const char *name,
                          DioExportOptions options,
                          DioExportResult *result,
                          GError **error);
/** The same; it must succeed. */
DioExportResult export_case_run (ExportCase *f, const char *name, DioExportOptions options);
/** FILE of the export NAME; owned. */
json_t *export_case_load_json (ExportCase *f,
                               const char *name,
                               const char *file) G_GNUC_WARN_UNUSED_RESULT;
char *export_case_load_text (ExportCase *f,
                             const char *name,
                             const char *file) G_GNUC_WARN_UNUSED_RESULT;
/** Runs a reader in Python on the dataset and an export; it must agree. */
void export_case_assert_reader (ExportCase *f, const char *script, const char *name);
/** No file of an unfinished export beside the dataset. */
void export_case_assert_entries (ExportCase *f, const char *const *wanted);
/** The annotation of @shape in image number @image, or NULL. */
const json_t *export_case_find_annotation (const json_t *coco, gsize image, Shape shape);
json_int_t export_case_get_int (const json_t *row, const char *key);
/** One of the counts of a manifest. */
json_int_t export_case_get_count (const json_t *manifest, const char *key);
void export_case_assert_box (const json_t *row, const char *key, int x, int y, int w, int h);
/** An export with @options fails with @code and a message that holds @message; nothing is left of it. */
void export_case_assert_refused (ExportCase *f,
                                 DioExportOptions options,
                                 DioError code,
                                 const char *message);

#define EXPORT_CASE_ADD(path, func)                                                                \
  g_test_add ("/export/" path, ExportCase, NULL, export_case_set_up, func, export_case_tear_down)
