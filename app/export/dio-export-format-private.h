#pragma once
/* Thread: one. What a run tells a format, and the table that every format fills. */

#include "dio-export-classes-private.h"
#include "dio-export.h"

G_BEGIN_DECLS

/** One annotation that is written. */
typedef struct {
  const DioDatasetAnnotation *source; /**< borrowed from the frame */
  const DioExportClass *class;        /**< borrowed from the job */
  gboolean ignored;                   /**< verdict IGNORE, kept with a mark */
  gboolean crowd;
  DioRle mask; /**< visible pixels without specks; never empty */
  guint64 area_px;
  DioPixelBox box_visible; /**< extent of the mask */
  DioPixelBox box;         /**< the one that is exported */
} DioExportAnnotation;

/** What became of annotations. */
typedef struct {
  guint64 written;
  guint64 kept, ignored, crowd, dropped; /**< by verdict; a crowd also counts by its verdict */
  guint64 unlabelled, stuff;             /**< no object of a category */
  guint64 class_dropped;                 /**< by the class map */
  guint64 rejected;                      /**< ignored because a reviewer rejected them */
  guint64 outside_cone;                  /**< changed or ignored by the category's front cone */
  guint64 without_pixels;                /**< ignored ones of which no pixel is left to mark */
  guint64 filled;                        /**< ignored ones painted over */
  guint64 speck_px;                      /**< pixels that left masks as specks */
} DioExportCounts;

/** One picture with its annotations. */
typedef struct {
  const DioDatasetFrame *frame;     /**< borrowed */
  const DioDatasetCapture *capture; /**< borrowed */
  guint split;                      /**< index into the job's splits */
  guint64 number;                   /**< of the picture in this export, from 0 */
  gint64 id;
  char *stem;            /**< the picture's name: unique in the export, without extension */
  const char *extension; /**< "png" */
  char *path;            /**< of the picture in the export; NULL where the format embeds it */
  const char *file_name; /**< the last part of @path, else of "STEM.EXTENSION"; in @path or @name */
  char *name;            /**< "STEM.EXTENSION" */
  GBytes *picture;       /**< the file that is exported */
  GArray *annotations;   /**< of DioExportAnnotation: objects */
  GArray *stuff;         /**< the same: what is no object, where the format has it */
  GPtrArray *fills;      /**< of const DioRle*: masks to paint grey, borrowed from the frame */
  guint n_ignored;       /**< verdicts IGNORE, written or not */
  DioExportCounts counts;
} DioExportImage;

typedef struct {
  guint64 images, annotations;
} DioExportSplitCounts;

/** Pictures left out. */
typedef struct {
  guint64 failed_checks, rejected, with_ignored, outside_splits;
} DioExportSkipped;

typedef struct DioExportFormat DioExportFormat;

/** One export; borrowed by the format from begin to free. */
typedef struct {
  DioDataset *dataset;
  DioScenario *scenario; /**< borrowed from the dataset */
  const DioExportOptions *options;
  const DioExportFormat *format;
  const char *folder; /**< to write into */
  const DioSplit *splits;
  guint n_splits;
  DioLabelPolicy policy;
  DioIgnoredMode ignored; /**< never DEFAULT */
  gint64 id_base;         /**< never 0 */
  DioExportClasses *classes;
  GHashTable *sensor_parts; /**< sensor id -> part of file names */
  guint64 n_images;
  DioExportCounts counts;
  DioExportSkipped skipped;
  DioExportSplitCounts *split_counts; /**< n_splits */
} DioExportJob;

/** A format: what it can express, and how it is written. Each function is called by the run only. */
struct DioExportFormat {
  DioExportFormatInfo info;
  DioIgnoredMode default_ignored;
  gboolean marks_ignored;  /**< KEEP writes a mark; else KEEP writes an object like any other */
  gboolean has_crowds;     /**< else a crowd is handled as ignored */
  gboolean has_polygons;   /**< knows the option `polygons` */
  gboolean removes_specks; /**< labels.md 10 */
  gboolean has_stuff;      /**< stuff is classes too and comes in DioExportImage.stuff */
  gboolean only_png; /**< pictures are PNG whatever the dataset has; other wishes are refused */
  gboolean embeds_pictures; /**< no file is written: the format takes DioExportImage.picture */
  gboolean reads_leaves;    /**< frames come with the rows of their leaves */
  gboolean no_objects;      /**< says nothing of single objects: none come, and none are counted */
  gint64 first_class_id;
  gboolean dense_class_ids; /**< ids run from first_class_id without gaps */
  /** How the numbers in its files are meant, for the manifest: key, value, ..., NULL. */
  const char *const *conventions;

  /** (nullable) Where the picture stands in the export; NULL = images/SPLIT/NAME. */
  char *(*place_picture) (const DioExportJob *job, const DioExportImage *image);
  gpointer (*begin) (const DioExportJob *job, GError **error);
  /** The picture stands already. */
  gboolean (*add) (gpointer state, const DioExportImage *image, GError **error);
  gboolean (*end) (gpointer state, GError **error);
  /** (nullable) After end: what the format could not express, counted, for the manifest's "losses". */
  json_t *(*report) (gpointer state);
  void (*free) (gpointer state);
};

extern const DioExportFormat dio_export_coco;
extern const DioExportFormat dio_export_coco_panoptic;
extern const DioExportFormat dio_export_cvat;
extern const DioExportFormat dio_export_huggingface;
extern const DioExportFormat dio_export_kitti;
extern const DioExportFormat dio_export_kitti_flow;
extern const DioExportFormat dio_export_mot;
extern const DioExportFormat dio_export_numpy;
extern const DioExportFormat dio_export_ply;
extern const DioExportFormat dio_export_tfrecord;
extern const DioExportFormat dio_export_voc;
extern const DioExportFormat dio_export_webdataset;
extern const DioExportFormat dio_export_yolo;
extern const DioExportFormat dio_export_yolo_obb;
extern const DioExportFormat dio_export_yolo_segment;

/* dio-export-split.c */
gboolean dio_split_check (const DioSplit *splits, guint n_splits, GError **error);
/** Index of the split that holds @position, or -1 for what the shares leave over. */
int dio_split_find (const DioSplit *splits, guint n_splits, double position);

/* dio-export-select.c */
/** Fills annotations, fills and counts of @image, whose frame and capture are set. CORRUPT for a category that
 * the scenario does not have. */
gboolean dio_export_select (const DioExportJob *job, DioExportImage *image, GError **error);
void dio_export_image_clear (DioExportImage *image);

/* dio-export-picture.c */
/** Makes the picture of @image and, unless the format embeds it, its file: copied, or decoded, filled and encoded
 * again. Sets stem, extension, path, names and picture. Errors: NOT_FOUND, CORRUPT where the file is not what the
 * dataset recorded. */
gboolean dio_export_picture_write (DioExportJob *job, DioExportImage *image, GError **error);
/** Makes images/SPLIT for all splits, for formats that have such folders. */
gboolean dio_export_picture_make_folders (const DioExportJob *job, GError **error);
/** A picture of the capture, decoded: "depth" in metres as f32 (0 = none), or as stored. NULL without error where
 * the dataset has no such channel. Errors: NOT_FOUND, CORRUPT. */
DioImage *dio_export_picture_load_channel (const DioExportJob *job,
                                           const DioExportImage *image,
                                           const char *channel,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* dio-export-manifest.c */
/** Writes manifest.json; @state is the format's. */
gboolean dio_export_manifest_write (const DioExportJob *job, gpointer state, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DioExportImage, dio_export_image_clear)

G_END_DECLS
