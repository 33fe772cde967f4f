#define G_LOG_DOMAIN "dio-parametric"

/* Rooms: an axis-aligned room with blocks of furniture and bright panels, seen from its middle. The first
 * surface that a ray meets is lit by the panels without shadows; corners and contacts are darkened by
 * their distance, which at the blur of a background looks like the light of a room. */

#include "dio-parametric-environment-private.h"
#include "dio-parametric-noise-private.h"

#include "dio-core-math.h"
#include "dio-core-vec.h"

typedef enum {
  SURFACE_PLAIN,
  SURFACE_BOARDS,
  SURFACE_BOOKS,
  SURFACE_CLOTH,
} Surface;

typedef struct {
  double min[3], max[3]; /* metres, room frame: eye above the origin, floor at 0 */
  double albedo[3];
  Surface surface;
} Block;

typedef enum {
  PANEL_LAMP,
  PANEL_WINDOW,
  PANEL_PICTURE, /* of a colour of its own, lit like the wall */
} PanelKind;

/* A rectangle on a wall. */
typedef struct {
  PanelKind kind;
  int axis, side;            /* the wall: 0 x, 1 y, 2 z; 0 its lower end, 1 the upper */
  double center[2], half[2]; /* along the two other axes in their order */
  double color[3];           /* emitted, or albedo for a picture */
} Panel;

typedef struct {
  Block shell; /* the inside of the room */
  double floor[3], ceiling[3];
  const Block *blocks;
  guint n_blocks;
  const Panel *panels;
  guint n_panels;
  double ambient; /* light that comes from everywhere after many bounces */
} Room;

#define EYE_Z 1.25

typedef struct {
  double t;
  int axis,
      side; /* of the wall or block that is met; side = where its normal points (0 down, 1 up) */
  const Block *block; /* NULL = the shell */
} Hit;

/* The wall that the ray from @eye leaves the room by. */
static Hit
meet_shell (const Block *shell, const double eye[3], const double way[3])
{
  Hit hit = { .t = G_MAXDOUBLE };
  for (int a = 0; a < 3; a++) {
    int side = way[a] > 0;
    double t = fabs (way[a]) > 1e-9 ? ((side ? shell->max[a] : shell->min[a]) - eye[a]) / way[a]
                                    : G_MAXDOUBLE;
    if (t < hit.t)
      hit = (Hit){ t, a, !side, NULL };
  }
  return hit;
}

static void
meet_block (const Block *block, const double eye[3], const double way[3], Hit *hit)
{
  double enter = 0, leave = hit->t;
  int axis = -1;
  for (int a = 0; a < 3; a++) {
    double inverse = 1 / (fabs (way[a]) > 1e-9 ? way[a] : 1e-9);
    double t0 = (block->min[a] - eye[a]) * inverse, t1 = (block->max[a] - eye[a]) * inverse;
    if (MIN (t0, t1) > enter) {
      enter = MIN (t0, t1);
      axis = a;
    }
    leave = MIN (leave, MAX (t0, t1));
  }
  if (axis >= 0 && enter < leave)
    *hit = (Hit){ enter, axis, way[axis] < 0, block };
}

/* Light that @panel throws on a point with a normal along an axis: a small source, softened near it so
 * that no point is brighter than the panel. */
static double
get_panel_light (const Room *room, const Panel *panel, const double point[3], const Hit *hit)
{
  double center[3], to[3], square = 0;
  int other = 0;
  for (int a = 0; a < 3; a++) {
    center[a] = a == panel->axis ? (panel->side ? room->shell.max[a] : room->shell.min[a])
                                 : panel->center[other++];
    to[a] = center[a] - point[a];
    square += to[a] * to[a];
  }
  double distance = sqrt (square + 1e-9);
  double at_point = to[hit->axis] / distance * (hit->side ? 1 : -1);
  double at_panel = to[panel->axis] / distance * (panel->side ? 1 : -1);
  if (at_panel <= 0)
    return 0;
  double area = 4 * panel->half[0] * panel->half[1];
  /* Grazing light wraps a little: the source is wide. */
  double cosine = MAX (0, (at_point + 0.12) / 1.12);
  return cosine * at_panel * area / (DIO_PI * (square + area));
}

