#define G_LOG_DOMAIN "dio-parametric"

/* Faces of road signs: distances to their figures decide the paint, then sun, rain and people work on it. */

#include "dio-parametric-sign-face-private.h"

#include "dio-core-math.h"
#include "dio-parametric-lettering-private.h"
#include "dio-parametric-mesh-shapes-private.h"

#include <math.h>

#define SIDE_PX 512

static const float red[3] = { 0.72f, 0.075f, 0.10f }, white[3] = { 0.92f, 0.92f, 0.90f };
static const float black[3] = { 0.06f, 0.06f, 0.065f }, blue[3] = { 0.05f, 0.25f, 0.60f };

/* ---- shapes, in radii of the sign ---- */

static float
get_box (float x, float y, float half_w, float half_h)
{
  return MAX (fabsf (x) - half_w, fabsf (y) - half_h);
}

static gboolean
is_round (DioSignFaceKind kind)
{
  return kind >= DIO_SIGN_SPEED;
}

static double
get_first_corner (DioSignFaceKind kind)
{
  return kind == DIO_SIGN_STOP ? DIO_PI / 8 : kind == DIO_SIGN_YIELD ? -DIO_PI / 2 : DIO_PI / 2;
}

guint
dio_sign_fill_outline (DioSignFaceKind kind, double (*out)[2])
{
  if (is_round (kind)) {
    dio_outline_fill_polygon (out, 40, 1, 0, 0, 0);
    return 40;
  }
  guint corners = kind == DIO_SIGN_STOP ? 8 : 3, steps = kind == DIO_SIGN_STOP ? 3 : 6;
  dio_outline_fill_polygon (out, corners, 1, kind == DIO_SIGN_STOP ? 0.09 : 0.08, steps,
                            get_first_corner (kind));
  return corners * (steps + 1);
}

/* ---- paint ---- */

#define MAX_SIDES 8
#define MAX_STICKERS 6

/* A sticker as it lies on the sign. */
typedef struct {
  float x, y, cosine, sine, width, height, tear;
  const float *paper, *ink;
  gboolean round;
} Sticker;

struct DioSignPainter {
  DioSignFace face;
  char *key;
  DioLettering lettering;
  float sides[MAX_SIDES][2]; /* unit normals of a polygon's sides */
  guint n_sides;
  float inner; /* its inradius */
  Sticker stickers[MAX_STICKERS];
  float edge; /* half the width of a texel: paint changes over two of them */
};

typedef struct DioSignPainter Painter;

/* Distance to the plate's polygon. */
static float
get_polygon (const Painter *p, float x, float y)
{
  float most = -1e9f;
  for (guint i = 0; i < p->n_sides; i++)
    most = MAX (most, x * p->sides[i][0] + y * p->sides[i][1] - p->inner);
  return most;
}

static void
lay (float rgb[static 3], const float paint[static 3], float distance, float edge)
{
  float cover = 1 - dio_smoothstepf (-edge, edge, distance);
  for (int c = 0; c < 3; c++)
    rgb[c] = dio_mixf (rgb[c], paint[c], cover);
}

/* Text of @height in the middle, its letters drawn together. */
static float
get_text (const Painter *p, float x, float y, float height)
{
  float tx = x / (0.80f * height) + p->lettering.width / 2, ty = y / height + 0.5f;
  if (ty < -0.2f || ty > 1.2f || tx < -0.2f || tx > p->lettering.width + 0.2f)
    return 1;
  return height * dio_lettering_get_distance (&p->lettering, tx, ty, 0.2f);
}

/* An arrow ahead. */
static float
get_arrow (float x, float y)
{
  float shaft = get_box (x, y + 0.12f, 0.095f, 0.40f);
  float head = MAX (fabsf (x) + 0.9f * (y - 0.5f), 0.06f - y);
  float notch = fabsf (x) + 0.9f * (y - 0.24f);
  return MIN (shaft, MAX (head * 0.75f, -notch * 0.75f));
}

static void
paint_octagon (const Painter *p, float x, float y, float rgb[static 3])
{
  float d = get_polygon (p, x, y);
  lay (rgb, red, d + 0.058f, p->edge);
  lay (rgb, white, get_text (p, x, y, 0.62f), p->edge);
}

static void
paint_triangle (const Painter *p, float x, float y, float rgb[static 3])
{
  float d = get_polygon (p, x, y);
  lay (rgb, red, d + 0.016f, p->edge);
  lay (rgb, white, d + (p->face.kind == DIO_SIGN_YIELD ? 0.15f : 0.115f), p->edge);
  if (p->face.kind != DIO_SIGN_WARNING)
    return;
  float taper = 0.075f + 0.06f * (y + 0.06f);
  lay (rgb, black, get_box (x, y - 0.13f, taper, 0.24f), p->edge);
  lay (rgb, black, sqrtf (x * x + (y + 0.235f) * (y + 0.235f)) - 0.075f, p->edge);
}

