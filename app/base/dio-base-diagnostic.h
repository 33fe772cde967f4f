#pragma once
/* Thread: any for different lists. Findings that do not stop work, and lists of faults that do. */

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  DIO_SEVERITY_NOTE,
  DIO_SEVERITY_WARNING,
  DIO_SEVERITY_ERROR,
} DioSeverity;

/** One finding about one object. All strings owned. */
typedef struct {
  DioSeverity severity;
  char *code;    /**< stable, kebab-case: "missing-texture"; what programs test */
  char *object;  /**< what it is about: a JSON path, a file, a leaf; may be "" */
  char *message; /**< one English sentence: what is wrong and what to do */
} DioDiagnostic;

typedef struct DioDiagnostics DioDiagnostics;

DioDiagnostics *dio_diagnostics_new (void) G_GNUC_WARN_UNUSED_RESULT;
void dio_diagnostics_free (DioDiagnostics *list);
void dio_diagnostics_add (DioDiagnostics *list,
                          DioSeverity severity,
                          const char *code,
                          const char *object,
                          const char *format,
                          ...) G_GNUC_PRINTF (5, 6);
guint dio_diagnostics_get_count (const DioDiagnostics *list);
const DioDiagnostic *dio_diagnostics_get (const DioDiagnostics *list, guint index);
gboolean dio_diagnostics_has_errors (const DioDiagnostics *list);
/** First finding of @code, or NULL. */
const DioDiagnostic *dio_diagnostics_find (const DioDiagnostics *list, const char *code);
/** Appends copies of all findings of @other, in order. */
void dio_diagnostics_append (DioDiagnostics *list, const DioDiagnostics *other);
/** "note", "warning" or "error". */
const char *dio_severity_to_name (DioSeverity severity);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioDiagnostics, dio_diagnostics_free)

G_END_DECLS