/* 0 .. 1: how much of the surroundings the walls and blocks near @point leave open. */
static double
get_openness (const Room *room, const double point[3], const Hit *hit)
{
  double open = 1;
  for (int a = 0; a < 3; a++) {
    if (a == hit->axis)
      continue;
    double low = (point[a] - room->shell.min[a]) / 0.35;
    double high = (room->shell.max[a] - point[a]) / 0.35;
    open *= 1 - 0.28 / (1 + low * low);
    open *= 1 - 0.28 / (1 + high * high);
  }
  for (guint i = 0; i < room->n_blocks; i++) {
    const Block *block = &room->blocks[i];
    if (block == hit->block)
      continue;
    double square = 0;
    for (int a = 0; a < 3; a++) {
      double outside = MAX (0, MAX (block->min[a] - point[a], point[a] - block->max[a]));
      square += outside * outside;
    }
    open *= 1 - 0.5 / (1 + square / (0.16 * 0.16));
  }
  return open;
}

/* The land outside: bright sky, hazy trees under the horizon's line, a lighter ground. */
static void
look_outside (const double way[3], const Panel *panel, double rgb[static 3])
{
  static const double trees[3] = { 0.16, 0.20, 0.12 }, ground[3] = { 0.30, 0.31, 0.24 };
  double low = way[2] / sqrt (way[0] * way[0] + way[1] * way[1] + way[2] * way[2]);
  double sky = dio_smoothstep (-0.01, 0.06, low), far = dio_smoothstep (-0.30, -0.10, low);
  double glow = 1.12 - 0.35 * dio_smoothstep (0.05, 0.6, low);
  for (int c = 0; c < 3; c++)
    rgb[c] = panel->color[c] * dio_mix (dio_mix (ground[c], trees[c], far), glow, sky);
}

/* What @panel shows at the panel coordinates -1 .. 1; TRUE where that is light of its own. */
static gboolean
shade_panel (const Panel *panel, const double at[2], const double way[3], double rgb[static 3])
{
  double rim[2] = { (1 - fabs (at[0])) * panel->half[0], (1 - fabs (at[1])) * panel->half[1] };
  double edge = MIN (rim[0], rim[1]);
  if (panel->kind == PANEL_LAMP) {
    double soft = dio_smoothstep (0, 0.08, edge);
    for (int c = 0; c < 3; c++)
      rgb[c] = panel->color[c] * (0.35 + 0.65 * soft);
    return TRUE;
  }
  static const double frame[3] = { 0.82, 0.81, 0.79 };
  double bars = MIN (fabs (at[0]) * panel->half[0], fabs (at[1] - 0.25) * panel->half[1]);
  double width = panel->kind == PANEL_WINDOW ? 0.06 : 0.035;
  if (edge < width || (panel->kind == PANEL_WINDOW && bars < 0.025)) {
    for (int c = 0; c < 3; c++)
      rgb[c] = frame[c] * (panel->kind == PANEL_WINDOW ? 1 : 0.25);
    return FALSE;
  }
  if (panel->kind == PANEL_WINDOW) {
    look_outside (way, panel, rgb);
    return TRUE;
  }
  double hill = dio_smoothstep (-0.15, 0.25, at[1] + 0.35 * at[0] * at[0]);
  for (int c = 0; c < 3; c++)
    rgb[c] = dio_mix (panel->color[c], 0.75, hill);
  return FALSE;
}

/* The albedo of a block or of the floor with what is drawn on it. */
static void
get_albedo (const double base[3], Surface surface, const double point[3], double rgb[static 3])
{
  double tone = 1, hue = 0;
  if (surface == SURFACE_BOARDS) {
    double board = floor (point[0] / 0.16 + 1000);
    double joint = point[1] / 1.3 + dio_noise_uniform (3, (uint32_t) board, 0) + 1000;
    tone = 0.86 + 0.28 * dio_noise_uniform (5, (uint32_t) board, (uint32_t) joint);
  } else if (surface == SURFACE_BOOKS) {
    uint32_t shelf = (uint32_t) (point[2] / 0.36 + 1000);
    uint32_t book = (uint32_t) ((point[0] + point[1]) / 0.07 + 1000);
    double in_shelf = point[2] / 0.36 + 1000 - shelf;
    double top = 0.62 + 0.25 * dio_noise_uniform (7, book, shelf);
    gboolean board = in_shelf<0.09, empty = in_shelf> top;
    tone = board ? 1.3 : empty ? 0.35 : 0.5 + 1.2 * dio_noise_uniform (9, book, shelf);
    hue = board || empty ? 0 : dio_noise_uniform (13, book, shelf) - 0.5;
  } else if (surface == SURFACE_CLOTH) {
    double fold = (point[0] + point[1]) / 0.11;
    fold -= floor (fold);
    tone = 0.78 + 0.9 * fold * (1 - fold);
  }
  rgb[0] = base[0] * tone * (1 + 0.8 * hue);
  rgb[1] = base[1] * tone;
  rgb[2] = base[2] * tone * (1 - 0.8 * hue);
}

