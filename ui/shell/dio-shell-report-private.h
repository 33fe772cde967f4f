#pragma once
/* Thread: main, but for the work. What a report found, and how it is shown; shared by the two files of the report only. */

#include "dio-base-diagnostic.h"
#include "dio-shell-report.h"

#include <jansson.h>

G_BEGIN_DECLS

/** Made in the thread, shown in the window. */
typedef struct {
  DioShellReportKind kind;
  char *folder;
  guint64 frames;
  DioDiagnostics *findings; /**< verify */
  json_t *statistics;       /**< as dio_dataset_collect_statistics tells them */
} DioShellReport;

void dio_shell_report_free (DioShellReport *report);
GtkWidget *dio_shell_report_create_findings (const DioShellReport *report)
    G_GNUC_WARN_UNUSED_RESULT;
GtkWidget *dio_shell_report_create_statistics (const DioShellReport *report)
    G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioShellReport, dio_shell_report_free)

G_END_DECLS
