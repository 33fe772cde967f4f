#define G_LOG_DOMAIN "dio-viewport"

#include "dio-frame-bar.h"

#include "dio-chip.h"
#include "dio-number-field.h"
#include "dio-session-models.h"
#include "dio-viewport-parts-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Whole numbers that a double holds exactly. */
#define MAX_SEED 9007199254740992.0
/* A random frame stays within what a batch may well be. */
#define RANDOM_FRAMES 100000

struct _DioFrameBar {
  GtkWidget parent;
  DioSession *session;
  GtkWidget *box, *base, *frame, *index, *seed, *moment, *draft, *target, *play;
  gboolean setting;
};

G_DEFINE_FINAL_TYPE (DioFrameBar, dio_frame_bar, GTK_TYPE_WIDGET)

/* -- Commands ------------------------------------------------------------------------------------------------------ */

static void
show_frame (DioFrameBar *self, guint32 frame)
{
  /* Who asks for a frame wants to see one. */
  dio_session_set_frame_view (self->session, TRUE);
  dio_session_set_frame (self->session, frame);
}

static void
previous_cb (gpointer owner)
{
  DioFrameBar *self = owner;
  guint32 frame = dio_session_get_frame (self->session);
  show_frame (self, frame > 0 ? frame - 1 : 0);
}

static void
next_cb (gpointer owner)
{
  DioFrameBar *self = owner;
  guint32 frame = dio_session_get_frame (self->session);
  /* From Base the first step shows the frame that stands there. */
  show_frame (self, dio_session_get_frame_view (self->session) ? frame + 1 : frame);
}

static void
random_cb (gpointer owner)
{
  show_frame (owner, (guint32) g_random_int_range (0, RANDOM_FRAMES));
}

static void
jump_cb (gpointer owner)
{
  dio_number_field_start_empty (DIO_NUMBER_FIELD (((DioFrameBar *) owner)->index), _ ("Random"));
}

#define FRAMES N_ ("Frames")

static const DioActionInfo actions[] = {
  { "previous-frame", N_ ("Previous Frame"), FRAMES, .keys = "comma", .activate = previous_cb },
  { "next-frame", N_ ("Next Frame"), FRAMES, .keys = "period", .activate = next_cb },
  { "random-frame", N_ ("Random Frame"), FRAMES, .keys = "<Shift>j", .activate = random_cb },
  { "jump-to-frame", N_ ("Jump to Frame…"), FRAMES, .keys = "j", .activate = jump_cb },
  { NULL },
};

static const DioActionInfo session_actions[] = {
  { "play-frames", N_ ("Play Frames"), FRAMES, .keys = "p", .property = "playing", .section = 1 },
  { "frame-view", N_ ("Show Frame Instead of Base"), FRAMES, .property = "frame-view",
    .section = 1 },
  { NULL },
};

void
dio_frame_bar_add_actions (DioFrameBar *self, DioActionRegistry *registry)
{
  g_return_if_fail (DIO_IS_FRAME_BAR (self));
  GtkWidget *page = dio_viewport_find_page (GTK_WIDGET (self));
  dio_action_registry_add (registry, actions, G_OBJECT (self), page);
  dio_action_registry_add (registry, session_actions, G_OBJECT (self->session), page);
}

/* -- Showing ------------------------------------------------------------------------------------------------------- */

static void
update (DioFrameBar *self)
{
  gboolean frame_view = dio_session_get_frame_view (self->session);
  self->setting = TRUE;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (frame_view ? self->frame : self->base), TRUE);
  dio_number_field_set_value (DIO_NUMBER_FIELD (self->index),
                              dio_session_get_frame (self->session));
  dio_number_field_set_value (DIO_NUMBER_FIELD (self->seed),
                              (double) dio_session_get_seed (self->session));
  gboolean playing;
  g_object_get (self->session, "playing", &playing, NULL);
  gtk_button_set_icon_name (GTK_BUTTON (self->play), playing ? "media-playback-pause-symbolic"
                                                             : "media-playback-start-symbolic");
  self->setting = FALSE;
}

/* Where the frame stands among those that belong together. */
static void
update_moment (DioFrameBar *self)
{
  const DioScenario *scenario = dio_session_get_scenario (self->session);
  DioSequenceStep moment = dio_scenario_find_step (scenario, dio_session_get_frame (self->session));
  gtk_widget_set_visible (self->moment, moment.in_sequence);
  if (!moment.in_sequence)
    return;
  /* Translators: which sequence, which of its steps, of how many */
  g_autofree char *text =
      g_strdup_printf (_ ("Sequence %u, step %u of %u"), (guint) moment.sequence, moment.step + 1,
                       scenario->sequence.steps);
  gtk_label_set_label (GTK_LABEL (self->moment), text);
}

