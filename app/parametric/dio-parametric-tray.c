#define G_LOG_DOMAIN "dio-parametric"

/* The mirror tray: polished metal, a profile drawn round an oval or a rectangle with round corners. */

#include "dio-parametric-household-private.h"

#include "dio-core-math.h"
#include "dio-core-vec.h"
#include "dio-parametric-lathe-private.h"

#define SIDES 80
#define SHEET_M 0.0015

enum { SHAPE_OVAL, SHAPE_RECTANGULAR };

static const DioMaterialLook tray_look = { "tray", 238, 238, 240, 0.02f, 1 };

/* The outline at the tray's foot, counter-clockwise seen from above, and its outward normals. */
typedef struct {
  double x[SIDES], y[SIDES], nx[SIDES], ny[SIDES];
} Outline;

static void
fill_oval (Outline *outline, double a, double b)
{
  for (guint i = 0; i < SIDES; i++) {
    double c = dio_cos (2 * DIO_PI * i / SIDES), s = dio_sin (2 * DIO_PI * i / SIDES);
    DioVec3 normal = dio_vec3_normalize (dio_vec3 (c * b, s * a, 0));
    outline->x[i] = a * c;
    outline->y[i] = b * s;
    outline->nx[i] = normal.x;
    outline->ny[i] = normal.y;
  }
}

static void
fill_rectangle (Outline *outline, double a, double b, double corner)
{
  const guint per_corner = SIDES / 4;
  const double signs[4][2] = { { 1, 1 }, { -1, 1 }, { -1, -1 }, { 1, -1 } };
  for (guint i = 0; i < SIDES; i++) {
    guint quarter = i / per_corner;
    double angle = DIO_PI / 2 * (quarter + (double) (i % per_corner) / (per_corner - 1));
    double c = dio_cos (angle), s = dio_sin (angle);
    outline->x[i] = signs[quarter][0] * (a - corner) + corner * c;
    outline->y[i] = signs[quarter][1] * (b - corner) + corner * s;
    outline->nx[i] = c;
    outline->ny[i] = s;
  }
}

static uint32_t
add_ring (DioMeshBuilder *builder, const Outline *outline, const DioProfilePiece *piece, int end)
{
  uint32_t first = builder->vertices->len;
  for (guint i = 0; i <= SIDES; i++) {
    guint k = i % SIDES;
    double out = piece->r[end], nr = piece->normal_r[end];
    DioBuilderVertex vertex = {
      .position = { outline->x[k] + out * outline->nx[k], outline->y[k] + out * outline->ny[k],
                    piece->z[end] },
      .normal = { nr * outline->nx[k], nr * outline->ny[k], piece->normal_z[end] },
      .u = (double) i / SIDES * 4,
      .v = -(piece->length
             + (end == 1 ? hypot (piece->r[1] - piece->r[0], piece->z[1] - piece->z[0]) : 0))
           / DIO_TEXTURE_TILE_M,
    };
    dio_mesh_builder_add_vertex (builder, &vertex);
  }
  return first;
}

static void
add_profile (DioMeshBuilder *builder, const Outline *outline, const DioProfile *profile)
{
  for (guint k = 0; k < profile->pieces->len; k++) {
    const DioProfilePiece *piece = &g_array_index (profile->pieces, DioProfilePiece, k);
    uint32_t lower = add_ring (builder, outline, piece, 0);
    uint32_t upper = add_ring (builder, outline, piece, 1);
    for (guint i = 0; i < SIDES; i++)
      dio_mesh_builder_add_quad (builder, lower + i, lower + i + 1, upper + i + 1, upper + i);
  }
}

static void
add_floor (DioMeshBuilder *builder, const Outline *outline, double out, double z, int up)
{
  DioVec3 points[SIDES];
  for (guint i = 0; i < SIDES; i++) {
    guint k = up > 0 ? i : SIDES - 1 - i;
    points[i] =
        dio_vec3 (outline->x[k] + out * outline->nx[k], outline->y[k] + out * outline->ny[k], z);
  }
  dio_mesh_builder_add_panel (builder, points, SIDES, dio_vec3 (0, 0, up), dio_vec3 (1, 0, 0));
}

/* From under the foot out, up the flaring side, over the rolled rim and back in. Offsets from the foot's outline. */
static void
draw_side (DioProfile *profile, double rim_m, double inset)
{
  const double under[2] = { -DIO_PI / 2, -DIO_PI / 9 }, over[2] = { -DIO_PI / 9, DIO_PI * 8 / 9 };
  double foot = MIN (0.3 * rim_m, 0.3 * inset), roll = MIN (0.0022, 0.22 * rim_m);
  double c = dio_cos (DIO_PI / 9), s = dio_sin (DIO_PI / 9), slope = s / c;
  dio_profile_init (profile, -inset, 0);
  dio_profile_line_to (profile, -foot, 0);
  dio_profile_arc (profile, -foot, foot, under, 6);
  double rise = rim_m - roll * (1 + s) - profile->z;
  dio_profile_line_to (profile, profile->r + rise * slope, profile->z + rise);
  dio_profile_arc (profile, profile->r - roll * c, profile->z + roll * s, over, 10);
  double floor_z = SHEET_M, fillet = foot;
  double drop = profile->z - floor_z - fillet * (1 - s);
  const double fillet_way[2] = { -DIO_PI / 9, -DIO_PI / 2 };
  dio_profile_line_to (profile, profile->r - drop * slope, profile->z - drop);
  dio_profile_arc (profile, profile->r - fillet * c, profile->z + fillet * s, fillet_way, 6);
  dio_profile_line_to (profile, -inset, profile->z);
}

static double
get_widest (const DioProfile *profile)
{
  double widest = 0;
  for (guint i = 0; i < profile->pieces->len; i++)
    widest = MAX (widest, g_array_index (profile->pieces, DioProfilePiece, i).r[1]);
  return widest;
}

void
dio_parametric_build_mirror_tray (DioParametricMake *make)
{
  const double *values = make->values;
  double width = values[DIO_TRAY_WIDTH], depth = values[DIO_TRAY_DEPTH];
  double shorter = MIN (width, depth), rim = MIN (values[DIO_TRAY_RIM], 0.2 * shorter);
  /* No nearer to the middle than the sharpest bend of an oval allows. */
  double foot = 0.5 * shorter - 0.4 * rim;
  double inset = MIN (0.22 * foot, 0.6 * foot * shorter / MAX (width, depth));
  Outline outline;
  g_auto (DioProfile) profile;
  g_auto (DioMeshBuilder) builder;
  draw_side (&profile, rim, inset);
  /* The side flares: the foot is as much smaller than the tray. */
  double flare = get_widest (&profile), a = width / 2 - flare, b = depth / 2 - flare;
  if ((int) values[DIO_TRAY_SHAPE] == SHAPE_OVAL)
    fill_oval (&outline, a, b);
  else
    fill_rectangle (&outline, a, b, 0.3 * MIN (a, b));
  dio_mesh_builder_init (&builder);
  add_profile (&builder, &outline, &profile);
  add_floor (&builder, &outline, -inset, 0, -1);
  add_floor (&builder, &outline, -inset, profile.z, 1);
  dio_parametric_take_part (make, &builder, &tray_look);
}
