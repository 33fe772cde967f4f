/* Contact sheets: where tiles stand, that the pictures are those of the dataset, and that labels are drawn. */

#include "dio-core-error.h"
#include "dio-figures.h"
#include "dio-image-codec.h"
#include "export-fixture.h"

#include <stdlib.h>
#include <string.h>

/* Layout of dio-figures-sheet.c: margin, title, caption. */
#define MARGIN 12
#define TITLE 40
#define CAPTION 18

static const uint8_t *
pixel (const DioImage *image, guint x, guint y)
{
  return image->u8 + (gsize) y * image->stride_bytes + (gsize) x * image->channels;
}

static DioImage *
draw (DioDataset *dataset, DioSheetOptions options)
{
  g_autoptr (GError) error = NULL;
  DioImage *sheet = dio_figures_dataset_sheet (dataset, &options, &error);
  g_assert_no_error (error);
  return sheet;
}

static DioDataset *
make_dataset (const char *folder, guint64 frames, guint sensors)
{
  DioDataset *dataset = export_fixture_create (folder);
  if (frames > 0) {
    ExportFrames added = { .run = export_fixture_add_run (dataset, 1, 0, frames),
                           .count = frames,
                           .n_sensors = sensors };
    export_fixture_add (dataset, &added);
  }
  return dataset;
}

static void
test_pictures (void)
{
  char *folder = export_fixture_make_folder ();
  DioDataset *dataset = make_dataset (folder, 4, 1);
  g_autoptr (DioImage) sheet = draw (dataset, (DioSheetOptions){ 2, EXPORT_WIDTH, 0, TRUE });
  g_assert_cmpuint (sheet->width, ==, MARGIN + 2 * (EXPORT_WIDTH + MARGIN));
  g_assert_cmpuint (sheet->height, ==, TITLE + 2 * (EXPORT_HEIGHT + CAPTION + MARGIN));

  /* Unscaled and without labels a tile is the picture itself, here of frame 3 at the lower right. */
  g_autofree char *path =
      g_build_filename (dio_dataset_get_folder (dataset), "rgb", "000", "000003_cam.png", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (DioImage) picture = dio_image_load (path, NULL, &error);
  g_assert_no_error (error);
  guint x0 = MARGIN + EXPORT_WIDTH + MARGIN, y0 = TITLE + EXPORT_HEIGHT + CAPTION + MARGIN;
  for (guint y = 0; y < EXPORT_HEIGHT; y++)
    g_assert_cmpmem (pixel (sheet, x0, y0 + y), EXPORT_WIDTH * 3, pixel (picture, 0, y),
                     EXPORT_WIDTH * 3);
  dio_dataset_close (dataset);
  export_fixture_remove (folder);
}

static guint
count_differing (const DioImage *a, const DioImage *b, const DioImage *mask, gboolean inside)
{
  guint n = 0;
  for (guint y = 0; y < EXPORT_HEIGHT; y++)
    for (guint x = 0; x < EXPORT_WIDTH; x++) {
      gboolean is_inside = mask->u8[(gsize) y * mask->stride_bytes + x] != 0;
      n += is_inside == inside
           && memcmp (pixel (a, MARGIN + x, TITLE + y), pixel (b, MARGIN + x, TITLE + y), 3) != 0;
    }
  return n;
}

static void
test_labels (void)
{
  char *folder = export_fixture_make_folder ();
  DioDataset *dataset = make_dataset (folder, 1, 1);
  g_autoptr (DioImage) plain = draw (dataset, (DioSheetOptions){ 1, EXPORT_WIDTH, 1, TRUE });
  g_autoptr (DioImage) labelled = draw (dataset, (DioSheetOptions){ 1, EXPORT_WIDTH, 1, FALSE });
  /* Every pixel of a kept mask is tinted or drawn over. */
  g_auto (DioRle) kept = export_fixture_mask (0, 0, SHAPE_CORNERS);
  g_autoptr (DioImage) mask = dio_rle_to_mask (&kept);
  g_assert_cmpuint (count_differing (plain, labelled, mask, TRUE), ==, dio_rle_count (&kept));
  /* The unlabelled pole is not tinted: only boxes and names that cross it. */
  g_auto (DioRle) pole = export_fixture_mask (0, 0, SHAPE_POLE);
  g_autoptr (DioImage) pole_mask = dio_rle_to_mask (&pole);
  g_assert_cmpuint (count_differing (plain, labelled, pole_mask, TRUE), <, dio_rle_count (&pole));
  dio_dataset_close (dataset);
  export_fixture_remove (folder);
}

static void
test_choice (void)
{
  char *folder = export_fixture_make_folder ();
  DioDataset *dataset = make_dataset (folder, 10, 2);
  /* Three frames of two sensors are six tiles in rows of four. */
  g_autoptr (DioImage) sheet = draw (dataset, (DioSheetOptions){ 4, 48, 3, FALSE });
  g_assert_cmpuint (sheet->width, ==, MARGIN + 4 * (48 + MARGIN));
  g_assert_cmpuint (sheet->height, ==, TITLE + 2 * (36 + CAPTION + MARGIN));
  dio_dataset_close (dataset);
  export_fixture_remove (folder);
}

static void
test_faults (void)
{
  char *folder = export_fixture_make_folder ();
  DioDataset *dataset = make_dataset (folder, 0, 1);
  g_autoptr (GError) error = NULL;
  DioSheetOptions options = { 0 };
  g_assert_null (dio_figures_dataset_sheet (dataset, &options, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  ExportFrames added = { .run = export_fixture_add_run (dataset, 1, 0, 40),
                         .count = 40,
                         .n_sensors = 1 };
  export_fixture_add (dataset, &added);
  options = (DioSheetOptions){ .columns = 40, .tile_width_px = 4096, .max_frames = 40 };
  g_assert_null (dio_figures_dataset_sheet (dataset, &options, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_LIMIT);
  dio_dataset_close (dataset);
  export_fixture_remove (folder);
}

static void
test_grid (void)
{
  DioImage *images[3];
  const char *captions[] = { "one", "two", "three" };
  for (guint i = 0; i < 3; i++) {
    images[i] = dio_image_new (20, 10, 3, DIO_PIXEL_U8);
    memset (images[i]->u8, (int) (50 + 60 * i), dio_image_get_bytes (images[i]));
  }
  g_autoptr (DioImage) grid = dio_figures_grid (images, captions, 3, 2);
  g_assert_cmpuint (pixel (grid, 8, 8)[0], ==, 50);
  g_assert_cmpuint (pixel (grid, 8 + 28, 8)[1], ==, 110);
  g_assert_cmpuint (pixel (grid, 8, 8 + 36)[2], ==, 170);
  for (guint i = 0; i < 3; i++)
    dio_image_unref (images[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figures/sheet/pictures", test_pictures);
  g_test_add_func ("/figures/sheet/labels", test_labels);
  g_test_add_func ("/figures/sheet/choice", test_choice);
  g_test_add_func ("/figures/sheet/faults", test_faults);
  g_test_add_func ("/figures/grid", test_grid);
  return g_test_run ();
}
