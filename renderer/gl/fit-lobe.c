/* Runs while Diorama is built and prints dio-gl-lobe-table.h: how four lookups in a blurred environment come nearest to
 * the lobe of GGX, for each cosine of view and roughness, both linear in 0..1. At grazing angles the lobe is long and
 * narrow and is cut by the horizon, which no single lookup is.
 *
 * A lookup goes along normal + place * (mirrored - normal), at a level of the cube map that environment-cube.frag blurs
 * by DIO_GL_SPECULAR_ROUGHNESS, and has the share of the lobe's energy without Fresnel (as of a white metal) and the
 * share of Fresnel's part. All sixteen numbers of a cell are fitted at once (Levenberg 1944, Marquardt 1963); what is made
 * least is the squared error over the lobe, so that its tails count where something bright stands in them. */

#define G_LOG_DOMAIN "dio-gl"

#include "dio-gl-lobe.h"
#include "fit-ggx.h"

#include <stdio.h>
#include <string.h>

#define SIZE 24
#define N_TAPS DIO_GL_N_TAPS
#define N_NUMBERS (4 * N_TAPS)
#define N_SAMPLES 400
/* After the samples come the lobe's energy, mean and mean squares, for surroundings differ most by half, and what lies
 * below the horizon. */
#define N_MOMENTS 6
#define N_HEIGHTS 33
#define BELOW_WEIGHT 10
#define BELOW_FRESNEL 0.1
#define N_ROWS (2 * N_SAMPLES + N_MOMENTS + 1)
#define MOMENT_WEIGHT 40
#define LAST_LEVEL DIO_GL_SPECULAR_LAST_LEVEL
/* What an unblurred texel covers, as a lobe. */
#define TEXEL_ALPHA 0.006
/* Of the largest value: below it the error is not weighed up any more. */
#define TAIL 0.5
#define FRESNEL_WEIGHT 0.5

typedef struct {
  double place, level, share, fresnel;
} Tap;

/* What is fitted: values of the lobe at directions of half the sphere, the other half is like it. */
typedef struct {
  Vec mirrored;
  double n_dot_v, alpha;
  Vec l[2 * N_SAMPLES];
  double value[N_ROWS][2]; /* without and by Fresnel's share, over their integrals */
  double scale[N_ROWS][2]; /* from a difference to a residual */
} Lobe;

static const double level_roughness[LAST_LEVEL + 1] = { DIO_GL_SPECULAR_ROUGHNESS };
/* Integral of the blur, its mean cosine and mean squared cosine. */
static double level_norm[LAST_LEVEL + 1], level_cosine[LAST_LEVEL + 1],
    level_square[LAST_LEVEL + 1];
/* The share of the blur below the horizon by the height of its middle, 0 to 1. */
static double level_below[LAST_LEVEL + 1][N_HEIGHTS];

static double
get_level_alpha (int level)
{
  return level > 0 ? level_roughness[level] * level_roughness[level] : TEXEL_ALPHA;
}

/* As dio-gl-tables.c has it. */
static double
get_fresnel_share (double cosine)
{
  double g = sqrt (1.25 + cosine * cosine);
  double s = (g - cosine) / (g + cosine),
         p = (cosine * (g + cosine) - 1) / (cosine * (g - cosine) + 1);
  return (0.5 * s * s * (1 + p * p) - 0.04) / 0.96;
}

static double
measure_below (int level, double height)
{
  const int n = 2048;
  double a2 = get_level_alpha (level) * get_level_alpha (level), sine = sqrt (1 - height * height),
         below = 0, sum = 0;
  for (int i = 0; i < n; i++) {
    double u = (i + 0.5) / n, turn = i * 0.6180339887498949;
    double cosine = fmax (2 * (1 - u) / (1 + (a2 - 1) * u) - 1, 0);
    double z = height * cosine + sine * sqrt (1 - cosine * cosine) * cos (2 * FIT_PI * turn);
    sum += cosine;
    below += z < 0 ? cosine : 0;
  }
  return below / sum;
}

static void
measure_levels (void)
{
  const int n = 4096;
  for (int level = 0; level <= LAST_LEVEL; level++) {
    double a2 = get_level_alpha (level) * get_level_alpha (level), sums[3] = { 0 };
    for (int i = 0; i < n; i++) {
      double u = (i + 0.5) / n, cosine = fmax (2 * (1 - u) / (1 + (a2 - 1) * u) - 1, 0);
      sums[0] += cosine;
      sums[1] += cosine * cosine;
      sums[2] += cosine * cosine * cosine;
    }
    level_norm[level] = sums[0] / n * 4 * FIT_PI;
    level_cosine[level] = sums[1] / sums[0];
    level_square[level] = sums[2] / sums[0];
    for (int i = 0; i < N_HEIGHTS; i++)
      level_below[level][i] = measure_below (level, i / (N_HEIGHTS - 1.0));
  }
}

