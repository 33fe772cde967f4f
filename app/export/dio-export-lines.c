#define G_LOG_DOMAIN "dio-export"

#include "dio-export-lines-private.h"

#include "dio-export-file-private.h"

#define FLUSH_BYTES 4096

struct DioExportLines {
  char *folder, *name;
  GString *text;
  gboolean made;
};

DioExportLines *
dio_export_lines_new (const char *folder, const char *name)
{
  DioExportLines *lines = g_new0 (DioExportLines, 1);

  lines->folder = g_strdup (folder);
  lines->name = g_strdup (name);
  lines->text = g_string_new (NULL);
  return lines;
}

GString *
dio_export_lines_get (DioExportLines *lines)
{
  return lines->text;
}

gboolean
dio_export_lines_end (DioExportLines *lines, GError **error)
{
  gboolean ok;

  if (lines->made) {
    g_autofree char *path = g_build_filename (lines->folder, lines->name, NULL);
    ok = dio_export_file_append (path, lines->text->str, lines->text->len, error);
  } else
    ok =
        dio_export_file_put (lines->folder, lines->name, lines->text->str, lines->text->len, error);
  lines->made = TRUE;
  g_string_truncate (lines->text, 0);
  return ok;
}

gboolean
dio_export_lines_flush (DioExportLines *lines, GError **error)
{
  return lines->text->len < FLUSH_BYTES || dio_export_lines_end (lines, error);
}

void
dio_export_lines_free (DioExportLines *lines)
{
  if (!lines)
    return;
  g_free (lines->folder);
  g_free (lines->name);
  g_string_free (lines->text, TRUE);
  g_free (lines);
}
