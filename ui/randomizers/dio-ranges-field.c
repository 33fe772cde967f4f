#define G_LOG_DOMAIN "dio-randomizers"

#include "dio-ranges-field.h"

#include "dio-number-field.h"
#include "dio-randomizer-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* How wide a new range is, as a share of what the values can be. */
#define NEW_SHARE 0.2

struct _DioRangesField {
  GtkBox parent_instance;

  const DioParamInfo *info;
  GArray *ranges; /**< of DioWeightedRange */
  GtkBox *lines;
};

G_DEFINE_FINAL_TYPE (DioRangesField, dio_ranges_field, GTK_TYPE_BOX)

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/** One number of one range: what a field writes to. */
typedef struct {
  DioRangesField *self;
  guint index;
  gsize offset;
} Place;

static void rebuild (DioRangesField *self);

static void
free_place (gpointer data, GClosure *closure)
{
  g_free (data);
}

static gboolean
is_sound (const DioRangesField *self)
{
  double sum = 0;
  for (guint i = 0; i < self->ranges->len; i++) {
    const DioWeightedRange *range = &g_array_index (self->ranges, DioWeightedRange, i);
    if (!(range->min < range->max))
      return FALSE;
    sum += range->weight;
  }
  return sum > 0;
}

/* What is half typed is not told: a range from 0.9 to 0.3 is no range yet. */
static void
write_number (const Place *place, double value, gboolean over)
{
  DioWeightedRange *range = &g_array_index (place->self->ranges, DioWeightedRange, place->index);
  *(double *) (void *) ((char *) range + place->offset) = value;
  if (is_sound (place->self))
    g_signal_emit (place->self, signals[CHANGED], 0, over);
}

static void
changed_cb (DioNumberField *field, double value, const Place *place)
{
  write_number (place, value, FALSE);
}

static void
committed_cb (DioNumberField *field, double value, const Place *place)
{
  write_number (place, value, TRUE);
}

static void
add_number (DioRangesField *self, GtkWidget *line, guint index, const char *label, gsize offset)
{
  static const char *const signs[] = { "≥", "≤", "×" };
  const DioWeightedRange *range = &g_array_index (self->ranges, DioWeightedRange, index);
  g_autofree char *name = g_strdup_printf (C_ ("range", "%s of Range %u"), label, index + 1);
  GtkWidget *field = dio_number_field_new (name, "");
  gboolean weight = offset == offsetof (DioWeightedRange, weight);
  /* Three numbers side by side leave no room for words. */
  dio_number_field_set_short_label (DIO_NUMBER_FIELD (field), signs[offset / sizeof (double)]);
  gtk_widget_set_tooltip_text (field, name);
  dio_number_field_set_range (DIO_NUMBER_FIELD (field), weight ? 0 : self->info->min,
                              weight ? INFINITY : self->info->max);
  dio_number_field_set_value (DIO_NUMBER_FIELD (field),
                              *(const double *) (const void *) ((const char *) range + offset));
  for (guint i = 0; i < 2; i++) {
    Place *place = g_new (Place, 1);
    *place = (Place){ self, index, offset };
    g_signal_connect_data (field, i == 0 ? "changed" : "committed",
                           i == 0 ? G_CALLBACK (changed_cb) : G_CALLBACK (committed_cb), place,
                           free_place, 0);
  }
  gtk_widget_set_hexpand (field, TRUE);
  gtk_box_append (GTK_BOX (line), field);
}

static void
remove_cb (GtkWidget *button, DioRangesField *self)
{
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "range"));
  g_array_remove_index (self->ranges, index);
  rebuild (self);
  if (is_sound (self))
    g_signal_emit (self, signals[CHANGED], 0, TRUE);
}

static GtkWidget *
new_line (DioRangesField *self, guint index)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  add_number (self, line, index, _ ("From"), offsetof (DioWeightedRange, min));
  add_number (self, line, index, _ ("To"), offsetof (DioWeightedRange, max));
  add_number (self, line, index, _ ("Weight"), offsetof (DioWeightedRange, weight));
  GtkWidget *remove = gtk_button_new_from_icon_name ("list-remove-symbolic");
  g_autofree char *name = g_strdup_printf (_ ("Remove Range %u"), index + 1);
  gtk_widget_set_tooltip_text (remove, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_sensitive (remove, self->ranges->len > 1);
  g_object_set_data (G_OBJECT (remove), "range", GUINT_TO_POINTER (index));
  g_signal_connect (remove, "clicked", G_CALLBACK (remove_cb), self);
  gtk_box_append (GTK_BOX (line), remove);
  return line;
}

static void
rebuild (DioRangesField *self)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->lines))) != NULL)
    gtk_box_remove (self->lines, child);
  for (guint i = 0; i < self->ranges->len; i++)
    gtk_box_append (self->lines, new_line (self, i));
}

/* A new one lies below the lowest, or at the lower end where there is no room. */
static void
add_cb (DioRangesField *self)
{
  double low = self->info->min, width = NEW_SHARE * (self->info->max - low);
  double lowest = self->info->max;
  for (guint i = 0; i < self->ranges->len; i++)
    lowest = fmin (lowest, g_array_index (self->ranges, DioWeightedRange, i).min);
  double top = lowest > low ? lowest : low + width;
  DioWeightedRange range = { fmax (top - width, low), top, 1 };
  g_array_append_val (self->ranges, range);
  rebuild (self);
  g_signal_emit (self, signals[CHANGED], 0, TRUE);
}

json_t *
dio_ranges_field_dup_json (DioRangesField *self)
{
  g_return_val_if_fail (DIO_IS_RANGES_FIELD (self), NULL);

  json_t *json = json_array ();
  for (guint i = 0; i < self->ranges->len; i++) {
    const DioWeightedRange *range = &g_array_index (self->ranges, DioWeightedRange, i);
    json_array_append_new (json, json_pack ("{s:f, s:f, s:f}", "min", range->min, "max", range->max,
                                            "weight", range->weight));
  }
  return json;
}

static void
dio_ranges_field_finalize (GObject *object)
{
  g_array_unref (DIO_RANGES_FIELD (object)->ranges);
  G_OBJECT_CLASS (dio_ranges_field_parent_class)->finalize (object);
}

static void
dio_ranges_field_class_init (DioRangesFieldClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dio_ranges_field_finalize;
  signals[CHANGED] = g_signal_new ("changed", DIO_TYPE_RANGES_FIELD, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
dio_ranges_field_init (DioRangesField *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  self->ranges = g_array_new (FALSE, FALSE, sizeof (DioWeightedRange));
}

GtkWidget *
dio_ranges_field_new (const DioParamInfo *info, const GArray *ranges)
{
  g_return_val_if_fail (info != NULL, NULL);

  DioRangesField *self = g_object_new (DIO_TYPE_RANGES_FIELD, NULL);
  self->info = info;
  if (ranges != NULL)
    g_array_append_vals (self->ranges, ranges->data, ranges->len);
  GtkWidget *title = gtk_label_new (dio_randomizer_param_label (info->name));
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "heading");
  gtk_box_append (GTK_BOX (self), title);
  self->lines = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->lines));
  GtkWidget *add = gtk_button_new_with_label (_ ("Add Range"));
  gtk_widget_set_halign (add, GTK_ALIGN_START);
  g_signal_connect_object (add, "clicked", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self), add);
  rebuild (self);
  return GTK_WIDGET (self);
}
