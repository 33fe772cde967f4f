#pragma once
/* Thread: one. Datasets made by hand for exports: every shape stands for one rule of selection. */

#include "dio-dataset.h"

/** Pictures of the fixture. */
#define EXPORT_WIDTH 96u
#define EXPORT_HEIGHT 72u

/** Shapes in painting order; the instance is the number + 1. What becomes of each under the preset "detector". */
typedef enum {
  SHAPE_WALL,     /**< stuff: never an object */
  SHAPE_BEHIND,   /**< KEEP: partly hidden by the ring */
  SHAPE_RING,     /**< KEEP: a hole in it */
  SHAPE_SPLIT,    /**< KEEP: in two parts, for the pole stands before it */
  SHAPE_POLE,     /**< unlabelled */
  SHAPE_SMALL,    /**< IGNORE: 25 pixels */
  SHAPE_TINY,     /**< DROP: 3 pixels */
  SHAPE_CROWD,    /**< a crowd, else KEEP */
  SHAPE_SPECKLED, /**< KEEP: 3 of its 403 pixels are specks */
  SHAPE_SIGN,     /**< KEEP from its front, IGNORE from behind: seen so by the second sensor */
  SHAPE_SUBPIXEL, /**< IGNORE: no pixel is its own */
  SHAPE_CORNERS,  /**< KEEP: two blocks that touch at a corner */
  N_SHAPES,
} Shape;

/** Categories of the fixture, by position. */
enum { CATEGORY_BOX, CATEGORY_LIGHT, CATEGORY_WALL, CATEGORY_SIGN };

/** A new temporary folder; remove it with fixture_remove. */
char *export_fixture_make_folder (void) G_GNUC_WARN_UNUSED_RESULT;
void export_fixture_remove (char *folder);

/** A dataset "data" in @folder, open for writing, without frames. */
DioDataset *export_fixture_create (const char *folder) G_GNUC_WARN_UNUSED_RESULT;
gint64 export_fixture_add_run (DioDataset *dataset, guint64 seed, guint64 first, guint64 count);

/** Which frames to add. */
typedef struct {
  gint64 run;
  guint64 first, count;
  guint take;
  guint n_sensors;          /**< 1 or 2: "cam" and "rear.cam" */
  gboolean failed_check;    /**< the first sensor's captures failed a self-check */
  gboolean without_objects; /**< only the wall */
  gboolean with_instances;  /**< an instance picture beside the leaf picture */
  gboolean small;           /**< one shape on 16 x 12 pixels, for many frames */
} ExportFrames;

void export_fixture_add (DioDataset *dataset, const ExportFrames *frames);
/** The visible mask of @shape, as the fixture stored it for @frame and @sensor. */
DioRle export_fixture_mask (guint64 frame, guint sensor, Shape shape);
