/* Hugging Face image folder: SPLIT/metadata.jsonl beside the pictures, SPLIT/masks, and README.md, whose front matter
 * tells the types of all columns: readers would else guess them from the first lines. */
#define G_LOG_DOMAIN "dio-export"

#include "dio-base-json.h"
#include "dio-export-file-private.h"
#include "dio-export-format-private.h"
#include "dio-export-lines-private.h"
#include "dio-export-raster-private.h"

#include <glib/gi18n-lib.h>

typedef struct {
  const DioExportJob *job;
  DioExportLines **lines; /**< n_splits */
} HuggingFace;

static void
huggingface_free (gpointer state)
{
  HuggingFace *hf = state;

  for (guint i = 0; i < hf->job->n_splits; i++)
    dio_export_lines_free (hf->lines[i]);
  g_free (hf->lines);
  g_free (hf);
}

static gpointer
huggingface_begin (const DioExportJob *job, GError **error)
{
  HuggingFace *hf = g_new0 (HuggingFace, 1);

  (void) error;
  hf->job = job;
  hf->lines = g_new0 (DioExportLines *, job->n_splits);
  for (guint i = 0; i < job->n_splits; i++) {
    g_autofree char *name = g_strdup_printf ("%s/metadata.jsonl", job->splits[i].name);
    hf->lines[i] = dio_export_lines_new (job->folder, name);
  }
  return hf;
}

static char *
place_picture (const DioExportJob *job, const DioExportImage *image)
{
  return g_build_filename (job->splits[image->split].name, image->name, NULL);
}

static json_t *
make_box (const DioPixelBox *box)
{
  return json_pack ("[f, f, f, f]", (double) box->x0, (double) box->y0,
                    (double) (box->x1 - box->x0), (double) (box->y1 - box->y0));
}

static json_t *
make_objects (const DioExportImage *image)
{
  json_t *ids = json_array (), *boxes = json_array (), *categories = json_array (),
         *areas = json_array (), *ignored = json_array ();

  for (guint i = 0; i < image->annotations->len; i++) {
    const DioExportAnnotation *a = &g_array_index (image->annotations, DioExportAnnotation, i);
    json_array_append_new (ids, json_integer (a->source->label.instance));
    json_array_append_new (boxes, make_box (&a->box));
    json_array_append_new (categories, json_integer (a->class->id));
    json_array_append_new (areas, json_real ((double) a->area_px));
    json_array_append_new (ignored, json_boolean (a->ignored));
  }
  return json_pack ("{s:o, s:o, s:o, s:o, s:o}", "id", ids, "bbox", boxes, "category", categories,
                    "area", areas, "ignored", ignored);
}

/* A pixel is the instance number of the object that it belongs to. */
static gboolean
write_mask (const HuggingFace *hf, const DioExportImage *image, const char *name, GError **error)
{
  g_autoptr (DioImage) picture =
      dio_image_new (image->capture->width_px, image->capture->height_px, 1, DIO_PIXEL_U16);
  g_autofree char *path = g_build_filename (hf->job->splits[image->split].name, name, NULL);

  for (guint i = 0; i < image->annotations->len; i++) {
    const DioExportAnnotation *a = &g_array_index (image->annotations, DioExportAnnotation, i);
    guint16 value = (guint16) a->source->label.instance;
    dio_export_paint (picture, &a->mask, &value);
  }
  return dio_export_file_put_png (hf->job->folder, path, picture, error);
}

static gboolean
huggingface_add (gpointer state, const DioExportImage *image, GError **error)
{
  HuggingFace *hf = state;
  DioExportLines *lines = hf->lines[image->split];
  g_autofree char *mask = g_strdup_printf ("masks/%s.png", image->stem);
  g_autoptr (json_t) row = json_pack (
      "{s:s, s:s, s:i, s:i, s:i, s:I, s:s, s:o}", "file_name", image->file_name, "mask_file_name",
      mask, "width", (int) image->capture->width_px, "height", (int) image->capture->height_px,
      "run", (int) image->frame->run, "frame", (json_int_t) image->frame->index, "sensor",
      image->capture->sensor, "objects", make_objects (image));
  g_autofree char *line = dio_json_to_line (row);

  g_string_append_printf (dio_export_lines_get (lines), "%s\n", line);
  return dio_export_lines_flush (lines, error) && write_mask (hf, image, mask, error);
}

