#define G_LOG_DOMAIN "dio-viewport"

#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-edit-add.h"
#include "dio-edit-nodes.h"
#include "dio-session-models.h"
#include "dio-viewport-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define PREFIX "diorama-shelf:"
/* A lamp in the surface that it was dropped on would light nothing. */
#define LIGHT_ABOVE_M 2.0
#define SENSOR_ABOVE_M 1.0
#define UNKNOWN_HALF_M 0.1

/* "mug" of "parametric:mug"; NULL where @key is not of that kind. */
static const char *
get_id (const char *key, const char *kind)
{
  gsize n = strlen (kind);
  return g_str_has_prefix (key, kind) && key[n] == ':' ? key + n + 1 : NULL;
}

static const char *
get_key (const GValue *value)
{
  if (value == NULL || !G_VALUE_HOLDS_STRING (value))
    return NULL;
  const char *text = g_value_get_string (value);
  return text != NULL && g_str_has_prefix (text, PREFIX) ? text + strlen (PREFIX) : NULL;
}

static gboolean
parse_light (const char *name, DioLightKind *kind)
{
  static const char *const names[] = { "sun", "point", "spot", "rect", "environment", "sky" };
  static const DioLightKind kinds[] = { DIO_LIGHT_SUN,  DIO_LIGHT_POINT,       DIO_LIGHT_SPOT,
                                        DIO_LIGHT_RECT, DIO_LIGHT_ENVIRONMENT, DIO_LIGHT_SKY };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i], name)) {
      *kind = kinds[i];
      return TRUE;
    }
  return FALSE;
}

/* -- Putting it there ---------------------------------------------------------------------------------------------- */

/** One drop, kept until the cast has said where. */
typedef struct {
  DioViewportCanvas *canvas;
  char *key;     /* of a shelf item, or NULL */
  GSList *files; /* of GFile* */
  char *node;    /* under the pointer, or NULL */
  DioVec3 otherwise_m;
} Drop;

static void
drop_free (Drop *drop)
{
  g_object_unref (drop->canvas);
  g_free (drop->key);
  g_free (drop->node);
  g_slist_free_full (drop->files, g_object_unref);
  g_free (drop);
}

static DioScenario *
add_light (DioScenario *scenario, const char *name, DioVec3 at_m, char **id, GError **error)
{
  DioLightKind kind;
  if (!parse_light (name, &kind)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _ ("There is no light “%s”."),
                 name);
    return NULL;
  }
  at_m.z += LIGHT_ABOVE_M;
  return dio_edit_add_light (scenario, kind, NULL, at_m, id, error);
}

static DioScenario *
set_texture (Drop *drop, DioScenario *scenario, const char *texture, GError **error)
{
  if (drop->node == NULL) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                 _ ("Drop a texture on the object that is to have it."));
    return NULL;
  }
  g_autofree char *path = g_strdup_printf ("nodes/%s/material/base_color_texture", drop->node);
  json_t *value = json_string (texture);
  DioScenario *next = dio_scenario_with_property (scenario, path, value, error);
  json_decref (value);
  return next;
}

static DioScenario *
add_asset (
    Drop *drop, DioScenario *scenario, const char *asset, DioVec3 at_m, char **id, GError **error)
{
  const DioAsset *known = dio_scenario_find_asset (scenario, asset);
  if (known != NULL && known->kind == DIO_ASSET_ENVIRONMENT)
    return dio_edit_add_light (scenario, DIO_LIGHT_ENVIRONMENT, asset, at_m, id, error);
  if (known != NULL && known->kind == DIO_ASSET_TEXTURE)
    return set_texture (drop, scenario, asset, error);
  return dio_edit_add_asset_model (scenario, asset, NULL, at_m, id, error);
}

static DioScenario *
add_sensor (Drop *drop, DioScenario *scenario, DioVec3 at_m, char **id, GError **error)
{
  const DioEditNavigation *navigation = &drop->canvas->navigation;
  DioVec3 eye = { at_m.x, at_m.y, at_m.z + SENSOR_ABOVE_M };
  /* Where the pointer is, looking at what the user looks at. */
  return dio_edit_add_sensor (scenario, eye, navigation->target_m, id, error);
}

