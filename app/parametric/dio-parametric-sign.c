#define G_LOG_DOMAIN "dio-parametric"

/* Road signs: a plate with a drawn face, dented and turned, held by clamps on a post that leans. About 2400
 * triangles. The plate is a face group of its own, so that labels can name the sign without its post. */

#include "dio-parametric-street-private.h"

#include "dio-core-math.h"
#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-parametric-lathe-private.h"
#include "dio-parametric-mesh-shapes-private.h"
#include "dio-parametric-sign-face-private.h"
#include "dio-parametric-surface-street-private.h"

#define THICKNESS_M 0.003
#define MAX_DENTS 4
/* Height of the foot in which the post stands; the post starts in it, so that a lean does not lift it out. */
#define FOOT_M 0.035

typedef struct {
  double x, z, radius, depth;
} Dent;

typedef struct {
  DioSignFace face;
  double height, radius, lean, turn, nod;
  guint post;
  double center_z;
  guint n_dents;
  Dent dents[MAX_DENTS];
  double fold; /* depth of the rim that is bent back on one side, metres */
  double fold_way[2];
} Sign;

enum { POST_ROUND, POST_CHANNEL, POST_WOOD };

static double
draw (const Sign *sign, uint32_t what, uint32_t which)
{
  return dio_noise_uniform (sign->face.seed + 1000, what, which);
}

/* Blows push the sheet back in round hollows; a lorry bends a rim. */
static double
bend_cb (double x, double z, gconstpointer user)
{
  const Sign *sign = user;
  double sum = 0;
  for (guint i = 0; i < sign->n_dents; i++) {
    const Dent *dent = &sign->dents[i];
    double dx = (x - dent->x) / dent->radius, dz = (z - dent->z) / dent->radius;
    double left = MAX (0, 1 - dx * dx - dz * dz);
    sum += dent->depth * left * left;
  }
  double along = x * sign->fold_way[0] + z * sign->fold_way[1];
  double over = MAX (0, along - 0.35 * sign->radius) / sign->radius;
  return sum + sign->fold * over * over;
}

static void
lay_dents (Sign *sign, double amount)
{
  sign->n_dents = amount > 0 ? MAX_DENTS : 0;
  for (guint i = 0; i < sign->n_dents; i++) {
    double angle = 2 * DIO_PI * draw (sign, 1, i), reach = 0.7 * sign->radius * draw (sign, 2, i);
    sign->dents[i] = (Dent){
      .x = reach * dio_cos (angle),
      .z = reach * dio_sin (angle),
      .radius = sign->radius * (0.25 + 0.4 * draw (sign, 3, i)),
      .depth = amount * sign->radius * 0.14 * (draw (sign, 4, i) - 0.35),
    };
  }
  double angle = 2 * DIO_PI * draw (sign, 5, 0);
  sign->fold = amount * sign->radius * 0.6 * (draw (sign, 6, 0) - 0.3);
  sign->fold_way[0] = dio_cos (angle);
  sign->fold_way[1] = dio_sin (angle);
}

static DioMat4
turn_about (DioVec3 axis, double angle)
{
  double s = dio_sin (angle / 2);
  return dio_mat4_from_quat ((DioQuat){ dio_cos (angle / 2), axis.x * s, axis.y * s, axis.z * s });
}

/* From the plate's frame (its middle at the origin, face to -Y) to the model's. */
static DioMat4
get_plate_placement (const Sign *sign, double y)
{
  DioMat4 lean = turn_about (dio_vec3 (0, 1, 0), sign->lean);
  DioMat4 up = dio_mat4_translation (dio_vec3 (0, 0, sign->center_z));
  DioMat4 turn = turn_about (dio_vec3 (0, 0, 1), sign->turn);
  DioMat4 nod = turn_about (dio_vec3 (1, 0, 0), sign->nod);
  DioMat4 out = dio_mat4_translation (dio_vec3 (0, y, 0));
  DioMat4 m = dio_mat4_multiply (&lean, &up);
  m = dio_mat4_multiply (&m, &turn);
  m = dio_mat4_multiply (&m, &out);
  return dio_mat4_multiply (&m, &nod);
}

/* Height of the lower (0) or upper (1) clamp over the plate's middle. */
static double
get_clamp_z (const Sign *sign, guint which)
{
  static const double triangle[2] = { -0.36, 0.36 }, other[2] = { -0.52, 0.52 };
  gboolean pointed = sign->face.kind == DIO_SIGN_YIELD || sign->face.kind == DIO_SIGN_WARNING;
  return sign->radius * (pointed ? triangle : other)[which];
}

static double
get_post_half (const Sign *sign)
{
  return sign->post == POST_ROUND ? 0.030 : sign->post == POST_CHANNEL ? 0.020 : 0.045;
}

/* ---- the plate ---- */

