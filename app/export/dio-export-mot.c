/* MOTChallenge: DIORAMA-SPLIT/SEQUENCE/{img1/000001.png, gt/gt.txt, seqinfo.ini}, seqmaps/DIORAMA-SPLIT.txt. Pictures are named by their step,
 * from 1. A sequence is closed when its sensor begins the next one, so that few are open at a time. */
#define G_LOG_DOMAIN "dio-export"

#include "dio-core-error.h"
#include "dio-export-file-private.h"
#include "dio-export-format-private.h"
#include "dio-export-lines-private.h"
#include "dio-export-text-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/** One sequence that is being written. */
typedef struct {
  char *name;
  guint split;
  guint width_px, height_px;
  const char *extension; /**< static */
  guint n_pictures;
  GHashTable *tracks; /**< object_key (gint64 *) -> number from 1 */
  DioExportLines *lines;
} Track;

typedef struct {
  const DioExportJob *job;
  DioExportLines **maps; /**< n_splits */
  GHashTable *open;      /**< "SENSOR take" -> Track* */
  guint64 n_sequences, n_missing;
} Mot;

static void
track_free (gpointer data)
{
  Track *track = data;

  g_free (track->name);
  g_hash_table_unref (track->tracks);
  dio_export_lines_free (track->lines);
  g_free (track);
}

static void
mot_free (gpointer state)
{
  Mot *mot = state;

  for (guint i = 0; i < mot->job->n_splits; i++)
    dio_export_lines_free (mot->maps[i]);
  g_free (mot->maps);
  g_hash_table_unref (mot->open);
  g_free (mot);
}

static gpointer
mot_begin (const DioExportJob *job, GError **error)
{
  if (job->scenario->sequence.steps < 2) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_UNSUPPORTED,
                 "MOTChallenge holds sequences, and the dataset has single pictures: give its "
                 "scenario a sequence and render again");
    return NULL;
  }
  Mot *mot = g_new0 (Mot, 1);
  mot->job = job;
  mot->open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, track_free);
  mot->maps = g_new0 (DioExportLines *, job->n_splits);
  for (guint i = 0; i < job->n_splits; i++) {
    g_autofree char *name = g_strdup_printf ("seqmaps/DIORAMA-%s.txt", job->splits[i].name);
    mot->maps[i] = dio_export_lines_new (job->folder, name);
    g_string_append (dio_export_lines_get (mot->maps[i]), "name\n");
  }
  return mot;
}

/* ---- names ---- */

/* "PREFIXrun1-000003-camera", a later take "PREFIXrun1-000003t1-camera". */
static char *
dup_sequence_name (const DioExportJob *job, const DioExportImage *image)
{
  const DioDatasetFrame *frame = image->frame;
  g_autofree char *take = frame->take > 0 ? g_strdup_printf ("t%u", frame->take) : g_strdup ("");

  return g_strdup_printf (
      "%srun%" G_GINT64_FORMAT "-%06" G_GUINT64_FORMAT "%s-%s",
      job->options->prefix ? job->options->prefix : "", frame->run, frame->moment.sequence, take,
      (const char *) g_hash_table_lookup (job->sensor_parts, image->capture->sensor));
}

static char *
place_picture (const DioExportJob *job, const DioExportImage *image)
{
  g_autofree char *sequence = dup_sequence_name (job, image);

  return g_strdup_printf ("DIORAMA-%s/%s/img1/%06u.%s", job->splits[image->split].name, sequence,
                          image->frame->moment.step + 1, image->extension);
}

/* ---- sequences ---- */

static gboolean
write_info (const Mot *mot, const Track *track, GError **error)
{
  const DioSequence *sequence = &mot->job->scenario->sequence;
  g_autoptr (GString) text = g_string_new ("[Sequence]\n");
  g_autofree char *name = g_strdup_printf ("DIORAMA-%s/%s/seqinfo.ini",
                                           mot->job->splits[track->split].name, track->name);

  g_string_append_printf (text, "name=%s\nimDir=img1\nframeRate=", track->name);
  /* Views of a scene that stands still have no rate; readers want one. */
  dio_export_append_number (text, sequence->rate_hz > 0 ? sequence->rate_hz : 1, 0, 6);
  g_string_append_printf (text, "\nseqLength=%u\nimWidth=%u\nimHeight=%u\nimExt=.%s\n",
                          sequence->steps, track->width_px, track->height_px, track->extension);
  return dio_export_file_put (mot->job->folder, name, text->str, text->len, error);
}

static gboolean
close_track (Mot *mot, const Track *track, GError **error)
{
  DioExportLines *map = mot->maps[track->split];

  mot->n_sequences++;
  mot->n_missing += mot->job->scenario->sequence.steps - track->n_pictures;
  g_string_append_printf (dio_export_lines_get (map), "%s\n", track->name);
  return dio_export_lines_end (track->lines, error) && write_info (mot, track, error)
         && dio_export_lines_flush (map, error);
}

