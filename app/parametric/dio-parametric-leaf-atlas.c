#define G_LOG_DOMAIN "dio-parametric"

/* The leaf atlas: twigs of four kinds of leaves, four of each, painted leaf by leaf from the base to the tip. */

#include "dio-parametric-nature-surface-private.h"

#include "dio-core-math.h"
#include "dio-parametric-canvas-private.h"
#include "dio-parametric-dice-private.h"
#include "dio-parametric-foliage-private.h"

#include <math.h>

/* Colours of a leaf, sRGB. */
typedef struct {
  float dark[3], light[3], vein[3], stem[3];
} Palette;

static const Palette green = { .dark = { 0.24f, 0.34f, 0.12f },
                               .light = { 0.42f, 0.52f, 0.20f },
                               .vein = { 0.55f, 0.62f, 0.32f },
                               .stem = { 0.33f, 0.27f, 0.18f } };
static const Palette needle_green = { .dark = { 0.13f, 0.22f, 0.13f },
                                      .light = { 0.27f, 0.37f, 0.20f },
                                      .vein = { 0.36f, 0.46f, 0.30f },
                                      .stem = { 0.33f, 0.24f, 0.16f } };
/* From yellow to red brown. */
static const Palette autumn[3] = {
  { { 0.72f, 0.55f, 0.12f },
    { 0.88f, 0.72f, 0.22f },
    { 0.92f, 0.82f, 0.45f },
    { 0.35f, 0.25f, 0.16f } },
  { { 0.72f, 0.34f, 0.08f },
    { 0.86f, 0.50f, 0.14f },
    { 0.88f, 0.64f, 0.28f },
    { 0.35f, 0.25f, 0.16f } },
  { { 0.48f, 0.14f, 0.07f },
    { 0.68f, 0.25f, 0.10f },
    { 0.74f, 0.44f, 0.22f },
    { 0.33f, 0.22f, 0.15f } },
};

typedef struct {
  DioCanvas *canvas;
  const Palette *palette;
  DioDice dice;
  const float *half_widths; /* [HALF_WIDTHS + 1] of a leaf, as shares of its length */
  gboolean autumn;
  double left, bottom, side; /* the cell in texels */
} Cell;

/* Half of a leaf's width at @s (0 base .. 1 tip), as a share of its length. */
static double
get_half_width (DioLeafShape shape, double s)
{
  if (s <= 0.06 || s >= 1)
    return s <= 0.06 && s >= 0 ? 0.012 : 0;
  double t = (s - 0.06) / 0.94;
  switch (shape) {
  case DIO_LEAF_LOBED:
    return 0.30 * dio_pow (dio_sin (DIO_PI * dio_pow (t, 0.85)), 0.62)
           * (0.80 + 0.26 * dio_cos (2 * DIO_PI * (3.6 * t + 0.45)));
  case DIO_LEAF_SERRATED: {
    double tooth = 9 * t - floor (9 * t);
    return (0.36 * dio_smoothstep (-0.02, 0.26, t) * dio_pow (1 - t, 0.85) + 0.02)
           * (1.06 - 0.14 * tooth);
  }
  case DIO_LEAF_OVAL:
  case DIO_LEAF_NEEDLES:
  default:
    return 0.27 * dio_pow (dio_sin (DIO_PI * dio_pow (t, 0.92)), 0.8);
  }
}

typedef struct {
  double x, y, angle_rad, length; /* texels, y down */
  double tilt_along, tilt_across; /* slope of its plane */
  float tone;                     /* 0 dark .. 1 light */
  const Palette *palette;
} Leaf;

