#define G_LOG_DOMAIN "dio-shell"

#include "dio-shell-drawing.h"

#include "dio-gl.h"

#define VARIABLE "GSK_RENDERER"

/* Of the main thread. */
static GThread *looking;

static gboolean
is_set (const char *variable)
{
  const char *value = g_getenv (variable);
  return value != NULL && *value != '\0' && !g_str_equal (value, "0");
}

/* Without OpenGL 4.5 nothing is known: GTK needs less and finds out by itself. */
static gpointer
look_cb (gpointer user)
{
  g_autoptr (DioGlContext) context = dio_gl_context_new_headless (NULL);
  return GINT_TO_POINTER (context != NULL && dio_gl_context_is_software (context));
}

void
dio_shell_drawing_begin (void)
{
  if (looking == NULL && !is_set (VARIABLE) && !is_set ("DIORAMA_NO_GL"))
    looking = g_thread_new ("dio-drawing", look_cb, NULL);
}

void
dio_shell_drawing_choose (void)
{
  if (looking == NULL)
    return;
  gboolean software = GPOINTER_TO_INT (g_thread_join (g_steal_pointer (&looking)));
  if (software)
    g_setenv (VARIABLE, "cairo", TRUE);
}
