#define G_LOG_DOMAIN "dio-desk"

#include "dio-desk-text.h"

#include "dio-review-verdicts.h"

#include <glib/gi18n-lib.h>

/** How a state is called and shown. */
typedef struct {
  const char *label, *icon, *style;
} StateText;

static const StateText states[DIO_REVIEW_N_STATES] = {
  [DIO_REVIEW_UNDECIDED] = { N_ ("Undecided"), NULL, NULL },
  [DIO_REVIEW_ACCEPTED] = { N_ ("Accepted"), "object-select-symbolic", "success" },
  [DIO_REVIEW_REJECTED] = { N_ ("Rejected"), "window-close-symbolic", "error" },
  [DIO_REVIEW_FLAGGED] = { N_ ("Flagged"), "starred-symbolic", "warning" },
};

const char *
dio_desk_text_state (DioReviewState state)
{
  return _ (states[state].label);
}

const char *
dio_desk_text_state_icon (DioReviewState state)
{
  return states[state].icon;
}

const char *
dio_desk_text_state_class (DioReviewState state)
{
  return states[state].style;
}

void
dio_desk_text_set_badge (GtkImage *image, DioReviewState state)
{
  for (guint i = 0; i < DIO_REVIEW_N_STATES; i++)
    if (states[i].style != NULL)
      gtk_widget_remove_css_class (GTK_WIDGET (image), states[i].style);
  gtk_widget_set_visible (GTK_WIDGET (image), states[state].icon != NULL);
  if (states[state].icon == NULL)
    return;
  gtk_image_set_from_icon_name (image, states[state].icon);
  gtk_widget_add_css_class (GTK_WIDGET (image), states[state].style);
  gtk_widget_set_tooltip_text (GTK_WIDGET (image), _ (states[state].label));
}

const char *
dio_desk_text_reason (const char *reason)
{
  guint n;
  const DioReviewReason *reasons = dio_review_get_reasons (&n);
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (reasons[i].name, reason) == 0)
      return _ (reasons[i].label);
  return reason != NULL ? reason : "";
}

const char *
dio_desk_text_policy (DioVerdict verdict)
{
  switch (verdict) {
  case DIO_VERDICT_IGNORE:
    return _ ("IGNORE");
  case DIO_VERDICT_DROP:
    return _ ("DROP");
  case DIO_VERDICT_KEEP:
  default:
    return _ ("KEEP");
  }
}

char *
dio_desk_text_dup_title (const DioReviewTable *table, DioReviewUnit unit, guint32 row)
{
  DioReviewFrameRow frame;
  dio_review_table_get_frame (table, dio_review_table_get_frame_of (table, unit, row), &frame);
  if (unit == DIO_REVIEW_FRAMES)
    return frame.take > 0 ? g_strdup_printf ("%u/%u", frame.index, frame.take)
                          : g_strdup_printf ("%u", frame.index);
  DioReviewObjectRow object;
  dio_review_table_get_object (table, row, &object);
  const char *name = object.name != NULL && *object.name != '\0' ? object.name : NULL;
  if (name == NULL && object.category >= 0)
    name = dio_review_table_get_category_name (table, (guint) object.category);
  return g_strdup_printf ("%u · %s", frame.index, name != NULL ? name : "");
}

char *
dio_desk_text_dup_count (guint64 n)
{
  return g_strdup_printf ("%'" G_GUINT64_FORMAT, n);
}

char *
dio_desk_text_dup_remark (const char *comment, const char *tags)
{
  GString *text = g_string_new (comment);
  g_auto (GStrv) words = g_strsplit (tags != NULL ? tags : "", " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_string_append_printf (text, "%s#%s", text->len > 0 ? " " : "", words[i]);
  return g_string_free (text, FALSE);
}

void
dio_desk_text_split_remark (const char *remark, char **comment, char **tags)
{
  GString *said = g_string_new (NULL), *tagged = g_string_new (NULL);
  g_auto (GStrv) words = g_strsplit (remark, " ", -1);
  for (guint i = 0; words[i] != NULL; i++) {
    gboolean is_tag = words[i][0] == '#' && words[i][1] != '\0';
    GString *to = is_tag ? tagged : said;
    if (*words[i] != '\0')
      g_string_append_printf (to, "%s%s", to->len > 0 ? " " : "", words[i] + (is_tag ? 1 : 0));
  }
  *comment = g_string_free (said, FALSE);
  *tags = g_string_free (tagged, FALSE);
}

GtkWidget *
dio_desk_text_heading (const char *text)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_widget_add_css_class (label, "heading");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_margin_top (label, 12);
  return label;
}

void
dio_desk_text_name (GtkWidget *widget, const char *label)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

GtkWidget *
dio_desk_text_icon_button (const char *icon, const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  gtk_widget_set_tooltip_text (button, label);
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_focus_on_click (button, FALSE);
  dio_desk_text_name (button, label);
  return button;
}
