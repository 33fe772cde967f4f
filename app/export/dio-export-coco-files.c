#define G_LOG_DOMAIN "dio-export"

#include "dio-base-path.h"
#include "dio-export-coco-private.h"
#include "dio-export-file-private.h"
#include "dio-export-raster-private.h"

#include <math.h>

void
dio_coco_put_int (DioJsonWriter *w, const char *key, gint64 value)
{
  dio_json_writer_key (w, key);
  dio_json_writer_int (w, value);
}

void
dio_coco_put_string (DioJsonWriter *w, const char *key, const char *value)
{
  dio_json_writer_key (w, key);
  dio_json_writer_string (w, value);
}

void
dio_coco_put_double (DioJsonWriter *w, const char *key, double value)
{
  dio_json_writer_key (w, key);
  if (isfinite (value))
    dio_json_writer_double (w, value);
  else
    dio_json_writer_null (w);
}

static void
put_ints (DioJsonWriter *w, const char *key, const int *numbers, guint n)
{
  dio_json_writer_key (w, key);
  dio_json_writer_begin_array (w);
  for (guint i = 0; i < n; i++)
    dio_json_writer_int (w, numbers[i]);
  dio_json_writer_end_array (w);
}

void
dio_coco_put_box (DioJsonWriter *w, const char *key, const DioPixelBox *box)
{
  const int numbers[4] = { box->x0, box->y0, box->x1 - box->x0, box->y1 - box->y0 };

  put_ints (w, key, numbers, 4);
}

void
dio_coco_get_color (guint index, guint8 color[3])
{
  dio_export_voc_color (index % 255 + 1, color);
}

static void
write_category (const DioExportJob *job, DioJsonWriter *w, guint index)
{
  const DioExportClass *class = dio_export_classes_get (job->classes, (int) index);

  dio_json_writer_begin_object (w);
  dio_coco_put_int (w, "id", class->id);
  dio_coco_put_string (w, "name", class->name);
  dio_coco_put_string (w, "supercategory", class->supercategory);
  if (job->format->has_stuff) {
    guint8 color[3];
    dio_coco_get_color (index, color);
    dio_coco_put_int (w, "isthing", !class->stuff);
    put_ints (w, "color", (const int[]){ color[0], color[1], color[2] }, 3);
  }
  dio_json_writer_end_object (w);
}

static void
write_head (const DioExportJob *job, DioJsonWriter *w)
{
  /* No date: the same dataset exports to the same bytes. */
  dio_json_writer_key (w, "info");
  dio_json_writer_begin_object (w);
  dio_coco_put_string (w, "description", job->scenario->name ? job->scenario->name : "");
  dio_coco_put_string (w, "contributor", "Diorama " DIO_VERSION);
  dio_coco_put_string (w, "version", "1.0");
  dio_json_writer_end_object (w);
  dio_json_writer_key (w, "licenses");
  dio_json_writer_begin_array (w);
  dio_json_writer_end_array (w);
  dio_json_writer_key (w, "categories");
  dio_json_writer_begin_array (w);
  for (guint i = 0; i < job->classes->classes->len; i++)
    write_category (job, w, i);
  dio_json_writer_end_array (w);
}

void
dio_coco_write_image (DioJsonWriter *w, const DioExportImage *image)
{
  dio_json_writer_begin_object (w);
  dio_coco_put_int (w, "id", image->id);
  dio_coco_put_string (w, "file_name", image->file_name);
  dio_coco_put_int (w, "width", image->capture->width_px);
  dio_coco_put_int (w, "height", image->capture->height_px);
  dio_coco_put_int (w, "run", image->frame->run);
  dio_coco_put_int (w, "frame", (gint64) image->frame->index);
  dio_coco_put_int (w, "take", image->frame->take);
  dio_coco_put_string (w, "sensor", image->capture->sensor);
  dio_json_writer_end_object (w);
}

static gboolean
open_split (const DioExportJob *job,
            const char *kind,
            const char *split,
            DioCocoFiles *files,
            GError **error)
{
  files->path = g_strdup_printf ("%s/annotations/%s_%s.json", job->folder, kind, split);
  files->spill_path = g_strdup_printf ("%s/annotations/.%s.spill", job->folder, split);
  files->images = dio_json_writer_new (files->path, error);
  if (files->images)
    files->annotations = dio_json_writer_new (files->spill_path, error);
  if (!files->annotations)
    return FALSE;
  dio_json_writer_begin_object (files->images);
  write_head (job, files->images);
  dio_json_writer_key (files->images, "images");
  dio_json_writer_begin_array (files->images);
  dio_json_writer_begin_object (files->annotations);
  dio_json_writer_key (files->annotations, "annotations");
  dio_json_writer_begin_array (files->annotations);
  return TRUE;
}

DioCocoFiles *
dio_coco_files_open (const DioExportJob *job, const char *kind, GError **error)
{
  g_autofree char *folder = g_build_filename (job->folder, "annotations", NULL);
  DioCocoFiles *files = g_new0 (DioCocoFiles, job->n_splits);
  gboolean ok = dio_path_make_folders (folder, error);

  for (guint i = 0; ok && i < job->n_splits; i++)
    ok = open_split (job, kind, job->splits[i].name, &files[i], error);
  if (ok)
    return files;
  dio_coco_files_free (files, job->n_splits);
  return NULL;
}

static gboolean
close_writer (DioJsonWriter **writer, GError **error)
{
  dio_json_writer_end_array (*writer);
  dio_json_writer_end_object (*writer);
  return dio_json_writer_close (g_steal_pointer (writer), error);
}

gboolean
dio_coco_files_end (DioCocoFiles *files, guint n_splits, GError **error)
{
  for (guint i = 0; i < n_splits; i++)
    if (!close_writer (&files[i].images, error) || !close_writer (&files[i].annotations, error)
        || !dio_export_file_join_objects (files[i].path, files[i].spill_path, error))
      return FALSE;
  return TRUE;
}

void
dio_coco_files_free (DioCocoFiles *files, guint n_splits)
{
  for (guint i = 0; files && i < n_splits; i++) {
    /* After a failure the documents are unfinished; close says so, and the folder goes anyway. */
    if (files[i].images)
      dio_json_writer_close (files[i].images, NULL);
    if (files[i].annotations)
      dio_json_writer_close (files[i].annotations, NULL);
    g_free (files[i].path);
    g_free (files[i].spill_path);
  }
  g_free (files);
}
