#define G_LOG_DOMAIN "dio-randomizers"

#include "dio-distribution-field.h"

#include "dio-curve-view.h"
#include "dio-number-field.h"
#include "dio-randomizer-words.h"
#include "dio-scene-distribution.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define N_KINDS (DIO_DISTRIBUTION_BOOLEAN + 1)
#define CURVE_HEIGHT_PX 72

/** A number of a distribution: where it stands and for which kinds. */
typedef struct {
  const char *label;
  gsize offset;
  guint kinds;       /**< bits 1 << DioDistributionKind */
  gboolean own_unit; /**< FALSE: a pure number (probability) */
} Number;

#define BIT(kind) (1u << (kind))
#define RANGED                                                                                     \
  (BIT (DIO_DISTRIBUTION_UNIFORM) | BIT (DIO_DISTRIBUTION_LOG_UNIFORM)                             \
   | BIT (DIO_DISTRIBUTION_INTEGER))

static const Number numbers[] = {
  { N_ ("Value"), G_STRUCT_OFFSET (DioDistribution, value), BIT (DIO_DISTRIBUTION_CONSTANT), TRUE },
  { N_ ("Mean"), G_STRUCT_OFFSET (DioDistribution, mean), BIT (DIO_DISTRIBUTION_NORMAL), TRUE },
  { N_ ("Deviation"), G_STRUCT_OFFSET (DioDistribution, stddev), BIT (DIO_DISTRIBUTION_NORMAL),
    TRUE },
  { N_ ("From"), G_STRUCT_OFFSET (DioDistribution, min), RANGED, TRUE },
  { N_ ("To"), G_STRUCT_OFFSET (DioDistribution, max), RANGED, TRUE },
  { N_ ("Probability"), G_STRUCT_OFFSET (DioDistribution, probability),
    BIT (DIO_DISTRIBUTION_BOOLEAN), FALSE },
};

struct _DioDistributionField {
  GtkBox parent_instance;

  DioDistribution *distribution; /**< owned, never NULL after set */
  double min, max;               /**< what values may be */
  gboolean updating;
  GtkDropDown *kind;
  DioCurveView *curve;
  DioNumberField *fields[G_N_ELEMENTS (numbers)];
  GtkEntry *choices;
  char *unit;
};

G_DEFINE_FINAL_TYPE (DioDistributionField, dio_distribution_field, GTK_TYPE_BOX)

enum { CHANGED, COMMITTED, N_SIGNALS };

static guint signals[N_SIGNALS];

static double *
get_number (DioDistributionField *self, guint i)
{
  return &G_STRUCT_MEMBER (double, self->distribution, numbers[i].offset);
}

/* "red, blue*2, green": values with weights. */
static char *
choices_to_text (const DioDistribution *d)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < d->n_choices; i++) {
    char buffer[G_ASCII_DTOSTR_BUF_SIZE];
    g_string_append (text, i > 0 ? ", " : "");
    g_string_append (text, d->strings != NULL
                               ? d->strings[i]
                               : g_ascii_formatd (buffer, sizeof buffer, "%.6g", d->numbers[i]));
    if (d->weights != NULL)
      g_string_append_printf (text, "*%s",
                              g_ascii_formatd (buffer, sizeof buffer, "%.4g", d->weights[i]));
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The reverse; FALSE where the text is no list of at least one value. */
static gboolean
choices_from_text (DioDistribution *d, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", DIO_DISTRIBUTION_MAX_CHOICES);
  guint n = g_strv_length (parts);
  g_autofree double *values = g_new0 (double, n + 1), *weights = g_new0 (double, n + 1);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  gboolean all_numbers = TRUE, any_weight = FALSE;
  for (guint i = 0; i < n; i++) {
    char *part = g_strstrip (parts[i]), *end = NULL, *star = strrchr (part, '*');
    weights[i] = 1;
    if (star != NULL) {
      weights[i] = g_ascii_strtod (star + 1, &end);
      if (end == star + 1 || *end != '\0' || !(weights[i] >= 0))
        return FALSE;
      *star = '\0';
      any_weight = TRUE;
    }
    if (part[0] == '\0')
      return FALSE;
    values[i] = g_ascii_strtod (part, &end);
    all_numbers = all_numbers && *end == '\0' && isfinite (values[i]);
    g_strv_builder_add (names, part);
  }
  if (n == 0)
    return FALSE;
  g_free (d->numbers);
  g_strfreev (d->strings);
  g_free (d->weights);
  d->n_choices = n;
  d->numbers = all_numbers ? g_steal_pointer (&values) : NULL;
  d->strings = all_numbers ? NULL : g_strv_builder_end (names);
  d->weights = any_weight ? g_steal_pointer (&weights) : NULL;
  return TRUE;
}

static void
show_curve (DioDistributionField *self)
{
  const DioDistribution *d = self->distribution;
  gboolean handles = (BIT (d->kind) & RANGED) != 0;
  dio_curve_view_set_distribution (self->curve, d, NAN, NAN);
  dio_curve_view_set_handles (self->curve, handles, d->min, d->max);
  gtk_widget_set_visible (GTK_WIDGET (self->curve), d->kind != DIO_DISTRIBUTION_CONSTANT);
}

static void
show_all (DioDistributionField *self)
{
  const DioDistribution *d = self->distribution;
  self->updating = TRUE;
  gtk_drop_down_set_selected (self->kind, d->kind);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++) {
    gboolean shown = (numbers[i].kinds & BIT (d->kind)) != 0;
    gtk_widget_set_visible (GTK_WIDGET (self->fields[i]), shown);
    dio_number_field_set_digits (self->fields[i], d->kind == DIO_DISTRIBUTION_INTEGER ? 0 : -1);
    if (shown)
      dio_number_field_set_value (self->fields[i], *get_number (self, i));
  }
  gtk_widget_set_visible (GTK_WIDGET (self->choices), d->kind == DIO_DISTRIBUTION_CHOICE);
  if (d->kind == DIO_DISTRIBUTION_CHOICE) {
    g_autofree char *text = choices_to_text (d);
    gtk_editable_set_text (GTK_EDITABLE (self->choices), text);
    gtk_widget_remove_css_class (GTK_WIDGET (self->choices), "error");
  }
  show_curve (self);
  self->updating = FALSE;
}