static void
paint_disc (const Painter *p, float x, float y, float rgb[static 3])
{
  DioSignFaceKind kind = p->face.kind;
  float d = sqrtf (x * x + y * y) - 1;
  lay (rgb, kind == DIO_SIGN_MANDATORY ? blue : red, d + 0.03f, p->edge);
  if (kind == DIO_SIGN_SPEED || kind == DIO_SIGN_PROHIBITION)
    lay (rgb, white, d + 0.24f, p->edge);
  if (kind == DIO_SIGN_SPEED)
    lay (rgb, black, get_text (p, x, y, 0.80f), p->edge);
  if (kind == DIO_SIGN_NO_ENTRY)
    lay (rgb, white, get_box (x, y, 0.70f, 0.16f), p->edge);
  if (kind == DIO_SIGN_MANDATORY)
    lay (rgb, white, get_arrow (x, y), p->edge);
}

static void
paint_figure (const Painter *p, float x, float y, float rgb[static 3])
{
  for (int c = 0; c < 3; c++)
    rgb[c] = white[c];
  if (p->face.kind == DIO_SIGN_STOP)
    paint_octagon (p, x, y, rgb);
  else if (is_round (p->face.kind))
    paint_disc (p, x, y, rgb);
  else
    paint_triangle (p, x, y, rgb);
}

/* ---- what happens to it ---- */

static double
draw (const DioSignFace *face, uint32_t what, uint32_t which)
{
  return dio_noise_uniform (face->seed * 2654435761u + 77, what, which);
}

static const float papers[6][3] = { { 0.93f, 0.92f, 0.86f }, { 0.95f, 0.80f, 0.15f },
                                    { 0.12f, 0.12f, 0.13f }, { 0.15f, 0.55f, 0.30f },
                                    { 0.85f, 0.35f, 0.55f }, { 0.20f, 0.45f, 0.75f } };

/* Paper of one colour with a bar of another, somewhere on the sign. */
static Sticker
cut_sticker (const DioSignFace *face, guint i)
{
  double angle = 2 * DIO_PI * draw (face, 1, i), reach = 0.65 * draw (face, 2, i);
  double turn = 1.2 * (draw (face, 3, i) - 0.5);
  Sticker sticker = {
    .x = (float) (reach * dio_cos (angle)),
    .y = (float) (reach * dio_sin (angle)),
    .cosine = (float) dio_cos (turn),
    .sine = (float) dio_sin (turn),
    .width = 0.07f + 0.09f * (float) draw (face, 4, i),
    .tear = 0.3f * (float) draw (face, 8, i) - 0.2f,
    .paper = papers[(guint) (draw (face, 6, i) * 6) % 6],
    .ink = papers[((guint) (draw (face, 7, i) * 5) + 1) % 6],
    .round = i % 3 == 2,
  };
  sticker.height = sticker.width * (0.5f + 0.6f * (float) draw (face, 5, i));
  return sticker;
}

/* Torn where noise says. */
static void
stick (const Painter *p, const Sticker *s, float x, float y, float torn, float rgb[static 3])
{
  float dx = x - s->x, dy = y - s->y;
  if (dx * dx + dy * dy > 0.1f)
    return;
  float u = s->cosine * dx + s->sine * dy, v = s->cosine * dy - s->sine * dx;
  float d = s->round ? sqrtf (u * u + v * v) - s->width : get_box (u, v, s->width, s->height);
  float tear = dio_smoothstepf (0.35f, 0.45f, torn + s->tear);
  lay (rgb, s->paper, d + 2 * p->edge * tear + tear, p->edge);
  lay (rgb, s->ink, fabsf (v) - 0.3f * s->height + MAX (0, d + 0.2f * s->width) + tear, p->edge);
}

/* Sun takes red pigment first and turns white sheeting yellow. */
static void
fade (float rgb[static 3], float amount)
{
  static const float bleached[3] = { 0.80f, 0.50f, 0.44f };
  float redness = MAX (0, rgb[0] - (rgb[1] + rgb[2]) / 2) / 0.62f;
  for (int c = 0; c < 3; c++) {
    float washed = dio_mixf (rgb[c], bleached[c], 0.8f * MIN (redness, 1));
    washed = dio_mixf (washed, 0.72f, 0.12f);
    rgb[c] = dio_mixf (rgb[c], washed - (c == 2 ? 0.05f : 0), amount);
  }
}

