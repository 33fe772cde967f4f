/* Reading of frames, one at a time. Every number is bounded and every mask must fit its picture: the file may
 * come from a stranger. */
#define G_LOG_DOMAIN "dio-dataset"

#include "dio-base-path.h"
#include "dio-core-error.h"
#include "dio-dataset-private.h"

#include <math.h>
#include <string.h>

#define MAX_SIDE_PX 65536

typedef enum {
  LOAD_CAPTURES,
  LOAD_CAPTURE,
  LOAD_FILES,
  LOAD_ANNOTATIONS,
  LOAD_MASK,
  LOAD_LEAVES,
  LOAD_HIDDEN,
  LOAD_CHECKS,
  LOAD_DRAWS,
  LOAD_DIAGNOSTICS,
  N_LOADS,
} Load;

#define CAPTURE_COLUMNS                                                                            \
  "SELECT id, sensor, width_px, height_px, fx, fy, cx, cy, m00, m01, m02, m03, m10, m11, m12,"     \
  " m13, m20, m21, m22, m23, depth_unit_m, clipped_px, contested_px, gl_differing_px,"             \
  " gl_unexplained_px, checks_passed, mean_luminance, timings FROM captures"
#define FRAME_COLUMNS                                                                              \
  "SELECT id, run, frame_index, take, sequence, step, time_s, status,"                             \
  " attempts, failure FROM frames"

static const char *const load_texts[N_LOADS] = {
  [LOAD_CAPTURES] = CAPTURE_COLUMNS " WHERE frame = ?1 ORDER BY sensor",
  [LOAD_CAPTURE] = CAPTURE_COLUMNS " WHERE id = ?1",
  [LOAD_FILES] = "SELECT channel, path, sha256 FROM files WHERE capture = ?1 ORDER BY channel",
  [LOAD_ANNOTATIONS] =
      "SELECT a.id, mask, name, node, copy, instance, object_key, category, thing, crowd,"
      " visible_px, amodal_px, silhouette_px, veiled_px, coverage_px, amodal_coverage_px, parts,"
      " largest_part_px, visibility, truncation, visib_fract, silhouette_open, subpixel,"
      " visible_x0, visible_y0, visible_x1, visible_y1, amodal_x0, amodal_y0, amodal_x1, amodal_y1,"
      " full_x0, full_y0, full_x1, full_y1, distance_m, blur_px, defocus_px, box_center_x,"
      " box_center_y, box_center_z, box_size_x, box_size_y, box_size_z, box_qw, box_qx, box_qy,"
      " box_qz, scale_x, scale_y, scale_z, view_azimuth_rad, view_elevation_rad,"
      " camera_from_object, world_from_object"
      " FROM annotations a JOIN poses p ON p.annotation = a.id WHERE capture = ?1 ORDER BY "
      "instance",
  [LOAD_MASK] = "SELECT visible, amodal FROM masks WHERE id = ?1",
  [LOAD_LEAVES] =
      "SELECT mask, leaf, instance, name, node, copy, face_group, category, visible_px, amodal_px,"
      " silhouette_px, coverage_px, amodal_coverage_px, veiled_px, patched_px, silhouette_open"
      " FROM leaves WHERE capture = ?1 ORDER BY leaf",
  [LOAD_HIDDEN] = "SELECT instance, leaf, opaque_px, veil_px FROM hidden WHERE capture = ?1"
                  " ORDER BY instance, leaf",
  [LOAD_CHECKS] = "SELECT name, passed, note_only, detail FROM checks WHERE capture = ?1"
                  " ORDER BY position",
  [LOAD_DRAWS] = "SELECT randomizer, target, property, stream, copy, attempt, n_numbers, x0, x1,"
                 " x2, x3, string FROM draws WHERE frame = ?1 ORDER BY position",
  [LOAD_DIAGNOSTICS] = "SELECT severity, code, object, message FROM diagnostics WHERE frame = ?1"
                       " ORDER BY position",
};

struct DioDatasetCursor {
  DioDataset *dataset;
  DioLoadFlags flags;
  DioSqlStatement *frames;
  DioSqlStatement *loads[N_LOADS];
  gboolean ended;
};

/** Takes columns one after the other; remembers the first value that cannot be. */
typedef struct {
  DioSqlStatement *statement;
  int next;
  gboolean bad;
} Reader;

