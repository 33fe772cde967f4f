#define G_LOG_DOMAIN "dio-parametric"

/* Solids: box, plane, sphere, cylinder, capsule. */

#include "dio-parametric-lathe-private.h"
#include "dio-parametric-private.h"

#include "dio-core-math.h"
#include "dio-core-vec.h"

static const DioMaterialLook box_look = { "surface", 196, 158, 112, 0.75f, 0 };
static const DioMaterialLook plane_look = { "surface", 188, 184, 176, 0.8f, 0 };
static const DioMaterialLook sphere_look = { "surface", 214, 92, 48, 0.4f, 0 };
static const DioMaterialLook cylinder_look = { "surface", 92, 138, 168, 0.45f, 0 };
static const DioMaterialLook capsule_look = { "surface", 216, 196, 92, 0.4f, 0 };

void
dio_parametric_build_box (DioParametricMake *make)
{
  const double *values = make->values;
  DioVec3 size = dio_vec3 (values[DIO_BOX_WIDTH], values[DIO_BOX_DEPTH], values[DIO_BOX_HEIGHT]);
  g_auto (DioMeshBuilder) builder;
  dio_mesh_builder_init (&builder);
  dio_mesh_builder_add_rounded_box (&builder, dio_vec3 (0, 0, size.z / 2), size,
                                    values[DIO_BOX_BEVEL]);
  dio_parametric_take_part (make, &builder, &box_look);
}

void
dio_parametric_build_plane (DioParametricMake *make)
{
  const double *values = make->values;
  double x = values[DIO_PLANE_WIDTH] / 2, y = values[DIO_PLANE_DEPTH] / 2;
  const DioVec3 corners[4] = { { -x, -y, 0 }, { x, -y, 0 }, { x, y, 0 }, { -x, y, 0 } };
  g_auto (DioMeshBuilder) builder;
  dio_mesh_builder_init (&builder);
  dio_mesh_builder_add_panel (&builder, corners, 4, dio_vec3 (0, 0, 1), dio_vec3 (1, 0, 0));
  dio_parametric_take_part (make, &builder, &plane_look);
  /* An open surface has no inside: it is there from both sides. */
  ((DioMaterial *) g_ptr_array_index (make->model->materials, 0))->double_sided = TRUE;
}

static void
build_from_profile (DioParametricMake *make,
                    const DioProfile *profile,
                    double radius,
                    const DioMaterialLook *look)
{
  g_auto (DioMeshBuilder) builder;
  dio_mesh_builder_init (&builder);
  dio_lathe_add (&builder, profile, 0, profile->pieces->len, radius);
  dio_parametric_take_part (make, &builder, look);
}

/* Steps of a quarter turn along a meridian: the same chord error as round the girth. */
#define MERIDIAN_STEPS (DIO_LATHE_SIDES / 4)

/* A ball cut in two and drawn apart by @straight_m. */
static void
draw_capsule (DioProfile *profile, double radius, double straight_m)
{
  const double lower[2] = { -DIO_PI / 2, 0 }, upper[2] = { 0, DIO_PI / 2 };
  dio_profile_init (profile, 0, 0);
  dio_profile_arc (profile, 0, radius, lower, MERIDIAN_STEPS);
  dio_profile_line_to (profile, radius, radius + straight_m);
  dio_profile_arc (profile, 0, radius + straight_m, upper, MERIDIAN_STEPS);
}

void
dio_parametric_build_sphere (DioParametricMake *make)
{
  const double *values = make->values;
  g_auto (DioProfile) profile;
  draw_capsule (&profile, values[DIO_SPHERE_RADIUS], 0);
  build_from_profile (make, &profile, values[DIO_SPHERE_RADIUS], &sphere_look);
}

void
dio_parametric_build_capsule (DioParametricMake *make)
{
  const double *values = make->values;
  /* The height is kept; a capsule lower than it is wide becomes a ball of that height. */
  double length = values[DIO_CAPSULE_LENGTH];
  double radius = MIN (values[DIO_CAPSULE_RADIUS], length / 2);
  g_auto (DioProfile) profile;
  draw_capsule (&profile, radius, length - 2 * radius);
  build_from_profile (make, &profile, radius, &capsule_look);
}

void
dio_parametric_build_cylinder (DioParametricMake *make)
{
  const double *values = make->values;
  const double lower[2] = { -DIO_PI / 2, 0 }, upper[2] = { 0, DIO_PI / 2 };
  double radius = values[DIO_CYLINDER_RADIUS], height = values[DIO_CYLINDER_HEIGHT];
  double bevel = MIN (values[DIO_CYLINDER_BEVEL], 0.49 * MIN (height, radius));
  g_auto (DioProfile) profile;
  dio_profile_init (&profile, 0, 0);
  dio_profile_line_to (&profile, radius - bevel, 0);
  dio_profile_arc (&profile, radius - bevel, bevel, lower, 4);
  dio_profile_line_to (&profile, radius, height - bevel);
  dio_profile_arc (&profile, radius - bevel, height - bevel, upper, 4);
  dio_profile_line_to (&profile, 0, height);
  build_from_profile (make, &profile, radius, &cylinder_look);
}