static void
add_bolts (DioMeshBuilder *builder, const Sign *sign)
{
  for (guint which = 0; which < 2; which++) {
    double z = get_clamp_z (sign, which), y = bend_cb (0, z, sign) - THICKNESS_M / 2;
    dio_mesh_builder_add_bar (builder, dio_vec3 (0, y + 0.002, z), dio_vec3 (0, y - 0.004, z),
                              0.009, 6);
    dio_mesh_builder_add_bar (builder, dio_vec3 (0, y + 0.002, z), dio_vec3 (0, y - 0.0015, z),
                              0.014, 12);
  }
}

static void
add_plate (DioParametricMake *make, const Sign *sign)
{
  double outline[DIO_SIGN_MAX_OUTLINE][2];
  guint n = dio_sign_fill_outline (sign->face.kind, outline);
  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < 2; k++)
      outline[i][k] *= sign->radius;
  double side = DIO_SIGN_FACE_SIDE * sign->radius;
  const DioSheet sheet = {
    .outline = (const double (*)[2]) outline,
    .n = n,
    .thickness = THICKNESS_M,
    .bevel = 0.0008,
    .n_rings = 9,
    .bend = bend_cb,
    .user = sign,
    .u_origin = -side / 2,
    .v_origin = side / 2,
    .uv_per_m = 1 / side,
  };
  DioSurface surface;
  g_autoptr (DioSignPainter) painter = dio_sign_painter_new (&sign->face, &surface);
  const DioMaterialLook face_look = { "face", 255, 255, 255, 1, 0, &surface };
  const DioMaterialLook back_look = {
    "back", 200, 202, 205, 1, 0.6f, dio_street_get_surface (DIO_STREET_BRUSHED_METAL)
  };
  guint group = dio_model_add_group (make->model, "sign", DIO_GROUP_LABEL_INCLUDE);
  DioMat4 placement = get_plate_placement (sign, -get_post_half (sign) - 0.022);
  g_auto (DioMeshBuilder) builder;
  dio_mesh_builder_init (&builder);
  builder.placement = placement;
  dio_mesh_builder_add_sheet_front (&builder, &sheet);
  dio_parametric_take_mesh (make, &builder, dio_parametric_add_material (make, &face_look), group);
  builder.placement = placement;
  dio_mesh_builder_add_sheet_back (&builder, &sheet);
  add_bolts (&builder, sign);
  dio_parametric_take_mesh (make, &builder, dio_parametric_add_material (make, &back_look), group);
}

/* ---- what holds it ---- */

static void
add_clamps (DioMeshBuilder *builder, const Sign *sign)
{
  double half = get_post_half (sign);
  for (guint which = 0; which < 2; which++) {
    double z = get_clamp_z (sign, which);
    dio_mesh_builder_add_rounded_box (builder, dio_vec3 (0, -half - 0.006, z),
                                      dio_vec3 (0.6 * sign->radius, 0.014, 0.034), 0.003);
    dio_mesh_builder_add_rounded_box (builder, dio_vec3 (0, 0, z),
                                      dio_vec3 (2 * half + 0.012, 2 * half + 0.012, 0.03), 0.004);
  }
}

/* A hat-shaped steel channel, open to the back, as pressed from sheet. */
static void
add_channel (DioMeshBuilder *builder, const DioMat4 *lean, double bottom, double top)
{
  static const double section[][2] = {
    { -0.040, 0.016 }, { -0.018, 0.016 },  { -0.015, -0.019 }, { 0.015, -0.019 },
    { 0.018, 0.016 },  { 0.040, 0.016 },   { 0.040, 0.020 },   { 0.014, 0.020 },
    { 0.011, -0.015 }, { -0.011, -0.015 }, { -0.014, 0.020 },  { -0.040, 0.020 },
  };
  /* The section's (y, z) are the post's x and y: X of the bar goes up. */
  DioMat4 stand = dio_mat4_identity ();
  const double columns[9] = { 0, 0, 1, 1, 0, 0, 0, 1, 0 };
  for (guint c = 0; c < 3; c++)
    for (guint r = 0; r < 3; r++)
      stand.m[4 * c + r] = columns[3 * c + r];
  builder->placement = dio_mat4_multiply (lean, &stand);
  const DioExtrusion extrusion = { section, G_N_ELEMENTS (section), bottom, top, 1 };
  dio_mesh_builder_add_extrusion (builder, &extrusion);
  builder->placement = *lean;
}

