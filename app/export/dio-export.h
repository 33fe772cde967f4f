#pragma once
/* Thread: one. Exports a dataset to what training code reads: one file per format behind one table; streaming,
 * so memory does not grow with the dataset; written beside the target and renamed at the end. */

#include "dio-annotate-policy.h"
#include "dio-dataset-exclusion.h"
#include "dio-dataset.h"
#include "dio-image-codec.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum {
  DIO_IGNORED_DEFAULT, /**< what the format does (labels.md 14) */
  DIO_IGNORED_DROP,
  DIO_IGNORED_KEEP,
  DIO_IGNORED_FILL, /**< paint the visible mask grey in the picture */
  DIO_IGNORED_SKIP_IMAGE,
} DioIgnoredMode;

typedef struct {
  char *name;   /**< "train" */
  double share; /**< of [0, 1) */
} DioSplit;

/** Zeroed fields are defaults. Strings borrowed. */
typedef struct {
  const char *format;     /**< name in the table */
  const char *output;     /**< folder: absent or empty */
  const DioSplit *splits; /**< n_splits; none = one split "train" with everything */
  guint n_splits;
  const char *policy; /**< preset name; NULL = the scenario's */
  DioIgnoredMode ignored;
  gboolean box_amodal;         /**< --box amodal */
  gboolean polygons;           /**< COCO: polygons instead of RLE */
  const char *class_map;       /**< file, or NULL */
  const char *prefix;          /**< of picture names and image keys, or NULL */
  gint64 id_base;              /**< first image and annotation id; 0 = 1 */
  DioImageFormat image_format; /**< UNKNOWN = PNG copied byte for byte */
  guint image_quality;
  gboolean include_failed_checks;
  /** What reviewers rejected (nullable, borrowed): its pictures leave, its objects become ignored. */
  const DioDatasetExclusion *exclusion;
  void (*progress) (guint64 done, guint64 total, gpointer user); /**< (nullable) */
  gpointer user;
  GCancellable *cancellable; /**< (nullable) */
} DioExportOptions;

typedef struct {
  guint64 images, annotations, ignored, dropped, skipped_images;
} DioExportResult;

typedef struct {
  const char *name;  /**< "coco" */
  const char *label; /**< N_() */
  const char *help;  /**< N_() what it writes, and what it cannot express */
} DioExportFormatInfo;

const DioExportFormatInfo *dio_export_get_formats (guint *n);
/** Errors: EXISTS for a folder that is not empty, INVALID for options, NO_SPACE, CANCELLED. */
gboolean dio_export_run (DioDataset *dataset,
                         const DioExportOptions *options,
                         DioExportResult *result,
                         GError **error);
/** An empty list of DioSplit that frees its names. */
GArray *dio_split_list_new (void) G_GNUC_WARN_UNUSED_RESULT;
/** "train=0.8,val=0.1,test=0.1": shares in sum <= 1 + 1e-9. */
gboolean dio_split_parse (const char *text, GArray *splits, GError **error);
/** Position of a group in [0, 1): hash (group key); group = "run scenario hash : seed : frame index", or ": sequence N". */
double dio_split_position (const char *group_key);

G_END_DECLS
