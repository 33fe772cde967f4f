#define G_LOG_DOMAIN "dio-parametric"

/* The mannequin: skin, hair, clothes and shoes, each a smooth body of its own about the joints of a pose. */

#include "dio-parametric-blob-private.h"
#include "dio-parametric-figure-private.h"

#include "dio-core-vec.h"
#include "dio-image-color.h"
#include "dio-parametric-dice-private.h"
#include "dio-parametric-globe-private.h"
#include "dio-parametric-surface-indoor-private.h"

enum { CLOTHES_EVERYDAY, CLOTHES_NONE };

/* sRGB. */
static const uint8_t tops[][3] = { { 46, 62, 92 },    { 150, 42, 40 },  { 196, 190, 178 },
                                   { 54, 82, 62 },    { 190, 140, 52 }, { 40, 42, 46 },
                                   { 106, 128, 156 }, { 134, 96, 120 } };
static const uint8_t trousers[][3] = {
  { 40, 52, 78 }, { 52, 50, 50 }, { 124, 108, 86 }, { 30, 32, 38 }, { 84, 92, 100 }
};
static const uint8_t skins[][3] = { { 226, 182, 152 }, { 202, 150, 116 }, { 164, 112, 80 },
                                    { 112, 74, 52 },   { 240, 204, 178 }, { 84, 56, 42 } };
static const uint8_t hairs[][3] = { { 40, 30, 24 }, { 78, 54, 36 },  { 150, 112, 66 },
                                    { 28, 26, 28 }, { 104, 62, 34 }, { 128, 124, 120 } };
static const uint8_t shoes[][3] = {
  { 36, 32, 30 }, { 226, 224, 220 }, { 92, 62, 42 }, { 60, 66, 80 }
};

/* Of the elbow, as a share of the height. */
#define SLEEVE 0.0285

typedef struct {
  DioFigure figure;
  double build; /* girth over the usual one */
} Body;

/* Girths are shares of the height. */
static void
add_limb (DioBlob *blob, const Body *body, DioVec3 a, DioVec3 b, double ra, double rb)
{
  double scale = body->figure.height_m * body->build;
  DioBlobLimb limb = { .a = a, .b = b, .radius = { ra * scale, rb * scale } };
  dio_blob_take_limb (blob, &limb);
}

/* The same, flattened from front to back. */
static void
add_flat_limb (
    DioBlob *blob, const Body *body, DioVec3 a, DioVec3 b, double ra, double rb, double flatten)
{
  add_limb (blob, body, a, b, ra, rb);
  blob->limbs[blob->n_limbs - 1].flatten = flatten;
  blob->limbs[blob->n_limbs - 1].flat_way = dio_vec3 (0, 1, 0);
}

static DioVec3
move (const Body *body, DioVec3 from, double x, double y, double z)
{
  double h = body->figure.height_m;
  return dio_vec3_add (from, dio_vec3 (x * h, y * h, z * h));
}

static DioBlob
start_blob (const Body *body, double blend, double cell)
{
  return (DioBlob){ .blend_m = blend * body->figure.height_m,
                    .cell_m = cell * body->figure.height_m };
}

static void
add_top (DioMeshBuilder *builder, const Body *body)
{
  const DioFigure *f = &body->figure;
  DioBlob blob = start_blob (body, 0.028, 0.014);
  DioVec3 hem = move (body, f->pelvis, 0, 0, 0.035);
  add_flat_limb (&blob, body, move (body, hem, -0.028, 0, 0), move (body, hem, 0.028, 0, 0), 0.076,
                 0.076, 0.80);
  add_flat_limb (&blob, body, f->waist, f->chest, 0.080, 0.093, 0.74);
  add_flat_limb (&blob, body, move (body, f->chest, -0.04, 0, 0.01),
                 move (body, f->chest, 0.04, 0, 0.01), 0.066, 0.066, 0.95);
  add_flat_limb (&blob, body, move (body, f->shoulder[0], 0.022, 0, -0.002),
                 move (body, f->shoulder[1], -0.022, 0, -0.002), 0.035, 0.035, 0.95);
  add_limb (&blob, body, move (body, f->neck, 0, 0.004, -0.03),
            move (body, f->neck, 0, 0.002, -0.004), 0.050, 0.036);
  for (int i = 0; i < 2; i++) {
    add_limb (&blob, body, move (body, f->neck, 0, 0.004, -0.016), f->shoulder[i], 0.030, 0.030);
    add_limb (&blob, body, f->shoulder[i], f->elbow[i], 0.034, SLEEVE);
  }
  dio_blob_add (builder, &blob);
}

