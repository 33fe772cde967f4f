#pragma once
/* Thread: one. What rays say of a small world's light: the truth that pictures are held against. */

#include "dio-rays.h"

G_BEGIN_DECLS

/** Rays into @frame, which the truth keeps. */
typedef struct GlTruth GlTruth;

GlTruth *gl_truth_new (DioFrame *frame) G_GNUC_WARN_UNUSED_RESULT;
void gl_truth_free (GlTruth *truth);
/** What the middle of pixel (x, y) of camera 0 shows. */
gboolean gl_truth_see (const GlTruth *truth, double x, double y, DioRayCastHit *out);
/** Share of the disc of @diameter_rad about @to_sun (unit) that @hit sees, by @n of its points. */
double gl_truth_sun (
    const GlTruth *truth, const DioRayCastHit *hit, DioVec3 to_sun, double diameter_rad, guint n);
/** Share of the sky that @hit sees, weighted by the cosine to its normal, by @n directions; what is d away hides
 * 1 - (d / @far_m)^2. */
double gl_truth_ambient (const GlTruth *truth, const DioRayCastHit *hit, double far_m, guint n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GlTruth, gl_truth_free)

G_END_DECLS
