#pragma once
/* Thread: any. Places where tests make the engine slow or make it fail; nothing happens without the environment
 * variables. See dio-engine-seam.c. */

#include <glib.h>

/** A named point of supervisor or worker has been reached. */
void dio_engine_seam_reach (const char *point);

typedef enum {
  DIO_SEAM_GO_ON,
  DIO_SEAM_ERROR, /**< the worker reports an error for this frame */
} DioSeamVerdict;

/** The worker is about to render frame @index. May not return. */
DioSeamVerdict dio_engine_seam_frame (guint64 index);
/** Whether the supervisor shall believe that the disk is full, after @done frames. */
gboolean dio_engine_seam_disk_is_full (guint64 done);