/* Density of the blur of one level at @cosine from the middle. */
static double
evaluate_level (int level, double cosine)
{
  double alpha = get_level_alpha (level), a2 = alpha * alpha;
  double f = (1 + cosine) * 0.5 * (a2 - 1) + 1;
  return cosine > 0 ? cosine * a2 / (f * f * level_norm[level]) : 0;
}

static Vec
get_direction (const Lobe *lobe, double place)
{
  return normalize ((Vec){ place * lobe->mirrored.x, 0, 1 + place * (lobe->mirrored.z - 1) });
}

static void
get_moments (Vec l, double out[static N_MOMENTS])
{
  const double all[N_MOMENTS] = { 1, l.x, l.z, l.x * l.x, l.x * l.z, l.z * l.z };
  memcpy (out, all, sizeof all);
}

/* Moment @i of a blur about @axis with the given mean cosine and square. */
static double
get_blurred_moment (Vec axis, double cosine, double square, int i)
{
  double sharp[N_MOMENTS], around = 0.5 * (1 - square), along = 0.5 * (3 * square - 1);
  get_moments (axis, sharp);
  if (i == 0)
    return 1;
  return i < 3 ? sharp[i] * cosine : (i != 4 ? around : 0) + along * sharp[i];
}

static double
get_below (int level, double height)
{
  double at = fmax (height, 0) * (N_HEIGHTS - 1);
  int i = (int) fmin (at, N_HEIGHTS - 2);
  return level_below[level][i] + (at - i) * (level_below[level][i + 1] - level_below[level][i]);
}

/* What a lookup of energy 1 has in row @i: its density there or its moment. */
static double
evaluate_tap (const Lobe *lobe, double place, double level, int i)
{
  Vec axis = get_direction (lobe, place);
  int lower = (int) fmin (level, LAST_LEVEL - 1);
  double part = level - lower;
  if (i == N_ROWS - 1)
    return (1 - part) * get_below (lower, axis.z) + part * get_below (lower + 1, axis.z);
  if (i >= 2 * N_SAMPLES) {
    double cosine = (1 - part) * level_cosine[lower] + part * level_cosine[lower + 1];
    double square = (1 - part) * level_square[lower] + part * level_square[lower + 1];
    return get_blurred_moment (axis, cosine, square, i - 2 * N_SAMPLES);
  }
  double cosine = fmin (dot (axis, lobe->l[i]), 1);
  return (1 - part) * evaluate_level (lower, cosine) + part * evaluate_level (lower + 1, cosine);
}

/* Sums of squared residuals and, with @matrix, what a step of Levenberg and Marquardt needs. */
static double
measure (const Lobe *lobe, const Tap *taps, double (*matrix)[N_NUMBERS], double *gradient)
{
  double sum = 0;
  for (int i = 0; i < N_ROWS; i++) {
    double density[N_TAPS], made[2] = { 0 };
    for (int k = 0; k < N_TAPS; k++) {
      density[k] = evaluate_tap (lobe, taps[k].place, taps[k].level, i);
      made[0] += taps[k].share * density[k];
      made[1] += taps[k].fresnel * density[k];
    }
    double rest[2], slopes[2][N_NUMBERS] = { { 0 } };
    for (int part = 0; part < 2; part++) {
      rest[part] = (made[part] - lobe->value[i][part]) * lobe->scale[i][part];
      sum += rest[part] * rest[part];
    }
    if (matrix == NULL)
      continue;
    for (int k = 0; k < N_TAPS; k++) {
      double step = 1e-3 * lobe->alpha,
             level_step = taps[k].level < LAST_LEVEL - 0.1 ? 1e-3 : -1e-3;
      double by_place =
          (evaluate_tap (lobe, taps[k].place + step, taps[k].level, i) - density[k]) / step;
      double by_level =
          (evaluate_tap (lobe, taps[k].place, taps[k].level + level_step, i) - density[k])
          / level_step;
      for (int part = 0; part < 2; part++) {
        double share = part == 0 ? taps[k].share : taps[k].fresnel, scale = lobe->scale[i][part];
        slopes[part][4 * k] = share * by_place * scale;
        slopes[part][4 * k + 1] = share * by_level * scale;
        slopes[part][4 * k + 2 + part] = density[k] * scale;
      }
    }
    for (int part = 0; part < 2; part++)
      for (int a = 0; a < N_NUMBERS; a++) {
        gradient[a] += slopes[part][a] * rest[part];
        for (int b = 0; b <= a; b++)
          matrix[a][b] += slopes[part][a] * slopes[part][b];
      }
  }
  return sum;
}