/* A body of its own, for arms that hang must not grow together with the trunk; both are round at the elbow. */
static void
add_sleeve (DioMeshBuilder *builder, const Body *body, int i)
{
  const DioFigure *f = &body->figure;
  DioBlob blob = start_blob (body, 0.01, 0.011);
  add_limb (&blob, body, f->elbow[i], f->wrist[i], SLEEVE, 0.0225);
  dio_blob_add (builder, &blob);
}

static void
add_trousers (DioMeshBuilder *builder, const Body *body)
{
  const DioFigure *f = &body->figure;
  DioBlob blob = start_blob (body, 0.022, 0.014);
  add_flat_limb (&blob, body, move (body, f->pelvis, -0.030, 0, 0.004),
                 move (body, f->pelvis, 0.030, 0, 0.004), 0.068, 0.068, 0.86);
  for (int i = 0; i < 2; i++) {
    add_limb (&blob, body, f->hip[i], f->knee[i], 0.060, 0.036);
    add_limb (&blob, body, f->knee[i], f->ankle[i], 0.038, 0.032);
  }
  dio_blob_add (builder, &blob);
}

static void
add_shoe (DioMeshBuilder *builder, const Body *body, int i)
{
  const DioFigure *f = &body->figure;
  double h = f->height_m;
  DioBlob blob = start_blob (body, 0.010, 0.009);
  DioVec3 down = dio_vec3_scale (f->foot_up[i], -1);
  DioVec3 way = dio_vec3_normalize (dio_vec3_sub (f->toe[i], f->ankle[i]));
  DioVec3 heel = dio_vec3_sub (dio_vec3_add (f->ankle[i], dio_vec3_scale (down, 0.018 * h)),
                               dio_vec3_scale (way, 0.016 * h));
  DioVec3 ball = dio_vec3_add (heel, dio_vec3_scale (way, 0.092 * h));
  DioVec3 tip = dio_vec3_add (dio_vec3_add (ball, dio_vec3_scale (way, 0.026 * h)),
                              dio_vec3_scale (down, 0.004 * h));
  add_limb (&blob, body, heel, ball, 0.024, 0.027);
  add_limb (&blob, body, ball, tip, 0.026, 0.020);
  add_limb (&blob, body, heel, f->ankle[i], 0.024, 0.026);
  blob.cuts[blob.n_cuts++] =
      (DioBlobCut){ .point = dio_vec3_add (heel, dio_vec3_scale (down, 0.017 * h)),
                    .normal = down };
  dio_blob_add (builder, &blob);
}

