#define G_LOG_DOMAIN "dio-taxonomy"

#include "dio-taxonomy-private.h"

#include "dio-edit-add.h"
#include "dio-edit-nodes.h"

#include <glib/gi18n-lib.h>

#define MAX_FILE_BYTES (64u << 20)

const char *
dio_taxonomy_get_title (const DioCategory *category)
{
  return category->name[0] != '\0' ? category->name : category->id;
}

static char *
dup_title (DioSession *session, const char *id)
{
  const DioCategory *category = dio_taxonomy_find (dio_session_get_scenario (session), id);
  return g_strdup (category != NULL ? dio_taxonomy_get_title (category) : id);
}

gboolean
dio_taxonomy_commit (DioSession *session,
                     DioScenario *next,
                     const char *name,
                     const char *problem,
                     const GError *error)
{
  if (next == NULL) {
    dio_session_report (session, DIO_SEVERITY_WARNING, problem, error, NULL, NULL);
    return FALSE;
  }
  dio_session_commit (session, next, name, NULL);
  return TRUE;
}

char *
dio_taxonomy_add (DioSession *session)
{
  g_autoptr (GError) error = NULL;
  char *id = NULL;
  DioScenario *next = dio_edit_add_category (dio_session_get_scenario (session), _ ("New category"),
                                             TRUE, &id, &error);
  dio_taxonomy_commit (session, next, _ ("Add Category"), _ ("The category was not added"), error);
  return id;
}

void
dio_taxonomy_delete_now (DioSession *session, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *title = dup_title (session, id);
  /* Translators: an undo step; a category's name follows */
  g_autofree char *name = g_strdup_printf (_ ("Delete Category %s"), title);
  DioScenario *next =
      dio_scenario_without_category (dio_session_get_scenario (session), id, &error);
  dio_taxonomy_commit (session, next, name, _ ("The category was not deleted"), error);
}

static void
delete_response_cb (AdwMessageDialog *dialog, const char *response, DioSession *session)
{
  const char *id = g_object_get_data (G_OBJECT (dialog), "id");
  if (g_strcmp0 (response, "delete") == 0)
    dio_taxonomy_delete_now (session, id);
}

void
dio_taxonomy_delete (DioSession *session, GtkWindow *parent, const char *id)
{
  DioTaxonomyUse use = dio_taxonomy_get_use (dio_session_get_scenario (session), id);
  g_autofree char *users = dio_taxonomy_describe_use (&use);
  if (users == NULL) {
    dio_taxonomy_delete_now (session, id);
    return;
  }
  g_autofree char *title = dup_title (session, id);
  g_autofree char *heading = g_strdup_printf (_ ("Delete “%s”?"), title);
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, NULL);
  /* Translators: a list of who uses a category follows */
  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog), _ ("These lose it: %s."), users);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "delete",
                                    _ ("_Delete"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "delete",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "id", g_strdup (id), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (delete_response_cb), session, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
dio_taxonomy_move (DioSession *session, const char *id, guint position)
{
  g_autoptr (GError) error = NULL;
  DioScenario *scenario = dio_session_get_scenario (session);
  if (dio_scenario_find_category (scenario, id) == (int) position)
    return;
  g_autofree char *title = dup_title (session, id);
  /* Translators: an undo step; a category's name follows */
  g_autofree char *name = g_strdup_printf (_ ("Move Category %s"), title);
  DioScenario *next = dio_scenario_with_category_at (scenario, id, position, &error);
  dio_taxonomy_commit (session, next, name, _ ("The category was not moved"), error);
}

void
dio_taxonomy_merge (DioSession *session, const char *from, const char *into)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *old = dup_title (session, from);
  g_autofree char *new = dup_title (session, into);
  /* Translators: an undo step: the first category becomes part of the second */
  g_autofree char *name = g_strdup_printf (_ ("Merge %s into %s"), old, new);
  DioScenario *next =
      dio_taxonomy_with_merged (dio_session_get_scenario (session), from, into, &error);
  dio_taxonomy_commit (session, next, name, _ ("The categories were not merged"), error);
}

void
dio_taxonomy_assign (DioSession *session, const char *id)
{
  g_autoptr (GError) error = NULL;
  const char *const *ids = dio_selection_get_ids (dio_session_get_selection (session));
  if (ids[0] == NULL)
    return;
  g_autofree char *title = dup_title (session, id);
  /* Translators: an undo step; a category's name follows */
  g_autofree char *name = g_strdup_printf (_ ("Label as %s"), title);
  DioScenario *next =
      dio_edit_assign_category (dio_session_get_scenario (session), ids, id, NULL, &error);
  dio_taxonomy_commit (session, next, name, _ ("The category was not changed"), error);
}

void
dio_taxonomy_select_users (DioSession *session, const char *id)
{
  const DioScenario *scenario = dio_session_get_scenario (session);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  for (guint i = 0; i < scenario->nodes->len; i++) {
    const DioNode *node = g_ptr_array_index (scenario->nodes, i);
    if (g_strcmp0 (node->category, id) == 0)
      g_ptr_array_add (ids, node->id);
  }
  g_ptr_array_add (ids, NULL);
  dio_selection_set (dio_session_get_selection (session), (const char *const *) ids->pdata);
}

/* -- Importing -- */

void
dio_taxonomy_import_text (DioSession *session, const char *text, gsize length)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;
  DioScenario *next =
      dio_taxonomy_with_imported (dio_session_get_scenario (session), text, length, &n, &error);
  g_autofree char *name = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "Import %u Category", "Import %u Categories", n), n);
  dio_taxonomy_commit (session, next, name, _ ("No category was imported"), error);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  g_autoptr (DioSession) session = user;
  g_autofree char *text = NULL;
  gsize length = 0;
  g_autoptr (GError) error = NULL;
  gboolean done =
      g_file_load_contents_finish (G_FILE (source), result, &text, &length, NULL, &error);
  if (!done || length > MAX_FILE_BYTES)
    dio_session_report (session, DIO_SEVERITY_WARNING, _ ("The file was not read"), error, NULL,
                        NULL);
  else
    dio_taxonomy_import_text (session, text, length);
}

static void
chosen_cb (GtkNativeDialog *chooser, int response, DioSession *session)
{
  if (response == GTK_RESPONSE_ACCEPT) {
    g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
    g_file_load_contents_async (file, NULL, loaded_cb, g_object_ref (session));
  }
  g_object_unref (chooser);
}

void
dio_taxonomy_import (DioSession *session, GtkWindow *parent)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
      _ ("Import Categories"), parent, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Import"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (chosen_cb), session, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}
