#pragma once
/* Thread: the supervisor's. From temporary files to a committed frame. */

#include "dio-protocol.h"

typedef struct DioCommitter DioCommitter;

/** Writes frames of @run into @dataset (borrowed). */
DioCommitter *dio_committer_new (DioDataset *dataset,
                                 gint64 run,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** Frames that were not flushed are lost. */
void dio_committer_free (DioCommitter *committer);

/** Checks a result's files against what it says and puts them in place; takes the frame out of @result. Errors:
 * CORRUPT when the result is not what it says (the frame may be tried again), all else is trouble with the disk. */
gboolean dio_committer_add (DioCommitter *committer,
                            DioMessage *result,
                            guint attempts,
                            GError **error);
/** Records a frame that is given up. */
void dio_committer_add_failed (DioCommitter *committer,
                               guint64 index,
                               guint attempts,
                               const char *cause);
/** Syncs all files in place and commits their rows, if there are any and they are due or @now. */
gboolean dio_committer_flush (DioCommitter *committer, gboolean now, GError **error);
/** Milliseconds until a flush is due; -1 without anything to flush. */
int dio_committer_get_wait_ms (const DioCommitter *committer);
/** Mean bytes of a frame's files and rows so far; 0 before the first. */
guint64 dio_committer_get_frame_bytes (const DioCommitter *committer);
