#pragma once
/* Thread: any. Enums and value structs of the scenario document; the JSON names stand beside each. */

#include "dio-core-types.h"
#include "dio-frame-effects.h"
#include "dio-frame-types.h"
#include "dio-image-color.h"

#include <glib.h>

G_BEGIN_DECLS

typedef struct DioScenario DioScenario;

typedef enum {
  DIO_NODE_GROUP,  /**< "group" */
  DIO_NODE_MODEL,  /**< "model" */
  DIO_NODE_LIGHT,  /**< "light" */
  DIO_NODE_SENSOR, /**< "sensor" */
} DioNodeKind;

typedef enum {
  DIO_ASSET_MODEL,       /**< "model" */
  DIO_ASSET_TEXTURE,     /**< "texture" */
  DIO_ASSET_ENVIRONMENT, /**< "environment" */
} DioAssetKind;

/** How an asset's triangles become face groups. */
typedef enum {
  DIO_GROUP_BY_MATERIALS, /**< "materials" (default) */
  DIO_GROUP_BY_NODES,     /**< "nodes" */
  DIO_GROUP_BY_PIECES,    /**< "pieces": connected pieces of the mesh */
  DIO_GROUP_BY_WHOLE,     /**< "whole": one group */
} DioGroupBy;

typedef enum {
  DIO_UP_AUTO, /**< "auto": what the format says, Y for glTF and OBJ, Z for STL and PLY */
  DIO_UP_Y,    /**< "y" */
  DIO_UP_Z,    /**< "z" */
} DioUpAxis;

/** One entry of "assets": a file beside the scenario. Strings owned. */
typedef struct {
  char *id;
  DioAssetKind kind;
  char *path;   /**< relative to the scenario's folder, '/' between parts */
  char *sha256; /**< content hash over all files read, or "" when not imported yet */
  /** metres per unit of the file; 0 = what the format says (glTF 1, OBJ/STL/PLY 1) */
  double scale_to_m;
  DioUpAxis up;
  DioVec3 front; /**< model frame (Z up), unit; default (0,-1,0) */
  DioGroupBy group_by;
  gboolean recenter;        /**< put the middle of the bottom of the bounds at the origin */
  GHashTable *group_labels; /**< group name -> DioGroupLabel (GINT_TO_POINTER), may be empty */
  char *author, *licence;   /**< for dataset cards, may be "" */
  GStrv tags;               /**< what randomizers may choose it by, sorted; never NULL */
  gatomicrefcount refs;     /**< scenarios that share it */
} DioAsset;

/** Overrides of one material slot of a model node. Absent values (bit clear in @set) come from the model. */
typedef struct {
  char *slot;           /**< material name in the model, or "*" for all */
  guint set;            /**< bits 1 << DioMaterialProperty */
  double base_color[4]; /**< linear RGBA */
  double metallic, roughness, normal_scale, occlusion_strength, alpha_cutoff;
  double emissive_nits[3];
  DioAlphaMode alpha_mode;
  gboolean double_sided;
  DioLabelSurface label_surface;
  char *base_color_texture, *metallic_roughness_texture, *normal_texture, *occlusion_texture,
      *emissive_texture;
  /**< asset id, "procedural:NAME" (parametric/), or "" for none; NULL = not set */
  double uv_scale[2];
} DioMaterialOverride;

typedef enum {
  DIO_MATERIAL_BASE_COLOR,
  DIO_MATERIAL_METALLIC,
  DIO_MATERIAL_ROUGHNESS,
  DIO_MATERIAL_NORMAL_SCALE,
  DIO_MATERIAL_OCCLUSION_STRENGTH,
  DIO_MATERIAL_EMISSIVE,
  DIO_MATERIAL_ALPHA_MODE,
  DIO_MATERIAL_ALPHA_CUTOFF,
  DIO_MATERIAL_DOUBLE_SIDED,
  DIO_MATERIAL_LABEL_SURFACE,
  DIO_MATERIAL_BASE_COLOR_TEXTURE,
  DIO_MATERIAL_METALLIC_ROUGHNESS_TEXTURE,
  DIO_MATERIAL_NORMAL_TEXTURE,
  DIO_MATERIAL_OCCLUSION_TEXTURE,
  DIO_MATERIAL_EMISSIVE_TEXTURE,
  DIO_MATERIAL_UV_SCALE,
} DioMaterialProperty;

