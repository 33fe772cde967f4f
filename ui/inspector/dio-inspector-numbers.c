#define G_LOG_DOMAIN "dio-inspector"

/* Numbers and vectors: one number field, or three on a line under their name. */

#include "dio-inspector-row-private.h"

#include "dio-base-json.h"
#include "dio-edit-bind.h"
#include "dio-edit-quantity.h"
#include "dio-edit-shift.h"
#include "dio-inspector-drawn-private.h"
#include "dio-number-field.h"
#include "dio-randomize-distribution.h"
#include "dio-scene-distribution.h"
#include "dio-scene-edit.h"
#include "dio-scene-randomizer.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static guint
get_size (DioInspectorRow *row)
{
  return dio_property_type_get_size (dio_inspector_row_get_info (row)->type);
}

static guint
get_index (GtkWidget *field)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (field), "index"));
}

static const char *const *
get_ids (DioInspectorRow *row)
{
  return dio_selection_get_ids (dio_session_get_selection (dio_inspector_row_get_session (row)));
}

/* -- What is drawn -- */

/* While a drawn number is changed by hand: what its ranges have been shifted to. */
#define KEY_APPLIED "applied"

static void
set_applied (GtkWidget *field, const double *value)
{
  double *copy = value != NULL ? g_memdup2 (value, sizeof *value) : NULL;
  g_object_set_data_full (G_OBJECT (field), KEY_APPLIED, copy, g_free);
}

/* In the frame's view a number that is drawn follows the hand by its range; every randomizer is shifted once. */
static DioScenario *
shift_drawn (DioInspectorRow *row, double amount, GError **error)
{
  DioSession *session = dio_inspector_row_get_session (row);
  const char *const *ids = get_ids (row);
  const DioEditShift shift = { .path = dio_inspector_row_get_path (row),
                               .amount = amount,
                               .factor = 1 };
  g_autoptr (DioScenario) edited = dio_scenario_ref (dio_session_get_scenario (session));
  g_autoptr (GHashTable) done = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; ids[i] != NULL; i++) {
    const DioRandomizer *drawing = dio_edit_find_drawing (edited, ids[i], shift.path);
    if (drawing == NULL || !g_hash_table_add (done, g_strdup (drawing->id)))
      continue;
    DioScenario *next = dio_edit_shift_drawn (edited, ids[i], &shift, error);
    if (next == NULL)
      return NULL;
    dio_scenario_unref (edited);
    edited = next;
  }
  return g_steal_pointer (&edited);
}

/* FALSE where the number of the document itself is meant. */
static gboolean
change_drawn (DioNumberField *field, double value, DioInspectorRow *row)
{
  DioSession *session = dio_inspector_row_get_session (row);
  const char *active = dio_selection_get_active (dio_session_get_selection (session));
  const double *applied = g_object_get_data (G_OBJECT (field), KEY_APPLIED);
  DioPropertyValue shown;
  if (active == NULL || get_size (row) != 1 || !dio_inspector_row_is_drawn (row)
      || !dio_inspector_get_drawn (session, active, dio_inspector_row_get_path (row), &shown)
      || dio_edit_find_drawing (dio_session_get_scenario (session), active,
                                dio_inspector_row_get_path (row))
             == NULL)
    return FALSE;
  g_autoptr (GError) error = NULL;
  DioScenario *next =
      shift_drawn (row, value - (applied != NULL ? *applied : shown.number[0]), &error);
  /* What has no range of its own is refused as all else that is drawn. */
  if (next == NULL)
    return FALSE;
  set_applied (GTK_WIDGET (field), &value);
  dio_inspector_row_commit_shift (row, next);
  return TRUE;
}

/* -- Changing -- */

static void
changed_cb (DioNumberField *field, double value, DioInspectorRow *row)
{
  if (dio_inspector_row_is_showing (row) || change_drawn (field, value, row))
    return;
  if (get_size (row) == 1) {
    gboolean whole = dio_inspector_row_get_info (row)->type == DIO_PROPERTY_INTEGER;
    json_t *json = whole ? json_integer ((json_int_t) llround (value)) : json_real (value);
    dio_inspector_row_commit (row, json, TRUE);
    return;
  }
  g_autoptr (GError) error = NULL;
  DioSession *session = dio_inspector_row_get_session (row);
  DioScenario *next = dio_inspector_with_component (dio_session_get_scenario (session),
                                                    get_ids (row), dio_inspector_row_get_path (row),
                                                    get_index (GTK_WIDGET (field)), value, &error);
  dio_inspector_row_commit_scenario (row, next, error, TRUE);
}

