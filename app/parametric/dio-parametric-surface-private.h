#pragma once
/* Thread: any. A surface = colour, relief, roughness, metal and coverage, made row by row from one function,
 * and the textures that materials read it from. */

#include "dio-frame-material.h"
#include "dio-parametric-texture-private.h"

G_BEGIN_DECLS

/** What a surface writes for a row of [size_px] texels. Height starts at 0, roughness at 0.8, metal at 0,
 * alpha at 1; colour must be written. */
typedef struct {
  float (*rgb)[3];  /**< sRGB 0 .. 1 */
  float *height_m;  /**< out of the surface, metres */
  float *roughness; /**< 0 .. 1 */
  float *metallic;  /**< 0 .. 1 */
  float *alpha;     /**< 0 .. 1 */
} DioSurfaceRow;

/** Repeats in u and v after 1. @user is what the surface carries. Integer hashes, + - * / and square roots
 * only, so that an alpha mask has the same bits everywhere. */
typedef void (*DioSurfaceFunc) (DioTextureRow *row, const DioSurfaceRow *out, gconstpointer user);

typedef struct DioSurface DioSurface;

struct DioSurface {
  const char *key;           /**< says all that the pictures depend on, @user too */
  guint width_px, height_px; /**< 1 .. 2048 */
  double
      tile_m; /**< metres that the picture covers; 0 = it is stretched over 0 .. 1 of the mesh's UVs */
  double relief_m; /**< metres that 0 .. 1 of the UVs cover where tile_m is 0; 0 = flat */
  guint64 seed;
  DioSurfaceFunc shade;
  gconstpointer user;
  /** NULL, or makes what `shade` gets in place of @user, once for each picture */
  gpointer (*prepare) (const DioSurface *surface);
  GDestroyNotify discard; /**< frees what prepare made */
};

/** References of the caller's own. */
typedef struct {
  DioTexture *color; /**< alpha = coverage */
  DioTexture *normal;
  DioTexture *metallic_roughness;
} DioSurfaceMaps;

/** The pictures themselves, RGBA u8; for tests and for those who want a picture. */
typedef struct {
  DioImage *color, *normal, *metallic_roughness;
} DioSurfaceImages;

void dio_surface_render (const DioSurface *surface, DioSurfaceImages *out);
void dio_surface_images_clear (DioSurfaceImages *images);

/** The textures of @surface, made now or kept from an earlier call anywhere in the process. The cache holds
 * at most DIO_SURFACE_CACHE_BYTES and drops what was used longest ago; what a model holds stays. */
void dio_surface_get_maps (const DioSurface *surface, DioSurfaceMaps *out);
void dio_surface_maps_clear (DioSurfaceMaps *maps);

#define DIO_SURFACE_CACHE_BYTES (256u << 20)

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DioSurfaceImages, dio_surface_images_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DioSurfaceMaps, dio_surface_maps_clear)

G_END_DECLS
