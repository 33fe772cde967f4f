#define G_LOG_DOMAIN "dio-protocol"

#include "dio-protocol-frame-private.h"

#include <string.h>

#define MAX_SIDE_PX 65536
/* Fewest bytes of one element, for bounds on counts: its fixed part. */
#define MIN_ELEMENT_BYTES 12

/** Puts or gets element @i of an array; one pair per kind of row. */
typedef void (*PutFunc) (DioByteWriter *w, gconstpointer element);
typedef void (*GetFunc) (DioByteReader *r, gpointer element);

static void
put_array (DioByteWriter *w, const GArray *array, PutFunc func)
{
  guint n = array ? array->len : 0;
  gsize size = array ? g_array_get_element_size ((GArray *) array) : 0;

  dio_put_u32 (w, n);
  for (guint i = 0; i < n; i++)
    func (w, array->data + i * size);
}

static GArray *
get_array (DioByteReader *r, gsize element_size, GetFunc func)
{
  guint n = dio_get_count (r, MIN_ELEMENT_BYTES);
  GArray *array = g_array_new (FALSE, TRUE, (guint) element_size);

  for (guint i = 0; i < n && !r->bad; i++) {
    g_array_set_size (array, i + 1);
    func (r, array->data + i * element_size);
  }
  return array;
}

static void
put_rle (DioByteWriter *w, const DioRle *rle)
{
  dio_put_u32 (w, rle->width);
  dio_put_u32 (w, rle->height);
  dio_put_u32 (w, rle->n_runs);
  for (guint i = 0; i < rle->n_runs; i++)
    dio_put_u32 (w, rle->runs[i]);
}

static void
get_rle (DioByteReader *r, DioRle *out)
{
  guint64 sum = 0;

  out->width = dio_get_u32_max (r, 3 * MAX_SIDE_PX);
  out->height = dio_get_u32_max (r, 3 * MAX_SIDE_PX);
  guint n = dio_get_count (r, sizeof (guint32));
  if (r->bad || n == 0)
    return;
  out->runs = g_new (uint32_t, n);
  out->n_runs = n;
  for (guint i = 0; i < n; i++)
    sum += out->runs[i] = dio_get_u32 (r);
  /* A mask whose runs do not cover its picture would be read past its end later. */
  if (sum != (guint64) out->width * out->height)
    r->bad = TRUE;
}

static void
put_box (DioByteWriter *w, const DioPixelBox *box)
{
  dio_put_u32 (w, (guint32) box->x0);
  dio_put_u32 (w, (guint32) box->y0);
  dio_put_u32 (w, (guint32) box->x1);
  dio_put_u32 (w, (guint32) box->y1);
}

static void
get_box (DioByteReader *r, DioPixelBox *box)
{
  box->x0 = (int) dio_get_u32_max (r, MAX_SIDE_PX);
  box->y0 = (int) dio_get_u32_max (r, MAX_SIDE_PX);
  box->x1 = (int) dio_get_u32_max (r, MAX_SIDE_PX);
  box->y1 = (int) dio_get_u32_max (r, MAX_SIDE_PX);
}

static void
put_category (DioByteWriter *w, int category)
{
  dio_put_u32 (w, (guint32) (category + 1));
}

static int
get_category (DioByteReader *r)
{
  return (int) dio_get_u32_max (r, 65535) - 1;
}

