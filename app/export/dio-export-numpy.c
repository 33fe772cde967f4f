/* NumPy: SPLIT/NAME.npz, everything of one picture as arrays, and classes.json. */
#define G_LOG_DOMAIN "dio-export"

#include "dio-base-json.h"
#include "dio-export-file-private.h"
#include "dio-export-format-private.h"
#include "dio-export-numpy-private.h"
#include "dio-export-raster-private.h"
#include "dio-export-space-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct {
  const DioExportJob *job;
} Numpy;

static gpointer
numpy_begin (const DioExportJob *job, GError **error)
{
  Numpy *numpy = g_new0 (Numpy, 1);

  (void) error;
  numpy->job = job;
  return numpy;
}

static void
add_image (DioExportNpz *npz, const char *name, const DioImage *image)
{
  static const char *const descr[] = {
    [DIO_PIXEL_U8] = "|u1", [DIO_PIXEL_U16] = "<u2", [DIO_PIXEL_F32] = "<f4"
  };
  const gsize shape[3] = { image->height, image->width, image->channels };

  dio_export_npz_add (npz, name, descr[image->type], shape, image->channels > 1 ? 3 : 2,
                      image->data);
}

/* An object's values, one row of each array. */
typedef struct {
  GArray *instances, *classes, *boxes, *ignored, *visibility, *truncation, *poses, *centers, *sizes;
} Columns;

static void
append_object (Columns *c, const DioExportAnnotation *a)
{
  const DioAnnotation *label = &a->source->label;
  const gint32 box[4] = { a->box.x0, a->box.y0, a->box.x1, a->box.y1 };
  gint64 class = a->class->id;
  guint8 ignored = a->ignored;
  double pose[16];

  dio_export_pose_in_camera (label, pose);
  g_array_append_val (c->instances, label->instance);
  g_array_append_val (c->classes, class);
  g_array_append_vals (c->boxes, box, 4);
  g_array_append_val (c->ignored, ignored);
  g_array_append_val (c->visibility, label->visibility);
  g_array_append_val (c->truncation, label->truncation);
  g_array_append_vals (c->poses, pose, 16);
  g_array_append_vals (c->centers, &label->box_center_world_m, 3);
  g_array_append_vals (c->sizes, &label->box_size_m, 3);
}

