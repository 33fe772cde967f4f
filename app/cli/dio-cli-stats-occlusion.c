#define G_LOG_DOMAIN "dio-cli"

/* How objects are hidden, as `stats` prints it. */

#include "dio-cli-stats-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/* So many hiders are named; the rest is added up. */
#define MAX_HIDERS 12

static gint64
get_int (const json_t *json, const char *key)
{
  return json_integer_value (json_object_get (json, key));
}

static double
get_percent (gint64 part, gint64 whole)
{
  return whole > 0 ? 100.0 * (double) part / (double) whole : 0;
}

static void
print_bins (const json_t *bounds, const json_t *category)
{
  gint64 objects = get_int (category, "objects");
  const json_t *bins = json_object_get (category, "bins");
  double low = 0;
  for (size_t i = 0; i < json_array_size (bins); i++) {
    gint64 n = json_integer_value (json_array_get (bins, i));
    double high = i < json_array_size (bounds) ? json_number_value (json_array_get (bounds, i)) : 1;
    g_print (_ ("  visible %3.0f to %3.0f %% %9" PRId64 "  %5.1f %%\n"), low * 100, high * 100, n,
             get_percent (n, objects));
    low = high;
  }
}

static void
print_widths (const json_t *category)
{
  size_t i;
  json_t *entry;
  g_print ("  %s", _ ("width in pixels  "));
  json_array_foreach (json_object_get (category, "width_px"), i, entry)
    g_print (" %.0f %%: %.0f%s", json_number_value (json_object_get (entry, "share")) * 100,
             json_number_value (json_object_get (entry, "value")),
             i + 1 < json_array_size (json_object_get (category, "width_px")) ? "," : "");
  g_print ("\n");
}

static void
print_hiders (const json_t *category)
{
  const json_t *hiders = json_object_get (category, "hiders");
  gint64 hidden_px = get_int (category, "hidden_px"), named_px = get_int (category, "named_px"),
         rest = 0;
  size_t i;
  json_t *hider;
  json_array_foreach (hiders, i, hider) {
    if (i < MAX_HIDERS)
      g_print (_ ("  hidden by %-24s %9" PRId64 " px in %" PRId64 " objects\n"),
               json_string_value (json_object_get (hider, "name")), get_int (hider, "px"),
               get_int (hider, "objects"));
    else
      rest += get_int (hider, "px");
  }
  if (rest > 0)
    g_print (_ ("  hidden by %-24s %9" PRId64 " px\n"), _ ("others"), rest);
  g_print (_ ("  hiders add up to %" PRId64 " px, outline less seen is %" PRId64 " px: %s\n"),
           named_px, hidden_px, named_px == hidden_px ? _ ("equal") : _ ("NOT EQUAL"));
}

static void
print_category (const json_t *bounds, const json_t *category, gint64 frames)
{
  gint64 without = get_int (category, "frames_without");
  g_print (_ ("\n%s: %" PRId64 " objects, not in %" PRId64 " frames (%.1f %%)\n"),
           json_string_value (json_object_get (category, "name")), get_int (category, "objects"),
           without, get_percent (without, frames));
  if (get_int (category, "objects") == 0)
    return;
  print_bins (bounds, category);
  print_widths (category);
  print_hiders (category);
}

static void
print_outcomes (const json_t *stats)
{
  size_t i;
  json_t *entry;
  json_array_foreach (json_object_get (stats, "occluders"), i, entry) {
    gint64 hits = get_int (entry, "hits"), all = hits + get_int (entry, "misses");
    g_print (_ ("\n%s hides %s: as wanted in %" PRId64 " of %" PRId64
                " frames (%.1f %%), %.1f tries a frame\n"),
             json_string_value (json_object_get (entry, "randomizer")),
             json_string_value (json_object_get (entry, "hidden")), hits, all,
             get_percent (hits, all),
             all > 0 ? (double) get_int (entry, "tries") / (double) all : 0);
  }
}

static void
print_shown (const json_t *stats, gint64 frames)
{
  const char *last = NULL;
  size_t i;
  json_t *entry;
  json_array_foreach (json_object_get (stats, "shown"), i, entry) {
    const char *randomizer = json_string_value (json_object_get (entry, "randomizer"));
    const char *node = json_string_value (json_object_get (entry, "node"));
    if (g_strcmp0 (randomizer, last) != 0)
      g_print (_ ("\n%s shows\n"), randomizer);
    last = randomizer;
    g_print ("  %-34s %9" PRId64 "  %5.1f %%\n", *node != '\0' ? node : _ ("none"),
             get_int (entry, "frames"), get_percent (get_int (entry, "frames"), frames));
  }
}

void
dio_cli_print_occlusion (const json_t *stats)
{
  gint64 frames = get_int (stats, "frames");
  const json_t *occlusion = json_object_get (stats, "occlusion");
  size_t i;
  json_t *category;
  json_array_foreach (json_object_get (occlusion, "categories"), i, category)
    print_category (json_object_get (occlusion, "bounds"), category, frames);
  print_outcomes (stats);
  print_shown (stats, frames);
}
