/* CVAT for images 1.1: SPLIT/annotations.xml beside SPLIT/images, each split a task of its own.
 *
 * CVAT counts pictures in the order of their names, so names begin with the number. The head of the file says how
 * many there are: it is written last, and what came before is moved behind it. */
#define G_LOG_DOMAIN "dio-export"

#include "dio-export-file-private.h"
#include "dio-export-format-private.h"
#include "dio-export-lines-private.h"
#include "dio-export-raster-private.h"
#include "dio-export-text-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

typedef struct {
  const DioExportJob *job;
  DioExportLines **bodies; /**< n_splits */
  guint64 *counts;         /**< n_splits */
} Cvat;

static void
cvat_free (gpointer state)
{
  Cvat *cvat = state;

  for (guint i = 0; i < cvat->job->n_splits; i++)
    dio_export_lines_free (cvat->bodies[i]);
  g_free (cvat->bodies);
  g_free (cvat->counts);
  g_free (cvat);
}

static gpointer
cvat_begin (const DioExportJob *job, GError **error)
{
  Cvat *cvat = g_new0 (Cvat, 1);

  (void) error;
  cvat->job = job;
  cvat->bodies = g_new0 (DioExportLines *, job->n_splits);
  cvat->counts = g_new0 (guint64, job->n_splits);
  for (guint i = 0; i < job->n_splits; i++) {
    g_autofree char *name = g_strdup_printf ("%s/.body.xml", job->splits[i].name);
    cvat->bodies[i] = dio_export_lines_new (job->folder, name);
  }
  return cvat;
}

static char *
place_picture (const DioExportJob *job, const DioExportImage *image)
{
  return g_strdup_printf ("%s/images/%08" G_GUINT64_FORMAT "_%s", job->splits[image->split].name,
                          image->number, image->name);
}

/* Bigger is nearer: the number of objects in the picture that are farther away. */
static guint
get_z_order (const DioExportImage *image, guint index)
{
  const DioExportAnnotation *all =
      (const DioExportAnnotation *) (gpointer) image->annotations->data;
  double distance = all[index].source->label.distance_m;
  guint z = 0;

  for (guint i = 0; i < image->annotations->len; i++) {
    double other = all[i].source->label.distance_m;
    z += other > distance || (other == distance && i > index);
  }
  return z;
}

static void
append_attribute (GString *text, const char *name, const char *value)
{
  g_string_append_printf (text, "<attribute name=\"%s\">", name);
  dio_export_append_xml (text, value);
  g_string_append (text, "</attribute>\n");
}

static void
append_attributes (GString *text, const DioExportAnnotation *a)
{
  const DioAnnotation *label = &a->source->label;
  double share = isfinite (label->visibility) ? label->visibility : 0;
  g_autofree char *visibility = g_strdup_printf ("%d", (int) floor (100 * share + 0.5));
  g_autofree char *instance = g_strdup_printf ("%u", label->instance);

  append_attribute (text, "visibility", visibility);
  append_attribute (text, "instance", instance);
  append_attribute (text, "ignored", a->ignored ? "true" : "false");
}

/* What box and mask have in common; the group ties them together. */
static void
append_shape (GString *text, const char *kind, const DioExportAnnotation *a)
{
  const DioAnnotation *label = &a->source->label;

  g_string_append_printf (text, "<%s label=\"", kind);
  dio_export_append_xml (text, a->class->name);
  g_string_append_printf (text, "\" source=\"manual\" occluded=\"%d\"",
                          label->visible_px < label->amodal_px);
}

static void
append_edge (GString *text, const char *name, double value)
{
  g_string_append_printf (text, " %s=\"", name);
  dio_export_append_number (text, value, 2, 2);
  g_string_append_c (text, '"');
}

static void
append_box (GString *text, const DioExportAnnotation *a, guint z_order, guint group)
{
  append_shape (text, "box", a);
  append_edge (text, "xtl", a->box.x0);
  append_edge (text, "ytl", a->box.y0);
  append_edge (text, "xbr", a->box.x1);
  append_edge (text, "ybr", a->box.y1);
  g_string_append_printf (text, " z_order=\"%u\" group_id=\"%u\">\n", z_order, group);
  append_attributes (text, a);
  g_string_append (text, "</box>\n");
}

/* Runs along the rows of the mask's own box, starting with zeros. */
static void
append_runs (GString *text, const DioRle *mask, const DioPixelBox *box)
{
  g_auto (DioRle) window = { 0 };
  gsize length = 0;
  guint8 value = 0;

  dio_rle_crop (&window, mask, box);
  g_autoptr (DioImage) pixels = dio_rle_to_mask (&window);
  gsize n = (gsize) pixels->width * pixels->height;
  for (gsize i = 0; i < n; i++, length++)
    if (pixels->u8[i] != value) {
      g_string_append_printf (text, "%" G_GSIZE_FORMAT ", ", length);
      length = 0;
      value = pixels->u8[i];
    }
  g_string_append_printf (text, "%" G_GSIZE_FORMAT, length);
}

static void
append_mask (GString *text, const DioExportAnnotation *a, guint z_order, guint group)
{
  const DioPixelBox *box = &a->box_visible;

  append_shape (text, "mask", a);
  g_string_append (text, " rle=\"");
  append_runs (text, &a->mask, box);
  g_string_append_printf (text,
                          "\" left=\"%d\" top=\"%d\" width=\"%d\" height=\"%d\" z_order=\"%u\""
                          " group_id=\"%u\">\n",
                          box->x0, box->y0, box->x1 - box->x0, box->y1 - box->y0, z_order, group);
  append_attributes (text, a);
  g_string_append (text, "</mask>\n");
}