static void
append_column (GString *text, const char *indent, const char *name, const char *type)
{
  g_string_append_printf (text, "%s- name: %s\n%s  dtype: %s\n", indent, name, indent, type);
}

static void
append_objects (GString *text, const DioExportJob *job)
{
  g_string_append (text, "  - name: objects\n    struct:\n"
                         "    - name: id\n      sequence: int64\n"
                         "    - name: bbox\n      sequence:\n        sequence: float64\n"
                         "    - name: category\n      sequence:\n        class_label:\n"
                         "          names:\n");
  for (guint i = 0; i < job->classes->classes->len; i++) {
    const DioExportClass *class = dio_export_classes_get (job->classes, (int) i);
    g_autofree char *name = dio_export_quote (class->name);
    g_string_append_printf (text, "            '%" G_GINT64_FORMAT "': %s\n", class->id, name);
  }
  g_string_append (text, "    - name: area\n      sequence: float64\n"
                         "    - name: ignored\n      sequence: bool\n");
}

static void
append_front_matter (GString *text, const DioExportJob *job)
{
  g_autofree char *title = dio_export_quote (job->scenario->name ? job->scenario->name : "");

  g_string_append_printf (text, "---\npretty_name: %s\ntask_categories:\n- object-detection\n",
                          title);
  g_string_append (text, "configs:\n- config_name: default\n  data_files:\n");
  for (guint i = 0; i < job->n_splits; i++)
    g_string_append_printf (text, "  - split: \"%s\"\n    path: \"%s/**\"\n", job->splits[i].name,
                            job->splits[i].name);
  g_string_append (text, "dataset_info:\n  features:\n");
  append_column (text, "  ", "image", "image");
  append_column (text, "  ", "mask", "image");
  append_column (text, "  ", "width", "int64");
  append_column (text, "  ", "height", "int64");
  append_column (text, "  ", "run", "int64");
  append_column (text, "  ", "frame", "int64");
  append_column (text, "  ", "sensor", "string");
  append_objects (text, job);
  g_string_append (text, "---\n");
}

static gboolean
huggingface_end (gpointer state, GError **error)
{
  HuggingFace *hf = state;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < hf->job->n_splits; i++)
    if (!dio_export_lines_end (hf->lines[i], error))
      return FALSE;
  append_front_matter (text, hf->job);
  g_string_append (
      text,
      "\nPictures rendered by Diorama with exact labels. `bbox` is [x, y, width, height] in pixels,"
      " `area` counts\nthe pixels of an object's mask, `id` is its number in the mask picture, "
      "whose"
      " other pixels are 0.\nHow the labels came about is told in `manifest.json`.\n");
  return dio_export_file_put (hf->job->folder, "README.md", text->str, text->len, error);
}

static const char *const conventions[] = {
  "bbox",     "[x, y, width, height] in pixels of the half-open box, always with a fraction",
  "box_rule", "exactly the extent of the pixels it stands for, clipped to the picture",
  "category", "counts from 0; README.md names them",
  "mask",     "16 bits: the id of the object, 0 where there is none",
  "ignored",  "dropped, unless kept by --ignored keep: then the list says which",
  NULL,
};

const DioExportFormat dio_export_huggingface = {
  .info = {
    .name = "huggingface",
    .label = N_ ("Hugging Face image folder"),
    .help = N_ ("metadata.jsonl with boxes, mask pictures and a README.md with the types of all"
                " columns; ignored annotations are dropped unless --ignored says otherwise"),
  },
  .default_ignored = DIO_IGNORED_DROP,
  .marks_ignored = TRUE,
  .removes_specks = TRUE,
  .dense_class_ids = TRUE,
  .conventions = conventions,
  .place_picture = place_picture,
  .begin = huggingface_begin,
  .add = huggingface_add,
  .end = huggingface_end,
  .free = huggingface_free,
};
