#pragma once
/* Thread: main. What stands in a window without a document: examples with live pictures, New, Open, recent documents. */

#include "dio-shell-window.h"

G_BEGIN_DECLS

#define DIO_TYPE_SHELL_START (dio_shell_start_get_type ())
G_DECLARE_FINAL_TYPE (DioShellStart, dio_shell_start, DIO, SHELL_START, GtkWidget)

GtkWidget *dio_shell_start_new (DioShellWindow *window) G_GNUC_WARN_UNUSED_RESULT;
/** Examples that have their first picture. */
guint dio_shell_start_count_pictures (DioShellStart *start);

G_END_DECLS