static gboolean
cvat_add (gpointer state, const DioExportImage *image, GError **error)
{
  Cvat *cvat = state;
  GString *text = dio_export_lines_get (cvat->bodies[image->split]);

  g_string_append_printf (text, "<image id=\"%" G_GUINT64_FORMAT "\" name=\"",
                          cvat->counts[image->split]++);
  dio_export_append_xml (text, image->file_name);
  g_string_append_printf (text, "\" width=\"%u\" height=\"%u\">\n", image->capture->width_px,
                          image->capture->height_px);
  for (guint i = 0; i < image->annotations->len; i++) {
    const DioExportAnnotation *a = &g_array_index (image->annotations, DioExportAnnotation, i);
    guint z_order = get_z_order (image, i);
    append_box (text, a, z_order, i + 1);
    append_mask (text, a, z_order, i + 1);
  }
  g_string_append (text, "</image>\n");
  return dio_export_lines_flush (cvat->bodies[image->split], error);
}

static void
append_declaration (GString *text, const char *name, const char *type, const char *values)
{
  g_string_append_printf (text,
                          "<attribute><name>%s</name><mutable>False</mutable>"
                          "<input_type>%s</input_type><default_value>%s</default_value>"
                          "<values>%s</values></attribute>\n",
                          name, type, type[0] == 'n' ? "0" : "false", values);
}

static void
append_labels (GString *text, const DioExportJob *job)
{
  for (guint i = 0; i < job->classes->classes->len; i++) {
    guint8 color[3];
    dio_export_voc_color (i + 1, color);
    g_string_append (text, "<label><name>");
    dio_export_append_xml (text, dio_export_classes_get (job->classes, (int) i)->name);
    g_string_append_printf (text,
                            "</name><color>#%02x%02x%02x</color><type>any</type><attributes>\n",
                            color[0], color[1], color[2]);
    append_declaration (text, "visibility", "number", "0\n100\n1");
    append_declaration (text, "instance", "number", "0\n65535\n1");
    append_declaration (text, "ignored", "checkbox", "");
    g_string_append (text, "</attributes></label>\n");
  }
}

static void
append_head (GString *text, const Cvat *cvat, guint split)
{
  const DioExportJob *job = cvat->job;

  g_string_append (text, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<annotations>\n"
                         "<version>1.1</version>\n<meta>\n<task>\n<id>1</id>\n<name>");
  dio_export_append_xml (text, job->splits[split].name);
  g_string_append_printf (text,
                          "</name>\n<size>%" G_GUINT64_FORMAT "</size>\n<mode>annotation</mode>\n"
                          "<overlap>0</overlap>\n<z_order>True</z_order>\n"
                          "<flipped>False</flipped>\n<labels>\n",
                          cvat->counts[split]);
  append_labels (text, job);
  /* No time of day: the same dataset gives the same file. */
  g_string_append (text, "</labels>\n</task>\n<dumped>1970-01-01 00:00:00.000000+00:00</dumped>\n"
                         "</meta>\n");
}

static gboolean
end_split (const Cvat *cvat, guint split, GError **error)
{
  const char *folder = cvat->job->folder, *name = cvat->job->splits[split].name;
  g_autofree char *file = g_strdup_printf ("%s/annotations.xml", name);
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autofree char *body = g_build_filename (folder, name, ".body.xml", NULL);
  g_autoptr (GString) head = g_string_new (NULL);

  append_head (head, cvat, split);
  g_string_append (dio_export_lines_get (cvat->bodies[split]), "</annotations>\n");
  return dio_export_lines_end (cvat->bodies[split], error)
         && dio_export_file_put (folder, file, head->str, head->len, error)
         && dio_export_file_append_file (path, body, error);
}

static gboolean
cvat_end (gpointer state, GError **error)
{
  const Cvat *cvat = state;

  for (guint i = 0; i < cvat->job->n_splits; i++)
    if (!end_split (cvat, i, error))
      return FALSE;
  return TRUE;
}

static const char *const conventions[] = {
  "box",
  "edges of pixels: (xtl, ytl) is the top left corner, (xbr, ybr) the bottom right one",
  "box_rule",
  "exactly the extent of the pixels it stands for, clipped to the picture",
  "mask",
  "runs along the rows of the mask's box, starting with zeros",
  "group_id",
  "ties the box and the mask of an object together",
  "z_order",
  "bigger is nearer",
  "visibility",
  "per cent of the silhouette in the picture",
  "ignored",
  "an attribute of both shapes",
  NULL,
};

const DioExportFormat dio_export_cvat = {
  .info = {
    .name = "cvat",
    .label = N_ ("CVAT for images"),
    .help = N_ ("annotations.xml with boxes and masks, a task for each split; ignored annotations"
                " carry an attribute"),
  },
  .default_ignored = DIO_IGNORED_KEEP,
  .marks_ignored = TRUE,
  .removes_specks = TRUE,
  .conventions = conventions,
  .place_picture = place_picture,
  .begin = cvat_begin,
  .add = cvat_add,
  .end = cvat_end,
  .free = cvat_free,
};
