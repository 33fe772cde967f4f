#define G_LOG_DOMAIN "dio-parametric"

/* The table of kinds: the one place that names a model, its parameters and what builds it. Ranges are
 * such that every combination of values gives a sound model; builders limit what depends on another value
 * (a bevel on the smallest side, a wall on the radius). */

#include "dio-parametric-private.h"

#include "dio-core-pose.h"
#include "dio-image-color.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define END_OF_PARAMS                                                                              \
  {                                                                                                \
    NULL, NULL, NULL, 0, 0, 0                                                                      \
  }

static const DioParametricParam box_params[] = {
  [DIO_BOX_WIDTH] = { "width_m", N_ ("Width"), "m", 0.002, 50, 0.2 },
  [DIO_BOX_DEPTH] = { "depth_m", N_ ("Depth"), "m", 0.002, 50, 0.2 },
  [DIO_BOX_HEIGHT] = { "height_m", N_ ("Height"), "m", 0.002, 50, 0.2 },
  [DIO_BOX_BEVEL] = { "bevel_m", N_ ("Rounding"), "m", 0.0001, 1, 0.002 },
  END_OF_PARAMS,
};

static const DioParametricParam plane_params[] = {
  [DIO_PLANE_WIDTH] = { "width_m", N_ ("Width"), "m", 0.01, 1000, 2 },
  [DIO_PLANE_DEPTH] = { "depth_m", N_ ("Depth"), "m", 0.01, 1000, 2 },
  END_OF_PARAMS,
};

static const DioParametricParam sphere_params[] = {
  [DIO_SPHERE_RADIUS] = { "radius_m", N_ ("Radius"), "m", 0.001, 20, 0.05 },
  END_OF_PARAMS,
};

static const DioParametricParam cylinder_params[] = {
  [DIO_CYLINDER_RADIUS] = { "radius_m", N_ ("Radius"), "m", 0.001, 20, 0.04 },
  [DIO_CYLINDER_HEIGHT] = { "height_m", N_ ("Height"), "m", 0.001, 50, 0.12 },
  [DIO_CYLINDER_BEVEL] = { "bevel_m", N_ ("Rounding"), "m", 0.0001, 1, 0.002 },
  END_OF_PARAMS,
};

static const DioParametricParam capsule_params[] = {
  [DIO_CAPSULE_RADIUS] = { "radius_m", N_ ("Radius"), "m", 0.001, 10, 0.03 },
  [DIO_CAPSULE_LENGTH] = { "length_m", N_ ("Height"), "m", 0.002, 50, 0.14 },
  END_OF_PARAMS,
};

static const DioParametricParam table_params[] = {
  [DIO_TABLE_WIDTH] = { "width_m", N_ ("Width"), "m", 0.3, 6, 1.4 },
  [DIO_TABLE_DEPTH] = { "depth_m", N_ ("Depth"), "m", 0.3, 4, 0.8 },
  [DIO_TABLE_HEIGHT] = { "height_m", N_ ("Height"), "m", 0.2, 1.5, 0.74 },
  [DIO_TABLE_TOP_THICKNESS] = { "top_thickness_m", N_ ("Thickness of the top"), "m", 0.008, 0.12,
                                0.028 },
  [DIO_TABLE_LEG_WIDTH] = { "leg_width_m", N_ ("Width of a leg"), "m", 0.015, 0.14, 0.06 },
  [DIO_TABLE_LEG_INSET] = { "leg_inset_m", N_ ("Distance of the legs from the edge"), "m", 0, 0.5,
                            0.03 },
  END_OF_PARAMS,
};

static const DioParametricParam mug_params[] = {
  [DIO_MUG_RADIUS] = { "radius_m", N_ ("Radius"), "m", 0.015, 0.1, 0.041 },
  [DIO_MUG_HEIGHT] = { "height_m", N_ ("Height"), "m", 0.03, 0.25, 0.095 },
  [DIO_MUG_WALL] = { "wall_m", N_ ("Wall thickness"), "m", 0.0015, 0.01, 0.004 },
  [DIO_MUG_HANDLE_SCALE] = { "handle_scale", N_ ("Size of the handle"), "", 0.5, 1.5, 1 },
  END_OF_PARAMS,
};

static const DioParametricParam bottle_params[] = {
  [DIO_BOTTLE_RADIUS] = { "radius_m", N_ ("Radius"), "m", 0.01, 0.15, 0.036 },
  [DIO_BOTTLE_HEIGHT] = { "height_m", N_ ("Height"), "m", 0.08, 0.8, 0.26 },
  [DIO_BOTTLE_NECK_RADIUS] = { "neck_radius_m", N_ ("Radius of the neck"), "m", 0.004, 0.1, 0.013 },
  [DIO_BOTTLE_SHOULDER] = { "shoulder", N_ ("Slope of the shoulder"), "", 0, 1, 0.5 },
  END_OF_PARAMS,
};

