#pragma once
/* Thread: any. resolve (scenario, seed, frame index, take): a pure function to concrete values. Bit-identical
 * on every x86-64: only + - * / sqrt and core's elementary functions. */

#include "dio-core-philox.h"
#include "dio-frame-model.h"
#include "dio-scene-scenario.h"

G_BEGIN_DECLS

typedef struct DioResolved DioResolved;

/** Who is looked at, and what may be put in the way. */
typedef struct {
  const char *sensor, *target; /**< node ids */
  const guint *movable;        /**< indices of nodes that are out of the way, with all below them */
  guint n_movable;
} DioResolveLook;

/** What resolve needs to know of the outside, as pure functions of their arguments. */
typedef struct {
  gpointer user;
  /** Bounds of the labelled model of a node in the node's own frame before its scale; FALSE if it cannot load. */
  gboolean (*get_bounds) (gpointer user, const DioNode *node, DioBox3 *out, GError **error);
  /** Visibility of the instance of @target (node id, copy 0) seen by @sensor. (nullable): constraints are then unmet.
   * @frame is a DioResolved being built. */
  gboolean (*estimate) (gpointer user,
                        const DioResolved *frame,
                        const char *sensor,
                        const char *target,
                        double *visibility,
                        double *width_px,
                        double *height_px,
                        GError **error);
  /** Takes a look at copy 0 of a target in @frame, a DioResolved being built that need not live on: its visible share with
   * nothing movable in the way, negative where no pixel of it lies in the picture. (nullable) */
  gboolean (*look) (gpointer user,
                    const DioResolved *frame,
                    const DioResolveLook *look,
                    double *visibility,
                    GError **error);
  /** The visible share of the last look's target when movable node @index stands elsewhere: world points of it move by
   * @moved_from_placed. Set together with look. */
  double (*look_past) (gpointer user, guint index, const DioMat4 *moved_from_placed);
} DioResolveEnvironment;

/** One concrete node: the scenario's node with its draws applied, or a copy of it. */
typedef struct {
  DioNode *node; /**< owned reference, all properties concrete */
  guint copy;    /**< 0 for the original */
  int parent;    /**< index into nodes, -1 = root */
  DioMat4 world_from_node;
  gboolean visible;   /**< effective: own and all ancestors' */
  guint64 object_key; /**< hash (node id, copy) */
} DioResolvedNode;

/** One recorded value. */
typedef struct {
  const char *randomizer, *target, *property; /**< interned strings */
  guint64 stream;
  guint copy, attempt;
  guint n_numbers; /**< 0 when it is a string */
  double numbers[4];
  const char *string; /**< interned, or NULL */
} DioDraw;

struct DioResolved {
  guint64 seed;
  guint32 frame, take;
  DioSequenceStep moment; /**< of the frame */
  DioScenario *scenario;  /**< owned reference */
  GArray *nodes; /**< of DioResolvedNode, parents before children, copies after their original */
  GArray *draws; /**< of DioDraw */
  DioDiagnostics *diagnostics; /**< copies that found no room, constraints not met, ... */
  guint constraint_attempts;
  gboolean constraints_met;
};

/** Resolves one frame.
 *
 * Of a scenario with sequences a frame is a step of one. What a randomizer draws lasts for the whole sequence (its key's frame is the
 * sequence's number) unless it says "each": "step" (then it is the frame's). Motions then move nodes on by the step's time. `occlude`
 * and constraints act at a sequence's first step: the places found and the redraws made there hold at all later ones. At a
 * later step a constraint may redraw what is drawn for each step only; where it is still not met, the frame is marked. */
DioResolved *dio_resolve (DioScenario *scenario,
                          guint64 seed,
                          guint32 frame,
                          guint32 take,
                          const DioResolveEnvironment *environment,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
void dio_resolved_free (DioResolved *resolved);
/** SHA-256 over all concrete values and draws: equal for equal results to the last bit. */
char *dio_resolved_dup_hash (const DioResolved *resolved) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioResolved, dio_resolved_free)

G_END_DECLS
