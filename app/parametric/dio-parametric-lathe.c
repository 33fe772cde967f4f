#define G_LOG_DOMAIN "dio-parametric"

#include "dio-parametric-lathe-private.h"

#include "dio-core-math.h"
#include "dio-core-vec.h"

void
dio_profile_init (DioProfile *profile, double r, double z)
{
  profile->pieces = g_array_new (FALSE, TRUE, sizeof (DioProfilePiece));
  profile->r = r;
  profile->z = z;
}

void
dio_profile_clear (DioProfile *profile)
{
  g_clear_pointer (&profile->pieces, g_array_unref);
}

static guint
append (DioProfile *profile, const DioProfileSample *from, const DioProfileSample *to)
{
  double dr = to->r - from->r, dz = to->z - from->z;
  DioProfilePiece piece = {
    .r = { from->r, to->r },
    .z = { from->z, to->z },
    .normal_r = { from->normal_r, to->normal_r },
    .normal_z = { from->normal_z, to->normal_z },
  };
  if (profile->pieces->len > 0) {
    const DioProfilePiece *last =
        &g_array_index (profile->pieces, DioProfilePiece, profile->pieces->len - 1);
    double lr = last->r[1] - last->r[0], lz = last->z[1] - last->z[0];
    piece.length = last->length + sqrt (lr * lr + lz * lz);
  }
  profile->r = to->r;
  profile->z = to->z;
  if (dr * dr + dz * dz > 0)
    g_array_append_val (profile->pieces, piece);
  return profile->pieces->len;
}

guint
dio_profile_line_to (DioProfile *profile, double r, double z)
{
  double dr = r - profile->r, dz = z - profile->z;
  double length = sqrt (dr * dr + dz * dz);
  if (length == 0)
    return profile->pieces->len;
  DioProfileSample from = { profile->r, profile->z, dz / length, -dr / length };
  DioProfileSample to = { r, z, from.normal_r, from.normal_z };
  return append (profile, &from, &to);
}

guint
dio_profile_curve (DioProfile *profile, const DioProfileSample *samples, guint n)
{
  DioProfileSample from = { 0 };
  for (guint i = 0; i < n; i++) {
    DioProfileSample to = samples[i];
    double length = sqrt (to.normal_r * to.normal_r + to.normal_z * to.normal_z);
    g_assert (length > 0);
    to.normal_r /= length;
    to.normal_z /= length;
    if (i > 0)
      append (profile, &from, &to);
    from = to;
    /* The chain is closed to the bit even where the first sample was computed in another way. */
    from.r = i == 0 ? profile->r : to.r;
    from.z = i == 0 ? profile->z : to.z;
  }
  return profile->pieces->len;
}

guint
dio_profile_arc (DioProfile *profile,
                 double center_r,
                 double center_z,
                 const double angles_rad[static 2],
                 guint n_steps)
{
  double dr = profile->r - center_r, dz = profile->z - center_z;
  double radius = sqrt (dr * dr + dz * dz);
  double outward = angles_rad[1] > angles_rad[0] ? 1 : -1;
  DioProfileSample from = { 0 };
  for (guint i = 0; i <= n_steps; i++) {
    double angle = angles_rad[0] + (angles_rad[1] - angles_rad[0]) * i / n_steps;
    double c = dio_cos (angle), s = dio_sin (angle);
    DioProfileSample to = { center_r + radius * c, center_z + radius * s, outward * c,
                            outward * s };
    if (i == 0) {
      to.r = profile->r;
      to.z = profile->z;
    } else {
      append (profile, &from, &to);
    }
    from = to;
  }
  return profile->pieces->len;
}

/* Cosines and sines of a full turn, the last equal to the first to the bit, the quarters exact. */
typedef struct {
  guint n; /* sides, a multiple of four */
  double cosine[DIO_LATHE_SIDES + 1], sine[DIO_LATHE_SIDES + 1];
} Turn;

