#pragma once
/* Thread: main. Words and signs of the desk. */

#include "dio-review-table.h"
#include "dio-review-types.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** "Accepted", translated. */
const char *dio_desk_text_state (DioReviewState state);
/** A symbolic icon; NULL for what is undecided. */
const char *dio_desk_text_state_icon (DioReviewState state);
/** The style class of its colour, "success"; NULL for what is undecided. */
const char *dio_desk_text_state_class (DioReviewState state);
/** Shows the sign of @state in @image, hidden for what is undecided. */
void dio_desk_text_set_badge (GtkImage *image, DioReviewState state);
/** What a stored reason is called: translated where it is a ready-made one. Borrowed. */
const char *dio_desk_text_reason (const char *reason);
/** "KEEP", translated: what an export makes of a label. */
const char *dio_desk_text_policy (DioVerdict verdict);
/** "17", "17 · mug_1": which picture or object. */
char *dio_desk_text_dup_title (const DioReviewTable *table,
                               DioReviewUnit unit,
                               guint32 row) G_GNUC_WARN_UNUSED_RESULT;
/** "12,345", as the locale groups. */
char *dio_desk_text_dup_count (guint64 n) G_GNUC_WARN_UNUSED_RESULT;

/** What is written about a verdict: "too dark #night #street" is a comment and two tags. Both nullable. */
char *dio_desk_text_dup_remark (const char *comment, const char *tags) G_GNUC_WARN_UNUSED_RESULT;
/** The other way round; both owned, "" where there is none; tags are separated by spaces. */
void dio_desk_text_split_remark (const char *remark, char **comment, char **tags);
/** A heading of a side panel. */
GtkWidget *dio_desk_text_heading (const char *text) G_GNUC_WARN_UNUSED_RESULT;
/** Names @widget for assistive technologies. */
void dio_desk_text_name (GtkWidget *widget, const char *label);
/** A button with an icon that does @action. */
GtkWidget *dio_desk_text_icon_button (const char *icon,
                                      const char *label,
                                      const char *action) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