static DioScenario *
assign_category (Drop *drop, DioScenario *scenario, const char *category, GError **error)
{
  if (drop->node == NULL) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                 _ ("Drop a category on the object that is to have it."));
    return NULL;
  }
  const char *const ids[] = { drop->node, NULL };
  return dio_edit_assign_category (scenario, ids, category, NULL, error);
}

static DioScenario *
add_item (Drop *drop, DioVec3 at_m, char **id, GError **error)
{
  DioScenario *scenario = dio_session_get_scenario (drop->canvas->session);
  const char *name;
  if ((name = get_id (drop->key, "asset")) != NULL)
    return add_asset (drop, scenario, name, at_m, id, error);
  if ((name = get_id (drop->key, "parametric")) != NULL
      || (name = get_id (drop->key, "model")) != NULL)
    return dio_edit_add_parametric (scenario, name, at_m, id, error);
  if ((name = get_id (drop->key, "light")) != NULL)
    return add_light (scenario, name, at_m, id, error);
  if ((name = get_id (drop->key, "category")) != NULL)
    return assign_category (drop, scenario, name, error);
  if (g_str_has_prefix (drop->key, "sensor"))
    return add_sensor (drop, scenario, at_m, id, error);
  if ((name = get_id (drop->key, "environment")) != NULL) {
    g_autofree char *procedural = dio_scenario_find_asset (scenario, name) != NULL
                                      ? g_strdup (name)
                                      : g_strconcat ("procedural:", name, NULL);
    return dio_edit_add_light (scenario, DIO_LIGHT_ENVIRONMENT, procedural, at_m, id, error);
  }
  if ((name = get_id (drop->key, "texture")) != NULL) {
    g_autofree char *procedural = g_strconcat ("procedural:", name, NULL);
    return set_texture (drop, scenario, procedural, error);
  }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               _ ("This cannot be put into a scene."));
  return NULL;
}

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = user;
  g_autofree char *asset = dio_session_import_finish (DIO_SESSION (source), result, &error);
  if (asset != NULL)
    return;
  g_autofree char *text = g_strdup_printf (_ ("“%s” could not be imported."), name);
  dio_session_report (DIO_SESSION (source), DIO_SEVERITY_ERROR, text, error, NULL, NULL);
}

static void
place (Drop *drop, DioVec3 at_m)
{
  DioSession *session = drop->canvas->session;
  for (GSList *file = drop->files; file != NULL; file = file->next) {
    g_autofree char *path = g_file_get_path (file->data);
    if (path != NULL)
      dio_session_import_async (session, path, &at_m, imported_cb,
                                g_file_get_basename (file->data));
  }
  if (drop->key == NULL)
    return;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  DioScenario *next = add_item (drop, at_m, &id, &error);
  if (next == NULL) {
    dio_viewport_canvas_note (drop->canvas, error->message);
    return;
  }
  const DioNode *node = id != NULL ? dio_scenario_find_node (next, id) : NULL;
  g_autofree char *name = node != NULL
                              ? g_strdup_printf (_ ("Add %s"), dio_edit_get_node_title (node))
                              : g_strdup (_ ("Drop on Object"));
  dio_session_commit (session, next, name, NULL);
  if (id != NULL)
    dio_selection_set_one (dio_session_get_selection (session), id);
}

static void
place_cb (const DioPreviewHit *hit, gpointer user)
{
  Drop *drop = user;
  place (drop, hit->hit ? hit->point_world_m : drop->otherwise_m);
  drop_free (drop);
}

/* Where nothing is hit: the ground, else what is looked at. */
static DioVec3
get_ground (DioViewportCanvas *self, const DioEditRay *ray)
{
  DioVec3 hit;
  if (dio_edit_ray_meet_plane (ray, (DioVec3){ 0, 0, 0 }, (DioVec3){ 0, 0, 1 }, &hit)
      && dio_vec3_length (dio_vec3_sub (hit, ray->origin_m)) < 200)
    return hit;
  return self->navigation.target_m;
}

