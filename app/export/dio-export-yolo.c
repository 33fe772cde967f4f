/* The YOLO family as Ultralytics reads it: images/SPLIT/x.png, labels/SPLIT/x.txt, data.yaml; and its boxes. */
#define G_LOG_DOMAIN "dio-export"

#include "dio-base-path.h"
#include "dio-core-error.h"
#include "dio-export-file-private.h"
#include "dio-export-text-private.h"
#include "dio-export-yolo-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Keys that data.yaml has for other things. */
static gboolean
check_split_names (const DioExportJob *job, GError **error)
{
  static const char *const taken[] = { "path",      "names",      "nc",       "download",
                                       "channels",  "kpt_shape",  "flip_idx", "yaml_file",
                                       "val_split", "validation", NULL };

  for (guint i = 0; i < job->n_splits; i++)
    if (g_strv_contains (taken, job->splits[i].name)) {
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                   "data.yaml has a key “%s” of its own: choose another name for the split",
                   job->splits[i].name);
      return FALSE;
    }
  return TRUE;
}

void
dio_yolo_free (gpointer state)
{
  DioYolo *yolo = state;

  g_string_free (yolo->text, TRUE);
  g_free (yolo);
}

gpointer
dio_yolo_begin (const DioExportJob *job, DioYoloAppendRow append_row, GError **error)
{
  if (!check_split_names (job, error))
    return NULL;
  for (guint i = 0; i < job->n_splits; i++) {
    g_autofree char *folder = g_build_filename (job->folder, "labels", job->splits[i].name, NULL);
    if (!dio_path_make_folders (folder, error))
      return NULL;
  }
  DioYolo *yolo = g_new0 (DioYolo, 1);
  yolo->job = job;
  yolo->append_row = append_row;
  yolo->text = g_string_new (NULL);
  return yolo;
}

/* Half a unit of the twelfth decimal is 1e-8 of a pixel in the widest picture. */
void
dio_yolo_append_number (GString *text, double value)
{
  g_string_append_c (text, ' ');
  dio_export_append_number (text, value, 6, 12);
}

gboolean
dio_yolo_add (gpointer state, const DioExportImage *image, GError **error)
{
  DioYolo *yolo = state;
  g_autofree char *path = g_strdup_printf ("%s/labels/%s/%s.txt", yolo->job->folder,
                                           yolo->job->splits[image->split].name, image->stem);

  g_string_truncate (yolo->text, 0);
  for (guint i = 0; i < image->annotations->len; i++)
    yolo->append_row (yolo, &g_array_index (image->annotations, DioExportAnnotation, i),
                      image->capture);
  /* A picture without objects has an empty file: it is a background, not a picture without labels. */
  return dio_export_file_write (path, yolo->text->str, yolo->text->len, error);
}

static gboolean
has_split (const DioExportJob *job, const char *name)
{
  for (guint i = 0; i < job->n_splits; i++)
    if (g_str_equal (job->splits[i].name, name))
      return TRUE;
  return FALSE;
}

/* Readers want both train and val; a split that is not there is the first one. */
static void
append_split (GString *yaml, const DioExportJob *job, const char *name)
{
  const char *folder = has_split (job, name)      ? name
                       : has_split (job, "train") ? "train"
                                                  : job->splits[0].name;

  g_string_append_printf (yaml, "%s: images/%s\n", name, folder);
}

gboolean
dio_yolo_end (gpointer state, GError **error)
{
  DioYolo *yolo = state;
  const DioExportJob *job = yolo->job;
  g_autoptr (GString) yaml = g_string_new (
      "# Without a key \"path\" the folders below are looked for beside this file.\n");
  g_autofree char *path = g_build_filename (job->folder, "data.yaml", NULL);

  append_split (yaml, job, "train");
  append_split (yaml, job, "val");
  for (guint i = 0; i < job->n_splits; i++)
    if (!g_str_equal (job->splits[i].name, "train") && !g_str_equal (job->splits[i].name, "val"))
      append_split (yaml, job, job->splits[i].name);
  g_string_append_printf (yaml, "nc: %u\nnames:%s\n", job->classes->classes->len,
                          job->classes->classes->len > 0 ? "" : " {}");
  for (guint i = 0; i < job->classes->classes->len; i++) {
    const DioExportClass *class = dio_export_classes_get (job->classes, (int) i);
    g_autofree char *name = dio_export_quote (class->name);
    g_string_append_printf (yaml, "  %" G_GINT64_FORMAT ": %s\n", class->id, name);
  }
  return dio_export_file_write (path, yaml->str, yaml->len, error);
}

static void
append_box (DioYolo *yolo, const DioExportAnnotation *a, const DioDatasetCapture *capture)
{
  double w = capture->width_px, h = capture->height_px;

  g_string_append_printf (yolo->text, "%" G_GINT64_FORMAT, a->class->id);
  dio_yolo_append_number (yolo->text, (a->box.x0 + a->box.x1) / (2 * w));
  dio_yolo_append_number (yolo->text, (a->box.y0 + a->box.y1) / (2 * h));
  dio_yolo_append_number (yolo->text, (a->box.x1 - a->box.x0) / w);
  dio_yolo_append_number (yolo->text, (a->box.y1 - a->box.y0) / h);
  g_string_append_c (yolo->text, '\n');
}

static gpointer
begin (const DioExportJob *job, GError **error)
{
  return dio_yolo_begin (job, append_box, error);
}

static const char *const conventions[] = {
  "row",
  "class x y width height: middle and size of the half-open box, divided by the size of the "
  "picture",
  "box_rule",
  "exactly the extent of the pixels it stands for, clipped to the picture",
  "empty",
  "a picture without objects has an empty label file",
  "ignored",
  "YOLO has no mark for ignored objects: see counts",
  NULL,
};

const DioExportFormat dio_export_yolo = {
  .info = {
    .name = "yolo",
    .label = N_ ("YOLO detection"),
    .help = N_ ("images/, labels/ and data.yaml with boxes; no masks, crowds or marks for ignored"
                " annotations, which are dropped unless --ignored says otherwise"),
  },
  .default_ignored = DIO_IGNORED_DROP,
  .removes_specks = TRUE,
  .dense_class_ids = TRUE,
  .conventions = conventions,
  .begin = begin,
  .add = dio_yolo_add,
  .end = dio_yolo_end,
  .free = dio_yolo_free,
};
