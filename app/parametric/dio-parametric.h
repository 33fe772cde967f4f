#pragma once
/* Thread: any. Diorama's own models and textures, made from parameters. Pure functions of their input. */

#include "dio-frame-model.h"
#include "dio-image.h"

G_BEGIN_DECLS

typedef struct {
  const char *name;  /**< "height_m" */
  const char *label; /**< N_() */
  const char *unit;  /**< "m", "" */
  double min, max, default_value;
} DioParametricParam;

typedef struct {
  const char *kind;                 /**< "mug" */
  const char *label;                /**< N_() */
  const DioParametricParam *params; /**< ends with a NULL name */
} DioParametricInfo;

const DioParametricInfo *dio_parametric_get_table (guint *n);
const DioParametricInfo *dio_parametric_find (const char *kind);
const DioParametricParam *dio_parametric_find_param (const DioParametricInfo *info,
                                                     const char *name);

/** Builds a model: stands on z = 0, centred on the Z axis, front to -Y. @values has one number per param in
 * table order, inside its range (clamped otherwise). Closed where the real thing is closed, normals smooth
 * where it is smooth, UVs in metres / texture metre where sensible, bevelled edges, materials with names. */
DioModel *dio_parametric_build (const DioParametricInfo *info,
                                const double *values) G_GNUC_WARN_UNUSED_RESULT;

/** What people call a procedural texture or environment, N_(); NULL for unknown names. Static. */
const char *dio_parametric_get_texture_label (const char *name);
const char *dio_parametric_get_environment_label (const char *name);
/** Names of procedural textures ("wood", "cardboard", ...), NULL-terminated. */
const char *const *dio_parametric_list_textures (void);
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
