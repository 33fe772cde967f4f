#define G_LOG_DOMAIN "dio-labels"

/* The label policy as sliders. A threshold that the document does not set is the preset's own; moving its slider sets it. */

#include "dio-labels-private.h"

#include "dio-base-json.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define N_ROWS 8
/* After this long without a change the next one is another undo step. */
#define STEP_ENDS_MS 600
#define SCALE_PX 150

typedef struct {
  const char *key, *label, *help;
  double max;
  gboolean share;         /**< shown in per cent */
  gsize document, policy; /**< offsets in DioPolicy and DioLabelPolicy */
} Threshold;

#define AT(member_) G_STRUCT_OFFSET (DioPolicy, member_), G_STRUCT_OFFSET (DioLabelPolicy, member_)

static const Threshold thresholds[N_ROWS] = {
  { "drop_visible_px", N_ ("Drop below pixels"), N_ ("Fewer visible pixels are no label at all"),
    100, FALSE, AT (drop_visible_px) },
  { "drop_visibility", N_ ("Drop below visible"), N_ ("Share of the object that is not hidden"), 1,
    TRUE, AT (drop_visibility) },
  { "keep_visible_px", N_ ("Keep from pixels"), N_ ("With fewer visible pixels it is ignored"),
    2000, FALSE, AT (keep_visible_px) },
  { "keep_short_side_px", N_ ("Keep from short side"), N_ ("Of the box, in pixels"), 100, FALSE,
    AT (keep_short_side_px) },
  { "keep_height_px", N_ ("Keep from height"), N_ ("Of the box, in pixels"), 200, FALSE,
    AT (keep_height_px) },
  { "keep_visibility", N_ ("Keep from visible"), N_ ("Share of the object that is not hidden"), 1,
    TRUE, AT (keep_visibility) },
  { "keep_visib_fract", N_ ("Keep from in picture"),
    N_ ("Visible share of the whole object, also of what the picture's edge cuts off"), 1, TRUE,
    AT (keep_visib_fract) },
  { "max_blur_share", N_ ("Ignore from blur"), N_ ("Share of the box's short side"), 4, TRUE,
    AT (max_blur_share) },
};

struct _DioLabelsPolicy {
  GtkBox parent;
  DioSession *session;
  GtkWidget *preset;
  GtkWidget *scales[N_ROWS], *names[N_ROWS], *values[N_ROWS], *resets[N_ROWS];
  guint end_id; /**< timeout source, 0 = none */
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (DioLabelsPolicy, dio_labels_policy, GTK_TYPE_BOX)

static const Threshold *
find_threshold (const char *key)
{
  for (guint i = 0; i < N_ROWS; i++) {
    if (strcmp (thresholds[i].key, key) == 0)
      return &thresholds[i];
  }
  return NULL;
}

/* Small thresholds matter more: the slider's place is the square root of the share of its range. */
static double
value_from_place (const Threshold *threshold, double place)
{
  double value = threshold->max * place * place;
  return threshold->share ? round (value * 1000) / 1000 : round (value);
}

static double
place_from_value (const Threshold *threshold, double value)
{
  return sqrt (CLAMP (value / threshold->max, 0, 1));
}

/* -- Changing -- */

static gboolean
end_cb (gpointer user)
{
  DioLabelsPolicy *self = user;
  self->end_id = 0;
  dio_session_end_merge (self->session);
  return G_SOURCE_REMOVE;
}

/* Steals @value. */
static void
set (DioLabelsPolicy *self, const char *path, json_t *value, gboolean merge)
{
  g_autoptr (json_t) stolen = value;
  g_autoptr (GError) error = NULL;
  if (!dio_session_set_property (self->session, NULL, path, stolen, _ ("Change Label Policy"),
                                 merge ? path : NULL, &error)) {
    dio_session_report (self->session, DIO_SEVERITY_WARNING, _ ("The policy was not changed"),
                        error, NULL, NULL);
    return;
  }
  if (self->end_id != 0)
    g_source_remove (self->end_id);
  self->end_id = merge ? g_timeout_add (STEP_ENDS_MS, end_cb, self) : 0;
}

void
dio_labels_policy_set (DioLabelsPolicy *self, const char *key, double value, gboolean merge)
{
  g_return_if_fail (find_threshold (key) != NULL);
  g_autofree char *path = g_strconcat ("policy/", key, NULL);
  set (self, path, json_real (value), merge);
}

void
dio_labels_policy_point_at (DioLabelsPolicy *self, const char *key)
{
  for (guint i = 0; i < N_ROWS; i++) {
    gboolean meant = g_strcmp0 (thresholds[i].key, key) == 0;
    if (meant)
      gtk_widget_add_css_class (self->names[i], "accent");
    else
      gtk_widget_remove_css_class (self->names[i], "accent");
    if (meant)
      gtk_widget_grab_focus (self->scales[i]);
  }
}

/* With another preset, or none: one step for all thresholds. */
static void
set_all (DioLabelsPolicy *self, const char *preset, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) none = json_null ();
  DioScenario *edited = dio_scenario_ref (dio_session_get_scenario (self->session));
  for (guint i = 0; edited != NULL && i <= N_ROWS; i++) {
    g_autoptr (json_t) text = preset != NULL ? json_string (preset) : NULL;
    if (i == N_ROWS && preset == NULL)
      break;
    g_autofree char *path =
        g_strconcat ("policy/", i < N_ROWS ? thresholds[i].key : "preset", NULL);
    DioScenario *next = dio_scenario_with_property (edited, path, i < N_ROWS ? none : text, &error);
    dio_scenario_unref (edited);
    edited = next;
  }
  if (edited == NULL)
    dio_session_report (self->session, DIO_SEVERITY_WARNING, _ ("The policy was not changed"),
                        error, NULL, NULL);
  else
    dio_session_commit (self->session, edited, name, NULL);
}

