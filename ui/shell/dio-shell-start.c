#define G_LOG_DOMAIN "dio-shell"

#include "dio-shell-start.h"

#include "dio-base-path.h"
#include "dio-shell-kept-private.h"
#include "dio-shell-recent.h"
#include "dio-shell-window-private.h"
#include "dio-texture.h"

#include <glib/gi18n-lib.h>

#define TILE_WIDTH_PX 384
#define SPINNER_PX 24
#define CARD_WIDTH_PX 280
#define CARD_HEIGHT_PX 158
/* Frames of each example that take turns. */
#define N_FRAMES 6
/* What a document opens with: the picture of a card is the first that is seen behind it. */
#define SEED 0
#define TURN_MS 2200
#define MAX_RECENT 5

/* An example scenario, read in a thread. */
typedef struct {
  char *path;
  DioScenario *scenario;
  GPtrArray *kept; /**< of DioImage*: its first frames, drawn another time */
} Example;

/* Pictures are made one example after the other by the session's own preview, whose sheets step back behind everything else: first one of each, then the others. */
struct _DioShellStart {
  GtkWidget parent_instance;
  /** borrowed: the window contains it */
  DioShellWindow *window;
  GtkWidget *scroller, *cards, *recent, *recent_heading;
  /** of Example* */
  GPtrArray *examples;
  /** for each example: its frames (of GdkTexture*), its picture, what turns while there is none */
  GPtrArray *textures, *pictures, *spinners;
  /** example whose sheet is under way */
  guint working;
  /** frames wanted of each in this round: 1, then N_FRAMES; 0 = nothing is under way */
  guint round;
  /** frames of the sheet under way */
  guint asked;
  /** which frame is shown */
  guint turn;
  guint turn_id;
};

G_DEFINE_FINAL_TYPE (DioShellStart, dio_shell_start, GTK_TYPE_WIDGET)

static void
example_free (Example *example)
{
  g_free (example->path);
  dio_scenario_unref (example->scenario);
  g_ptr_array_unref (example->kept);
  g_free (example);
}

/* -- Pictures ------------------------------------------------------------------------------------------ */

static void request_next (DioShellStart *self);

/* The next frame of an example; its first is shown at once. */
static void
take_frame (DioShellStart *self, guint example, DioImage *image)
{
  g_autoptr (GdkTexture) texture = dio_texture_new (image);
  GPtrArray *frames = self->textures->pdata[example];
  if (frames->len == 0)
    gtk_picture_set_paintable (GTK_PICTURE (self->pictures->pdata[example]),
                               GDK_PAINTABLE (texture));
  g_ptr_array_add (frames, g_object_ref (texture));
  gtk_spinner_stop (GTK_SPINNER (self->spinners->pdata[example]));
}

static void
tile_cb (DioPreviewResult *tile, guint index, gpointer user)
{
  DioShellStart *self = user;
  const Example *example = self->examples->pdata[self->working];
  const GPtrArray *frames = self->textures->pdata[self->working];
  if (tile->rgb != NULL) {
    dio_shell_kept_save (example->scenario, frames->len, TILE_WIDTH_PX, tile->rgb);
    take_frame (self, self->working, tile->rgb);
  }
  /* Where nothing can be drawn nothing is waited for. */
  gtk_spinner_stop (GTK_SPINNER (self->spinners->pdata[self->working]));
  if (index + 1 < self->asked)
    return;
  self->working++;
  request_next (self);
}

/* Goes on to the next example that lacks frames, or to the next round. FALSE where all is there. */
static gboolean
find_work (DioShellStart *self)
{
  while (self->round != 0) {
    for (; self->working < self->examples->len; self->working++) {
      const GPtrArray *frames = self->textures->pdata[self->working];
      if (frames->len < self->round)
        return TRUE;
    }
    self->working = 0;
    self->round = self->round == 1 && self->examples->len > 0 ? N_FRAMES : 0;
  }
  return FALSE;
}

