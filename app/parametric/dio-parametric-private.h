#pragma once
/* Thread: any. What the families of models share, and their build functions. */

#include "dio-parametric-mesh-builder-private.h"
#include "dio-parametric-surface-private.h"
#include "dio-parametric.h"

G_BEGIN_DECLS

/** A model that is being built. */
typedef struct {
  const double *values; /**< limited, in the order of the row's enum */
  DioModel *model;
  gboolean bare; /**< no textures are wanted */
} DioParametricMake;

/** How a material of our own looks; colours as written in sRGB, 0 .. 255. */
typedef struct {
  const char *name;
  uint8_t red, green, blue;  /**< tints the surface where there is one */
  float roughness, metallic; /**< factors of the surface's where there is one */
  const DioSurface *surface; /**< its textures; NULL = plain */
  DioAlphaMode alpha_mode;   /**< opaque unless said; the cutoff is 0.5 */
  float alpha;               /**< 0 is read as 1 */
  float transmission;        /**< share of the body's light that passes in the colour above */
  gboolean double_sided;
  float emissive_nits; /**< of the colour above */
  DioLabelSurface label_surface;
} DioMaterialLook;

/** Adds a material; its index. */
guint dio_parametric_add_material (DioParametricMake *make, const DioMaterialLook *look);
/** Finishes the builder into a part of the model, in the model's own frame; nothing where it is empty. */
void dio_parametric_take_mesh (DioParametricMake *make,
                               DioMeshBuilder *builder,
                               guint material,
                               guint group);
/** The usual case: a material and a face group of the look's name for this part alone. */
void dio_parametric_take_part (DioParametricMake *make,
                               DioMeshBuilder *builder,
                               const DioMaterialLook *look);
/** The same with a group whose label is @label. */
void dio_parametric_take_part_as (DioParametricMake *make,
                                  DioMeshBuilder *builder,
                                  const DioMaterialLook *look,
                                  DioGroupLabel label);

/* One for each row of the table. */
void dio_parametric_build_box (DioParametricMake *make);
void dio_parametric_build_plane (DioParametricMake *make);
void dio_parametric_build_sphere (DioParametricMake *make);
void dio_parametric_build_cylinder (DioParametricMake *make);
void dio_parametric_build_capsule (DioParametricMake *make);
void dio_parametric_build_table (DioParametricMake *make);
void dio_parametric_build_mug (DioParametricMake *make);
void dio_parametric_build_bottle (DioParametricMake *make);
void dio_parametric_build_bowl (DioParametricMake *make);
void dio_parametric_build_carton (DioParametricMake *make);

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
  DIO_TABLE_WOOD,
  DIO_TABLE_SEED,
};
enum { DIO_MUG_RADIUS, DIO_MUG_HEIGHT, DIO_MUG_WALL, DIO_MUG_HANDLE_SCALE };
enum { DIO_BOTTLE_RADIUS, DIO_BOTTLE_HEIGHT, DIO_BOTTLE_NECK_RADIUS, DIO_BOTTLE_SHOULDER };
enum { DIO_BOWL_RADIUS, DIO_BOWL_HEIGHT, DIO_BOWL_WALL };
enum { DIO_CARTON_WIDTH, DIO_CARTON_DEPTH, DIO_CARTON_HEIGHT, DIO_CARTON_GABLE };

G_END_DECLS
