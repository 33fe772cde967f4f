#define G_LOG_DOMAIN "dio-widgets"

/* The range of a randomized value, drawn behind the number of a field. */

#include "dio-number-field-private.h"

#include "dio-widgets-private.h"

void
dio_number_field_draw_sparkline (DioNumberField *self, GtkSnapshot *snapshot)
{
  graphene_rect_t area;
  if (!gtk_widget_compute_bounds (self->frame, GTK_WIDGET (self), &area))
    return;
  double x = area.origin.x + 2, w = area.size.width - 4;
  double bottom = area.origin.y + area.size.height - 2, h = area.size.height * 0.7;
  double peak = 0;
  for (guint i = 0; i < self->n_density; i++)
    peak = MAX (peak, self->density[i]);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &area);
  GdkRGBA accent = dio_widgets_get_color (GTK_WIDGET (self), "accent_bg_color");
  cairo_move_to (cr, x, bottom);
  for (guint i = 0; i < self->n_density; i++) {
    double top = bottom - h * (peak > 0 ? self->density[i] / peak : 0);
    cairo_line_to (cr, x + w * i / self->n_density, top);
    cairo_line_to (cr, x + w * (i + 1) / self->n_density, top);
  }
  cairo_line_to (cr, x + w, bottom);
  cairo_close_path (cr);
  dio_widgets_set_source (cr, &accent, 0.22);
  cairo_fill (cr);
  double span = self->density_max - self->density_min;
  if (span > 0 && self->value >= self->density_min && self->value <= self->density_max) {
    dio_widgets_set_source (cr, &accent, 0.9);
    cairo_rectangle (cr, x + w * (self->value - self->density_min) / span - 0.75, bottom - h, 1.5,
                     h);
    cairo_fill (cr);
  }
  cairo_destroy (cr);
}

void
dio_number_field_set_sparkline (
    DioNumberField *self, const double *density, guint n, double min, double max)
{
  g_return_if_fail (DIO_IS_NUMBER_FIELD (self));
  g_free (self->density);
  self->density = g_new (double, MAX (n, 1));
  self->n_density = n;
  for (guint i = 0; i < n; i++)
    self->density[i] = density != NULL ? density[i] : 1;
  self->density_min = min;
  self->density_max = max;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
dio_number_field_get_sparkline (DioNumberField *self,
                                graphene_rect_t *area,
                                double *min,
                                double *max)
{
  g_return_val_if_fail (DIO_IS_NUMBER_FIELD (self) && area != NULL, FALSE);
  g_return_val_if_fail (min != NULL && max != NULL, FALSE);
  *min = self->density_min;
  *max = self->density_max;
  return self->n_density > 0 && !self->editing
         && gtk_widget_compute_bounds (self->frame, GTK_WIDGET (self), area);
}
