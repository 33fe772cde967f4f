#pragma once
/* Thread: main. What the files of the page share. */

#include "dio-desk-data.h"
#include "dio-desk-details.h"
#include "dio-desk-filters.h"
#include "dio-desk-grid.h"
#include "dio-desk-page.h"
#include "dio-desk-queues.h"
#include "dio-desk-shots.h"
#include "dio-desk-viewer.h"

G_BEGIN_DECLS

struct _DioDeskPage {
  AdwBin parent_instance;

  DioSession *session;         /**< owned */
  DioActionRegistry *registry; /**< (nullable) borrowed: the window's, like this page */
  DioDeskData *data;           /**< (nullable) owned */
  DioDeskShots *shots;         /**< (nullable) of @data */
  GtkStack *stack;             /**< "empty", "wait", "failed", "desk" */
  GtkStack *views;             /**< "grid", "large", "statistics" */
  GtkWidget *failed;           /**< an AdwStatusPage */
  DioDeskFilters *filters;
  DioDeskGrid *grid;
  DioDeskViewer *viewer;
  DioDeskDetails *details;
  DioDeskQueues *queues;
  GtkBox *statistics;
  GtkToggleButton *grid_button, *statistics_button;
  GtkScale *size;
  gint *newest;         /**< atomic rc box, of queries */
  DioReviewList *audit; /**< (nullable) the sample that was drawn last, owned */
  guint64 audit_seed;
  char *report;         /**< (nullable) path of the page that was written last */
  gboolean list_wanted; /**< by a query that may have been overtaken */
  gboolean list_other;  /**< the filters are not those of the list that is shown */
  guint poll;           /**< source */
  guint recount;        /**< source */
  guint last_reason;
  gboolean can_undo, can_redo;
};

/* -- dio-desk-page.c -- */
/** The page for a callback that may come after its end: tasks must not keep it beyond its window. */
gpointer dio_desk_page_lend (DioDeskPage *self) G_GNUC_WARN_UNUSED_RESULT;
/** What was lent, with a reference of its own; NULL where it is gone. */
DioDeskPage *dio_desk_page_claim (gpointer lent) G_GNUC_WARN_UNUSED_RESULT;
void dio_desk_page_ask (DioDeskPage *self, gboolean with_list);
void dio_desk_page_show_grid (DioDeskPage *self);
/** Rows and unit of the list that is shown; NULL before there is one. */
DioReviewList *dio_desk_page_get_list (DioDeskPage *self);
void dio_desk_page_update_undo (DioDeskPage *self);

/* -- dio-desk-current.c: what is looked at -- */
void dio_desk_page_show_current (DioDeskPage *self);
gboolean dio_desk_page_is_large (DioDeskPage *self);
void dio_desk_page_open_large (DioDeskPage *self);
/** One row on; @states: bits of those to stop at, 0 = all. */
void dio_desk_page_step (DioDeskPage *self, int step, guint states);
void dio_desk_page_go_to (DioDeskPage *self, guint position);
void dio_desk_page_select_instance (DioDeskPage *self, guint instance);

/* -- dio-desk-decide.c: verdicts -- */
void dio_desk_page_decide (DioDeskPage *self, DioReviewState state, const char *reason);
void dio_desk_page_reject (DioDeskPage *self, guint reason);
void dio_desk_page_accept_rest (DioDeskPage *self);
/** @remark: comment and #tags. */
void dio_desk_page_comment (DioDeskPage *self, const char *remark);
/** Decides about @rows, and says so with an undo where they are many. */
void dio_desk_page_decide_rows (DioDeskPage *self,
                                DioReviewUnit unit,
                                const GArray *rows,
                                const DioReviewDecision *decision);

/* -- dio-desk-causes.c -- */
void dio_desk_page_init_causes (DioDeskPage *self);

/* -- dio-desk-statistics.c -- */
void dio_desk_page_show_statistics (DioDeskPage *self);

/* -- dio-desk-report.c -- */
void dio_desk_page_write_report (DioDeskPage *self);
/** Writes @path and its companion of the other kind; says so when done. */
void dio_desk_page_save_report (DioDeskPage *self, const char *path, gboolean with_digest);
/** The last one that was written, in the program for pages. */
void dio_desk_page_show_report (DioDeskPage *self);

/* -- dio-desk-source.c -- */
void dio_desk_page_open_cause (DioDeskPage *self);

G_END_DECLS