static const double *
get_shell_albedo (const Room *room, const Hit *hit)
{
  if (hit->axis != 2)
    return room->shell.albedo;
  return hit->side ? room->floor : room->ceiling;
}

/* The panel on the wall that is hit, at @at in its coordinates, or NULL. */
static const Panel *
find_panel (const Room *room, const Hit *hit, const double point[3], double at[static 2])
{
  for (guint i = 0; hit->block == NULL && i < room->n_panels; i++) {
    const Panel *panel = &room->panels[i];
    if (panel->axis != hit->axis || panel->side == hit->side)
      continue;
    int other = 0;
    for (int a = 0; a < 3; a++)
      if (a != panel->axis) {
        at[other] = (point[a] - panel->center[other]) / panel->half[other];
        other++;
      }
    if (fabs (at[0]) < 1 && fabs (at[1]) < 1)
      return panel;
  }
  return NULL;
}

/* What the surface that is hit reflects; TRUE where it shines by itself and @rgb is its light. */
static gboolean
shade_surface (const Room *room,
               const Hit *hit,
               const double point[3],
               const double way[3],
               double rgb[static 3])
{
  double at[2];
  const Panel *panel = find_panel (room, hit, point, at);
  if (panel != NULL)
    return shade_panel (panel, at, way, rgb);
  gboolean is_floor = hit->block == NULL && hit->axis == 2 && hit->side;
  if (hit->block != NULL)
    get_albedo (hit->block->albedo, hit->block->surface, point, rgb);
  else
    get_albedo (get_shell_albedo (room, hit), is_floor ? SURFACE_BOARDS : SURFACE_PLAIN, point,
                rgb);
  return FALSE;
}

static void
shade_room (const Room *room, DioVec3 direction, double rgb_out[static 3])
{
  const double eye[3] = { 0, 0, EYE_Z }, way[3] = { direction.x, direction.y, direction.z };
  Hit hit = meet_shell (&room->shell, eye, way);
  for (guint i = 0; i < room->n_blocks; i++)
    meet_block (&room->blocks[i], eye, way, &hit);
  double point[3];
  for (int a = 0; a < 3; a++)
    point[a] = eye[a] + hit.t * way[a];
  if (shade_surface (room, &hit, point, way, rgb_out))
    return;

  double light[3] = { room->ambient, room->ambient, room->ambient };
  for (guint i = 0; i < room->n_panels; i++)
    if (room->panels[i].kind != PANEL_PICTURE) {
      double share = get_panel_light (room, &room->panels[i], point, &hit);
      for (int c = 0; c < 3; c++)
        light[c] += share * room->panels[i].color[c];
    }
  double open = get_openness (room, point, &hit);
  for (int c = 0; c < 3; c++)
    rgb_out[c] *= light[c] * open;
}

static const Block living_blocks[] = {
  /* a sofa: seat, back, arms */
  { { -2.9, -1.2, 0 }, { -2.0, 1.0, 0.43 }, { 0.30, 0.38, 0.42 }, SURFACE_PLAIN },
  { { -2.98, -1.2, 0.4 }, { -2.7, 1.0, 0.85 }, { 0.28, 0.36, 0.40 }, SURFACE_PLAIN },
  { { -2.9, 0.9, 0 }, { -2.0, 1.12, 0.62 }, { 0.26, 0.33, 0.37 }, SURFACE_PLAIN },
  { { -2.9, -1.32, 0 }, { -2.0, -1.1, 0.62 }, { 0.26, 0.33, 0.37 }, SURFACE_PLAIN },
  /* a bookcase, a sideboard, a vase on it, a door leaf */
  { { 0.6, 3.05, 0 }, { 2.3, 3.4, 2.05 }, { 0.36, 0.28, 0.22 }, SURFACE_BOOKS },
  { { 2.5, -1.6, 0 }, { 2.98, 0.4, 0.78 }, { 0.55, 0.40, 0.26 }, SURFACE_PLAIN },
  { { 2.66, -1.2, 0.78 }, { 2.82, -1.04, 1.12 }, { 0.22, 0.42, 0.46 }, SURFACE_PLAIN },
  { { 0.7, -2.6, 0 }, { 1.6, -2.54, 2.05 }, { 0.70, 0.68, 0.64 }, SURFACE_PLAIN },
  /* curtains beside the window */
  { { -1.98, 3.26, 0.05 }, { -1.62, 3.38, 2.5 }, { 0.66, 0.60, 0.52 }, SURFACE_CLOTH },
  { { -0.18, 3.26, 0.05 }, { 0.18, 3.38, 2.5 }, { 0.66, 0.60, 0.52 }, SURFACE_CLOTH },
};

