#pragma once
/* Thread: any. What a camera does to light before it is a picture. All of it acts on colour alone. */

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/** How much colour a JPEG keeps. */
typedef enum {
  DIO_CHROMA_420, /**< one colour for 2 x 2 pixels, as cameras write */
  DIO_CHROMA_444, /**< one a pixel */
} DioChroma;

/** A zeroed struct does nothing. renderer/sensor applies them in the order of the members. */
typedef struct {
  /** Standard deviation of a Gaussian: softness of the lens. */
  double softness_px;
  /** Diameter of the disc that a point becomes. */
  double defocus_px;
  /** Length of the line that a point becomes, and its direction from +u towards +v (down). */
  double motion_px, motion_angle_rad;
  /** Light lost in the corner farthest from the principal point, in stops; falls off as cos^4. */
  double vignette_ev;
  /** Photoelectrons of one pixel and colour at exposed white; 0 = no noise at all. */
  double electrons_at_white;
  /** Electrons, standard deviation: of a pixel and colour, and of a row. */
  double read_noise_e, row_noise_e;
  /** Temperature of the black body whose light becomes neutral; 0 = the light of sRGB's white, D65. */
  double white_balance_k;
  /** In 1/3000 of Duv, as raw converters count it: positive is more magenta. */
  double tint;
  /** 1 .. 100: the picture is written as JPEG; 0 = without loss. */
  int jpeg_quality;
  DioChroma jpeg_chroma;
} DioPictureEffects;

/** Whether anything but JPEG is to do. */
gboolean dio_picture_effects_touch_light (const DioPictureEffects *effects);
/** The same picture in sx times sy as many pixels: lengths follow, and so do the electrons of a pixel. */
void dio_picture_effects_scale (DioPictureEffects *effects, double sx, double sy);
/** Diameter in pixels of the disc that is as wide (second moment) as softness and defocus together. */
double dio_picture_effects_get_defocus_px (const DioPictureEffects *effects);

G_END_DECLS
