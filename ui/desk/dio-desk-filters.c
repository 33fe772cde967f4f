#define G_LOG_DOMAIN "dio-desk"

#include "dio-desk-filters.h"

#include "dio-chip.h"
#include "dio-desk-choices.h"
#include "dio-desk-text.h"
#include "dio-histogram.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define WIDTH_PX 264
#define MARGIN_PX 12

/* A pause in typing or brushing before another list is made. */
#define SETTLE_MS 120

/** What can be brushed, in the order shown. */
static const DioReviewField brushed[] = {
  DIO_REVIEW_FIELD_VISIBILITY, DIO_REVIEW_FIELD_TRUNCATION, DIO_REVIEW_FIELD_SIZE_PX,
  DIO_REVIEW_FIELD_DISTANCE_M, DIO_REVIEW_FIELD_LUMINANCE,  DIO_REVIEW_FIELD_OUTLIER,
};

/** What the order can follow; the stored order stands before them. */
static const DioReviewField sorted[] = {
  DIO_REVIEW_FIELD_OUTLIER,   DIO_REVIEW_FIELD_VISIBILITY, DIO_REVIEW_FIELD_TRUNCATION,
  DIO_REVIEW_FIELD_SIZE_PX,   DIO_REVIEW_FIELD_DISTANCE_M, DIO_REVIEW_FIELD_LUMINANCE,
  DIO_REVIEW_FIELD_N_OBJECTS,
};

struct _DioDeskFilters {
  GtkBox parent_instance;

  GtkToggleButton *units[DIO_REVIEW_N_UNITS];
  GtkEditable *search;
  GtkDropDown *order, *checks;
  GtkToggleButton *descending;
  DioDeskChoices *states, *policies, *sensors, *categories;
  DioHistogram *histograms[G_N_ELEMENTS (brushed)];
  double ends[G_N_ELEMENTS (brushed)]; /**< where they end */
  GtkWidget *extra_chip;
  DioReviewFilter extra; /**< criteria without a control */
  GtkLabel *shown;
  GtkWidget *clear;
  guint settle;
  gboolean quiet; /**< controls are being set */
};

G_DEFINE_FINAL_TYPE (DioDeskFilters, dio_desk_filters, GTK_TYPE_BOX)

