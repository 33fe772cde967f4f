#pragma once
/* Thread: any. From what a model file writes as a reference to a file in its folder. */

#include "dio-assets-gate-private.h"

#include <glib.h>

G_BEGIN_DECLS

/** The folder whose files belong to the model at @real_path, and the model's own folder below it ("" where that is
 * the same): the model's folder, or the one above where models lie in meshes/ beside materials/, as robot
 * simulators pack them. Returns the former; @below is (transfer full). */
char *dio_locate_dup_root (const char *real_path, char **below) G_GNUC_WARN_UNUSED_RESULT;

/** Where references are looked up. */
typedef struct {
  const char *folder; /**< the asset's folder: no reference leaves it */
  int folder_fd;
  const char
      *below; /**< the model's own folder in it, "" for the same; what references are relative to */
} DioLocatePlace;

/** See dio_gate_locate; records nothing. */
char *dio_locate_file (const DioLocatePlace *place,
                       const char *reference,
                       DioLocate *how) G_GNUC_WARN_UNUSED_RESULT;
/** @text with %XX replaced; NULL where there is none, or where a zero byte would come out. */
char *dio_percent_decode (const char *text) G_GNUC_WARN_UNUSED_RESULT;
/** Relative @path without "." and ".." parts; NULL where it leaves its root or is empty. */
char *dio_locate_normalize (const char *path) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
