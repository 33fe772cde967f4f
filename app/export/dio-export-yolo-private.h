#pragma once
/* Thread: one. What the formats of the YOLO family share: folders, names of classes, one row for each object. */

#include "dio-export-format-private.h"

G_BEGIN_DECLS

typedef struct DioYolo DioYolo;

/** Appends the row of one object to the text, line end included. */
typedef void (*DioYoloAppendRow) (DioYolo *yolo,
                                  const DioExportAnnotation *a,
                                  const DioDatasetCapture *capture);

/** State of an export. */
struct DioYolo {
  const DioExportJob *job;
  DioYoloAppendRow append_row;
  GString *text;    /**< label file being made */
  guint64 n_joined; /**< objects in several parts, joined by lines */
};

/** " 0.5125": 6 to 12 decimals, never an exponent: strict readers take digits and dots only. */
void dio_yolo_append_number (GString *text, double value);

/* Functions of the table; begin is wrapped by each format. */
gpointer dio_yolo_begin (const DioExportJob *job, DioYoloAppendRow append_row, GError **error);
gboolean dio_yolo_add (gpointer state, const DioExportImage *image, GError **error);
gboolean dio_yolo_end (gpointer state, GError **error);
void dio_yolo_free (gpointer state);

G_END_DECLS
