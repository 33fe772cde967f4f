/* Writing of frames: rows of one or many frames in one transaction. */
#define G_LOG_DOMAIN "dio-dataset"

#include "dio-core-error.h"
#include "dio-dataset-private.h"

#include <math.h>

static const char *const store_texts[DIO_STORE_N_STATEMENTS] = {
  [DIO_STORE_FIND_FRAME] =
      "SELECT status FROM frames WHERE run = ?1 AND frame_index = ?2 AND take = ?3",
  [DIO_STORE_DELETE_FRAME] = "DELETE FROM frames WHERE run = ?1 AND frame_index = ?2 AND take = ?3",
  [DIO_STORE_FRAME] = "INSERT INTO frames (run, frame_index, take, sequence, step, time_s, status,"
                      " attempts, failure, stored_at)"
                      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
  [DIO_STORE_CAPTURE] =
      "INSERT INTO captures (frame, sensor, width_px, height_px, fx, fy, cx, cy,"
      " m00, m01, m02, m03, m10, m11, m12, m13, m20, m21, m22, m23, depth_unit_m, clipped_px,"
      " contested_px, gl_differing_px, gl_unexplained_px, checks_passed, mean_luminance, timings)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,"
      " ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28)",
  [DIO_STORE_FILE] = "INSERT INTO files (capture, channel, path, sha256) VALUES (?1, ?2, ?3, ?4)",
  [DIO_STORE_MASK] = "INSERT INTO masks (visible, amodal) VALUES (?1, ?2)",
  [DIO_STORE_ANNOTATION] =
      "INSERT INTO annotations (capture, instance, object_key, category, thing, crowd, visible_px,"
      " amodal_px, silhouette_px, veiled_px, coverage_px, amodal_coverage_px, parts,"
      " largest_part_px, visibility, truncation, visib_fract, silhouette_open, subpixel,"
      " visible_x0, visible_y0, visible_x1, visible_y1, amodal_x0, amodal_y0, amodal_x1, amodal_y1,"
      " full_x0, full_y0, full_x1, full_y1, distance_m, blur_px, defocus_px, mask)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,"
      " ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35)",
  [DIO_STORE_POSE] =
      "INSERT INTO poses (annotation, name, node, copy, box_center_x, box_center_y, box_center_z,"
      " box_size_x, box_size_y, box_size_z, box_qw, box_qx, box_qy, box_qz, scale_x, scale_y,"
      " scale_z, view_azimuth_rad, view_elevation_rad, camera_from_object, world_from_object)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,"
      " ?19, ?20, ?21)",
  [DIO_STORE_LEAF] =
      "INSERT INTO leaves (capture, leaf, instance, name, node, copy, face_group, category,"
      " visible_px, amodal_px, silhouette_px, coverage_px, amodal_coverage_px, veiled_px,"
      " patched_px, silhouette_open, mask)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
  [DIO_STORE_HIDDEN] = "INSERT INTO hidden (capture, instance, leaf, opaque_px, veil_px)"
                       " VALUES (?1, ?2, ?3, ?4, ?5)",
  [DIO_STORE_CHECK] = "INSERT INTO checks (capture, position, name, passed, note_only, detail)"
                      " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
  [DIO_STORE_DRAW] =
      "INSERT INTO draws (frame, position, randomizer, target, property, stream, copy, attempt,"
      " n_numbers, x0, x1, x2, x3, string)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
  [DIO_STORE_DIAGNOSTIC] =
      "INSERT INTO diagnostics (frame, position, severity, code, object, message)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
};

/** Binds values one after the other: a row of 30 columns stays readable and no number is counted twice. */
typedef struct {
  DioSqlStatement *statement;
  int next;
} Binder;

static Binder
bind_to (DioDataset *dataset, DioStoreStatement which)
{
  return (Binder){ dataset->store[which], 1 };
}

static void
put_int (Binder *b, gint64 value)
{
  dio_sql_bind_int (b->statement, b->next++, value);
}

static void
put_count (Binder *b, guint64 value)
{
  dio_sql_bind_int (b->statement, b->next++, (gint64) value);
}

static void
put_double (Binder *b, double value)
{
  dio_sql_bind_double (b->statement, b->next++, value);
}

static void
put_text (Binder *b, const char *text)
{
  dio_sql_bind_text (b->statement, b->next++, text ? text : "");
}

