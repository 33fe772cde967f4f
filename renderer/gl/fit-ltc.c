/* Runs while Diorama is built and prints dio-gl-ltc-table.h: for each angle of view and roughness the linear transform of
 * a clamped cosine that comes nearest to GGX (Heitz, Dupuy, Hill, Neubelt 2016, "Real-time polygonal-light shading with
 * linearly transformed cosines"). Angles by sqrt (1 - n.v), roughness linear; the viewer lies towards +X.
 *
 * A transform is M = [X Y Z] * [[m11 0 m13] [0 m22 0] [0 0 1]] with Z the lobe's mean direction; m11, m22, m13 make the
 * cubed error least (Nelder and Mead 1965), which counts more where the mean direction is off or light is taken from below
 * the horizon. Printed is the inverse with its middle element 1: elements 00, 02, 20, 22. */

#define G_LOG_DOMAIN "dio-gl"

#include "fit-ggx.h"

#include <stdio.h>
#include <string.h>

#define SIZE 24
#define SAMPLES 24
#define MOMENT_WEIGHT 1000
/* Of mirrors: what a transform still holds. */
#define LEAST_ALPHA 5e-4

/* The lobe to fit and the frame of the fit. */
typedef struct {
  Vec view;
  double alpha;
  double norm; /* its integral */
  Vec mean;    /* not unit */
  Vec x, z;    /* of the frame; y is +Y */
} Lobe;

/* A transform and its inverse, rows. */
typedef struct {
  double m[3][3], inverse[3][3], determinant;
} Transform;

static Vec
apply (double m[3][3], Vec v)
{
  return (Vec){ m[0][0] * v.x + m[0][1] * v.y + m[0][2] * v.z,
                m[1][0] * v.x + m[1][1] * v.y + m[1][2] * v.z,
                m[2][0] * v.x + m[2][1] * v.y + m[2][2] * v.z };
}

/* A Transform from the three numbers of a fit. */
static Transform
make_transform (const Lobe *lobe, const double p[3])
{
  Transform t;
  const double rows[3][3] = { { p[0], 0, p[2] }, { 0, p[1], 0 }, { 0, 0, 1 } };
  const double inverse[3][3] = { { 1 / p[0], 0, -p[2] / p[0] }, { 0, 1 / p[1], 0 }, { 0, 0, 1 } };
  const double frame[3][3] = { { lobe->x.x, 0, lobe->z.x },
                               { 0, 1, 0 },
                               { lobe->x.z, 0, lobe->z.z } };
  memset (&t, 0, sizeof t);
  for (int i = 0; i < 3; i++)
    for (int k = 0; k < 3; k++)
      for (int j = 0; j < 3; j++) {
        t.m[i][k] += frame[i][j] * rows[j][k];
        t.inverse[i][k] += inverse[i][j] * frame[k][j];
      }
  t.determinant = p[0] * p[1];
  return t;
}

/* Density of the transformed cosine; it integrates to 1. */
static double
evaluate_cosine (Transform *t, Vec l)
{
  Vec original = normalize (apply (t->inverse, l));
  if (original.z <= 0)
    return 0;
  Vec back = apply (t->m, original);
  double length = sqrt (dot (back, back));
  return original.z / FIT_PI * length * length * length / t->determinant;
}

static double
get_error (const Lobe *lobe, Transform *t, Vec l)
{
  double density;
  double truth = ggx_evaluate (lobe->view, lobe->alpha, l, &density) / lobe->norm,
         fitted = evaluate_cosine (t, l);
  double difference = fabs (truth - fitted);
  double sum = fitted + density;
  return sum > 0 ? difference * difference * difference / sum : 0;
}

/* By samples of both distributions (Veach and Guibas 1995). */
static double
measure (const Lobe *lobe, const double p[3])
{
  if (p[0] < 1e-5 || p[1] < 1e-5)
    return 1e30;
  Transform t = make_transform (lobe, p);
  double sum = 0, x = 0, z = 0, below = 0;
  const double n = SAMPLES * SAMPLES;
  for (int j = 0; j < SAMPLES; j++)
    for (int i = 0; i < SAMPLES; i++) {
      double u = (i + 0.5) / SAMPLES, v = (j + 0.5) / SAMPLES;
      sum += get_error (lobe, &t, ggx_sample (lobe->view, lobe->alpha, u, v));
      double sine = sqrt (u), phi = 2 * FIT_PI * v;
      Vec cosine = { sine * cos (phi), sine * sin (phi), sqrt (1 - u) };
      Vec l = normalize (apply (t.m, cosine));
      sum += get_error (lobe, &t, l);
      x += l.x / n;
      z += l.z / n;
      below += l.z < 0 ? 1 / n : 0;
    }
  double off = pow (x - lobe->mean.x, 2) + pow (z - lobe->mean.z, 2) + pow (below, 2);
  return sum / n * (1 + MOMENT_WEIGHT * off);
}

/* A point of the simplex. */
typedef struct {
  double p[3], error;
} Point;

static Point
move (const Lobe *lobe, const double middle[3], const Point *from, double by, int isotropic)
{
  Point point;
  for (int k = 0; k < 3; k++)
    point.p[k] = middle[k] + by * (middle[k] - from->p[k]);
  if (isotropic) {
    point.p[1] = point.p[0];
    point.p[2] = 0;
  }
  point.error = measure (lobe, point.p);
  return point;
}

