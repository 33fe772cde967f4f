#define G_LOG_DOMAIN "dio-parametric"

#include "dio-parametric-globe-private.h"

#include "dio-core-vec.h"

/* Step of the differences that give normals. */
#define STEP 1e-4

/* From differences to both sides; at the ends, where the turn says nothing, from the ring beside them. */
static DioVec3
get_normal (const DioGlobe *globe, double s, double turn)
{
  double near = CLAMP (s, 20 * STEP, 1 - 20 * STEP);
  double before = turn - STEP < 0 ? turn - STEP + 1 : turn - STEP;
  double after = turn + STEP >= 1 ? turn + STEP - 1 : turn + STEP;
  DioVec3 along = dio_vec3_sub (globe->point (near + STEP, turn, globe->user),
                                globe->point (near - STEP, turn, globe->user));
  DioVec3 round = dio_vec3_sub (globe->point (near, after, globe->user),
                                globe->point (near, before, globe->user));
  return dio_vec3_normalize (dio_vec3_cross (round, along));
}

static void
add_vertex (DioMeshBuilder *builder, const DioGlobe *globe, guint k, guint i)
{
  double s = (double) k / globe->n_along, turn = (double) (i % globe->n_round) / globe->n_round;
  gboolean end = k == 0 || k == globe->n_along;
  /* An end has a vertex for each side, in the middle of what that side covers; the strip takes the one after
   * at the start and the one before at the end. */
  double middle = !end ? 0 : k == 0 ? 0.5 : -0.5;
  DioBuilderVertex vertex = {
    .position = globe->point (s, end ? 0 : turn, globe->user),
    .normal = get_normal (globe, s, end ? turn : turn),
    .u = (i + middle) / globe->n_round * globe->tiles_round,
    .v = (1 - s) * globe->tiles_along,
  };
  if (globe->tint != NULL)
    globe->tint (s, turn, globe->user, builder->tint);
  dio_mesh_builder_add_vertex (builder, &vertex);
}

void
dio_globe_add (DioMeshBuilder *builder, const DioGlobe *globe)
{
  uint32_t first = builder->vertices->len, n = globe->n_round + 1;
  for (guint k = 0; k <= globe->n_along; k++)
    for (guint i = 0; i < n; i++)
      add_vertex (builder, globe, k, i);
  for (guint k = 0; k < globe->n_along; k++)
    for (guint i = 0; i < globe->n_round; i++) {
      uint32_t lower = first + k * n + i, upper = lower + n;
      dio_mesh_builder_add_quad (builder, lower, lower + 1, upper + 1, upper);
    }
}

static DioBox3
get_bounds (DioMeshBuilder **builders, guint n)
{
  DioBox3 box = { { INFINITY, INFINITY, INFINITY }, { -INFINITY, -INFINITY, -INFINITY } };
  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < builders[i]->vertices->len; k++) {
      DioVec3 p = g_array_index (builders[i]->vertices, DioBuilderVertex, k).position;
      box.min = dio_vec3 (MIN (box.min.x, p.x), MIN (box.min.y, p.y), MIN (box.min.z, p.z));
      box.max = dio_vec3 (MAX (box.max.x, p.x), MAX (box.max.y, p.y), MAX (box.max.z, p.z));
    }
  return box;
}

void
dio_globe_settle (DioMeshBuilder **builders, guint n)
{
  DioBox3 box = get_bounds (builders, n);
  DioVec3 shift = { -0.5 * (box.min.x + box.max.x), -0.5 * (box.min.y + box.max.y), -box.min.z };
  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < builders[i]->vertices->len; k++) {
      DioVec3 *p = &g_array_index (builders[i]->vertices, DioBuilderVertex, k).position;
      *p = dio_vec3_add (*p, shift);
    }
}
