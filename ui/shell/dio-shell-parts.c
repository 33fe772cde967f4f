#define G_LOG_DOMAIN "dio-shell"

#include "dio-shell-parts.h"

#include "dio-batch-dialog.h"
#include "dio-desk-page.h"
#include "dio-export-dialog.h"
#include "dio-frame-bar.h"
#include "dio-inspector-panel.h"
#include "dio-jobs-page.h"
#include "dio-labels-panel.h"
#include "dio-outliner-panel.h"
#include "dio-randomizers-page.h"
#include "dio-shelf-panel.h"
#include "dio-taxonomy-window.h"
#include "dio-viewport-panel.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

typedef struct {
  const char *title, *icon;
  GtkWidget *(*create) (DioSession *session);
  void (*add_actions) (GtkWidget *widget, DioActionRegistry *registry);
} Part;

/* The registering function of a panel takes its own type. */
#define ADD_ACTIONS(name, TYPE, prefix)                                                            \
  static void name (GtkWidget *widget, DioActionRegistry *registry)                                \
  {                                                                                                \
    prefix##_add_actions (DIO_##TYPE (widget), registry);                                          \
  }

ADD_ACTIONS (add_viewport, VIEWPORT_PANEL, dio_viewport_panel)
ADD_ACTIONS (add_frame_bar, FRAME_BAR, dio_frame_bar)
ADD_ACTIONS (add_outliner, OUTLINER_PANEL, dio_outliner_panel)
ADD_ACTIONS (add_shelf, SHELF_PANEL, dio_shelf_panel)
ADD_ACTIONS (add_inspector, INSPECTOR_PANEL, dio_inspector_panel)
ADD_ACTIONS (add_labels, LABELS_PANEL, dio_labels_panel)
ADD_ACTIONS (add_randomizers, RANDOMIZERS_PAGE, dio_randomizers_page)
ADD_ACTIONS (add_jobs, JOBS_PAGE, dio_jobs_page)
ADD_ACTIONS (add_desk, DESK_PAGE, dio_desk_page)

static const Part parts[DIO_SHELL_N_PARTS] = {
  [DIO_SHELL_VIEWPORT] = { N_ ("Viewport"), "camera-photo-symbolic", dio_viewport_panel_new,
                           add_viewport },
  [DIO_SHELL_FRAME_BAR] = { N_ ("Frame"), "media-playback-start-symbolic", dio_frame_bar_new,
                            add_frame_bar },
  [DIO_SHELL_OUTLINER] = { N_ ("Scene"), "view-list-symbolic", dio_outliner_panel_new,
                           add_outliner },
  [DIO_SHELL_SHELF] = { N_ ("Add"), "view-grid-symbolic", dio_shelf_panel_new, add_shelf },
  [DIO_SHELL_INSPECTOR] = { N_ ("Properties"), "document-properties-symbolic",
                            dio_inspector_panel_new, add_inspector },
  [DIO_SHELL_LABELS] = { N_ ("Labels"), "view-list-bullet-symbolic", dio_labels_panel_new,
                         add_labels },
  [DIO_SHELL_RANDOMIZE] = { N_ ("Randomize"), "media-playlist-shuffle-symbolic",
                            dio_randomizers_page_new, add_randomizers },
  [DIO_SHELL_JOBS] = { N_ ("Render"), "applications-engineering-symbolic", dio_jobs_page_new,
                       add_jobs },
  [DIO_SHELL_DESK] = { N_ ("Review"), "object-select-symbolic", dio_desk_page_new, add_desk },
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
  return parts[part].create (session);
}

void
dio_shell_part_add_actions (DioShellPart part, GtkWidget *widget, DioActionRegistry *registry)
{
  g_return_if_fail (part < DIO_SHELL_N_PARTS);
  parts[part].add_actions (widget, registry);
}

GtkWidget *
dio_shell_create_taxonomy (DioSession *session)
{
  return dio_taxonomy_window_new (session);
}

GtkWidget *
dio_shell_create_batch (DioSession *session)
{
  return dio_batch_dialog_new (session);
}

GtkWidget *
dio_shell_create_export (DioSession *session, const char *folder)
{
  return dio_export_dialog_new (session, folder);
}
