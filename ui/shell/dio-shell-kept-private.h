#pragma once
/* Thread: any. Frames of the examples that were drawn for the start page, kept on disk: a street takes seconds to draw, and a
 * start page without pictures looks broken meanwhile. What is kept is of one scenario and one build of this program. */

#include "dio-image.h"
#include "dio-scene-scenario.h"

G_BEGIN_DECLS

/** NULL where it is not kept. May wait for the disk. */
DioImage *dio_shell_kept_load (const DioScenario *scenario,
                               guint frame,
                               guint width_px) G_GNUC_WARN_UNUSED_RESULT;
/** Begins to keep @image (u8 x3) in a thread; what cannot be written is drawn again the next time. */
void dio_shell_kept_save (DioScenario *scenario, guint frame, guint width_px, DioImage *image);

G_END_DECLS