static void
put_annotation (DioByteWriter *w, gconstpointer element)
{
  const DioDatasetAnnotation *row = element;
  const DioAnnotation *a = &row->label;
  const DioQuat *q = &a->box_q_wxyz_world;

  dio_put_text (w, row->name);
  dio_put_text (w, row->node_id);
  dio_put_u32 (w, row->copy);
  dio_put_u32 (w, a->instance);
  dio_put_u64 (w, a->object_key);
  put_category (w, a->category);
  dio_put_u32 (w, a->thing != FALSE);
  dio_put_u32 (w, a->crowd != FALSE);
  dio_put_u64 (w, a->visible_px);
  dio_put_u64 (w, a->amodal_px);
  dio_put_u64 (w, a->silhouette_px);
  dio_put_u64 (w, a->veiled_px);
  dio_put_double (w, a->coverage_px);
  dio_put_double (w, a->amodal_coverage_px);
  dio_put_u32 (w, a->parts);
  dio_put_u64 (w, a->largest_part_px);
  dio_put_doubles (w, (double[]){ a->visibility, a->truncation, a->visib_fract }, 3);
  dio_put_u32 (w, a->silhouette_open != FALSE);
  dio_put_u32 (w, a->subpixel != FALSE);
  put_box (w, &a->bbox_visible);
  put_box (w, &a->bbox_amodal);
  dio_put_doubles (w, a->bbox_full, 4);
  dio_put_u32 (w, a->has_bbox_full != FALSE);
  dio_put_vec3 (w, a->box_center_world_m);
  dio_put_vec3 (w, a->box_size_m);
  dio_put_doubles (w, (double[]){ q->w, q->x, q->y, q->z }, 4);
  dio_put_doubles (w, a->camera_from_object.m, 16);
  dio_put_doubles (w, a->world_from_object.m, 16);
  dio_put_vec3 (w, a->scale);
  dio_put_doubles (w,
                   (double[]){ a->view_azimuth_rad, a->view_elevation_rad, a->distance_m,
                               a->blur_px, a->defocus_px },
                   5);
  put_rle (w, &a->visible);
  put_rle (w, &a->amodal);
}

static void
get_annotation (DioByteReader *r, gpointer element)
{
  DioDatasetAnnotation *row = element;
  DioAnnotation *a = &row->label;
  DioQuat *q = &a->box_q_wxyz_world;

  row->name = dio_get_needed_text (r);
  row->node_id = dio_get_needed_text (r);
  row->copy = dio_get_u32 (r);
  a->instance = dio_get_u32 (r);
  a->object_key = dio_get_u64 (r);
  a->category = get_category (r);
  a->thing = dio_get_boolean (r);
  a->crowd = dio_get_boolean (r);
  a->visible_px = dio_get_u64 (r);
  a->amodal_px = dio_get_u64 (r);
  a->silhouette_px = dio_get_u64 (r);
  a->veiled_px = dio_get_u64 (r);
  a->coverage_px = dio_get_double (r);
  a->amodal_coverage_px = dio_get_double (r);
  a->parts = dio_get_u32 (r);
  a->largest_part_px = dio_get_u64 (r);
  a->visibility = dio_get_double (r);
  a->truncation = dio_get_double (r);
  a->visib_fract = dio_get_double (r);
  a->silhouette_open = dio_get_boolean (r);
  a->subpixel = dio_get_boolean (r);
  get_box (r, &a->bbox_visible);
  get_box (r, &a->bbox_amodal);
  dio_get_doubles (r, a->bbox_full, 4);
  a->has_bbox_full = dio_get_boolean (r);
  a->box_center_world_m = dio_get_vec3 (r);
  a->box_size_m = dio_get_vec3 (r);
  q->w = dio_get_double (r);
  q->x = dio_get_double (r);
  q->y = dio_get_double (r);
  q->z = dio_get_double (r);
  dio_get_doubles (r, a->camera_from_object.m, 16);
  dio_get_doubles (r, a->world_from_object.m, 16);
  a->scale = dio_get_vec3 (r);
  a->view_azimuth_rad = dio_get_double (r);
  a->view_elevation_rad = dio_get_double (r);
  a->distance_m = dio_get_double (r);
  a->blur_px = dio_get_double (r);
  a->defocus_px = dio_get_double (r);
  get_rle (r, &a->visible);
  get_rle (r, &a->amodal);
}

static void
put_leaf (DioByteWriter *w, gconstpointer element)
{
  const DioDatasetLeaf *row = element;
  const DioLeafLabel *l = &row->label;

  dio_put_u32 (w, row->leaf);
  dio_put_u32 (w, row->instance);
  dio_put_text (w, row->name);
  dio_put_text (w, row->node_id);
  dio_put_u32 (w, row->copy);
  dio_put_u32 (w, row->group);
  put_category (w, row->category);
  dio_put_u64 (w, l->visible_px);
  dio_put_u64 (w, l->amodal_px);
  dio_put_u64 (w, l->silhouette_px);
  dio_put_double (w, l->coverage_px);
  dio_put_double (w, l->amodal_coverage_px);
  dio_put_u64 (w, l->veiled_px);
  dio_put_u64 (w, l->patched_px);
  dio_put_u32 (w, l->silhouette_open != FALSE);
  put_rle (w, &l->visible);
  put_rle (w, &l->amodal);
}

