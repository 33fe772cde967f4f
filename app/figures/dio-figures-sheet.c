#define G_LOG_DOMAIN "dio-figures"

#include "dio-core-error.h"
#include "dio-dataset-policy.h"
#include "dio-figures-private.h"
#include "dio-image-codec.h"

#define MARGIN_PX 12.0
#define CAPTION_PX 18.0
#define TITLE_PX 40.0
#define TEXT_SIZE_PX 11.0
#define MAX_SIDE_PX 32000.0

/** What one sheet is drawn with. */
typedef struct {
  DioDataset *dataset;
  DioScenario *scenario;
  DioLabelPolicy policy;
  DioSheetOptions options;
  guint64 n_frames;
  /** Frames that are shown, and tiles: one per capture of the first frame. */
  guint n_shown, n_tiles;
  cairo_surface_t *surface;
  cairo_t *cr;
  double tile_height;
  guint next_tile;
} Sheet;

static void
sheet_clear (Sheet *sheet)
{
  g_clear_pointer (&sheet->cr, cairo_destroy);
  g_clear_pointer (&sheet->surface, cairo_surface_destroy);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sheet, sheet_clear)

/* TRUE where frame number @i of n_frames is one of n_shown evenly spread ones. */
static gboolean
is_chosen (const Sheet *sheet, guint64 i)
{
  guint64 n = sheet->n_shown, total = sheet->n_frames;
  return i * n / total != (i + 1) * n / total;
}

static gboolean
open_canvas (Sheet *sheet, const DioDatasetFrame *frame, GError **error)
{
  const DioDatasetCapture *first = &g_array_index (frame->captures, DioDatasetCapture, 0);
  sheet->n_tiles = sheet->n_shown * frame->captures->len;
  guint columns = sheet->options.columns;
  guint rows = (sheet->n_tiles + columns - 1) / columns;
  double tile_width = sheet->options.tile_width_px;
  sheet->tile_height = tile_width * first->height_px / first->width_px;
  double width = MARGIN_PX + MIN (columns, sheet->n_tiles) * (tile_width + MARGIN_PX);
  double height = TITLE_PX + rows * (sheet->tile_height + CAPTION_PX + MARGIN_PX);
  if (width > MAX_SIDE_PX || height > MAX_SIDE_PX) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_LIMIT,
                 "the sheet would be %.0f x %.0f pixels; ask for fewer frames or a smaller width",
                 width, height);
    return FALSE;
  }
  sheet->surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) width, (int) height);
  sheet->cr = cairo_create (sheet->surface);
  cairo_set_source_rgb (sheet->cr, 0.96, 0.96, 0.97);
  cairo_paint (sheet->cr);
  g_autofree char *title = g_strdup_printf (
      "%s — %u of %" G_GUINT64_FORMAT " frames; solid box: kept, dashed: ignored; %% = visibility",
      sheet->scenario->name, sheet->n_shown, sheet->n_frames);
  cairo_set_source_rgb (sheet->cr, 0.15, 0.15, 0.2);
  dio_figures_draw_text (sheet->cr, title, MARGIN_PX, MARGIN_PX, width - 2 * MARGIN_PX, 14);
  return TRUE;
}

static const DioDatasetFile *
find_file (const DioDatasetCapture *capture, const char *channel)
{
  for (guint i = 0; i < capture->files->len; i++) {
    const DioDatasetFile *file = &g_array_index (capture->files, DioDatasetFile, i);
    if (g_str_equal (file->channel, channel))
      return file;
  }
  return NULL;
}

static gboolean
draw_picture (Sheet *sheet, const DioDatasetCapture *capture, double scale, GError **error)
{
  const DioDatasetFile *file = find_file (capture, "rgb");
  if (file == NULL) {
    cairo_set_source_rgb (sheet->cr, 0.8, 0.8, 0.82);
    cairo_rectangle (sheet->cr, 0, 0, sheet->options.tile_width_px, sheet->tile_height);
    cairo_fill (sheet->cr);
    return TRUE;
  }
  g_autofree char *path =
      g_build_filename (dio_dataset_get_folder (sheet->dataset), file->path, NULL);
  g_autoptr (DioImage) image = dio_image_load (path, NULL, error);
  if (image == NULL)
    return FALSE;
  if (image->type != DIO_PIXEL_U8) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT, "%s: not an 8-bit picture", path);
    return FALSE;
  }
  cairo_surface_t *surface = dio_figures_surface_from_image (image);
  cairo_save (sheet->cr);
  cairo_scale (sheet->cr, scale, scale);
  cairo_set_source_surface (sheet->cr, surface, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (sheet->cr), CAIRO_FILTER_BEST);
  cairo_paint (sheet->cr);
  cairo_restore (sheet->cr);
  cairo_surface_destroy (surface);
  return TRUE;
}

