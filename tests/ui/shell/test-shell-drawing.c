#include "dio-harness.h"
#include "dio-shell-drawing.h"

/* The harness lets the processor draw (LIBGL_ALWAYS_SOFTWARE), whatever the machine has. */
static const char *
choose (const char *wanted, const char *no_gl)
{
  if (wanted != NULL)
    g_setenv ("GSK_RENDERER", wanted, TRUE);
  else
    g_unsetenv ("GSK_RENDERER");
  if (no_gl != NULL)
    g_setenv ("DIORAMA_NO_GL", no_gl, TRUE);
  else
    g_unsetenv ("DIORAMA_NO_GL");
  dio_shell_drawing_begin ();
  dio_shell_drawing_choose ();
  return g_getenv ("GSK_RENDERER");
}

static void
test_processor (void)
{
  g_assert_cmpstr (choose (NULL, NULL), ==, "cairo");
}

static void
test_wish (void)
{
  g_assert_cmpstr (choose ("gl", NULL), ==, "gl");
}

static void
test_no_opengl (void)
{
  g_assert_null (choose (NULL, "1"));
  g_assert_cmpstr (choose (NULL, "0"), ==, "cairo");
}

static void
test_not_begun (void)
{
  g_unsetenv ("GSK_RENDERER");
  dio_shell_drawing_choose ();
  g_assert_null (g_getenv ("GSK_RENDERER"));
}

int
main (int argc, char **argv)
{
  dio_harness_init (&argc, &argv);
  g_assert_nonnull (g_getenv ("LIBGL_ALWAYS_SOFTWARE"));
  g_test_add_func ("/shell/drawing/processor", test_processor);
  g_test_add_func ("/shell/drawing/wish", test_wish);
  g_test_add_func ("/shell/drawing/no-opengl", test_no_opengl);
  g_test_add_func ("/shell/drawing/not-begun", test_not_begun);
  return g_test_run ();
}