static void
put_vec3 (Binder *b, DioVec3 v)
{
  put_double (b, v.x);
  put_double (b, v.y);
  put_double (b, v.z);
}

static void
put_box (Binder *b, const DioPixelBox *box)
{
  put_int (b, box->x0);
  put_int (b, box->y0);
  put_int (b, box->x1);
  put_int (b, box->y1);
}

/* Diorama runs on x86-64 only, which is little-endian like the blob. */
static void
put_matrix (Binder *b, const DioMat4 *matrix)
{
  dio_sql_bind_blob (b->statement, b->next++, matrix->m, sizeof matrix->m);
}

static gboolean
prepare (DioDataset *dataset, GError **error)
{
  for (guint i = 0; i < DIO_STORE_N_STATEMENTS; i++) {
    if (!dataset->store[i])
      dataset->store[i] = dio_sql_prepare (dataset->sql, store_texts[i], error);
    if (!dataset->store[i])
      return FALSE;
  }
  return TRUE;
}

static GBytes *
dup_mask_bytes (const DioRle *rle)
{
  return rle->n_runs > 0 ? dio_rle_to_bytes (rle) : g_bytes_new_static ("", 0);
}

/* A pair of masks as it goes into the table. */
typedef struct {
  GBytes *visible, *amodal;
  gint64 id;
} StoredMask;

static void
stored_mask_clear (gpointer data)
{
  StoredMask *mask = data;

  g_clear_pointer (&mask->visible, g_bytes_unref);
  g_clear_pointer (&mask->amodal, g_bytes_unref);
}

static gboolean
check_mask (const DioDatasetCapture *capture,
            const DioRle *visible,
            const DioRle *amodal,
            GError **error)
{
  gboolean fits =
      (visible->n_runs == 0
       || (visible->width == capture->width_px && visible->height == capture->height_px))
      && (amodal->n_runs == 0
          || (amodal->width == 3 * capture->width_px && amodal->height == 3 * capture->height_px));

  if (!fits)
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "A mask of sensor “%s” does not have the size of its picture", capture->sensor);
  return fits;
}

static gboolean
store_mask (DioDataset *dataset, StoredMask *mask, GError **error)
{
  Binder b = bind_to (dataset, DIO_STORE_MASK);
  gsize size;
  gconstpointer data = g_bytes_get_data (mask->visible, &size);

  dio_sql_bind_blob (b.statement, b.next++, data, size);
  data = g_bytes_get_data (mask->amodal, &size);
  dio_sql_bind_blob (b.statement, b.next++, data, size);
  if (!dio_sql_run (b.statement, error))
    return FALSE;
  mask->id = dio_sql_get_last_id (dataset->sql);
  return TRUE;
}

static gboolean
store_pose (DioDataset *dataset, gint64 id, const DioDatasetAnnotation *row, GError **error)
{
  const DioAnnotation *a = &row->label;
  Binder b = bind_to (dataset, DIO_STORE_POSE);

  put_int (&b, id);
  put_text (&b, row->name);
  put_text (&b, row->node_id);
  put_int (&b, row->copy);
  put_vec3 (&b, a->box_center_world_m);
  put_vec3 (&b, a->box_size_m);
  put_double (&b, a->box_q_wxyz_world.w);
  put_double (&b, a->box_q_wxyz_world.x);
  put_double (&b, a->box_q_wxyz_world.y);
  put_double (&b, a->box_q_wxyz_world.z);
  put_vec3 (&b, a->scale);
  put_double (&b, a->view_azimuth_rad);
  put_double (&b, a->view_elevation_rad);
  put_matrix (&b, &a->camera_from_object);
  put_matrix (&b, &a->world_from_object);
  return dio_sql_run (b.statement, error);
}

static void
put_annotation_counts (Binder *b, const DioAnnotation *a)
{
  put_int (b, a->instance);
  put_int (b, (gint64) a->object_key);
  put_int (b, a->category);
  put_int (b, a->thing);
  put_int (b, a->crowd);
  put_count (b, a->visible_px);
  put_count (b, a->amodal_px);
  put_count (b, a->silhouette_px);
  put_count (b, a->veiled_px);
  put_double (b, a->coverage_px);
  put_double (b, a->amodal_coverage_px);
  put_int (b, a->parts);
  put_count (b, a->largest_part_px);
  put_double (b, a->visibility);
  put_double (b, a->truncation);
  put_double (b, a->visib_fract);
  put_int (b, a->silhouette_open);
  put_int (b, a->subpixel);
}

