#define G_LOG_DOMAIN "dio-base"

#include "dio-base-diagnostic.h"

#include <string.h>

struct DioDiagnostics {
  GPtrArray *items; /**< owned DioDiagnostic */
};

static void
diagnostic_free_cb (gpointer data)
{
  DioDiagnostic *item = data;
  g_free (item->code);
  g_free (item->object);
  g_free (item->message);
  g_free (item);
}

DioDiagnostics *
dio_diagnostics_new (void)
{
  DioDiagnostics *list = g_new (DioDiagnostics, 1);
  list->items = g_ptr_array_new_with_free_func (diagnostic_free_cb);
  return list;
}

void
dio_diagnostics_free (DioDiagnostics *list)
{
  if (!list)
    return;
  g_ptr_array_unref (list->items);
  g_free (list);
}

/* Takes @message. */
static void
add_item (
    DioDiagnostics *list, DioSeverity severity, const char *code, const char *object, char *message)
{
  DioDiagnostic *item = g_new (DioDiagnostic, 1);
  item->severity = severity;
  item->code = g_strdup (code);
  item->object = g_strdup (object ? object : "");
  item->message = message;
  g_ptr_array_add (list->items, item);
}

void
dio_diagnostics_add (DioDiagnostics *list,
                     DioSeverity severity,
                     const char *code,
                     const char *object,
                     const char *format,
                     ...)
{
  g_return_if_fail (list != NULL);
  g_return_if_fail (code != NULL);
  g_return_if_fail (format != NULL);

  va_list args;
  va_start (args, format);
  add_item (list, severity, code, object, g_strdup_vprintf (format, args));
  va_end (args);
}

guint
dio_diagnostics_get_count (const DioDiagnostics *list)
{
  g_return_val_if_fail (list != NULL, 0);
  return list->items->len;
}

const DioDiagnostic *
dio_diagnostics_get (const DioDiagnostics *list, guint index)
{
  g_return_val_if_fail (list != NULL, NULL);
  g_return_val_if_fail (index < list->items->len, NULL);
  return g_ptr_array_index (list->items, index);
}

gboolean
dio_diagnostics_has_errors (const DioDiagnostics *list)
{
  for (guint i = 0; i < dio_diagnostics_get_count (list); i++)
    if (dio_diagnostics_get (list, i)->severity == DIO_SEVERITY_ERROR)
      return TRUE;
  return FALSE;
}

const DioDiagnostic *
dio_diagnostics_find (const DioDiagnostics *list, const char *code)
{
  for (guint i = 0; i < dio_diagnostics_get_count (list); i++) {
    const DioDiagnostic *item = dio_diagnostics_get (list, i);
    if (strcmp (item->code, code) == 0)
      return item;
  }
  return NULL;
}

void
dio_diagnostics_append (DioDiagnostics *list, const DioDiagnostics *other)
{
  g_return_if_fail (list != NULL);
  g_return_if_fail (list != other);

  for (guint i = 0; i < dio_diagnostics_get_count (other); i++) {
    const DioDiagnostic *item = dio_diagnostics_get (other, i);
    add_item (list, item->severity, item->code, item->object, g_strdup (item->message));
  }
}

const char *
dio_severity_to_name (DioSeverity severity)
{
  switch (severity) {
  case DIO_SEVERITY_NOTE:
    return "note";
  case DIO_SEVERITY_WARNING:
    return "warning";
  case DIO_SEVERITY_ERROR:
    return "error";
  default:
    g_return_val_if_reached ("error");
  }
}
