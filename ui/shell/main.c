#define G_LOG_DOMAIN "diorama"

#include "dio-shell-application.h"
#include "dio-shell-drawing.h"
#include "dio-shell-environment.h"

int
main (int argc, char **argv)
{
  dio_shell_environment_prepare ();
  dio_shell_drawing_begin ();
  g_autoptr (DioShellApplication) application =
      dio_shell_application_new (G_APPLICATION_DEFAULT_FLAGS);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