static guint64
take_bounded (Reader *r, guint64 max)
{
  gint64 value = dio_sql_column_int (r->statement, r->next++);

  if (value >= 0 && (guint64) value <= max)
    return (guint64) value;
  r->bad = TRUE;
  return 0;
}

static guint64
take_count (Reader *r)
{
  return take_bounded (r, G_MAXINT64);
}

static guint
take_uint (Reader *r)
{
  return (guint) take_bounded (r, G_MAXUINT32);
}

static gboolean
take_boolean (Reader *r)
{
  return take_bounded (r, 1) != 0;
}

static int
take_category (Reader *r)
{
  gint64 value = dio_sql_column_int (r->statement, r->next++);

  if (value >= -1 && value < 65535)
    return (int) value;
  r->bad = TRUE;
  return -1;
}

static double
take_double (Reader *r)
{
  return dio_sql_column_double (r->statement, r->next++);
}

static DioVec3
take_vec3 (Reader *r)
{
  double x = take_double (r), y = take_double (r), z = take_double (r);

  return (DioVec3){ x, y, z };
}

static char *
take_text (Reader *r)
{
  return dio_dataset_dup_column (r->statement, r->next++);
}

static const char *
take_interned (Reader *r)
{
  g_autofree char *text = take_text (r);

  return g_intern_string (text);
}

static void
take_box (Reader *r, const DioDatasetCapture *capture, DioPixelBox *box)
{
  box->x0 = (int) take_bounded (r, capture->width_px);
  box->y0 = (int) take_bounded (r, capture->height_px);
  box->x1 = (int) take_bounded (r, capture->width_px);
  box->y1 = (int) take_bounded (r, capture->height_px);
  if (box->x0 > box->x1 || box->y0 > box->y1)
    r->bad = TRUE;
}

static void
take_matrix (Reader *r, DioMat4 *matrix)
{
  gsize size;
  const void *data = dio_sql_column_blob (r->statement, r->next++, &size);

  if (size == sizeof matrix->m)
    memcpy (matrix->m, data, size);
  else
    r->bad = TRUE;
}

static gboolean
set_corrupt (DioDatasetCursor *cursor, const char *what, GError **error)
{
  g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT,
               "The dataset “%s” holds a damaged row of %s: restore dataset.db from a copy",
               cursor->dataset->folder, what);
  return FALSE;
}

/* Starts a query for the rows that belong to @owner. */
static DioSqlStatement *
start (DioDatasetCursor *cursor, Load load, gint64 owner, GError **error)
{
  DioSqlStatement **slot = &cursor->loads[load];

  if (!*slot)
    *slot = dio_sql_prepare (cursor->dataset->sql, load_texts[load], error);
  if (*slot) {
    dio_sql_reset (*slot);
    dio_sql_bind_int (*slot, 1, owner);
  }
  return *slot;
}

/** Reads one row into the element that it fills; FALSE with an error. */
typedef gboolean (*RowFunc) (DioDatasetCursor *cursor,
                             Reader *reader,
                             gpointer element,
                             const DioDatasetCapture *capture,
                             GError **error);

/** One list of rows to load. */
typedef struct {
  Load load;
  const char *what;
  gsize element_size;
  RowFunc func;
} RowLoader;

static gboolean
load_rows (DioDatasetCursor *cursor,
           const RowLoader *loader,
           gint64 owner,
           const DioDatasetCapture *capture,
           GArray **out,
           GError **error)
{
  DioSqlStatement *statement = start (cursor, loader->load, owner, error);
  gboolean row = FALSE, ok = statement != NULL;

  *out = g_array_new (FALSE, TRUE, (guint) loader->element_size);
  while (ok && (ok = dio_sql_step (statement, &row, error)) && row) {
    Reader reader = { statement, 0, FALSE };
    /* In the array before it is filled: the frame's clear function frees half-filled rows too. */
    g_array_set_size (*out, (*out)->len + 1);
    gpointer element = (*out)->data + (gsize) ((*out)->len - 1) * loader->element_size;
    ok = loader->func (cursor, &reader, element, capture, error);
    if (ok && reader.bad)
      ok = set_corrupt (cursor, loader->what, error);
  }
  if (statement)
    dio_sql_reset (statement);
  return ok;
}

