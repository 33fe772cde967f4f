#pragma once
/* Thread: main. The pictures that are shown large and those beside them, loaded by workers; a few are kept. */

#include "dio-desk-data.h"
#include "dio-desk-shot.h"

G_BEGIN_DECLS

typedef struct DioDeskShots DioDeskShots;

/** @shot: borrowed; NULL with @error. */
typedef void (*DioDeskShotsFunc) (DioDeskShot *shot, const GError *error, gpointer user);

DioDeskShots *dio_desk_shots_new (DioDeskData *data) G_GNUC_WARN_UNUSED_RESULT;
void dio_desk_shots_free (DioDeskShots *shots);
/** Calls @func once, at once where the picture is kept; what was wanted before is no more. */
void dio_desk_shots_want (
    DioDeskShots *shots, guint32 frame, gboolean with_images, DioDeskShotsFunc func, gpointer user);
/** Loads what is likely wanted next, if nothing else is being loaded. */
void dio_desk_shots_prefetch (DioDeskShots *shots, guint32 frame);
/** The dataset has another table: only what was wanted last is kept, for it holds the old one. */
void dio_desk_shots_forget_others (DioDeskShots *shots);

G_END_DECLS