/* Solves the damped normal equations by Cholesky's factors. */
static void
solve (double (*matrix)[N_NUMBERS], const double *gradient, double damping, double *step)
{
  double l[N_NUMBERS][N_NUMBERS];
  for (int a = 0; a < N_NUMBERS; a++)
    for (int b = 0; b <= a; b++) {
      double sum = matrix[a][b] + (a == b ? damping * matrix[a][a] + 1e-9 : 0);
      for (int k = 0; k < b; k++)
        sum -= l[a][k] * l[b][k];
      l[a][b] = a == b ? sqrt (fmax (sum, 1e-30)) : sum / l[b][b];
    }
  for (int a = 0; a < N_NUMBERS; a++) {
    step[a] = -gradient[a];
    for (int k = 0; k < a; k++)
      step[a] -= l[a][k] * step[k];
    step[a] /= l[a][a];
  }
  for (int a = N_NUMBERS - 1; a >= 0; a--) {
    for (int k = a + 1; k < N_NUMBERS; k++)
      step[a] -= l[k][a] * step[k];
    step[a] /= l[a][a];
  }
}

/* No lookup below the horizon, none past the levels, no share below nothing. */
static void
bound (const Lobe *lobe, Tap *tap)
{
  double horizon = 0.98 / fmax (1 - lobe->n_dot_v, 1e-3);
  tap->place = fmin (fmax (tap->place, -0.5), horizon);
  tap->level = fmin (fmax (tap->level, 0), LAST_LEVEL);
  tap->share = fmax (tap->share, 0);
  tap->fresnel = fmax (tap->fresnel, 0);
}

static double
fit (const Lobe *lobe, Tap *taps)
{
  double damping = 1e-2, error = measure (lobe, taps, NULL, NULL);
  for (int round = 0; round < 40; round++) {
    double matrix[N_NUMBERS][N_NUMBERS] = { { 0 } }, gradient[N_NUMBERS] = { 0 }, before = error;
    measure (lobe, taps, matrix, gradient);
    for (int attempt = 0; attempt < 6 && error >= before; attempt++) {
      double step[N_NUMBERS];
      Tap moved[N_TAPS];
      solve (matrix, gradient, damping, step);
      for (int k = 0; k < N_TAPS; k++) {
        const double *s = step + 4 * k;
        moved[k] = (Tap){ taps[k].place + s[0], taps[k].level + fmin (fmax (s[1], -0.5), 0.5),
                          taps[k].share + s[2], taps[k].fresnel + s[3] };
        bound (lobe, &moved[k]);
      }
      double now = measure (lobe, moved, NULL, NULL);
      damping *= now < before ? 0.2 : 5;
      if (now < before) {
        error = now;
        memcpy (taps, moved, sizeof moved);
      }
    }
    if (before - error < 1e-4 * before)
      break;
  }
  return error;
}

static void
set_moments (Lobe *lobe, const double *weights)
{
  for (int part = 0; part < 2; part++) {
    lobe->value[N_ROWS - 1][part] = 0;
    lobe->scale[N_ROWS - 1][part] = sqrt (BELOW_WEIGHT * (part == 0 ? 1 : BELOW_FRESNEL));
  }
  for (int m = 0; m < N_MOMENTS; m++)
    for (int part = 0; part < 2; part++) {
      double sum = 0, moments[N_MOMENTS];
      for (int i = 0; i < 2 * N_SAMPLES; i++) {
        get_moments (lobe->l[i], moments);
        sum += weights[i] * lobe->value[i][part] * moments[m];
      }
      lobe->value[2 * N_SAMPLES + m][part] = sum;
      lobe->scale[2 * N_SAMPLES + m][part] =
          sqrt (MOMENT_WEIGHT * (part == 0 ? 1 : FRESNEL_WEIGHT));
    }
}

