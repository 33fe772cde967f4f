#define G_LOG_DOMAIN "dio-parametric"

/* Wheels: a tyre, a dished rim with spokes, all turned about X. */

#include "dio-core-math.h"
#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-parametric-lathe-private.h"
#include "dio-parametric-mesh-shapes-private.h"
#include "dio-parametric-vehicle-private.h"

#define WIDTH_M 0.20
#define SPOKES 5

/* Z of the lathe becomes X of the car times @side; exact, so that tyres touch z = 0. */
static DioMat4
lay_wheel (double x, double y, double z, int side)
{
  DioMat4 m = dio_mat4_identity ();
  const double columns[3][3] = { { 0, side, 0 }, { 0, 0, 1 }, { side, 0, 0 } };
  for (guint c = 0; c < 3; c++)
    for (guint r = 0; r < 3; r++)
      m.m[4 * c + r] = columns[c][r];
  m.m[12] = x;
  m.m[13] = y;
  m.m[14] = z;
  return m;
}

static void
add_tyre (DioMeshBuilder *builder, double radius)
{
  const double half = WIDTH_M / 2, rim = 0.66 * radius, edge = 0.035;
  const double low[2] = { -DIO_PI / 2, 0 }, high[2] = { 0, DIO_PI / 2 };
  g_auto (DioProfile) profile;
  dio_profile_init (&profile, 0, -half);
  dio_profile_line_to (&profile, radius - edge, -half);
  dio_profile_arc (&profile, radius - edge, -half + edge, low, 3);
  dio_profile_line_to (&profile, radius, half - edge);
  dio_profile_arc (&profile, radius - edge, half - edge, high, 3);
  dio_profile_line_to (&profile, rim, half + 0.004);
  dio_profile_line_to (&profile, rim - 0.012, half - 0.05);
  dio_profile_line_to (&profile, 0, half - 0.06);
  dio_lathe_add_sides (builder, &profile, 0, profile.pieces->len, radius, 32);
}

static void
add_rim (DioMeshBuilder *builder, double radius)
{
  const double half = WIDTH_M / 2, rim = 0.665 * radius;
  g_auto (DioProfile) profile;
  dio_profile_init (&profile, rim - 0.035, half - 0.030);
  dio_profile_line_to (&profile, rim - 0.004, half - 0.030);
  dio_profile_line_to (&profile, rim + 0.004, half + 0.006);
  dio_profile_line_to (&profile, rim - 0.016, half + 0.008);
  dio_profile_line_to (&profile, rim - 0.035, half - 0.030);
  dio_lathe_add_sides (builder, &profile, 0, profile.pieces->len, rim, 32);
  dio_mesh_builder_add_bar (builder, dio_vec3 (0, 0, half - 0.058), dio_vec3 (0, 0, half - 0.004),
                            0.055, 20);
  dio_mesh_builder_add_bar (builder, dio_vec3 (0, 0, half - 0.006), dio_vec3 (0, 0, half + 0.002),
                            0.030, 16);
  for (guint i = 0; i < SPOKES; i++) {
    double angle = 2 * DIO_PI * i / SPOKES + 0.3, c = dio_cos (angle), s = dio_sin (angle);
    for (int side = -1; side <= 1; side += 2) {
      double ox = -s * side * 0.028, oy = c * side * 0.028;
      dio_mesh_builder_add_bar (
          builder, dio_vec3 (0.03 * c + 0.6 * ox, 0.03 * s + 0.6 * oy, half - 0.022),
          dio_vec3 ((rim - 0.02) * c + ox, (rim - 0.02) * s + oy, half - 0.018), 0.014, 8);
    }
  }
}

void
dio_vehicle_add_wheels (DioMeshBuilder *tyres,
                        DioMeshBuilder *rims,
                        DioMeshBuilder *dark,
                        const DioVehicleShape *shape)
{
  for (guint i = 0; i < 2; i++) {
    double y = shape->axles[i], r = shape->wheel;
    double out = dio_vehicle_get_side (shape, y, shape->wheel) - WIDTH_M / 2 - 0.025;
    for (int side = -1; side <= 1; side += 2) {
      tyres->placement = rims->placement = lay_wheel (side * out, y, r, side);
      add_tyre (tyres, r);
      add_rim (rims, r);
    }
    dio_mesh_builder_add_chamfered_box (
        dark, dio_vec3 (0, y, r + 0.12),
        dio_vec3 (2 * (out - WIDTH_M / 2 - 0.015), 2 * shape->arch + 0.1, 2 * shape->arch - 0.08),
        0.02);
  }
  tyres->placement = rims->placement = dio_mat4_identity ();
}
