#pragma once
/* Thread: any. From what a model file writes as a reference to a file in its folder. */

#include "dio-assets-gate-private.h"

#include <glib.h>

G_BEGIN_DECLS

/** See dio_gate_locate; records nothing. */
char *dio_locate_file (const char *folder, int folder_fd, const char *reference, DioLocate *how)
    G_GNUC_WARN_UNUSED_RESULT;
/** @text with %XX replaced; NULL where there is none, or where a zero byte would come out. */
char *dio_percent_decode (const char *text) G_GNUC_WARN_UNUSED_RESULT;
/** Relative @path without "." and ".." parts; NULL where it leaves its root or is empty. */
char *dio_locate_normalize (const char *path) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