/* Thumb and four fingers in one. */
static void
add_hand (DioMeshBuilder *builder, const Body *body, int i)
{
  const DioFigure *f = &body->figure;
  DioBlob blob = start_blob (body, 0.008, 0.007);
  DioVec3 way = dio_vec3_normalize (dio_vec3_sub (f->finger[i], f->wrist[i]));
  DioVec3 side = { i == 0 ? -1 : 1, 0, 0 };
  /* The palm looks to the body. */
  DioVec3 palm =
      dio_vec3_normalize (dio_vec3_sub (side, dio_vec3_scale (way, dio_vec3_dot (side, way))));
  DioVec3 thumb = dio_vec3_cross (way, palm);
  thumb = thumb.y > 0 ? dio_vec3_scale (thumb, -1) : thumb;
  double h = f->height_m;
  DioVec3 knuckles = dio_vec3_add (f->wrist[i], dio_vec3_scale (way, 0.050 * h));
  DioVec3 sleeve = dio_vec3_sub (f->wrist[i], dio_vec3_scale (way, 0.020 * h));
  add_limb (&blob, body, sleeve, f->wrist[i], 0.0175, 0.0165);
  for (int k = -1; k <= 1; k++) {
    DioVec3 out = dio_vec3_scale (thumb, 0.0105 * k * h);
    DioVec3 bent = dio_vec3_scale (palm, -0.008 * h);
    add_limb (&blob, body, dio_vec3_add (f->wrist[i], dio_vec3_scale (out, 0.5)),
              dio_vec3_add (knuckles, out), 0.0125, 0.0115);
    add_limb (&blob, body, dio_vec3_add (knuckles, out),
              dio_vec3_add (dio_vec3_add (f->finger[i], out), bent), 0.0105, 0.0075);
  }
  DioVec3 root = dio_vec3_add (f->wrist[i], dio_vec3_scale (way, 0.012 * h));
  DioVec3 tip = dio_vec3_add (dio_vec3_add (f->wrist[i], dio_vec3_scale (way, 0.050 * h)),
                              dio_vec3_scale (thumb, 0.030 * h));
  add_limb (&blob, body, root, tip, 0.010, 0.0075);
  dio_blob_add (builder, &blob);
}

/* The head does not grow with the girth. */
static void
add_head (DioMeshBuilder *builder, const Body *body)
{
  Body slim = *body;
  slim.build = 0.6 + 0.4 * body->build;
  const DioFigure *f = &body->figure;
  DioBlob blob = start_blob (body, 0.016, 0.008);
  DioVec3 c = f->head;
  add_limb (&blob, &slim, move (body, f->neck, 0, 0.006, -0.03), move (body, c, 0, 0.008, -0.03),
            0.034, 0.030);
  add_limb (&blob, &slim, move (body, c, 0, 0.010, 0.012), move (body, c, 0, -0.008, 0.006), 0.0475,
            0.0445);
  add_limb (&blob, &slim, move (body, c, 0, -0.012, -0.030), move (body, c, 0, -0.022, -0.046),
            0.034, 0.022);
  /* Nose, brow, ears. */
  add_limb (&blob, &slim, move (body, c, 0, -0.050, 0.002), move (body, c, 0, -0.0585, -0.017),
            0.0052, 0.0078);
  add_limb (&blob, &slim, move (body, c, -0.022, -0.043, 0.011),
            move (body, c, 0.022, -0.043, 0.011), 0.0080, 0.0080);
  for (int sign = -1; sign <= 1; sign += 2)
    add_flat_limb (&blob, &slim, move (body, c, sign * 0.047, 0.006, 0.004),
                   move (body, c, sign * 0.045, 0.004, -0.016), 0.0105, 0.0075, 1);
  dio_blob_add (builder, &blob);
}

static void
add_hair (DioMeshBuilder *builder, const Body *body)
{
  Body slim = *body;
  slim.build = 0.6 + 0.4 * body->build;
  DioVec3 c = body->figure.head;
  DioBlob blob = start_blob (body, 0.008, 0.0085);
  add_limb (&blob, &slim, move (body, c, 0, 0.012, 0.013), move (body, c, 0, -0.006, 0.011), 0.0525,
            0.0490);
  add_limb (&blob, &slim, move (body, c, 0, 0.020, 0.005), move (body, c, 0, 0.024, -0.020), 0.0440,
            0.0350);
  DioVec3 front = dio_vec3_normalize (dio_vec3 (0, -0.80, -0.60));
  blob.cuts[blob.n_cuts++] =
      (DioBlobCut){ .point = move (body, c, 0, -0.020, 0.014), .normal = front };
  dio_blob_add (builder, &blob);
}

