/* KITTI flow: training/image_2/NUMBER_10.png and _11.png are two steps of a sequence that follow each other, flow_occ and
 * flow_noc/NUMBER_10.png what lies between: of all pixels, and of those that are seen in both. The last picture of each sensor is
 * kept until the next one shows whether it follows. */
#define G_LOG_DOMAIN "dio-export"

#include "dio-core-error.h"
#include "dio-derive.h"
#include "dio-export-file-private.h"
#include "dio-export-format-private.h"
#include "dio-export-lines-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define LAST_NUMBER 999999u
#define UNITS_PER_PX 64.0
#define ZERO 32768.0

/** A picture that may begin a pair. */
typedef struct {
  gint64 run;
  guint take;
  DioSequenceStep moment;
  guint split;
  GBytes *picture;
  DioDeriveView view;
} Last;

typedef struct {
  const DioExportJob *job;
  DioExportLines **sets; /**< n_splits */
  GHashTable *last;      /**< sensor id -> Last* */
  guint64 n_pairs, n_pictures, unknown_px, far_px;
} Flow;

static void
last_free (gpointer data)
{
  Last *last = data;

  g_bytes_unref (last->picture);
  dio_derive_view_clear (&last->view);
  g_free (last);
}

static void
flow_free (gpointer state)
{
  Flow *flow = state;

  for (guint i = 0; i < flow->job->n_splits; i++)
    dio_export_lines_free (flow->sets[i]);
  g_free (flow->sets);
  g_hash_table_unref (flow->last);
  g_free (flow);
}

static gpointer
flow_begin (const DioExportJob *job, GError **error)
{
  if (job->scenario->sequence.steps < 2) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_UNSUPPORTED,
                 "Optical flow lies between steps of a sequence, and the dataset has single "
                 "pictures: give its scenario a sequence and render again");
    return NULL;
  }
  Flow *flow = g_new0 (Flow, 1);
  flow->job = job;
  flow->last = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, last_free);
  flow->sets = g_new0 (DioExportLines *, job->n_splits);
  for (guint i = 0; i < job->n_splits; i++) {
    g_autofree char *name = g_strdup_printf ("ImageSets/%s.txt", job->splits[i].name);
    flow->sets[i] = dio_export_lines_new (job->folder, name);
  }
  return flow;
}

/* ---- pictures of flow ---- */

/* round (64 u + 32768); FALSE for what 16 bits do not hold. */
static gboolean
encode (double value, guint16 *out)
{
  double units = floor (value * UNITS_PER_PX + ZERO + 0.5);

  if (!(units >= 0 && units <= G_MAXUINT16))
    return FALSE;
  *out = (guint16) units;
  return TRUE;
}

static DioImage *
draw_flow (Flow *flow, const DioFlow *derived, gboolean seen_only)
{
  const DioImage *state = derived->state;
  DioImage *image = dio_image_new (state->width, state->height, 3, DIO_PIXEL_U16);

  for (gsize i = 0; i < (gsize) state->width * state->height; i++) {
    const float *uv = derived->uv->f32 + 2 * i;
    guint16 u, v, *to = image->u16 + 3 * i;
    if (state->u8[i] == DIO_FLOW_UNKNOWN || (seen_only && state->u8[i] != DIO_FLOW_VISIBLE)) {
      flow->unknown_px += !seen_only;
    } else if (encode (uv[0], &u) && encode (uv[1], &v)) {
      to[0] = u;
      to[1] = v;
      to[2] = 1;
    } else {
      flow->far_px += !seen_only;
    }
  }
  return image;
}

static gboolean
put_flow (Flow *flow, const DioFlow *derived, gboolean seen_only, GError **error)
{
  g_autoptr (DioImage) image = draw_flow (flow, derived, seen_only);
  g_autofree char *name = g_strdup_printf ("training/%s/%06" G_GUINT64_FORMAT "_10.png",
                                           seen_only ? "flow_noc" : "flow_occ", flow->n_pairs);

  return dio_export_file_put_png (flow->job->folder, name, image, error);
}