static void
committed_cb (DioNumberField *field, double value, DioInspectorRow *row)
{
  set_applied (GTK_WIDGET (field), NULL);
  dio_inspector_row_end (row);
}

static void
reset_cb (DioNumberField *field, DioInspectorRow *row)
{
  if (get_size (row) == 1) {
    dio_inspector_row_commit (row, NULL, FALSE);
    return;
  }
  changed_cb (field, dio_inspector_row_get_info (row)->default_value, row);
  dio_inspector_row_end (row);
}

static void
dice_cb (DioNumberField *field, DioInspectorRow *row)
{
  dio_inspector_row_roll (row);
}

static gboolean
is_relative (const char *text)
{
  while (g_ascii_isspace (*text))
    text++;
  return text[0] == '*' || (text[0] != '\0' && strchr ("+-/", text[0]) != NULL && text[1] == '=');
}

/* "+=10%" on many nodes means ten per cent of each one's own value. */
static gboolean
entered_cb (DioNumberField *field, const char *text, DioInspectorRow *row)
{
  const char *const *ids = get_ids (row);
  const DioPropertyInfo *info = dio_inspector_row_get_info (row);
  if (ids[0] == NULL || ids[1] == NULL || !is_relative (text))
    return FALSE;
  const char *path = dio_inspector_row_get_path (row);
  guint index = get_index (GTK_WIDGET (field));
  g_autoptr (GError) error = NULL;
  g_autoptr (DioScenario) edited =
      dio_scenario_ref (dio_session_get_scenario (dio_inspector_row_get_session (row)));
  for (guint i = 0; edited != NULL && ids[i] != NULL; i++) {
    const char *one[] = { ids[i], NULL };
    const DioNode *node = dio_scenario_find_node (edited, ids[i]);
    DioPropertyValue old;
    double value;
    DioScenario *next = NULL;
    if (!dio_node_get_property (node, path, &old, NULL))
      old.number[index] = info->default_value;
    if (dio_edit_quantity_parse (text, info->unit, old.number[index], &value, &error)) {
      g_autoptr (json_t) json = json_real (value);
      next = get_size (row) == 1
                 ? dio_scenario_with_properties (edited, one, path, json, &error)
                 : dio_inspector_with_component (edited, one, path, index, value, &error);
    }
    dio_scenario_unref (edited);
    edited = next;
  }
  dio_inspector_row_commit_scenario (row, g_steal_pointer (&edited), error, FALSE);
  return TRUE;
}

static gboolean
differs (double value, double other)
{
  return !(fabs (value - other) <= 1e-12 * MAX (fabs (value), fabs (other)));
}

#define N_BINS 40

/* The distribution that draws the property of the active node; NULL where none alone does. */
static const DioDistribution *
find_distribution (DioInspectorRow *row)
{
  DioSession *session = dio_inspector_row_get_session (row);
  const char *active = dio_selection_get_active (dio_session_get_selection (session));
  return active != NULL ? dio_edit_find_drawn_distribution (
             dio_session_get_scenario (session), active, dio_inspector_row_get_path (row))
                        : NULL;
}

/* The range behind the number. */
static void
show_range (DioInspectorRow *row, DioNumberField *field)
{
  const DioDistribution *distribution =
      dio_inspector_row_is_bound (row) ? find_distribution (row) : NULL;
  double min = 0, max = 0, density[N_BINS];
  if (distribution != NULL)
    dio_distribution_get_range (distribution, &min, &max);
  /* Of a bell without ends what lies beyond three deviations is hardly drawn. */
  if (distribution != NULL && distribution->kind == DIO_DISTRIBUTION_NORMAL) {
    min = MAX (min, distribution->mean - 3 * distribution->stddev);
    max = MIN (max, distribution->mean + 3 * distribution->stddev);
  }
  if (!(max > min) || isinf (max - min)) {
    dio_number_field_set_sparkline (field, NULL, 0, 0, 0);
    return;
  }
  for (guint i = 0; i < N_BINS; i++)
    density[i] = dio_distribution_density (distribution, min + (max - min) * (i + 0.5) / N_BINS);
  /* Single values have no density between them. */
  gboolean even = distribution->kind >= DIO_DISTRIBUTION_CHOICE;
  dio_number_field_set_sparkline (field, even ? NULL : density, N_BINS, min, max);
}

