#define G_LOG_DOMAIN "dio-parametric"

/* Bodies of vehicles: one closed loft of cross-sections from nose to tail. The lower edge of a section rises over the
 * wheels, so arches need no cutting; windows are faces of the same loft. */

#include "dio-core-vec.h"
#include "dio-parametric-noise-private.h"
#include "dio-parametric-vehicle-private.h"

/* Points of half a section, from the middle of the floor to the middle of the roof. */
#define LEVELS 8
enum {
  P_FLOOR,
  P_FLOOR_EDGE,
  P_SIDE,
  P_BELT = P_SIDE + LEVELS - 1,
  P_SILL,  /* of the windows */
  P_GLASS, /* their upper edge */
  P_RAIL,  /* outer edge of the roof */
  P_ROOF,  /* inner edge of the frame round the screens */
  P_CROWN,
  P_TOP,
  N_HALF,
};
#define N_SECTION (2 * N_HALF - 2)
#define MAX_STATIONS 96
/* Levels of the side that lamps take, below the belt, and how far they reach along it. */
#define LAMP_LEVELS 2
#define LAMP_M 0.18
#define GROOVE_M 0.007
/* cos (38 degrees): a sharper turn is an edge. */
#define SMOOTH_COSINE 0.788

typedef struct {
  double y;
  gboolean groove; /* the middle of a gap */
  DioVec3 points[N_SECTION];
} Station;

typedef struct {
  const DioVehicleShape *shape;
  Station stations[MAX_STATIONS];
  guint n;
} Loft;

double
dio_vehicle_curve_get (const DioVehicleCurve *curve, double y)
{
  const double (*k)[2] = curve->at;
  guint last = curve->n - 1, i = 0;
  if (y <= k[0][0])
    return k[0][1];
  if (y >= k[last][0])
    return k[last][1];
  while (y > k[i + 1][0])
    i++;
  /* Cubic Hermite with slopes of neighbours, flattened where the curve turns round. */
  double slopes[2], span = k[i + 1][0] - k[i][0], own = (k[i + 1][1] - k[i][1]) / span;
  for (guint e = 0; e < 2; e++) {
    guint at = i + e;
    double other = e == 0
                       ? (at > 0 ? (k[at][1] - k[at - 1][1]) / (k[at][0] - k[at - 1][0]) : own)
                       : (at < last ? (k[at + 1][1] - k[at][1]) / (k[at + 1][0] - k[at][0]) : own);
    slopes[e] = own * other > 0 ? 2 * own * other / (own + other) : 0;
  }
  double t = (y - k[i][0]) / span, u = 1 - t;
  return u * u * (1 + 2 * t) * k[i][1] + t * t * (3 - 2 * t) * k[i + 1][1]
         + t * u * span * (u * slopes[0] - t * slopes[1]);
}

/* Bulging doors: widest somewhat above the middle, drawn in towards sill and belt. */
double
dio_vehicle_get_side (const DioVehicleShape *shape, double y, double z)
{
  double belt = dio_vehicle_curve_get (&shape->belt, y);
  double t = (z - shape->bottom) / MAX (belt - shape->bottom, 0.1) - 0.62;
  return dio_vehicle_curve_get (&shape->half_width, y) * (1 - (t < 0 ? 0.12 : 0.22) * t * t);
}

void
dio_vehicle_get_lamp (const DioVehicleShape *shape, gboolean tail, double out[static 2])
{
  const double *end = shape->top.at[tail ? shape->top.n - 1 : 0];
  out[1] = MIN (dio_vehicle_curve_get (&shape->belt, end[0]), end[1] - 0.05);
  out[0] = out[1] - (out[1] - shape->bottom) * LAMP_LEVELS / (LEVELS - 1);
}

/* The lower edge of the side, which makes way for a wheel. */
static double
get_bottom (const DioVehicleShape *shape, double y)
{
  double bottom = shape->bottom;
  for (guint i = 0; i < 2; i++) {
    double dy = y - shape->axles[i], left = shape->arch * shape->arch - dy * dy;
    if (left > 0)
      bottom = MAX (bottom, shape->wheel + sqrt (left));
  }
  return bottom;
}

