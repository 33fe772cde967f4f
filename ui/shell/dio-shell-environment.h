#pragma once
/* Thread: main, before any other. Lets the program run where it was built. */

#include <glib.h>

G_BEGIN_DECLS

/** Languages, and for a program in its build folder the settings' schemas of that folder. */
void dio_shell_environment_prepare (void);

G_END_DECLS
