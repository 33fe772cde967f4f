#define G_LOG_DOMAIN "dio-randomize"

/* Hides an object in part. A range of visibility is drawn from a stream that no try changes; then places are drawn, and each is moved
 * sideways by halves between where it hides too much and where it hides too little, until the share that is seen lies in the range.
 * Places where a thing's bounds hold the sensor or meet those of the target are tried like others but never kept. */

#include "dio-randomize-occlude-private.h"

#include "dio-base-hash.h"
#include "dio-core-math.h"
#include "dio-core-vec.h"
#include "dio-scene-randomizer.h"

#include <math.h>

#define DEFAULT_ATTEMPTS 32
#define HALVINGS 6
/* Tries that go to places which are not clear are given back up to so many times the attempts. */
#define MOST_REFUNDS 4
/* The estimate may be off by so much: what is met is met by the labels too. */
#define MARGIN 0.01

/** One randomizer's search in one frame. */
typedef struct {
  DioApply *apply;
  const DioResolveEnvironment *environment;
  DioWork *sensor, *target;
  GPtrArray *hiders; /**< of DioWork* */
  gboolean *shown;   /**< whether each was shown before */
  gboolean keep;     /**< the others stay as they were */
  DioSightLine line;
  DioWeightedRange wanted;
  double low, high; /**< what an estimate must lie in */
  int looked;       /**< hider whose look was taken last; -1 = none */
  double free_view; /**< visibility with nothing in the way; negative = not in the picture */
  guint left, used; /**< tries */
  guint most;       /**< that may be used, with those that are given back */
  guint refused;    /**< tries at places that are not clear, not given back yet */
  double any_miss;  /**< of the best try, clear or not */
  DioSightPlace best;
  double best_seen, best_miss;
} Search;

/* ---- draws ---- */

/* Redraws for a constraint have streams of their own; the counter's attempt counts the places. */
static DioDrawing
begin (Search *search, const DioWork *work, const char *property, guint attempt)
{
  DioApply *apply = search->apply;
  DioDrawing drawing = dio_draw_begin (apply, work, property);
  if (apply->attempt > 0) {
    g_autofree char *redraw = g_strdup_printf ("%s/redraw-%u", property, apply->attempt);
    drawing.key.stream =
        dio_hash_strings_u64 (apply->randomizer->id, work->node->id, redraw, (char *) NULL);
  }
  drawing.key.attempt = attempt;
  drawing.record.string = dio_draw_redraw_name (apply->attempt);
  drawing.even = 1;
  return drawing;
}

static void
draw_wanted (Search *search)
{
  const GArray *ranges = dio_randomizer_get_ranges (search->apply->randomizer, "visibility");
  DioDrawing drawing = dio_draw_begin (search->apply, search->target, "occlusion");
  drawing.key.attempt = 0;
  double total = 0, u = dio_draw_uniform (&drawing);
  for (guint i = 0; i < ranges->len; i++)
    total += g_array_index (ranges, DioWeightedRange, i).weight;
  double left = u * total;
  for (guint i = 0; i < ranges->len; i++) {
    const DioWeightedRange *range = &g_array_index (ranges, DioWeightedRange, i);
    if (range->weight > 0)
      search->wanted = *range;
    if (left < range->weight)
      break;
    left -= range->weight;
  }
  double margin = fmin (MARGIN, (search->wanted.max - search->wanted.min) / 10);
  search->low = search->wanted.min > 0 ? search->wanted.min + margin : 0;
  search->high = search->wanted.max < 1 ? search->wanted.max - margin : 1;
}

static DioSightPlace
draw_place (Search *search, guint attempt)
{
  const DioRandomizer *randomizer = search->apply->randomizer;
  DioDrawing choice = begin (search, search->target, "occluder", attempt);
  DioSightPlace place = { .attempt = attempt };
  place.hider = dio_draw_pick (&choice, dio_draw_uniform (&choice));
  DioDrawing drawing =
      begin (search, g_ptr_array_index (search->hiders, place.hider), "placement", attempt);
  place.along = dio_draw_param (&drawing, "along", 0.2, 0.9);
  place.drawn = place.offset = dio_draw_param (&drawing, "offset", -1.5, 1.5);
  place.around_rad = search->line.grounded ? 0 : dio_draw_param (&drawing, "", 0, DIO_PI);
  place.turned = dio_randomizer_get_distribution (randomizer, "yaw_rad") != NULL;
  if (place.turned)
    place.yaw_rad = dio_draw_param (&drawing, "yaw_rad", 0, 0);
  return place;
}