static void
fill_half (const DioVehicleShape *shape, double y, double inset, double (*p)[2])
{
  double top = dio_vehicle_curve_get (&shape->top, y), bottom = get_bottom (shape, y);
  double belt = MIN (dio_vehicle_curve_get (&shape->belt, y), top - 0.05);
  bottom = MIN (bottom, belt - 0.03);
  for (guint i = 0; i < LEVELS; i++) {
    double z = bottom + (belt - bottom) * i / (LEVELS - 1);
    p[P_SIDE + i][0] = dio_vehicle_get_side (shape, y, z) - inset;
    p[P_SIDE + i][1] = z;
  }
  p[P_FLOOR][0] = 0;
  p[P_FLOOR_EDGE][0] = p[P_SIDE][0] - 0.06;
  p[P_FLOOR][1] = p[P_FLOOR_EDGE][1] = bottom + 0.004;
  double sill = belt + 0.02, x = p[P_BELT][0] - 0.03 + inset;
  double rail = MAX (top - 0.06, sill), glass = MAX (rail - 0.06, sill);
  p[P_SILL][0] = x;
  p[P_SILL][1] = sill;
  p[P_GLASS][0] = x - shape->tumble * (glass - sill);
  p[P_GLASS][1] = glass;
  p[P_RAIL][0] = x - shape->tumble * (rail - sill) - 0.25 * (rail - glass);
  p[P_RAIL][1] = rail;
  p[P_ROOF][0] = p[P_RAIL][0] - 0.075;
  p[P_ROOF][1] = rail + 0.6 * (top - rail);
  p[P_CROWN][0] = 0.5 * p[P_ROOF][0];
  p[P_CROWN][1] = p[P_ROOF][1] + 0.8 * (top - p[P_ROOF][1]);
  p[P_TOP][0] = 0;
  p[P_TOP][1] = top;
}

static void
add_station (Loft *loft, double y, gboolean groove)
{
  g_assert (loft->n < MAX_STATIONS);
  Station *station = &loft->stations[loft->n++];
  double half[N_HALF][2];
  fill_half (loft->shape, y, groove ? GROOVE_M : 0, half);
  station->y = y;
  station->groove = groove;
  /* Round from the floor up the right side (+X) and down the left. */
  for (guint i = 0; i < N_HALF; i++)
    station->points[i] = dio_vec3 (half[i][0], y, half[i][1]);
  for (guint i = 1; i + 1 < N_HALF; i++)
    station->points[N_SECTION - i] = dio_vec3 (-half[i][0], y, half[i][1]);
}

static int
compare_doubles_cb (gconstpointer a, gconstpointer b)
{
  const double *x = a, *y = b;
  return (*x > *y) - (*x < *y);
}

static void
add_place (GArray *places, double y)
{
  g_array_append_val (places, y);
}

/* All y at which something begins, ends or bends. */
static GArray *
collect_places (const DioVehicleShape *s)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < s->top.n; i++)
    add_place (places, s->top.at[i][0]);
  const double from = s->top.at[0][0], to = s->top.at[s->top.n - 1][0];
  for (guint i = 1; i < 5; i++) {
    add_place (places, from + 0.02 * i * i);
    add_place (places, to - 0.02 * i * i);
  }
  for (guint i = 0; i < 2; i++) {
    const double edges[] = { s->screen[i], s->rear[i], s->windows[i] };
    for (guint k = 0; k < G_N_ELEMENTS (edges); k++)
      add_place (places, edges[k]);
    /* The arch in even turns: cosines of 0, 22.5, ... degrees. */
    static const double turns[] = { 1, 0.99, 0.924, 0.707, 0.383, 0 };
    for (guint k = 0; k < G_N_ELEMENTS (turns); k++)
      for (int side = -1; side <= 1; side += 2)
        add_place (places, s->axles[i] + side * s->arch * turns[k]);
  }
  for (guint i = 0; i < G_N_ELEMENTS (s->pillars) && s->pillars[i] != 0; i++)
    for (int side = -1; side <= 1; side += 2)
      add_place (places, s->pillars[i] + side * 0.035);
  g_array_sort (places, compare_doubles_cb);
  return places;
}

