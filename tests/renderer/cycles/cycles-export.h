#pragma once
/* Thread: any. A frame as a folder that needs none of our readers: scene.json beside raw arrays and PNG files, from
 * which render_cycles.py builds the same scene in Blender. */

#include "dio-frame.h"

G_BEGIN_DECLS

/** Writes @frame, seen by its first camera, into the existing @folder. */
gboolean cycles_export (const DioFrame *frame, const char *folder, GError **error);
/** Writes @image as @name, a NumPy array, into @folder. */
gboolean cycles_write_array (const DioImage *image,
                             const char *folder,
                             const char *name,
                             GError **error);

G_END_DECLS