static void
fill_turn (Turn *turn, guint n)
{
  const guint quarter = n / 4;
  turn->n = n;
  for (guint i = 0; i < quarter; i++) {
    double angle = 2 * DIO_PI * i / n;
    double c = dio_cos (angle), s = dio_sin (angle);
    const double corner[4][2] = { { c, s }, { -s, c }, { -c, -s }, { s, -c } };
    for (guint q = 0; q < 4; q++) {
      turn->cosine[i + q * quarter] = corner[q][0];
      turn->sine[i + q * quarter] = corner[q][1];
    }
  }
  turn->cosine[n] = turn->cosine[0];
  turn->sine[n] = turn->sine[0];
}

static gboolean
is_flat (const DioProfilePiece *piece)
{
  return piece->z[0] == piece->z[1] && piece->normal_r[0] == 0 && piece->normal_r[1] == 0;
}

typedef struct {
  DioMeshBuilder *builder;
  Turn turn;
  double n_tiles; /* round the girth */
  double tile_m;
} Lathe;

/* Adds the ring at end @end of @piece; its first index. */
static uint32_t
add_ring (Lathe *lathe, const DioProfilePiece *piece, int end)
{
  /* Rounding of sines leaves 1e-17 where the axis is meant. */
  double r = fabs (piece->r[end]) < 1e-12 ? 0 : piece->r[end];
  double dr = piece->r[1] - piece->r[0], dz = piece->z[1] - piece->z[0];
  double along = piece->length + (end == 1 ? sqrt (dr * dr + dz * dz) : 0);
  gboolean flat = is_flat (piece);
  uint32_t first = 0;
  for (guint i = 0; i <= lathe->turn.n; i++) {
    double c = lathe->turn.cosine[i], s = lathe->turn.sine[i];
    DioBuilderVertex vertex = {
      .position = { r * c, r * s, piece->z[end] },
      .normal = { piece->normal_r[end] * c, piece->normal_r[end] * s, piece->normal_z[end] },
      /* A pole has a vertex for each side, in the middle of what that side covers. */
      .u = (i + (r == 0 ? 0.5 : 0)) / lathe->turn.n * lathe->n_tiles,
      .v = -along / lathe->tile_m,
    };
    if (flat) {
      vertex.u = vertex.position.x / lathe->tile_m;
      vertex.v = -vertex.position.y / lathe->tile_m * piece->normal_z[end];
    }
    uint32_t index = dio_mesh_builder_add_vertex (lathe->builder, &vertex);
    if (i == 0)
      first = index;
  }
  return first;
}

static gboolean
is_smooth_after (const DioProfilePiece *before, const DioProfilePiece *piece)
{
  double dot = before->normal_r[1] * piece->normal_r[0] + before->normal_z[1] * piece->normal_z[0];
  return dot > 0.999999 && !is_flat (before) && !is_flat (piece);
}

void
dio_lathe_add (
    DioMeshBuilder *builder, const DioProfile *profile, guint first, guint end, double radius_m)
{
  dio_lathe_add_sides (builder, profile, first, end, radius_m, DIO_LATHE_SIDES);
}

void
dio_lathe_add_sides (DioMeshBuilder *builder,
                     const DioProfile *profile,
                     guint first,
                     guint end,
                     double radius_m,
                     guint n_sides)
{
  g_return_if_fail (n_sides >= 4 && n_sides <= DIO_LATHE_SIDES && n_sides % 4 == 0);
  Lathe lathe = { .builder = builder };
  double girth = 2 * DIO_PI * radius_m;
  fill_turn (&lathe.turn, n_sides);
  lathe.n_tiles = MAX (1, floor (girth / DIO_TEXTURE_TILE_M + 0.5));
  lathe.tile_m = girth / lathe.n_tiles;

  uint32_t upper = 0;
  for (guint k = first; k < end; k++) {
    const DioProfilePiece *piece = &g_array_index (profile->pieces, DioProfilePiece, k);
    gboolean smooth = k > first && is_smooth_after (piece - 1, piece);
    uint32_t lower = smooth ? upper : add_ring (&lathe, piece, 0);
    upper = add_ring (&lathe, piece, 1);
    for (guint i = 0; i < n_sides; i++)
      dio_mesh_builder_add_quad (builder, lower + i, lower + i + 1, upper + i + 1, upper + i);
  }
}