static gboolean
is_near_groove (const DioVehicleShape *shape, double y)
{
  for (guint i = 0; i < G_N_ELEMENTS (shape->doors) && shape->doors[i] != 0; i++)
    if (fabs (y - shape->doors[i]) < 2.5 * GROOVE_M)
      return TRUE;
  return FALSE;
}

static void
lay_stations (Loft *loft)
{
  const DioVehicleShape *shape = loft->shape;
  g_autoptr (GArray) places = collect_places (shape);
  double last = -1e9;
  guint door = 0;
  for (guint i = 0; i < places->len; i++) {
    double y = g_array_index (places, double, i);
    for (; door < G_N_ELEMENTS (shape->doors) && shape->doors[door] != 0 && shape->doors[door] < y;
         door++) {
      add_station (loft, shape->doors[door] - GROOVE_M, FALSE);
      add_station (loft, shape->doors[door], TRUE);
      add_station (loft, shape->doors[door] + GROOVE_M, FALSE);
    }
    if (y - last < 0.004 || is_near_groove (shape, y))
      continue;
    add_station (loft, y, FALSE);
    last = y;
  }
}

/* ---- faces ---- */

/* The way through @b from @a to @c, or the own piece where there is an edge at @b. @ahead: the own piece is b to c. */
static DioVec3
get_tangent (DioVec3 a, DioVec3 b, DioVec3 c, gboolean ahead)
{
  DioVec3 in = dio_vec3_sub (b, a), out = dio_vec3_sub (c, b);
  double li = dio_vec3_length (in), lo = dio_vec3_length (out);
  if (li < 1e-6 || lo < 1e-6)
    return li < 1e-6 ? out : in;
  in = dio_vec3_scale (in, 1 / li);
  out = dio_vec3_scale (out, 1 / lo);
  if (dio_vec3_dot (in, out) < SMOOTH_COSINE)
    return ahead ? out : in;
  return dio_vec3_add (in, out);
}

/* Normal at point @k of station @s for the face that starts at (@s0, @k0). */
static DioVec3
get_normal (const Loft *loft, guint s, guint k, guint s0, guint k0)
{
  const Station *at = &loft->stations[s];
  const Station *before = s > 0 ? at - 1 : at, *after = s + 1 < loft->n ? at + 1 : at;
  DioVec3 along = get_tangent (before->points[k], at->points[k], after->points[k], s == s0);
  guint prev = (k + N_SECTION - 1) % N_SECTION, next = (k + 1) % N_SECTION;
  DioVec3 round = get_tangent (at->points[prev], at->points[k], at->points[next], k == k0);
  return dio_vec3_normalize (dio_vec3_cross (along, round));
}

static gboolean
is_between (double y, const double range[static 2])
{
  return y > range[0] && y < range[1];
}

static gboolean
is_pillar (const DioVehicleShape *shape, double y)
{
  for (guint i = 0; i < G_N_ELEMENTS (shape->pillars) && shape->pillars[i] != 0; i++)
    if (fabs (y - shape->pillars[i]) < 0.034)
      return TRUE;
  return FALSE;
}

/* What the face between two stations and points @k and the next is made of. */
static DioMeshBuilder *
pick_builder (DioVehicleSkin *skin, const DioVehicleShape *shape, double y, guint k)
{
  guint half = k < N_HALF - 1 ? k : N_SECTION - 1 - k;
  if (half < P_SIDE)
    return &skin->dark;
  if (half >= P_BELT - LAMP_LEVELS && half < P_BELT && y < shape->top.at[0][0] + LAMP_M)
    return &skin->lamps;
  if (half >= P_BELT - LAMP_LEVELS && half < P_BELT
      && y > shape->top.at[shape->top.n - 1][0] - LAMP_M)
    return &skin->tails;
  if (half == P_SILL && is_between (y, shape->windows))
    return is_pillar (shape, y) ? &skin->dark : &skin->glass;
  if (half >= P_ROOF && (is_between (y, shape->screen) || is_between (y, shape->rear)))
    return &skin->glass;
  return &skin->paint;
}

/* Whether a point lies on the side below the windows, where gaps between panels show. */
static gboolean
is_panel (guint k)
{
  guint half = k < N_HALF ? k : N_SECTION - k;
  return half >= P_SIDE && half <= P_BELT;
}

