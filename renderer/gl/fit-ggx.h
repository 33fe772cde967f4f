#pragma once
/* Thread: any. The lobe of GGX as fit-ltc.c and fit-lobe.c see it, in the frame of the surface: its normal +Z, the viewer in the
 * plane y = 0. Only for programs that run while Diorama is built. */

#include <math.h>

#define FIT_PI 3.14159265358979

typedef struct {
  double x, y, z;
} Vec;

static inline double
dot (Vec a, Vec b)
{
  return a.x * b.x + a.y * b.y + a.z * b.z;
}

static inline Vec
normalize (Vec a)
{
  double s = 1 / sqrt (dot (a, a));
  return (Vec){ a.x * s, a.y * s, a.z * s };
}

static inline double
ggx_distribution (double n_dot_h, double alpha)
{
  double a2 = alpha * alpha, f = 1 + n_dot_h * n_dot_h * (a2 - 1);
  return a2 / (FIT_PI * f * f);
}

/** BRDF without Fresnel times cosine in direction @l of light; @density is that of ggx_sample, its half vector upwards. */
static inline double
ggx_evaluate (Vec view, double alpha, Vec l, double *density)
{
  Vec h = normalize ((Vec){ view.x + l.x, view.y + l.y, view.z + l.z });
  double a2 = alpha * alpha, nv = view.z, nl = l.z;
  double d = ggx_distribution (h.z, alpha);
  *density = d * fabs (h.z) / (4 * fmax (fabs (dot (view, h)), 1e-9));
  if (nl <= 0 || h.z <= 0)
    return 0;
  return d * nl * 0.5 / (nl * sqrt (nv * nv * (1 - a2) + a2) + nv * sqrt (nl * nl * (1 - a2) + a2));
}

/** A direction of light for @u and @v in 0..1; it may lie below the surface. */
static inline Vec
ggx_sample (Vec view, double alpha, double u, double v)
{
  double a2 = alpha * alpha, phi = 2 * FIT_PI * v;
  double cosine = sqrt ((1 - u) / (1 + (a2 - 1) * u)), sine = sqrt (fmax (1 - cosine * cosine, 0));
  Vec h = { sine * cos (phi), sine * sin (phi), cosine };
  double twice = 2 * dot (view, h);
  return (Vec){ twice * h.x - view.x, twice * h.y - view.y, twice * h.z - view.z };
}
