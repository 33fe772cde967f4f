#define G_LOG_DOMAIN "dio-parametric"

/* The glass bottle: a wall with an inside, seen through by blending; what is in it; a cork. */

#include "dio-parametric-household-private.h"

#include "dio-core-math.h"
#include "dio-core-vec.h"
#include "dio-parametric-lathe-private.h"

#define WALL_M 0.003
#define STEPS 16
#define SIDES 48

enum { GLASS_CLEAR, GLASS_GREEN, GLASS_BROWN };

/* Colours of the light that passes a wall; alpha says what the bottle means for labels. */
static const DioMaterialLook glass_looks[] = {
  [GLASS_CLEAR] = { "glass", 244, 250, 248, 0.03f, 0, .alpha_mode = DIO_ALPHA_BLEND, .alpha = 0.16f,
                    .transmission = 0.97f },
  [GLASS_GREEN] = { "glass", 118, 176, 96, 0.03f, 0, .alpha_mode = DIO_ALPHA_BLEND, .alpha = 0.58f,
                    .transmission = 0.97f },
  [GLASS_BROWN] = { "glass", 196, 124, 44, 0.03f, 0, .alpha_mode = DIO_ALPHA_BLEND, .alpha = 0.6f,
                    .transmission = 0.97f },
};
static const DioMaterialLook liquid_look = {
  "liquid",
  150,
  26,
  40,
  0.05f,
  0,
  .alpha_mode = DIO_ALPHA_BLEND,
  .alpha = 0.72f,
  .transmission = 0.9f,
};
static const DioMaterialLook cork_look = { "cork", 176, 132, 92, 0.9f, 0 };

/* Outer radii and heights. */
typedef struct {
  double radius, height, neck;
  double edge;       /* rounding of the foot */
  double shoulder_z; /* where the body ends */
  double neck_z;     /* where the neck begins */
  double lip, lip_z; /* of the ring below the mouth */
  double punt;       /* how far the foot is pushed in */
} Outline;

static Outline
lay_out (const double *values)
{
  Outline o = {
    .radius = values[DIO_GLASS_BOTTLE_RADIUS],
    .height = values[DIO_GLASS_BOTTLE_HEIGHT],
  };
  o.neck = CLAMP (values[DIO_GLASS_BOTTLE_NECK], 2.2 * WALL_M, 0.85 * o.radius);
  o.neck_z = 0.78 * o.height;
  o.shoulder_z = o.neck_z - (0.08 + 0.42 * values[DIO_GLASS_BOTTLE_SHOULDER]) * o.height;
  o.edge = MIN (0.25 * o.radius, 0.3 * o.shoulder_z);
  o.lip = o.neck + 0.0022;
  o.lip_z = 0.955 * o.height;
  o.punt = MIN (0.30 * o.radius, 0.3 * o.shoulder_z);
  return o;
}

/* An S from upright to upright, walked up or down. */
static void
draw_shoulder (DioProfile *profile, double r1, double z1)
{
  DioProfileSample samples[STEPS + 1];
  double r0 = profile->r, z0 = profile->z, up = z1 > z0 ? 1 : -1;
  for (guint i = 0; i <= STEPS; i++) {
    double t = 0.5 - 0.5 * dio_cos (DIO_PI * i / STEPS);
    samples[i] = (DioProfileSample){
      .r = r0 + (r1 - r0) * t * t * (3 - 2 * t),
      .z = z0 + (z1 - z0) * t,
      .normal_r = up * fabs (z1 - z0),
      .normal_z = -(r1 - r0) * 6 * t * (1 - t),
    };
  }
  dio_profile_curve (profile, samples, STEPS + 1);
}

/* The foot's dome from the axis at @z outwards to (@r, 0), or the inside's, @rise higher, inwards. */
static void
draw_punt (DioProfile *profile, double r, double z, gboolean inside)
{
  DioProfileSample samples[STEPS + 1];
  double r0 = profile->r, z0 = profile->z;
  for (guint i = 0; i <= STEPS; i++) {
    double t = (double) i / STEPS, c = 0.5 - 0.5 * dio_cos (DIO_PI * t);
    double slope = 0.5 * DIO_PI * dio_sin (DIO_PI * t) * (z - z0);
    samples[i] = (DioProfileSample){
      .r = dio_mix (r0, r, t),
      .z = dio_mix (z0, z, c),
      .normal_r = inside ? slope * (r0 > r ? 1 : -1) : slope,
      .normal_z = inside ? fabs (r - r0) : -fabs (r - r0),
    };
  }
  dio_profile_curve (profile, samples, STEPS + 1);
}