static void
record_place (Search *search, const DioSightPlace *place)
{
  DioDrawing drawing =
      begin (search, g_ptr_array_index (search->hiders, place->hider), "placement", place->attempt);
  dio_draw_record (&drawing, 4,
                   (const double[]){ place->along, place->drawn, place->offset, place->yaw_rad });
}

static void
record_outcome (Search *search, double seen, gboolean hit)
{
  DioDrawing drawing = dio_draw_begin (search->apply, search->target, "occlusion");
  drawing.key.attempt = 0;
  drawing.record.string = g_intern_string (hit ? "hit" : "miss");
  dio_draw_record (&drawing, 4,
                   (const double[]){ seen, search->wanted.min, search->wanted.max, search->used });
}

/* ---- seeing ---- */

static gboolean
is_shown (const DioWork *work)
{
  for (; work != NULL; work = work->parent)
    if (!work->node->visible)
      return FALSE;
  return TRUE;
}

static void
show (Search *search, guint index, gboolean shown)
{
  DioWork *work = g_ptr_array_index (search->hiders, index);
  if (work->node->visible != shown)
    dio_work_edit (work)->visible = shown;
}

/* @chosen shows, the others as the randomizer says; -1 = none is chosen. */
static void
show_only (Search *search, int chosen)
{
  for (guint i = 0; i < search->hiders->len; i++)
    show (search, i, (int) i == chosen || (search->keep && search->shown[i]));
}

/* Takes the look that trying @hider needs: where the others stay, each of them has another one. */
static gboolean
look_for (Search *search, guint hider, GError **error)
{
  if (search->looked >= 0 && (!search->keep || search->looked == (int) hider))
    return TRUE;
  g_autofree guint *movable = g_new0 (guint, search->hiders->len);
  DioResolveLook look = { search->sensor->node->id, search->target->node->id, movable, 0 };
  for (guint i = 0; i < search->hiders->len; i++) {
    if (!search->keep || i == hider)
      movable[look.n_movable++] = ((const DioWork *) g_ptr_array_index (search->hiders, i))->index;
    show (search, i, !search->keep || i == hider || search->shown[i]);
  }
  g_autoptr (DioResolved) now = dio_build_snapshot (search->apply->build);
  if (!search->environment->look (search->environment->user, now, &look, &search->free_view, error))
    return FALSE;
  search->looked = (int) hider;
  return TRUE;
}

static double
get_miss (const Search *search, double seen)
{
  return fmax (fmax (search->low - seen, seen - search->high), 0);
}

/** A place as it was worked out. */
typedef struct {
  DioMat4 world_from_moved;
  double reach;
  gboolean clear;
} Stand;

static gboolean
work_out (Search *search, const DioSightPlace *place, Stand *out, GError **error)
{
  DioBuild *build = search->apply->build;
  DioWork *work = g_ptr_array_index (search->hiders, place->hider);
  DioTrs trs;
  if (!dio_sight_line_place (&search->line, build, work, place, &trs, &out->reach, error))
    return FALSE;
  DioMat4 world_from_parent =
      work->parent != NULL ? dio_work_world_from_node (work->parent) : dio_mat4_identity ();
  DioMat4 parent_from_moved = dio_mat4_from_trs (&trs);
  out->world_from_moved = dio_mat4_multiply (&world_from_parent, &parent_from_moved);
  return dio_sight_line_is_clear (&search->line, build, work, &out->world_from_moved, &out->clear,
                                  error);
}

/* One try: what is seen past @place; the best one that is clear of both ends is kept. */
static gboolean
try_place (Search *search, const DioSightPlace *place, double *seen, double *reach, GError **error)
{
  DioWork *work = g_ptr_array_index (search->hiders, place->hider);
  DioMat4 placed_from_world, world_from_placed = dio_work_world_from_node (work);
  Stand stand;
  if (!work_out (search, place, &stand, error))
    return FALSE;
  *reach = stand.reach;
  search->left--;
  search->used++;
  *seen = search->free_view;
  if (dio_mat4_invert_affine (&world_from_placed, &placed_from_world)) {
    DioMat4 moved_from_placed = dio_mat4_multiply (&stand.world_from_moved, &placed_from_world);
    *seen =
        search->environment->look_past (search->environment->user, work->index, &moved_from_placed);
  }
  double miss = get_miss (search, *seen);
  search->any_miss = fmin (search->any_miss, miss);
  search->refused += stand.clear ? 0 : 1;
  if (stand.clear && miss < search->best_miss) {
    search->best = *place;
    search->best_seen = *seen;
    search->best_miss = miss;
  }
  return TRUE;
}