static gboolean
store_annotation (DioDataset *dataset,
                  gint64 capture,
                  const DioDatasetAnnotation *row,
                  gint64 mask,
                  GError **error)
{
  const DioAnnotation *a = &row->label;
  Binder b = bind_to (dataset, DIO_STORE_ANNOTATION);

  put_int (&b, capture);
  put_annotation_counts (&b, a);
  put_box (&b, &a->bbox_visible);
  put_box (&b, &a->bbox_amodal);
  for (guint i = 0; i < 4; i++)
    put_double (&b, a->has_bbox_full ? a->bbox_full[i] : (double) NAN);
  put_double (&b, a->distance_m);
  put_double (&b, a->blur_px);
  put_double (&b, a->defocus_px);
  put_int (&b, mask);
  if (!dio_sql_run (b.statement, error))
    return FALSE;
  return store_pose (dataset, dio_sql_get_last_id (dataset->sql), row, error);
}

/* @masks: instance -> StoredMask, for the leaves that share them. */
static gboolean
store_annotations (DioDataset *dataset,
                   gint64 id,
                   const DioDatasetCapture *capture,
                   GHashTable *masks,
                   GError **error)
{
  for (guint i = 0; capture->annotations && i < capture->annotations->len; i++) {
    const DioDatasetAnnotation *row =
        &g_array_index (capture->annotations, DioDatasetAnnotation, i);
    if (!check_mask (capture, &row->label.visible, &row->label.amodal, error))
      return FALSE;
    StoredMask *mask = g_new0 (StoredMask, 1);
    mask->visible = dup_mask_bytes (&row->label.visible);
    mask->amodal = dup_mask_bytes (&row->label.amodal);
    g_hash_table_insert (masks, GUINT_TO_POINTER (row->label.instance), mask);
    if (!store_mask (dataset, mask, error) || !store_annotation (dataset, id, row, mask->id, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
store_leaf (DioDataset *dataset, gint64 id, const DioDatasetLeaf *leaf, gint64 mask, GError **error)
{
  const DioLeafLabel *l = &leaf->label;
  Binder b = bind_to (dataset, DIO_STORE_LEAF);

  put_int (&b, id);
  put_int (&b, leaf->leaf);
  put_int (&b, leaf->instance);
  put_text (&b, leaf->name);
  put_text (&b, leaf->node_id);
  put_int (&b, leaf->copy);
  put_int (&b, leaf->group);
  put_int (&b, leaf->category);
  put_count (&b, l->visible_px);
  put_count (&b, l->amodal_px);
  put_count (&b, l->silhouette_px);
  put_double (&b, l->coverage_px);
  put_double (&b, l->amodal_coverage_px);
  put_count (&b, l->veiled_px);
  put_count (&b, l->patched_px);
  put_int (&b, l->silhouette_open);
  put_int (&b, mask);
  return dio_sql_run (b.statement, error);
}

static gboolean
store_leaves (DioDataset *dataset,
              gint64 id,
              const DioDatasetCapture *capture,
              GHashTable *masks,
              GError **error)
{
  for (guint i = 0; capture->leaves && i < capture->leaves->len; i++) {
    const DioDatasetLeaf *leaf = &g_array_index (capture->leaves, DioDatasetLeaf, i);
    if (!check_mask (capture, &leaf->label.visible, &leaf->label.amodal, error))
      return FALSE;
    StoredMask mask = { dup_mask_bytes (&leaf->label.visible), dup_mask_bytes (&leaf->label.amodal),
                        0 };
    const StoredMask *whole = g_hash_table_lookup (masks, GUINT_TO_POINTER (leaf->instance));
    gboolean ok = TRUE;
    if (whole && g_bytes_equal (whole->visible, mask.visible)
        && g_bytes_equal (whole->amodal, mask.amodal))
      mask.id = whole->id;
    else
      ok = store_mask (dataset, &mask, error);
    ok = ok && store_leaf (dataset, id, leaf, mask.id, error);
    stored_mask_clear (&mask);
    if (!ok)
      return FALSE;
  }
  return TRUE;
}

static gboolean
store_hidden (DioDataset *dataset, gint64 id, const DioDatasetCapture *capture, GError **error)
{
  for (guint i = 0; capture->hidden && i < capture->hidden->len; i++) {
    const DioHiddenPair *pair = &g_array_index (capture->hidden, DioHiddenPair, i);
    Binder b = bind_to (dataset, DIO_STORE_HIDDEN);
    put_int (&b, id);
    put_int (&b, pair->instance);
    put_int (&b, pair->hider_leaf);
    put_count (&b, pair->opaque_px);
    put_count (&b, pair->veil_px);
    if (!dio_sql_run (b.statement, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
store_checks (DioDataset *dataset, gint64 id, const DioDatasetCapture *capture, GError **error)
{
  for (guint i = 0; capture->checks && i < capture->checks->len; i++) {
    const DioSelfCheck *check = &g_array_index (capture->checks, DioSelfCheck, i);
    Binder b = bind_to (dataset, DIO_STORE_CHECK);
    put_int (&b, id);
    put_int (&b, i);
    put_text (&b, check->check);
    put_int (&b, check->passed);
    put_int (&b, check->note_only);
    put_text (&b, check->detail);
    if (!dio_sql_run (b.statement, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
store_files (DioDataset *dataset, gint64 id, const DioDatasetCapture *capture, GError **error)
{
  for (guint i = 0; capture->files && i < capture->files->len; i++) {
    const DioDatasetFile *file = &g_array_index (capture->files, DioDatasetFile, i);
    Binder b = bind_to (dataset, DIO_STORE_FILE);
    put_int (&b, id);
    put_text (&b, file->channel);
    put_text (&b, file->path);
    put_text (&b, file->sha256);
    if (!dio_sql_run (b.statement, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
store_capture_row (DioDataset *dataset,
                   gint64 frame,
                   const DioDatasetCapture *capture,
                   GError **error)
{
  const DioMat4 *pose = &capture->world_from_camera;
  Binder b = bind_to (dataset, DIO_STORE_CAPTURE);

  put_int (&b, frame);
  put_text (&b, capture->sensor);
  put_int (&b, capture->width_px);
  put_int (&b, capture->height_px);
  put_double (&b, capture->fx);
  put_double (&b, capture->fy);
  put_double (&b, capture->cx);
  put_double (&b, capture->cy);
  for (guint row = 0; row < 3; row++)
    for (guint column = 0; column < 4; column++)
      put_double (&b, pose->m[column * 4 + row]);
  put_double (&b, capture->depth_unit_m);
  put_count (&b, capture->clipped_px);
  put_count (&b, capture->contested_px);
  put_count (&b, capture->gl_differing_px);
  put_count (&b, capture->gl_unexplained_px);
  put_int (&b, capture->checks_passed);
  put_double (&b, capture->mean_luminance);
  dio_sql_bind_text (b.statement, b.next++, capture->timings_json);
  return dio_sql_run (b.statement, error);
}

static gboolean
store_capture (DioDataset *dataset, gint64 frame, const DioDatasetCapture *capture, GError **error)
{
  g_autoptr (GHashTable) masks = g_hash_table_new (NULL, NULL);

  if (!store_capture_row (dataset, frame, capture, error))
    return FALSE;
  gint64 id = dio_sql_get_last_id (dataset->sql);
  gboolean ok = store_files (dataset, id, capture, error)
                && store_annotations (dataset, id, capture, masks, error)
                && store_leaves (dataset, id, capture, masks, error)
                && store_hidden (dataset, id, capture, error)
                && store_checks (dataset, id, capture, error);
  GHashTableIter iter;
  gpointer mask;
  g_hash_table_iter_init (&iter, masks);
  while (g_hash_table_iter_next (&iter, NULL, &mask)) {
    stored_mask_clear (mask);
    g_free (mask);
  }
  return ok;
}

static gboolean
store_draws (DioDataset *dataset, gint64 id, const DioDatasetFrame *frame, GError **error)
{
  for (guint i = 0; frame->draws && i < frame->draws->len; i++) {
    const DioDraw *draw = &g_array_index (frame->draws, DioDraw, i);
    Binder b = bind_to (dataset, DIO_STORE_DRAW);
    put_int (&b, id);
    put_int (&b, i);
    put_text (&b, draw->randomizer);
    put_text (&b, draw->target);
    put_text (&b, draw->property);
    put_int (&b, (gint64) draw->stream);
    put_int (&b, draw->copy);
    put_int (&b, draw->attempt);
    put_int (&b, draw->n_numbers);
    for (guint n = 0; n < 4; n++)
      put_double (&b, n < draw->n_numbers ? draw->numbers[n] : (double) NAN);
    dio_sql_bind_text (b.statement, b.next++, draw->string);
    if (!dio_sql_run (b.statement, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
store_diagnostics (DioDataset *dataset, gint64 id, const DioDatasetFrame *frame, GError **error)
{
  guint n = frame->diagnostics ? dio_diagnostics_get_count (frame->diagnostics) : 0;

  for (guint i = 0; i < n; i++) {
    const DioDiagnostic *diagnostic = dio_diagnostics_get (frame->diagnostics, i);
    Binder b = bind_to (dataset, DIO_STORE_DIAGNOSTIC);
    put_int (&b, id);
    put_int (&b, i);
    put_int (&b, diagnostic->severity);
    put_text (&b, diagnostic->code);
    put_text (&b, diagnostic->object);
    put_text (&b, diagnostic->message);
    if (!dio_sql_run (b.statement, error))
      return FALSE;
  }
  return TRUE;
}

static void
put_key (Binder *b, const DioDatasetFrame *frame)
{
  put_int (b, frame->run);
  put_count (b, frame->index);
  put_int (b, frame->take);
}

/* Invariant 4: what is done stays; what failed makes room. */
static gboolean
make_room (DioDataset *dataset, const DioDatasetFrame *frame, GError **error)
{
  Binder b = bind_to (dataset, DIO_STORE_FIND_FRAME);
  gboolean row = FALSE;

  put_key (&b, frame);
  gboolean ok = dio_sql_step (b.statement, &row, error);
  gint64 status = row ? dio_sql_column_int (b.statement, 0) : 0;
  dio_sql_reset (b.statement);
  if (!ok || !row)
    return ok;
  if (status == DIO_FRAME_DONE) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_EXISTS,
                 "Frame %" G_GUINT64_FORMAT " take %u is already in the dataset “%s”", frame->index,
                 frame->take, dataset->folder);
    return FALSE;
  }
  b = bind_to (dataset, DIO_STORE_DELETE_FRAME);
  put_key (&b, frame);
  return dio_sql_run (b.statement, error);
}

static void
put_moment (Binder *b, const DioSequenceStep *moment)
{
  if (!moment->in_sequence) {
    for (guint i = 0; i < 3; i++)
      dio_sql_bind_text (b->statement, b->next++, NULL);
    return;
  }
  put_count (b, moment->sequence);
  put_int (b, moment->step);
  put_double (b, moment->time_s);
}

static gboolean
store_frame (DioDataset *dataset, const DioDatasetFrame *frame, GError **error)
{
  DioScenario *scenario = dio_dataset_get_scenario (dataset, error);
  if (!scenario)
    return FALSE;
  DioSequenceStep moment = dio_scenario_find_step (scenario, frame->index);
  if (!make_room (dataset, frame, error))
    return FALSE;
  Binder b = bind_to (dataset, DIO_STORE_FRAME);
  put_key (&b, frame);
  put_moment (&b, &moment);
  put_int (&b, frame->status);
  put_int (&b, frame->attempts);
  dio_sql_bind_text (b.statement, b.next++, frame->failure);
  put_int (&b, g_get_real_time () / G_USEC_PER_SEC);
  if (!dio_sql_run (b.statement, error))
    return FALSE;
  gint64 id = dio_sql_get_last_id (dataset->sql);
  for (guint i = 0; frame->captures && i < frame->captures->len; i++)
    if (!store_capture (dataset, id, &g_array_index (frame->captures, DioDatasetCapture, i), error))
      return FALSE;
  return store_draws (dataset, id, frame, error) && store_diagnostics (dataset, id, frame, error);
}

gboolean
dio_dataset_store_frames (DioDataset *dataset,
                          DioDatasetFrame *const *frames,
                          guint n,
                          GError **error)
{
  g_return_val_if_fail (dataset && dataset->mode == DIO_DATASET_WRITE, FALSE);

  if (n == 0)
    return TRUE;
  if (!prepare (dataset, error) || !dio_sql_begin (dataset->sql, error))
    return FALSE;
  gboolean ok = TRUE;
  for (guint i = 0; ok && i < n; i++)
    ok = store_frame (dataset, frames[i], error);
  if (ok && dio_sql_commit (dataset->sql, error))
    return TRUE;
  dio_sql_rollback (dataset->sql);
  return FALSE;
}