static double
clamp (DioDistributionField *self, double value)
{
  return CLAMP (value, self->min, self->max);
}

/* Another kind over about the same values. */
static void
convert (DioDistributionField *self, DioDistributionKind kind)
{
  DioDistribution *d = self->distribution;
  double low, high;
  dio_distribution_get_range (d, &low, &high);
  if (!isfinite (low) || !isfinite (high)) {
    low = d->mean - 2 * d->stddev;
    high = d->mean + 2 * d->stddev;
  }
  if (!(high > low)) {
    double span = low != 0 ? fabs (low) * 0.2 : 1;
    high = low + span;
    low -= span;
  }
  low = clamp (self, low);
  high = clamp (self, high);
  d->kind = kind;
  d->value = d->mean = clamp (self, (low + high) / 2);
  d->stddev = (high - low) / 4;
  d->min = kind == DIO_DISTRIBUTION_NORMAL ? -INFINITY : low;
  d->max = kind == DIO_DISTRIBUTION_NORMAL ? INFINITY : high;
  if (kind == DIO_DISTRIBUTION_LOG_UNIFORM) {
    d->min = low > 0 ? low : (high > 0 ? high / 100 : 0.01);
    d->max = high > d->min ? high : clamp (self, d->min * 2);
  } else if (kind == DIO_DISTRIBUTION_INTEGER) {
    d->min = ceil (low);
    d->max = MAX (floor (high), d->min);
  } else if (kind == DIO_DISTRIBUTION_BOOLEAN) {
    d->probability = 0.5;
  } else if (kind == DIO_DISTRIBUTION_CHOICE && d->n_choices == 0) {
    d->n_choices = 2;
    d->numbers = g_new (double, 2);
    d->numbers[0] = low;
    d->numbers[1] = high;
  }
}

static void
kind_cb (DioDistributionField *self)
{
  guint kind = gtk_drop_down_get_selected (self->kind);
  if (self->updating || kind >= N_KINDS || (DioDistributionKind) kind == self->distribution->kind)
    return;
  convert (self, (DioDistributionKind) kind);
  show_all (self);
  g_signal_emit (self, signals[CHANGED], 0);
  g_signal_emit (self, signals[COMMITTED], 0);
}

static guint
find_field (DioDistributionField *self, gpointer field)
{
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if ((gpointer) self->fields[i] == field)
      return i;
  g_assert_not_reached ();
}

/* Keeps min <= max by pushing the other end along. */
static void
order_ends (DioDistributionField *self, gboolean low_moved)
{
  DioDistribution *d = self->distribution;
  if ((BIT (d->kind) & RANGED) == 0 || d->min <= d->max)
    return;
  if (low_moved)
    d->max = d->min;
  else
    d->min = d->max;
}

