#pragma once
/* Thread: main. From where objects are seen: a sphere of view directions (azimuth 0 = the object's front, counter-clockwise from above; elevation up), filled bins by count,
 * empty ones hollow. Drag turns it; Left/Right/Up/Down while focused. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_SPHERE_VIEW (dio_sphere_view_get_type ())
G_DECLARE_FINAL_TYPE (DioSphereView, dio_sphere_view, DIO, SPHERE_VIEW, GtkWidget)

GtkWidget *dio_sphere_view_new (void) G_GNUC_WARN_UNUSED_RESULT;
/** @n pairs of (azimuth, elevation) in radians; copied and binned. */
void dio_sphere_view_set_directions (DioSphereView *view,
                                     const double (*directions_rad)[2],
                                     guint n);
/** Share of the bins that have at least one, 0..1, over all directions. */
double dio_sphere_view_get_coverage (DioSphereView *view);

G_END_DECLS
