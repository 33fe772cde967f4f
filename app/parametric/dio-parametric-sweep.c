#define G_LOG_DOMAIN "dio-parametric"

#include "dio-parametric-sweep-private.h"

#include "dio-core-math.h"
#include "dio-core-vec.h"

/* The frame of a station: the tube's way, and the two axes of its ellipse. */
typedef struct {
  DioVec3 along, side, across;
} SweepFrame;

typedef struct {
  DioMeshBuilder *builder;
  const DioSweepStation *stations;
  guint n;
  const DioSweepLook *look;
  double cosine[DIO_SWEEP_MAX_SIDES], sine[DIO_SWEEP_MAX_SIDES];
  double tiles, tile_m;
} Sweep;

static DioVec3
get_any_across (DioVec3 along)
{
  DioVec3 helper = fabs (along.z) < 0.9 ? dio_vec3 (0, 0, 1) : dio_vec3 (1, 0, 0);
  return dio_vec3_normalize (dio_vec3_cross (helper, along));
}

static DioVec3
reject (DioVec3 v, DioVec3 unit)
{
  return dio_vec3_sub (v, dio_vec3_scale (unit, dio_vec3_dot (v, unit)));
}

static DioVec3
get_way (const Sweep *sweep, guint k)
{
  const DioSweepStation *s = sweep->stations;
  guint last = sweep->n - 1;
  guint before = k > 0 ? k - 1 : sweep->look->loop ? last : 0;
  guint after = k < last ? k + 1 : sweep->look->loop ? 0 : last;
  DioVec3 in = dio_vec3_normalize (dio_vec3_sub (s[k].center, s[before].center));
  DioVec3 out = dio_vec3_normalize (dio_vec3_sub (s[after].center, s[k].center));
  return dio_vec3_normalize (dio_vec3_add (in, out));
}

/* The frame before, carried over without turning about the way. */
static void
carry_frame (const Sweep *sweep, guint k, SweepFrame *frame)
{
  DioVec3 along = get_way (sweep, k);
  DioVec3 wanted = k == 0 ? sweep->look->side : frame->side;
  DioVec3 side = reject (wanted, along);
  frame->along = along;
  frame->side = dio_vec3_length (side) > 1e-6 ? dio_vec3_normalize (side) : get_any_across (along);
  frame->across = dio_vec3_cross (along, frame->side);
}

/* How fast the tube widens along its way: what tilts its normals. */
static double
get_widening (const Sweep *sweep, guint k)
{
  const DioSweepStation *s = sweep->stations;
  guint before = k > 0 ? k - 1 : 0, after = MIN (k + 1, sweep->n - 1);
  double length = 0;
  for (guint i = before; i < after; i++)
    length += dio_vec3_length (dio_vec3_sub (s[i + 1].center, s[i].center));
  return length > 0 && !sweep->look->loop ? (s[after].radius - s[before].radius) / length : 0;
}

static double
get_flatten (const DioSweepStation *station)
{
  return station->flatten > 0 ? station->flatten : 1;
}

static DioVec3
get_normal (const Sweep *sweep, guint k, const SweepFrame *frame, double c, double s)
{
  const DioSweepStation *station = &sweep->stations[k];
  double widening = get_widening (sweep, k);
  gboolean point = station->radius <= 0;
  if (point && fabs (widening) > 3)
    return dio_vec3_scale (frame->along, widening > 0 ? -1 : 1);
  double flatten = get_flatten (station);
  DioVec3 out = dio_vec3_normalize (
      dio_vec3_add (dio_vec3_scale (frame->side, c * flatten), dio_vec3_scale (frame->across, s)));
  /* Steeper than this is a rounding's last step; there its chords would tilt it too far. */
  widening = CLAMP (widening, -4, 4);
  return dio_vec3_normalize (dio_vec3_sub (out, dio_vec3_scale (frame->along, widening)));
}

static uint32_t
add_ring (Sweep *sweep, guint k, const SweepFrame *frame, double along_m)
{
  const DioSweepStation *station = &sweep->stations[k];
  guint n = sweep->look->n_sides;
  double radius = MAX (station->radius, 0), across = radius * get_flatten (station);
  for (guint i = 0; i <= n; i++) {
    double c = sweep->cosine[i % n], s = sweep->sine[i % n];
    DioVec3 offset = dio_vec3_add (dio_vec3_scale (frame->side, radius * c),
                                   dio_vec3_scale (frame->across, across * s));
    /* A point has a vertex for each side, in the middle of what that side covers; add_strip takes the one before
     * at the end and the one after at the start. */
    double middle = radius > 0 ? 0 : k > 0 ? -0.5 : 0.5;
    guint other = middle < 0 ? (i + n - 1) % n : (i + 1) % n;
    if (middle != 0) {
      c = 0.5 * (c + sweep->cosine[other]);
      s = 0.5 * (s + sweep->sine[other]);
    }
    DioBuilderVertex vertex = {
      .position = dio_vec3_add (station->center, offset),
      .normal = get_normal (sweep, k, frame, c, s),
      .u = (i + middle) / n * sweep->tiles,
      .v = -(along_m + sweep->look->v_start_m) / sweep->tile_m,
    };
    dio_mesh_builder_add_vertex (sweep->builder, &vertex);
  }
  return sweep->builder->vertices->len - n - 1;
}