static void
number_changed_cb (DioNumberField *field, double value, DioDistributionField *self)
{
  guint i = find_field (self, field);
  gboolean low = numbers[i].offset == G_STRUCT_OFFSET (DioDistribution, min);
  if (self->updating)
    return;
  *get_number (self, i) = value;
  order_ends (self, low);
  show_all (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
committed_cb (DioDistributionField *self)
{
  g_signal_emit (self, signals[COMMITTED], 0);
}

static void
range_changed_cb (DioDistributionField *self, double min, double max)
{
  self->distribution->min = clamp (self, min);
  self->distribution->max = clamp (self, max);
  if (self->distribution->kind == DIO_DISTRIBUTION_INTEGER) {
    self->distribution->min = round (self->distribution->min);
    self->distribution->max = round (self->distribution->max);
  }
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if ((numbers[i].kinds & BIT (self->distribution->kind)) != 0)
      dio_number_field_set_value (self->fields[i], *get_number (self, i));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
range_committed_cb (DioDistributionField *self, double min, double max)
{
  range_changed_cb (self, min, max);
  show_all (self);
  g_signal_emit (self, signals[COMMITTED], 0);
}

static void
choices_cb (DioDistributionField *self)
{
  if (self->updating)
    return;
  if (!choices_from_text (self->distribution,
                          gtk_editable_get_text (GTK_EDITABLE (self->choices)))) {
    gtk_widget_add_css_class (GTK_WIDGET (self->choices), "error");
    return;
  }
  gtk_widget_remove_css_class (GTK_WIDGET (self->choices), "error");
  show_curve (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
dio_distribution_field_set (DioDistributionField *self, const DioDistribution *distribution)
{
  g_return_if_fail (DIO_IS_DISTRIBUTION_FIELD (self) && distribution != NULL);

  DioDistribution *copy = dio_distribution_copy (distribution);
  dio_distribution_free (self->distribution);
  self->distribution = copy;
  show_all (self);
}

const DioDistribution *
dio_distribution_field_get (DioDistributionField *self)
{
  g_return_val_if_fail (DIO_IS_DISTRIBUTION_FIELD (self), NULL);

  return self->distribution;
}

void
dio_distribution_field_set_samples (DioDistributionField *self, const double *values, guint n)
{
  g_return_if_fail (DIO_IS_DISTRIBUTION_FIELD (self));

  dio_curve_view_set_samples (self->curve, values, n);
}

static void
build_numbers (DioDistributionField *self, const char *unit)
{
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++) {
    GtkWidget *field = dio_number_field_new (_ (numbers[i].label), numbers[i].own_unit ? unit : "");
    self->fields[i] = DIO_NUMBER_FIELD (field);
    dio_number_field_set_label_chars (self->fields[i], DIO_RANDOMIZER_LABEL_CHARS);
    if (!numbers[i].own_unit)
      dio_number_field_set_range (self->fields[i], 0, 1);
    else if (numbers[i].offset == G_STRUCT_OFFSET (DioDistribution, stddev))
      dio_number_field_set_range (self->fields[i], 0, INFINITY);
    else
      dio_number_field_set_range (self->fields[i], self->min, self->max);
    g_signal_connect_object (field, "changed", G_CALLBACK (number_changed_cb), self, 0);
    g_signal_connect_object (field, "committed", G_CALLBACK (committed_cb), self,
                             G_CONNECT_SWAPPED);
    gtk_box_append (GTK_BOX (self), field);
  }
}

static void
build (DioDistributionField *self, const char *label, const char *unit)
{
  GtkStringList *kinds = gtk_string_list_new (NULL);
  for (guint i = 0; i < N_KINDS; i++)
    gtk_string_list_append (kinds, dio_randomizer_kind_label ((DioDistributionKind) i));
  g_autofree char *name = g_strdup_printf (_ ("Distribution of %s"), label);
  self->kind = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (kinds), NULL));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->kind), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  g_signal_connect_object (self->kind, "notify::selected", G_CALLBACK (kind_cb), self,
                           G_CONNECT_SWAPPED);

  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *title = gtk_label_new (label);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (title, "heading");
  gtk_box_append (GTK_BOX (line), title);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->kind));
  gtk_box_append (GTK_BOX (self), line);

  self->curve = DIO_CURVE_VIEW (dio_curve_view_new ());
  gtk_widget_set_size_request (GTK_WIDGET (self->curve), -1, CURVE_HEIGHT_PX);
  dio_curve_view_set_unit (self->curve, unit);
  dio_curve_view_set_limits (self->curve, self->min, self->max);
  g_signal_connect_object (self->curve, "range-changed", G_CALLBACK (range_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->curve, "range-committed", G_CALLBACK (range_committed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->curve));
  build_numbers (self, unit);

  self->choices = GTK_ENTRY (gtk_entry_new ());
  gtk_entry_set_placeholder_text (self->choices, _ ("red, blue*2, green"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->choices),
                               _ ("Values separated by commas; *2 makes one twice as likely"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->choices), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Values to Choose From"), -1);
  g_signal_connect_object (self->choices, "changed", G_CALLBACK (choices_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->choices, "activate", G_CALLBACK (committed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->choices));
}

static void
dio_distribution_field_finalize (GObject *object)
{
  dio_distribution_free (DIO_DISTRIBUTION_FIELD (object)->distribution);
  G_OBJECT_CLASS (dio_distribution_field_parent_class)->finalize (object);
}

static void
dio_distribution_field_class_init (DioDistributionFieldClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dio_distribution_field_finalize;
  signals[CHANGED] = g_signal_new ("changed", DIO_TYPE_DISTRIBUTION_FIELD, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[COMMITTED] = g_signal_new ("committed", DIO_TYPE_DISTRIBUTION_FIELD, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dio_distribution_field_init (DioDistributionField *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  self->distribution = g_new0 (DioDistribution, 1);
}

GtkWidget *
dio_distribution_field_new (const char *label, const char *unit, double min, double max)
{
  g_return_val_if_fail (label != NULL && unit != NULL, NULL);

  DioDistributionField *self = g_object_new (DIO_TYPE_DISTRIBUTION_FIELD, NULL);
  gboolean any = min == 0 && max == 0;
  self->min = any ? -INFINITY : min;
  self->max = any ? INFINITY : max;
  build (self, label, unit);
  return GTK_WIDGET (self);
}
