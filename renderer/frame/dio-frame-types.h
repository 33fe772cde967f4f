#pragma once
/* Thread: any. Forward declarations and enums of renderer/frame. */

#include <stdint.h>

typedef struct DioMesh DioMesh;
typedef struct DioTexture DioTexture;
typedef struct DioMaterial DioMaterial;
typedef struct DioModel DioModel;
typedef struct DioFrame DioFrame;

typedef enum {
  DIO_ALPHA_OPAQUE, /**< alpha is ignored */
  DIO_ALPHA_MASK,   /**< covered where alpha >= cutoff */
  DIO_ALPHA_BLEND,
} DioAlphaMode;

typedef enum {
  DIO_WRAP_REPEAT,
  DIO_WRAP_MIRROR,
  DIO_WRAP_CLAMP,
} DioWrap;

typedef enum {
  DIO_FILTER_LINEAR,
  DIO_FILTER_NEAREST,
} DioFilter;

/** labels.md 6: what a blended or transmissive surface means for labels. */
typedef enum {
  DIO_LABEL_SURFACE_AUTO, /**< surface if its instance is a labelled thing or opacity >= 0.5, else through */
  DIO_LABEL_SURFACE_SURFACE, /**< owns its pixels */
  DIO_LABEL_SURFACE_THROUGH, /**< never owns a pixel; a veil */
} DioLabelSurface;

typedef enum {
  DIO_LIGHT_SUN,         /**< directional, lux at normal incidence, with an angular diameter */
  DIO_LIGHT_POINT,       /**< candela */
  DIO_LIGHT_SPOT,        /**< candela on the axis, smooth between inner and outer cone */
  DIO_LIGHT_RECT,        /**< one-sided rectangle, nits, emits along its -Z */
  DIO_LIGHT_ENVIRONMENT, /**< equirectangular picture scaled to nits */
  DIO_LIGHT_SKY,         /**< physical sky with its sun */
} DioLightKind;

/** How a picture behind everything fills a frame of another shape. */
typedef enum {
  DIO_BACKDROP_CROP, /**< fills it; what is too long is cut off on both sides */
  DIO_BACKDROP_FIT,  /**< shows whole; what is left free are bars */
} DioBackdropFit;

typedef enum {
  DIO_GROUP_LABEL_OWN,     /**< the group starts an instance of its own */
  DIO_GROUP_LABEL_INCLUDE, /**< part of the object's masks, boxes and visibility */
  DIO_GROUP_LABEL_EXCLUDE, /**< drawn and occluding, but no part of the object's labels */
} DioGroupLabel;
