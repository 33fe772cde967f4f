#pragma once
/* Thread: one owner, which must be the thread that made it (it holds a GL context). Makes one frame wholly in
 * memory: resolve, stage, draw, rays, annotate, encode. A pure function of (scenario, seed, frame, take). */

#include "dio-dataset.h"
#include "dio-rays.h"

G_BEGIN_DECLS

typedef struct DioFrameMaker DioFrameMaker;

typedef struct {
  const char *blobs_folder;    /**< a dataset's assets/, or NULL: import through the user's cache */
  const char *scenario_folder; /**< for relative asset paths; unused with blobs_folder */
  guint width_px, height_px;   /**< 0 = the sensor's; K is scaled with it */
  DioOutputs outputs;
  guint threads; /**< of the ray pool, 0 = one */
  /** tests/: called with each frame's labels before annotation, to make a frame wrong on purpose (nullable) */
  void (*tamper) (DioFrame *frame, DioRayLabels *labels, gpointer user);
  gpointer user;
} DioFrameMakerDesc;

/** An encoded file that still has to be written. */
typedef struct {
  guint capture;         /**< index into the frame's captures */
  const char *channel;   /**< static: "rgb", ... */
  const char *extension; /**< static: "png", "jpg", "npy" */
  GBytes *bytes;         /**< owned */
} DioMadeFile;

typedef struct {
  DioDatasetFrame frame; /**< without file rows: the writer adds them */
  GArray *files;         /**< of DioMadeFile */
} DioMadeFrame;

DioFrameMaker *dio_frame_maker_new (DioScenario *scenario,
                                    const DioFrameMakerDesc *desc,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
void dio_frame_maker_free (DioFrameMaker *maker);
/** "GL vendor | renderer | version; embree ...". */
const char *dio_frame_maker_get_identity (const DioFrameMaker *maker);
gboolean dio_frame_maker_make (DioFrameMaker *maker,
                               guint64 seed,
                               guint32 index,
                               guint32 take,
                               DioMadeFrame *out,
                               GError **error);
void dio_made_frame_clear (DioMadeFrame *made);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioFrameMaker, dio_frame_maker_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DioMadeFrame, dio_made_frame_clear)

G_END_DECLS
