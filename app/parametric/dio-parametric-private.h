#pragma once
/* Thread: any. What the families of models share, and their build functions. */

#include "dio-parametric-mesh-builder-private.h"
#include "dio-parametric.h"

G_BEGIN_DECLS

/** How a material of our own looks; colours as written in sRGB, 0 .. 255. */
typedef struct {
  const char *name;
  uint8_t red, green, blue;
  float roughness, metallic;
} DioMaterialLook;

/** Finishes the builder into a part of @model with a material and an included face group of the look's
 * name, in the model's own frame. */
void dio_parametric_take_part (DioModel *model,
                               DioMeshBuilder *builder,
                               const DioMaterialLook *look);

/* One for each row of the table. @values are inside their ranges, in the order of the row's enum. */
DioModel *dio_parametric_build_box (const double *values) G_GNUC_WARN_UNUSED_RESULT;
DioModel *dio_parametric_build_plane (const double *values) G_GNUC_WARN_UNUSED_RESULT;
DioModel *dio_parametric_build_sphere (const double *values) G_GNUC_WARN_UNUSED_RESULT;
DioModel *dio_parametric_build_cylinder (const double *values) G_GNUC_WARN_UNUSED_RESULT;
DioModel *dio_parametric_build_capsule (const double *values) G_GNUC_WARN_UNUSED_RESULT;
DioModel *dio_parametric_build_table (const double *values) G_GNUC_WARN_UNUSED_RESULT;
DioModel *dio_parametric_build_mug (const double *values) G_GNUC_WARN_UNUSED_RESULT;
DioModel *dio_parametric_build_bottle (const double *values) G_GNUC_WARN_UNUSED_RESULT;
DioModel *dio_parametric_build_bowl (const double *values) G_GNUC_WARN_UNUSED_RESULT;
DioModel *dio_parametric_build_carton (const double *values) G_GNUC_WARN_UNUSED_RESULT;

enum { DIO_BOX_WIDTH, DIO_BOX_DEPTH, DIO_BOX_HEIGHT, DIO_BOX_BEVEL };
enum { DIO_PLANE_WIDTH, DIO_PLANE_DEPTH };
enum { DIO_SPHERE_RADIUS };
enum { DIO_CYLINDER_RADIUS, DIO_CYLINDER_HEIGHT, DIO_CYLINDER_BEVEL };
enum { DIO_CAPSULE_RADIUS, DIO_CAPSULE_LENGTH };
enum {
  DIO_TABLE_WIDTH,
  DIO_TABLE_DEPTH,
  DIO_TABLE_HEIGHT,
  DIO_TABLE_TOP_THICKNESS,
  DIO_TABLE_LEG_WIDTH,
  DIO_TABLE_LEG_INSET,
};
enum { DIO_MUG_RADIUS, DIO_MUG_HEIGHT, DIO_MUG_WALL, DIO_MUG_HANDLE_SCALE };
enum { DIO_BOTTLE_RADIUS, DIO_BOTTLE_HEIGHT, DIO_BOTTLE_NECK_RADIUS, DIO_BOTTLE_SHOULDER };
enum { DIO_BOWL_RADIUS, DIO_BOWL_HEIGHT, DIO_BOWL_WALL };
enum { DIO_CARTON_WIDTH, DIO_CARTON_DEPTH, DIO_CARTON_HEIGHT, DIO_CARTON_GABLE };

G_END_DECLS