static void
get_leaf (DioByteReader *r, gpointer element)
{
  DioDatasetLeaf *row = element;
  DioLeafLabel *l = &row->label;

  row->leaf = l->leaf = dio_get_u32_max (r, 65535);
  row->instance = dio_get_u32 (r);
  row->name = dio_get_needed_text (r);
  row->node_id = dio_get_needed_text (r);
  row->copy = dio_get_u32 (r);
  row->group = dio_get_u32 (r);
  row->category = get_category (r);
  l->visible_px = dio_get_u64 (r);
  l->amodal_px = dio_get_u64 (r);
  l->silhouette_px = dio_get_u64 (r);
  l->coverage_px = dio_get_double (r);
  l->amodal_coverage_px = dio_get_double (r);
  l->veiled_px = dio_get_u64 (r);
  l->patched_px = dio_get_u64 (r);
  l->silhouette_open = dio_get_boolean (r);
  get_rle (r, &l->visible);
  get_rle (r, &l->amodal);
}

static void
put_hidden (DioByteWriter *w, gconstpointer element)
{
  const DioHiddenPair *pair = element;

  dio_put_u32 (w, pair->instance);
  dio_put_u32 (w, pair->hider_leaf);
  dio_put_u64 (w, pair->opaque_px);
  dio_put_u64 (w, pair->veil_px);
}

static void
get_hidden (DioByteReader *r, gpointer element)
{
  DioHiddenPair *pair = element;

  pair->instance = dio_get_u32 (r);
  pair->hider_leaf = dio_get_u32_max (r, 65535);
  pair->opaque_px = dio_get_u64 (r);
  pair->veil_px = dio_get_u64 (r);
}

static void
put_check (DioByteWriter *w, gconstpointer element)
{
  const DioSelfCheck *check = element;

  dio_put_text (w, check->check);
  dio_put_u32 (w, check->passed != FALSE);
  dio_put_u32 (w, check->note_only != FALSE);
  dio_put_text (w, check->detail);
}

/* Names of checks, randomizers and properties are few; a damaged name must not stay in memory for ever, which
 * is why the checksum is looked at before. */
static const char *
get_interned (DioByteReader *r)
{
  g_autofree char *text = dio_get_needed_text (r);

  return r->bad ? "" : g_intern_string (text);
}

static void
get_check (DioByteReader *r, gpointer element)
{
  DioSelfCheck *check = element;

  check->check = get_interned (r);
  check->passed = dio_get_boolean (r);
  check->note_only = dio_get_boolean (r);
  check->detail = dio_get_text (r);
}

static void
put_draw (DioByteWriter *w, gconstpointer element)
{
  const DioDraw *draw = element;

  dio_put_text (w, draw->randomizer ? draw->randomizer : "");
  dio_put_text (w, draw->target ? draw->target : "");
  dio_put_text (w, draw->property ? draw->property : "");
  dio_put_u64 (w, draw->stream);
  dio_put_u32 (w, draw->copy);
  dio_put_u32 (w, draw->attempt);
  dio_put_u32 (w, draw->n_numbers);
  dio_put_doubles (w, draw->numbers, 4);
  dio_put_text (w, draw->string);
}

static void
get_draw (DioByteReader *r, gpointer element)
{
  DioDraw *draw = element;

  draw->randomizer = get_interned (r);
  draw->target = get_interned (r);
  draw->property = get_interned (r);
  draw->stream = dio_get_u64 (r);
  draw->copy = dio_get_u32 (r);
  draw->attempt = dio_get_u32 (r);
  draw->n_numbers = dio_get_u32_max (r, 4);
  dio_get_doubles (r, draw->numbers, 4);
  g_autofree char *string = dio_get_text (r);
  draw->string = string && !r->bad ? g_intern_string (string) : NULL;
}

static void
put_capture (DioByteWriter *w, gconstpointer element)
{
  const DioDatasetCapture *c = element;

  dio_put_text (w, c->sensor);
  dio_put_u32 (w, c->width_px);
  dio_put_u32 (w, c->height_px);
  dio_put_doubles (w, (double[]){ c->fx, c->fy, c->cx, c->cy }, 4);
  dio_put_doubles (w, c->world_from_camera.m, 16);
  dio_put_double (w, c->depth_unit_m);
  dio_put_u64 (w, c->clipped_px);
  dio_put_u64 (w, c->contested_px);
  dio_put_u64 (w, c->gl_differing_px);
  dio_put_u64 (w, c->gl_unexplained_px);
  dio_put_u32 (w, c->checks_passed != FALSE);
  dio_put_double (w, c->mean_luminance);
  put_array (w, c->checks, put_check);
  put_array (w, c->leaves, put_leaf);
  put_array (w, c->annotations, put_annotation);
  put_array (w, c->hidden, put_hidden);
  dio_put_text (w, c->timings_json);
}