static DioVec3
get_facing (DioVec3 a, DioVec3 b, DioVec3 c)
{
  return dio_vec3_normalize (dio_vec3_cross (dio_vec3_sub (b, a), dio_vec3_sub (c, a)));
}

/* A triangle of the face that starts at station @s and point @k. Where it shrinks to nothing its neighbours' ways say
 * nothing either: then its own normal holds. @corners are (station, point). */
static void
add_loft_triangle (
    DioMeshBuilder *builder, const Loft *loft, const guint (*corners)[2], guint s, guint k)
{
  DioVec3 p[3];
  for (guint i = 0; i < 3; i++)
    p[i] = loft->stations[corners[i][0]].points[corners[i][1]];
  DioVec3 facing = get_facing (p[0], p[1], p[2]);
  if (dio_vec3_length (facing) < 0.5)
    facing = dio_vec3 (0, 0, 1);
  uint32_t first = builder->vertices->len;
  for (guint i = 0; i < 3; i++) {
    gboolean gap = loft->stations[corners[i][0]].groove && is_panel (corners[i][1]);
    DioBuilderVertex vertex = { .position = p[i],
                                .normal = get_normal (loft, corners[i][0], corners[i][1], s, k),
                                .u = p[i].y / DIO_TEXTURE_TILE_M,
                                .v = -(p[i].z + fabs (p[i].x) * 0.5) / DIO_TEXTURE_TILE_M };
    if (dio_vec3_dot (vertex.normal, facing) < 0.55)
      vertex.normal = facing;
    builder->tint[0] = builder->tint[1] = builder->tint[2] = gap ? 0.12f : 1;
    dio_mesh_builder_add_vertex (builder, &vertex);
  }
  builder->tint[0] = builder->tint[1] = builder->tint[2] = 1;
  dio_mesh_builder_add_triangle (builder, first, first + 1, first + 2);
}

static void
add_face (DioMeshBuilder *builder, const Loft *loft, guint s, guint k)
{
  const guint next = (k + 1) % N_SECTION;
  const guint lower[3][2] = { { s, k }, { s + 1, k }, { s + 1, next } };
  const guint upper[3][2] = { { s, k }, { s + 1, next }, { s, next } };
  add_loft_triangle (builder, loft, lower, s, k);
  add_loft_triangle (builder, loft, upper, s, k);
}

/* Nose and tail: a flat fan. */
static void
add_end (DioMeshBuilder *builder, const Station *station, gboolean tail)
{
  DioVec3 middle =
      dio_vec3 (0, station->y, (station->points[P_FLOOR].z + station->points[P_TOP].z) / 2);
  uint32_t first = builder->vertices->len;
  for (guint i = 0; i <= N_SECTION; i++) {
    DioVec3 p = i == 0 ? middle : station->points[i - 1];
    DioBuilderVertex vertex = { .position = p,
                                .normal = { 0, tail ? 1 : -1, 0 },
                                .u = p.x / DIO_TEXTURE_TILE_M,
                                .v = -p.z / DIO_TEXTURE_TILE_M };
    dio_mesh_builder_add_vertex (builder, &vertex);
  }
  for (guint i = 0; i < N_SECTION; i++) {
    uint32_t a = first + 1 + i, b = first + 1 + (i + 1) % N_SECTION;
    dio_mesh_builder_add_triangle (builder, first, tail ? b : a, tail ? a : b);
  }
}

void
dio_vehicle_add_body (DioVehicleSkin *skin, const DioVehicleShape *shape)
{
  g_autofree Loft *loft = g_new0 (Loft, 1);
  loft->shape = shape;
  lay_stations (loft);
  for (guint s = 0; s + 1 < loft->n; s++) {
    double y = (loft->stations[s].y + loft->stations[s + 1].y) / 2;
    for (guint k = 0; k < N_SECTION; k++)
      add_face (pick_builder (skin, shape, y, k), loft, s, k);
  }
  add_end (&skin->paint, &loft->stations[0], FALSE);
  add_end (&skin->paint, &loft->stations[loft->n - 1], TRUE);
}