static gboolean
put_picture (const Flow *flow, GBytes *picture, guint frame, GError **error)
{
  gsize size;
  const void *data = g_bytes_get_data (picture, &size);
  g_autofree char *name =
      g_strdup_printf ("training/image_2/%06" G_GUINT64_FORMAT "_%u.png", flow->n_pairs, frame);

  return dio_export_file_put (flow->job->folder, name, data, size, error);
}

static gboolean
put_pair (Flow *flow, const Last *before, const Last *after, GError **error)
{
  g_auto (DioFlow) derived = { 0 };

  if (flow->n_pairs > LAST_NUMBER) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_UNSUPPORTED,
                 "KITTI names pairs with six digits: at most 1000000 fit one export");
    return FALSE;
  }
  dio_derive_flow (&before->view, &after->view, &derived);
  DioExportLines *set = flow->sets[before->split];
  g_string_append_printf (dio_export_lines_get (set), "%06" G_GUINT64_FORMAT "\n", flow->n_pairs);
  if (!dio_export_lines_flush (set, error) || !put_picture (flow, before->picture, 10, error)
      || !put_picture (flow, after->picture, 11, error) || !put_flow (flow, &derived, FALSE, error)
      || !put_flow (flow, &derived, TRUE, error))
    return FALSE;
  flow->n_pairs++;
  return TRUE;
}

/* ---- the stream ---- */

static gboolean
follows (const Last *before, const Last *after)
{
  return before != NULL && before->run == after->run && before->take == after->take
         && before->moment.sequence == after->moment.sequence
         && before->moment.step + 1 == after->moment.step
         && before->view.width_px == after->view.width_px
         && before->view.height_px == after->view.height_px;
}

static gboolean
flow_add (gpointer state, const DioExportImage *image, GError **error)
{
  Flow *flow = state;
  DioDeriveView view;

  if (!dio_derive_view_load (dio_dataset_get_folder (flow->job->dataset), image->capture, &view,
                             error))
    return FALSE;
  Last *now = g_new0 (Last, 1);
  *now = (Last){ image->frame->run, image->frame->take,           image->frame->moment,
                 image->split,      g_bytes_ref (image->picture), view };
  const Last *before = g_hash_table_lookup (flow->last, image->capture->sensor);
  gboolean ok = !follows (before, now) || put_pair (flow, before, now, error);
  flow->n_pictures++;
  g_hash_table_replace (flow->last, g_strdup (image->capture->sensor), now);
  return ok;
}

static gboolean
flow_end (gpointer state, GError **error)
{
  Flow *flow = state;

  for (guint i = 0; i < flow->job->n_splits; i++)
    if (!dio_export_lines_end (flow->sets[i], error))
      return FALSE;
  return TRUE;
}

static json_t *
report (gpointer state)
{
  const Flow *flow = state;

  return json_pack ("{s:I,s:I,s:I}", "pairs", (json_int_t) flow->n_pairs, "pixels_without_flow",
                    (json_int_t) flow->unknown_px, "pixels_beyond_512_px",
                    (json_int_t) flow->far_px);
}

static const char *const conventions[] = {
  "flow",
  "16 bits: (value - 32768) / 64 pixels, red to the right, green down, blue 1 where there is flow, "
  "else all 0",
  "from_to",
  "from the centre of a pixel of _10 to where its point is in _11",
  "flow_occ",
  "every pixel whose point is known, also where it is hidden in _11 or has left the picture",
  "flow_noc",
  "only pixels whose point is seen in both",
  "hidden",
  "something in _11 lies nearer than the point by more than 2 mm + 0.5 % of its depth",
  "objects",
  "rigid, by track; where nothing is, the far surroundings turn with the camera",
  NULL,
};

const DioExportFormat dio_export_kitti_flow = {
  .info = {
    .name = "kitti-flow",
    .label = N_ ("KITTI flow"),
    .help = N_ ("pairs of steps that follow each other with 16-bit optical flow, of all pixels and of those"
                " seen in both; needs sequences, depth and leaf ids; no objects"),
  },
  .default_ignored = DIO_IGNORED_KEEP,
  .only_png = TRUE,
  .embeds_pictures = TRUE,
  .reads_leaves = TRUE,
  .no_objects = TRUE,
  .conventions = conventions,
  .begin = flow_begin,
  .add = flow_add,
  .end = flow_end,
  .report = report,
  .free = flow_free,
};