static gboolean
load_file (DioDatasetCursor *cursor,
           Reader *r,
           gpointer element,
           const DioDatasetCapture *capture,
           GError **error)
{
  DioDatasetFile *file = element;

  file->channel = take_text (r);
  file->path = take_text (r);
  file->sha256 = take_text (r);
  g_autofree char *inside = dio_path_join_inside (cursor->dataset->folder, file->path);
  r->bad |= inside == NULL;
  return TRUE;
}

static gboolean
load_rle (DioDatasetCursor *cursor,
          DioSqlStatement *statement,
          int column,
          const DioDatasetCapture *capture,
          DioRle *out,
          GError **error)
{
  guint grown = column == 0 ? 1 : 3;
  gsize size;
  const void *data = dio_sql_column_blob (statement, column, &size);

  if (size > 0)
    return dio_rle_from_bytes (out, data, size, grown * capture->width_px,
                               grown * capture->height_px, error);
  *out = (DioRle){ grown * capture->width_px, grown * capture->height_px, 0, NULL };
  return TRUE;
}

static gboolean
load_masks (DioDatasetCursor *cursor,
            gint64 id,
            const DioDatasetCapture *capture,
            DioRle *visible,
            DioRle *amodal,
            GError **error)
{
  gboolean row = FALSE;

  if (!(cursor->flags & DIO_LOAD_MASKS))
    return TRUE;
  DioSqlStatement *statement = start (cursor, LOAD_MASK, id, error);
  if (!statement || !dio_sql_step (statement, &row, error))
    return FALSE;
  if (!row)
    return set_corrupt (cursor, "masks", error);
  gboolean ok = load_rle (cursor, statement, 0, capture, visible, error)
                && load_rle (cursor, statement, 1, capture, amodal, error);
  dio_sql_reset (statement);
  if (!ok)
    g_prefix_error (error, "Dataset “%s”, mask %" G_GINT64_FORMAT ": ", cursor->dataset->folder,
                    id);
  return ok;
}

static void
take_annotation_counts (Reader *r, DioAnnotation *a)
{
  a->instance = take_uint (r);
  a->object_key = (guint64) dio_sql_column_int (r->statement, r->next++);
  a->category = take_category (r);
  a->thing = take_boolean (r);
  a->crowd = take_boolean (r);
  a->visible_px = take_count (r);
  a->amodal_px = take_count (r);
  a->silhouette_px = take_count (r);
  a->veiled_px = take_count (r);
  a->coverage_px = take_double (r);
  a->amodal_coverage_px = take_double (r);
  a->parts = take_uint (r);
  a->largest_part_px = take_count (r);
  a->visibility = take_double (r);
  a->truncation = take_double (r);
  a->visib_fract = take_double (r);
  a->silhouette_open = take_boolean (r);
  a->subpixel = take_boolean (r);
}

static void
take_pose (Reader *r, DioAnnotation *a)
{
  a->box_center_world_m = take_vec3 (r);
  a->box_size_m = take_vec3 (r);
  a->box_q_wxyz_world.w = take_double (r);
  a->box_q_wxyz_world.x = take_double (r);
  a->box_q_wxyz_world.y = take_double (r);
  a->box_q_wxyz_world.z = take_double (r);
  a->scale = take_vec3 (r);
  a->view_azimuth_rad = take_double (r);
  a->view_elevation_rad = take_double (r);
  take_matrix (r, &a->camera_from_object);
  take_matrix (r, &a->world_from_object);
}

static gboolean
load_annotation (DioDatasetCursor *cursor,
                 Reader *r,
                 gpointer element,
                 const DioDatasetCapture *capture,
                 GError **error)
{
  DioDatasetAnnotation *row = element;
  DioAnnotation *a = &row->label;

  row->id = dio_sql_column_int (r->statement, r->next++);
  gint64 mask = dio_sql_column_int (r->statement, r->next++);
  row->name = take_text (r);
  row->node_id = take_text (r);
  row->copy = take_uint (r);
  take_annotation_counts (r, a);
  take_box (r, capture, &a->bbox_visible);
  take_box (r, capture, &a->bbox_amodal);
  a->has_bbox_full = TRUE;
  for (guint i = 0; i < 4; i++) {
    a->bbox_full[i] = take_double (r);
    a->has_bbox_full &= !isnan (a->bbox_full[i]);
  }
  a->distance_m = take_double (r);
  a->blur_px = take_double (r);
  a->defocus_px = take_double (r);
  take_pose (r, a);
  return load_masks (cursor, mask, capture, &a->visible, &a->amodal, error);
}

