#define G_LOG_DOMAIN "dio-cli"

#include "dio-base-path.h"
#include "dio-cli-command.h"
#include "dio-cli-options.h"
#include "dio-figures.h"
#include "dio-image-codec.h"

#include <glib/gi18n-lib.h>

static gboolean
write_png (const DioImage *image, const char *path, GError **error)
{
  DioEncodeOptions encode = { .srgb = TRUE, .compression = 6 };
  g_autoptr (GBytes) png = dio_image_encode (image, DIO_IMAGE_FORMAT_PNG, &encode, error);
  if (png == NULL)
    return FALSE;
  gsize size;
  const void *data = g_bytes_get_data (png, &size);
  return dio_path_write_atomic (path, data, size, error);
}

int
dio_cli_sheet (int argc, char **argv)
{
  g_autofree char *output = NULL;
  int columns = 6, frames = 24, width = 320;
  gboolean plain = FALSE;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_ ("PNG to write"), N_ ("PNG") },
    { "columns", 0, 0, G_OPTION_ARG_INT, &columns, N_ ("Pictures in a row (6)"), "N" },
    { "frames", 'n', 0, G_OPTION_ARG_INT, &frames, N_ ("Pictures at most, evenly spread (24)"),
      "N" },
    { "width", 0, 0, G_OPTION_ARG_INT, &width, N_ ("Width of one picture in pixels (320)"), "PX" },
    { "plain", 0, 0, G_OPTION_ARG_NONE, &plain, N_ ("Draw no labels"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  char *folder = NULL;
  if (!dio_cli_parse (argc, argv, entries, 1, &folder))
    return DIO_EXIT_USAGE;
  if (output == NULL)
    return dio_cli_usage_error ("sheet", _ ("--output is missing")), DIO_EXIT_USAGE;
  if (columns < 1 || columns > 64 || frames < 1 || frames > 4096 || width < 16 || width > 4096)
    return dio_cli_usage_error ("sheet",
                                _ ("--columns 1..64, --frames 1..4096 and --width 16..4096")),
           DIO_EXIT_USAGE;

  DioSheetOptions options = { (guint) columns, (guint) width, (guint) frames, plain };
  g_autoptr (GError) error = NULL;
  g_autoptr (DioDataset) dataset = dio_dataset_open (folder, DIO_DATASET_READ, &error);
  g_autoptr (DioImage) sheet =
      dataset != NULL ? dio_figures_dataset_sheet (dataset, &options, &error) : NULL;
  if (sheet == NULL || !write_png (sheet, output, &error))
    return dio_cli_fail ("sheet", error);
  g_print (_ ("%s: %u x %u pixels\n"), output, sheet->width, sheet->height);
  return DIO_EXIT_DONE;
}
