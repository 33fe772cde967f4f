#pragma once
/* Thread: main. Verify and Statistics of a dataset: a window that says how it goes, then what came of it. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum {
  DIO_SHELL_REPORT_VERIFY,
  DIO_SHELL_REPORT_STATISTICS,
} DioShellReportKind;

/** Begins at once, in a thread. Closing the window stops Verify at its next frame, leaves Statistics to its end, and drops what was found. */
GtkWidget *dio_shell_report_new (DioShellReportKind kind,
                                 const char *folder) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