static gboolean
load_leaf (DioDatasetCursor *cursor,
           Reader *r,
           gpointer element,
           const DioDatasetCapture *capture,
           GError **error)
{
  DioDatasetLeaf *leaf = element;
  DioLeafLabel *l = &leaf->label;
  gint64 mask = dio_sql_column_int (r->statement, r->next++);

  leaf->leaf = l->leaf = (guint) take_bounded (r, 65535);
  leaf->instance = take_uint (r);
  leaf->name = take_text (r);
  leaf->node_id = take_text (r);
  leaf->copy = take_uint (r);
  leaf->group = take_uint (r);
  leaf->category = take_category (r);
  l->visible_px = take_count (r);
  l->amodal_px = take_count (r);
  l->silhouette_px = take_count (r);
  l->coverage_px = take_double (r);
  l->amodal_coverage_px = take_double (r);
  l->veiled_px = take_count (r);
  l->patched_px = take_count (r);
  l->silhouette_open = take_boolean (r);
  return load_masks (cursor, mask, capture, &l->visible, &l->amodal, error);
}

static gboolean
load_hidden (DioDatasetCursor *cursor,
             Reader *r,
             gpointer element,
             const DioDatasetCapture *capture,
             GError **error)
{
  DioHiddenPair *pair = element;

  pair->instance = take_uint (r);
  pair->hider_leaf = (guint) take_bounded (r, 65535);
  pair->opaque_px = take_count (r);
  pair->veil_px = take_count (r);
  return TRUE;
}

static gboolean
load_check (DioDatasetCursor *cursor,
            Reader *r,
            gpointer element,
            const DioDatasetCapture *capture,
            GError **error)
{
  DioSelfCheck *check = element;

  check->check = take_interned (r);
  check->passed = take_boolean (r);
  check->note_only = take_boolean (r);
  check->detail = take_text (r);
  return TRUE;
}

static gboolean
load_draw (DioDatasetCursor *cursor,
           Reader *r,
           gpointer element,
           const DioDatasetCapture *capture,
           GError **error)
{
  DioDraw *draw = element;

  draw->randomizer = take_interned (r);
  draw->target = take_interned (r);
  draw->property = take_interned (r);
  draw->stream = (guint64) dio_sql_column_int (r->statement, r->next++);
  draw->copy = take_uint (r);
  draw->attempt = take_uint (r);
  draw->n_numbers = (guint) take_bounded (r, 4);
  for (guint i = 0; i < 4; i++) {
    double value = take_double (r);
    draw->numbers[i] = i < draw->n_numbers ? value : 0;
  }
  if (!dio_sql_column_is_null (r->statement, r->next))
    draw->string = take_interned (r);
  return TRUE;
}

static const RowLoader file_loader = { LOAD_FILES, "files", sizeof (DioDatasetFile), load_file };
static const RowLoader annotation_loader = { LOAD_ANNOTATIONS, "annotations",
                                             sizeof (DioDatasetAnnotation), load_annotation };
static const RowLoader leaf_loader = { LOAD_LEAVES, "leaves", sizeof (DioDatasetLeaf), load_leaf };
static const RowLoader hidden_loader = { LOAD_HIDDEN, "hidden pairs", sizeof (DioHiddenPair),
                                         load_hidden };
static const RowLoader check_loader = { LOAD_CHECKS, "checks", sizeof (DioSelfCheck), load_check };
static const RowLoader draw_loader = { LOAD_DRAWS, "draws", sizeof (DioDraw), load_draw };

static gboolean
load_capture (DioDatasetCursor *cursor,
              Reader *r,
              gpointer element,
              const DioDatasetCapture *unused,
              GError **error)
{
  DioDatasetCapture *capture = element;

  capture->id = dio_sql_column_int (r->statement, r->next++);
  capture->sensor = take_text (r);
  capture->width_px = (guint) take_bounded (r, MAX_SIDE_PX);
  capture->height_px = (guint) take_bounded (r, MAX_SIDE_PX);
  capture->fx = take_double (r);
  capture->fy = take_double (r);
  capture->cx = take_double (r);
  capture->cy = take_double (r);
  for (guint row = 0; row < 3; row++)
    for (guint column = 0; column < 4; column++)
      capture->world_from_camera.m[column * 4 + row] = take_double (r);
  capture->world_from_camera.m[15] = 1;
  capture->depth_unit_m = take_double (r);
  capture->clipped_px = take_count (r);
  capture->contested_px = take_count (r);
  capture->gl_differing_px = take_count (r);
  capture->gl_unexplained_px = take_count (r);
  capture->checks_passed = take_boolean (r);
  capture->mean_luminance = take_double (r);
  if (!dio_sql_column_is_null (r->statement, r->next))
    capture->timings_json = take_text (r);
  r->bad |= capture->width_px == 0 || capture->height_px == 0;
  return TRUE;
}

