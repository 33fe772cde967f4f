#define G_LOG_DOMAIN "dio-randomizers"

#include "dio-coverage-strip.h"

#include "dio-heat-map.h"
#include "dio-histogram.h"
#include "dio-sphere-view.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define COLUMNS 16
#define ROWS 12
#define BINS 20

/* Sizes are shares of the picture's height, so that sheets of any tile size agree. */
#define LARGEST_SHARE 1.0

struct _DioCoverageStrip {
  GtkBox parent_instance;

  guint64 positions[ROWS * COLUMNS];
  guint64 sizes[BINS], visibilities[BINS];
  GArray *directions; /**< of double[2] */
  guint n;
  double aspect;
  DioHeatMap *heat;
  DioHistogram *size, *visibility;
  DioSphereView *sphere;
};

G_DEFINE_FINAL_TYPE (DioCoverageStrip, dio_coverage_strip, GTK_TYPE_BOX)

static guint
get_bin (double value, double max, guint bins)
{
  return (guint) CLAMP (value / max * bins, 0, bins - 1);
}

static void
show (DioCoverageStrip *self)
{
  dio_heat_map_set_counts (self->heat, self->positions, COLUMNS, ROWS);
  dio_heat_map_set_aspect (self->heat, self->aspect);
  dio_histogram_set_counts (self->size, self->sizes, BINS, 0, LARGEST_SHARE);
  dio_histogram_set_counts (self->visibility, self->visibilities, BINS, 0, 1);
  dio_sphere_view_set_directions (self->sphere, (const double (*)[2]) self->directions->data,
                                  self->directions->len);
}

void
dio_coverage_strip_clear (DioCoverageStrip *self)
{
  g_return_if_fail (DIO_IS_COVERAGE_STRIP (self));

  memset (self->positions, 0, sizeof self->positions);
  memset (self->sizes, 0, sizeof self->sizes);
  memset (self->visibilities, 0, sizeof self->visibilities);
  g_array_set_size (self->directions, 0);
  self->n = 0;
  show (self);
}

static void
add_annotation (DioCoverageStrip *self, const DioAnnotation *label, guint width, guint height)
{
  const DioPixelBox *box = &label->bbox_visible;
  if (!label->thing || label->category < 0 || label->visible_px == 0)
    return;
  double x = (box->x0 + box->x1) / 2.0, y = (box->y0 + box->y1) / 2.0;
  double size = sqrt ((double) (box->x1 - box->x0) * (box->y1 - box->y0)) / height;
  double direction[2] = { label->view_azimuth_rad, label->view_elevation_rad };
  self->positions[get_bin (y, height, ROWS) * COLUMNS + get_bin (x, width, COLUMNS)]++;
  self->sizes[get_bin (size, LARGEST_SHARE, BINS)]++;
  if (!isnan (label->visibility))
    self->visibilities[get_bin (label->visibility, 1, BINS)]++;
  if (isfinite (direction[0]) && isfinite (direction[1]))
    g_array_append_val (self->directions, direction);
  self->n++;
}

void
dio_coverage_strip_add (DioCoverageStrip *self, const DioPreviewResult *result)
{
  g_return_if_fail (DIO_IS_COVERAGE_STRIP (self) && result != NULL);

  if (result->annotations.annotations == NULL || result->labels.leaf == NULL)
    return;
  guint width = result->labels.leaf->width, height = result->labels.leaf->height;
  self->aspect = (double) width / height;
  for (guint i = 0; i < result->annotations.annotations->len; i++)
    add_annotation (self, &g_array_index (result->annotations.annotations, DioAnnotation, i), width,
                    height);
  show (self);
}

guint
dio_coverage_strip_get_n (DioCoverageStrip *self)
{
  g_return_val_if_fail (DIO_IS_COVERAGE_STRIP (self), 0);

  return self->n;
}

static void
add_plot (DioCoverageStrip *self, GtkWidget *plot, const char *title)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *label = gtk_label_new (title);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_accessible_update_property (GTK_ACCESSIBLE (plot), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_widget_set_size_request (plot, 84, 96);
  gtk_widget_set_hexpand (plot, TRUE);
  gtk_widget_set_vexpand (plot, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), plot);
  gtk_box_append (GTK_BOX (self), box);
}

static void
dio_coverage_strip_finalize (GObject *object)
{
  g_array_unref (DIO_COVERAGE_STRIP (object)->directions);
  G_OBJECT_CLASS (dio_coverage_strip_parent_class)->finalize (object);
}

static void
dio_coverage_strip_class_init (DioCoverageStripClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dio_coverage_strip_finalize;
}

static void
dio_coverage_strip_init (DioCoverageStrip *self)
{
  gtk_box_set_spacing (GTK_BOX (self), 18);
  gtk_box_set_homogeneous (GTK_BOX (self), TRUE);
  // The plots fill the strip, and the strip does not grow for it.
  gtk_widget_set_vexpand (GTK_WIDGET (self), FALSE);
  self->aspect = (double) COLUMNS / ROWS;
  self->directions = g_array_new (FALSE, FALSE, sizeof (double[2]));
  self->heat = DIO_HEAT_MAP (dio_heat_map_new ());
  self->size = DIO_HISTOGRAM (dio_histogram_new ());
  self->visibility = DIO_HISTOGRAM (dio_histogram_new ());
  self->sphere = DIO_SPHERE_VIEW (dio_sphere_view_new ());
  dio_histogram_set_brushable (self->size, FALSE);
  dio_histogram_set_brushable (self->visibility, FALSE);
  add_plot (self, GTK_WIDGET (self->heat), _ ("Position"));
  add_plot (self, GTK_WIDGET (self->size), _ ("Size (Share of Height)"));
  add_plot (self, GTK_WIDGET (self->visibility), _ ("Visibility"));
  add_plot (self, GTK_WIDGET (self->sphere), _ ("View Directions"));
  show (self);
}

GtkWidget *
dio_coverage_strip_new (void)
{
  return g_object_new (DIO_TYPE_COVERAGE_STRIP, NULL);
}
