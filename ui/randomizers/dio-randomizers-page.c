#define G_LOG_DOMAIN "dio-randomizers"

#include "dio-randomizers-page.h"

#include "dio-coverage-strip.h"
#include "dio-empty-state.h"
#include "dio-randomizer-editor.h"
#include "dio-randomizer-list.h"
#include "dio-sheet-view.h"

#include <glib/gi18n-lib.h>

#define LIST_WIDTH_PX 280
#define EDITOR_WIDTH_PX 320

struct _DioRandomizersPage {
  AdwBin parent_instance;

  DioSession *session; /**< owned */
  DioRandomizerList *list;
  DioRandomizerEditor *editor;
  DioSheetView *sheet;
  DioCoverageStrip *coverage;
  GtkStack *side; /**< "none", "editor" */
};

G_DEFINE_FINAL_TYPE (DioRandomizersPage, dio_randomizers_page, ADW_TYPE_BIN)

/* The page that does not show is hidden besides: the accessibility bus tells of all pages of a stack. */
static void
show_side (DioRandomizersPage *self, const char *name)
{
  GtkWidget *shown = gtk_stack_get_child_by_name (self->side, name);
  gtk_widget_set_visible (shown, TRUE);
  gtk_stack_set_visible_child (self->side, shown);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->side)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_visible (child, child == shown);
}

static void
selected_cb (DioRandomizersPage *self, const char *id)
{
  dio_randomizer_editor_set_randomizer (self->editor, id);
  show_side (self, id != NULL ? "editor" : "none");
}

static void
tile_cb (DioRandomizersPage *self, DioPreviewResult *result)
{
  dio_coverage_strip_add (self->coverage, result);
}

static void
restarted_cb (DioRandomizersPage *self)
{
  dio_coverage_strip_clear (self->coverage);
}

/* A tile that looks wrong opens in Compose as the frame that it is. */
static void
frame_activated_cb (DioRandomizersPage *self, guint frame)
{
  dio_session_set_frame (self->session, frame);
  dio_session_set_frame_view (self->session, TRUE);
  dio_session_set_through_sensor (self->session, TRUE);
  dio_session_set_mode (self->session, DIO_MODE_COMPOSE);
}

static void
add_cb (gpointer page)
{
  dio_randomizer_list_show_menu (((DioRandomizersPage *) page)->list);
}

static void
up_cb (gpointer page)
{
  dio_randomizer_list_move_selected (((DioRandomizersPage *) page)->list, -1);
}

static void
down_cb (gpointer page)
{
  dio_randomizer_list_move_selected (((DioRandomizersPage *) page)->list, 1);
}

static void
toggle_cb (gpointer page)
{
  dio_randomizer_list_toggle_selected (((DioRandomizersPage *) page)->list);
}

static void
remove_cb (gpointer page)
{
  dio_randomizer_list_remove_selected (((DioRandomizersPage *) page)->list);
}

static void
next_cb (gpointer page)
{
  dio_sheet_view_turn (((DioRandomizersPage *) page)->sheet, 1);
}

static void
previous_cb (gpointer page)
{
  dio_sheet_view_turn (((DioRandomizersPage *) page)->sheet, -1);
}

static const DioActionInfo actions[] = {
  { .name = "randomizer-add",
    .label = N_ ("Add Randomizer…"),
    .group = N_ ("Randomize"),
    .keys = "Insert",
    .activate = add_cb },
  { .name = "randomizer-up",
    .label = N_ ("Act Earlier"),
    .group = N_ ("Randomize"),
    .keys = "<Alt>Up",
    .activate = up_cb },
  { .name = "randomizer-down",
    .label = N_ ("Act Later"),
    .group = N_ ("Randomize"),
    .keys = "<Alt>Down",
    .activate = down_cb },
  { .name = "randomizer-toggle",
    .label = N_ ("Enable or Disable Randomizer"),
    .group = N_ ("Randomize"),
    .activate = toggle_cb },
  { .name = "randomizer-remove",
    .label = N_ ("Remove Randomizer"),
    .group = N_ ("Randomize"),
    .keys = "Delete",
    .activate = remove_cb },
  { .name = "sheet-next",
    .label = N_ ("Next Frames of the Sheet"),
    .group = N_ ("Randomize"),
    .keys = "period|Page_Down",
    .activate = next_cb,
    .section = 1 },
  { .name = "sheet-previous",
    .label = N_ ("Previous Frames of the Sheet"),
    .group = N_ ("Randomize"),
    .keys = "comma|Page_Up",
    .activate = previous_cb,
    .section = 1 },
  { 0 },
};

static void
show_randomizer_cb (GSimpleAction *action, GVariant *id, DioRandomizersPage *self)
{
  dio_session_set_mode (self->session, DIO_MODE_RANDOMIZE);
  dio_randomizers_page_select (self, g_variant_get_string (id, NULL));
}