static void
sort (Point *points, int n)
{
  for (int i = 1; i < n; i++)
    for (int k = i; k > 0 && points[k].error < points[k - 1].error; k--) {
      Point other = points[k];
      points[k] = points[k - 1];
      points[k - 1] = other;
    }
}

/* Replaces the worst of the @n points, or draws all towards the best. */
static void
improve (const Lobe *lobe, Point *points, int n, int isotropic)
{
  double middle[3] = { 0 };
  Point *worst = &points[n - 1];
  for (int i = 0; i < n - 1; i++)
    for (int k = 0; k < 3; k++)
      middle[k] += points[i].p[k] / (n - 1);
  Point reflected = move (lobe, middle, worst, 1, isotropic);
  if (reflected.error < points[0].error) {
    Point further = move (lobe, middle, worst, 2, isotropic);
    *worst = further.error < reflected.error ? further : reflected;
  } else if (reflected.error < points[n - 2].error) {
    *worst = reflected;
  } else {
    Point inside = move (lobe, middle, worst, -0.5, isotropic);
    if (inside.error < worst->error) {
      *worst = inside;
      return;
    }
    for (int i = 1; i < n; i++)
      points[i] = move (lobe, points[0].p, &points[i], -0.5, isotropic);
  }
}

static void
fit (const Lobe *lobe, double p[3], int isotropic)
{
  Point points[4];
  int n = isotropic ? 2 : 4;
  for (int i = 0; i < n; i++) {
    memcpy (points[i].p, p, sizeof points[i].p);
    if (i > 0)
      points[i].p[i - 1] += i < 3 ? 0.1 * p[i - 1] : 0.05 * p[0];
    if (isotropic)
      points[i].p[1] = points[i].p[0];
    points[i].error = measure (lobe, points[i].p);
  }
  for (int round = 0; round < 80; round++) {
    sort (points, n);
    if (points[n - 1].error - points[0].error < 1e-5 * points[0].error)
      break;
    improve (lobe, points, n, isotropic);
  }
  sort (points, n);
  memcpy (p, points[0].p, sizeof points[0].p);
}

/* The lobe with its integral and mean direction. */
static Lobe
make_lobe (double roughness, double n_dot_v)
{
  Lobe lobe = { .view = { sqrt (1 - n_dot_v * n_dot_v), 0, n_dot_v },
                .alpha = fmax (roughness * roughness, LEAST_ALPHA) };
  const int n = 64;
  Vec mean = { 0, 0, 0 };
  for (int j = 0; j < n; j++)
    for (int i = 0; i < n; i++) {
      double density;
      Vec l = ggx_sample (lobe.view, lobe.alpha, (i + 0.5) / n, (j + 0.5) / n);
      double weight =
          ggx_evaluate (lobe.view, lobe.alpha, l, &density) / fmax (density, 1e-12) / (n * n);
      lobe.norm += weight;
      mean.x += weight * l.x;
      mean.z += weight * l.z;
    }
  lobe.mean = (Vec){ mean.x / lobe.norm, 0, mean.z / lobe.norm };
  lobe.z = normalize (mean);
  lobe.x = (Vec){ lobe.z.z, 0, -lobe.z.x };
  return lobe;
}

int
main (void)
{
  static double fitted[SIZE][SIZE][3];
  static double table[SIZE][SIZE][4];
  for (int a = SIZE - 1; a >= 0; a--)
    for (int t = 0; t < SIZE; t++) {
      double root = (double) t / (SIZE - 1), n_dot_v = fmax (1 - root * root, 1e-3);
      Lobe lobe = make_lobe (a / (SIZE - 1.0), n_dot_v);
      double *p = fitted[a][t];
      const double first[3] = { 1, 1, 0 };
      memcpy (p, t > 0 ? fitted[a][t - 1] : a < SIZE - 1 ? fitted[a + 1][0] : first, sizeof first);
      if (t == 0) {
        lobe.x = (Vec){ 1, 0, 0 };
        lobe.z = (Vec){ 0, 0, 1 };
      }
      fit (&lobe, p, t == 0);
      Transform transform = make_transform (&lobe, p);
      double scale = 1 / transform.inverse[1][1];
      table[a][t][0] = transform.inverse[0][0] * scale;
      table[a][t][1] = transform.inverse[0][2] * scale;
      table[a][t][2] = transform.inverse[2][0] * scale;
      table[a][t][3] = transform.inverse[2][2] * scale;
    }
  printf ("#pragma once\n/* Made by fit-ltc.c. */\n#define DIO_GL_LTC_SIZE %d\n", SIZE);
  printf ("static const float dio_gl_ltc_table[DIO_GL_LTC_SIZE * DIO_GL_LTC_SIZE * 4] = {\n");
  for (int i = 0; i < SIZE * SIZE; i++) {
    const double *e = table[i / SIZE][i % SIZE];
    printf ("  %.7ef, %.7ef, %.7ef, %.7ef,\n", e[0] + 0.0, e[1] + 0.0, e[2] + 0.0, e[3] + 0.0);
  }
  printf ("};\n");
  return 0;
}