void
dio_labels_policy_reset (DioLabelsPolicy *self, const char *key)
{
  if (key == NULL) {
    set_all (self, NULL, _ ("Reset Label Policy"));
    return;
  }
  g_autofree char *path = g_strconcat ("policy/", key, NULL);
  set (self, path, json_null (), FALSE);
}

static void
scale_cb (GtkRange *range, DioLabelsPolicy *self)
{
  if (self->showing)
    return;
  const Threshold *threshold = g_object_get_data (G_OBJECT (range), "threshold");
  dio_labels_policy_set (self, threshold->key,
                         value_from_place (threshold, gtk_range_get_value (range)), TRUE);
}

static void
reset_cb (GtkButton *button, DioLabelsPolicy *self)
{
  const Threshold *threshold = g_object_get_data (G_OBJECT (button), "threshold");
  dio_labels_policy_reset (self, threshold != NULL ? threshold->key : NULL);
}

static void
preset_cb (GtkDropDown *drop_down, GParamSpec *pspec, DioLabelsPolicy *self)
{
  guint index = gtk_drop_down_get_selected (drop_down);
  const char *const *presets = dio_label_policy_list_presets ();
  if (self->showing || index >= g_strv_length ((char **) presets))
    return;
  set_all (self, presets[index], _ ("Choose Label Policy"));
}

/* -- Showing -- */

static void
show_row (DioLabelsPolicy *self, guint i, const DioPolicy *document, const DioLabelPolicy *policy)
{
  const Threshold *threshold = &thresholds[i];
  double value = G_STRUCT_MEMBER (double, policy, threshold->policy);
  gboolean own = !isnan (G_STRUCT_MEMBER (double, document, threshold->document));
  double place = place_from_value (threshold, value);
  /* The slider rounds; a value that it stands for already must not move it. */
  if (value_from_place (threshold, gtk_range_get_value (GTK_RANGE (self->scales[i]))) != value)
    gtk_range_set_value (GTK_RANGE (self->scales[i]), place);
  g_autofree char *text = isinf (value)      ? g_strdup (_ ("never"))
                          : threshold->share ? g_strdup_printf ("%.3g %%", value * 100)
                                             : g_strdup_printf ("%.4g px", value);
  gtk_label_set_text (GTK_LABEL (self->values[i]), text);
  gtk_widget_set_sensitive (self->resets[i], own);
  gtk_widget_set_opacity (self->resets[i], own ? 1 : 0);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  if (own)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  gtk_label_set_attributes (GTK_LABEL (self->names[i]), attributes);
}

static void
refresh (DioLabelsPolicy *self)
{
  const DioScenario *scenario = dio_session_get_scenario (self->session);
  DioLabelPolicy policy;
  dio_session_get_policy (self->session, &policy);
  const char *const *presets = dio_label_policy_list_presets ();
  self->showing = TRUE;
  for (guint i = 0; presets[i] != NULL; i++) {
    if (strcmp (presets[i], scenario->policy.preset) == 0)
      gtk_drop_down_set_selected (GTK_DROP_DOWN (self->preset), i);
  }
  for (guint i = 0; i < N_ROWS; i++)
    show_row (self, i, &scenario->policy, &policy);
  self->showing = FALSE;
}

