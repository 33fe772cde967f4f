#pragma once
/* Thread: one owner per resolve. The state of one resolve and what the families of randomizers share. */

#include "dio-core-pose.h"
#include "dio-randomize-distribution.h"
#include "dio-randomize.h"

#include "dio-scene-property.h"

G_BEGIN_DECLS

/** A node while the frame is being built. Starts as a reference to the scenario's own node and becomes a copy at
 * the first change. */
typedef struct DioWork DioWork;
struct DioWork {
  DioNode *node;
  gboolean editable; /**< node is ours alone */
  guint copy;
  DioWork *parent;     /**< NULL = root */
  GPtrArray *children; /**< of DioWork*, borrowed */
  guint index;         /**< place in DioBuild.works */
};

/** One attempt at a frame. */
typedef struct {
  DioScenario *scenario;
  const DioResolveEnvironment *environment; /**< (nullable) */
  guint64 seed;
  guint32 frame, take;
  DioSequenceStep moment;
  const DioResolved *
      start; /**< (nullable): the sequence's first step, where this is a later one that builds on it */
  GPtrArray *works; /**< of DioWork*, parents before children, copies at the end */
  /** node id -> GPtrArray of DioWork* by copy; keys borrowed from the scenario */
  GHashTable *instances;
  GArray *footprints; /**< of DioFootprint: what earlier scatters placed */
  GArray *draws;      /**< of DioDraw */
  DioDiagnostics *diagnostics;
  guint misses; /**< objects that could not be hidden as wanted */
} DioBuild;

/** One randomizer at work. */
typedef struct {
  DioBuild *build;
  const DioRandomizer *randomizer;
  guint attempt; /**< redraws that constraints asked of it */
} DioApply;

/** A frame of reference without shear: p_world = t + s * (q p). */
typedef struct {
  DioQuat q_wxyz;
  DioVec3 t_m;
  double s;
} DioSimilarity;

/* dio-randomize-build.c: the working nodes. */
DioBuild *dio_build_new (DioScenario *scenario,
                         const DioResolveEnvironment *environment) G_GNUC_WARN_UNUSED_RESULT;
void dio_build_free (DioBuild *build);
/** The node to write to. */
DioNode *dio_work_edit (DioWork *work);
/** Instance @copy of the node, else copy 0; NULL for an unknown id. */
DioWork *dio_build_find (DioBuild *build, const char *node_id, guint copy);
/** All instances as they are now, in order of copy; (transfer container); empty for an unknown id. */
GPtrArray *dio_build_list (DioBuild *build, const char *node_id) G_GNUC_WARN_UNUSED_RESULT;
/** Copies @work with all below it, beside it; the copy of @work itself, or NULL where copies run out. */
DioWork *dio_build_add_copy (DioBuild *build, DioWork *work, GError **error);
/** world_from_node by double-precision products along the parents. */
DioMat4 dio_work_world_from_node (const DioWork *work);
/** The world seen from what @work hangs on. INVALID where a node above it is mirrored or stretched. */
gboolean dio_work_world_from_parent (const DioWork *work, DioSimilarity *out, GError **error);
DioVec3 dio_similarity_apply (const DioSimilarity *world_from_a, DioVec3 p_a);
DioVec3 dio_similarity_apply_inverse (const DioSimilarity *world_from_a, DioVec3 p_world);
DioQuat dio_quat_conjugate (DioQuat q);
/** Bounds of @work with all that shows below it, in its own frame before its scale; empty where nothing shows. */
gboolean dio_work_get_bounds (DioBuild *build, const DioWork *work, DioBox3 *out, GError **error);
/** Of a model alone, without what hangs on it (a table without its plates); of a group, all below it. */
gboolean dio_work_get_own_bounds (DioBuild *build,
                                  const DioWork *work,
                                  DioBox3 *out,
                                  GError **error);

/* dio-randomize-resolve.c */
/** The nodes as they are now; has no draws and no diagnostics. */
DioResolved *dio_build_snapshot (const DioBuild *build) G_GNUC_WARN_UNUSED_RESULT;