/* ---- searching ---- */

/* Tries @place, then moves it along its side by halves between an offset that hides too much and one that hides too
 * little. Ends early where even the middle of the line hides too little. */
static gboolean
search_place (Search *search, DioSightPlace place, GError **error)
{
  double seen, reach, side = place.offset < 0 ? -1 : 1;
  if (!look_for (search, place.hider, error) || !try_place (search, &place, &seen, &reach, error))
    return FALSE;
  double inner = fabs (place.offset), outer = reach;
  if (seen > search->high && search->left > 0) {
    outer = inner;
    inner = place.offset = 0;
    if (!try_place (search, &place, &seen, &reach, error))
      return FALSE;
    if (seen > search->high)
      return TRUE;
  }
  for (guint i = 0; i < HALVINGS && search->left > 0 && search->best_miss > 0; i++) {
    place.offset = side * (inner + outer) / 2;
    if (!try_place (search, &place, &seen, &reach, error))
      return FALSE;
    if (seen > search->high)
      outer = fabs (place.offset);
    else
      inner = fabs (place.offset);
  }
  return TRUE;
}

/* Tries that were lost on places which are not clear come back only where one of these would have been the best: what
 * is found without them is not looked for again. */
static gboolean
may_go_on (Search *search)
{
  if (search->best_miss <= 0)
    return FALSE;
  if (search->left == 0 && search->any_miss < search->best_miss && search->used < search->most) {
    search->left = MIN (search->refused, search->most - search->used);
    search->refused = 0;
  }
  return search->left > 0;
}

static gboolean
search_places (Search *search, GError **error)
{
  for (guint attempt = 0; may_go_on (search); attempt++) {
    DioSightPlace place = draw_place (search, attempt);
    if (!look_for (search, place.hider, error))
      return FALSE;
    /* What hides it already is not in our hands. */
    if (search->free_view < search->low && !search->keep)
      return TRUE;
    if (!search_place (search, place, error))
      return FALSE;
  }
  return TRUE;
}

/* ---- the end ---- */

static gboolean
settle (Search *search, const DioSightPlace *place, GError **error)
{
  DioTrs trs;
  double reach;
  DioWork *work = g_ptr_array_index (search->hiders, place->hider);
  if (!dio_sight_line_place (&search->line, search->apply->build, work, place, &trs, &reach, error))
    return FALSE;
  dio_work_edit (work)->parent_from_node = trs;
  show_only (search, (int) place->hider);
  record_place (search, place);
  return TRUE;
}