/* Directions by the lobe and by a wider one, so that its surroundings are seen as well. */
static void
make_lobe (Lobe *lobe, double roughness, double n_dot_v)
{
  double sine = sqrt (1 - n_dot_v * n_dot_v), sums[2] = { 0 }, weights[2 * N_SAMPLES],
         largest[2] = { 0 };
  Vec view = { -sine, 0, n_dot_v };
  double alpha = fmax (roughness * roughness, 1e-3);
  const double widths[2] = { fmax (alpha, TEXEL_ALPHA), fmin (2.5 * fmax (alpha, TEXEL_ALPHA), 1) };
  lobe->mirrored = (Vec){ sine, 0, n_dot_v };
  lobe->n_dot_v = n_dot_v;
  lobe->alpha = alpha;
  for (int i = 0; i < 2 * N_SAMPLES; i++) {
    double turn = i * 0.6180339887498949, density, chance = 0;
    Vec l = ggx_sample (view, widths[i / N_SAMPLES], (i % N_SAMPLES + 0.5) / N_SAMPLES,
                        0.5 * (turn - floor (turn)));
    for (int k = 0; k < 2; k++) {
      ggx_evaluate (view, widths[k], l, &density);
      chance += 2 * N_SAMPLES * density;
    }
    Vec h = normalize ((Vec){ view.x + l.x, view.y + l.y, view.z + l.z });
    double share = get_fresnel_share (fmin (fmax (dot (view, h), 0), 1));
    lobe->l[i] = l;
    lobe->value[i][0] = ggx_evaluate (view, alpha, l, &density);
    lobe->value[i][1] = lobe->value[i][0] * share;
    weights[i] = 2 / fmax (chance, 1e-9);
    for (int part = 0; part < 2; part++) {
      sums[part] += weights[i] * lobe->value[i][part];
      largest[part] = fmax (largest[part], lobe->value[i][part]);
    }
  }
  for (int i = 0; i < 2 * N_SAMPLES; i++)
    for (int part = 0; part < 2; part++) {
      lobe->scale[i][part] = sqrt (weights[i] * (part == 0 ? 1 : FRESNEL_WEIGHT) * sums[part]
                                   / (lobe->value[i][part] + TAIL * largest[part]));
      lobe->value[i][part] /= sums[part];
    }
  set_moments (lobe, weights);
}

/* Where a fit begins: at the lobe of the next lower roughness, widened. */
static void
begin (const Lobe *lobe, double roughness, double before, Tap *taps)
{
  double spread = before > 0 ? roughness * roughness / (before * before) : 1;
  for (int k = 0; k < N_TAPS; k++) {
    if (before <= 0)
      taps[k] = (Tap){ 1 + (k - 1) * 2 * lobe->alpha / fmax (1 - lobe->n_dot_v, 0.05), 0.2,
                       1.0 / N_TAPS, 1.0 / N_TAPS };
    else
      taps[k].place = 1 + (taps[k].place - 1) * fmin (spread, 1.5);
    taps[k].level += before > 0 ? 0.2 : 0;
    bound (lobe, &taps[k]);
  }
}

int
main (void)
{
  static Tap table[SIZE][SIZE][N_TAPS];
  measure_levels ();
  for (int x = 0; x < SIZE; x++) {
    double n_dot_v = fmin (fmax (x / (SIZE - 1.0), 0.02), 0.999);
    Tap taps[N_TAPS];
    for (int y = 0; y < SIZE; y++) {
      static Lobe lobe;
      double roughness = y / (SIZE - 1.0);
      make_lobe (&lobe, roughness, n_dot_v);
      if (y == 0)
        for (int k = 0; k < N_TAPS; k++)
          taps[k] = (Tap){ 1, 0, 1.0 / N_TAPS, 1.0 / N_TAPS };
      else {
        begin (&lobe, roughness, (y - 1) / (SIZE - 1.0), taps);
        double error = fit (&lobe, taps);
        Tap other[N_TAPS];
        if (x > 0) {
          memcpy (other, table[y][x - 1], sizeof other);
          for (int k = 0; k < N_TAPS; k++)
            bound (&lobe, &other[k]);
          if (fit (&lobe, other) < 1.05 * error)
            memcpy (taps, other, sizeof other);
        }
      }
      memcpy (table[y][x], taps, sizeof taps);
    }
  }
  printf ("#pragma once\n/* Made by fit-lobe.c. */\n#define DIO_GL_LOBE_SIZE %d\n", SIZE);
  printf ("static const float dio_gl_lobe_table[%d][DIO_GL_LOBE_SIZE][DIO_GL_LOBE_SIZE][4] = {\n",
          N_TAPS);
  for (int k = 0; k < N_TAPS; k++) {
    printf ("{\n");
    for (int y = 0; y < SIZE; y++) {
      printf ("{\n");
      for (int x = 0; x < SIZE; x++) {
        Tap t = table[y][x][k];
        printf ("  { %.5ff, %.5ff, %.6ff, %.6ff },\n", t.place, t.level, t.share, t.fresnel);
      }
      printf ("},\n");
    }
    printf ("},\n");
  }
  printf ("};\n");
  return 0;
}