static void
get_capture (DioByteReader *r, gpointer element)
{
  DioDatasetCapture *c = element;

  c->sensor = dio_get_needed_text (r);
  c->width_px = dio_get_u32_max (r, MAX_SIDE_PX);
  c->height_px = dio_get_u32_max (r, MAX_SIDE_PX);
  c->fx = dio_get_double (r);
  c->fy = dio_get_double (r);
  c->cx = dio_get_double (r);
  c->cy = dio_get_double (r);
  dio_get_doubles (r, c->world_from_camera.m, 16);
  c->depth_unit_m = dio_get_double (r);
  c->clipped_px = dio_get_u64 (r);
  c->contested_px = dio_get_u64 (r);
  c->gl_differing_px = dio_get_u64 (r);
  c->gl_unexplained_px = dio_get_u64 (r);
  c->checks_passed = dio_get_boolean (r);
  c->mean_luminance = dio_get_double (r);
  c->files = g_array_new (FALSE, TRUE, sizeof (DioDatasetFile));
  c->checks = get_array (r, sizeof (DioSelfCheck), get_check);
  c->leaves = get_array (r, sizeof (DioDatasetLeaf), get_leaf);
  c->annotations = get_array (r, sizeof (DioDatasetAnnotation), get_annotation);
  c->hidden = get_array (r, sizeof (DioHiddenPair), get_hidden);
  c->timings_json = dio_get_text (r);
}

static void
put_diagnostics (DioByteWriter *w, const DioDiagnostics *diagnostics)
{
  guint n = diagnostics ? dio_diagnostics_get_count (diagnostics) : 0;

  dio_put_u32 (w, n);
  for (guint i = 0; i < n; i++) {
    const DioDiagnostic *diagnostic = dio_diagnostics_get (diagnostics, i);
    dio_put_u32 (w, diagnostic->severity);
    dio_put_text (w, diagnostic->code);
    dio_put_text (w, diagnostic->object);
    dio_put_text (w, diagnostic->message);
  }
}

static DioDiagnostics *
get_diagnostics (DioByteReader *r)
{
  DioDiagnostics *diagnostics = dio_diagnostics_new ();
  guint n = dio_get_count (r, MIN_ELEMENT_BYTES);

  for (guint i = 0; i < n && !r->bad; i++) {
    DioSeverity severity = (DioSeverity) dio_get_u32_max (r, DIO_SEVERITY_ERROR);
    g_autofree char *code = dio_get_needed_text (r);
    g_autofree char *object = dio_get_needed_text (r);
    g_autofree char *message = dio_get_needed_text (r);
    if (!r->bad)
      dio_diagnostics_add (diagnostics, severity, code, object, "%s", message);
  }
  return diagnostics;
}

void
dio_put_frame (DioByteWriter *w, const DioDatasetFrame *frame)
{
  dio_put_u64 (w, frame->index);
  dio_put_u32 (w, frame->take);
  dio_put_u32 (w, frame->status);
  dio_put_u32 (w, frame->attempts);
  dio_put_text (w, frame->failure);
  put_array (w, frame->captures, put_capture);
  put_array (w, frame->draws, put_draw);
  put_diagnostics (w, frame->diagnostics);
}

void
dio_get_frame (DioByteReader *r, DioDatasetFrame *out)
{
  memset (out, 0, sizeof *out);
  out->index = dio_get_u64 (r);
  out->take = dio_get_u32 (r);
  out->status = (DioFrameStatus) dio_get_u32_max (r, DIO_FRAME_FAILED);
  out->attempts = dio_get_u32 (r);
  out->failure = dio_get_text (r);
  out->captures = get_array (r, sizeof (DioDatasetCapture), get_capture);
  out->draws = get_array (r, sizeof (DioDraw), get_draw);
  out->diagnostics = get_diagnostics (r);
}