typedef struct {
  const char *name;
  const uint8_t *color;
  float roughness;
  const DioSurface *surface;
} Piece;

static void
take_piece (DioParametricMake *make, DioMeshBuilder *builder, const Piece *piece, gboolean dressed)
{
  /* A figure without clothes is one of pale plastic. */
  static const uint8_t plastic[3] = { 214, 208, 198 };
  const uint8_t *color = dressed ? piece->color : plastic;
  const DioMaterialLook look = { piece->name,
                                 color[0],
                                 color[1],
                                 color[2],
                                 dressed ? piece->roughness : 0.35f,
                                 0,
                                 dressed ? piece->surface : NULL };
  dio_parametric_take_part (make, builder, &look);
}

enum { PIECE_SKIN, PIECE_TOP, PIECE_TROUSERS, PIECE_SHOES, PIECE_HAIR, N_PIECES };

static void
add_pieces (DioMeshBuilder *builders, const Body *body)
{
  add_head (&builders[PIECE_SKIN], body);
  add_top (&builders[PIECE_TOP], body);
  add_trousers (&builders[PIECE_TROUSERS], body);
  add_hair (&builders[PIECE_HAIR], body);
  for (int i = 0; i < 2; i++) {
    add_sleeve (&builders[PIECE_TOP], body, i);
    add_hand (&builders[PIECE_SKIN], body, i);
    add_shoe (&builders[PIECE_SHOES], body, i);
  }
}

/* Colours of skin, hair and clothes, one after the other. */
static void
dress (Piece pieces[static N_PIECES], double seed)
{
  DioDice dice = dio_dice (seed, 0xC10);
  const uint8_t *skin = skins[dio_dice_pick (&dice, G_N_ELEMENTS (skins))];
  const uint8_t *top = tops[dio_dice_pick (&dice, G_N_ELEMENTS (tops))];
  const uint8_t *legs = trousers[dio_dice_pick (&dice, G_N_ELEMENTS (trousers))];
  const uint8_t *shoe = shoes[dio_dice_pick (&dice, G_N_ELEMENTS (shoes))];
  const uint8_t *hair = hairs[dio_dice_pick (&dice, G_N_ELEMENTS (hairs))];
  pieces[PIECE_SKIN] = (Piece){ "skin", skin, 0.55f, NULL };
  pieces[PIECE_TOP] = (Piece){ "top", top, 0.95f, &dio_surface_fabric };
  pieces[PIECE_TROUSERS] = (Piece){ "trousers", legs, 0.95f, &dio_surface_fabric };
  pieces[PIECE_SHOES] = (Piece){ "shoes", shoe, 0.5f, NULL };
  pieces[PIECE_HAIR] = (Piece){ "hair", hair, 0.75f, NULL };
}

void
dio_parametric_build_mannequin (DioParametricMake *make)
{
  const double *values = make->values;
  Body body = { .build = values[DIO_MANNEQUIN_BUILD] };
  dio_figure_pose (&body.figure, values[DIO_MANNEQUIN_HEIGHT], (DioPose) values[DIO_MANNEQUIN_POSE],
                   values[DIO_MANNEQUIN_STRIDE], values[DIO_MANNEQUIN_SEED]);
  Piece pieces[N_PIECES];
  dress (pieces, values[DIO_MANNEQUIN_SEED]);
  gboolean dressed = (int) values[DIO_MANNEQUIN_CLOTHES] == CLOTHES_EVERYDAY;
  DioMeshBuilder builders[N_PIECES], *all[N_PIECES];
  for (guint i = 0; i < N_PIECES; i++) {
    dio_mesh_builder_init (&builders[i]);
    all[i] = &builders[i];
  }
  add_pieces (builders, &body);
  dio_globe_settle (all, N_PIECES);
  for (guint i = 0; i < N_PIECES; i++) {
    take_piece (make, &builders[i], &pieces[i], dressed);
    dio_mesh_builder_clear (&builders[i]);
  }
}