static void
request_next (DioShellStart *self)
{
  if (!find_work (self))
    return;
  const Example *example = self->examples->pdata[self->working];
  const GPtrArray *frames = self->textures->pdata[self->working];
  g_autofree char *folder = g_path_get_dirname (example->path);
  DioPreviewRequest request = {
    .scenario = example->scenario,
    .scenario_folder = folder,
    .seed = SEED,
    .frame = frames->len,
    .want_sensor = TRUE,
  };
  self->asked = self->round - frames->len;
  dio_preview_request_sheet (dio_session_get_preview (self->window->session), &request, self->asked,
                             TILE_WIDTH_PX, tile_cb, self);
}

static gboolean
turn_cb (gpointer user)
{
  DioShellStart *self = user;
  self->turn++;
  for (guint i = 0; i < self->pictures->len; i++) {
    GPtrArray *frames = self->textures->pdata[i];
    if (frames->len > 1)
      gtk_picture_set_paintable (GTK_PICTURE (self->pictures->pdata[i]),
                                 frames->pdata[self->turn % frames->len]);
  }
  return G_SOURCE_CONTINUE;
}

guint
dio_shell_start_count_pictures (DioShellStart *self)
{
  g_return_val_if_fail (DIO_IS_SHELL_START (self), 0);
  guint n = 0;
  for (guint i = 0; i < self->textures->len; i++) {
    const GPtrArray *frames = self->textures->pdata[i];
    n += frames->len > 0 ? 1 : 0;
  }
  return n;
}

/* -- Examples ------------------------------------------------------------------------------------------ */

static void
card_cb (GtkButton *button, DioShellStart *self)
{
  dio_shell_files_open_copy (self->window, g_object_get_data (G_OBJECT (button), "dio-path"));
}

/* The picture with what turns until it comes. */
static GtkWidget *
new_picture (DioShellStart *self)
{
  GtkWidget *picture = gtk_picture_new ();
  gtk_picture_set_content_fit (GTK_PICTURE (picture), GTK_CONTENT_FIT_COVER);
  gtk_widget_set_size_request (picture, CARD_WIDTH_PX, CARD_HEIGHT_PX);
  gtk_widget_add_css_class (picture, "dio-start-picture");
  gtk_widget_set_overflow (picture, GTK_OVERFLOW_HIDDEN);
  // Nothing moves when the picture comes.
  g_autoptr (GdkPaintable) nothing = gdk_paintable_new_empty (TILE_WIDTH_PX, TILE_WIDTH_PX * 3 / 4);
  gtk_picture_set_paintable (GTK_PICTURE (picture), nothing);
  GtkWidget *spinner = gtk_spinner_new ();
  gtk_widget_set_size_request (spinner, SPINNER_PX, SPINNER_PX);
  gtk_widget_set_halign (spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (spinner, GTK_ALIGN_CENTER);
  gtk_spinner_start (GTK_SPINNER (spinner));
  GtkWidget *overlay = gtk_overlay_new ();
  gtk_overlay_set_child (GTK_OVERLAY (overlay), picture);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), spinner);
  g_ptr_array_add (self->pictures, picture);
  g_ptr_array_add (self->spinners, spinner);
  g_ptr_array_add (self->textures, g_ptr_array_new_with_free_func (g_object_unref));
  return overlay;
}

static void
add_card (DioShellStart *self, const Example *example)
{
  GtkWidget *picture = new_picture (self);
  GtkWidget *title = gtk_label_new (example->scenario->name);
  gtk_widget_add_css_class (title, "heading");
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (box), picture);
  gtk_box_append (GTK_BOX (box), title);
  if (example->scenario->description != NULL && *example->scenario->description != '\0') {
    GtkWidget *text = gtk_label_new (example->scenario->description);
    gtk_label_set_wrap (GTK_LABEL (text), TRUE);
    gtk_label_set_lines (GTK_LABEL (text), 3);
    gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
    gtk_label_set_xalign (GTK_LABEL (text), 0);
    gtk_label_set_max_width_chars (GTK_LABEL (text), 30);
    gtk_widget_add_css_class (text, "dim-label");
    gtk_box_append (GTK_BOX (box), text);
  }
  GtkWidget *button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "dio-start-card");
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  // Translators: %s is the name of an example
  g_autofree char *label = g_strdup_printf (_ ("Open the example “%s”"), example->scenario->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_object_set_data_full (G_OBJECT (button), "dio-path", g_strdup (example->path), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (card_cb), self);
  gtk_flow_box_append (GTK_FLOW_BOX (self->cards), button);
  // Tab should go from card to card and not stop at what holds them.
  gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  const char *const *first = a, *const *second = b;
  return g_strcmp0 (*first, *second);
}

