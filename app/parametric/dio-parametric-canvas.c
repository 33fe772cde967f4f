#define G_LOG_DOMAIN "dio-parametric"

#include "dio-parametric-canvas-private.h"

#include "dio-core-math.h"

#include <math.h>
#include <string.h>

DioCanvas *
dio_canvas_new (const DioSurface *surface, const DioTexel *ground)
{
  DioCanvas *canvas = g_new (DioCanvas, 1);
  guint size_px = surface->width_px;
  canvas->size_px = size_px;
  canvas->texel_m = (surface->tile_m > 0 ? surface->tile_m : surface->relief_m) / size_px;
  canvas->texels = g_new (DioTexel, (gsize) size_px * size_px);
  for (gsize i = 0; i < (gsize) size_px * size_px; i++)
    canvas->texels[i] = *ground;
  return canvas;
}

void
dio_canvas_free (gpointer canvas)
{
  g_free (((DioCanvas *) canvas)->texels);
  g_free (canvas);
}

void
dio_canvas_shade_row (DioTextureRow *row, const DioSurfaceRow *out, gconstpointer user)
{
  const DioCanvas *canvas = user;
  guint y = MIN ((guint) (row->v * canvas->size_px), canvas->size_px - 1);
  const DioTexel *texels = canvas->texels + (gsize) y * canvas->size_px;
  for (guint x = 0; x < canvas->size_px; x++) {
    memcpy (out->rgb[x], texels[x].rgb, sizeof texels[x].rgb);
    out->height_m[x] = texels[x].height * (float) canvas->texel_m;
    out->roughness[x] = texels[x].roughness;
    out->alpha[x] = texels[x].alpha;
  }
}

static guint
wrap (int i, guint n)
{
  int rest = i % (int) n;
  return (guint) (rest < 0 ? rest + (int) n : rest);
}

void
dio_canvas_lay (DioCanvas *canvas, int x, int y, const DioTexel *texel)
{
  if (texel->alpha <= 0)
    return;
  gsize at = (gsize) wrap (y, canvas->size_px) * canvas->size_px + wrap (x, canvas->size_px);
  DioTexel *under = &canvas->texels[at];
  float a = MIN (texel->alpha, 1);
  for (int c = 0; c < 3; c++)
    under->rgb[c] = dio_mixf (under->rgb[c], texel->rgb[c], a);
  under->height = dio_mixf (under->height, texel->height, a);
  under->roughness = dio_mixf (under->roughness, texel->roughness, a);
  under->alpha += a * (1 - under->alpha);
}

/* One straight piece of a stroke, at @t0 .. @t1 of it. */
typedef struct {
  double x, y, dx, dy; /* start and unit way, in texels */
  double length, t0, t1;
} Piece;

static void
lay_piece_texel (DioCanvas *canvas, const DioStroke *stroke, const Piece *piece, int x, int y)
{
  double px = x + 0.5 - piece->x, py = y + 0.5 - piece->y;
  double along = CLAMP (px * piece->dx + py * piece->dy, 0, piece->length);
  double ox = px - along * piece->dx, oy = py - along * piece->dy;
  double across = sqrt (ox * ox + oy * oy);
  float t = (float) dio_mix (piece->t0, piece->t1, along / piece->length);
  double half = 0.5 * stroke->width * dio_mix (1, stroke->tip, t);
  DioTexel texel = { .roughness = stroke->roughness };
  /* Narrower than a texel it covers only a part of it. */
  texel.alpha = (float) CLAMP (half - across + 0.5, 0, MIN (1, 2 * half));
  double round = half > 0.5 ? 1 - MIN (1, across / half) * MIN (1, across / half) : 1;
  for (int c = 0; c < 3; c++)
    texel.rgb[c] = dio_mixf (stroke->base[c], stroke->end[c], t) * (float) (0.82 + 0.18 * round);
  texel.height =
      dio_mixf (stroke->height[0], stroke->height[1], t) + (float) (half * sqrt (MAX (round, 0)));
  dio_canvas_lay (canvas, x, y, &texel);
}

static void
lay_piece (DioCanvas *canvas, const DioStroke *stroke, const Piece *piece)
{
  double reach = 0.5 * stroke->width + 1;
  double x1 = piece->x + piece->dx * piece->length, y1 = piece->y + piece->dy * piece->length;
  int left = (int) floor (MIN (piece->x, x1) - reach),
      right = (int) ceil (MAX (piece->x, x1) + reach);
  int top = (int) floor (MIN (piece->y, y1) - reach), end = (int) ceil (MAX (piece->y, y1) + reach);
  for (int y = top; y < end; y++)
    for (int x = left; x < right; x++)
      lay_piece_texel (canvas, stroke, piece, x, y);
}

void
dio_canvas_stroke (DioCanvas *canvas, const DioStroke *stroke)
{
  guint n = 1 + MIN (4, (guint) (fabs (stroke->bend_rad) * 4));
  double x = stroke->x, y = stroke->y;
  for (guint i = 0; i < n; i++) {
    double angle = stroke->angle_rad + stroke->bend_rad * (n > 1 ? (double) i / (n - 1) : 0);
    Piece piece = {
      x, y, dio_cos (angle), -dio_sin (angle), stroke->length / n, (double) i / n, (i + 1.0) / n
    };
    lay_piece (canvas, stroke, &piece);
    x += piece.dx * piece.length;
    y += piece.dy * piece.length;
  }
}