static void
add_post (DioParametricMake *make, const Sign *sign)
{
  static const char *const name = "post";
  const DioMaterialLook metal = {
    name, 214, 216, 218, 1, 1, dio_street_get_surface (DIO_STREET_GALVANIZED)
  };
  const DioMaterialLook wood = { name, 132, 104, 78, 0.9f, 0 };
  double bottom = 0.6 * FOOT_M, top = sign->center_z + get_clamp_z (sign, 1) + 0.05;
  DioMat4 lean = turn_about (dio_vec3 (0, 1, 0), sign->lean);
  g_auto (DioMeshBuilder) builder;
  dio_mesh_builder_init (&builder);
  builder.placement = lean;
  if (sign->post == POST_ROUND) {
    dio_mesh_builder_add_bar (&builder, dio_vec3 (0, 0, bottom), dio_vec3 (0, 0, top), 0.030, 24);
    dio_mesh_builder_add_bar (&builder, dio_vec3 (0, 0, top), dio_vec3 (0, 0, top + 0.008), 0.033,
                              24);
  } else if (sign->post == POST_CHANNEL) {
    add_channel (&builder, &lean, bottom, top);
  } else {
    dio_mesh_builder_add_rounded_box (&builder, dio_vec3 (0, 0, (bottom + top) / 2),
                                      dio_vec3 (0.09, 0.09, top - bottom), 0.006);
  }
  builder.placement = get_plate_placement (sign, 0);
  add_clamps (&builder, sign);
  dio_mesh_builder_soil (&builder, 0, 0.6, 0.35f);
  dio_parametric_take_part_as (make, &builder, sign->post == POST_WOOD ? &wood : &metal,
                               DIO_GROUP_LABEL_EXCLUDE);
}

static void
add_foot (DioParametricMake *make)
{
  const DioMaterialLook look = {
    "foot", 232, 230, 226, 1, 0, dio_street_get_surface (DIO_STREET_CONCRETE)
  };
  const double round[2] = { 0, DIO_PI / 2 };
  g_auto (DioProfile) profile;
  dio_profile_init (&profile, 0, 0);
  dio_profile_line_to (&profile, 0.13, 0);
  dio_profile_line_to (&profile, 0.13, FOOT_M - 0.012);
  dio_profile_arc (&profile, 0.118, FOOT_M - 0.012, round, 3);
  dio_profile_line_to (&profile, 0, FOOT_M);
  g_auto (DioMeshBuilder) builder;
  dio_mesh_builder_init (&builder);
  dio_lathe_add_sides (&builder, &profile, 0, profile.pieces->len, 0.13, 24);
  dio_parametric_take_part_as (make, &builder, &look, DIO_GROUP_LABEL_EXCLUDE);
}

static void
build_sign (DioParametricMake *make, Sign *sign, double dents)
{
  /* The lower end of the plate hangs at the height. */
  sign->center_z = sign->height + sign->radius * (sign->face.kind == DIO_SIGN_WARNING ? 0.5 : 0.93);
  lay_dents (sign, dents);
  add_plate (make, sign);
  add_post (make, sign);
  add_foot (make);
}

void
dio_parametric_build_stop_sign (DioParametricMake *make)
{
  const double *v = make->values;
  Sign sign = {
    .face = { .kind = DIO_SIGN_STOP,
              .dirt = v[DIO_STOP_SIGN_DIRT],
              .fade = v[DIO_STOP_SIGN_FADE],
              .n_stickers = (guint) v[DIO_STOP_SIGN_STICKERS],
              .seed = (guint64) v[DIO_STOP_SIGN_SEED] },
    .height = v[DIO_STOP_SIGN_HEIGHT],
    /* The size is that across the flats. */
    .radius = v[DIO_STOP_SIGN_SIZE] / 2 / dio_cos (DIO_PI / 8),
    .lean = v[DIO_STOP_SIGN_LEAN],
    .turn = v[DIO_STOP_SIGN_TURN],
    .nod = v[DIO_STOP_SIGN_NOD],
    .post = (guint) v[DIO_STOP_SIGN_POST],
  };
  build_sign (make, &sign, v[DIO_STOP_SIGN_DENTS]);
}

void
dio_parametric_build_road_sign (DioParametricMake *make)
{
  static const DioSignFaceKind faces[] = { DIO_SIGN_YIELD,    DIO_SIGN_WARNING,
                                           DIO_SIGN_SPEED,    DIO_SIGN_PROHIBITION,
                                           DIO_SIGN_NO_ENTRY, DIO_SIGN_RED_DISC,
                                           DIO_SIGN_MANDATORY };
  const double *v = make->values;
  DioSignFaceKind kind = faces[(guint) v[DIO_ROAD_SIGN_KIND]];
  gboolean triangle = kind == DIO_SIGN_YIELD || kind == DIO_SIGN_WARNING;
  Sign sign = {
    .face = { .kind = kind,
              .speed = kind == DIO_SIGN_SPEED ? 10 * (guint) v[DIO_ROAD_SIGN_SPEED] : 0,
              .dirt = v[DIO_ROAD_SIGN_DIRT],
              .fade = v[DIO_ROAD_SIGN_FADE],
              .n_stickers = (guint) v[DIO_ROAD_SIGN_STICKERS],
              .seed = (guint64) v[DIO_ROAD_SIGN_SEED] },
    .height = v[DIO_ROAD_SIGN_HEIGHT],
    /* Discs by their diameter, triangles by their side. */
    .radius = v[DIO_ROAD_SIGN_SIZE] * (triangle ? 0.5774 : 0.5),
    .lean = v[DIO_ROAD_SIGN_LEAN],
    .turn = v[DIO_ROAD_SIGN_TURN],
    .post = (guint) v[DIO_ROAD_SIGN_POST],
  };
  build_sign (make, &sign, v[DIO_ROAD_SIGN_DENTS]);
}