static void
note_miss (Search *search, double seen)
{
  DioBuild *build = search->apply->build;
  char from[G_ASCII_DTOSTR_BUF_SIZE], to[G_ASCII_DTOSTR_BUF_SIZE], found[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_formatd (from, sizeof from, "%g", search->wanted.min);
  g_ascii_formatd (to, sizeof to, "%g", search->wanted.max);
  g_ascii_formatd (found, sizeof found, "%.3f", seen);
  build->misses++;
  dio_diagnostics_add (
      build->diagnostics, DIO_SEVERITY_WARNING, "constraint-unmet", search->apply->randomizer->id,
      "randomizer \"%s\" found no place in %u tries from which \"%s\" is seen by %s to %s; %s is "
      "kept; offer other targets or places",
      search->apply->randomizer->id, search->used, search->target->node->id, from, to, found);
}

/* The best of all tries, or nothing in the way where that is better. */
static gboolean
conclude (Search *search, GError **error)
{
  double seen = fmax (search->free_view, 0), miss = get_miss (search, seen);
  if (search->best_miss <= miss) {
    seen = search->best_seen;
    miss = search->best_miss;
    if (!settle (search, &search->best, error))
      return FALSE;
  } else {
    show_only (search, -1);
  }
  record_outcome (search, seen, miss == 0);
  if (miss > 0)
    note_miss (search, seen);
  return TRUE;
}

static gboolean
find_nodes (Search *search, GError **error)
{
  DioApply *apply = search->apply;
  const char *sensor = dio_randomizer_get_string (apply->randomizer, "sensor", "");
  const char *target = dio_randomizer_get_string (apply->randomizer, "hidden", "");
  search->sensor = dio_build_find (apply->build, sensor, 0);
  search->target = dio_build_find (apply->build, target, 0);
  if (search->sensor == NULL || search->target == NULL)
    return dio_apply_fail (apply, error, "its %s \"%s\" is not in the scenario",
                           search->sensor == NULL ? "sensor" : "hidden object",
                           search->sensor == NULL ? sensor : target);
  for (guint i = 0; apply->randomizer->targets[i] != NULL; i++) {
    DioWork *work = dio_build_find (apply->build, apply->randomizer->targets[i], 0);
    search->shown[i] = work->node->visible;
    g_ptr_array_add (search->hiders, work);
  }
  return dio_sight_line_find (&search->line, apply->build, search->sensor, search->target, error);
}

/* Where there is nothing to be seen, or nobody to see it: the first place that is clear, else none of the things. */
static gboolean
stand_anywhere (Search *search, GError **error)
{
  for (guint attempt = 0; attempt < search->left; attempt++) {
    DioSightPlace place = draw_place (search, attempt);
    Stand stand;
    if (!work_out (search, &place, &stand, error))
      return FALSE;
    if (stand.clear)
      return settle (search, &place, error);
  }
  show_only (search, -1);
  return TRUE;
}

static gboolean
run (Search *search, GError **error)
{
  const DioResolveEnvironment *environment = search->environment;
  gboolean can_look = environment != NULL && environment->look != NULL;
  draw_wanted (search);
  search->line.has_target = is_shown (search->target);
  if (!search->line.has_target || !can_look) {
    if (!stand_anywhere (search, error))
      return FALSE;
    if (search->line.has_target) {
      record_outcome (search, 0, FALSE);
      note_miss (search, 0);
    }
    return TRUE;
  }
  return search_places (search, error) && conclude (search, error);
}

/* ---- later steps of a sequence ---- */

static void
keep_places (DioApply *apply)
{
  const GArray *nodes = apply->build->start->nodes;
  for (guint i = 0; apply->randomizer->targets[i] != NULL; i++) {
    const char *target = apply->randomizer->targets[i];
    for (guint k = 0; k < nodes->len; k++) {
      const DioResolvedNode *placed = &g_array_index (nodes, DioResolvedNode, k);
      if (placed->copy > 0 || !g_str_equal (placed->node->id, target))
        continue;
      DioNode *node = dio_work_edit (dio_build_find (apply->build, target, 0));
      node->parent_from_node = placed->node->parent_from_node;
      node->visible = placed->node->visible;
    }
  }
}

/* What was found at the first step lasts: places, draws, and the word that nothing was found. */
static void
keep_start (DioApply *apply)
{
  DioBuild *build = apply->build;
  const DioResolved *start = build->start;
  const char *id = g_intern_string (apply->randomizer->id);
  keep_places (apply);
  for (guint i = 0; i < start->draws->len; i++) {
    const DioDraw *draw = &g_array_index (start->draws, DioDraw, i);
    if (draw->randomizer == id)
      g_array_append_vals (build->draws, draw, 1);
  }
  for (guint i = 0; i < dio_diagnostics_get_count (start->diagnostics); i++) {
    const DioDiagnostic *noted = dio_diagnostics_get (start->diagnostics, i);
    if (!g_str_equal (noted->object, id))
      continue;
    build->misses++;
    dio_diagnostics_add (build->diagnostics, noted->severity, noted->code, noted->object, "%s",
                         noted->message);
  }
}

gboolean
dio_apply_occlude (DioApply *apply, GError **error)
{
  const DioRandomizer *randomizer = apply->randomizer;
  if (apply->build->start != NULL && !dio_randomizer_is_each_step (randomizer)) {
    keep_start (apply);
    return TRUE;
  }
  guint attempts = dio_randomizer_get_integer (randomizer, "attempts", DEFAULT_ATTEMPTS);
  g_autoptr (GPtrArray) hiders = g_ptr_array_new ();
  g_autofree gboolean *shown = g_new0 (gboolean, g_strv_length (randomizer->targets));
  Search search = {
    .apply = apply,
    .environment = apply->build->environment,
    .hiders = hiders,
    .shown = shown,
    .keep = g_str_equal (dio_randomizer_get_string (randomizer, "others", "hide"), "keep"),
    .line = { .grounded = dio_randomizer_get_number (randomizer, "grounded", 1) > 0.5 },
    .looked = -1,
    .left = CLAMP (attempts, 1, 200),
    .most = (1 + MOST_REFUNDS) * CLAMP (attempts, 1, 200),
    .any_miss = G_MAXDOUBLE,
    .best_miss = G_MAXDOUBLE,
  };
  return find_nodes (&search, error) && run (&search, error);
}
