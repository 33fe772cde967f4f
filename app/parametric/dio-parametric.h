#pragma once
/* Thread: any. Diorama's own models and textures, made from parameters. Pure functions of their input. */

#include "dio-frame-model.h"
#include "dio-image.h"

G_BEGIN_DECLS

/** A model has at most so many parameters. */
#define DIO_PARAMETRIC_MAX_PARAMS 16

typedef struct {
  const char *name;  /**< "height_m" */
  const char *label; /**< N_() */
  const char *unit;  /**< "m", "rad", "" */
  double min, max, default_value;
  gboolean whole;             /**< a count or a seed: rounded to the nearest whole number */
  const char *const *choices; /**< N_(), NULL-terminated: what 0, 1, ... mean; NULL = a number */
} DioParametricParam;

/** Where a model belongs. */
typedef enum {
  DIO_PARAMETRIC_BASIC,
  DIO_PARAMETRIC_TABLETOP,
  DIO_PARAMETRIC_STREET,
  DIO_PARAMETRIC_BUILDING,
  DIO_PARAMETRIC_VEHICLE,
  DIO_PARAMETRIC_NATURE,
  DIO_PARAMETRIC_N_FAMILIES,
} DioParametricFamily;

typedef struct {
  const char *kind;  /**< "mug" */
  const char *label; /**< N_() */
  DioParametricFamily family;
  const DioParametricParam *params; /**< ends with a NULL name */
  gboolean open;                    /**< has surfaces without an inside, such as leaves */
} DioParametricInfo;

const DioParametricInfo *dio_parametric_get_table (guint *n);
const DioParametricInfo *dio_parametric_find (const char *kind);
const DioParametricParam *dio_parametric_find_param (const DioParametricInfo *info,
                                                     const char *name);

/** N_(); static. */
const char *dio_parametric_get_family_label (DioParametricFamily family);
/** What a builder makes of @value: inside the range, whole where the parameter is, the default for NaN and
 * infinity. Values with equal results give the same model. */
double dio_parametric_limit (const DioParametricParam *param, double value);

/** Builds a model: stands on z = 0, centred on the Z axis, front to -Y. @values has one number per param in
 * table order (limited as above); NULL = all defaults. Closed where the real thing is closed, normals smooth
 * where it is smooth, UVs in metres / texture metre where sensible, bevelled edges, materials with names.
 * Textures are shared between models and kept in a cache of the process. */
DioModel *dio_parametric_build (const DioParametricInfo *info,
                                const double *values) G_GNUC_WARN_UNUSED_RESULT;
/** The same shape without its textures, whose making takes long: for measuring. Any key but the shape's is
 * another one. */
DioModel *dio_parametric_build_bare (const DioParametricInfo *info,
                                     const double *values) G_GNUC_WARN_UNUSED_RESULT;

/** What people call a procedural texture or environment, N_(); NULL for unknown names. Static. */
const char *dio_parametric_get_texture_label (const char *name);
const char *dio_parametric_get_environment_label (const char *name);
/** Names of procedural textures ("wood", "cardboard", ...), NULL-terminated. */
const char *const *dio_parametric_list_textures (void);
/** Whether there is a texture @name: one of these, or of those that have a relief "NAME-normal" (linear, +Y up) and
 * "NAME-roughness" (linear, roughness in green, metallic in blue). */
gboolean dio_parametric_has_texture (const char *name);
/** RGBA u8 sRGB, tileable, @size_px square (<= 2048), deterministic in @seed; NULL for an unknown name. */
DioImage *dio_parametric_render_texture (const char *name,
                                         guint size_px,
                                         guint64 seed) G_GNUC_WARN_UNUSED_RESULT;
/** Names of procedural environments ("studio", "window", "overcast", ...), NULL-terminated; f32 equirectangular, in
 * relative units where 1 = the brightest diffuse wall; multiply by strength (nits). */
const char *const *dio_parametric_list_environments (void);
DioImage *dio_parametric_render_environment (const char *name,
                                             guint height_px) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
