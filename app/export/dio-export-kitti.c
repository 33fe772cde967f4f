/* KITTI object: training/{image_2,label_2,calib,depth_2} with names of six digits, ImageSets/SPLIT.txt.
 *
 * KITTI knows only the turn about the camera's y axis. The 3D box is therefore fitted anew around the corners of
 * ours: upright in the camera's axes, its length along the object's front. Where camera and object stand level that
 * is the same box; others are counted. */
#define G_LOG_DOMAIN "dio-export"

#include "dio-core-error.h"
#include "dio-export-file-private.h"
#include "dio-export-format-private.h"
#include "dio-export-lines-private.h"
#include "dio-export-space-private.h"
#include "dio-export-text-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define DEPTH_UNITS_PER_M 256
#define LAST_NUMBER 999999u
/* A box that grows by more than this part was leaning. */
#define SAME_VOLUME 1.001

typedef struct {
  const DioExportJob *job;
  DioExportLines **sets; /**< n_splits */
  GPtrArray *types;      /**< class names as words, by index */
  GString *text;         /**< file being made */
  guint64 n_refitted;
} Kitti;

/** A box that stands upright in the camera's axes. */
typedef struct {
  double height, width, length; /**< metres */
  DioVec3 bottom;               /**< middle of the lower face */
  double yaw;
} Upright;

static void
kitti_free (gpointer state)
{
  Kitti *kitti = state;

  for (guint i = 0; i < kitti->job->n_splits; i++)
    dio_export_lines_free (kitti->sets[i]);
  g_free (kitti->sets);
  g_ptr_array_unref (kitti->types);
  g_string_free (kitti->text, TRUE);
  g_free (kitti);
}

/* Two classes that one word names could not be told apart, nor one from ignored regions. */
static gboolean
add_types (const DioExportJob *job, GPtrArray *types, GError **error)
{
  for (guint i = 0; i < job->classes->classes->len; i++) {
    const DioExportClass *class = dio_export_classes_get (job->classes, (int) i);
    char *word = dio_export_dup_word (class->name);
    gboolean taken = g_str_equal (word, "DontCare")
                     || g_ptr_array_find_with_equal_func (types, word, g_str_equal, NULL);
    g_ptr_array_add (types, word);
    if (!taken)
      continue;
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "KITTI writes the class “%s” as “%s”, which is taken: rename it with a class map",
                 class->name, word);
    return FALSE;
  }
  return TRUE;
}

static gpointer
kitti_begin (const DioExportJob *job, GError **error)
{
  Kitti *kitti = g_new0 (Kitti, 1);

  kitti->job = job;
  kitti->text = g_string_new (NULL);
  kitti->types = g_ptr_array_new_with_free_func (g_free);
  kitti->sets = g_new0 (DioExportLines *, job->n_splits);
  for (guint i = 0; i < job->n_splits; i++) {
    g_autofree char *name = g_strdup_printf ("ImageSets/%s.txt", job->splits[i].name);
    kitti->sets[i] = dio_export_lines_new (job->folder, name);
  }
  if (add_types (job, kitti->types, error))
    return kitti;
  kitti_free (kitti);
  return NULL;
}

static char *
dup_name (const DioExportImage *image, const char *folder, const char *extension)
{
  return g_strdup_printf ("training/%s/%06" G_GUINT64_FORMAT ".%s", folder, image->number,
                          extension);
}

static char *
place_picture (const DioExportJob *job, const DioExportImage *image)
{
  (void) job;
  return dup_name (image, "image_2", "png");
}

static double
wrap (double angle)
{
  return remainder (angle, 2 * G_PI);
}