static void
begin_pictures (DioShellStart *self)
{
  if (self->examples->len == 0 || self->round != 0)
    return;
  self->round = 1;
  self->working = 0;
  request_next (self);
}

static void
load_kept (Example *example)
{
  DioImage *image = NULL;
  for (guint i = 0; i < N_FRAMES; i++) {
    image = dio_shell_kept_load (example->scenario, i, TILE_WIDTH_PX);
    if (image == NULL)
      return;
    g_ptr_array_add (example->kept, image);
  }
}

/* Those that cannot be read are left out: the start page is not the place to complain. */
static void
load_cb (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autofree char *root = dio_path_dup_data_folder ();
  g_autofree char *folder = g_build_filename (root, "scenarios", NULL);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".diorama"))
      g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (paths, compare_paths);
  GPtrArray *examples = g_ptr_array_new_with_free_func ((GDestroyNotify) example_free);
  for (guint i = 0; i < paths->len; i++) {
    DioScenario *scenario = dio_scenario_load (paths->pdata[i], NULL, NULL);
    if (scenario == NULL)
      continue;
    Example *example = g_new0 (Example, 1);
    example->path = g_strdup (paths->pdata[i]);
    example->scenario = scenario;
    example->kept = g_ptr_array_new_with_free_func ((GDestroyNotify) dio_image_unref);
    load_kept (example);
    g_ptr_array_add (examples, example);
  }
  g_task_return_pointer (task, examples, (GDestroyNotify) g_ptr_array_unref);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  DioShellStart *self = DIO_SHELL_START (source);
  g_autoptr (GPtrArray) examples = g_task_propagate_pointer (G_TASK (result), NULL);
  // The window may have gone, or may show a document by now.
  if (self->scroller == NULL)
    return;
  g_ptr_array_unref (self->examples);
  self->examples = g_steal_pointer (&examples);
  for (guint i = 0; i < self->examples->len; i++) {
    const Example *example = self->examples->pdata[i];
    add_card (self, example);
    for (guint k = 0; k < example->kept->len; k++)
      take_frame (self, i, example->kept->pdata[k]);
  }
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    begin_pictures (self);
}

/* -- Widget -------------------------------------------------------------------------------------------- */

static void
fill_recent (DioShellStart *self)
{
  GtkWidget *row;
  while ((row = gtk_widget_get_first_child (self->recent)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->recent), row);
  g_autoptr (GPtrArray) paths = dio_shell_recent_list (MAX_RECENT);
  for (guint i = 0; i < paths->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->recent),
                         dio_shell_recent_create_row (paths->pdata[i]));
  gtk_widget_set_visible (self->recent, paths->len > 0);
  gtk_widget_set_visible (self->recent_heading, paths->len > 0);
}

static void
dio_shell_start_map (GtkWidget *widget)
{
  DioShellStart *self = DIO_SHELL_START (widget);
  GTK_WIDGET_CLASS (dio_shell_start_parent_class)->map (widget);
  fill_recent (self);
  begin_pictures (self);
  if (self->turn_id == 0)
    self->turn_id = g_timeout_add (TURN_MS, turn_cb, self);
}

static void
stop (DioShellStart *self)
{
  g_clear_handle_id (&self->turn_id, g_source_remove);
  if (self->round != 0 && self->window->session != NULL)
    dio_preview_cancel_sheet (dio_session_get_preview (self->window->session));
  self->round = 0;
}

static void
dio_shell_start_unmap (GtkWidget *widget)
{
  stop (DIO_SHELL_START (widget));
  GTK_WIDGET_CLASS (dio_shell_start_parent_class)->unmap (widget);
}

static void
dio_shell_start_dispose (GObject *object)
{
  DioShellStart *self = DIO_SHELL_START (object);
  if (self->scroller != NULL)
    stop (self);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (dio_shell_start_parent_class)->dispose (object);
}