static void
scenario_changed_cb (DioSession *session, DioLabelsPolicy *self)
{
  refresh (self);
}

/* -- Life -- */

static void
dio_labels_policy_dispose (GObject *object)
{
  DioLabelsPolicy *self = DIO_LABELS_POLICY (object);
  if (self->end_id != 0) {
    g_source_remove (self->end_id);
    end_cb (self);
  }
  g_clear_object (&self->session);
  G_OBJECT_CLASS (dio_labels_policy_parent_class)->dispose (object);
}

static void
dio_labels_policy_class_init (DioLabelsPolicyClass *class)
{
  G_OBJECT_CLASS (class)->dispose = dio_labels_policy_dispose;
}

static GtkWidget *
create_reset (DioLabelsPolicy *self, const Threshold *threshold)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-undo-symbolic");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Use the preset's value"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Use the preset's value"), -1);
  g_object_set_data (G_OBJECT (button), "threshold", (gpointer) threshold);
  g_signal_connect_object (button, "clicked", G_CALLBACK (reset_cb), self, 0);
  return button;
}

static GtkWidget *
create_rows (DioLabelsPolicy *self)
{
  GtkWidget *grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (grid), 9);
  for (guint i = 0; i < N_ROWS; i++) {
    const Threshold *threshold = &thresholds[i];
    const char *label = g_dgettext (GETTEXT_PACKAGE, threshold->label);
    const char *help = g_dgettext (GETTEXT_PACKAGE, threshold->help);
    self->names[i] = gtk_label_new (label);
    gtk_label_set_xalign (GTK_LABEL (self->names[i]), 0);
    gtk_widget_set_tooltip_text (self->names[i], help);
    self->scales[i] = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 0, 1, 0.01);
    gtk_scale_set_draw_value (GTK_SCALE (self->scales[i]), FALSE);
    gtk_widget_set_size_request (self->scales[i], SCALE_PX, -1);
    gtk_widget_set_hexpand (self->scales[i], TRUE);
    gtk_widget_set_tooltip_text (self->scales[i], help);
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->scales[i]), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    label, -1);
    g_object_set_data (G_OBJECT (self->scales[i]), "threshold", (gpointer) threshold);
    g_signal_connect_object (self->scales[i], "value-changed", G_CALLBACK (scale_cb), self, 0);
    self->values[i] = gtk_label_new (NULL);
    gtk_label_set_width_chars (GTK_LABEL (self->values[i]), 8);
    gtk_label_set_xalign (GTK_LABEL (self->values[i]), 1);
    gtk_widget_add_css_class (self->values[i], "numeric");
    self->resets[i] = create_reset (self, threshold);
    GtkWidget *cells[] = { self->names[i], self->scales[i], self->values[i], self->resets[i] };
    for (guint k = 0; k < G_N_ELEMENTS (cells); k++)
      gtk_grid_attach (GTK_GRID (grid), cells[k], (int) k, (int) i, 1, 1);
  }
  return grid;
}

static void
dio_labels_policy_init (DioLabelsPolicy *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_widget_set_margin_start (GTK_WIDGET (self), 6);
  gtk_widget_set_margin_end (GTK_WIDGET (self), 6);
  gtk_widget_set_margin_top (GTK_WIDGET (self), 6);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self), 6);
}

GtkWidget *
dio_labels_policy_new (DioSession *session)
{
  DioLabelsPolicy *self = g_object_new (DIO_TYPE_LABELS_POLICY, NULL);
  self->session = g_object_ref (session);
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  for (const char *const *preset = dio_label_policy_list_presets (); *preset != NULL; preset++)
    gtk_string_list_append (
        names, g_dgettext (GETTEXT_PACKAGE, dio_label_policy_get_preset_label (*preset)));
  self->preset = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL);
  gtk_widget_set_hexpand (self->preset, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->preset), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Preset"), -1);
  g_signal_connect_object (self->preset, "notify::selected", G_CALLBACK (preset_cb), self, 0);
  GtkWidget *reset = gtk_button_new_with_mnemonic (_ ("_Reset"));
  g_signal_connect_object (reset, "clicked", G_CALLBACK (reset_cb), self, 0);
  gtk_box_append (GTK_BOX (top), self->preset);
  gtk_box_append (GTK_BOX (top), reset);
  gtk_box_append (GTK_BOX (self), top);
  gtk_box_append (GTK_BOX (self), create_rows (self));
  g_signal_connect_object (session, "scenario-changed", G_CALLBACK (scenario_changed_cb), self, 0);
  refresh (self);
  return GTK_WIDGET (self);
}