/* dio-randomize-draw.c: numbers. */

/** One draw under way: numbers are taken component by component, then it is recorded. */
typedef struct {
  DioApply *apply;
  DioRandomKey key;
  guint even; /**< frames that share the values evenly; 1 = each draws alone */
  DioDraw record;
} DioDrawing;

/** Begins the draw of @property for @work. */
DioDrawing dio_draw_begin (DioApply *apply, const DioWork *work, const char *property);
/** What the record of a draw says whose counter's attempt counts places and not redraws for a constraint: "redraw-2";
 * NULL for 0. Interned. */
const char *dio_draw_redraw_name (guint attempt);
/** Uniform in [0, 1). */
double dio_draw_uniform (DioDrawing *drawing);
/** From the randomizer's parameter @param; from [@min, @max) evenly where it is not given. */
double dio_draw_param (DioDrawing *drawing, const char *param, double min, double max);
double dio_draw_distribution (DioDrawing *drawing, const DioDistribution *distribution);
/** A string of a list, all equally likely. */
const char *dio_draw_choose (DioDrawing *drawing, const char *const *strings);
/** A name out of what the randomizer, of a type that chooses among assets, chooses from: its list or tag. NULL with an
 * error where it has neither, or a folder that nobody has read. */
const char *dio_draw_asset (DioDrawing *drawing, GError **error);
/** The target on which @u, in [0, 1), falls by the randomizer's "weights". */
guint dio_draw_pick (DioDrawing *drawing, double u);
/** Keeps what came out (up to 4 numbers) for dio_draw_append. */
void dio_draw_keep (DioDrawing *drawing, guint n, const double *numbers);
/** Records what was kept. */
void dio_draw_append (DioDrawing *drawing);
/** Both. */
void dio_draw_record (DioDrawing *drawing, guint n, const double *numbers);
void dio_draw_record_vec3 (DioDrawing *drawing, DioVec3 v);
void dio_draw_record_string (DioDrawing *drawing, const char *string);
/** Elevation whose sine is even in [-1, 1): even over the sphere's area. From @param where given. */
double dio_draw_elevation (DioDrawing *drawing, const char *param);
/** Unit vector at @azimuth_rad from +X and @elevation_rad above the horizon. */
DioVec3 dio_direction_from_angles (double azimuth_rad, double elevation_rad);

/* dio-randomize-property.c: writing through the registry. */

/** Writes a number drawn for a scalar property; what lies outside the property's range is moved to its edge
 * and noted as "clamped". Returns the value that was written in @number. */
gboolean dio_apply_number (
    DioApply *apply, DioWork *work, const char *path, double *number, GError **error);
gboolean dio_apply_value (DioApply *apply,
                          DioWork *work,
                          const char *path,
                          const DioPropertyValue *value,
                          GError **error);
/** "material/NAME" for slot "*", else "materials/SLOT/NAME". */
char *dio_apply_dup_material_path (const DioApply *apply,
                                   const char *name) G_GNUC_WARN_UNUSED_RESULT;