static void
draw_outside (DioProfile *profile, const Outline *o)
{
  const double lower_right[2] = { -DIO_PI / 2, 0 }, over_rim[2] = { 0, DIO_PI };
  double rim = WALL_M / 2;
  dio_profile_init (profile, 0, o->punt);
  draw_punt (profile, o->radius - o->edge, 0, FALSE);
  dio_profile_arc (profile, o->radius - o->edge, o->edge, lower_right, 6);
  dio_profile_line_to (profile, o->radius, o->shoulder_z);
  draw_shoulder (profile, o->neck, o->neck_z);
  dio_profile_line_to (profile, o->neck, o->lip_z - 0.012 * o->height);
  draw_shoulder (profile, o->lip, o->lip_z);
  dio_profile_line_to (profile, o->lip, o->lip_z + 0.014 * o->height);
  draw_shoulder (profile, o->neck, o->lip_z + 0.026 * o->height);
  dio_profile_line_to (profile, o->neck, o->height - rim);
  dio_profile_arc (profile, o->neck - rim, o->height - rim, over_rim, 8);
}

static void
draw_inside (DioProfile *profile, const Outline *o)
{
  const double inner_right[2] = { 0, -DIO_PI / 2 };
  dio_profile_line_to (profile, o->neck - WALL_M, o->neck_z);
  draw_shoulder (profile, o->radius - WALL_M, o->shoulder_z);
  dio_profile_line_to (profile, o->radius - WALL_M, o->edge + WALL_M);
  dio_profile_arc (profile, o->radius - o->edge - WALL_M, o->edge + WALL_M, inner_right, 6);
  draw_punt (profile, 0, o->punt + WALL_M, TRUE);
}

/* Up to @z in the body, a hair off the wall. */
static void
add_liquid (DioMeshBuilder *builder, const Outline *o, double z)
{
  const double lower_right[2] = { -DIO_PI / 2, 0 };
  double radius = o->radius - WALL_M - 0.0004, edge = MIN (o->edge, 0.45 * (z - WALL_M));
  g_auto (DioProfile) profile;
  dio_profile_init (&profile, 0, o->punt + WALL_M + 0.0004);
  draw_punt (&profile, radius - edge, WALL_M + 0.0004, FALSE);
  dio_profile_arc (&profile, radius - edge, WALL_M + 0.0004 + edge, lower_right, 6);
  dio_profile_line_to (&profile, radius, z);
  dio_profile_line_to (&profile, 0, z);
  dio_lathe_add_sides (builder, &profile, 0, profile.pieces->len, radius, SIDES);
}

static void
add_cork (DioMeshBuilder *builder, const Outline *o)
{
  const double upper_right[2] = { 0, DIO_PI / 2 };
  double radius = o->neck - WALL_M - 0.0003, top = o->height + 0.014,
         bevel = MIN (0.0015, 0.3 * radius);
  g_auto (DioProfile) profile;
  dio_profile_init (&profile, 0, o->height - 0.03);
  dio_profile_line_to (&profile, radius, o->height - 0.03);
  dio_profile_line_to (&profile, 1.04 * radius, top - bevel);
  dio_profile_arc (&profile, 1.04 * radius - bevel, top - bevel, upper_right, 4);
  dio_profile_line_to (&profile, 0, top);
  dio_lathe_add_sides (builder, &profile, 0, profile.pieces->len, radius, SIDES);
}

void
dio_parametric_build_glass_bottle (DioParametricMake *make)
{
  const double *values = make->values;
  Outline outline = lay_out (values);
  g_auto (DioProfile) profile;
  g_auto (DioMeshBuilder) builder;
  dio_mesh_builder_init (&builder);
  /* What is inside comes first: it is drawn before what it is seen through. */
  double depth = outline.shoulder_z - outline.punt - 3 * WALL_M;
  if (values[DIO_GLASS_BOTTLE_FILL] > 0.02 && depth > 0.01) {
    add_liquid (&builder, &outline,
                outline.punt + 3 * WALL_M + depth * values[DIO_GLASS_BOTTLE_FILL]);
    dio_parametric_take_part (make, &builder, &liquid_look);
  }
  if (values[DIO_GLASS_BOTTLE_CORK] >= 1) {
    add_cork (&builder, &outline);
    dio_parametric_take_part (make, &builder, &cork_look);
  }
  draw_outside (&profile, &outline);
  draw_inside (&profile, &outline);
  dio_lathe_add_sides (&builder, &profile, 0, profile.pieces->len, outline.radius, SIDES);
  dio_parametric_take_part (make, &builder, &glass_looks[(int) values[DIO_GLASS_BOTTLE_COLOR]]);
}