static const RowLoader capture_loader = { LOAD_CAPTURES, "captures", sizeof (DioDatasetCapture),
                                          load_capture };
static const RowLoader one_capture_loader = { LOAD_CAPTURE, "captures", sizeof (DioDatasetCapture),
                                              load_capture };

static gboolean
load_capture_rows (DioDatasetCursor *cursor, DioDatasetCapture *capture, GError **error)
{
  gint64 id = capture->id;

  if (!load_rows (cursor, &file_loader, id, capture, &capture->files, error)
      || !load_rows (cursor, &check_loader, id, capture, &capture->checks, error)
      || !load_rows (cursor, &annotation_loader, id, capture, &capture->annotations, error))
    return FALSE;
  if (cursor->flags & DIO_LOAD_LEAVES) {
    if (!load_rows (cursor, &leaf_loader, id, capture, &capture->leaves, error))
      return FALSE;
  } else {
    capture->leaves = g_array_new (FALSE, TRUE, sizeof (DioDatasetLeaf));
  }
  if (cursor->flags & DIO_LOAD_HIDDEN)
    return load_rows (cursor, &hidden_loader, id, capture, &capture->hidden, error);
  capture->hidden = g_array_new (FALSE, TRUE, sizeof (DioHiddenPair));
  return TRUE;
}

static gboolean
load_diagnostics (DioDatasetCursor *cursor, DioDatasetFrame *frame, GError **error)
{
  DioSqlStatement *statement = start (cursor, LOAD_DIAGNOSTICS, frame->id, error);
  gboolean row = FALSE, ok = statement != NULL;

  frame->diagnostics = dio_diagnostics_new ();
  while (ok && (ok = dio_sql_step (statement, &row, error)) && row) {
    Reader r = { statement, 0, FALSE };
    DioSeverity severity = (DioSeverity) take_bounded (&r, DIO_SEVERITY_ERROR);
    g_autofree char *code = take_text (&r);
    g_autofree char *object = take_text (&r);
    g_autofree char *message = take_text (&r);
    dio_diagnostics_add (frame->diagnostics, severity, code, object, "%s", message);
    if (r.bad)
      ok = set_corrupt (cursor, "diagnostics", error);
  }
  if (statement)
    dio_sql_reset (statement);
  return ok;
}

/* A frame without a sequence is its own. */
static void
take_moment (Reader *r, DioDatasetFrame *out)
{
  gboolean single = dio_sql_column_is_null (r->statement, r->next);
  out->moment = (DioSequenceStep){ !single, out->index, 0, NAN };
  if (single) {
    r->next += 3;
    return;
  }
  out->moment.sequence = take_bounded (r, G_MAXUINT32);
  out->moment.step = take_uint (r);
  out->moment.time_s = take_double (r);
}

/* All captures of the frame that the cursor stands on, or the one with the id @capture. */
static gboolean
load_frame (DioDatasetCursor *cursor, gint64 capture, DioDatasetFrame *out, GError **error)
{
  Reader r = { cursor->frames, 0, FALSE };

  out->id = dio_sql_column_int (r.statement, r.next++);
  out->run = dio_sql_column_int (r.statement, r.next++);
  out->index = take_bounded (&r, G_MAXUINT32);
  out->take = take_uint (&r);
  take_moment (&r, out);
  out->status = (DioFrameStatus) take_bounded (&r, DIO_FRAME_FAILED);
  out->attempts = take_uint (&r);
  if (!dio_sql_column_is_null (r.statement, r.next))
    out->failure = take_text (&r);
  if (r.bad)
    return set_corrupt (cursor, "frames", error);
  if (!load_rows (cursor, capture ? &one_capture_loader : &capture_loader,
                  capture ? capture : out->id, NULL, &out->captures, error))
    return FALSE;
  for (guint i = 0; i < out->captures->len; i++)
    if (!load_capture_rows (cursor, &g_array_index (out->captures, DioDatasetCapture, i), error))
      return FALSE;
  if (cursor->flags & DIO_LOAD_DRAWS) {
    if (!load_rows (cursor, &draw_loader, out->id, NULL, &out->draws, error))
      return FALSE;
  } else {
    out->draws = g_array_new (FALSE, TRUE, sizeof (DioDraw));
  }
  return load_diagnostics (cursor, out, error);
}

