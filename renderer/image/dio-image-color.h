#pragma once
/* Thread: any. Transfer between linear light and sRGB (IEC 61966-2-1), and named tone curves. */

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/** The curve between exposed linear light (1 = white) and display-linear [0, 1]. Applied per sample before
 * samples are averaged. */
typedef enum {
  DIO_TONE_LINEAR, /**< clip at 1 */
  DIO_TONE_FILMIC, /**< Hable's filmic curve, below; identical in the shader */
  DIO_TONE_ACES,   /**< Narkowicz's fit to the ACES reference rendering of each colour */
  DIO_TONE_AGX,    /**< Sobotka's AgX in Wrensch's form: bright colours fade to white as on film */
} DioToneCurve;

/* The filmic curve, John Hable's operator: with
 *   f(x) = (x * (A * x + C * B) + D * E) / (x * (A * x + B) + D * F) - E / F
 * the result is f(GAIN * exposed) / f(W), 0 for exposed <= 0 and 1 from exposed = W / GAIN on. */
#define DIO_FILMIC_A 0.22
#define DIO_FILMIC_B 0.30
#define DIO_FILMIC_C 0.10
#define DIO_FILMIC_D 0.20
#define DIO_FILMIC_E 0.01
#define DIO_FILMIC_F 0.30
#define DIO_FILMIC_W 11.2
#define DIO_FILMIC_GAIN 2.0

double dio_srgb_from_linear (double linear);
double dio_linear_from_srgb (double srgb);
/** round(255 * srgb), clamped. */
uint8_t dio_srgb8_from_linear (double linear);
/** Of a grey; colours are mixed by DIO_TONE_AGX alone. */
double dio_tone_apply (DioToneCurve curve, double exposed);
void dio_tone_apply_rgb (DioToneCurve curve, const double exposed[static 3], double out[static 3]);
/** The steps of DIO_TONE_AGX, for tables: out = clamp (outset * log-curve (inset * exposed))^DIO_AGX_POWER. Matrices by
 * row. */
#define DIO_AGX_POWER 2.2
extern const double dio_agx_inset[9], dio_agx_outset[9];
double dio_agx_curve (double inset);
const char *dio_tone_curve_to_name (DioToneCurve curve);
gboolean dio_tone_curve_from_name (const char *name, DioToneCurve *out);
/** Linear RGB scale (max component 1) of a black body at @kelvin in 1000 .. 40000. */
void dio_color_from_temperature (double kelvin, double rgb_out[static 3]);
/** HSV (each 0..1) to RGB of the same encoding. */
void dio_color_from_hsv (double h, double s, double v, double rgb_out[static 3]);

G_END_DECLS
