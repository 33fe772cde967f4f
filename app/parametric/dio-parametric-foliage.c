#define G_LOG_DOMAIN "dio-parametric"

#include "dio-parametric-foliage-private.h"

#include "dio-core-vec.h"
#include "dio-parametric-nature-surface-private.h"

/* How far the normals of a sheet's borders lean outwards: leaves of a twig do not lie in one plane. */
#define LEAN 0.35
#define ROWS 3

void
dio_foliage_add_card (DioMeshBuilder *builder, const DioLeafCard *card)
{
  DioVec3 right = dio_vec3_normalize (dio_vec3_cross (card->along, card->normal));
  DioVec3 up = dio_vec3_cross (right, card->along);
  uint32_t first = builder->vertices->len;
  for (guint row = 0; row < ROWS; row++) {
    double t = (double) row / (ROWS - 1), slope = 4 * card->arch * (1 - 2 * t);
    DioVec3 middle = dio_vec3_add (
        card->base,
        dio_vec3_add (dio_vec3_scale (card->along, t * card->length),
                      dio_vec3_scale (up, 4 * card->arch * t * (1 - t) * card->length)));
    DioVec3 normal = dio_vec3_normalize (dio_vec3_sub (up, dio_vec3_scale (card->along, slope)));
    for (int side = -1; side <= 1; side += 2) {
      DioBuilderVertex vertex = {
        .position = dio_vec3_add (middle, dio_vec3_scale (right, 0.5 * side * card->length)),
        .normal = dio_vec3_add (normal, dio_vec3_scale (right, LEAN * side)),
        .u = (card->variant + (side > 0 ? 1 : 0)) / (double) DIO_LEAF_VARIANTS,
        .v = (card->shape + 1 - t) / DIO_LEAF_SHAPES,
      };
      dio_mesh_builder_add_vertex (builder, &vertex);
    }
  }
  for (uint32_t row = 0; row + 1 < ROWS; row++) {
    uint32_t a = first + 2 * row;
    dio_mesh_builder_add_quad (builder, a, a + 1, a + 3, a + 2);
  }
}

void
dio_foliage_take_part (DioParametricMake *make, DioMeshBuilder *builder, gboolean is_autumn)
{
  const DioMaterialLook look = {
    .name = "leaves",
    .red = 255,
    .green = 255,
    .blue = 255,
    .roughness = 1,
    .surface = is_autumn ? &dio_surface_leaves_autumn : &dio_surface_leaves,
    .alpha_mode = DIO_ALPHA_MASK,
    .double_sided = TRUE,
  };
  dio_parametric_take_part (make, builder, &look);
}