static Track *
open_track (Mot *mot, const DioExportImage *image, char *name)
{
  Track *track = g_new0 (Track, 1);
  g_autofree char *file =
      g_strdup_printf ("DIORAMA-%s/%s/gt/gt.txt", mot->job->splits[image->split].name, name);

  *track = (Track){
    .name = name,
    .split = image->split,
    .width_px = image->capture->width_px,
    .height_px = image->capture->height_px,
    .extension = image->extension,
    .tracks = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL),
    .lines = dio_export_lines_new (mot->job->folder, file),
  };
  return track;
}

/* The sequence of @image; the one before it of the same sensor is closed. */
static Track *
find_track (Mot *mot, const DioExportImage *image, GError **error)
{
  g_autofree char *key = g_strdup_printf ("%s %u", image->capture->sensor, image->frame->take);
  g_autofree char *name = dup_sequence_name (mot->job, image);
  Track *track = g_hash_table_lookup (mot->open, key);

  if (track != NULL && g_str_equal (track->name, name))
    return track;
  if (track != NULL && !close_track (mot, track, error))
    return NULL;
  track = open_track (mot, image, g_steal_pointer (&name));
  g_hash_table_replace (mot->open, g_steal_pointer (&key), track);
  return track;
}

/* ---- objects ---- */

static guint
get_number (Track *track, guint64 object_key)
{
  gint64 key = (gint64) object_key;
  gpointer known = g_hash_table_lookup (track->tracks, &key);

  if (known != NULL)
    return GPOINTER_TO_UINT (known);
  guint number = g_hash_table_size (track->tracks) + 1;
  g_hash_table_insert (track->tracks, g_memdup2 (&key, sizeof key), GUINT_TO_POINTER (number));
  return number;
}

static void
append_object (Track *track, guint step, const DioExportAnnotation *a)
{
  const DioAnnotation *label = &a->source->label;
  GString *text = dio_export_lines_get (track->lines);
  double seen = isfinite (label->visib_fract) ? CLAMP (label->visib_fract, 0, 1) : 1;

  g_string_append_printf (text, "%u,%u,%d,%d,%d,%d,%d,%" G_GINT64_FORMAT ",", step + 1,
                          get_number (track, label->object_key), a->box.x0 + 1, a->box.y0 + 1,
                          a->box.x1 - a->box.x0, a->box.y1 - a->box.y0, a->ignored ? 0 : 1,
                          a->class->id);
  dio_export_append_number (text, seen, 0, 6);
  g_string_append_c (text, '\n');
}

static gboolean
mot_add (gpointer state, const DioExportImage *image, GError **error)
{
  Mot *mot = state;
  Track *track = find_track (mot, image, error);

  if (track == NULL)
    return FALSE;
  track->n_pictures++;
  for (guint i = 0; i < image->annotations->len; i++)
    append_object (track, image->frame->moment.step,
                   &g_array_index (image->annotations, DioExportAnnotation, i));
  return dio_export_lines_flush (track->lines, error);
}

static gboolean
mot_end (gpointer state, GError **error)
{
  Mot *mot = state;
  /* In the order of their names: a hash table has none. */
  g_autoptr (GList) keys =
      g_list_sort (g_hash_table_get_keys (mot->open), (GCompareFunc) g_strcmp0);

  for (const GList *key = keys; key != NULL; key = key->next)
    if (!close_track (mot, g_hash_table_lookup (mot->open, key->data), error))
      return FALSE;
  for (guint i = 0; i < mot->job->n_splits; i++)
    if (!dio_export_lines_end (mot->maps[i], error))
      return FALSE;
  return TRUE;
}

static json_t *
report (gpointer state)
{
  const Mot *mot = state;

  return json_pack ("{s:I,s:I}", "sequences", (json_int_t) mot->n_sequences, "steps_left_out",
                    (json_int_t) mot->n_missing);
}

static const char *const conventions[] = {
  "box",
  "left, top, width, height; the corner of the first pixel is 1, 1",
  "frame",
  "the step, from 1; a picture that was left out leaves a gap",
  "id",
  "of the object within its sequence, from 1, the same at all steps",
  "flag",
  "1 to be judged, 0 ignored",
  "class",
  "ids of the classes in this manifest; evaluators of pedestrians count class 1 alone",
  "visibility",
  "visible part of the whole silhouette, also outside the picture",
  NULL,
};

const DioExportFormat dio_export_mot = {
  .info = {
    .name = "mot",
    .label = N_ ("MOTChallenge"),
    .help = N_ ("sequences with gt.txt and seqinfo.ini; boxes with track ids; needs sequences; no masks"),
  },
  .default_ignored = DIO_IGNORED_KEEP,
  .marks_ignored = TRUE,
  .removes_specks = TRUE,
  .first_class_id = 1,
  .dense_class_ids = TRUE,
  .conventions = conventions,
  .place_picture = place_picture,
  .begin = mot_begin,
  .add = mot_add,
  .end = mot_end,
  .report = report,
  .free = mot_free,
};
