#define G_LOG_DOMAIN "dio-shell"

#include "dio-shell-parts.h"

#ifdef DIORAMA_HAS_VIEWPORT
#include "dio-frame-bar.h"
#include "dio-viewport-panel.h"
#endif
#ifdef DIORAMA_HAS_OUTLINER
#include "dio-outliner-panel.h"
#endif
#ifdef DIORAMA_HAS_SHELF
#include "dio-shelf-panel.h"
#endif
#ifdef DIORAMA_HAS_INSPECTOR
#include "dio-inspector-panel.h"
#endif
#ifdef DIORAMA_HAS_LABELS
#include "dio-labels-panel.h"
#endif
#ifdef DIORAMA_HAS_TAXONOMY
#include "dio-taxonomy-window.h"
#endif
#ifdef DIORAMA_HAS_RANDOMIZERS
#include "dio-randomizers-page.h"
#endif
#ifdef DIORAMA_HAS_JOBS
#include "dio-batch-dialog.h"
#include "dio-jobs-page.h"
#endif
#ifdef DIORAMA_HAS_DESK
#include "dio-desk-page.h"
#endif
#ifdef DIORAMA_HAS_EXPORTER
#include "dio-export-dialog.h"
#endif

#include <adwaita.h>
#include <glib/gi18n-lib.h>

typedef struct {
  const char *title, *icon, *text;
  GtkWidget *(*create) (DioSession *session);
  void (*add_actions) (GtkWidget *widget, DioActionRegistry *registry);
} Part;

/* The registering function of a panel takes its own type. */
#define ADD_ACTIONS(name, TYPE, prefix)                                                            \
  static void name (GtkWidget *widget, DioActionRegistry *registry)                                \
  {                                                                                                \
    prefix##_add_actions (DIO_##TYPE (widget), registry);                                          \
  }

#ifdef DIORAMA_HAS_VIEWPORT
ADD_ACTIONS (add_viewport, VIEWPORT_PANEL, dio_viewport_panel)
ADD_ACTIONS (add_frame_bar, FRAME_BAR, dio_frame_bar)
#define VIEWPORT dio_viewport_panel_new, add_viewport
#define FRAME_BAR dio_frame_bar_new, add_frame_bar
#else
#define VIEWPORT NULL, NULL
#define FRAME_BAR NULL, NULL
#endif
#ifdef DIORAMA_HAS_OUTLINER
ADD_ACTIONS (add_outliner, OUTLINER_PANEL, dio_outliner_panel)
#define OUTLINER dio_outliner_panel_new, add_outliner
#else
#define OUTLINER NULL, NULL
#endif
#ifdef DIORAMA_HAS_SHELF
ADD_ACTIONS (add_shelf, SHELF_PANEL, dio_shelf_panel)
#define SHELF dio_shelf_panel_new, add_shelf
#else
#define SHELF NULL, NULL
#endif
#ifdef DIORAMA_HAS_INSPECTOR
ADD_ACTIONS (add_inspector, INSPECTOR_PANEL, dio_inspector_panel)
#define INSPECTOR dio_inspector_panel_new, add_inspector
#else
#define INSPECTOR NULL, NULL
#endif
#ifdef DIORAMA_HAS_LABELS
ADD_ACTIONS (add_labels, LABELS_PANEL, dio_labels_panel)
#define LABELS dio_labels_panel_new, add_labels
#else
#define LABELS NULL, NULL
#endif
#ifdef DIORAMA_HAS_RANDOMIZERS
ADD_ACTIONS (add_randomizers, RANDOMIZERS_PAGE, dio_randomizers_page)
#define RANDOMIZERS dio_randomizers_page_new, add_randomizers
#else
#define RANDOMIZERS NULL, NULL
#endif
#ifdef DIORAMA_HAS_JOBS
ADD_ACTIONS (add_jobs, JOBS_PAGE, dio_jobs_page)
#define JOBS dio_jobs_page_new, add_jobs
#else
#define JOBS NULL, NULL
#endif
#ifdef DIORAMA_HAS_DESK
ADD_ACTIONS (add_desk, DESK_PAGE, dio_desk_page)
#define DESK dio_desk_page_new, add_desk
#else
#define DESK NULL, NULL
#endif

static const Part parts[DIO_SHELL_N_PARTS] = {
  [DIO_SHELL_VIEWPORT] = { N_ ("Viewport"), "camera-photo-symbolic",
                           N_ ("The scene and its labels."), VIEWPORT },
  [DIO_SHELL_FRAME_BAR] = { N_ ("Frame"), "media-playback-start-symbolic", NULL, FRAME_BAR },
  [DIO_SHELL_OUTLINER] = { N_ ("Scene"), "view-list-symbolic",
                           N_ ("Everything that is in the scene."), OUTLINER },
  [DIO_SHELL_SHELF] = { N_ ("Add"), "view-grid-symbolic",
                        N_ ("Models, lights and sensors to place."), SHELF },
  [DIO_SHELL_INSPECTOR] = { N_ ("Properties"), "document-properties-symbolic",
                            N_ ("Properties of what is selected."), INSPECTOR },
  [DIO_SHELL_LABELS] = { N_ ("Labels"), "view-list-bullet-symbolic",
                         N_ ("What the sensor sees and what becomes of it."), LABELS },
  [DIO_SHELL_RANDOMIZE] = { N_ ("Randomize"), "media-playlist-shuffle-symbolic",
                            N_ ("How the scene may vary."), RANDOMIZERS },
  [DIO_SHELL_JOBS] = { N_ ("Render"), "applications-engineering-symbolic",
                       N_ ("Batches and their progress."), JOBS },
  [DIO_SHELL_DESK] = { N_ ("Review"), "object-select-symbolic",
                       N_ ("Look at what was rendered and decide."), DESK },
};

const char *
dio_shell_part_get_title (DioShellPart part)
{
  g_return_val_if_fail (part < DIO_SHELL_N_PARTS, "");
  return _ (parts[part].title);
}

const char *
dio_shell_part_get_icon (DioShellPart part)
{
  g_return_val_if_fail (part < DIO_SHELL_N_PARTS, "");
  return parts[part].icon;
}

GtkWidget *
dio_shell_part_create (DioShellPart part, DioSession *session)
{
  g_return_val_if_fail (part < DIO_SHELL_N_PARTS, NULL);
  g_return_val_if_fail (DIO_IS_SESSION (session), NULL);
  if (parts[part].create != NULL)
    return parts[part].create (session);
  if (parts[part].text == NULL)
    return gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *page = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), parts[part].icon);
  adw_status_page_set_description (ADW_STATUS_PAGE (page), _ (parts[part].text));
  gtk_widget_add_css_class (page, "compact");
  return page;
}

void
dio_shell_part_add_actions (DioShellPart part, GtkWidget *widget, DioActionRegistry *registry)
{
  g_return_if_fail (part < DIO_SHELL_N_PARTS);
  if (parts[part].add_actions != NULL)
    parts[part].add_actions (widget, registry);
}

GtkWidget *
dio_shell_create_taxonomy (DioSession *session)
{
#ifdef DIORAMA_HAS_TAXONOMY
  return dio_taxonomy_window_new (session);
#else
  return NULL;
#endif
}

GtkWidget *
dio_shell_create_batch (DioSession *session)
{
#ifdef DIORAMA_HAS_JOBS
  return dio_batch_dialog_new (session);
#else
  return NULL;
#endif
}

GtkWidget *
dio_shell_create_export (DioSession *session, const char *folder)
{
#ifdef DIORAMA_HAS_EXPORTER
  return dio_export_dialog_new (session, folder);
#else
  return NULL;
#endif
}