DioDatasetCursor *
dio_dataset_cursor_new (DioDataset *dataset, const DioCursorDesc *desc, GError **error)
{
  DioDatasetCursor *cursor = g_new0 (DioDatasetCursor, 1);

  cursor->dataset = dataset;
  cursor->flags = desc->flags;
  cursor->frames = dio_sql_prepare (
      dataset->sql,
      FRAME_COLUMNS
      " WHERE (?1 = 0 OR run = ?1) AND (status = 1 OR ?2) ORDER BY run, frame_index, take",
      error);
  if (!cursor->frames) {
    dio_dataset_cursor_free (cursor);
    return NULL;
  }
  dio_sql_bind_int (cursor->frames, 1, desc->run);
  dio_sql_bind_int (cursor->frames, 2, desc->failed);
  return cursor;
}

DioDatasetCursor *
dio_dataset_open_cursor (DioDataset *dataset, DioLoadFlags flags, GError **error)
{
  g_return_val_if_fail (dataset, NULL);

  DioCursorDesc desc = { .flags = flags };

  return dio_dataset_cursor_new (dataset, &desc, error);
}

gboolean
dio_dataset_cursor_next (DioDatasetCursor *cursor, DioDatasetFrame *out, GError **error)
{
  g_return_val_if_fail (cursor && out, FALSE);

  gboolean row = FALSE;

  memset (out, 0, sizeof *out);
  /* Another step would start again from the first frame. */
  if (cursor->ended)
    return FALSE;
  if (!dio_sql_step (cursor->frames, &row, error) || !row) {
    cursor->ended = TRUE;
    return FALSE;
  }
  if (load_frame (cursor, 0, out, error))
    return TRUE;
  dio_dataset_frame_clear (out);
  return FALSE;
}

/* The cursor over one frame, kept with its statements. */
static DioDatasetCursor *
get_single (DioDataset *dataset, GError **error)
{
  DioDatasetCursor *cursor = dataset->single;

  if (cursor)
    return cursor;
  cursor = g_new0 (DioDatasetCursor, 1);
  cursor->dataset = dataset;
  cursor->frames = dio_sql_prepare (
      dataset->sql, FRAME_COLUMNS " WHERE id = (SELECT frame FROM captures WHERE id = ?1)", error);
  if (!cursor->frames)
    g_clear_pointer (&cursor, dio_dataset_cursor_free);
  dataset->single = cursor;
  return cursor;
}

gboolean
dio_dataset_load_capture (
    DioDataset *dataset, gint64 capture, DioLoadFlags flags, DioDatasetFrame *out, GError **error)
{
  g_return_val_if_fail (dataset && out, FALSE);

  DioDatasetCursor *cursor = get_single (dataset, error);
  gboolean row = FALSE;

  memset (out, 0, sizeof *out);
  if (!cursor)
    return FALSE;
  cursor->flags = flags;
  dio_sql_bind_int (cursor->frames, 1, capture);
  gboolean ok = dio_sql_step (cursor->frames, &row, error);
  if (ok && !row) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND,
                 "The dataset “%s” has no picture with the id %" G_GINT64_FORMAT, dataset->folder,
                 capture);
    ok = FALSE;
  }
  ok = ok && load_frame (cursor, capture, out, error);
  dio_sql_reset (cursor->frames);
  if (!ok)
    dio_dataset_frame_clear (out);
  return ok;
}

void
dio_dataset_cursor_free (DioDatasetCursor *cursor)
{
  if (!cursor)
    return;
  for (guint i = 0; i < N_LOADS; i++)
    dio_sql_statement_free (cursor->loads[i]);
  dio_sql_statement_free (cursor->frames);
  g_free (cursor);
}
