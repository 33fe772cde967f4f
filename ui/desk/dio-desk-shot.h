#pragma once
/* Thread: main, but it is filled by a worker. One picture with everything that is shown about it: labels, draws, checks and, where wanted, its pictures. */

#include "dio-overlay-scene.h"
#include "dio-review-item.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/** Reference counted, immutable. */
typedef struct {
  gatomicrefcount refs;
  DioReviewTable *table;
  DioScenario *scenario;
  guint32 frame; /**< row of the picture */
  gboolean with_images;
  DioReviewItem item;
  /** (nullable) A reference of the scene keeps the shot; the shot holds none. */
  DioImage *rgb, *leaf, *depth_z, *normal;
  DioLabelPolicy policy;
} DioDeskShot;

/** What to load. */
typedef struct {
  const char *folder;
  DioReviewTable *table;
  DioScenario *scenario;
  guint32 frame;
  gboolean with_images;
} DioDeskShotDesc;

/** @callback comes on the main context, also when cancelled; the task's source is NULL. */
void dio_desk_shot_load_async (const DioDeskShotDesc *desc,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user);
DioDeskShot *dio_desk_shot_load_finish (GAsyncResult *result,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
DioDeskShot *dio_desk_shot_ref (DioDeskShot *shot);
void dio_desk_shot_unref (DioDeskShot *shot);
/** Its picture with labels, for one view; NULL without images. */
DioOverlayScene *dio_desk_shot_create_scene (DioDeskShot *shot) G_GNUC_WARN_UNUSED_RESULT;
/** Index of the object of @row among the capture's annotations; -1 where it is not in this picture. */
int dio_desk_shot_find_object (const DioDeskShot *shot, guint32 row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioDeskShot, dio_desk_shot_unref)

G_END_DECLS
