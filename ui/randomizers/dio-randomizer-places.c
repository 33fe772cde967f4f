#define G_LOG_DOMAIN "dio-randomizers"

/* A folder or a table that a randomizer draws from: what is in it, and how another is chosen. One that lies elsewhere is
 * copied beside the scenario, which draws from nothing else. */

#include "dio-randomizer-pictures-private.h"
#include "dio-randomizer-sources-private.h"
#include "dio-randomizer-words.h"
#include "dio-scene-choice.h"
#include "dio-sources.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define NAMES_SHOWN 3

/** Freed with its widget. */
typedef struct {
  DioParamRowDesc desc; /* of what is borrowed for the making, nothing is read later */
  GtkBox *box;
  GtkWidget *button, *note;
  gboolean is_table;
  DioAssetKind kind; /* of a folder's files */
} Place;

typedef struct {
  char *folder, *path;
  gboolean is_table;
  DioAssetKind kind;
  GStrv names; /* found */
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;
  g_free (look->folder);
  g_free (look->path);
  g_strfreev (look->names);
  g_free (look);
}

static void
tell (Place *self, const char *path)
{
  self->desc.changed (self->desc.info->name, json_string (path), TRUE, self->desc.user);
}

static void
set_note (Place *self, const char *text, gboolean error)
{
  gtk_label_set_text (GTK_LABEL (self->note), text);
  if (error)
    gtk_widget_add_css_class (self->note, "error");
  else
    gtk_widget_remove_css_class (self->note, "error");
}

/* ---- what is in it ---- */

static char *
describe_names (GStrv names)
{
  guint n = g_strv_length (names);
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < MIN (n, NAMES_SHOWN); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", names[i]);
  return g_strdup_printf (ngettext ("%u file: %s%s", "%u files: %s%s", n), n, text->str,
                          n > NAMES_SHOWN ? " …" : "");
}

static void
look_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Look *look = data;
  GError *error = NULL;
  char *text = NULL;
  if (look->is_table) {
    g_autoptr (DioTable) table = dio_table_load (look->folder, look->path, &error);
    guint n = table != NULL ? dio_table_get_n_rows (table) : 0;
    g_autofree char *columns = table != NULL ? g_strjoinv (", ", table->names) : NULL;
    text = table != NULL ? g_strdup_printf (ngettext ("%u row: %s", "%u rows: %s", n), n, columns)
                         : NULL;
  } else {
    look->names = dio_sources_list_folder (look->folder, look->path, look->kind, &error);
    text = look->names != NULL ? describe_names (look->names) : NULL;
  }
  if (text != NULL)
    g_task_return_pointer (task, text, g_free);
  else
    g_task_return_error (task, error);
}

static void
add_pictures (Place *self, const Look *look)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (guint i = 0; look->names[i] != NULL; i++) {
    g_autofree char *key = g_strdup_printf ("file:%d:%s/%s/%s", (int) look->kind, look->folder,
                                            look->path, look->names[i]);
    g_strv_builder_add (builder, key);
  }
  g_auto (GStrv) keys = g_strv_builder_end (builder);
  gtk_box_append (self->box,
                  dio_randomizer_pictures_new (self->desc.session, (const char *const *) keys,
                                               (const char *const *) look->names));
}

static void
looked_cb (GObject *object, GAsyncResult *result, gpointer user)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_task_propagate_pointer (G_TASK (result), &error);
  const Look *look = g_task_get_task_data (G_TASK (result));
  Place *self = g_object_get_data (object, "dio-place");
  /* A row that was replaced meanwhile shows nothing any more. */
  if (gtk_widget_get_parent (GTK_WIDGET (object)) == NULL)
    return;
  set_note (self, text != NULL ? text : error->message, text == NULL);
  if (look->names != NULL)
    add_pictures (self, look);
}

static void
look (Place *self)
{
  Look *look = g_new0 (Look, 1);
  look->folder = g_strdup (dio_session_get_folder (self->desc.session));
  look->path = g_strdup (self->desc.value->string);
  look->is_table = self->is_table;
  look->kind = self->kind;
  g_autoptr (GTask) task = g_task_new (self->box, NULL, looked_cb, NULL);
  g_task_set_task_data (task, look, look_free);
  g_task_run_in_thread (task, look_thread);
}

/* ---- another one ---- */

static void
copied_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  g_autoptr (GtkWidget) box = user;
  Place *self = g_object_get_data (G_OBJECT (box), "dio-place");
  g_autoptr (GError) error = NULL;
  g_autofree char *path = dio_session_copy_finish (DIO_SESSION (source), result, &error);
  if (gtk_widget_get_parent (box) == NULL)
    return;
  gtk_widget_set_sensitive (self->button, TRUE);
  if (path != NULL)
    tell (self, path);
  else
    set_note (self, error->message, TRUE);
}

