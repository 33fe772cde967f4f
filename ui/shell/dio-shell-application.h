#pragma once
/* Thread: main. The program: one instance, a window for each document. */

#include <adwaita.h>

G_BEGIN_DECLS

#define DIO_TYPE_SHELL_APPLICATION (dio_shell_application_get_type ())
G_DECLARE_FINAL_TYPE (
    DioShellApplication, dio_shell_application, DIO, SHELL_APPLICATION, AdwApplication)

/** @flags beside G_APPLICATION_HANDLES_OPEN: tests are not unique. */
DioShellApplication *dio_shell_application_new (GApplicationFlags flags) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