/** "model": what a model node shows. Exactly one of asset and parametric is set. */
typedef struct {
  char *asset;                /**< asset id, or NULL */
  char *parametric;           /**< kind of app/parametric ("mug"), or NULL */
  GHashTable *parameters;     /**< parameter name -> double* (owned), only those given */
  GHashTable *group_labels;   /**< group name -> DioGroupLabel: overrides of the asset's */
  GPtrArray *materials;       /**< of DioMaterialOverride*, applied in order */
  double glows_below_sun_rad; /**< its emission shows only while the sky's sun stands lower */
} DioModelProps;

/** "light". Colour is linear RGB. */
typedef struct {
  DioLightKind kind; /**< "sun", "point", "spot", "rect", "environment", "sky" */
  double color[3];
  double temperature_k; /**< 0 = use color; else black body times color */
  /** sun lux, point/spot candela, rect nits, environment strength (nits per stored unit), sky
   * factor */
  double intensity;
  double angular_diameter_rad;           /**< sun */
  double inner_cone_rad, outer_cone_rad; /**< spot half angles */
  double width_m, height_m;              /**< rect */
  gboolean casts_shadow;
  char *environment; /**< environment: asset id or "procedural:NAME" ("" = uniform color) */
  gboolean background_visible;                                         /**< environment, sky */
  double sun_elevation_rad, sun_azimuth_rad, turbidity, ground_albedo; /**< sky; adds its own sun */
  double visibility_m, fog_height_m; /**< environment, sky: fog before it; visibility 0 = clear */
  double on_below_sun_rad;           /**< lamps: burns only while the sky's sun stands lower */
} DioLightProps;

/** "sensor": a pinhole camera. The node's pose is world_from_camera (scale ignored). The keys of the picture's
 * size are "width" and "height"; of K and lens the document holds the one that is in force. */
typedef struct {
  guint width_px, height_px;
  gboolean has_k; /**< TRUE: fx, fy, cx, cy given; FALSE: focal_length and sensor width */
  double fx, fy, cx, cy;
  double focal_length_mm, sensor_width_mm; /**< square pixels, principal point in the middle */
  double near_m, far_m;
  double exposure_ev100;
  gboolean auto_exposure;          /**< metered in place of exposure_ev100 */
  double exposure_compensation_ev; /**< stops brighter than exposure_ev100 says */
  DioToneCurve tone;               /**< "linear", "filmic", "aces", "agx" */
  double max_depth_m;              /**< range of the depth file: depth unit = max_depth_m / 65534 */
  DioPictureEffects effects;
  /** The picture behind everything: texture asset id or "procedural:NAME", "" = what surrounds the scene. */
  char *background;
  DioBackdropFit background_fit; /**< "crop", "fit" */
  double
      background_bars[3]; /**< fit: linear RGB of what the picture leaves free, as it comes out */
  double
      background_nits; /**< of the picture's white, exposed as all else; 0 = it comes out as it is stored */
} DioSensorProps;

/** One node. Strings owned. @parent NULL = root. Order in the file is scene order. */
typedef struct {
  gatomicrefcount refs;
  char *id, *name, *parent;
  DioNodeKind kind;
  DioTrs parent_from_node;
  gboolean visible;
  gboolean own_instance; /**< starts a new instance below an asset's root */
  char *category;        /**< category id or NULL */
  int layer;
  gboolean crowd; /**< group flag of labels.md 9 */
  union {
    DioModelProps model;
    DioLightProps light;
    DioSensorProps sensor;
  };
} DioNode;

typedef enum {
  DIO_CONE_OUTSIDE_KEEP,   /**< "keep" */
  DIO_CONE_OUTSIDE_IGNORE, /**< "ignore" */
  DIO_CONE_OUTSIDE_OTHER,  /**< "category": becomes front_cone_category */
} DioConeOutside;

typedef struct {
  char *id, *name, *supercategory;
  guint8 color[3];       /**< sRGB for drawings */
  gboolean thing;        /**< "kind": "thing" or "stuff" */
  double front_cone_rad; /**< half angle between view direction and front; 0 = none */
  DioConeOutside cone_outside;
  char *front_cone_category; /**< or NULL */
  gatomicrefcount refs;      /**< scenarios that share it */
} DioCategory;

