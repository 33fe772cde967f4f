#define G_LOG_DOMAIN "dio-dataset"

#include "dio-dataset.h"

#include <string.h>

/* Clearing leaves zeroes behind, so that an array with a clear function of its own does no harm. */

static void
clear_files (GArray *files)
{
  for (guint i = 0; i < files->len; i++) {
    DioDatasetFile *file = &g_array_index (files, DioDatasetFile, i);
    g_free (file->channel);
    g_free (file->path);
    g_free (file->sha256);
    memset (file, 0, sizeof *file);
  }
}

static void
clear_checks (GArray *checks)
{
  for (guint i = 0; i < checks->len; i++)
    g_clear_pointer (&g_array_index (checks, DioSelfCheck, i).detail, g_free);
}

static void
clear_leaves (GArray *leaves)
{
  for (guint i = 0; i < leaves->len; i++) {
    DioDatasetLeaf *leaf = &g_array_index (leaves, DioDatasetLeaf, i);
    g_free (leaf->name);
    g_free (leaf->node_id);
    dio_rle_clear (&leaf->label.visible);
    dio_rle_clear (&leaf->label.amodal);
    memset (leaf, 0, sizeof *leaf);
  }
}

static void
clear_annotations (GArray *annotations)
{
  for (guint i = 0; i < annotations->len; i++) {
    DioDatasetAnnotation *annotation = &g_array_index (annotations, DioDatasetAnnotation, i);
    g_free (annotation->name);
    g_free (annotation->node_id);
    dio_rle_clear (&annotation->label.visible);
    dio_rle_clear (&annotation->label.amodal);
    memset (annotation, 0, sizeof *annotation);
  }
}

void
dio_dataset_capture_clear (DioDatasetCapture *capture)
{
  g_return_if_fail (capture);

  if (capture->files)
    clear_files (capture->files);
  if (capture->checks)
    clear_checks (capture->checks);
  if (capture->leaves)
    clear_leaves (capture->leaves);
  if (capture->annotations)
    clear_annotations (capture->annotations);
  g_clear_pointer (&capture->files, g_array_unref);
  g_clear_pointer (&capture->checks, g_array_unref);
  g_clear_pointer (&capture->leaves, g_array_unref);
  g_clear_pointer (&capture->annotations, g_array_unref);
  g_clear_pointer (&capture->hidden, g_array_unref);
  g_free (capture->sensor);
  g_free (capture->timings_json);
  memset (capture, 0, sizeof *capture);
}

void
dio_dataset_frame_clear (DioDatasetFrame *frame)
{
  g_return_if_fail (frame);

  for (guint i = 0; frame->captures && i < frame->captures->len; i++)
    dio_dataset_capture_clear (&g_array_index (frame->captures, DioDatasetCapture, i));
  g_clear_pointer (&frame->captures, g_array_unref);
  g_clear_pointer (&frame->draws, g_array_unref);
  g_clear_pointer (&frame->diagnostics, dio_diagnostics_free);
  g_free (frame->failure);
  memset (frame, 0, sizeof *frame);
}

void
dio_dataset_run_clear (DioDatasetRun *run)
{
  g_return_if_fail (run);

  g_free (run->scenario_hash);
  g_free (run->render_identity);
  g_free (run->options_json);
  memset (run, 0, sizeof *run);
}