static const Panel living_panels[] = {
  { PANEL_LAMP, 2, 1, { 0.2, 0.3 }, { 0.55, 0.30 }, { 11.5, 10.1, 8.1 } },
  { PANEL_WINDOW, 1, 1, { -0.9, 1.5 }, { 0.75, 0.72 }, { 6.6, 7.2, 8.0 } },
  { PANEL_PICTURE, 0, 0, { -0.1, 1.65 }, { 0.50, 0.34 }, { 0.30, 0.36, 0.24 } },
  { PANEL_PICTURE, 0, 1, { -0.6, 1.72 }, { 0.32, 0.42 }, { 0.58, 0.30, 0.22 } },
};

void
dio_environment_shade_room (DioVec3 direction, double rgb_out[static 3])
{
  static const Room room = {
    .shell = { { -3, -2.6, 0 }, { 3, 3.4, 2.65 }, { 0.78, 0.75, 0.69 }, SURFACE_PLAIN },
    .floor = { 0.42, 0.29, 0.19 },
    .ceiling = { 0.86, 0.85, 0.83 },
    .blocks = living_blocks,
    .n_blocks = G_N_ELEMENTS (living_blocks),
    .panels = living_panels,
    .n_panels = G_N_ELEMENTS (living_panels),
    .ambient = 0.95,
  };
  shade_room (&room, direction, rgb_out);
}

static const Block study_blocks[] = {
  /* a desk under the window, a cupboard, a chest with a lamp's foot, curtains */
  { { -1.2, 2.2, 0.70 }, { 1.1, 2.9, 0.74 }, { 0.50, 0.36, 0.24 }, SURFACE_PLAIN },
  { { -1.15, 2.3, 0 }, { -0.75, 2.85, 0.70 }, { 0.46, 0.33, 0.22 }, SURFACE_PLAIN },
  { { 0.7, 2.3, 0 }, { 1.05, 2.85, 0.70 }, { 0.46, 0.33, 0.22 }, SURFACE_PLAIN },
  { { 2.0, -1.6, 0 }, { 2.6, 0.6, 2.1 }, { 0.62, 0.60, 0.57 }, SURFACE_PLAIN },
  { { -2.6, -1.0, 0 }, { -2.25, 1.2, 1.9 }, { 0.34, 0.27, 0.21 }, SURFACE_BOOKS },
  { { -1.0, -2.4, 0 }, { 1.0, -1.9, 0.85 }, { 0.44, 0.46, 0.44 }, SURFACE_PLAIN },
  { { -1.95, 2.72, 0.05 }, { -1.5, 2.86, 2.5 }, { 0.72, 0.68, 0.60 }, SURFACE_CLOTH },
  { { 1.5, 2.72, 0.05 }, { 1.95, 2.86, 2.5 }, { 0.72, 0.68, 0.60 }, SURFACE_CLOTH },
};

static const Panel study_panels[] = {
  { PANEL_WINDOW, 1, 1, { 0, 1.6 }, { 1.45, 0.82 }, { 9.6, 10.3, 11.2 } },
  { PANEL_PICTURE, 1, 0, { 0.1, 1.6 }, { 0.55, 0.38 }, { 0.28, 0.34, 0.42 } },
};

void
dio_environment_shade_window (DioVec3 direction, double rgb_out[static 3])
{
  static const Room room = {
    .shell = { { -2.6, -2.4, 0 }, { 2.6, 2.9, 2.6 }, { 0.80, 0.79, 0.76 }, SURFACE_PLAIN },
    .floor = { 0.36, 0.27, 0.19 },
    .ceiling = { 0.86, 0.86, 0.85 },
    .blocks = study_blocks,
    .n_blocks = G_N_ELEMENTS (study_blocks),
    .panels = study_panels,
    .n_panels = G_N_ELEMENTS (study_panels),
    .ambient = 0.48,
  };
  shade_room (&room, direction, rgb_out);
}