void
dio_randomizers_page_add_actions (DioRandomizersPage *self, DioActionRegistry *registry)
{
  g_return_if_fail (DIO_IS_RANDOMIZERS_PAGE (self));

  g_autoptr (GSimpleAction) show = g_simple_action_new ("show-randomizer", G_VARIANT_TYPE_STRING);
  g_signal_connect_object (show, "activate", G_CALLBACK (show_randomizer_cb), self, 0);
  g_action_map_add_action (dio_action_registry_get_map (registry), G_ACTION (show));

  dio_action_registry_add (registry, actions, G_OBJECT (self), GTK_WIDGET (self));
}

void
dio_randomizers_page_select (DioRandomizersPage *self, const char *id)
{
  g_return_if_fail (DIO_IS_RANDOMIZERS_PAGE (self));

  dio_randomizer_list_select (self->list, id);
}

static GtkWidget *
build_side (DioRandomizersPage *self)
{
  self->editor = DIO_RANDOMIZER_EDITOR (dio_randomizer_editor_new (self->session));
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->editor));
  gtk_widget_set_margin_top (GTK_WIDGET (self->editor), 12);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->editor), 12);
  gtk_widget_set_margin_start (GTK_WIDGET (self->editor), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->editor), 12);
  self->side = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->side,
                       dio_empty_state_new_compact (
                           "media-playlist-shuffle-symbolic", _ ("No Randomizer Selected"),
                           _ ("Choose a rule on the left, or add one: what it draws differs from "
                              "frame to frame."),
                           _ ("Add Randomizer…"), "win.randomizer-add"),
                       "none");
  gtk_stack_add_named (self->side, scrolled, "editor");
  show_side (self, "none");
  gtk_widget_set_size_request (GTK_WIDGET (self->side), EDITOR_WIDTH_PX, -1);
  return GTK_WIDGET (self->side);
}

static GtkWidget *
build_middle (DioRandomizersPage *self)
{
  self->sheet = DIO_SHEET_VIEW (dio_sheet_view_new (self->session));
  gtk_widget_set_vexpand (GTK_WIDGET (self->sheet), TRUE);
  self->coverage = DIO_COVERAGE_STRIP (dio_coverage_strip_new ());
  gtk_widget_set_margin_top (GTK_WIDGET (self->coverage), 6);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->coverage), 12);
  gtk_widget_set_margin_start (GTK_WIDGET (self->coverage), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->coverage), 12);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->sheet));
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->coverage));
  return box;
}

static void
build (DioRandomizersPage *self)
{
  self->list = DIO_RANDOMIZER_LIST (dio_randomizer_list_new (self->session));
  gtk_widget_set_size_request (GTK_WIDGET (self->list), LIST_WIDTH_PX, -1);
  GtkWidget *right = gtk_paned_new (GTK_ORIENTATION_HORIZONTAL);
  gtk_paned_set_start_child (GTK_PANED (right), build_middle (self));
  gtk_paned_set_end_child (GTK_PANED (right), build_side (self));
  gtk_paned_set_resize_end_child (GTK_PANED (right), FALSE);
  gtk_paned_set_shrink_end_child (GTK_PANED (right), FALSE);
  GtkWidget *left = gtk_paned_new (GTK_ORIENTATION_HORIZONTAL);
  gtk_paned_set_start_child (GTK_PANED (left), GTK_WIDGET (self->list));
  gtk_paned_set_end_child (GTK_PANED (left), right);
  gtk_paned_set_resize_start_child (GTK_PANED (left), FALSE);
  gtk_paned_set_shrink_start_child (GTK_PANED (left), FALSE);
  adw_bin_set_child (ADW_BIN (self), left);

  g_signal_connect_object (self->list, "selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sheet, "tile", G_CALLBACK (tile_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sheet, "restarted", G_CALLBACK (restarted_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sheet, "frame-activated", G_CALLBACK (frame_activated_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
dio_randomizers_page_dispose (GObject *object)
{
  g_clear_object (&DIO_RANDOMIZERS_PAGE (object)->session);
  G_OBJECT_CLASS (dio_randomizers_page_parent_class)->dispose (object);
}

static void
dio_randomizers_page_class_init (DioRandomizersPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dio_randomizers_page_dispose;
}

static void
dio_randomizers_page_init (DioRandomizersPage *self)
{
}

GtkWidget *
dio_randomizers_page_new (DioSession *session)
{
  g_return_val_if_fail (DIO_IS_SESSION (session), NULL);

  DioRandomizersPage *self = g_object_new (DIO_TYPE_RANDOMIZERS_PAGE, NULL);
  self->session = g_object_ref (session);
  build (self);
  return GTK_WIDGET (self);
}
