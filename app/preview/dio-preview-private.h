#pragma once
/* Thread: render, but for what says otherwise. What the files of this folder share.
 *
 * dio-preview.c is the mailbox between the main thread and the render thread, and all that the two share. Behind it
 * stands the eye, which only the render thread touches: context, ray scene, stage and caches. */

#include "dio-preview.h"

G_BEGIN_DECLS

/* ---- jobs: any thread, immutable ---- */

/** A request that owns what it names. */
typedef struct {
  guint64 serial;
  DioPreviewRequest request;
} DioPreviewJob;

DioPreviewJob *dio_preview_job_new (guint64 serial,
                                    const DioPreviewRequest *request) G_GNUC_WARN_UNUSED_RESULT;
void dio_preview_job_free (DioPreviewJob *job);

/** A ray to cast. */
typedef struct {
  DioVec3 origin_world_m, direction_world;
  GStrv without; /**< (nullable) */
  DioPreviewHitFunc func;
  gpointer user;
} DioPreviewCast;

void dio_preview_cast_free (DioPreviewCast *cast);

/* ---- results: any thread ---- */

/** A result of @job with nothing in it yet; complete it before handing it out. */
DioPreviewResult *dio_preview_result_new (const DioPreviewJob *job) G_GNUC_WARN_UNUSED_RESULT;

/* ---- the eye ---- */

typedef struct DioPreviewEye DioPreviewEye;

/** Never fails; what cannot be opened is an error of results. */
DioPreviewEye *dio_preview_eye_new (const char *engine_path) G_GNUC_WARN_UNUSED_RESULT;
void dio_preview_eye_free (DioPreviewEye *eye);
/** Why there is no colour, or NULL. */
const char *dio_preview_eye_get_gl_error (const DioPreviewEye *eye);
/** Everything that @job asks for. */
DioPreviewResult *dio_preview_eye_see (DioPreviewEye *eye,
                                       const DioPreviewJob *job) G_GNUC_WARN_UNUSED_RESULT;
/** Frame @frame of @job as its sensor sees it, @width_px wide. */
DioPreviewResult *dio_preview_eye_see_tile (DioPreviewEye *eye,
                                            const DioPreviewJob *job,
                                            guint32 frame,
                                            guint width_px) G_GNUC_WARN_UNUSED_RESULT;
/** Casts into the frame that dio_preview_eye_see saw last. */
DioPreviewHit dio_preview_eye_cast (DioPreviewEye *eye, const DioPreviewCast *cast);

/* ---- views: any thread ---- */

/** The camera of @view, exposed like @like (nullable). An orthographic one stands back so far that all of @frame lies
 * before it, which changes no picture. */
DioCamera dio_preview_view_to_camera (const DioPreviewView *view,
                                      const DioFrame *frame,
                                      const DioCamera *like);

/** Puts a larger copy in the place of *@image (nullable): u8 colour smoothly, all else by the nearest pixel. */
void dio_preview_enlarge (DioImage **image, guint width_px, guint height_px);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioPreviewJob, dio_preview_job_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioPreviewCast, dio_preview_cast_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioPreviewEye, dio_preview_eye_free)

G_END_DECLS
