/* Pascal VOC: VOC2012/{JPEGImages,Annotations,SegmentationClass,SegmentationObject,ImageSets}.
 *
 * Boxes are 1-based and inclusive, as VOC's own are. Pictures of classes and objects are indices into VOC's colour
 * map; index 255 is void, which ignored objects become there. */
#define G_LOG_DOMAIN "dio-export"

#include "dio-base-path.h"
#include "dio-core-error.h"
#include "dio-export-file-private.h"
#include "dio-export-format-private.h"
#include "dio-export-lines-private.h"
#include "dio-export-raster-private.h"
#include "dio-export-text-private.h"

#include <glib/gi18n-lib.h>

#define VOID_INDEX 255u

/** Lists of one split. */
typedef struct {
  DioExportLines *main, *segmentation;
  GPtrArray *classes; /**< of DioExportLines, one a class */
} Lists;

typedef struct {
  const DioExportJob *job;
  Lists *lists;  /**< n_splits */
  GString *text; /**< annotation file being made */
} Voc;

static void
voc_free (gpointer state)
{
  Voc *voc = state;

  for (guint i = 0; i < voc->job->n_splits; i++) {
    dio_export_lines_free (voc->lists[i].main);
    dio_export_lines_free (voc->lists[i].segmentation);
    g_ptr_array_unref (voc->lists[i].classes);
  }
  g_free (voc->lists);
  g_string_free (voc->text, TRUE);
  g_free (voc);
}

static DioExportLines *
new_list (const DioExportJob *job, const char *set, const char *name, const char *split)
{
  g_autofree char *path =
      g_strdup_printf ("VOC2012/ImageSets/%s/%s%s%s.txt", set, name, name[0] ? "_" : "", split);

  return dio_export_lines_new (job->folder, path);
}

/* Names of classes become names of files; where two would be one, the later has its id behind it. */
static void
open_class_lists (const DioExportJob *job, Lists *lists, const char *split)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < job->classes->classes->len; i++) {
    const DioExportClass *class = dio_export_classes_get (job->classes, (int) i);
    char *name = dio_path_sanitize_name (class->name);
    if (g_hash_table_contains (taken, name)) {
      char *longer = g_strdup_printf ("%s-%" G_GINT64_FORMAT, name, class->id);
      g_free (name);
      name = longer;
    }
    g_ptr_array_add (lists->classes, new_list (job, "Main", name, split));
    g_hash_table_add (taken, name);
  }
}

static gpointer
voc_begin (const DioExportJob *job, GError **error)
{
  Voc *voc;

  if (job->classes->classes->len >= VOID_INDEX) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "Pascal VOC holds at most 254 classes, not %u: export fewer with a class map",
                 job->classes->classes->len);
    return NULL;
  }
  voc = g_new0 (Voc, 1);
  voc->job = job;
  voc->text = g_string_new (NULL);
  voc->lists = g_new0 (Lists, job->n_splits);
  for (guint i = 0; i < job->n_splits; i++) {
    const char *split = job->splits[i].name;
    voc->lists[i].main = new_list (job, "Main", "", split);
    voc->lists[i].segmentation = new_list (job, "Segmentation", "", split);
    voc->lists[i].classes = g_ptr_array_new_with_free_func ((GDestroyNotify) dio_export_lines_free);
    open_class_lists (job, &voc->lists[i], split);
  }
  return voc;
}

static char *
place_picture (const DioExportJob *job, const DioExportImage *image)
{
  (void) job;
  return g_build_filename ("VOC2012/JPEGImages", image->name, NULL);
}

static void
append_object (GString *text, const DioExportAnnotation *a)
{
  const DioAnnotation *label = &a->source->label;

  g_string_append (text, "<object>\n<name>");
  dio_export_append_xml (text, a->class->name);
  g_string_append_printf (text,
                          "</name>\n<pose>Unspecified</pose>\n<truncated>%d</truncated>\n"
                          "<difficult>%d</difficult>\n<occluded>%d</occluded>\n<bndbox>\n"
                          "<xmin>%d</xmin>\n<ymin>%d</ymin>\n<xmax>%d</xmax>\n<ymax>%d</ymax>\n"
                          "</bndbox>\n</object>\n",
                          label->truncation > 0, a->ignored, label->visible_px < label->amodal_px,
                          a->box.x0 + 1, a->box.y0 + 1, a->box.x1, a->box.y1);
}

static void
make_text (GString *text, const DioExportImage *image)
{
  g_string_assign (text, "<annotation>\n<folder>VOC2012</folder>\n<filename>");
  dio_export_append_xml (text, image->file_name);
  g_string_append_printf (text,
                          "</filename>\n<source>\n<database>Diorama</database>\n"
                          "<annotation>Diorama</annotation>\n<image>render</image>\n</source>\n"
                          "<size>\n<width>%u</width>\n<height>%u</height>\n<depth>3</depth>\n"
                          "</size>\n<segmented>1</segmented>\n",
                          image->capture->width_px, image->capture->height_px);
  for (guint i = 0; i < image->annotations->len; i++)
    append_object (text, &g_array_index (image->annotations, DioExportAnnotation, i));
  g_string_append (text, "</annotation>\n");
}

/* Index of the class among the classes. */
static guint
get_class_index (const DioExportJob *job, const DioExportClass *class)
{
  return (guint) (class - dio_export_classes_get (job->classes, 0));
}