/** INVALID: "randomizer ID, target: MESSAGE". Returns FALSE. */
gboolean dio_apply_fail (const DioApply *apply, GError **error, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/* The types. Each applies one randomizer to one instance of a target. */
typedef gboolean (*DioApplyFunc) (DioApply *apply, DioWork *work, GError **error);

gboolean dio_apply_position_box (DioApply *apply, DioWork *work, GError **error);
gboolean dio_apply_position_plane (DioApply *apply, DioWork *work, GError **error);
gboolean dio_apply_position_ring (DioApply *apply, DioWork *work, GError **error);
gboolean dio_apply_position_shell (DioApply *apply, DioWork *work, GError **error);
gboolean dio_apply_rotation_yaw (DioApply *apply, DioWork *work, GError **error);
gboolean dio_apply_rotation_uniform (DioApply *apply, DioWork *work, GError **error);
gboolean dio_apply_rotation_euler (DioApply *apply, DioWork *work, GError **error);
gboolean dio_apply_scale (DioApply *apply, DioWork *work, GError **error);
gboolean dio_apply_count (DioApply *apply, DioWork *work, GError **error);
gboolean dio_apply_visibility (DioApply *apply, DioWork *work, GError **error);
gboolean dio_apply_property (DioApply *apply, DioWork *work, GError **error);
gboolean dio_apply_asset_choice (DioApply *apply, DioWork *work, GError **error);
gboolean dio_apply_model_parameter (DioApply *apply, DioWork *work, GError **error);
gboolean dio_apply_material_color (DioApply *apply, DioWork *work, GError **error);
gboolean dio_apply_material_property (DioApply *apply, DioWork *work, GError **error);
gboolean dio_apply_texture_choice (DioApply *apply, DioWork *work, GError **error);
gboolean dio_apply_light_direction (DioApply *apply, DioWork *work, GError **error);
gboolean dio_apply_light_intensity (DioApply *apply, DioWork *work, GError **error);
gboolean dio_apply_light_temperature (DioApply *apply, DioWork *work, GError **error);
gboolean dio_apply_environment_choice (DioApply *apply, DioWork *work, GError **error);
gboolean dio_apply_environment_rotation (DioApply *apply, DioWork *work, GError **error);
gboolean dio_apply_background_choice (DioApply *apply, DioWork *work, GError **error);
gboolean dio_apply_table_column (DioApply *apply, DioWork *work, GError **error);
gboolean dio_apply_camera_look_at (DioApply *apply, DioWork *work, GError **error);
gboolean dio_apply_motion_path (DioApply *apply, DioWork *work, GError **error);
gboolean dio_apply_motion_drive (DioApply *apply, DioWork *work, GError **error);
gboolean dio_apply_motion_waypoints (DioApply *apply, DioWork *work, GError **error);

/* Those that act on all targets at once. */
gboolean dio_apply_scatter (DioApply *apply, GError **error);
gboolean dio_apply_show_one (DioApply *apply, GError **error);
gboolean dio_apply_occlude (DioApply *apply, GError **error);

/* dio-randomize-scatter.c: rectangles that must not meet. */

/** The footprint of a placed object in the plane of its surface. */
typedef struct {
  guint64 surface; /**< which plane: hash of the node, or the bits of a height */
  double x_m, y_m;
  double cos_yaw, sin_yaw;
  double half_x_m, half_y_m;
} DioFootprint;

/** Whether two footprints of one plane come nearer than @spacing_m along all four edge directions. */
gboolean dio_footprint_overlaps (const DioFootprint *a, const DioFootprint *b, double spacing_m);

/* dio-randomize-path.c: a path through keys. */

/** How a path is followed. */
typedef struct {
  const DioPathKey *keys; /**< by time */
  guint n;
  gboolean smooth; /**< Catmull-Rom for any spacing of times, else straight */
  gboolean repeat; /**< else it rests before the first and behind the last key */
} DioPath;

/** Position, and rotation where the keys have one, at @time_s. */
DioPathKey dio_path_at (const DioPath *path, double time_s);
/** Unit vector in which it goes at @time_s, or last went; (0, 0, 0) where it never moves. */
DioVec3 dio_path_direction_at (const DioPath *path, double time_s);

/* dio-randomize-constraint.c */

/** For every constraint that @resolved does not meet, TRUE in @unmet (one per randomizer of the scenario). */
gboolean dio_constraints_evaluate (const DioResolved *resolved,
                                   const DioResolveEnvironment *environment,
                                   gboolean *unmet,
                                   GError **error);
/** Raises @attempts of what the unmet constraints redraw; FALSE where none may try again. @later: of a step behind a
 * sequence's first, where only what is drawn for each step can change. */
gboolean dio_constraints_raise (const DioScenario *scenario,
                                const gboolean *unmet,
                                guint *attempts,
                                guint round,
                                gboolean later);
void dio_constraints_report (DioResolved *resolved, const gboolean *unmet);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioBuild, dio_build_free)

G_END_DECLS
