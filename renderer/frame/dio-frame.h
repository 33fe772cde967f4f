#pragma once
/* Thread: any; immutable once built. The flat description of one frame to draw: every renderer and the
 * label rays read this and nothing else, so that picture and labels show the same world. */

#include "dio-core-types.h"
#include "dio-frame-camera.h"
#include "dio-frame-material.h"
#include "dio-frame-mesh.h"

G_BEGIN_DECLS

/** One mesh in the world. */
typedef struct {
  DioMesh *mesh;         /**< owned reference */
  DioMaterial *material; /**< owned reference */
  DioMat4 world_from_mesh;
  guint leaf; /**< 1 .. n_leaves; several items may share a leaf */
} DioFrameItem;

/** One face group of one node. Index = leaf id - 1. */
typedef struct {
  uint64_t object_key; /**< hash (node id, copy index): the stable track id of its instance */
  guint instance; /**< 1 .. n: dense instance index in this frame; 0 = excluded from any instance */
  /** the instance that an excluded leaf hides for in reports (its object); equals instance
   * otherwise */
  guint instance_occluder;
  int category;   /**< index into the taxonomy, -1 = unlabelled */
  gboolean thing; /**< its instance is a labelled thing */
  int layer;      /**< among coplanar surfaces the higher wins, then the lower leaf id */
  char *name;     /**< owned; "node/group" for people */
  char *node_id;  /**< owned; scene node that produced it */
  guint copy;
  guint group; /**< index of the face group in the node's model */
} DioFrameLeaf;

/** Owned by one instance index; index = instance - 1. The 3D box and pose of labels. */
typedef struct {
  uint64_t object_key;
  char *name;    /**< owned, for people: the node's name, "#copy" appended from copy 1 on */
  char *node_id; /**< owned */
  guint copy;
  int category; /**< -1 = unlabelled */
  gboolean thing;
  /** pose: origin and axes of the asset's frame (after scale removed: rigid) */
  DioMat4 world_from_object;
  /** a crowd group: its masks are exported as one region with iscrowd 1 */
  gboolean crowd;
  DioVec3 scale;
  DioVec3 front; /**< unit, object frame */
  /** box of the labelled (not excluded) faces in the rigid object frame, scale applied */
  DioBox3 box_object_m;
} DioFrameInstance;

typedef struct {
  DioLightKind kind;
  DioMat4 world_from_light;              /**< rigid; light shines along its -Z */
  float color[3];                        /**< linear RGB scale, max 1 by custom */
  double intensity;                      /**< lux, candela or nits by kind */
  double angular_diameter_rad;           /**< sun */
  double inner_cone_rad, outer_cone_rad; /**< spot: half angles */
  double width_m, height_m;              /**< rect */
  gboolean casts_shadow;
} DioFrameLight;

/** What surrounds the scene. */
typedef struct {
  /** f32 RGB equirectangular, linear, (nullable = black); texel to direction:
   * dio_environment_direction */
  DioImage *radiance;
  uint64_t key;        /**< content key for prefilter caches */
  double strength;     /**< factor from stored values to nits */
  double rotation_rad; /**< about +Z, counter-clockwise seen from above */
  gboolean visible;    /**< FALSE: lights the scene but the background is background_nits */
  float background_nits[3];
} DioEnvironment;

/** Fog and haze, for colours alone. */
typedef struct {
  double
      per_m; /**< light lost per metre at z = 0; 0 = clear air. 3.912 / visibility (Koschmieder) */
  double height_m; /**< the density falls to 1 / e over it, > 0 */
} DioFog;

struct DioFrame {
  gatomicrefcount refs;
  GArray *items;        /**< of DioFrameItem, in leaf order */
  GArray *leaves;       /**< of DioFrameLeaf */
  GArray *instances;    /**< of DioFrameInstance */
  GArray *lights;       /**< of DioFrameLight: sun, point, spot, rect only */
  GArray *cameras;      /**< of DioCamera */
  GPtrArray *backdrops; /**< of DioTexture*, owned references: pictures that cameras borrow */
  DioEnvironment environment;
  DioFog fog;
};

DioFrame *dio_frame_new (void) G_GNUC_WARN_UNUSED_RESULT;
DioFrame *dio_frame_ref (DioFrame *frame);
void dio_frame_unref (DioFrame *frame);

/** World direction (unit) of the texel position (u, v in [0,1], v down) of an unrotated environment:
 * u = 0.5 looks along +Y, u grows clockwise seen from above (to +X at 0.75), v = 0 is +Z. */
DioVec3 dio_environment_direction (double u, double v);
/** Inverse of dio_environment_direction. */
void dio_environment_uv (DioVec3 direction, double *u, double *v);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioFrame, dio_frame_unref)

G_END_DECLS