/** Which frames belong together: frame k is step k % steps of sequence k / steps. */
typedef struct {
  guint steps;    /**< 1 = every frame is a single picture */
  double rate_hz; /**< steps a second; 0 = the steps are views of one scene that stands still */
} DioSequence;

/** Label policy: which annotations an export keeps, ignores or drops. A threshold that is NaN is the preset's
 * own, whose numbers annotate/ holds; the document stores only what differs from the preset. */
typedef struct {
  char *preset; /**< "detector" (default), "everything", "kitti", "bop", "hard-occlusion" */
  double drop_visible_px, drop_visibility;
  double keep_visible_px, keep_short_side_px, keep_visibility, keep_visib_fract, keep_height_px;
  double max_blur_share; /**< of the short side */
} DioPolicy;

typedef enum {
  DIO_DISTRIBUTION_CONSTANT,    /**< "constant": value */
  DIO_DISTRIBUTION_UNIFORM,     /**< "uniform": min, max */
  DIO_DISTRIBUTION_LOG_UNIFORM, /**< "log-uniform": min, max > 0 */
  DIO_DISTRIBUTION_NORMAL,      /**< "normal": mean, stddev, optional min, max (truncated) */
  DIO_DISTRIBUTION_CHOICE,      /**< "choice": values (numbers or strings), optional weights */
  DIO_DISTRIBUTION_INTEGER,     /**< "integer": min, max inclusive */
  DIO_DISTRIBUTION_BOOLEAN,     /**< "boolean": probability */
} DioDistributionKind;

typedef struct {
  DioDistributionKind kind;
  double value, min, max, mean, stddev, probability;
  guint n_choices;
  double *numbers; /**< choice of numbers, or NULL */
  char **strings;  /**< choice of strings (NULL-terminated), or NULL */
  double *weights; /**< n_choices, > 0 in sum; NULL = equal */
} DioDistribution;

/** One randomizer: generic storage, typed by the descriptor table of dio-scene-randomizer.h. */
typedef struct {
  gatomicrefcount refs; /**< scenarios that share it; the scenario counts, see dio_randomizer_ref */
  char *id, *name, *type;
  gboolean enabled;
  GStrv targets;     /**< node ids */
  GPtrArray *params; /**< of DioRandomizerParam*, only those given */
} DioRandomizer;

typedef enum {
  DIO_PARAM_DISTRIBUTION, /**< an object with "kind" */
  DIO_PARAM_NUMBER,       /**< or a bare number where a distribution is wanted: a constant */
  DIO_PARAM_INTEGER,
  DIO_PARAM_BOOLEAN,
  DIO_PARAM_VEC3, /**< [x, y, z] */
  DIO_PARAM_STRING,
  DIO_PARAM_STRINGS, /**< ["a", "b"] */
  DIO_PARAM_ROWS,    /**< [1, 2, 2] or ["a", "b", "b"]: values one after the other */
  DIO_PARAM_NUMBERS, /**< [1, 2] */
  DIO_PARAM_KEYS, /**< [{"time_s": 0, "position": [x, y, z], "rotation": [w, x, y, z]}], all with rotation or none */
  DIO_PARAM_RANGES, /**< [{"min": 0.3, "max": 0.9, "weight": 2}], weight 1 where not given */
} DioParamType;

/** One of several ranges of which a draw chooses one by weight. */
typedef struct {
  double min, max, weight;
} DioWeightedRange;

/** Where something is at a time. */
typedef struct {
  double time_s;
  DioVec3 position_m;
  gboolean turned; /**< q_wxyz counts */
  DioQuat q_wxyz;
} DioPathKey;

typedef struct {
  char *name;
  DioParamType type;
  DioDistribution *distribution;
  double number; /**< number, integer, boolean */
  DioVec3 vec3;
  char *string;
  GStrv strings;   /**< strings, or rows of strings */
  double *numbers; /**< rows of numbers */
  guint n_rows;    /**< how many of either */
  GArray *list;    /**< numbers: of double */
  GArray *ranges;  /**< of DioWeightedRange */
  GArray *keys;    /**< of DioPathKey, by time */
} DioRandomizerParam;

/** Which channels a job writes. Default: rgb, depth and leaf, from which instance and semantic follow. */
typedef struct {
  gboolean rgb, depth, normal, instance, semantic, leaf;
} DioOutputs;

G_END_DECLS
