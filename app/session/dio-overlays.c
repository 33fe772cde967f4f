#define G_LOG_DOMAIN "dio-session"

#include "dio-overlays.h"

struct _DioOverlays {
  GObject parent;
  int masks, boxes, pass;
  gboolean boxes_3d, names, occlusion, clean, grid, axes, monitor;
  double opacity;
};

G_DEFINE_FINAL_TYPE (DioOverlays, dio_overlays, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_MASKS,
  PROP_BOXES,
  PROP_PASS,
  PROP_BOXES_3D,
  PROP_NAMES,
  PROP_OCCLUSION,
  PROP_CLEAN,
  PROP_GRID,
  PROP_AXES,
  PROP_MONITOR,
  PROP_OPACITY,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

enum { SIGNAL_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static int *
find_number (DioOverlays *overlays, guint id)
{
  return id == PROP_MASKS   ? &overlays->masks
         : id == PROP_BOXES ? &overlays->boxes
         : id == PROP_PASS  ? &overlays->pass
                            : NULL;
}

static gboolean *
find_switch (DioOverlays *overlays, guint id)
{
  gboolean *const switches[N_PROPS] = {
    [PROP_BOXES_3D] = &overlays->boxes_3d,   [PROP_NAMES] = &overlays->names,
    [PROP_OCCLUSION] = &overlays->occlusion, [PROP_CLEAN] = &overlays->clean,
    [PROP_GRID] = &overlays->grid,           [PROP_AXES] = &overlays->axes,
    [PROP_MONITOR] = &overlays->monitor,
  };
  return switches[id];
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  DioOverlays *overlays = DIO_OVERLAYS (object);
  if (id == PROP_OPACITY)
    g_value_set_double (value, overlays->opacity);
  else if (find_number (overlays, id) != NULL)
    g_value_set_int (value, *find_number (overlays, id));
  else if (id < N_PROPS && find_switch (overlays, id) != NULL)
    g_value_set_boolean (value, *find_switch (overlays, id));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

/* FALSE where the value was there before. */
static gboolean
store (DioOverlays *overlays, guint id, const GValue *value)
{
  if (id == PROP_OPACITY) {
    double opacity = g_value_get_double (value);
    gboolean differs = opacity < overlays->opacity || opacity > overlays->opacity;
    overlays->opacity = opacity;
    return differs;
  }
  gboolean is_number = find_number (overlays, id) != NULL;
  int *at = is_number ? find_number (overlays, id) : find_switch (overlays, id);
  int wanted = is_number ? g_value_get_int (value) : g_value_get_boolean (value);
  if (*at == wanted)
    return FALSE;
  *at = wanted;
  return TRUE;
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  DioOverlays *overlays = DIO_OVERLAYS (object);
  if (id == PROP_0 || id >= N_PROPS) {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    return;
  }
  if (!store (overlays, id, value))
    return;
  g_object_notify_by_pspec (object, properties[id]);
  g_signal_emit (overlays, signals[SIGNAL_CHANGED], 0);
}

static void
dio_overlays_class_init (DioOverlaysClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  object_class->get_property = get_property;
  object_class->set_property = set_property;
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  properties[PROP_MASKS] = g_param_spec_int ("masks", NULL, NULL, DIO_MASKS_OFF,
                                             DIO_MASKS_VISIBILITY, DIO_MASKS_CATEGORY, flags);
  properties[PROP_BOXES] = g_param_spec_int ("boxes", NULL, NULL, DIO_BOXES_OFF, DIO_BOXES_BOTH,
                                             DIO_BOXES_VISIBLE, flags);
  properties[PROP_PASS] =
      g_param_spec_int ("pass", NULL, NULL, DIO_PASS_RGB, DIO_PASS_IDS, DIO_PASS_RGB, flags);
  properties[PROP_OPACITY] = g_param_spec_double ("opacity", NULL, NULL, 0, 1, 0.35, flags);
  const struct {
    guint id;
    const char *name;
    gboolean initial;
  } switches[] = {
    { PROP_BOXES_3D, "boxes-3d", FALSE },
    { PROP_NAMES, "names", FALSE },
    { PROP_OCCLUSION, "occlusion", FALSE },
    { PROP_CLEAN, "clean", FALSE },
    { PROP_GRID, "grid", TRUE },
    { PROP_AXES, "axes", TRUE },
    { PROP_MONITOR, "monitor", TRUE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    properties[switches[i].id] =
        g_param_spec_boolean (switches[i].name, NULL, NULL, switches[i].initial, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dio_overlays_init (DioOverlays *overlays)
{
  overlays->masks = DIO_MASKS_CATEGORY;
  overlays->boxes = DIO_BOXES_VISIBLE;
  overlays->opacity = 0.35;
  overlays->grid = overlays->axes = overlays->monitor = TRUE;
}

DioOverlays *
dio_overlays_new (void)
{
  return g_object_new (DIO_TYPE_OVERLAYS, NULL);
}

DioMasksShown
dio_overlays_get_masks (DioOverlays *overlays)
{
  g_return_val_if_fail (DIO_IS_OVERLAYS (overlays), DIO_MASKS_OFF);
  return (DioMasksShown) overlays->masks;
}

DioBoxesShown
dio_overlays_get_boxes (DioOverlays *overlays)
{
  g_return_val_if_fail (DIO_IS_OVERLAYS (overlays), DIO_BOXES_OFF);
  return (DioBoxesShown) overlays->boxes;
}

gboolean
dio_overlays_get_boxes_3d (DioOverlays *overlays)
{
  g_return_val_if_fail (DIO_IS_OVERLAYS (overlays), FALSE);
  return overlays->boxes_3d;
}

gboolean
dio_overlays_get_names (DioOverlays *overlays)
{
  g_return_val_if_fail (DIO_IS_OVERLAYS (overlays), FALSE);
  return overlays->names;
}

gboolean
dio_overlays_get_occlusion (DioOverlays *overlays)
{
  g_return_val_if_fail (DIO_IS_OVERLAYS (overlays), FALSE);
  return overlays->occlusion;
}

DioPass
dio_overlays_get_pass (DioOverlays *overlays)
{
  g_return_val_if_fail (DIO_IS_OVERLAYS (overlays), DIO_PASS_RGB);
  return (DioPass) overlays->pass;
}

double
dio_overlays_get_opacity (DioOverlays *overlays)
{
  g_return_val_if_fail (DIO_IS_OVERLAYS (overlays), 0);
  return overlays->opacity;
}

gboolean
dio_overlays_get_clean (DioOverlays *overlays)
{
  g_return_val_if_fail (DIO_IS_OVERLAYS (overlays), FALSE);
  return overlays->clean;
}

gboolean
dio_overlays_get_grid (DioOverlays *overlays)
{
  g_return_val_if_fail (DIO_IS_OVERLAYS (overlays), FALSE);
  return overlays->grid;
}

gboolean
dio_overlays_get_axes (DioOverlays *overlays)
{
  g_return_val_if_fail (DIO_IS_OVERLAYS (overlays), FALSE);
  return overlays->axes;
}

gboolean
dio_overlays_get_monitor (DioOverlays *overlays)
{
  g_return_val_if_fail (DIO_IS_OVERLAYS (overlays), FALSE);
  return overlays->monitor;
}

void
dio_overlays_cycle_boxes (DioOverlays *overlays)
{
  g_return_if_fail (DIO_IS_OVERLAYS (overlays));

  g_object_set (overlays, "boxes", (overlays->boxes + 1) % (DIO_BOXES_BOTH + 1), NULL);
}

void
dio_overlays_cycle_masks (DioOverlays *overlays)
{
  g_return_if_fail (DIO_IS_OVERLAYS (overlays));

  g_object_set (overlays, "masks", (overlays->masks + 1) % (DIO_MASKS_VISIBILITY + 1), NULL);
}

void
dio_overlays_cycle_pass (DioOverlays *overlays)
{
  g_return_if_fail (DIO_IS_OVERLAYS (overlays));

  g_object_set (overlays, "pass", (overlays->pass + 1) % (DIO_PASS_IDS + 1), NULL);
}
