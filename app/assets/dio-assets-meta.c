#define G_LOG_DOMAIN "dio-assets"

#include "dio-assets-meta-private.h"

#include "dio-assets-gate-private.h"
#include "dio-base-json.h"
#include "dio-core-error.h"

#include <string.h>

#define MAX_FINDINGS 500u

static void
set_text (json_t *object, const char *key, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  json_object_set_new (object, key, json_string (valid));
}

char *
dio_meta_to_line (const GPtrArray *files, const DioDiagnostics *findings)
{
  g_autoptr (json_t) root = json_object ();
  json_t *file_list = json_array (), *finding_list = json_array ();
  for (guint f = 0; f < files->len; f++) {
    const DioGateFile *file = g_ptr_array_index (files, f);
    json_t *entry = json_object ();
    /* A name that is no UTF-8 cannot stand in JSON: it is escaped, the hash covers the bytes. */
    g_autofree char *name = g_uri_escape_string (file->name, " /", TRUE);
    set_text (entry, "name", name);
    if (file->sha256 != NULL)
      set_text (entry, "sha256", file->sha256);
    json_object_set_new (entry, "size", json_integer ((json_int_t) file->size));
    json_object_set_new (entry, "mtime_ns", json_integer (file->mtime_ns));
    json_array_append_new (file_list, entry);
  }
  guint n = MIN (dio_diagnostics_get_count (findings), MAX_FINDINGS);
  for (guint f = 0; f < n; f++) {
    const DioDiagnostic *finding = dio_diagnostics_get (findings, f);
    json_t *entry = json_object ();
    json_object_set_new (entry, "severity", json_integer (finding->severity));
    set_text (entry, "code", finding->code);
    set_text (entry, "object", finding->object);
    set_text (entry, "message", finding->message);
    json_array_append_new (finding_list, entry);
  }
  json_object_set_new (root, "files", file_list);
  json_object_set_new (root, "findings", finding_list);
  return dio_json_to_line (root);
}

static gboolean
read_files (json_t *list, GPtrArray *files)
{
  size_t i;
  json_t *entry;
  json_array_foreach (list, i, entry) {
    const char *name = json_string_value (json_object_get (entry, "name"));
    const char *sha256 = json_string_value (json_object_get (entry, "sha256"));
    char *decoded = name != NULL ? g_uri_unescape_string (name, NULL) : NULL;
    if (decoded == NULL || (sha256 != NULL && strlen (sha256) != 64)) {
      g_free (decoded);
      return FALSE;
    }
    DioGateFile *file = g_new0 (DioGateFile, 1);
    file->name = decoded;
    file->sha256 = g_strdup (sha256);
    file->size = (guint64) json_integer_value (json_object_get (entry, "size"));
    file->mtime_ns = json_integer_value (json_object_get (entry, "mtime_ns"));
    g_ptr_array_add (files, file);
  }
  return json_is_array (list);
}

static gboolean
read_findings (json_t *list, DioDiagnostics *findings)
{
  size_t i;
  json_t *entry;
  json_array_foreach (list, i, entry) {
    const char *code = json_string_value (json_object_get (entry, "code"));
    const char *object = json_string_value (json_object_get (entry, "object"));
    const char *message = json_string_value (json_object_get (entry, "message"));
    json_int_t severity = json_integer_value (json_object_get (entry, "severity"));
    if (code == NULL || object == NULL || message == NULL || severity < DIO_SEVERITY_NOTE
        || severity > DIO_SEVERITY_ERROR)
      return FALSE;
    dio_diagnostics_add (findings, (DioSeverity) severity, code, object, "%s", message);
  }
  return json_is_array (list);
}

gboolean
dio_meta_from_line (const char *line,
                    GPtrArray **files_out,
                    DioDiagnostics **findings_out,
                    GError **error)
{
  g_autoptr (json_t) root = dio_json_parse (line, strlen (line), "facts of an import", error);
  if (root == NULL)
    return FALSE;
  g_autoptr (GPtrArray) files =
      g_ptr_array_new_with_free_func ((GDestroyNotify) dio_gate_file_free);
  g_autoptr (DioDiagnostics) findings = dio_diagnostics_new ();
  if (!read_files (json_object_get (root, "files"), files)
      || !read_findings (json_object_get (root, "findings"), findings)) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT, "the facts of an import are damaged");
    return FALSE;
  }
  *files_out = g_steal_pointer (&files);
  *findings_out = g_steal_pointer (&findings);
  return TRUE;
}
