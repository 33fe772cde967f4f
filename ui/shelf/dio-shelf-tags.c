#define G_LOG_DOMAIN "dio-shelf"

/* The tags of an asset: what randomizers choose it by. */

#include "dio-shelf-private.h"

#include "dio-chip.h"
#include "dio-edit-assets.h"
#include "dio-scene-choice.h"

#include <glib/gi18n-lib.h>

#define CHARS 26

/** Freed with its widget. */
typedef struct {
  DioSession *session; /**< borrowed: the panel holds it */
  char *asset;
  GtkWidget *box, *worn, *others, *others_title, *error;
} Tags;

static void fill (Tags *self);

static void
tags_free (gpointer data)
{
  Tags *self = data;
  g_free (self->asset);
  g_free (self);
}

static void
set (Tags *self, const char *tag, gboolean carries)
{
  g_autoptr (GError) error = NULL;
  DioScenario *scenario = dio_session_get_scenario (self->session);
  DioScenario *next = dio_edit_set_asset_tag (scenario, self->asset, tag, carries, &error);
  gtk_label_set_text (GTK_LABEL (self->error), error != NULL ? error->message : "");
  gtk_widget_set_visible (self->error, error != NULL);
  if (next != NULL && next != scenario)
    dio_session_commit (self->session, next, carries ? _ ("Add Tag") : _ ("Remove Tag"), NULL);
  else if (next != NULL)
    dio_scenario_unref (next);
  fill (self);
}

static void
removed_cb (DioChip *chip, Tags *self)
{
  g_autofree char *tag = g_strdup (dio_chip_get_text (chip));
  set (self, tag, FALSE);
}

static void
taken_cb (GtkButton *button, Tags *self)
{
  g_autofree char *tag = g_strdup (gtk_button_get_label (button));
  set (self, tag, TRUE);
}

static void
typed_cb (GtkEntry *entry, Tags *self)
{
  g_autofree char *tag = g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry)));
  g_strstrip (tag);
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  if (tag[0] != '\0')
    set (self, tag, TRUE);
}

static void
empty (GtkWidget *flow)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (flow)) != NULL)
    gtk_flow_box_remove (GTK_FLOW_BOX (flow), child);
}

static void
put (GtkWidget *flow, GtkWidget *piece)
{
  gtk_flow_box_insert (GTK_FLOW_BOX (flow), piece, -1);
  gtk_widget_set_focusable (gtk_widget_get_parent (piece), FALSE);
}

/* What other assets of its kind carry is one click away. */
static void
fill (Tags *self)
{
  const DioScenario *scenario = dio_session_get_scenario (self->session);
  const DioAsset *asset = dio_scenario_find_asset (scenario, self->asset);
  empty (self->worn);
  empty (self->others);
  if (asset == NULL)
    return;
  guint n_others = 0;
  g_auto (GStrv) all = dio_scenario_list_tags (scenario, asset->kind);
  for (guint i = 0; all[i] != NULL; i++) {
    if (g_strv_contains ((const char *const *) asset->tags, all[i])) {
      GtkWidget *chip = dio_chip_new (all[i]);
      dio_chip_set_removable (DIO_CHIP (chip), TRUE);
      g_signal_connect (chip, "removed", G_CALLBACK (removed_cb), self);
      put (self->worn, chip);
    } else {
      GtkWidget *button = gtk_button_new_with_label (all[i]);
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_add_css_class (button, "caption");
      g_signal_connect (button, "clicked", G_CALLBACK (taken_cb), self);
      put (self->others, button);
      n_others++;
    }
  }
  gtk_widget_set_visible (self->worn, asset->tags[0] != NULL);
  gtk_widget_set_visible (self->others, n_others > 0);
  gtk_widget_set_visible (self->others_title, n_others > 0);
}

static GtkWidget *
new_text (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), CHARS);
  gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
new_flow (void)
{
  GtkWidget *flow = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), 3);
  gtk_widget_set_valign (flow, GTK_ALIGN_START);
  return flow;
}

GtkWidget *
dio_shelf_tags_new (DioSession *session, const char *asset)
{
  Tags *self = g_new0 (Tags, 1);
  self->session = session;
  self->asset = g_strdup (asset);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_object_set_data_full (G_OBJECT (self->box), "dio-tags", self, tags_free);
  /* Translators: the name of an asset */
  g_autofree char *title = g_strdup_printf (_ ("Tags of %s"), asset);
  GtkWidget *entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("Add a Tag"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Add a Tag"), -1);
  g_signal_connect (entry, "activate", G_CALLBACK (typed_cb), self);
  self->worn = new_flow ();
  self->others = new_flow ();
  self->others_title = new_text (_ ("Carried by others"), "caption");
  gtk_widget_add_css_class (self->others_title, "dim-label");
  self->error = new_text ("", "error");
  gtk_widget_hide (self->error);
  GtkWidget *help = new_text (_ ("Randomizers can choose among all that carry a tag."), "caption");
  gtk_widget_add_css_class (help, "dim-label");
  GtkWidget *const parts[] = {
    new_text (title, "heading"), help,        self->worn, entry, self->error,
    self->others_title,          self->others
  };
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    gtk_box_append (GTK_BOX (self->box), parts[i]);
  gtk_widget_set_margin_start (self->box, 6);
  gtk_widget_set_margin_end (self->box, 6);
  gtk_widget_set_margin_top (self->box, 6);
  gtk_widget_set_margin_bottom (self->box, 6);
  fill (self);
  return self->box;
}