static void
dio_shell_start_finalize (GObject *object)
{
  DioShellStart *self = DIO_SHELL_START (object);
  g_ptr_array_unref (self->examples);
  g_ptr_array_unref (self->textures);
  g_ptr_array_unref (self->pictures);
  g_ptr_array_unref (self->spinners);
  G_OBJECT_CLASS (dio_shell_start_parent_class)->finalize (object);
}

static void
dio_shell_start_class_init (DioShellStartClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dio_shell_start_dispose;
  G_OBJECT_CLASS (klass)->finalize = dio_shell_start_finalize;
  GTK_WIDGET_CLASS (klass)->map = dio_shell_start_map;
  GTK_WIDGET_CLASS (klass)->unmap = dio_shell_start_unmap;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
dio_shell_start_init (DioShellStart *self)
{
  self->examples = g_ptr_array_new_with_free_func ((GDestroyNotify) example_free);
  self->textures = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  self->pictures = g_ptr_array_new ();
  self->spinners = g_ptr_array_new ();
}

static void
row_cb (GtkListBox *list, GtkListBoxRow *row, DioShellStart *self)
{
  dio_shell_window_open (self->window, g_object_get_data (G_OBJECT (row), "dio-path"));
}

static GtkWidget *
make_button (const char *label, const char *action, gboolean suggested)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  gtk_widget_add_css_class (button, "pill");
  if (suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

/* All begins where the picture of a card does, which is a button with room around it. */
#define INSET_PX 12

static GtkWidget *
make_heading (const char *text)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "title-4");
  gtk_widget_set_margin_top (label, 18);
  gtk_widget_set_margin_start (label, INSET_PX);
  return label;
}

static GtkWidget *
make_top (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *title = gtk_label_new (_ ("Diorama"));
  gtk_widget_add_css_class (title, "title-1");
  gtk_box_append (GTK_BOX (box), title);
  GtkWidget *text = gtk_label_new (_ ("Labelled pictures from scenes that you compose"));
  gtk_widget_add_css_class (text, "dim-label");
  gtk_box_append (GTK_BOX (box), text);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_set_halign (buttons, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (buttons, 12);
  gtk_box_append (GTK_BOX (buttons), make_button (_ ("New Scene"), "win.new", TRUE));
  gtk_box_append (GTK_BOX (buttons), make_button (_ ("Open…"), "win.open", FALSE));
  gtk_box_append (GTK_BOX (buttons), make_button (_ ("Open Dataset…"), "win.open-dataset", FALSE));
  gtk_box_append (GTK_BOX (box), buttons);
  return box;
}

static void
build (DioShellStart *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_margin_top (box, 36);
  gtk_widget_set_margin_bottom (box, 36);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_box_append (GTK_BOX (box), make_top ());
  gtk_box_append (GTK_BOX (box), make_heading (_ ("Examples")));
  self->cards = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (self->cards), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->cards), 3);
  gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (self->cards), TRUE);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (self->cards), 12);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (self->cards), 12);
  gtk_box_append (GTK_BOX (box), self->cards);
  self->recent_heading = make_heading (_ ("Recent"));
  gtk_box_append (GTK_BOX (box), self->recent_heading);
  self->recent = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->recent), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->recent, "boxed-list");
  gtk_widget_set_margin_start (self->recent, INSET_PX);
  gtk_widget_set_margin_end (self->recent, INSET_PX);
  g_signal_connect (self->recent, "row-activated", G_CALLBACK (row_cb), self);
  gtk_box_append (GTK_BOX (box), self->recent);

  GtkWidget *clamp = adw_clamp_new ();
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 980);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), clamp);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

GtkWidget *
dio_shell_start_new (DioShellWindow *window)
{
  DioShellStart *self = g_object_new (DIO_TYPE_SHELL_START, NULL);
  self->window = window;
  build (self);
  g_autoptr (GTask) task = g_task_new (self, NULL, loaded_cb, NULL);
  g_task_run_in_thread (task, load_cb);
  return GTK_WIDGET (self);
}
