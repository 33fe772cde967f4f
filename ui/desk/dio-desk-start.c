#define G_LOG_DOMAIN "dio-desk"

#include "dio-desk-start.h"

#include "dio-base-path.h"
#include "dio-empty-state.h"
#include "dio-session-jobs.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>

#define WIDTH_PX 560

static GtkWidget *
make_row (gpointer data, gpointer user)
{
  DioDatasetItem *item = data;
  g_autoptr (GDateTime) utc =
      g_date_time_new_from_unix_utc (dio_dataset_item_get_created_us (item) / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);
  g_autofree char *when = g_date_time_format (local, "%x");
  guint64 frames = dio_dataset_item_get_frames (item);
  g_autofree char *count = g_strdup_printf (
      ngettext ("%" PRIu64 " frame", "%" PRIu64 " frames", (gulong) frames), frames);
  g_autofree char *name = g_markup_escape_text (dio_dataset_item_get_name (item), -1);
  g_autofree char *folder = dio_path_dup_shown (dio_dataset_item_get_folder (item));
  g_autofree char *subtitle = g_markup_printf_escaped ("%s · %s · %s", count, when, folder);
  GtkWidget *row = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_object_set_data_full (G_OBJECT (row), "dio-folder",
                          g_strdup (dio_dataset_item_get_folder (item)), g_free);
  return row;
}

static void
activated_cb (GtkListBox *list, GtkListBoxRow *row, DioSession *session)
{
  g_object_set (session, "dataset", g_object_get_data (G_OBJECT (row), "dio-folder"), NULL);
}

static void
model_changed_cb (GListModel *model, guint position, guint removed, guint added, GtkWidget *group)
{
  gtk_widget_set_visible (group, g_list_model_get_n_items (model) > 0);
}

GtkWidget *
dio_desk_start_new (DioSession *session)
{
  GtkWidget *page = dio_empty_state_new (
      "object-select-symbolic", _ ("Nothing to Review Yet"),
      _ ("Open a dataset to look at its pictures and labels and to decide about them."),
      _ ("Open Dataset…"), "win.open-dataset");
  GtkWidget *button = adw_status_page_get_child (ADW_STATUS_PAGE (page));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  g_object_ref (button);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), NULL);
  gtk_box_append (GTK_BOX (box), button);
  g_object_unref (button);

  GListModel *datasets = dio_session_get_datasets (session);
  GtkWidget *group = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Datasets"));
  GtkWidget *list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_bind_model (GTK_LIST_BOX (list), datasets, make_row, NULL, NULL);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (activated_cb), session, 0);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), list);
  GtkWidget *clamp = adw_clamp_new ();
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), WIDTH_PX);
  adw_clamp_set_child (ADW_CLAMP (clamp), group);
  gtk_box_append (GTK_BOX (box), clamp);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), box);
  g_signal_connect_object (datasets, "items-changed", G_CALLBACK (model_changed_cb), group, 0);
  gtk_widget_set_visible (group, g_list_model_get_n_items (datasets) > 0);
  return page;
}
