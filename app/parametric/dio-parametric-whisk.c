#define G_LOG_DOMAIN "dio-parametric"

/* The whisk: loops of wire that leave a handle and come back to it; it lies on the table. */

#include "dio-parametric-household-private.h"

#include "dio-core-math.h"
#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-parametric-globe-private.h"
#include "dio-parametric-sweep-private.h"
#include "dio-parametric-wood-surface-private.h"

#define WIRE_STATIONS 33
#define WIRE_SIDES 8
#define HANDLE_SIDES 28

enum { HANDLE_STEEL, HANDLE_WOOD };

static const DioMaterialLook wires_look = { "wires", 206, 208, 210, 0.18f, 1 };
static const DioMaterialLook handle_looks[] = {
  [HANDLE_STEEL] = { "handle", 202, 204, 206, 0.26f, 1 },
  [HANDLE_WOOD] = { "handle", 255, 255, 255, 1, 0, &dio_surface_wood },
};

/* Along the whisk's axis, Z: the handle from 0 to `handle`, wires up to `length`. */
typedef struct {
  double length, handle, radius, grip, wire;
  guint n_loops;
} Whisk;

/* Half the width of a loop at @t (0 where it leaves the handle .. 1 at the far end): a pear. */
static double
get_loop_width (const Whisk *whisk, double angle_rad, double *z)
{
  /* The angle runs once round the loop from the handle over the far end and back. */
  double reach = whisk->length - whisk->handle, c = dio_cos (angle_rad), s = dio_sin (angle_rad);
  double t = 0.5 - 0.5 * c;
  *z = whisk->handle - 0.012 + (reach + 0.012) * t;
  /* Narrow at the handle, widest beyond the middle. */
  return s * whisk->radius * (0.34 + 0.86 * t) * 1.06;
}

static void
add_loop (DioMeshBuilder *builder, const Whisk *whisk, guint index)
{
  double turn = DIO_PI * index / whisk->n_loops, c = dio_cos (turn), s = dio_sin (turn);
  /* Loops cross at the far end one within the other. */
  double shorter = 2.3 * whisk->wire * index;
  DioSweepStation stations[WIRE_STATIONS];
  for (guint k = 0; k < WIRE_STATIONS; k++) {
    double z, angle = 2 * DIO_PI * (0.02 + 0.96 * k / (WIRE_STATIONS - 1));
    double out = get_loop_width (whisk, angle / 1, &z);
    double share = (z - whisk->handle) / (whisk->length - whisk->handle);
    stations[k] =
        (DioSweepStation){ .center = { out * c, out * s, z - shorter * CLAMP (share, 0, 1) },
                           .radius = whisk->wire };
  }
  const DioSweepLook look = { .n_sides = WIRE_SIDES, .side = { -s, c, 0 }, .tiles = 1 };
  dio_sweep_add (builder, stations, WIRE_STATIONS, &look);
}

/* Swells in the middle, round at both ends. */
static void
add_handle (DioMeshBuilder *builder, const Whisk *whisk)
{
  enum { MIDDLE = 15, ROUND = 5 };
  DioSweepStation stations[MIDDLE + 2 * ROUND];
  double end = 0.78 * whisk->grip, low = end, high = whisk->handle - end;
  dio_sweep_fill_round_end (stations, ROUND, dio_vec3 (0, 0, low), dio_vec3 (0, 0, -1), end, FALSE);
  for (guint k = 0; k < MIDDLE; k++) {
    double t = (double) k / (MIDDLE - 1), swell = dio_sin (DIO_PI * t);
    stations[ROUND + k] = (DioSweepStation){ .center = { 0, 0, dio_mix (low, high, t) },
                                             .radius = dio_mix (end, whisk->grip, swell * swell) };
  }
  dio_sweep_fill_round_end (stations + ROUND + MIDDLE, ROUND, dio_vec3 (0, 0, high),
                            dio_vec3 (0, 0, 1), end, TRUE);
  const DioSweepLook look = { .n_sides = HANDLE_SIDES };
  dio_sweep_add (builder, stations, G_N_ELEMENTS (stations), &look);
}

/* To hang it up. */
static void
add_eye (DioMeshBuilder *builder, const Whisk *whisk)
{
  DioSweepStation stations[24];
  double r = 0.8 * whisk->grip;
  for (guint k = 0; k < 24; k++) {
    double angle = 2 * DIO_PI * k / 24;
    stations[k] =
        (DioSweepStation){ .center = { 0, r * dio_sin (angle), -0.55 * r + r * dio_cos (angle) },
                           .radius = whisk->wire };
  }
  const DioSweepLook look = { .n_sides = WIRE_SIDES, .loop = TRUE, .tiles = 1 };
  dio_sweep_add (builder, stations, 24, &look);
}

/* Lies along X: the far end's loops and the end of the handle touch the table. */
static DioMat4
lay_down (const Whisk *whisk)
{
  double widest = whisk->handle + 0.66 * (whisk->length - whisk->handle);
  double tilt = dio_asin (CLAMP ((whisk->radius - whisk->grip) / widest, -0.9, 0.9));
  const DioTrs trs = { .q_wxyz = dio_quat_from_axis_angle (dio_vec3 (0, 1, 0), DIO_PI / 2 - tilt),
                       .scale = { 1, 1, 1 } };
  return dio_mat4_from_trs (&trs);
}

void
dio_parametric_build_whisk (DioParametricMake *make)
{
  const double *values = make->values;
  Whisk whisk = {
    .length = values[DIO_WHISK_LENGTH],
    .radius = values[DIO_WHISK_WIDTH] / 2,
    .n_loops = (guint) values[DIO_WHISK_LOOPS],
  };
  whisk.handle = 0.42 * whisk.length;
  whisk.grip = 0.040 * whisk.length;
  whisk.wire = 0.0045 * whisk.length;
  whisk.radius = MAX (whisk.radius, 1.3 * whisk.grip);
  g_auto (DioMeshBuilder) wires, handle;
  DioMeshBuilder *builders[] = { &wires, &handle };
  dio_mesh_builder_init (&wires);
  dio_mesh_builder_init (&handle);
  wires.placement = handle.placement = lay_down (&whisk);
  for (guint i = 0; i < whisk.n_loops; i++)
    add_loop (&wires, &whisk, i);
  add_eye (&wires, &whisk);
  add_handle (&handle, &whisk);
  dio_globe_settle (builders, 2);
  dio_parametric_take_part (make, &wires, &wires_look);
  dio_parametric_take_part (make, &handle, &handle_looks[(int) values[DIO_WHISK_HANDLE]]);
}