/* In Frame view the numbers are the frame's own. */
static const double *
find_drawn (DioInspectorRow *row, DioPropertyValue *value)
{
  DioSession *session = dio_inspector_row_get_session (row);
  const char *active = dio_selection_get_active (dio_session_get_selection (session));
  gboolean drawn =
      dio_inspector_row_is_drawn (row)
      && dio_inspector_get_drawn (session, active, dio_inspector_row_get_path (row), value);
  return drawn ? value->number : NULL;
}

static void
show_numbers (DioInspectorRow *row, const DioInspectorValue *value)
{
  DioPropertyValue frame;
  const double *drawn = find_drawn (row, &frame);
  GtkWidget **fields = dio_inspector_row_get_fields (row);
  gboolean can_bind = dio_inspector_row_can_bind (row), bound = dio_inspector_row_is_bound (row);
  guint n = get_size (row);
  for (guint i = 0; i < n; i++) {
    DioNumberField *field = DIO_NUMBER_FIELD (fields[i]);
    dio_number_field_set_range (field, value->min, value->max);
    double number = drawn != NULL ? drawn[i] : value->number[i];
    if (value->own && drawn == NULL)
      dio_number_field_set_value (field, NAN);
    else if (differs (dio_number_field_get_value (field), number)
             || dio_number_field_get_mixed (field))
      dio_number_field_set_value (field, number);
    dio_number_field_set_mixed (field, drawn == NULL && (value->mixed & (1u << i)) != 0);
    dio_number_field_set_drawn (field, drawn != NULL);
    if (n > 1)
      continue;
    dio_number_field_set_dice (field, can_bind, bound);
    show_range (row, field);
  }
}

static GtkWidget *
create_field (DioInspectorRow *row, const char *label, const char *short_label, guint index)
{
  const DioPropertyInfo *info = dio_inspector_row_get_info (row);
  GtkWidget *field = dio_number_field_new (label, info->unit);
  if (short_label != NULL)
    dio_number_field_set_short_label (DIO_NUMBER_FIELD (field), short_label);
  if (info->type == DIO_PROPERTY_INTEGER)
    dio_number_field_set_digits (DIO_NUMBER_FIELD (field), 0);
  g_object_set_data (G_OBJECT (field), "index", GUINT_TO_POINTER (index));
  gtk_widget_set_hexpand (field, TRUE);
  g_signal_connect_object (field, "changed", G_CALLBACK (changed_cb), row, 0);
  g_signal_connect_object (field, "committed", G_CALLBACK (committed_cb), row, 0);
  g_signal_connect_object (field, "entered", G_CALLBACK (entered_cb), row, 0);
  g_signal_connect_object (field, "reset", G_CALLBACK (reset_cb), row, 0);
  g_signal_connect_object (field, "dice", G_CALLBACK (dice_cb), row, 0);
  dio_inspector_row_get_fields (row)[index] = field;
  return field;
}

static GtkWidget *
create_header (DioInspectorRow *row)
{
  GtkWidget *header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *title = gtk_label_new (dio_inspector_row_get_label (row));
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (header), title);
  if (dio_inspector_row_get_info (row)->flags & DIO_PROPERTY_RANDOMIZABLE)
    dio_inspector_row_take_dice (row, header);
  return header;
}

void
dio_inspector_row_add_numbers (DioInspectorRow *row)
{
  static const char *const axes[] = { "X", "Y", "Z", "W" };
  const char *label = dio_inspector_row_get_label (row);
  guint n = get_size (row);
  if (n == 1) {
    GtkWidget *field = create_field (row, label, NULL, 0);
    dio_number_field_set_default (DIO_NUMBER_FIELD (field),
                                  dio_inspector_row_get_info (row)->default_value);
    dio_number_field_set_label_chars (DIO_NUMBER_FIELD (field), DIO_INSPECTOR_LABEL_CHARS);
    dio_inspector_range_attach (row, field);
    dio_inspector_row_set_editor (row, field, field, TRUE, show_numbers);
    return;
  }
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_box_set_homogeneous (GTK_BOX (line), TRUE);
  for (guint i = 0; i < n; i++) {
    g_autofree char *spoken = g_strdup_printf ("%s %s", label, axes[i]);
    gtk_box_append (GTK_BOX (line), create_field (row, spoken, axes[i], i));
  }
  gtk_box_append (GTK_BOX (box), create_header (row));
  gtk_box_append (GTK_BOX (box), line);
  dio_inspector_row_set_editor (row, box, dio_inspector_row_get_fields (row)[0], TRUE,
                                show_numbers);
}
