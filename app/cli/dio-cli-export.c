#define G_LOG_DOMAIN "dio-cli"

#include "dio-cli-command.h"
#include "dio-cli-options.h"
#include "dio-cli-progress.h"
#include "dio-export.h"
#include "dio-review-export.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/** Options of `export` as given. */
typedef struct {
  char *format, *output, *split, *policy, *ignored, *box, *class_map, *prefix, *images, *progress;
  gint64 id_base;
  int quality;
  gboolean polygons, include_failed, include_rejected;
} Options;

static void
options_clear (Options *options)
{
  char **strings[] = { &options->format,  &options->output,  &options->split,     &options->policy,
                       &options->ignored, &options->box,     &options->class_map, &options->prefix,
                       &options->images,  &options->progress };
  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    g_clear_pointer (strings[i], g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* Index of @word among @words, -1 for another one; 0 where @word is NULL. */
static int
find_word (const char *word, const char *const *words)
{
  if (word == NULL)
    return 0;
  for (int i = 0; words[i] != NULL; i++)
    if (g_str_equal (words[i], word))
      return i;
  return -1;
}

static gboolean
to_export_options (const Options *options, GArray *splits, DioExportOptions *out)
{
  static const char *const ignored_words[] = {
    "default", "drop", "keep", "fill", "skip-image", NULL
  };
  static const char *const box_words[] = { "visible", "amodal", NULL };
  static const char *const image_words[] = { "copy", "png", "jpeg", "webp", NULL };
  static const DioImageFormat image_formats[] = { DIO_IMAGE_FORMAT_UNKNOWN, DIO_IMAGE_FORMAT_PNG,
                                                  DIO_IMAGE_FORMAT_JPEG, DIO_IMAGE_FORMAT_WEBP };
  int ignored = find_word (options->ignored, ignored_words);
  int box = find_word (options->box, box_words);
  int image = find_word (options->images, image_words);
  g_autoptr (GError) error = NULL;

  if (options->format == NULL || options->output == NULL)
    return dio_cli_usage_error ("export", _ ("--format and --output are both needed"));
  if (ignored < 0)
    return dio_cli_usage_error ("export",
                                _ ("--ignored must be default, drop, keep, fill or skip-image"));
  if (box < 0)
    return dio_cli_usage_error ("export", _ ("--box must be visible or amodal"));
  if (image < 0)
    return dio_cli_usage_error ("export", _ ("--images must be copy, png, jpeg or webp"));
  if (options->quality < 0 || options->quality > 100)
    return dio_cli_usage_error ("export", _ ("--quality must be between 1 and 100"));
  if (options->split != NULL && !dio_split_parse (options->split, splits, &error))
    return dio_cli_usage_error ("export", "%s", error->message);
  *out = (DioExportOptions){
    .format = options->format,
    .output = options->output,
    .splits = splits->len > 0 ? &g_array_index (splits, DioSplit, 0) : NULL,
    .n_splits = splits->len,
    .policy = options->policy,
    .ignored = (DioIgnoredMode) ignored,
    .box_amodal = box == 1,
    .polygons = options->polygons,
    .class_map = options->class_map,
    .prefix = options->prefix,
    .id_base = options->id_base,
    .image_format = image_formats[image],
    .image_quality = (guint) options->quality,
    .include_failed_checks = options->include_failed,
  };
  return TRUE;
}

static void
progress_cb (guint64 done, guint64 total, gpointer user)
{
  DioProgressState state = {
    .state = _ ("exporting"), .done = done, .total = total, .newest_frame = -1
  };
  dio_cli_progress_update (user, &state);
}

static void
print_result (const Options *options, const DioExportResult *result)
{
  g_print (_ ("%s: %" PRIu64 " images, %" PRIu64 " annotations, %" PRIu64
              " marked ignored, %" PRIu64 " dropped by the policy, %" PRIu64 " images left out\n"),
           options->output, result->images, result->annotations, result->ignored, result->dropped,
           result->skipped_images);
}

int
dio_cli_export (int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "format", 'f', 0, G_OPTION_ARG_STRING, &options.format,
      N_ ("Format; `diorama-engine formats` lists them"), N_ ("NAME") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output,
      N_ ("Folder to write; absent or empty"), N_ ("FOLDER") },
    { "split", 0, 0, G_OPTION_ARG_STRING, &options.split,
      N_ ("Shares by name: train=0.8,val=0.1,test=0.1"), N_ ("SHARES") },
    { "policy", 0, 0, G_OPTION_ARG_STRING, &options.policy,
      N_ ("Label policy: detector, everything, kitti, bop, hard-occlusion"), N_ ("PRESET") },
    { "ignored", 0, 0, G_OPTION_ARG_STRING, &options.ignored,
      N_ ("Ignored annotations: default, drop, keep, fill, skip-image"), N_ ("HOW") },
    { "box", 0, 0, G_OPTION_ARG_STRING, &options.box, N_ ("Box that is written: visible or amodal"),
      N_ ("BOX") },
    { "polygons", 0, 0, G_OPTION_ARG_NONE, &options.polygons, N_ ("COCO: polygons instead of RLE"),
      NULL },
    { "class-map", 0, 0, G_OPTION_ARG_FILENAME, &options.class_map,
      N_ ("data.yaml, COCO categories or CSV that maps our categories"), N_ ("FILE") },
    { "prefix", 0, 0, G_OPTION_ARG_STRING, &options.prefix, N_ ("Put before every picture's name"),
      N_ ("TEXT") },
    { "id-base", 0, 0, G_OPTION_ARG_INT64, &options.id_base,
      N_ ("First image and annotation id (1)"), "N" },
    { "images", 0, 0, G_OPTION_ARG_STRING, &options.images,
      N_ ("Pictures as copy, png, jpeg or webp"), N_ ("KIND") },
    { "quality", 0, 0, G_OPTION_ARG_INT, &options.quality, N_ ("JPEG and WebP quality (95)"), "Q" },
    { "include-failed", 0, 0, G_OPTION_ARG_NONE, &options.include_failed,
      N_ ("Also frames that failed a self-check"), NULL },
    { "include-rejected", 0, 0, G_OPTION_ARG_NONE, &options.include_rejected,
      N_ ("Also pictures and objects that reviewers rejected"), NULL },
    DIO_CLI_PROGRESS_ENTRY (&options.progress),
    G_OPTION_ENTRY_NULL,
  };
  char *folder = NULL;
  DioExportOptions export_options;
  g_autoptr (GArray) splits = dio_split_list_new ();
  if (!dio_cli_parse (argc, argv, entries, 1, &folder)
      || !to_export_options (&options, splits, &export_options))
    return DIO_EXIT_USAGE;
  g_autoptr (DioCliProgress) progress = dio_cli_progress_new (options.progress);
  if (progress == NULL)
    return dio_cli_usage_error ("export", _ ("--progress must be bar, json or none")),
           DIO_EXIT_USAGE;

  export_options.progress = progress_cb;
  export_options.user = progress;
  g_autoptr (GError) error = NULL;
  g_autoptr (DioDataset) dataset = dio_dataset_open (folder, DIO_DATASET_READ, &error);
  g_autoptr (DioDatasetExclusion) exclusion = NULL;
  if (dataset != NULL && !options.include_rejected)
    exclusion = dio_review_load_exclusion (folder, &error);
  export_options.exclusion = exclusion;
  DioExportResult result = { 0 };
  gboolean done = error == NULL && dio_export_run (dataset, &export_options, &result, &error);
  g_clear_pointer (&progress, dio_cli_progress_free);
  if (!done)
    return dio_cli_fail ("export", error);
  print_result (&options, &result);
  return DIO_EXIT_DONE;
}
