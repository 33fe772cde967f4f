#pragma once
/* Thread: main. The groups of sensors: size with presets, lens or K, calibration from elsewhere, exposure. */

#include "dio-inspector-group-private.h"

G_BEGIN_DECLS

#define DIO_TYPE_INSPECTOR_SENSOR (dio_inspector_sensor_get_type ())
G_DECLARE_FINAL_TYPE (DioInspectorSensor, dio_inspector_sensor, DIO, INSPECTOR_SENSOR, GtkBox)

GtkWidget *dio_inspector_sensor_new (DioSession *session) G_GNUC_WARN_UNUSED_RESULT;
void dio_inspector_sensor_refresh (DioInspectorSensor *sensor);

/** "63.4° × 38.2°" of a pinhole with those focal lengths (px). */
char *dio_inspector_dup_field_of_view (double fx, double fy, double width_px, double height_px)
    G_GNUC_WARN_UNUSED_RESULT;

/* -- Calibration ------------------------------------------------------------------------------------------------- */

/** Opens the dialog that reads K for the sensors of @ids. */
void dio_inspector_calibration_present (GtkWidget *widget,
                                        DioSession *session,
                                        const char *const *ids);
/** The dialog's widget, for tests: paste, choose, apply. */
GtkWidget *dio_inspector_calibration_new (DioSession *session,
                                          const char *const *ids) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
