#pragma once
/* Thread: any. Elementary functions that give the same bits on every x86-64: built from + - * / and
 * sqrt only, because glibc's libm picks code by processor. Everything on the path of `resolve` and of
 * stored labels uses these. Accuracy: within 4 ulp for |x| <= 1e6 (trigonometry, radians). */

#include <glib.h>

G_BEGIN_DECLS

#define DIO_PI 3.14159265358979323846

double dio_sin (double angle_rad);
double dio_cos (double angle_rad);
double dio_tan (double angle_rad);
double dio_asin (double x);
double dio_acos (double x);
/** Angle of (x, y) in (-pi, pi]; 0 for (0, 0). */
double dio_atan2 (double y, double x);
double dio_exp (double x);
/** Natural logarithm; -inf for 0, NaN for negative x. */
double dio_log (double x);
/** x^y for x >= 0. */
double dio_pow (double x, double y);
double dio_cbrt (double x);
/** Inverse of the standard normal's cumulative distribution for p in (0, 1): Acklam's rational
 * approximation with one Halley step; relative error below 1e-14. */
double dio_normal_quantile (double p);

G_END_DECLS