enum { CHANGED, UNIT_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

/* -- Changes -------------------------------------------------------------------------------------------------------- */

static void
tell (DioDeskFilters *self)
{
  g_clear_handle_id (&self->settle, g_source_remove);
  gtk_widget_set_sensitive (self->clear, !dio_desk_filters_is_empty (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
settled_cb (gpointer user)
{
  DioDeskFilters *self = user;
  self->settle = 0;
  tell (self);
  return G_SOURCE_REMOVE;
}

static void
changed_soon (DioDeskFilters *self)
{
  if (self->quiet)
    return;
  g_clear_handle_id (&self->settle, g_source_remove);
  self->settle = g_timeout_add (SETTLE_MS, settled_cb, self);
}

static void
changed_cb (DioDeskFilters *self)
{
  if (!self->quiet)
    tell (self);
}

static void
brushed_cb (DioHistogram *histogram, double min, double max, DioDeskFilters *self)
{
  changed_soon (self);
}

static void
unit_toggled_cb (GtkToggleButton *button, DioDeskFilters *self)
{
  if (!gtk_toggle_button_get_active (button) || self->quiet)
    return;
  g_signal_emit (self, signals[UNIT_CHANGED], 0);
  tell (self);
}

/* -- Reading the controls ------------------------------------------------------------------------------------------- */

static guint
get_bits (DioDeskChoices *choices)
{
  guint bits = 0;
  for (guint i = 0; i < dio_desk_choices_get_n (choices); i++)
    bits |= dio_desk_choices_get (choices, i) ? 1u << i : 0;
  return bits;
}

static const char *
get_sensor (DioDeskFilters *self, guint index)
{
  GStrv names = g_object_get_data (G_OBJECT (self->sensors), "dio-names");
  return names[index];
}

static void
add_lists (DioDeskFilters *self, DioReviewFilter *filter)
{
  for (guint i = 0; i < dio_desk_choices_get_n (self->categories); i++)
    if (dio_desk_choices_get (self->categories, i))
      dio_review_filter_add_category (filter, (int) i);
  g_autoptr (GStrvBuilder) sensors = g_strv_builder_new ();
  gboolean any = FALSE;
  for (guint i = 0; i < dio_desk_choices_get_n (self->sensors); i++)
    if (dio_desk_choices_get (self->sensors, i)) {
      g_strv_builder_add (sensors, get_sensor (self, i));
      any = TRUE;
    }
  if (any) {
    g_strfreev (filter->sensors);
    filter->sensors = g_strv_builder_end (sensors);
  }
}

void
dio_desk_filters_get (DioDeskFilters *self, DioReviewFilter *filter, DioReviewSort *sort)
{
  g_return_if_fail (DIO_IS_DESK_FILTERS (self) && filter != NULL && sort != NULL);

  dio_review_filter_copy (&self->extra, filter);
  filter->states = get_bits (self->states);
  filter->policies |= get_bits (self->policies);
  filter->checks = (DioReviewChecks) gtk_drop_down_get_selected (self->checks);
  const char *text = gtk_editable_get_text (self->search);
  if (*text != '\0') {
    g_free (filter->text);
    filter->text = g_strdup (text);
  }
  add_lists (self, filter);
  for (guint i = 0; i < G_N_ELEMENTS (brushed); i++) {
    double min, max;
    if (!dio_histogram_get_brush (self->histograms[i], &min, &max))
      continue;
    // What lies on the border belongs to the next bar.
    if (max < self->ends[i])
      max = nextafter (max, -INFINITY);
    dio_review_filter_set_range (filter, brushed[i], min, max);
  }
  guint order = gtk_drop_down_get_selected (self->order);
  *sort = (DioReviewSort){ .field = order == 0 ? DIO_REVIEW_FIELD_INDEX : sorted[order - 1],
                           .descending = gtk_toggle_button_get_active (self->descending) };
}

gboolean
dio_desk_filters_is_empty (DioDeskFilters *self)
{
  g_return_val_if_fail (DIO_IS_DESK_FILTERS (self), TRUE);

  g_auto (DioReviewFilter) filter;
  DioReviewSort sort;
  dio_desk_filters_get (self, &filter, &sort);
  return dio_review_filter_is_empty (&filter);
}

DioReviewUnit
dio_desk_filters_get_unit (DioDeskFilters *self)
{
  g_return_val_if_fail (DIO_IS_DESK_FILTERS (self), DIO_REVIEW_FRAMES);

  return gtk_toggle_button_get_active (self->units[DIO_REVIEW_OBJECTS]) ? DIO_REVIEW_OBJECTS
                                                                        : DIO_REVIEW_FRAMES;
}

/* -- Setting the controls ------------------------------------------------------------------------------------------- */

void
dio_desk_filters_set_unit (DioDeskFilters *self, DioReviewUnit unit)
{
  g_return_if_fail (DIO_IS_DESK_FILTERS (self) && unit < DIO_REVIEW_N_UNITS);

  gtk_toggle_button_set_active (self->units[unit], TRUE);
}

static void
clear_controls (DioDeskFilters *self)
{
  self->quiet = TRUE;
  gtk_editable_set_text (self->search, "");
  gtk_drop_down_set_selected (self->checks, DIO_REVIEW_CHECKS_ANY);
  DioDeskChoices *choices[] = { self->states, self->policies, self->sensors, self->categories };
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    dio_desk_choices_clear (choices[i]);
  for (guint i = 0; i < G_N_ELEMENTS (brushed); i++)
    dio_histogram_set_brush (self->histograms[i], NAN, NAN);
  dio_review_filter_clear (&self->extra);
  dio_review_filter_init (&self->extra);
  gtk_widget_set_visible (self->extra_chip, FALSE);
  self->quiet = FALSE;
}

void
dio_desk_filters_clear (DioDeskFilters *self)
{
  g_return_if_fail (DIO_IS_DESK_FILTERS (self));

  if (dio_desk_filters_is_empty (self))
    return;
  clear_controls (self);
  tell (self);
}

void
dio_desk_filters_reset (DioDeskFilters *self)
{
  g_return_if_fail (DIO_IS_DESK_FILTERS (self));

  clear_controls (self);
  g_clear_handle_id (&self->settle, g_source_remove);
  gtk_label_set_text (self->shown, "");
  gtk_widget_set_sensitive (self->clear, FALSE);
}

void
dio_desk_filters_only_category (DioDeskFilters *self, guint category)
{
  g_return_if_fail (DIO_IS_DESK_FILTERS (self));

  if (category >= dio_desk_choices_get_n (self->categories))
    return;
  dio_desk_choices_clear (self->categories);
  dio_desk_choices_set (self->categories, category, TRUE);
  tell (self);
}

/* Of whole numbers, as a chip has it: "Objects 3", "Objects 3–5". */
static char *
dup_range_name (DioReviewField field, double min, double max)
{
  const char *label = g_dgettext ("diorama", dio_review_field_get_info (field)->label);
  double low = MAX (ceil (min), 0), high = floor (max);
  return low == high ? g_strdup_printf ("%s %.0f", label, low)
                     : g_strdup_printf ("%s %.0f–%.0f", label, low, high);
}

void
dio_desk_filters_only_range (DioDeskFilters *self, DioReviewField field, double min, double max)
{
  g_return_if_fail (DIO_IS_DESK_FILTERS (self));

  for (guint i = 0; i < G_N_ELEMENTS (brushed); i++)
    if (brushed[i] == field) {
      dio_histogram_set_brush (self->histograms[i], min, max);
      tell (self);
      return;
    }
  DioReviewFilter filter;
  dio_review_filter_init (&filter);
  dio_review_filter_set_range (&filter, field, min, max);
  g_autofree char *name = dup_range_name (field, min, max);
  dio_desk_filters_set_extra (self, &filter, name);
  dio_review_filter_clear (&filter);
}

void
dio_desk_filters_set_extra (DioDeskFilters *self, const DioReviewFilter *filter, const char *name)
{
  g_return_if_fail (DIO_IS_DESK_FILTERS (self) && filter != NULL);

  dio_review_filter_clear (&self->extra);
  dio_review_filter_copy (filter, &self->extra);
  dio_chip_set_text (DIO_CHIP (self->extra_chip), name);
  gtk_widget_set_tooltip_text (self->extra_chip, name);
  gtk_widget_set_visible (self->extra_chip, TRUE);
  tell (self);
}

static void
extra_removed_cb (DioDeskFilters *self)
{
  dio_review_filter_clear (&self->extra);
  dio_review_filter_init (&self->extra);
  gtk_widget_set_visible (self->extra_chip, FALSE);
  tell (self);
}

void
dio_desk_filters_focus_search (DioDeskFilters *self)
{
  g_return_if_fail (DIO_IS_DESK_FILTERS (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

/* -- Counts --------------------------------------------------------------------------------------------------------- */

static void
show_histogram (DioHistogram *histogram, const DioReviewHistogram *counts)
{
  guint64 all[DIO_REVIEW_N_BINS], front[DIO_REVIEW_N_BINS];
  for (guint i = 0; i < DIO_REVIEW_N_BINS; i++) {
    all[i] = counts->all[i];
    front[i] = counts->filtered[i];
  }
  dio_histogram_set_logarithmic (histogram, counts->logarithmic);
  dio_histogram_set_counts (histogram, all, DIO_REVIEW_N_BINS, counts->min, counts->max);
  dio_histogram_set_front (histogram, front);
}

static void
show_names (DioDeskFilters *self, const DioReviewTable *table)
{
  guint n = dio_review_table_get_n_categories (table);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree guint8 *colors = g_new0 (guint8, 3 * n + 3);
  for (guint i = 0; i < n; i++) {
    g_ptr_array_add (names, (char *) dio_review_table_get_category_name (table, i));
    dio_review_table_get_category_color (table, i, colors + 3 * i);
  }
  g_ptr_array_add (names, NULL);
  dio_desk_choices_set_labels (self->categories, (const char *const *) names->pdata, colors);
  const char *const *sensors = dio_review_table_get_sensors (table);
  dio_desk_choices_set_labels (self->sensors, sensors, NULL);
  g_object_set_data_full (G_OBJECT (self->sensors), "dio-names", g_strdupv ((GStrv) sensors),
                          (GDestroyNotify) g_strfreev);
  gtk_widget_set_visible (GTK_WIDGET (self->sensors), sensors[0] != NULL && sensors[1] != NULL);
}

static void
show_counts (DioDeskChoices *choices, const DioReviewCount *counts, guint n)
{
  for (guint i = 0; i < n; i++)
    dio_desk_choices_set_count (choices, i, counts[i].filtered, counts[i].all);
}

void
dio_desk_filters_set_facets (DioDeskFilters *self,
                             const DioReviewTable *table,
                             const DioReviewFacets *facets)
{
  g_return_if_fail (DIO_IS_DESK_FILTERS (self) && table != NULL && facets != NULL);

  show_names (self, table);
  show_counts (self->categories, (const DioReviewCount *) facets->categories->data,
               facets->categories->len);
  show_counts (self->sensors, (const DioReviewCount *) facets->sensors->data, facets->sensors->len);
  for (guint i = 0; i < DIO_REVIEW_N_STATES; i++)
    dio_desk_choices_set_count (self->states, i, facets->states[i].filtered, 1);
  for (guint i = 0; i < G_N_ELEMENTS (facets->policies); i++)
    dio_desk_choices_set_count (self->policies, i, facets->policies[i].filtered, 1);
  for (guint i = 0; i < G_N_ELEMENTS (brushed); i++) {
    show_histogram (self->histograms[i], &facets->histograms[brushed[i]]);
    self->ends[i] = facets->histograms[brushed[i]].max;
  }
}

void
dio_desk_filters_set_shown (DioDeskFilters *self, guint n, guint of)
{
  g_return_if_fail (DIO_IS_DESK_FILTERS (self));

  g_autofree char *shown = dio_desk_text_dup_count (n), *all = dio_desk_text_dup_count (of);
  g_autofree char *text = g_strdup_printf (_ ("%s of %s shown"), shown, all);
  gtk_label_set_text (self->shown, text);
}

/* -- Building ------------------------------------------------------------------------------------------------------- */

static GtkWidget *
build_units (DioDeskFilters *self)
{
  const char *labels[] = { _ ("Pictures"), _ ("Objects") };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (box, "linked");
  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  for (guint i = 0; i < DIO_REVIEW_N_UNITS; i++) {
    self->units[i] = GTK_TOGGLE_BUTTON (gtk_toggle_button_new_with_label (labels[i]));
    if (i > 0)
      gtk_toggle_button_set_group (self->units[i], self->units[0]);
    gtk_widget_set_focus_on_click (GTK_WIDGET (self->units[i]), FALSE);
    gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->units[i]));
  }
  gtk_toggle_button_set_active (self->units[0], TRUE);
  for (guint i = 0; i < DIO_REVIEW_N_UNITS; i++)
    g_signal_connect_object (self->units[i], "toggled", G_CALLBACK (unit_toggled_cb), self, 0);
  return box;
}

static GtkWidget *
build_order (DioDeskFilters *self)
{
  const char *names[G_N_ELEMENTS (sorted) + 2] = { _ ("Stored order") };
  for (guint i = 0; i < G_N_ELEMENTS (sorted); i++)
    names[i + 1] = g_dgettext ("diorama", dio_review_field_get_info (sorted[i])->label);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->order = GTK_DROP_DOWN (gtk_drop_down_new_from_strings (names));
  gtk_widget_set_hexpand (GTK_WIDGET (self->order), TRUE);
  dio_desk_text_name (GTK_WIDGET (self->order), _ ("Sort By"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->order), _ ("Sort By"));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->order));
  self->descending = GTK_TOGGLE_BUTTON (gtk_toggle_button_new ());
  gtk_button_set_icon_name (GTK_BUTTON (self->descending), "view-sort-descending-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->descending), _ ("Highest First"));
  dio_desk_text_name (GTK_WIDGET (self->descending), _ ("Highest First"));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->descending));
  g_signal_connect_object (self->order, "notify::selected", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->descending, "toggled", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  return box;
}

static DioDeskChoices *
add_choices (DioDeskFilters *self, GtkBox *box, const char *title)
{
  GtkWidget *choices = dio_desk_choices_new (title);
  g_signal_connect_object (choices, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (box, choices);
  return DIO_DESK_CHOICES (choices);
}

static void
add_histograms (DioDeskFilters *self, GtkBox *box)
{
  for (guint i = 0; i < G_N_ELEMENTS (brushed); i++) {
    const DioReviewFieldInfo *info = dio_review_field_get_info (brushed[i]);
    const char *label = g_dgettext ("diorama", info->label);
    gtk_box_append (box, dio_desk_text_heading (label));
    GtkWidget *histogram = dio_histogram_new ();
    self->histograms[i] = DIO_HISTOGRAM (histogram);
    dio_histogram_set_brushable (self->histograms[i], TRUE);
    dio_histogram_set_unit (self->histograms[i], info->unit);
    dio_desk_text_name (histogram, label);
    gtk_widget_set_size_request (histogram, -1, 64);
    g_signal_connect_object (histogram, "brush-changed", G_CALLBACK (brushed_cb), self, 0);
    g_signal_connect_object (histogram, "brush-committed", G_CALLBACK (brushed_cb), self, 0);
    gtk_box_append (box, histogram);
  }
}

static void
add_criteria (DioDeskFilters *self, GtkBox *box)
{
  const char *states[DIO_REVIEW_N_STATES + 1] = { NULL };
  for (guint i = 0; i < DIO_REVIEW_N_STATES; i++)
    states[i] = dio_desk_text_state ((DioReviewState) i);
  self->states = add_choices (self, box, _ ("Verdict"));
  dio_desk_choices_set_labels (self->states, states, NULL);

  gtk_box_append (box, dio_desk_text_heading (_ ("Self-Checks")));
  const char *checks[] = { _ ("Any"), _ ("Passed"), _ ("Failed"), NULL };
  self->checks = GTK_DROP_DOWN (gtk_drop_down_new_from_strings (checks));
  dio_desk_text_name (GTK_WIDGET (self->checks), _ ("Self-Checks"));
  g_signal_connect_object (self->checks, "notify::selected", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (box, GTK_WIDGET (self->checks));

  self->categories = add_choices (self, box, _ ("Category"));
  self->sensors = add_choices (self, box, _ ("Sensor"));
  gtk_widget_set_visible (GTK_WIDGET (self->sensors), FALSE);
  const char *policies[] = { dio_desk_text_policy (DIO_VERDICT_KEEP),
                             dio_desk_text_policy (DIO_VERDICT_IGNORE),
                             dio_desk_text_policy (DIO_VERDICT_DROP), NULL };
  self->policies = add_choices (self, box, _ ("In an Export"));
  dio_desk_choices_set_labels (self->policies, policies, NULL);
  add_histograms (self, box);
}

static GtkWidget *
build_foot (DioDeskFilters *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_margin_start (box, MARGIN_PX);
  gtk_widget_set_margin_end (box, 6);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  self->shown = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->shown, PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (self->shown, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->shown), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->shown), "numeric");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->shown));
  self->clear = gtk_button_new_with_label (_ ("Clear"));
  gtk_widget_set_tooltip_text (self->clear, _ ("Show Everything"));
  gtk_widget_add_css_class (self->clear, "flat");
  gtk_widget_set_sensitive (self->clear, FALSE);
  g_signal_connect_object (self->clear, "clicked", G_CALLBACK (dio_desk_filters_clear), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->clear);
  return box;
}

static void
build (DioDeskFilters *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_margin_start (box, MARGIN_PX);
  gtk_widget_set_margin_end (box, MARGIN_PX);
  gtk_widget_set_margin_top (box, MARGIN_PX);
  gtk_widget_set_margin_bottom (box, MARGIN_PX);
  gtk_box_append (GTK_BOX (box), build_units (self));
  self->search = GTK_EDITABLE (gtk_search_entry_new ());
  g_object_set (self->search, "placeholder-text", _ ("Search"), NULL);
  dio_desk_text_name (GTK_WIDGET (self->search), _ ("Search"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->search),
                               _ ("Frame, sensor, category, object, reason, comment or tag"));
  g_signal_connect_object (self->search, "changed", G_CALLBACK (changed_soon), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->search));
  gtk_box_append (GTK_BOX (box), build_order (self));
  self->extra_chip = dio_chip_new ("");
  dio_chip_set_removable (DIO_CHIP (self->extra_chip), TRUE);
  gtk_widget_set_visible (self->extra_chip, FALSE);
  g_signal_connect_object (self->extra_chip, "removed", G_CALLBACK (extra_removed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->extra_chip);
  add_criteria (self, GTK_BOX (box));

  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (self), scrolled);
  gtk_box_append (GTK_BOX (self), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (self), build_foot (self));
}

