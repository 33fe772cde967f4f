#pragma once
/* Thread: main. One instance that the sensor sees or would see, as the table of labels shows it. A row belongs to an object key and is updated in
 * place, so that the table does not jump from one result to the next.
 *
 * Properties (notify, read-only): "name" (string: "mug_1#2"), "node-id" (string), "copy" (uint), "category-name" (string, "" unlabelled), "color" (uint
 * 0xRRGGBB, of the category), "verdict" (int DioVerdict), "reason" (string: the rule that decided, "" for KEEP), "visibility", "truncation" (double 0..1,
 * NaN where undefined), "visible-px" (uint64), "distance" (double, metres), "hiders" (string: "tree_2 1204 px, post 18 px", most first, "" for none).
 * Signal "changed" once after each update that changed something, also of what is no property. */

#include "dio-annotate.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define DIO_TYPE_LABEL_ROW (dio_label_row_get_type ())
G_DECLARE_FINAL_TYPE (DioLabelRow, dio_label_row, DIO, LABEL_ROW, GObject)

/** Strings borrowed until the row changes. */
guint64 dio_label_row_get_object_key (DioLabelRow *row);
/** Dense index in the frame that is shown now. */
guint dio_label_row_get_instance (DioLabelRow *row);
const char *dio_label_row_get_name (DioLabelRow *row);
const char *dio_label_row_get_node_id (DioLabelRow *row);
guint dio_label_row_get_copy (DioLabelRow *row);
/** Index into the scenario's categories, -1 unlabelled. */
int dio_label_row_get_category (DioLabelRow *row);
const char *dio_label_row_get_category_name (DioLabelRow *row);
/** 0xRRGGBB; grey for unlabelled ones. */
guint dio_label_row_get_color (DioLabelRow *row);
DioVerdict dio_label_row_get_verdict (DioLabelRow *row);
const char *dio_label_row_get_reason (DioLabelRow *row);
double dio_label_row_get_visibility (DioLabelRow *row);
double dio_label_row_get_truncation (DioLabelRow *row);
guint64 dio_label_row_get_visible_px (DioLabelRow *row);
/** Metres from the camera to the middle of its 3D box. */
double dio_label_row_get_distance (DioLabelRow *row);
/** The visible box; all zero without visible pixels. */
DioPixelBox dio_label_row_get_box (DioLabelRow *row);
const char *dio_label_row_get_hiders (DioLabelRow *row);
/** Who hides it, most first; @name borrowed until the row changes. FALSE beyond the last. */
gboolean dio_label_row_get_hider (
    DioLabelRow *row, guint index, const char **name, const char **node_id, guint64 *px);

G_END_DECLS
