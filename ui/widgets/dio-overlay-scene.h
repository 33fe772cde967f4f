#pragma once
/* Thread: main; immutable once filled, so workers may read it. What a picture with labels shows, whoever has it: a result of the preview, a stored frame,
 * a tile of a contact sheet. Plain data, reference counted; it borrows from its owner, which it keeps alive. */

#include "dio-annotate.h"
#include "dio-dataset.h"
#include "dio-image.h"
#include "dio-preview.h"

G_BEGIN_DECLS

/** One labelled instance. */
typedef struct {
  guint instance; /**< dense index in the frame, 1-based */
  const DioAnnotation
      *annotation; /**< (nullable) in pictures that are no sensor's: 2D labels are absent */
  const char *name, *node_id; /**< borrowed from the owner; may be "" */
  guint copy;
  int category; /**< -1 = unlabelled */
  gboolean thing;
  DioVerdict verdict;
  const char *reason; /**< static, the rule that decided; "" for KEEP */
  double visibility;  /**< as the sensor sees it; NaN = unknown */
  /** 3D box in the world; absent where size is 0 */
  DioVec3 box_center_world_m, box_size_m;
  DioQuat box_q_wxyz_world;
  /** extent of its pixels in @leaf; all zero when none */
  DioPixelBox extent;
  gboolean dimmed; /**< filtered out: drawn at a quarter of its strength */
} DioOverlayItem;

typedef struct {
  char *name; /**< owned */
  guint8 color[3];
} DioOverlayCategory;

typedef struct {
  gatomicrefcount refs;
  guint width_px, height_px;
  /** Owned references, each (nullable). */
  DioImage *rgb;     /**< u8 x3 sRGB */
  DioImage *leaf;    /**< u16 ids */
  DioImage *depth_z; /**< f32 metres, +inf background */
  DioImage *normal;  /**< f32 x3, camera axes */
  /** Instance (1..) of each leaf id, 0 = none; index 0 is background. */
  guint n_leaves;
  guint *instance_of_leaf; /**< owned, [n_leaves + 1] */
  guint *occluder_of_leaf; /**< owned, [n_leaves + 1]: the instance that it hides for */
  GArray *items;           /**< of DioOverlayItem, ascending instance */
  GArray *categories;      /**< of DioOverlayCategory */
  const GArray *hidden;    /**< (nullable) of DioHiddenPair, borrowed from the owner */
  DioCamera camera;        /**< pinhole; for 3D boxes */
  gboolean orthographic;
  double ortho_height_m;
  gpointer owner;
  GDestroyNotify owner_destroy;
} DioOverlayScene;

/** An empty scene of that size; fill it before the first use. */
DioOverlayScene *dio_overlay_scene_new (guint width_px, guint height_px) G_GNUC_WARN_UNUSED_RESULT;
DioOverlayScene *dio_overlay_scene_ref (DioOverlayScene *scene);
void dio_overlay_scene_unref (DioOverlayScene *scene);

/** The sensor's picture of @result, judged by @policy; NULL where the result has no sensor's labels. Keeps @result. */
DioOverlayScene *dio_overlay_scene_new_from_result (
    DioPreviewResult *result, const DioLabelPolicy *policy) G_GNUC_WARN_UNUSED_RESULT;
/** The free view's picture of @result; verdicts are those of the sensor. NULL without a view picture. Keeps @result. */
DioOverlayScene *dio_overlay_scene_new_from_view (
    DioPreviewResult *result, const DioLabelPolicy *policy) G_GNUC_WARN_UNUSED_RESULT;

/** A stored capture. Images (nullable) get references. */
typedef struct {
  const DioDatasetCapture *capture; /**< annotations, leaves (for picking; may be absent), hidden */
  const DioScenario *scenario;      /**< categories */
  DioImage *rgb, *leaf, *depth_z, *normal;
  const DioLabelPolicy *policy;
  gpointer owner; /**< keeps @capture alive */
  GDestroyNotify owner_destroy;
} DioOverlayCapture;
DioOverlayScene *dio_overlay_scene_new_from_capture (const DioOverlayCapture *desc)
    G_GNUC_WARN_UNUSED_RESULT;

/** NULL for 0 and instances without an item. */
const DioOverlayItem *dio_overlay_scene_find (const DioOverlayScene *scene, guint instance);
/** What lies at pixel (x, y): 0 outside and where there is no leaf image. */
guint dio_overlay_scene_get_leaf (const DioOverlayScene *scene, int x, int y);
guint dio_overlay_scene_get_instance (const DioOverlayScene *scene, int x, int y);
/** sRGB of @item: its category's colour, or the palette's where it has none. */
void dio_overlay_scene_get_color (const DioOverlayScene *scene,
                                  const DioOverlayItem *item,
                                  guint8 rgb[static 3]);
/** Pixel position of a world point; FALSE behind the camera. */
gboolean dio_overlay_scene_project (const DioOverlayScene *scene,
                                    DioVec3 world_m,
                                    double uv_px[static 2]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioOverlayScene, dio_overlay_scene_unref)

G_END_DECLS
