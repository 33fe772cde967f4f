#define G_LOG_DOMAIN "dio-jobs"

#include "dio-job-stages.h"

#include "dio-jobs-text.h"
#include "dio-label-palette.h"

#include <glib/gi18n-lib.h>

#define BAR_HEIGHT_PX 14

struct _DioJobStages {
  GtkBox parent_instance;

  DioJobStage stages[DIO_JOB_MAX_STAGES];
  guint n;
  double total_s;
  GtkWidget *bar;
  GtkFlowBox *legend;
};

G_DEFINE_FINAL_TYPE (DioJobStages, dio_job_stages, GTK_TYPE_BOX)

static void
set_color (cairo_t *cr, guint index)
{
  guint8 rgb[3];
  dio_label_palette_get (index, rgb);
  cairo_set_source_rgb (cr, rgb[0] / 255.0, rgb[1] / 255.0, rgb[2] / 255.0);
}

static void
draw_bar_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  DioJobStages *self = data;
  double x = 0;
  for (guint i = 0; i < self->n; i++) {
    double part = self->stages[i].seconds / self->total_s * width;
    set_color (cr, i);
    cairo_rectangle (cr, x, 0, MAX (part - 1, 0), height);
    cairo_fill (cr);
    x += part;
  }
}

static void
draw_dot_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  set_color (cr, GPOINTER_TO_UINT (data));
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_fill (cr);
}

static void
add_legend (DioJobStages *self, guint index, const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *dot = gtk_drawing_area_new ();
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (dot), 10);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (dot), 10);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (dot), draw_dot_cb, GUINT_TO_POINTER (index),
                                  NULL);
  gtk_widget_set_valign (dot, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), dot);
  GtkWidget *label = gtk_label_new (text);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "numeric");
  gtk_box_append (GTK_BOX (box), label);
  gtk_flow_box_insert (self->legend, box, -1);
}

void
dio_job_stages_set (DioJobStages *self, const DioJobProgress *progress)
{
  g_return_if_fail (DIO_IS_JOB_STAGES (self) && progress != NULL);

  self->n = progress->n_stages;
  self->total_s = 0;
  for (guint i = 0; i < self->n; i++) {
    self->stages[i] = progress->stages[i];
    self->total_s += progress->stages[i].seconds;
  }
  gtk_widget_set_visible (GTK_WIDGET (self), self->total_s > 0);
  for (GtkFlowBoxChild *child; (child = gtk_flow_box_get_child_at_index (self->legend, 0)) != NULL;)
    gtk_flow_box_remove (self->legend, GTK_WIDGET (child));
  if (!(self->total_s > 0)) {
    self->n = 0;
    return;
  }
  g_autoptr (GString) all = g_string_new (_ ("Share of time: "));
  for (guint i = 0; i < self->n; i++) {
    g_autofree char *text =
        g_strdup_printf ("%s %.0f %%", dio_jobs_stage_label (self->stages[i].name),
                         100 * self->stages[i].seconds / self->total_s);
    add_legend (self, i, text);
    g_string_append_printf (all, "%s%s", i > 0 ? ", " : "", text);
  }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  all->str, -1);
  gtk_widget_queue_draw (self->bar);
}

static void
dio_job_stages_class_init (DioJobStagesClass *klass)
{
}

static void
dio_job_stages_init (DioJobStages *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  GtkWidget *title = gtk_label_new (_ ("Share of Time"));
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "heading");
  gtk_box_append (GTK_BOX (self), title);
  self->bar = gtk_drawing_area_new ();
  gtk_widget_set_overflow (self->bar, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (self->bar, "dio-picture");
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (self->bar), BAR_HEIGHT_PX);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->bar), draw_bar_cb, self, NULL);
  gtk_box_append (GTK_BOX (self), self->bar);
  self->legend = GTK_FLOW_BOX (gtk_flow_box_new ());
  gtk_flow_box_set_selection_mode (self->legend, GTK_SELECTION_NONE);
  /* A flow box without controls would keep Tab for ever. */
  gtk_widget_set_can_focus (GTK_WIDGET (self->legend), FALSE);
  gtk_flow_box_set_column_spacing (self->legend, 12);
  gtk_flow_box_set_max_children_per_line (self->legend, DIO_JOB_MAX_STAGES);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->legend));
}

GtkWidget *
dio_job_stages_new (void)
{
  return g_object_new (DIO_TYPE_JOB_STAGES, NULL);
}
