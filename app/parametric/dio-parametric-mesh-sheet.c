#define G_LOG_DOMAIN "dio-parametric"

/* Sheets: rings of vertices about the middle, pushed in by a field for dents, with a rounded edge. */

#include "dio-core-math.h"
#include "dio-core-vec.h"
#include "dio-parametric-mesh-shapes-private.h"

static double
get_bend (const DioSheet *sheet, double x, double z)
{
  return sheet->bend != NULL ? sheet->bend (x, z, sheet->user) : 0;
}

/* The front's normal where the sheet is bent: its slope by differences over a millimetre. */
static DioVec3
get_normal (const DioSheet *sheet, double x, double z)
{
  const double h = 0.001;
  double dx = (get_bend (sheet, x + h, z) - get_bend (sheet, x - h, z)) / (2 * h);
  double dz = (get_bend (sheet, x, z + h) - get_bend (sheet, x, z - h)) / (2 * h);
  return dio_vec3_normalize (dio_vec3 (dx, -1, dz));
}

/* Outward in the plane at point @i: between the normals of the two lines that meet there. */
static void
get_outward (const DioSheet *sheet, guint i, double out[static 2])
{
  const double *p[3] = { sheet->outline[(i + sheet->n - 1) % sheet->n], sheet->outline[i],
                         sheet->outline[(i + 1) % sheet->n] };
  out[0] = out[1] = 0;
  for (guint k = 0; k < 2; k++) {
    double dx = p[k + 1][0] - p[k][0], dz = p[k + 1][1] - p[k][1];
    double length = sqrt (dx * dx + dz * dz);
    out[0] += dz / length;
    out[1] -= dx / length;
  }
  double length = sqrt (out[0] * out[0] + out[1] * out[1]);
  out[0] /= length;
  out[1] /= length;
}

/* A point of the front (y_side -1) or back (1) at @scale of the way to the inset outline. */
static DioBuilderVertex
get_face_vertex (const DioSheet *sheet, guint i, double scale, double y_side)
{
  double outward[2];
  guint k = i % sheet->n;
  get_outward (sheet, k, outward);
  double x = scale * (sheet->outline[k][0] - sheet->bevel * outward[0]);
  double z = scale * (sheet->outline[k][1] - sheet->bevel * outward[1]);
  DioVec3 normal = get_normal (sheet, x, z);
  DioBuilderVertex vertex = {
    .position = { x, get_bend (sheet, x, z) + y_side * sheet->thickness / 2, z },
    .normal = dio_vec3_scale (normal, -y_side),
  };
  vertex.u = y_side < 0 ? (x - sheet->u_origin) * sheet->uv_per_m : -x / DIO_TEXTURE_TILE_M;
  vertex.v = y_side < 0 ? (sheet->v_origin - z) * sheet->uv_per_m : -z / DIO_TEXTURE_TILE_M;
  return vertex;
}

static void
add_face (DioMeshBuilder *builder, const DioSheet *sheet, double y_side)
{
  DioBuilderVertex middle = get_face_vertex (sheet, 0, 0, y_side);
  uint32_t center = dio_mesh_builder_add_vertex (builder, &middle), last = 0;
  for (guint ring = 1; ring <= sheet->n_rings; ring++) {
    uint32_t first = builder->vertices->len;
    for (guint i = 0; i < sheet->n; i++) {
      DioBuilderVertex vertex = get_face_vertex (sheet, i, (double) ring / sheet->n_rings, y_side);
      dio_mesh_builder_add_vertex (builder, &vertex);
    }
    for (guint i = 0; i < sheet->n; i++) {
      guint a = y_side < 0 ? i : (i + 1) % sheet->n, b = y_side < 0 ? (i + 1) % sheet->n : i;
      if (ring == 1)
        dio_mesh_builder_add_triangle (builder, center, first + a, first + b);
      else
        dio_mesh_builder_add_quad (builder, last + a, first + a, first + b, last + b);
    }
    last = first;
  }
}

/* The rounded edge from the front's rim to the back's: @step 0 .. 3. */
static DioBuilderVertex
get_edge_vertex (const DioSheet *sheet, guint i, guint step)
{
  double outward[2], y_side = step < 2 ? -1 : 1;
  guint k = i % sheet->n;
  get_outward (sheet, k, outward);
  DioBuilderVertex rim = get_face_vertex (sheet, k, 1, y_side);
  DioVec3 out = dio_vec3 (outward[0], 0, outward[1]);
  if (step == 1 || step == 2) {
    rim.position = dio_vec3_add (rim.position, dio_vec3_scale (out, sheet->bevel));
    rim.position.y -= y_side * MIN (sheet->bevel, 0.49 * sheet->thickness);
    rim.normal = out;
  } else {
    rim.normal = dio_vec3_normalize (dio_vec3_add (rim.normal, out));
  }
  rim.u = (double) i * 0.05;
  rim.v = step * 0.01;
  return rim;
}

void
dio_mesh_builder_add_sheet_front (DioMeshBuilder *builder, const DioSheet *sheet)
{
  add_face (builder, sheet, -1);
}

void
dio_mesh_builder_add_sheet_back (DioMeshBuilder *builder, const DioSheet *sheet)
{
  add_face (builder, sheet, 1);
  uint32_t first = builder->vertices->len;
  for (guint i = 0; i <= sheet->n; i++)
    for (guint step = 0; step < 4; step++) {
      DioBuilderVertex vertex = get_edge_vertex (sheet, i, step);
      dio_mesh_builder_add_vertex (builder, &vertex);
    }
  for (guint i = 0; i < sheet->n; i++)
    for (guint step = 0; step < 3; step++) {
      uint32_t a = first + 4 * i + step;
      dio_mesh_builder_add_quad (builder, a, a + 1, a + 5, a + 4);
    }
}

static void
round_corner (double (*out)[2],
              const double center[static 2],
              double rounding,
              guint n_steps,
              double from_rad,
              double turn_rad)
{
  for (guint k = 0; k <= n_steps; k++) {
    double angle = from_rad + turn_rad * k / MAX (n_steps, 1);
    out[k][0] = center[0] + rounding * dio_cos (angle);
    out[k][1] = center[1] + rounding * dio_sin (angle);
  }
}

void
dio_outline_fill_polygon (double (*out)[2],
                          guint n_corners,
                          double radius,
                          double rounding,
                          guint n_steps,
                          double first_rad)
{
  double turn = 2 * DIO_PI / n_corners;
  /* The rounding's middle lies on the way to the sharp corner. */
  double middle = radius - rounding / dio_cos (turn / 2);
  for (guint i = 0; i < n_corners; i++) {
    double angle = first_rad + turn * i;
    const double center[2] = { middle * dio_cos (angle), middle * dio_sin (angle) };
    round_corner (out + i * (n_steps + 1), center, rounding, n_steps, angle - turn / 2, turn);
  }
}

void
dio_outline_fill_rectangle (
    double (*out)[2], double width, double height, double rounding, guint n_steps)
{
  for (guint i = 0; i < 4; i++) {
    double x = (i == 0 || i == 3 ? 1 : -1) * (width / 2 - rounding);
    double z = (i < 2 ? 1 : -1) * (height / 2 - rounding);
    const double center[2] = { x, z };
    round_corner (out + i * (n_steps + 1), center, rounding, n_steps, DIO_PI / 2 * i, DIO_PI / 2);
  }
}