static gboolean
draw_tile (Sheet *sheet,
           const DioDatasetFrame *frame,
           const DioDatasetCapture *capture,
           GError **error)
{
  guint tile = sheet->next_tile++;
  double width = sheet->options.tile_width_px;
  double scale = MIN (width / capture->width_px, sheet->tile_height / capture->height_px);
  cairo_save (sheet->cr);
  cairo_translate (
      sheet->cr, MARGIN_PX + tile % sheet->options.columns * (width + MARGIN_PX),
      TITLE_PX + tile / sheet->options.columns * (sheet->tile_height + CAPTION_PX + MARGIN_PX));
  g_autoptr (GString) caption = g_string_new (NULL);
  g_string_append_printf (caption, "frame %" G_GUINT64_FORMAT, frame->index);
  if (frame->captures->len > 1)
    g_string_append_printf (caption, " %s", capture->sensor);

  cairo_save (sheet->cr);
  cairo_rectangle (sheet->cr, 0, 0, width, sheet->tile_height);
  cairo_clip (sheet->cr);
  gboolean drawn = draw_picture (sheet, capture, scale, error);
  if (drawn && !sheet->options.no_labels) {
    DioOverlay overlay = { sheet->scenario, &sheet->policy, scale };
    DioVerdictCounts counts = dio_figures_draw_overlay (sheet->cr, &overlay, capture);
    g_string_append_printf (caption, ": %u kept, %u ignored, %u dropped", counts.keep,
                            counts.ignore, counts.drop);
  }
  cairo_restore (sheet->cr);
  if (!capture->checks_passed)
    g_string_append (caption, " — SELF-CHECK FAILED");
  cairo_set_source_rgb (sheet->cr, capture->checks_passed ? 0.25 : 0.8, 0.2, 0.2);
  dio_figures_draw_text (sheet->cr, caption->str, 0, sheet->tile_height + 2, width, TEXT_SIZE_PX);
  cairo_restore (sheet->cr);
  return drawn;
}

static gboolean
draw_frames (Sheet *sheet, GError **error)
{
  g_autoptr (DioDatasetCursor) cursor =
      dio_dataset_open_cursor (sheet->dataset, DIO_LOAD_MASKS, error);
  if (cursor == NULL)
    return FALSE;
  for (guint64 i = 0;; i++) {
    g_auto (DioDatasetFrame) frame = { 0 };
    g_autoptr (GError) inner = NULL;
    if (!dio_dataset_cursor_next (cursor, &frame, &inner)) {
      if (inner != NULL)
        g_propagate_error (error, g_steal_pointer (&inner));
      return *error == NULL;
    }
    if (!is_chosen (sheet, i) || frame.captures->len == 0)
      continue;
    if (sheet->cr == NULL && !open_canvas (sheet, &frame, error))
      return FALSE;
    for (guint c = 0; c < frame.captures->len && sheet->next_tile < sheet->n_tiles; c++)
      if (!draw_tile (sheet, &frame, &g_array_index (frame.captures, DioDatasetCapture, c), error))
        return FALSE;
  }
}

DioImage *
dio_figures_dataset_sheet (DioDataset *dataset, const DioSheetOptions *options, GError **error)
{
  g_return_val_if_fail (dataset != NULL && options != NULL && error != NULL, NULL);

  g_auto (Sheet) sheet = { .dataset = dataset, .options = *options };
  sheet.options.columns = options->columns != 0 ? options->columns : 6;
  sheet.options.tile_width_px = options->tile_width_px != 0 ? options->tile_width_px : 320;
  sheet.scenario = dio_dataset_get_scenario (dataset, error);
  if (sheet.scenario == NULL)
    return NULL;
  if (!dio_label_policy_for_scenario (&sheet.policy, &sheet.scenario->policy, NULL))
    dio_label_policy_from_preset ("detector", &sheet.policy);
  sheet.n_frames = dio_dataset_count_frames (dataset, DIO_FRAME_DONE, error);
  if (*error != NULL)
    return NULL;
  if (sheet.n_frames == 0) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "the dataset has no finished frame yet");
    return NULL;
  }
  guint most = options->max_frames != 0 ? options->max_frames : 24;
  sheet.n_shown = (guint) MIN ((guint64) most, sheet.n_frames);
  if (!draw_frames (&sheet, error))
    return NULL;
  return dio_figures_image_from_surface (sheet.surface);
}
