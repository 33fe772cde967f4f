#pragma once
/* Thread: one. What COCO's files have in common: two documents a split, written at once and joined at the end. */

#include "dio-base-json.h"
#include "dio-export-format-private.h"

G_BEGIN_DECLS

/** The two documents of one split; closed and NULL at the end. */
typedef struct {
  char *path, *spill_path;
  DioJsonWriter *images;      /**< in its array of images */
  DioJsonWriter *annotations; /**< in its array of annotations */
} DioCocoFiles;

/** annotations/KIND_SPLIT.json for all splits, with info, licenses and categories written. Formats with stuff say
 * isthing and color for each category. */
DioCocoFiles *dio_coco_files_open (const DioExportJob *job,
                                   const char *kind,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** Ends the documents and joins them. */
gboolean dio_coco_files_end (DioCocoFiles *files, guint n_splits, GError **error);
/** (nullable) */
void dio_coco_files_free (DioCocoFiles *files, guint n_splits);

void dio_coco_write_image (DioJsonWriter *w, const DioExportImage *image);
/** A colour for the class @index: away from black, which is void. */
void dio_coco_get_color (guint index, guint8 color[3]);
void dio_coco_put_int (DioJsonWriter *w, const char *key, gint64 value);
void dio_coco_put_string (DioJsonWriter *w, const char *key, const char *value);
/** null where @value is not finite. */
void dio_coco_put_double (DioJsonWriter *w, const char *key, double value);
/** [x, y, width, height] of a half-open box. */
void dio_coco_put_box (DioJsonWriter *w, const char *key, const DioPixelBox *box);

G_END_DECLS
