#define G_LOG_DOMAIN "dio-parametric"

/* The table of kinds: the families' lists in one, sorted by name. */

#include "dio-parametric-table-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static const DioParametricKind *(*const lists[]) (guint *n) = {
  dio_parametric_list_basic,    dio_parametric_list_book,    dio_parametric_list_building,
  dio_parametric_list_fence,    dio_parametric_list_figure,  dio_parametric_list_household,
  dio_parametric_list_interior, dio_parametric_list_nature,  dio_parametric_list_street,
  dio_parametric_list_tabletop, dio_parametric_list_vehicle,
};

/* In the order of DioParametricFamily; N_(). */
static const char *const family_labels[DIO_PARAMETRIC_N_FAMILIES] = {
  N_ ("Basic"), N_ ("Tabletop"), N_ ("Street"), N_ ("Buildings"), N_ ("Vehicles"), N_ ("Nature"),
};

/* The public rows stand together, so what builds them stands apart in the same order. */
typedef struct {
  guint n;
  DioParametricInfo *infos;
  void (**builders) (DioParametricMake *make);
} Table;

static int
compare_kinds_cb (gconstpointer a, gconstpointer b)
{
  const DioParametricKind *const *left = a, *const *right = b;
  return strcmp ((*left)->info.kind, (*right)->info.kind);
}

static Table *
create_table (void)
{
  g_autoptr (GPtrArray) kinds = g_ptr_array_new ();
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++) {
    guint n;
    const DioParametricKind *list = lists[i](&n);
    for (guint k = 0; k < n; k++)
      g_ptr_array_add (kinds, (gpointer) &list[k]);
  }
  g_ptr_array_sort (kinds, compare_kinds_cb);
  Table *table = g_new0 (Table, 1);
  table->n = kinds->len;
  table->infos = g_new0 (DioParametricInfo, kinds->len);
  table->builders = g_malloc0_n (kinds->len, sizeof *table->builders);
  for (guint i = 0; i < kinds->len; i++) {
    const DioParametricKind *kind = g_ptr_array_index (kinds, i);
    table->infos[i] = kind->info;
    table->builders[i] = kind->build;
  }
  return table;
}

/* Made once and kept: callers hold on to rows. */
static const Table *
get_table (void)
{
  static gsize table = 0;
  if (g_once_init_enter (&table))
    g_once_init_leave (&table, (gsize) create_table ());
  return (const Table *) table;
}

const DioParametricInfo *
dio_parametric_get_table (guint *n)
{
  g_return_val_if_fail (n != NULL, NULL);
  const Table *table = get_table ();
  *n = table->n;
  return table->infos;
}

const DioParametricInfo *
dio_parametric_find (const char *kind)
{
  g_return_val_if_fail (kind != NULL, NULL);
  const Table *table = get_table ();
  for (guint i = 0; i < table->n; i++)
    if (strcmp (table->infos[i].kind, kind) == 0)
      return &table->infos[i];
  return NULL;
}

const DioParametricParam *
dio_parametric_find_param (const DioParametricInfo *info, const char *name)
{
  g_return_val_if_fail (info != NULL && name != NULL, NULL);
  for (const DioParametricParam *param = info->params; param->name != NULL; param++)
    if (strcmp (param->name, name) == 0)
      return param;
  return NULL;
}

const char *
dio_parametric_get_family_label (DioParametricFamily family)
{
  g_return_val_if_fail (family < DIO_PARAMETRIC_N_FAMILIES, NULL);
  return family_labels[family];
}

double
dio_parametric_limit (const DioParametricParam *param, double value)
{
  g_return_val_if_fail (param != NULL, 0);
  if (!isfinite (value))
    return param->default_value;
  value = CLAMP (value, param->min, param->max);
  return param->whole || param->choices != NULL ? floor (value + 0.5) : value;
}

static DioModel *
build (const DioParametricInfo *info, const double *values, gboolean bare)
{
  const Table *table = get_table ();
  g_return_val_if_fail (info >= table->infos && info < table->infos + table->n, NULL);
  double inside[DIO_PARAMETRIC_MAX_PARAMS] = { 0 };
  for (guint i = 0; info->params[i].name != NULL; i++) {
    g_assert (i < DIO_PARAMETRIC_MAX_PARAMS);
    inside[i] = dio_parametric_limit (&info->params[i],
                                      values != NULL ? values[i] : info->params[i].default_value);
  }
  DioParametricMake make = { .values = inside, .model = dio_model_new (), .bare = bare };
  table->builders[info - table->infos](&make);
  dio_model_seal (make.model);
  return make.model;
}

DioModel *
dio_parametric_build (const DioParametricInfo *info, const double *values)
{
  g_return_val_if_fail (info != NULL, NULL);
  return build (info, values, FALSE);
}

DioModel *
dio_parametric_build_bare (const DioParametricInfo *info, const double *values)
{
  g_return_val_if_fail (info != NULL, NULL);
  return build (info, values, TRUE);
}