static gboolean
get_ray (DioViewportCanvas *self, double x, double y, DioEditRay *ray)
{
  DioViewportEye eye;
  if (dio_viewport_eye_get (self, &eye)) {
    *ray = dio_viewport_eye_get_ray (&eye, x, y);
    return TRUE;
  }
  int width = gtk_widget_get_width (GTK_WIDGET (self)),
      height = gtk_widget_get_height (GTK_WIDGET (self));
  DioEditView view = dio_edit_navigation_get_view (&self->navigation, width, height);
  *ray = dio_edit_view_get_ray (&view, x, y);
  return FALSE;
}

/* -- Following the pointer ----------------------------------------------------------------------------------------- */

static void
ghost_cb (const DioPreviewHit *hit, gpointer user)
{
  DioViewportCanvas *self = user;
  /* The drag may have left meanwhile. */
  if (self->has_ghost && hit->hit) {
    self->ghost_m = hit->point_world_m;
    gtk_widget_queue_draw (GTK_WIDGET (self));
  }
  g_object_unref (self);
}

static void
set_ghost_box (DioViewportCanvas *self, const char *key)
{
  double h = UNKNOWN_HALF_M;
  self->ghost_box = (DioBox3){ { -h, -h, 0 }, { h, h, 2 * h } };
  const char *model = key != NULL ? get_id (key, "model") : NULL;
  g_autofree char *shelf_key =
      model != NULL ? g_strconcat ("parametric:", model, NULL) : g_strdup (key);
  DioShelfItem *item =
      shelf_key != NULL ? dio_session_find_shelf_item (self->session, shelf_key) : NULL;
  gboolean known = item != NULL && dio_shelf_item_get_bounds (item, &self->ghost_box);
  char *text = NULL;
  if (known) {
    DioVec3 size = dio_vec3_sub (self->ghost_box.max, self->ghost_box.min);
    text = g_strdup_printf ("%s  %.2f × %.2f × %.2f m", dio_shelf_item_get_name (item), size.x,
                            size.y, size.z);
  } else if (item != NULL) {
    text = g_strdup (dio_shelf_item_get_name (item));
  }
  dio_viewport_canvas_take_status (self, text);
}

static GdkDragAction
motion_cb (GtkDropTarget *target, double x, double y, DioViewportCanvas *self)
{
  const GValue *value = gtk_drop_target_get_value (target);
  const char *key = get_key (value);
  if (value != NULL && G_VALUE_HOLDS_STRING (value) && key == NULL)
    return 0;
  DioEditRay ray;
  get_ray (self, x, y, &ray);
  if (!self->has_ghost) {
    set_ghost_box (self, key);
    self->ghost_m = get_ground (self, &ray);
  }
  self->has_ghost = TRUE;
  dio_preview_cast (dio_session_get_preview (self->session), ray.origin_m, ray.direction, NULL,
                    ghost_cb, g_object_ref (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return GDK_ACTION_COPY;
}

static void
end_ghost (DioViewportCanvas *self)
{
  if (!self->has_ghost)
    return;
  self->has_ghost = FALSE;
  dio_viewport_canvas_take_status (self, NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
leave_cb (GtkDropTarget *target, DioViewportCanvas *self)
{
  end_ghost (self);
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, DioViewportCanvas *self)
{
  const char *key = get_key (value);
  end_ghost (self);
  if (key == NULL && !G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    return FALSE;
  DioEditRay ray;
  get_ray (self, x, y, &ray);
  Drop *drop = g_new0 (Drop, 1);
  drop->canvas = g_object_ref (self);
  drop->key = g_strdup (key);
  drop->node = g_strdup (dio_viewport_pick_node (self, x, y));
  drop->otherwise_m = get_ground (self, &ray);
  if (key == NULL)
    drop->files = g_slist_copy_deep (gdk_file_list_get_files (g_value_get_boxed (value)),
                                     (GCopyFunc) (void (*) (void)) g_object_ref, NULL);
  dio_preview_cast (dio_session_get_preview (self->session), ray.origin_m, ray.direction, NULL,
                    place_cb, drop);
  return TRUE;
}

void
dio_viewport_drop_init (DioViewportCanvas *self)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);
  GType types[] = { GDK_TYPE_FILE_LIST, G_TYPE_STRING };
  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  /* What is dragged must be known before it is dropped: its size is shown. */
  gtk_drop_target_set_preload (target, TRUE);
  g_signal_connect (target, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect (target, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (target, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