static const DioParametricParam bowl_params[] = {
  [DIO_BOWL_RADIUS] = { "radius_m", N_ ("Radius"), "m", 0.025, 0.4, 0.085 },
  [DIO_BOWL_HEIGHT] = { "height_m", N_ ("Height"), "m", 0.015, 0.3, 0.07 },
  [DIO_BOWL_WALL] = { "wall_m", N_ ("Wall thickness"), "m", 0.0015, 0.015, 0.004 },
  END_OF_PARAMS,
};

static const DioParametricParam carton_params[] = {
  [DIO_CARTON_WIDTH] = { "width_m", N_ ("Width"), "m", 0.03, 0.3, 0.072 },
  [DIO_CARTON_DEPTH] = { "depth_m", N_ ("Depth"), "m", 0.03, 0.3, 0.072 },
  [DIO_CARTON_HEIGHT] = { "height_m", N_ ("Height"), "m", 0.08, 0.6, 0.235 },
  [DIO_CARTON_GABLE] = { "gable_m", N_ ("Height of the gable"), "m", 0.015, 0.15, 0.05 },
  END_OF_PARAMS,
};

static const DioParametricInfo infos[] = {
  { "bottle", N_ ("Bottle"), bottle_params },
  { "bowl", N_ ("Bowl"), bowl_params },
  { "box", N_ ("Box"), box_params },
  { "capsule", N_ ("Capsule"), capsule_params },
  { "carton", N_ ("Milk carton"), carton_params },
  { "cylinder", N_ ("Cylinder"), cylinder_params },
  { "mug", N_ ("Mug"), mug_params },
  { "plane", N_ ("Plane"), plane_params },
  { "sphere", N_ ("Sphere"), sphere_params },
  { "table", N_ ("Table"), table_params },
};

/* In the order of infos, which is public and therefore apart. */
static DioModel *(*const builders[]) (const double *values) = {
  dio_parametric_build_bottle,  dio_parametric_build_bowl,   dio_parametric_build_box,
  dio_parametric_build_capsule, dio_parametric_build_carton, dio_parametric_build_cylinder,
  dio_parametric_build_mug,     dio_parametric_build_plane,  dio_parametric_build_sphere,
  dio_parametric_build_table,
};
G_STATIC_ASSERT (G_N_ELEMENTS (builders) == G_N_ELEMENTS (infos));

const DioParametricInfo *
dio_parametric_get_table (guint *n)
{
  g_return_val_if_fail (n != NULL, NULL);
  *n = G_N_ELEMENTS (infos);
  return infos;
}

const DioParametricInfo *
dio_parametric_find (const char *kind)
{
  g_return_val_if_fail (kind != NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (infos); i++)
    if (strcmp (infos[i].kind, kind) == 0)
      return &infos[i];
  return NULL;
}

const DioParametricParam *
dio_parametric_find_param (const DioParametricInfo *info, const char *name)
{
  g_return_val_if_fail (info != NULL && name != NULL, NULL);
  for (const DioParametricParam *param = info->params; param->name != NULL; param++)
    if (strcmp (param->name, name) == 0)
      return param;
  return NULL;
}

#define MAX_PARAMS 8

DioModel *
dio_parametric_build (const DioParametricInfo *info, const double *values)
{
  g_return_val_if_fail (info != NULL && values != NULL, NULL);
  g_return_val_if_fail (info >= infos && info < infos + G_N_ELEMENTS (infos), NULL);

  double inside[MAX_PARAMS];
  for (guint i = 0; info->params[i].name != NULL; i++) {
    const DioParametricParam *param = &info->params[i];
    g_assert (i < MAX_PARAMS);
    inside[i] =
        isfinite (values[i]) ? CLAMP (values[i], param->min, param->max) : param->default_value;
  }
  DioModel *model = builders[info - infos](inside);
  dio_model_seal (model);
  return model;
}

void
dio_parametric_take_part (DioModel *model, DioMeshBuilder *builder, const DioMaterialLook *look)
{
  const uint8_t srgb[3] = { look->red, look->green, look->blue };
  DioMaterial *material = dio_material_new (look->name);
  for (int c = 0; c < 3; c++)
    material->base_color[c] = (float) dio_linear_from_srgb (srgb[c] / 255.0);
  material->roughness = look->roughness;
  material->metallic = look->metallic;

  guint slot = dio_model_take_material (model, material);
  guint group = dio_model_add_group (model, look->name, DIO_GROUP_LABEL_INCLUDE);
  DioMat4 identity = dio_mat4_identity ();
  dio_model_take_part (model, dio_mesh_builder_finish (builder), slot, group, &identity);
}