static DioLabelRow *
find_row (DioFrameBar *self, const char *id)
{
  GListModel *rows = dio_session_get_label_rows (self->session);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++) {
    g_autoptr (DioLabelRow) row = g_list_model_get_item (rows, i);
    if (dio_label_row_get_copy (row) == 0 && g_strcmp0 (dio_label_row_get_node_id (row), id) == 0)
      return row;
  }
  return NULL;
}

static const char *
get_verdict_name (DioVerdict verdict)
{
  switch (verdict) {
  case DIO_VERDICT_IGNORE:
    return _ ("IGNORE");
  case DIO_VERDICT_DROP:
    return _ ("DROP");
  case DIO_VERDICT_KEEP:
  default:
    return _ ("KEEP");
  }
}

static char *
describe_row (DioLabelRow *row)
{
  double visibility = dio_label_row_get_visibility (row);
  const char *name = dio_label_row_get_name (row);
  if (dio_label_row_get_category (row) < 0)
    /* Translators: an object's name */
    return g_strdup_printf (_ ("%s: no category"), name);
  const char *verdict = get_verdict_name (dio_label_row_get_verdict (row));
  /* Translators: an object's name, KEEP, IGNORE or DROP, how much of it is seen */
  return isfinite (visibility)
             ? g_strdup_printf (_ ("%s: %s, %.0f %% visible"), name, verdict, visibility * 100)
             : g_strdup_printf (_ ("%s: %s"), name, verdict);
}

static void
update_target (DioFrameBar *self)
{
  const DioPreviewResult *result = dio_session_get_result (self->session);
  gtk_label_set_label (GTK_LABEL (self->draft), result != NULL && result->draft ? _ ("Draft") : "");
  update_moment (self);
  const char *active = dio_selection_get_active (dio_session_get_selection (self->session));
  DioLabelRow *row = active != NULL ? find_row (self, active) : NULL;
  const DioNode *node =
      active != NULL ? dio_scenario_find_node (dio_session_get_scenario (self->session), active)
                     : NULL;
  /* Lights and sensors are nothing that a sensor could see. */
  gboolean solid = node != NULL && (node->kind == DIO_NODE_MODEL || node->kind == DIO_NODE_GROUP);
  gtk_widget_set_visible (self->target, solid && result != NULL && result->camera >= 0);
  if (!solid)
    return;
  if (row == NULL) {
    dio_chip_set_text (DIO_CHIP (self->target), _ ("Not seen by the sensor"));
    dio_chip_set_color (DIO_CHIP (self->target), NULL);
    return;
  }
  g_autofree char *text = describe_row (row);
  guint color = dio_label_row_get_color (row);
  const guint8 rgb[3] = { (guint8) (color >> 16), (guint8) (color >> 8), (guint8) color };
  dio_chip_set_text (DIO_CHIP (self->target), text);
  dio_chip_set_color (DIO_CHIP (self->target), rgb);
  gtk_widget_set_tooltip_text (self->target, text);
}

/* -- Building ------------------------------------------------------------------------------------------------------ */

static void
frame_toggled_cb (GtkToggleButton *button, DioFrameBar *self)
{
  if (!self->setting)
    dio_session_set_frame_view (self->session, gtk_toggle_button_get_active (button));
}

static void
index_changed_cb (DioNumberField *field, double value, DioFrameBar *self)
{
  show_frame (self, (guint32) value);
}

/* "J, Enter" shows any frame. */
static gboolean
index_emptied_cb (DioNumberField *field, DioFrameBar *self)
{
  random_cb (self);
  return TRUE;
}

static void
seed_changed_cb (DioNumberField *field, double value, DioFrameBar *self)
{
  dio_session_set_seed (self->session, (guint64) value);
}

static void
play_clicked_cb (GtkButton *button, DioFrameBar *self)
{
  gboolean playing;
  g_object_get (self->session, "playing", &playing, NULL);
  g_object_set (self->session, "playing", !playing, NULL);
}

static GtkWidget *
add_button (DioFrameBar *self, const char *icon, const char *name, GCallback callback)
{
  GtkWidget *button = gtk_button_new ();
  dio_viewport_dress_button (button, icon, name);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (button, "clicked", callback, self);
  gtk_box_append (GTK_BOX (self->box), button);
  return button;
}

