#define G_LOG_DOMAIN "dio-randomize"

/* A path through keys: cubic Hermite pieces whose slopes are those of Catmull and Rom for times of any spacing, or straight ones.
 * Only + - * / sqrt and core's elementary functions. */

#include "dio-randomize-private.h"

#include "dio-core-math.h"
#include "dio-core-vec.h"

#include <math.h>

/* Below this angle between two rotations their chord is as good as the arc. */
#define CHORD_COSINE 0.9999

/** One piece between two keys. */
typedef struct {
  guint index; /**< of its first key */
  double part; /**< 0 at its first key, 1 at its second */
} Piece;

static double
get_span_s (const DioPath *path)
{
  return path->keys[path->n - 1].time_s - path->keys[0].time_s;
}

/* Into the time of the keys. */
static double
fold (const DioPath *path, double time_s)
{
  double first = path->keys[0].time_s, span = get_span_s (path);
  if (path->repeat && span > 0) {
    double turns = (time_s - first) / span;
    return first + (turns - floor (turns)) * span;
  }
  return CLAMP (time_s, first, first + span);
}

static Piece
find_piece (const DioPath *path, double time_s)
{
  double time = fold (path, time_s);
  guint i = 0;
  while (i + 2 < path->n && time >= path->keys[i + 1].time_s)
    i++;
  double length = path->keys[i + 1].time_s - path->keys[i].time_s;
  return (Piece){ i, CLAMP ((time - path->keys[i].time_s) / length, 0, 1) };
}

static DioVec3
get_slope (const DioPathKey *from, const DioPathKey *to, double time_s)
{
  return dio_vec3_scale (dio_vec3_sub (to->position_m, from->position_m), 1 / time_s);
}

static gboolean
is_closed (const DioPath *path)
{
  DioVec3 a = path->keys[0].position_m, b = path->keys[path->n - 1].position_m;
  return path->repeat && a.x == b.x && a.y == b.y && a.z == b.z;
}

/* Velocity at key @i: from the key before to the key behind, round the seam of a closed path, from one side at an end. */
static DioVec3
get_velocity (const DioPath *path, guint i)
{
  const DioPathKey *keys = path->keys;
  guint last = path->n - 1;
  if ((i == 0 || i == last) && is_closed (path)) {
    double time_s = keys[1].time_s - keys[0].time_s + keys[last].time_s - keys[last - 1].time_s;
    return get_slope (&keys[last - 1], &keys[1], time_s);
  }
  guint before = i > 0 ? i - 1 : 0, behind = i < last ? i + 1 : last;
  return get_slope (&keys[before], &keys[behind], keys[behind].time_s - keys[before].time_s);
}

static DioVec3
mix (const DioVec3 *vectors, const double *weights, guint n)
{
  DioVec3 sum = { 0, 0, 0 };
  for (guint i = 0; i < n; i++)
    sum = dio_vec3_add (sum, dio_vec3_scale (vectors[i], weights[i]));
  return sum;
}

/* The four vectors of a Hermite piece and their weights at @s; @slope: of the derivative by @s. */
static DioVec3
evaluate_smooth (const DioPath *path, const Piece *piece, gboolean slope)
{
  const DioPathKey *a = &path->keys[piece->index], *b = a + 1;
  double length = b->time_s - a->time_s, s = piece->part, r = 1 - s;
  const DioVec3 vectors[] = {
    a->position_m,
    dio_vec3_scale (get_velocity (path, piece->index), length),
    b->position_m,
    dio_vec3_scale (get_velocity (path, piece->index + 1), length),
  };
  const double at[] = { r * r * (1 + 2 * s), r * r * s, s * s * (3 - 2 * s), -s * s * r };
  const double by[] = { -6 * s * r, r * (1 - 3 * s), 6 * s * r, s * (3 * s - 2) };
  return mix (vectors, slope ? by : at, 4);
}

static double
dot4 (DioQuat a, DioQuat b)
{
  return a.w * b.w + a.x * b.x + a.y * b.y + a.z * b.z;
}

/* The short way round at an even rate. */
static DioQuat
turn_between (DioQuat a, DioQuat b, double part)
{
  double cosine = dot4 (a, b), wa = 1 - part, wb = part;
  double sign = cosine < 0 ? -1 : 1;
  cosine *= sign;
  if (cosine < CHORD_COSINE) {
    double angle = dio_acos (cosine);
    wa = dio_sin (wa * angle);
    wb = dio_sin (wb * angle);
  }
  wb *= sign;
  return dio_quat_normalize ((DioQuat){ wa * a.w + wb * b.w, wa * a.x + wb * b.x,
                                        wa * a.y + wb * b.y, wa * a.z + wb * b.z });
}

DioPathKey
dio_path_at (const DioPath *path, double time_s)
{
  g_return_val_if_fail (path->n > 0, ((DioPathKey){ 0 }));
  DioPathKey out = path->keys[0];
  if (path->n > 1) {
    Piece piece = find_piece (path, time_s);
    const DioPathKey *a = &path->keys[piece.index], *b = a + 1;
    out.position_m = path->smooth ? evaluate_smooth (path, &piece, FALSE)
                                  : dio_vec3_add (dio_vec3_scale (a->position_m, 1 - piece.part),
                                                  dio_vec3_scale (b->position_m, piece.part));
    if (a->turned)
      out.q_wxyz =
          turn_between (dio_quat_normalize (a->q_wxyz), dio_quat_normalize (b->q_wxyz), piece.part);
  } else if (out.turned) {
    out.q_wxyz = dio_quat_normalize (out.q_wxyz);
  }
  out.time_s = time_s;
  return out;
}

DioVec3
dio_path_direction_at (const DioPath *path, double time_s)
{
  if (path->n < 2)
    return (DioVec3){ 0, 0, 0 };
  Piece piece = find_piece (path, time_s);
  DioVec3 going = path->smooth ? evaluate_smooth (path, &piece, TRUE) : (DioVec3){ 0, 0, 0 };
  /* Where it stands, that of the nearest piece before that goes anywhere, else of the first behind. */
  for (guint i = piece.index + 1; dio_vec3_length (going) <= 0 && i > 0; i--)
    going = dio_vec3_sub (path->keys[i].position_m, path->keys[i - 1].position_m);
  for (guint i = piece.index + 1; dio_vec3_length (going) <= 0 && i < path->n; i++)
    going = dio_vec3_sub (path->keys[i].position_m, path->keys[i - 1].position_m);
  return dio_vec3_normalize (going);
}