static void
soil (float rgb[static 3], float amount)
{
  static const float mud[3] = { 0.34f, 0.30f, 0.25f };
  for (int c = 0; c < 3; c++)
    rgb[c] = dio_mixf (rgb[c], rgb[c] * 0.35f + 0.65f * mud[c], MIN (amount, 0.92f));
}

static void
shade_face (DioTextureRow *row, const DioSurfaceRow *out, gconstpointer user)
{
  const Painter *p = user;
  const DioSignFace *face = &p->face;
  const guint64 seed = face->seed * 977 + 5;
  const DioNoise run_noise = { 40, 3, seed ^ 0x91 }, cloud_noise = { 4, 4, seed ^ 0x92 };
  const DioNoise spot_noise = { 60, 60, seed ^ 0x93 }, scratch_noise = { 5, 5, seed ^ 0x94 };
  const DioNoise where_noise = { 7, 7, seed ^ 0x95 };
  const float *run = dio_texture_fill_layer (row, 0, &run_noise, 3);
  const float *cloud = dio_texture_fill_layer (row, 1, &cloud_noise, 4);
  const float *spot = dio_texture_fill_layer (row, 2, &spot_noise, 2);
  const float *scratch = dio_texture_fill_layer (row, 3, &scratch_noise, 5);
  const float *where = dio_texture_fill_layer (row, 4, &where_noise, 2);
  const float dirt = (float) face->dirt, y = (float) ((0.5 - row->v) * DIO_SIGN_FACE_SIDE);
  for (guint i = 0; i < row->size_px; i++) {
    float x = (row->u[i] - 0.5f) * (float) DIO_SIGN_FACE_SIDE, *rgb = out->rgb[i];
    paint_figure (p, x, y, rgb);
    fade (rgb, (float) face->fade * (0.85f + 0.3f * cloud[i]));
    for (guint k = 0; k < face->n_stickers; k++)
      stick (p, &p->stickers[k], x, y, cloud[i] + 0.4f * spot[i], rgb);
    float grime = dirt
                  * (0.20f + 0.30f * dio_smoothstepf (-0.1f, 0.8f, run[i])
                     + 0.35f * dio_smoothstepf (0.1f, 0.9f, cloud[i] - 0.6f * y)
                     + 0.6f * dio_smoothstepf (0.62f, 0.8f, spot[i]));
    float line = (1 - dio_smoothstepf (0.006f, 0.014f, fabsf (scratch[i])))
                 * dio_smoothstepf (0.30f, 0.5f, where[i]) * MIN (1, 2 * dirt);
    soil (rgb, grime + 0.5f * line);
    out->roughness[i] = 0.38f + 0.25f * (float) face->fade + 0.35f * MIN (grime, 1);
  }
}

static void
lay_out_sides (DioSignPainter *painter)
{
  DioSignFaceKind kind = painter->face.kind;
  painter->n_sides = kind == DIO_SIGN_STOP ? 8 : 3;
  painter->inner = (float) dio_cos (DIO_PI / painter->n_sides);
  for (guint i = 0; i < painter->n_sides; i++) {
    double angle = get_first_corner (kind) + DIO_PI * (2 * i + 1) / painter->n_sides;
    painter->sides[i][0] = (float) dio_cos (angle);
    painter->sides[i][1] = (float) dio_sin (angle);
  }
}

DioSignPainter *
dio_sign_painter_new (const DioSignFace *face, DioSurface *out)
{
  g_return_val_if_fail (face != NULL && face->n_stickers <= MAX_STICKERS && out != NULL, NULL);
  DioSignPainter *painter = g_new0 (DioSignPainter, 1);
  painter->face = *face;
  painter->key =
      g_strdup_printf ("sign-face %d %u %a %a %u %" G_GUINT64_FORMAT, face->kind, face->speed,
                       face->dirt, face->fade, face->n_stickers, face->seed);
  g_autofree char *number = g_strdup_printf ("%u", face->speed);
  dio_lettering_init (&painter->lettering, face->kind == DIO_SIGN_STOP ? "STOP" : number);
  painter->edge = (float) DIO_SIGN_FACE_SIDE * 0.75f / SIDE_PX;
  lay_out_sides (painter);
  for (guint i = 0; i < face->n_stickers; i++)
    painter->stickers[i] = cut_sticker (face, i);
  *out = (DioSurface){
    .key = painter->key,
    .width_px = SIDE_PX,
    .height_px = SIDE_PX,
    .shade = shade_face,
    .user = painter,
  };
  return painter;
}

void
dio_sign_painter_free (DioSignPainter *painter)
{
  g_free (painter->key);
  dio_lettering_clear (&painter->lettering);
  g_free (painter);
}