static void
add_columns (DioExportNpz *npz, const DioExportImage *image)
{
  Columns c;
  struct {
    const char *name, *descr;
    GArray **array;
    gsize sizes[2];
    guint element;
  } const rows[] = {
    { "instances", "<u4", &c.instances, { 0 }, 4 },
    { "classes", "<i8", &c.classes, { 0 }, 8 },
    { "boxes", "<i4", &c.boxes, { 4 }, 4 },
    { "ignored", "|b1", &c.ignored, { 0 }, 1 },
    { "visibility", "<f8", &c.visibility, { 0 }, 8 },
    { "truncation", "<f8", &c.truncation, { 0 }, 8 },
    { "camera_from_object", "<f8", &c.poses, { 4, 4 }, 8 },
    { "box_center_world", "<f8", &c.centers, { 3 }, 8 },
    { "box_size", "<f8", &c.sizes, { 3 }, 8 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    *rows[i].array = g_array_new (FALSE, FALSE, rows[i].element);
  for (guint i = 0; i < image->annotations->len; i++)
    append_object (&c, &g_array_index (image->annotations, DioExportAnnotation, i));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const gsize shape[3] = { image->annotations->len, rows[i].sizes[0], rows[i].sizes[1] };
    guint n_dims = rows[i].sizes[1] > 0 ? 3 : rows[i].sizes[0] > 0 ? 2 : 1;
    dio_export_npz_add (npz, rows[i].name, rows[i].descr, shape, n_dims, (*rows[i].array)->data);
    g_array_unref (*rows[i].array);
  }
}

static void
add_camera (DioExportNpz *npz, const DioDatasetCapture *c)
{
  static const gsize matrix3[2] = { 3, 3 }, matrix4[2] = { 4, 4 };
  const double camera[9] = { c->fx, 0, c->cx - 0.5, 0, c->fy, c->cy - 0.5, 0, 0, 1 };
  double pose[16];

  dio_export_camera_in_world (c, pose);
  dio_export_npz_add (npz, "camera_matrix", "<f8", matrix3, 2, camera);
  dio_export_npz_add (npz, "world_from_camera", "<f8", matrix4, 2, pose);
}

static void
paint_classes (gint32 *pixels, const GArray *annotations)
{
  for (guint i = 0; i < annotations->len; i++) {
    const DioExportAnnotation *a = &g_array_index (annotations, DioExportAnnotation, i);
    g_autoptr (DioImage) mask = dio_rle_to_mask (&a->mask);
    for (gsize k = 0; k < (gsize) mask->width * mask->height; k++)
      if (mask->u8[k])
        pixels[k] = (gint32) a->class->id;
  }
}

static void
add_labels (DioExportNpz *npz, const DioExportImage *image)
{
  guint width = image->capture->width_px, height = image->capture->height_px;
  const gsize shape[2] = { height, width };
  g_autofree gint32 *classes = g_new (gint32, shape[0] * shape[1]);
  g_autoptr (DioImage) instances = dio_image_new (width, height, 1, DIO_PIXEL_U16);

  /* -1: no class. */
  memset (classes, 0xff, shape[0] * shape[1] * sizeof *classes);
  paint_classes (classes, image->stuff);
  paint_classes (classes, image->annotations);
  for (guint i = 0; i < image->annotations->len; i++) {
    const DioExportAnnotation *a = &g_array_index (image->annotations, DioExportAnnotation, i);
    guint16 value = (guint16) a->source->label.instance;
    dio_export_paint (instances, &a->mask, &value);
  }
  add_image (npz, "instance", instances);
  dio_export_npz_add (npz, "class", "<i4", shape, 2, classes);
}

static gboolean
add_rgb (DioExportNpz *npz, const DioExportImage *image, GError **error)
{
  gsize size;
  const void *data = g_bytes_get_data (image->picture, &size);
  g_autoptr (DioImage) rgb = dio_image_decode (data, size, NULL, error);

  if (rgb)
    add_image (npz, "rgb", rgb);
  return rgb != NULL;
}

static gboolean
add_depth (const Numpy *numpy, DioExportNpz *npz, const DioExportImage *image, GError **error)
{
  g_autoptr (GError) inner = NULL;
  g_autoptr (DioImage) depth = dio_export_picture_load_channel (numpy->job, image, "depth", &inner);

  if (inner) {
    g_propagate_error (error, g_steal_pointer (&inner));
    return FALSE;
  }
  if (depth)
    add_image (npz, "depth", depth);
  return TRUE;
}

static gboolean
numpy_add (gpointer state, const DioExportImage *image, GError **error)
{
  const Numpy *numpy = state;
  g_autoptr (DioExportNpz) npz = dio_export_npz_new ();
  g_autofree char *name =
      g_strdup_printf ("%s/%s.npz", numpy->job->splits[image->split].name, image->stem);

  if (!add_rgb (npz, image, error) || !add_depth (numpy, npz, image, error))
    return FALSE;
  add_labels (npz, image);
  add_columns (npz, image);
  add_camera (npz, image->capture);
  g_autoptr (GBytes) bytes = dio_export_npz_end (g_steal_pointer (&npz));
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);
  return dio_export_file_put (numpy->job->folder, name, data, size, error);
}

static gboolean
numpy_end (gpointer state, GError **error)
{
  const Numpy *numpy = state;
  const DioExportClasses *classes = numpy->job->classes;
  g_autoptr (json_t) list = json_array ();

  for (guint i = 0; i < classes->classes->len; i++) {
    const DioExportClass *class = dio_export_classes_get (classes, (int) i);
    json_array_append_new (list, json_pack ("{s:I, s:s, s:s, s:b}", "id", (json_int_t) class->id,
                                            "name", class->name, "supercategory",
                                            class->supercategory, "thing", !class->stuff));
  }
  g_autofree char *text = dio_json_to_text (list);
  return dio_export_file_put (numpy->job->folder, "classes.json", text, strlen (text), error);
}

static const char *const conventions[] = {
  "rgb",
  "uint8 (height, width, 3)",
  "depth",
  "float32 (height, width), metres along z, 0 none; where the dataset has depth",
  "instance",
  "uint16 (height, width), number of the object, 0 none",
  "class",
  "int32 (height, width), id of classes.json, things over stuff, -1 none",
  "boxes",
  "int32 (n, 4): x0, y0, x1, y1 of half-open boxes",
  "camera_from_object",
  "float64 (n, 4, 4), metres; camera axes x right, y down, z forward",
  "camera_matrix",
  "float64 (3, 3); pixels count from the middle of the first",
  "world_from_camera",
  "float64 (4, 4); the world's z is up",
  "box_center_world, box_size",
  "float64 (n, 3), metres; the box's axes are the object's",
  "ignored",
  "bool (n)",
  NULL,
};

const DioExportFormat dio_export_numpy = {
  .info = {
    .name = "numpy",
    .label = N_ ("NumPy arrays"),
    .help = N_ ("An .npz file for each picture with colours, depth, instances, classes, boxes, poses"
                " and camera; ignored annotations are marked"),
  },
  .default_ignored = DIO_IGNORED_KEEP,
  .marks_ignored = TRUE,
  .removes_specks = TRUE,
  .has_stuff = TRUE,
  .embeds_pictures = TRUE,
  .first_class_id = 1,
  .conventions = conventions,
  .begin = numpy_begin,
  .add = numpy_add,
  .end = numpy_end,
  .free = g_free,
};