static Upright
fit_upright (const DioDatasetCapture *capture, const DioAnnotation *label)
{
  DioVec3 corners[8], front = dio_export_front_in_camera (capture, label);
  double yaw = atan2 (-front.z, front.x), c = cos (yaw), s = sin (yaw);
  double low[3] = { HUGE_VAL, HUGE_VAL, HUGE_VAL }, high[3] = { -HUGE_VAL, -HUGE_VAL, -HUGE_VAL };

  dio_export_box_corners (capture, label, corners);
  for (guint i = 0; i < 8; i++) {
    /* Along the length, down, along the width. */
    double at[3] = { corners[i].x * c - corners[i].z * s, corners[i].y,
                     corners[i].x * s + corners[i].z * c };
    for (guint k = 0; k < 3; k++) {
      low[k] = MIN (low[k], at[k]);
      high[k] = MAX (high[k], at[k]);
    }
  }
  double along = (low[0] + high[0]) / 2, across = (low[2] + high[2]) / 2;
  return (Upright){ .height = high[1] - low[1],
                    .width = high[2] - low[2],
                    .length = high[0] - low[0],
                    .bottom = { along * c + across * s, high[1], across * c - along * s },
                    .yaw = wrap (yaw) };
}

static void
append (GString *text, double value)
{
  g_string_append_c (text, ' ');
  dio_export_append_number (text, value, 2, 6);
}

static void
append_box (GString *text, const DioPixelBox *box)
{
  append (text, box->x0);
  append (text, box->y0);
  append (text, box->x1 - 1);
  append (text, box->y1 - 1);
}

/* 0 fully visible, 1 partly, 2 largely hidden, 3 unknown: KITTI states no thresholds. */
static int
get_occlusion (const DioAnnotation *label)
{
  if (!isfinite (label->visibility))
    return 3;
  return label->visibility >= 0.8 ? 0 : label->visibility >= 0.5 ? 1 : 2;
}

static void
append_object (Kitti *kitti, const DioDatasetCapture *capture, const DioExportAnnotation *a)
{
  const DioAnnotation *label = &a->source->label;
  const DioVec3 *size = &label->box_size_m;
  Upright box = fit_upright (capture, label);
  guint class = (guint) (a->class - dio_export_classes_get (kitti->job->classes, 0));
  GString *text = kitti->text;

  kitti->n_refitted +=
      box.height * box.width * box.length > size->x * size->y * size->z * SAME_VOLUME;
  g_string_append (text, kitti->types->pdata[class]);
  append (text, isfinite (label->truncation) ? CLAMP (label->truncation, 0, 1) : 0);
  g_string_append_printf (text, " %d", get_occlusion (label));
  append (text, wrap (box.yaw - atan2 (box.bottom.x, box.bottom.z)));
  append_box (text, &a->box);
  append (text, box.height);
  append (text, box.width);
  append (text, box.length);
  append (text, box.bottom.x);
  append (text, box.bottom.y);
  append (text, box.bottom.z);
  append (text, box.yaw);
  g_string_append_c (text, '\n');
}

static void
append_ignored (GString *text, const DioExportAnnotation *a)
{
  g_string_append (text, "DontCare -1 -1 -10");
  append_box (text, &a->box);
  g_string_append (text, " -1 -1 -1 -1000 -1000 -1000 -10\n");
}

static gboolean
write_labels (Kitti *kitti, const DioExportImage *image, GError **error)
{
  g_autofree char *name = dup_name (image, "label_2", "txt");

  g_string_truncate (kitti->text, 0);
  for (guint i = 0; i < image->annotations->len; i++) {
    const DioExportAnnotation *a = &g_array_index (image->annotations, DioExportAnnotation, i);
    if (a->ignored)
      append_ignored (kitti->text, a);
    else
      append_object (kitti, image->capture, a);
  }
  return dio_export_file_put (kitti->job->folder, name, kitti->text->str, kitti->text->len, error);
}

/* One camera: its axes are the rectified ones, and a scanner would sit in its centre. */
static gboolean
write_calibration (Kitti *kitti, const DioExportImage *image, GError **error)
{
  const DioDatasetCapture *c = image->capture;
  const double rows[12] = { c->fx, 0, c->cx - 0.5, 0, 0, c->fy, c->cy - 0.5, 0, 0, 0, 1, 0 };
  g_autofree char *name = dup_name (image, "calib", "txt");

  g_string_truncate (kitti->text, 0);
  for (guint camera = 0; camera < 4; camera++) {
    g_string_append_printf (kitti->text, "P%u:", camera);
    for (guint i = 0; i < 12; i++) {
      g_string_append_c (kitti->text, ' ');
      dio_export_append_number (kitti->text, rows[i], 0, 12);
    }
    g_string_append_c (kitti->text, '\n');
  }
  g_string_append (kitti->text, "R0_rect: 1 0 0 0 1 0 0 0 1\n"
                                "Tr_velo_to_cam: 0 -1 0 0 0 0 -1 0 1 0 0 0\n"
                                "Tr_imu_to_velo: 1 0 0 0 0 1 0 0 0 0 1 0\n\n");
  return dio_export_file_put (kitti->job->folder, name, kitti->text->str, kitti->text->len, error);
}

