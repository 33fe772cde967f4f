#pragma once
/* Thread: main. What the frames of a sheet cover, before a batch is rendered: where objects stand in the picture, how large and how visible they are, and
 * from where they are seen. */

#include "dio-preview.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_COVERAGE_STRIP (dio_coverage_strip_get_type ())
G_DECLARE_FINAL_TYPE (DioCoverageStrip, dio_coverage_strip, DIO, COVERAGE_STRIP, GtkBox)

GtkWidget *dio_coverage_strip_new (void) G_GNUC_WARN_UNUSED_RESULT;
void dio_coverage_strip_clear (DioCoverageStrip *strip);
/** Adds the labelled things of @result. */
void dio_coverage_strip_add (DioCoverageStrip *strip, const DioPreviewResult *result);
/** Objects counted so far. */
guint dio_coverage_strip_get_n (DioCoverageStrip *strip);

G_END_DECLS
