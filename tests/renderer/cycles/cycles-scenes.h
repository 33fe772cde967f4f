#pragma once
/* Thread: any. The scenes that are compared with Cycles. */

#include "dio-frame.h"

G_BEGIN_DECLS

typedef struct {
  const char *name;
  /** What is compared: "furnace" (every pixel is 1000 nits), "patches" (the mean of every item), "picture". */
  const char *kind;
  DioFrame *(*make) (const char *argument, GError **error);
  /** a picture of shared/assets/envmaps for scenes that need one, else (nullable) */
  const char *argument;
} CyclesScene;

extern const CyclesScene cycles_scenes[];
extern const guint cycles_n_scenes;

/** The folder of environment pictures, (nullable) where there is none. */
char *cycles_get_envmaps (void) G_GNUC_WARN_UNUSED_RESULT;
/** The scene is there: it needs no picture or has it. */
gboolean cycles_scene_is_possible (const CyclesScene *scene);

G_END_DECLS
