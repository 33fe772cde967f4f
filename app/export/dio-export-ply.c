/* Point clouds: SPLIT/NAME.ply, one point for each pixel that has depth, in the world's axes, so that the clouds of
 * several sensors of a frame lie in one another. Binary, little endian. */
#define G_LOG_DOMAIN "dio-export"

#include "dio-core-error.h"
#include "dio-core-pose.h"
#include "dio-export-file-private.h"
#include "dio-export-format-private.h"
#include "dio-export-raster-private.h"
#include "dio-export-space-private.h"
#include "dio-export-text-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct {
  const DioExportJob *job;
} Ply;

static gpointer
ply_begin (const DioExportJob *job, GError **error)
{
  Ply *ply = g_new0 (Ply, 1);

  (void) error;
  ply->job = job;
  return ply;
}

static DioImage *
load_depth (const Ply *ply, const DioExportImage *image, GError **error)
{
  g_autoptr (GError) inner = NULL;
  DioImage *depth = dio_export_picture_load_channel (ply->job, image, "depth", &inner);

  if (!depth && !inner)
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "Frame %" G_GUINT64_FORMAT
                 " has no depth: render with the output “depth” to export"
                 " point clouds",
                 image->frame->index);
  if (inner)
    g_propagate_error (error, g_steal_pointer (&inner));
  return depth;
}

/* Index of the class + 1 and number of the object, 0 where there is none. */
static DioImage *
draw_labels (const DioExportJob *job, const DioExportImage *image)
{
  DioImage *labels =
      dio_image_new (image->capture->width_px, image->capture->height_px, 2, DIO_PIXEL_U16);
  const GArray *lists[] = { image->stuff, image->annotations };

  for (guint k = 0; k < G_N_ELEMENTS (lists); k++)
    for (guint i = 0; i < lists[k]->len; i++) {
      const DioExportAnnotation *a = &g_array_index (lists[k], DioExportAnnotation, i);
      guint16 class = (guint16) (a->class - dio_export_classes_get (job->classes, 0) + 1);
      const guint16 value[2] = { class, k == 1 ? (guint16) a->source->label.instance : 0 };
      dio_export_paint (labels, &a->mask, value);
    }
  return labels;
}

static void
append_header (GString *text, const DioExportImage *image, guint n_points)
{
  double rows[16];

  dio_export_camera_in_world (image->capture, rows);
  g_string_append (text, "ply\nformat binary_little_endian 1.0\ncomment world_from_camera");
  for (guint i = 0; i < 16; i++) {
    g_string_append_c (text, ' ');
    dio_export_append_number (text, rows[i], 0, 12);
  }
  g_string_append_printf (text,
                          "\nelement vertex %u\nproperty float x\nproperty float y\n"
                          "property float z\nproperty uchar red\nproperty uchar green\n"
                          "property uchar blue\nproperty ushort instance\nproperty int class\n"
                          "end_header\n",
                          n_points);
}

static void
append_le32 (GString *out, guint32 value)
{
  guint32 bytes = GUINT32_TO_LE (value);

  g_string_append_len (out, (const char *) &bytes, sizeof bytes);
}

static void
append_float (GString *out, double value)
{
  float number = (float) value;
  guint32 bits;

  memcpy (&bits, &number, sizeof bits);
  append_le32 (out, bits);
}

/** What the points of one picture are made of. */
typedef struct {
  const DioExportJob *job;
  const DioDatasetCapture *capture;
  const DioImage *depth, *rgb, *labels;
} Source;

static void
append_point (GString *out, const Source *s, gsize i)
{
  const DioDatasetCapture *c = s->capture;
  double z = s->depth->f32[i];
  double u = (double) (i % c->width_px) + 0.5, v = (double) (i / c->width_px) + 0.5;
  /* Our camera looks along its -z and has y up. */
  DioVec3 at = { (u - c->cx) / c->fx * z, -(v - c->cy) / c->fy * z, -z };
  DioVec3 world = dio_mat4_transform_point (&c->world_from_camera, at);
  const guint8 *color = s->rgb->u8 + i * s->rgb->channels;
  guint class = s->labels->u16[2 * i];
  guint16 instance = GUINT16_TO_LE (s->labels->u16[2 * i + 1]);

  append_float (out, world.x);
  append_float (out, world.y);
  append_float (out, world.z);
  for (guint k = 0; k < 3; k++)
    g_string_append_c (out, (char) color[s->rgb->channels >= 3 ? k : 0]);
  g_string_append_len (out, (const char *) &instance, sizeof instance);
  append_le32 (out, class == 0
                        ? (guint32) -1
                        : (guint32) dio_export_classes_get (s->job->classes, (int) class - 1)->id);
}

static guint
count_points (const DioImage *depth)
{
  guint n = 0;

  for (gsize i = 0; i < (gsize) depth->width * depth->height; i++)
    n += depth->f32[i] > 0;
  return n;
}

static gboolean
ply_add (gpointer state, const DioExportImage *image, GError **error)
{
  const Ply *ply = state;
  g_autoptr (DioImage) depth = load_depth (ply, image, error);
  gsize size;
  const void *data = g_bytes_get_data (image->picture, &size);
  g_autoptr (DioImage) rgb = depth ? dio_image_decode (data, size, NULL, error) : NULL;
  g_autofree char *name =
      g_strdup_printf ("%s/%s.ply", ply->job->splits[image->split].name, image->stem);

  if (!rgb)
    return FALSE;
  g_autoptr (DioImage) labels = draw_labels (ply->job, image);
  Source source = { ply->job, image->capture, depth, rgb, labels };
  g_autoptr (GString) out = g_string_new (NULL);
  append_header (out, image, count_points (depth));
  for (gsize i = 0; i < (gsize) depth->width * depth->height; i++)
    if (depth->f32[i] > 0)
      append_point (out, &source, i);
  return dio_export_file_put (ply->job->folder, name, out->str, out->len, error);
}

static gboolean
ply_end (gpointer state, GError **error)
{
  (void) state;
  (void) error;
  return TRUE;
}

static const char *const conventions[] = {
  "points",
  "one for each pixel that has depth, through its middle, row by row",
  "axes",
  "the world's: z up, metres, float32",
  "world_from_camera",
  "in the header: 16 numbers row by row; camera axes x right, y down, z forward",
  "instance",
  "number of the object, 0 none",
  "class",
  "id of the class of things or stuff, as the manifest lists them; -1 none",
  "ignored",
  "a point cloud has no mark for ignored objects: their points have no class",
  NULL,
};

const DioExportFormat dio_export_ply = {
  .info = {
    .name = "ply",
    .label = N_ ("PLY point clouds"),
    .help = N_ ("A binary .ply file for each picture with colours, instances and classes; needs depth;"
                " ignored annotations have no class"),
  },
  .default_ignored = DIO_IGNORED_DROP,
  .removes_specks = TRUE,
  .has_stuff = TRUE,
  .embeds_pictures = TRUE,
  .first_class_id = 1,
  .conventions = conventions,
  .begin = ply_begin,
  .add = ply_add,
  .end = ply_end,
  .free = g_free,
};