static void
dio_desk_filters_dispose (GObject *object)
{
  g_clear_handle_id (&DIO_DESK_FILTERS (object)->settle, g_source_remove);
  G_OBJECT_CLASS (dio_desk_filters_parent_class)->dispose (object);
}

static void
dio_desk_filters_finalize (GObject *object)
{
  dio_review_filter_clear (&DIO_DESK_FILTERS (object)->extra);
  G_OBJECT_CLASS (dio_desk_filters_parent_class)->finalize (object);
}

static void
dio_desk_filters_class_init (DioDeskFiltersClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dio_desk_filters_dispose;
  G_OBJECT_CLASS (klass)->finalize = dio_desk_filters_finalize;
  GType type = G_TYPE_FROM_CLASS (klass);
  signals[CHANGED] =
      g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[UNIT_CHANGED] =
      g_signal_new ("unit-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dio_desk_filters_init (DioDeskFilters *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_size_request (GTK_WIDGET (self), WIDTH_PX, -1);
  gtk_widget_set_hexpand (GTK_WIDGET (self), FALSE);
  dio_review_filter_init (&self->extra);
  build (self);
}

GtkWidget *
dio_desk_filters_new (void)
{
  return g_object_new (DIO_TYPE_DESK_FILTERS, NULL);
}