/* Colour of the leaf at @s along and @t across (shares of its length), @half wide there. */
static void
color_leaf (const Leaf *leaf, double s, double t, double half, DioTexel *texel)
{
  double edge = fabs (t) / MAX (half, 1e-6);
  double vein_phase = (s - 0.75 * fabs (t)) * 8;
  double beside = fabs (vein_phase - floor (vein_phase + 0.5)) * leaf->length / 8;
  double vein = 0.35 * CLAMP (1.2 - beside, 0, 1) * (1 - edge);
  double rib = CLAMP (1.4 - fabs (t) * leaf->length, 0, 1);
  float light = 0.5f + 0.5f * (float) (t > 0 ? 1 : -1) * 0.22f;
  float mix = CLAMP (0.75f * leaf->tone + 0.5f * (light - 0.5f) + 0.12f * (float) s, 0, 1);
  for (int c = 0; c < 3; c++) {
    float base = dio_mixf (leaf->palette->dark[c], leaf->palette->light[c], mix);
    base *= (float) (1 - 0.14 * edge * edge);
    texel->rgb[c] = dio_mixf (base, leaf->palette->vein[c], (float) MAX (vein, 0.65 * rib));
  }
  texel->roughness = (float) (0.52 + 0.12 * edge);
}

#define HALF_WIDTHS 256

static float *
dup_half_widths (DioLeafShape shape)
{
  float *widths = g_new (float, HALF_WIDTHS + 1);
  for (guint i = 0; i <= HALF_WIDTHS; i++)
    widths[i] = (float) get_half_width (shape, (double) i / HALF_WIDTHS);
  return widths;
}

static void
paint_leaf (const Cell *cell, const Leaf *leaf)
{
  double c = dio_cos (leaf->angle_rad), s = dio_sin (leaf->angle_rad);
  /* A leaf is at most two thirds as wide as long. */
  double middle_x = leaf->x + 0.5 * leaf->length * c, middle_y = leaf->y - 0.5 * leaf->length * s;
  double reach_x = leaf->length * (0.5 * fabs (c) + 0.34 * fabs (s)) + 1;
  double reach_y = leaf->length * (0.5 * fabs (s) + 0.34 * fabs (c)) + 1;
  for (int y = (int) floor (middle_y - reach_y); y <= middle_y + reach_y; y++)
    for (int x = (int) floor (middle_x - reach_x); x <= middle_x + reach_x; x++) {
      /* Leaves end at their cell, where the next twig begins. */
      double inset = MIN (MIN (x - cell->left, cell->left + cell->side - 1 - x),
                          MIN (cell->bottom - 1 - y, y - cell->bottom + cell->side));
      double dx = (x + 0.5 - leaf->x) / leaf->length, dy = (leaf->y - y - 0.5) / leaf->length;
      double along = dx * c + dy * s, across = dy * c - dx * s;
      if (inset < 1 || along < 0 || along > 1)
        continue;
      double half = (double) cell->half_widths[(guint) (along * HALF_WIDTHS)];
      DioTexel texel = { .alpha =
                             (float) CLAMP ((half - fabs (across)) * leaf->length + 0.5, 0, 1) };
      if (texel.alpha <= 0)
        continue;
      color_leaf (leaf, along, across, half, &texel);
      double fold = 0.35 * fabs (across) - 0.25 * along * along;
      texel.height =
          (float) ((leaf->tilt_along * along + leaf->tilt_across * across + fold) * leaf->length);
      dio_canvas_lay (cell->canvas, x, y, &texel);
    }
}

static const Palette *
pick_palette (Cell *cell)
{
  return cell->autumn ? &autumn[dio_dice_pick (&cell->dice, 3)] : cell->palette;
}

static void
grow_leaf (Cell *cell, double x, double y, double angle_rad, double length)
{
  Leaf leaf = { .x = x, .y = y, .angle_rad = angle_rad, .length = length };
  leaf.tilt_along = dio_dice_roll (&cell->dice, -0.3, 0.3);
  leaf.tilt_across = dio_dice_roll (&cell->dice, -0.4, 0.4);
  leaf.tone = (float) dio_dice_roll (&cell->dice, 0.1, 1);
  leaf.palette = pick_palette (cell);
  paint_leaf (cell, &leaf);
}

