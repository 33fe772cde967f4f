#define G_LOG_DOMAIN "dio-scene"

/* Rules between the values of one node. Those of one value stand in the table of fields. */

#include "dio-parametric.h"
#include "dio-scene-node-private.h"

#include <math.h>
#include <string.h>

/* Below this a scale makes triangles vanish in float vertices and normals lose their direction. */
#define MIN_SCALE 1e-6
/* Full fields of view of 179.5 degrees and 0.05 degrees: beyond both is a slip, not a lens. */
#define MIN_FOCAL_WIDTHS 0.002
#define MAX_FOCAL_WIDTHS 600.0
/* How many picture sizes the principal point may lie outside. */
#define MAX_CENTRE_OFFSET 4.0
#define MIN_TEMPERATURE_K 1000.0
/* A sensor's id names its files and stands in DioCamera.id with a zero byte. */
#define MAX_SENSOR_ID 63

static void
check_pose (DioReader *reader, const DioNode *node)
{
  DioQuat q = node->parent_from_node.q_wxyz;
  DioVec3 s = node->parent_from_node.scale;
  if (sqrt (q.w * q.w + q.x * q.x + q.y * q.y + q.z * q.z) < 1e-6)
    dio_reader_fault_at (reader, "rotation", "out-of-range",
                         "must be a quaternion w, x, y, z of length 1, is of length 0");
  if (fabs (s.x) < MIN_SCALE || fabs (s.y) < MIN_SCALE || fabs (s.z) < MIN_SCALE)
    dio_reader_fault_at (reader, "scale", "out-of-range",
                         "must not be 0 on any axis (at least 1e-6)");
}

static void
check_model (DioReader *reader, const DioModelProps *model)
{
  if ((model->asset == NULL) == (model->parametric == NULL)) {
    dio_reader_fault (reader, "contradiction",
                      "must have exactly one of \"asset\" and \"parametric\"");
    return;
  }
  if (model->parametric == NULL || dio_parametric_find (model->parametric) != NULL)
    return;
  guint n;
  const DioParametricInfo *table = dio_parametric_get_table (&n);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (names, (gpointer) table[i].kind);
  g_ptr_array_add (names, NULL);
  g_autofree char *list = g_strjoinv ("\", \"", (GStrv) names->pdata);
  dio_reader_fault_at (reader, "parametric", "unknown-name", "must be one of \"%s\"", list);
}

static void
check_light (DioReader *reader, const DioLightProps *light)
{
  if (light->temperature_k > 0 && light->temperature_k < MIN_TEMPERATURE_K)
    dio_reader_fault_at (reader, "temperature_k", "out-of-range",
                         "must be 0 (use the colour) or 1000 to 40000 kelvin");
  if (light->kind == DIO_LIGHT_SPOT && light->inner_cone_rad > light->outer_cone_rad)
    dio_reader_fault_at (reader, "inner_cone_rad", "contradiction",
                         "must not be wider than outer_cone_rad");
}

static void
check_focal (DioReader *reader, const char *key, double focal_px, guint size_px)
{
  if (focal_px >= size_px * MIN_FOCAL_WIDTHS && focal_px <= size_px * MAX_FOCAL_WIDTHS)
    return;
  char shown[G_ASCII_DTOSTR_BUF_SIZE];
  dio_reader_fault_at (reader, key, "out-of-range",
                       "is implausible for a picture of %u pixels: %s pixels", size_px,
                       g_ascii_formatd (shown, sizeof shown, "%.9g", focal_px));
}

static void
check_centre (DioReader *reader, const char *key, double centre_px, guint size_px)
{
  if (centre_px < -MAX_CENTRE_OFFSET * size_px || centre_px > (1 + MAX_CENTRE_OFFSET) * size_px)
    dio_reader_fault_at (reader, key, "out-of-range",
                         "lies more than 4 pictures outside the picture of %u pixels", size_px);
  else if (centre_px < 0 || centre_px > size_px)
    dio_reader_warn_at (reader, key, "centre-outside",
                        "lies outside the picture of %u pixels; is that meant?", size_px);
}

static void
check_k (DioReader *reader, const DioSensorProps *sensor)
{
  if (!sensor->has_k) {
    double focal_px = sensor->focal_length_mm / sensor->sensor_width_mm * sensor->width_px;
    check_focal (reader, "focal_length_mm", focal_px, sensor->width_px);
    return;
  }
  check_focal (reader, "fx", sensor->fx, sensor->width_px);
  check_focal (reader, "fy", sensor->fy, sensor->height_px);
  check_centre (reader, "cx", sensor->cx, sensor->width_px);
  check_centre (reader, "cy", sensor->cy, sensor->height_px);
  if (sensor->fx > 2 * sensor->fy || sensor->fy > 2 * sensor->fx)
    dio_reader_warn_at (reader, "fy", "odd-pixels",
                        "differs from fx by more than 2 times; are the pixels not square?");
}

static void
check_sensor (DioReader *reader, const DioSensorProps *sensor)
{
  check_k (reader, sensor);
  if (sensor->near_m >= sensor->far_m)
    dio_reader_fault_at (reader, "near_m", "contradiction", "must be less than far_m");
  if (sensor->max_depth_m <= sensor->near_m)
    dio_reader_fault_at (reader, "max_depth_m", "contradiction", "must be greater than near_m");
}

void
dio_node_check (DioReader *reader, const DioNode *node)
{
  gsize mark;
  check_pose (reader, node);
  switch (node->kind) {
  case DIO_NODE_MODEL:
    mark = dio_reader_push_key (reader, "model");
    check_model (reader, &node->model);
    dio_reader_pop (reader, mark);
    break;
  case DIO_NODE_LIGHT:
    mark = dio_reader_push_key (reader, "light");
    check_light (reader, &node->light);
    dio_reader_pop (reader, mark);
    break;
  case DIO_NODE_SENSOR:
    if (strlen (node->id) > MAX_SENSOR_ID)
      dio_reader_fault_at (reader, "id", "bad-id",
                           "must have at most %d characters, because a sensor's id names files",
                           MAX_SENSOR_ID);
    mark = dio_reader_push_key (reader, "sensor");
    check_sensor (reader, &node->sensor);
    dio_reader_pop (reader, mark);
    break;
  case DIO_NODE_GROUP:
  default:
    break;
  }
}