static void
add_strip (Sweep *sweep, uint32_t lower, uint32_t upper)
{
  for (guint i = 0; i < sweep->look->n_sides; i++)
    dio_mesh_builder_add_quad (sweep->builder, lower + i, lower + i + 1, upper + i + 1, upper + i);
}

/* A flat end; @sign -1 at the start, 1 at the end. */
static void
add_cap (Sweep *sweep, guint k, const SweepFrame *frame, int sign)
{
  const DioSweepStation *station = &sweep->stations[k];
  guint n = sweep->look->n_sides;
  if (station->radius <= 0)
    return;
  DioVec3 points[DIO_SWEEP_MAX_SIDES];
  for (guint i = 0; i < n; i++) {
    guint at = sign > 0 ? i : n - 1 - i;
    double radius = station->radius, across = radius * get_flatten (station);
    points[i] = dio_vec3_add (
        station->center, dio_vec3_add (dio_vec3_scale (frame->side, radius * sweep->cosine[at]),
                                       dio_vec3_scale (frame->across, across * sweep->sine[at])));
  }
  dio_mesh_builder_add_panel (sweep->builder, points, n, dio_vec3_scale (frame->along, sign),
                              frame->side);
}

static void
prepare (Sweep *sweep)
{
  double widest = 0;
  for (guint k = 0; k < sweep->n; k++)
    widest = MAX (widest, sweep->stations[k].radius);
  sweep->tile_m = sweep->look->tile_m > 0 ? sweep->look->tile_m : DIO_TEXTURE_TILE_M;
  sweep->tiles = sweep->look->tiles;
  if (sweep->look->tiles == 0)
    sweep->tiles = MAX (1, floor (2 * DIO_PI * widest / sweep->tile_m + 0.5));
  for (guint i = 0; i < sweep->look->n_sides; i++) {
    sweep->cosine[i] = dio_cos (2 * DIO_PI * i / sweep->look->n_sides);
    sweep->sine[i] = dio_sin (2 * DIO_PI * i / sweep->look->n_sides);
  }
}

/* The last ring of a loop lies on the first: the frame may have turned on the way, so the sides are matched to the
 * nearest ones by ending on the first ring's own vertices, with a turn spread over the whole loop. */
static double
measure_turn (Sweep *sweep)
{
  SweepFrame frame = { 0 }, first = { 0 };
  for (guint k = 0; k < sweep->n; k++) {
    carry_frame (sweep, k, &frame);
    if (k == 0)
      first = frame;
  }
  DioVec3 back = dio_vec3_normalize (reject (frame.side, first.along));
  return dio_atan2 (dio_vec3_dot (back, first.across), dio_vec3_dot (back, first.side));
}

static SweepFrame
turn_frame (const SweepFrame *frame, double angle_rad)
{
  double c = dio_cos (angle_rad), s = dio_sin (angle_rad);
  SweepFrame turned = *frame;
  turned.side = dio_vec3_add (dio_vec3_scale (frame->side, c), dio_vec3_scale (frame->across, s));
  turned.across = dio_vec3_cross (frame->along, turned.side);
  return turned;
}

static double
get_step (const Sweep *sweep, guint k)
{
  DioVec3 from = sweep->stations[k].center, to = sweep->stations[(k + 1) % sweep->n].center;
  return dio_vec3_length (dio_vec3_sub (to, from));
}

void
dio_sweep_add (DioMeshBuilder *builder,
               const DioSweepStation *stations,
               guint n,
               const DioSweepLook *look)
{
  g_assert (look->n_sides >= 3 && look->n_sides <= DIO_SWEEP_MAX_SIDES);
  g_assert (n >= (look->loop ? 3 : 2));
  Sweep sweep = { .builder = builder, .stations = stations, .n = n, .look = look };
  prepare (&sweep);
  double turn = look->loop ? measure_turn (&sweep) : 0, along_m = 0;
  SweepFrame frame = { 0 }, first = { 0 };
  uint32_t lower = 0;
  for (guint k = 0; k < n; k++) {
    carry_frame (&sweep, k, &frame);
    SweepFrame turned = look->loop ? turn_frame (&frame, -turn * k / n) : frame;
    first = k == 0 ? turned : first;
    uint32_t upper = add_ring (&sweep, k, &turned, along_m);
    if (k > 0)
      add_strip (&sweep, lower, upper);
    lower = upper;
    along_m += get_step (&sweep, k);
  }
  if (look->loop) {
    add_strip (&sweep, lower, add_ring (&sweep, 0, &first, along_m));
  } else {
    add_cap (&sweep, 0, &first, -1);
    add_cap (&sweep, n - 1, &frame, 1);
  }
}

void
dio_sweep_fill_round_end (
    DioSweepStation *out, guint n, DioVec3 center, DioVec3 axis, double radius, gboolean outwards)
{
  for (guint i = 0; i < n; i++) {
    guint step = outwards ? i + 1 : n - i;
    double angle = DIO_PI / 2 * step / n;
    out[i] = (DioSweepStation){
      .center = dio_vec3_add (center, dio_vec3_scale (axis, radius * dio_sin (angle))),
      .radius = step == n ? 0 : radius * dio_cos (angle),
    };
  }
}