/* A stem from (@x, @y) with leaves to both sides and one at its end. */
static void
grow_leafy_stem (Cell *cell, double x, double y, double angle_rad, double length, guint n)
{
  double bend = dio_dice_roll (&cell->dice, -0.5, 0.5), leaf_length = 0.27 * cell->side;
  DioStroke stem = { x,   y,     angle_rad, bend,     length, 0.016 * cell->side,
                     0.4, { 0 }, { 0 },     { 1, 1 }, 0.7f };
  for (int c = 0; c < 3; c++)
    stem.base[c] = stem.end[c] = cell->palette->stem[c];
  dio_canvas_stroke (cell->canvas, &stem);
  for (guint i = 0; i < n; i++) {
    double t = 0.18 + 0.80 * (i + 0.5) / n, angle = angle_rad + bend * t;
    double at_x = x + length * t * dio_cos (angle_rad + bend * t / 2);
    double at_y = y - length * t * dio_sin (angle_rad + bend * t / 2);
    double side = i % 2 == 0 ? 1 : -1,
           spread = dio_dice_roll (&cell->dice, 0.5, 1.15) * (1.15 - 0.5 * t);
    double size = dio_dice_roll (&cell->dice, 0.75, 1.1) * (1.05 - 0.3 * t);
    grow_leaf (cell, at_x, at_y, angle + side * spread, size * leaf_length);
  }
  double tip_x = x + length * dio_cos (angle_rad + bend / 2),
         tip_y = y - length * dio_sin (angle_rad + bend / 2);
  grow_leaf (cell, tip_x, tip_y, angle_rad + bend, 0.8 * leaf_length);
}

static void
paint_leafy_cell (Cell *cell)
{
  double x = cell->left + 0.5 * cell->side, y = cell->bottom - 2, side = cell->side;
  double lean = dio_dice_roll (&cell->dice, -0.12, 0.12);
  for (int k = -1; k <= 1; k += 2) {
    double up = dio_dice_roll (&cell->dice, 0.12, 0.26);
    grow_leafy_stem (cell, x, y - up * side,
                     DIO_PI / 2 + k * dio_dice_roll (&cell->dice, 0.55, 0.85), 0.36 * side, 5);
  }
  grow_leafy_stem (cell, x, y, DIO_PI / 2 + lean, 0.76 * side, 11);
}

/* Needles to both sides of a stem. */
static void
grow_needle_stem (Cell *cell, double x, double y, double angle_rad, double length)
{
  double bend = dio_dice_roll (&cell->dice, -0.25, 0.25), size = 0.11 * cell->side;
  DioStroke stem = { x,   y,     angle_rad, bend,     length, 0.022 * cell->side,
                     0.4, { 0 }, { 0 },     { 1, 1 }, 0.75f };
  for (int c = 0; c < 3; c++)
    stem.base[c] = stem.end[c] = cell->palette->stem[c];
  dio_canvas_stroke (cell->canvas, &stem);
  guint n = (guint) (length / cell->side * 150);
  for (guint i = 0; i < n; i++) {
    double t = (i + 0.5) / n, angle = angle_rad + bend * t;
    double spread = dio_dice_roll (&cell->dice, -1.05, 1.05);
    DioStroke needle = { .x = x + length * t * dio_cos (angle_rad + bend * t / 2),
                         .y = y - length * t * dio_sin (angle_rad + bend * t / 2),
                         .angle_rad = angle + spread,
                         .bend_rad = -0.3 * spread,
                         .length = size * dio_dice_roll (&cell->dice, 0.75, 1.15),
                         .width = 0.0135 * cell->side,
                         .tip = 0.55,
                         .height = { 2, 3 },
                         .roughness = 0.5f };
    const Palette *palette = pick_palette (cell);
    float tone = (float) dio_dice_roll (&cell->dice, 0, 1);
    for (int c = 0; c < 3; c++) {
      needle.base[c] = dio_mixf (palette->dark[c], palette->light[c], 0.6f * tone);
      needle.end[c] = dio_mixf (palette->dark[c], palette->light[c], 0.4f + 0.6f * tone);
    }
    dio_canvas_stroke (cell->canvas, &needle);
  }
}