static GtkWidget *
add_number (DioFrameBar *self, const char *name, double max, GCallback callback)
{
  GtkWidget *field = dio_number_field_new (name, "");
  dio_number_field_set_digits (DIO_NUMBER_FIELD (field), 0);
  dio_number_field_set_range (DIO_NUMBER_FIELD (field), 0, max);
  dio_number_field_set_step (DIO_NUMBER_FIELD (field), 1);
  dio_number_field_set_short_label (DIO_NUMBER_FIELD (field), name);
  gtk_widget_set_valign (field, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (field, FALSE);
  gtk_widget_set_size_request (field, 104, -1);
  g_signal_connect (field, "changed", callback, self);
  gtk_box_append (GTK_BOX (self->box), field);
  return field;
}

static void
add_views (DioFrameBar *self)
{
  GtkWidget *pair = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (pair, "linked");
  gtk_widget_add_css_class (pair, "dio-pair");
  gtk_widget_set_valign (pair, GTK_ALIGN_CENTER);
  self->base = gtk_toggle_button_new_with_label (_ ("Base"));
  gtk_widget_set_tooltip_text (self->base, _ ("The document's values; edits change them"));
  self->frame = gtk_toggle_button_new_with_label (_ ("Frame"));
  gtk_widget_set_tooltip_text (self->frame, _ ("A frame as it will be rendered"));
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->frame), GTK_TOGGLE_BUTTON (self->base));
  gtk_widget_set_focus_on_click (self->base, FALSE);
  gtk_widget_set_focus_on_click (self->frame, FALSE);
  g_signal_connect (self->frame, "toggled", G_CALLBACK (frame_toggled_cb), self);
  gtk_box_append (GTK_BOX (pair), self->base);
  gtk_box_append (GTK_BOX (pair), self->frame);
  gtk_box_append (GTK_BOX (self->box), pair);
}

static void
build (DioFrameBar *self)
{
  add_views (self);
  add_button (self, "go-previous-symbolic", _ ("Previous Frame (,)"), G_CALLBACK (previous_cb));
  self->index = add_number (self, _ ("Frame"), G_MAXUINT32, G_CALLBACK (index_changed_cb));
  g_signal_connect (self->index, "emptied", G_CALLBACK (index_emptied_cb), self);
  add_button (self, "go-next-symbolic", _ ("Next Frame (.)"), G_CALLBACK (next_cb));
  self->play = gtk_button_new ();
  dio_viewport_dress_button (self->play, "media-playback-start-symbolic", _ ("Play Frames (P)"));
  gtk_widget_add_css_class (self->play, "flat");
  gtk_widget_set_valign (self->play, GTK_ALIGN_CENTER);
  g_signal_connect (self->play, "clicked", G_CALLBACK (play_clicked_cb), self);
  gtk_box_append (GTK_BOX (self->box), self->play);
  add_button (self, "dio-dice-symbolic", _ ("Random Frame (Shift+J)"), G_CALLBACK (random_cb));
  self->seed = add_number (self, _ ("Seed"), MAX_SEED, G_CALLBACK (seed_changed_cb));
  self->moment = gtk_label_new ("");
  gtk_widget_add_css_class (self->moment, "caption");
  gtk_label_set_ellipsize (GTK_LABEL (self->moment), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (self->box), self->moment);
  self->draft = gtk_label_new ("");
  gtk_widget_add_css_class (self->draft, "dim-label");
  gtk_widget_add_css_class (self->draft, "caption");
  gtk_widget_set_hexpand (self->draft, TRUE);
  gtk_widget_set_halign (self->draft, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (self->box), self->draft);
  self->target = dio_chip_new ("");
  gtk_box_append (GTK_BOX (self->box), self->target);
}

static void
dispose (GObject *object)
{
  DioFrameBar *self = DIO_FRAME_BAR (object);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (dio_frame_bar_parent_class)->dispose (object);
}

static void
dio_frame_bar_class_init (DioFrameBarClass *class)
{
  G_OBJECT_CLASS (class)->dispose = dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (class), "frame-bar");
}

static void
dio_frame_bar_init (DioFrameBar *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_add_css_class (self->box, "dio-compact");
  g_object_set (self->box, "margin-start", 6, "margin-end", 6, "height-request", 40, NULL);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
dio_frame_bar_new (DioSession *session)
{
  g_return_val_if_fail (DIO_IS_SESSION (session), NULL);
  DioFrameBar *self = g_object_new (DIO_TYPE_FRAME_BAR, NULL);
  self->session = g_object_ref (session);
  build (self);
  const char *const properties[] = { "notify::frame", "notify::seed", "notify::frame-view",
                                     "notify::playing" };
  for (guint i = 0; i < G_N_ELEMENTS (properties); i++)
    g_signal_connect_object (session, properties[i], G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "result", G_CALLBACK (update_target), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (dio_session_get_selection (session), "changed",
                           G_CALLBACK (update_target), self, G_CONNECT_SWAPPED);
  update (self);
  update_target (self);
  return GTK_WIDGET (self);
}
