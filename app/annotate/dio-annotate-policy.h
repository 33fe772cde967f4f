#pragma once
/* Thread: any. KEEP, IGNORE, DROP (labels.md 13): applied at export and on screen, never to stored counts. */

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  DIO_VERDICT_KEEP,
  DIO_VERDICT_IGNORE,
  DIO_VERDICT_DROP,
} DioVerdict;

typedef struct {
  double drop_visible_px, drop_visibility;
  double keep_visible_px, keep_short_side_px, keep_height_px, keep_visibility, keep_visib_fract;
  double max_blur_share;
} DioLabelPolicy;

/** The counts that a policy looks at. NaN ratios: a missing denominator. */
typedef struct {
  guint64 visible_px, amodal_px;
  double coverage_px, amodal_coverage_px;
  double visibility, visib_fract;
  double box_width_px, box_height_px; /**< of the box that is exported */
  double blur_px, defocus_px;
  gboolean subpixel;
} DioPolicyInput;

/** "detector", "everything", "kitti", "bop", "hard-occlusion". FALSE for another name. */
gboolean dio_label_policy_from_preset (const char *name, DioLabelPolicy *out);
const char *const *dio_label_policy_list_presets (void);
/** What people call a preset, N_(); @name itself where there is no such preset. */
const char *dio_label_policy_get_preset_label (const char *name);
/** @reason (nullable out, static string): the rule that decided, "" for KEEP. */
DioVerdict dio_label_policy_judge (const DioLabelPolicy *policy,
                                   const DioPolicyInput *input,
                                   const char **reason);
const char *dio_verdict_to_name (DioVerdict verdict);

G_END_DECLS