static void
paint_needle_cell (Cell *cell)
{
  double x = cell->left + 0.5 * cell->side, y = cell->bottom - 2, side = cell->side;
  for (guint i = 0; i < 6; i++) {
    double t = 0.10 + 0.12 * i, length = (0.40 - 0.035 * i) * side;
    double turn = (i % 2 == 0 ? 1 : -1) * dio_dice_roll (&cell->dice, 0.75, 0.95);
    grow_needle_stem (cell, x, y - t * side, DIO_PI / 2 + turn, length * 0.95);
  }
  grow_needle_stem (cell, x, y, DIO_PI / 2, 0.86 * side);
}

/* What lies under the leaves shows where coverage ends between texels: it has the leaves' own colour. */
static void
get_ground (gboolean is_autumn, DioTexel *ground)
{
  const Palette *palette = is_autumn ? &autumn[1] : &green;
  *ground = (DioTexel){ .roughness = 0.6f };
  for (int c = 0; c < 3; c++)
    ground->rgb[c] = 0.5f * (palette->dark[c] + palette->light[c]);
}

static void
clear_border (DioCanvas *canvas, guint cell_px)
{
  for (guint y = 0; y < canvas->size_px; y++)
    for (guint x = 0; x < canvas->size_px; x++)
      if (x % cell_px == 0 || y % cell_px == 0 || x % cell_px == cell_px - 1)
        canvas->texels[(gsize) y * canvas->size_px + x].alpha = 0;
}

static void
paint_cell (DioCanvas *canvas, guint shape, guint variant, gboolean is_autumn, uint64_t seed)
{
  double side = (double) canvas->size_px / DIO_LEAF_VARIANTS;
  g_autofree float *half_widths = dup_half_widths ((DioLeafShape) shape);
  Cell cell = {
    .canvas = canvas,
    .palette = shape == DIO_LEAF_NEEDLES ? &needle_green : &green,
    .dice = { seed * 977 + shape * 31 + variant + 1, 0 },
    .half_widths = half_widths,
    .autumn = is_autumn,
    .left = variant * side,
    .bottom = (shape + 1) * side,
    .side = side,
  };
  if (shape == DIO_LEAF_NEEDLES)
    paint_needle_cell (&cell);
  else
    paint_leafy_cell (&cell);
}

static gpointer
paint_atlas (const DioSurface *surface)
{
  gboolean is_autumn = GPOINTER_TO_INT (surface->user);
  DioTexel ground;
  get_ground (is_autumn, &ground);
  DioCanvas *canvas = dio_canvas_new (surface, &ground);
  for (guint shape = 0; shape < DIO_LEAF_SHAPES; shape++)
    for (guint variant = 0; variant < DIO_LEAF_VARIANTS; variant++)
      paint_cell (canvas, shape, variant, is_autumn, surface->seed);
  clear_border (canvas, MAX (1, surface->width_px / DIO_LEAF_VARIANTS));
  return canvas;
}

/* Texels lie in the UVs' unit square, a twig is about half a metre long. */
#define ATLAS_PX 1024
#define ATLAS(name, autumn)                                                                        \
  {                                                                                                \
    .key = name, .width_px = ATLAS_PX, .height_px = ATLAS_PX, .relief_m = 1,                       \
    .shade = dio_canvas_shade_row, .prepare = paint_atlas, .discard = dio_canvas_free,             \
    .user = GINT_TO_POINTER (autumn)                                                               \
  }

const DioSurface dio_surface_leaves = ATLAS ("leaves", FALSE);
const DioSurface dio_surface_leaves_autumn = ATLAS ("leaves-autumn", TRUE);
