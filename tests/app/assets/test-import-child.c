/* The program that the tests of the asset store start for every import, as diorama-engine is in real life.
 * DIORAMA_TEST_CHILD makes it fail in the ways in which an importer under attack would. */

#include "dio-assets.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int
misbehave (const char *mode)
{
  if (strcmp (mode, "crash") == 0)
    raise (SIGKILL);
  while (strcmp (mode, "eat") == 0) {
    /* Volatile, or the compiler sees that nobody reads it and takes none. */
    volatile guint8 *block = g_malloc (16 << 20);
    for (gsize i = 0; i < 16 << 20; i += 4096)
      block[i] = 1;
  }
  while (strcmp (mode, "hang") == 0)
    pause ();
  for (guint i = 0; strcmp (mode, "flood") == 0 && i < 4000; i++) {
    if (write (STDERR_FILENO, "an error message of some length, again and again\n", 49) < 0)
      return 3;
  }
  /* Exits well with nothing, or with something that is no blob; exits badly with no JSON. */
  const char *text = strcmp (mode, "garbage") == 0 ? "DIOBLOB\nbut not really" : "{\"code\": ";
  if (strcmp (mode, "silent") != 0 && write (3, text, strlen (text)) < 0)
    return 3;
  return strcmp (mode, "babble") == 0 ? 1 : 0;
}

int
main (int argc, char **argv)
{
  const char *mode = getenv ("DIORAMA_TEST_CHILD");
  return mode != NULL ? misbehave (mode) : dio_assets_import_child_main (argc, argv);
}