static gboolean
write_indices (const Voc *voc, const DioExportImage *image, gboolean objects, GError **error)
{
  g_autoptr (DioImage) picture =
      dio_image_new (image->capture->width_px, image->capture->height_px, 1, DIO_PIXEL_U8);
  g_autofree char *name = g_strdup_printf (
      "VOC2012/%s/%s.png", objects ? "SegmentationObject" : "SegmentationClass", image->stem);

  for (guint i = 0; i < image->annotations->len; i++) {
    const DioExportAnnotation *a = &g_array_index (image->annotations, DioExportAnnotation, i);
    guint16 index = (guint16) (objects ? i + 1 : get_class_index (voc->job, a->class) + 1);
    guint16 value = a->ignored ? VOID_INDEX : index;
    dio_export_paint (picture, &a->mask, &value);
  }
  g_autoptr (GBytes) bytes = dio_export_encode_palette (picture, error);
  gsize size = 0;
  const void *data = bytes ? g_bytes_get_data (bytes, &size) : NULL;
  return data && dio_export_file_put (voc->job->folder, name, data, size, error);
}

/* 1: an object of the class is there; 0: only difficult ones; -1: none. */
static int
find_presence (const DioExportJob *job, const DioExportImage *image, guint class)
{
  int presence = -1;

  for (guint i = 0; i < image->annotations->len; i++) {
    const DioExportAnnotation *a = &g_array_index (image->annotations, DioExportAnnotation, i);
    if (get_class_index (job, a->class) == class)
      presence = MAX (presence, a->ignored ? 0 : 1);
  }
  return presence;
}

static gboolean
append_lists (Voc *voc, const DioExportImage *image, GError **error)
{
  Lists *lists = &voc->lists[image->split];

  g_string_append_printf (dio_export_lines_get (lists->main), "%s\n", image->stem);
  g_string_append_printf (dio_export_lines_get (lists->segmentation), "%s\n", image->stem);
  for (guint i = 0; i < lists->classes->len; i++) {
    g_string_append_printf (dio_export_lines_get (lists->classes->pdata[i]), "%s %2d\n",
                            image->stem, find_presence (voc->job, image, i));
    if (!dio_export_lines_flush (lists->classes->pdata[i], error))
      return FALSE;
  }
  return dio_export_lines_flush (lists->main, error)
         && dio_export_lines_flush (lists->segmentation, error);
}

static gboolean
voc_add (gpointer state, const DioExportImage *image, GError **error)
{
  Voc *voc = state;
  g_autofree char *name = g_strdup_printf ("VOC2012/Annotations/%s.xml", image->stem);

  if (image->annotations->len >= VOID_INDEX) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_UNSUPPORTED,
                 "%s has %u objects, pictures of Pascal VOC hold 254: choose another format",
                 image->stem, image->annotations->len);
    return FALSE;
  }
  make_text (voc->text, image);
  return dio_export_file_put (voc->job->folder, name, voc->text->str, voc->text->len, error)
         && write_indices (voc, image, FALSE, error) && write_indices (voc, image, TRUE, error)
         && append_lists (voc, image, error);
}

/* "name:r,g,b:parts:actions"; the name may hold neither colons nor line ends. */
static gboolean
write_label_map (const DioExportJob *job, GError **error)
{
  g_autoptr (GString) text = g_string_new ("# label:color_rgb:parts:actions\nbackground:0,0,0::\n");

  for (guint i = 0; i < job->classes->classes->len; i++) {
    g_autofree char *name = g_strdup (dio_export_classes_get (job->classes, (int) i)->name);
    guint8 color[3];
    dio_export_voc_color (i + 1, color);
    g_strdelimit (name, ":\n\r", '_');
    g_string_append_printf (text, "%s:%u,%u,%u::\n", name, color[0], color[1], color[2]);
  }
  return dio_export_file_put (job->folder, "VOC2012/labelmap.txt", text->str, text->len, error);
}

static gboolean
voc_end (gpointer state, GError **error)
{
  Voc *voc = state;

  for (guint i = 0; i < voc->job->n_splits; i++) {
    Lists *lists = &voc->lists[i];
    for (guint k = 0; k < lists->classes->len; k++)
      if (!dio_export_lines_end (lists->classes->pdata[k], error))
        return FALSE;
    if (!dio_export_lines_end (lists->main, error)
        || !dio_export_lines_end (lists->segmentation, error))
      return FALSE;
  }
  return write_label_map (voc->job, error);
}

static const char *const conventions[] = {
  "bndbox",
  "whole pixels, the first is 1, both ends belong to the box; readers that do not subtract 1 see "
  "it a pixel off",
  "box_rule",
  "exactly the extent of the pixels it stands for, clipped to the picture",
  "segmentation",
  "indices into VOC's colour map: class in the order of labelmap.txt, object in the order of the "
  "file; 255 void",
  "truncated",
  "1 where part of the object lies outside the picture",
  "occluded",
  "1 where another object hides part of it",
  "difficult",
  "1 for ignored annotations, whose pixels are void",
  "pictures",
  "as asked for; readers that want .jpg need them as JPEG",
  NULL,
};

const DioExportFormat dio_export_voc = {
  .info = {
    .name = "voc",
    .label = N_ ("Pascal VOC"),
    .help = N_ ("Boxes in XML, pictures of classes and objects; ignored annotations are difficult;"
                " readers that want .jpg need JPEG pictures"),
  },
  .default_ignored = DIO_IGNORED_KEEP,
  .marks_ignored = TRUE,
  .removes_specks = TRUE,
  .first_class_id = 1,
  .conventions = conventions,
  .place_picture = place_picture,
  .begin = voc_begin,
  .add = voc_add,
  .end = voc_end,
  .free = voc_free,
};