static void
copy (Place *self, const char *path)
{
  gtk_widget_set_sensitive (self->button, FALSE);
  set_note (self, _ ("Copying…"), FALSE);
  gpointer box = g_object_ref (self->box);
  if (self->is_table)
    dio_session_copy_table_async (self->desc.session, path, copied_cb, box);
  else
    dio_session_copy_folder_async (self->desc.session, path, self->kind, copied_cb, box);
}

static void
answered_cb (AdwMessageDialog *dialog, const char *response, GtkWidget *box)
{
  Place *self = g_object_get_data (G_OBJECT (box), "dio-place");
  if (strcmp (response, "copy") == 0 && gtk_widget_get_parent (box) != NULL)
    copy (self, g_object_get_data (G_OBJECT (dialog), "path"));
}

static void
unref_box (gpointer box, GClosure *closure)
{
  g_object_unref (box);
}

static void
ask_to_copy (Place *self, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *shown = g_filename_display_name (name);
  /* Translators: the name of a folder or file */
  g_autofree char *title = g_strdup_printf (_ ("Copy “%s” to the Scenario?"), shown);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->box));
  GtkWidget *dialog = adw_message_dialog_new (
      GTK_WINDOW (root), title,
      _ ("A scenario draws only from what lies beside it. The files are copied there; the "
         "originals stay as they are."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "copy",
                                    _ ("C_opy"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "copy",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "copy");
  g_object_set_data_full (G_OBJECT (dialog), "path", g_strdup (path), g_free);
  g_signal_connect_data (dialog, "response", G_CALLBACK (answered_cb), g_object_ref (self->box),
                         unref_box, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
dio_randomizer_place_take (GtkWidget *row, const char *path)
{
  Place *self = g_object_get_data (G_OBJECT (row), "dio-place");
  g_return_if_fail (self != NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) folder = g_file_new_for_path (dio_session_get_folder (self->desc.session));
  g_autofree char *below = g_file_get_relative_path (folder, file);
  if (below != NULL)
    tell (self, below);
  else
    ask_to_copy (self, path);
}

static void
chosen_cb (GtkNativeDialog *dialog, int response, GtkWidget *box)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  g_object_unref (dialog);
  /* A row that was replaced meanwhile has nobody to tell. */
  if (response == GTK_RESPONSE_ACCEPT && path != NULL && gtk_widget_get_parent (box) != NULL)
    dio_randomizer_place_take (box, path);
  g_object_unref (box);
}

static void
choose_cb (GtkButton *button, Place *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (button));
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      self->is_table ? _ ("Choose Table") : _ ("Choose Folder"), GTK_WINDOW (root),
      self->is_table ? GTK_FILE_CHOOSER_ACTION_OPEN : GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
      _ ("_Open"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_autoptr (GFile) start = g_file_new_for_path (dio_session_get_folder (self->desc.session));
  gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (dialog), start, NULL);
  g_signal_connect (dialog, "response", G_CALLBACK (chosen_cb), g_object_ref (self->box));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static GtkWidget *
new_button (Place *self)
{
  GtkWidget *face = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *name = gtk_label_new (self->desc.value->string);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_box_append (GTK_BOX (face),
                  gtk_image_new_from_icon_name (self->is_table ? "text-x-generic-symbolic"
                                                               : "folder-symbolic"));
  gtk_box_append (GTK_BOX (face), name);
  GtkWidget *button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (button), face);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->is_table ? _ ("Choose Table") : _ ("Choose Folder"), -1);
  g_signal_connect (button, "clicked", G_CALLBACK (choose_cb), self);
  return button;
}

void
dio_randomizer_place_add (GtkBox *box, const DioParamRowDesc *desc)
{
  const DioChoiceInfo *choice = dio_choice_find_info (desc->type);
  Place *self = g_new0 (Place, 1);
  self->desc = *desc;
  self->box = box;
  self->is_table = choice == NULL;
  self->kind = choice != NULL ? choice->kind : DIO_ASSET_TEXTURE;
  g_object_set_data_full (G_OBJECT (box), "dio-place", self, g_free);
  self->button = new_button (self);
  gtk_box_append (box, self->button);
  self->note = gtk_label_new ("");
  gtk_label_set_xalign (GTK_LABEL (self->note), 0);
  gtk_label_set_wrap (GTK_LABEL (self->note), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->note), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (self->note, "caption");
  gtk_box_append (box, self->note);
  look (self);
}