static gboolean
write_depth (const Kitti *kitti, const DioExportImage *image, GError **error)
{
  g_autoptr (GError) inner = NULL;
  g_autoptr (DioImage) depth = dio_export_picture_load_channel (kitti->job, image, "depth", &inner);
  g_autofree char *name = dup_name (image, "depth_2", "png");

  if (!depth && !inner)
    return TRUE;
  if (!depth) {
    g_propagate_error (error, g_steal_pointer (&inner));
    return FALSE;
  }
  g_autoptr (DioImage) units = dio_image_new (depth->width, depth->height, 1, DIO_PIXEL_U16);
  for (gsize i = 0; i < (gsize) depth->width * depth->height; i++) {
    double value = floor (depth->f32[i] * DEPTH_UNITS_PER_M + 0.5);
    units->u16[i] = value > G_MAXUINT16 ? 0 : (guint16) value;
  }
  return dio_export_file_put_png (kitti->job->folder, name, units, error);
}

static gboolean
kitti_add (gpointer state, const DioExportImage *image, GError **error)
{
  Kitti *kitti = state;

  if (image->number > LAST_NUMBER) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_UNSUPPORTED,
                 "KITTI names pictures with six digits: at most 1000000 fit one export");
    return FALSE;
  }
  g_string_append_printf (dio_export_lines_get (kitti->sets[image->split]),
                          "%06" G_GUINT64_FORMAT "\n", image->number);
  return dio_export_lines_flush (kitti->sets[image->split], error)
         && write_labels (kitti, image, error) && write_calibration (kitti, image, error)
         && write_depth (kitti, image, error);
}

static gboolean
kitti_end (gpointer state, GError **error)
{
  Kitti *kitti = state;

  for (guint i = 0; i < kitti->job->n_splits; i++)
    if (!dio_export_lines_end (kitti->sets[i], error))
      return FALSE;
  return TRUE;
}

static json_t *
report (gpointer state)
{
  const Kitti *kitti = state;

  return json_pack ("{s:I}", "leaning_boxes_fitted_upright", (json_int_t) kitti->n_refitted);
}

static const char *const conventions[] = {
  "box",
  "left top right bottom, the first pixel is 0, both ends belong to the box",
  "box_rule",
  "exactly the extent of the pixels it stands for, clipped to the picture",
  "truncated",
  "share of the silhouette outside the picture",
  "occluded",
  "0 from 0.8 of the silhouette in the picture visible, 1 from 0.5, 2 below, 3 unknown",
  "box_3d",
  "the smallest box upright in the camera's axes around the object's own; length along its front; "
  "metres",
  "axes",
  "x right, y down, z forward; the place is the middle of the lower face",
  "calibration",
  "P2 counts pixels from the middle of the first; it holds for one camera without distortion",
  "depth",
  "depth_2: 16 bits, divided by 256 gives metres along z, 0 none",
  "ignored",
  "DontCare",
  NULL,
};

const DioExportFormat dio_export_kitti = {
  .info = {
    .name = "kitti",
    .label = N_ ("KITTI object"),
    .help = N_ ("label_2, calib and depth; ignored annotations become DontCare; 3D boxes turn about"
                " the camera’s vertical axis only; no masks"),
  },
  .default_ignored = DIO_IGNORED_KEEP,
  .marks_ignored = TRUE,
  .removes_specks = TRUE,
  .only_png = TRUE,
  .conventions = conventions,
  .place_picture = place_picture,
  .begin = kitti_begin,
  .add = kitti_add,
  .end = kitti_end,
  .report = report,
  .free = kitti_free,
};
