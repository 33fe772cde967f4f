/* Test seams.
 *
 * DIORAMA_TEST_PAUSE="POINT:MILLISECONDS" sleeps at every pass of the point, after saying "seam POINT PID" on
 * standard error, so that a test can kill exactly there. Points:
 *   rendering   worker, after it has said which frame it does
 *   writing     worker, between two of a frame's files (before the first one where there is only one)
 *   renaming    supervisor, between two of a frame's renames (before the first one where there is only one)
 *   committing  supervisor, files in place and synced, rows not stored yet
 *
 * DIORAMA_TEST_FAIL="WHAT:N[:HOW]":
 *   frame:N:crash   the worker that renders frame N aborts
 *   frame:N:error   it reports an error
 *   frame:N:hang    it sleeps for ever
 *   frame:N:kill    it is killed by a signal as if from outside
 *   start:N:crash   a worker aborts before it says hello (N is ignored)
 *   disk:N          the supervisor believes that the disk is full after N frames
 */
#define G_LOG_DOMAIN "dio-engine"

#include "dio-engine-seam-private.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define START_INDEX G_MAXUINT64

void
dio_engine_seam_reach (const char *point)
{
  const char *where = g_getenv ("DIORAMA_TEST_PAUSE");
  gsize length = strlen (point);

  if (!where || strncmp (where, point, length) != 0 || where[length] != ':')
    return;
  g_printerr ("seam %s %d\n", point, (int) getpid ());
  g_usleep ((gulong) g_ascii_strtoull (where + length + 1, NULL, 10) * 1000);
}

/* The third part of DIORAMA_TEST_FAIL where its first is @what, and its number. */
static char *
dup_failure (const char *what, guint64 *number)
{
  const char *text = g_getenv ("DIORAMA_TEST_FAIL");
  g_auto (GStrv) parts = g_strsplit (text ? text : "", ":", 3);

  if (g_strv_length (parts) < 2 || !g_str_equal (parts[0], what))
    return NULL;
  *number = g_ascii_strtoull (parts[1], NULL, 10);
  return g_strdup (parts[2] ? parts[2] : "");
}

DioSeamVerdict
dio_engine_seam_frame (guint64 index)
{
  guint64 number = 0;
  g_autofree char *how = dup_failure (index == START_INDEX ? "start" : "frame", &number);

  if (!how || (index != START_INDEX && index != number))
    return DIO_SEAM_GO_ON;
  if (g_str_equal (how, "crash"))
    abort ();
  if (g_str_equal (how, "kill"))
    kill (getpid (), SIGKILL);
  while (g_str_equal (how, "hang"))
    pause ();
  return DIO_SEAM_ERROR;
}

gboolean
dio_engine_seam_disk_is_full (guint64 done)
{
  guint64 number = 0;
  g_autofree char *how = dup_failure ("disk", &number);

  return how && done >= number;
}
