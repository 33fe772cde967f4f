/* Texts of calibration tools, with numbers that are known, and texts that are broken. */

#include "dio-base-json.h"
#include "dio-calibration.h"
#include "dio-core-error.h"

#include <locale.h>
#include <string.h>

static const DioCalibrationCamera *
get_camera (const DioCalibration *calibration, guint i)
{
  g_assert_cmpuint (calibration->cameras->len, >, i);
  return &g_array_index (calibration->cameras, DioCalibrationCamera, i);
}

static DioCalibration *
read_text (const char *text, DioDiagnostics *found)
{
  g_autoptr (GError) error = NULL;
  DioCalibration *calibration =
      dio_calibration_read (text, strlen (text), DIO_CALIBRATION_CENTRES_AUTO, found, &error);
  g_assert_no_error (error);
  return calibration;
}

static void
expect_error (const char *text, int code, const char *pattern)
{
  g_autoptr (GError) error = NULL;
  DioCalibration *calibration =
      dio_calibration_read (text, strlen (text), DIO_CALIBRATION_CENTRES_AUTO, NULL, &error);
  g_assert_null (calibration);
  g_assert_error (error, DIO_ERROR, code);
  if (!g_pattern_match_simple (pattern, error->message))
    g_error ("\"%s\" is not like \"%s\"", error->message, pattern);
}

static void
test_matrix_forms (void)
{
  static const char *const texts[] = {
    "600 0 320\n0 610 240\n0 0 1\n",
    "array([[600., 0., 320.], [0., 610., 240.], [0., 0., 1.]], dtype=float64)",
    "K = [600 0 320; 0 610 240; 0 0 1]; % from MATLAB 2023",
    "[[6.0e+02,0,3.2e+02],\r\n [0,6.1e2,240],\r\n [0,0,1]]\r\n",
    "600 610 320 240",
    "fx: 600\nfy: 610\ncx: 320\ncy: 240\n",
    "fx=600, fy=610, cx=320, cy=240",
    "600 0 320 0 0 610 240 0 0 0 1 0",
    "1200 0 640\n0 1220 480\n0 0 2\n",
  };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (DioDiagnostics) found = dio_diagnostics_new ();
    g_autoptr (DioCalibration) calibration = read_text (texts[i], found);
    const DioCalibrationCamera *camera = get_camera (calibration, 0);
    g_assert_cmpint (calibration->format, ==, DIO_CALIBRATION_MATRIX);
    g_assert_cmpfloat (camera->fx, ==, 600);
    g_assert_cmpfloat (camera->fy, ==, 610);
    /* Pixel centres at whole numbers there, at +0.5 here. */
    g_assert_cmpfloat (camera->cx, ==, 320.5);
    g_assert_cmpfloat (camera->cy, ==, 240.5);
    g_assert_nonnull (dio_diagnostics_find (found, "size-unknown"));
    g_assert_cmpstr (camera->name, ==, "camera");
  }
}

static void
test_centres (void)
{
  const char *text = "600 610 320 240";
  g_autoptr (DioCalibration) half =
      dio_calibration_read (text, strlen (text), DIO_CALIBRATION_CENTRES_HALF, NULL, NULL);
  g_assert_cmpfloat (get_camera (half, 0)->cx, ==, 320);
  const char *colmap = "1 PINHOLE 640 480 600 610 320 240";
  g_autoptr (DioCalibration) whole =
      dio_calibration_read (colmap, strlen (colmap), DIO_CALIBRATION_CENTRES_WHOLE, NULL, NULL);
  g_assert_cmpfloat (get_camera (whole, 0)->cx, ==, 320.5);
}

static const char opencv[] = "%YAML:1.0\n---\ncalibration_time: \"Mon 01 Jan 2024 10:11:12\"\n"
                             "image_width: 640\nimage_height: 480\nboard_width: 9\n"
                             "camera_matrix: !!opencv-matrix\n   rows: 3\n   cols: 3\n   dt: d\n"
                             "   data: [ 5.2500000000000000e+02, 0., 3.1950000000000000e+02, 0.,\n"
                             "       526., 2.3950000000000000e+02, 0., 0., 1. ]\n"
                             "distortion_coefficients: !!opencv-matrix\n   rows: 5\n   cols: 1\n"
                             "   dt: d\n   data: [ -2.1e-01, 4.0e-02, 0., 0., 0. ]\n"
                             "avg_reprojection_error: 1.2345e-01\n";

static void
test_opencv (void)
{
  g_autoptr (DioDiagnostics) found = dio_diagnostics_new ();
  g_autoptr (DioCalibration) calibration = read_text (opencv, found);
  g_assert_cmpint (calibration->format, ==, DIO_CALIBRATION_OPENCV);
  g_assert_cmpuint (calibration->cameras->len, ==, 1);
  const DioCalibrationCamera *camera = get_camera (calibration, 0);
  g_assert_cmpuint (camera->width_px, ==, 640);
  g_assert_cmpuint (camera->height_px, ==, 480);
  g_assert_cmpfloat (camera->fx, ==, 525);
  g_assert_cmpfloat (camera->fy, ==, 526);
  g_assert_cmpfloat (camera->cx, ==, 320);
  g_assert_cmpfloat (camera->cy, ==, 240);
  g_assert_true (camera->has_distortion);
  g_assert_nonnull (dio_diagnostics_find (found, "distortion-ignored"));
  g_assert_null (dio_diagnostics_find (found, "size-unknown"));
}

static void
test_stereo (void)
{
  g_autoptr (DioCalibration) calibration = read_text (
      "%YAML:1.0\nM1: !!opencv-matrix\n   rows: 3\n   data: [ 500., 0., 300., 0., 500.,\n"
      "       200., 0., 0., 1. ]\nD1: !!opencv-matrix\n   data: [ 0., 0. ]\n"
      "M2: !!opencv-matrix\n   rows: 3\n   data: [ 510., 0., 310., 0., 511., 210.,\n"
      "       0., 0., 1. ]\nD2: !!opencv-matrix\n   data: [ 0.1, 0. ]\n"
      "R: !!opencv-matrix\n   data: [ 1., 0., 0., 0., 1., 0., 0., 0., 1. ]\n",
      NULL);
  g_assert_cmpuint (calibration->cameras->len, ==, 2);
  g_assert_cmpstr (get_camera (calibration, 0)->name, ==, "camera_1");
  g_assert_false (get_camera (calibration, 0)->has_distortion);
  g_assert_cmpfloat (get_camera (calibration, 1)->fy, ==, 511);
  g_assert_true (get_camera (calibration, 1)->has_distortion);
}

static void
test_ros (void)
{
  static const char *const texts[] = {
    "image_width: 1280\nimage_height: 720\ncamera_name: front_left\ncamera_matrix:\n  rows: 3\n"
    "  cols: 3\n  data: [900.5, 0, 639.5, 0, 901.5, 359.5, 0, 0, 1]\n"
    "distortion_model: plumb_bob\ndistortion_coefficients:\n  rows: 1\n  cols: 5\n"
    "  data: [0, 0, 0, 0, 0]\nprojection_matrix:\n  rows: 3\n  cols: 4\n"
    "  data: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]\n",
    "camera_name: 'front_left'\nheight: 720\nwidth: 1280\ndistortion_model: \"plumb_bob\"\n"
    "D: [0.0, 0.0]\nK: [900.5, 0.0, 639.5, 0.0, 901.5, 359.5, 0.0, 0.0, 1.0]\n"
    "R: [1.0, 0.0, 0.0,\n  0.0, 1.0, 0.0, 0.0, 0.0, 1.0]\nbinning_x: 0\n---\n",
    ("camera_name: front_left\nheight: 720\nwidth: 1280\ndistortion_model: plumb_bob\nd: []\nk:\n"
     "- 900.5\n- 0.0\n- 639.5\n- 0.0\n- 901.5\n- 359.5\n- 0.0\n- 0.0\n- 1.0\n"),
  };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (DioDiagnostics) found = dio_diagnostics_new ();
    g_autoptr (DioCalibration) calibration = read_text (texts[i], found);
    const DioCalibrationCamera *camera = get_camera (calibration, 0);
    g_assert_cmpint (calibration->format, ==, DIO_CALIBRATION_ROS);
    g_assert_cmpuint (calibration->cameras->len, ==, 1);
    g_assert_cmpstr (camera->name, ==, "front_left");
    g_assert_cmpuint (camera->width_px, ==, 1280);
    g_assert_cmpfloat (camera->fx, ==, 900.5);
    g_assert_cmpfloat (camera->cx, ==, 640);
    g_assert_cmpfloat (camera->cy, ==, 360);
    g_assert_false (camera->has_distortion);
    g_assert_cmpuint (dio_diagnostics_get_count (found), ==, 0);
  }
}

static void
test_colmap (void)
{
  g_autoptr (DioDiagnostics) found = dio_diagnostics_new ();
  g_autoptr (DioCalibration) calibration =
      read_text ("# Camera list with one line of data per camera:\n#   CAMERA_ID, MODEL, WIDTH\n"
                 "1 PINHOLE 3072 2304 2559.81 2560.5 1536 1152\n"
                 "2 SIMPLE_PINHOLE 3072 2304 2559.81 1500 1100\n"
                 "7 SIMPLE_RADIAL 640 480 500 320 240 0.01\n"
                 "8 OPENCV 640 480 500 510 320 240 0 0 0 0\n",
                 found);
  g_assert_cmpint (calibration->format, ==, DIO_CALIBRATION_COLMAP);
  g_assert_cmpuint (calibration->cameras->len, ==, 4);
  g_assert_cmpfloat (get_camera (calibration, 0)->fy, ==, 2560.5);
  g_assert_cmpfloat (get_camera (calibration, 0)->cx, ==, 1536);
  g_assert_cmpfloat (get_camera (calibration, 1)->fy, ==, 2559.81);
  g_assert_cmpstr (get_camera (calibration, 2)->name, ==, "camera_7");
  g_assert_true (get_camera (calibration, 2)->has_distortion);
  g_assert_false (get_camera (calibration, 3)->has_distortion);
  const DioDiagnostic *distortion = dio_diagnostics_find (found, "distortion-ignored");
  g_assert_cmpstr (distortion->object, ==, "camera_7");
}

static void
test_errors (void)
{
  expect_error ("", DIO_ERROR_INVALID, "Line 1: *9 numbers*0");
  expect_error ("1 2 3", DIO_ERROR_INVALID, "*here are 3");
  expect_error ("600 0 320\n0 600 240\n1 0 1", DIO_ERROR_INVALID, "Line 3: *no camera matrix*");
  expect_error ("-600 600 320 240", DIO_ERROR_INVALID, "*greater than 0*");
  expect_error ("600 600 1e300 240", DIO_ERROR_INVALID, "*cx and cy*");
  expect_error ("600 600 1e999 240", DIO_ERROR_INVALID, "Line 1: *no number*");
  expect_error ("1 FOV 640 480 1 2 3 4 5", DIO_ERROR_UNSUPPORTED, "Line 1: *\"FOV\"*");
  expect_error ("1 PINHOLE 640 480 500 500 320", DIO_ERROR_INVALID, "Line 1: *4 parameters*5*");
  expect_error ("1 PINHOLE 640.5 480 500 500 320 240", DIO_ERROR_INVALID, "*whole number*");
  expect_error ("1 PINHOLE 640 480 500 500 320 240\nx", DIO_ERROR_INVALID, "Line 2: *");
  expect_error ("camera_matrix:\n  data: [1, 2, 3\n", DIO_ERROR_INVALID, "Line 2: *no \"]\"*");
  expect_error ("camera_matrix:\n  data: [1, 2, x]\n", DIO_ERROR_INVALID, "Line 2: *\"x\"*");
  expect_error ("image_width: 0\ncamera_matrix:\n", DIO_ERROR_INVALID, "Line 1: *");
  expect_error ("camera_matrix:\n  rows: 3\n", DIO_ERROR_INVALID, "*no camera*");
  expect_error ("distortion_model: equidistant\n", DIO_ERROR_UNSUPPORTED, "*fisheye*");
  g_autoptr (GError) error = NULL;
  g_autofree char *long_text = g_strnfill (DIO_CALIBRATION_MAX_BYTES + 1, ' ');
  g_assert_null (dio_calibration_read (long_text, DIO_CALIBRATION_MAX_BYTES + 1,
                                       DIO_CALIBRATION_CENTRES_AUTO, NULL, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_LIMIT);
  g_clear_error (&error);
  g_assert_null (dio_calibration_read ("1 2\0 3", 6, DIO_CALIBRATION_CENTRES_AUTO, NULL, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
}

static void
test_findings (void)
{
  g_autoptr (DioDiagnostics) found = dio_diagnostics_new ();
  g_autoptr (DioCalibration) skew = read_text ("600 2 320\n0 600 240\n0 0 1", found);
  g_assert_nonnull (dio_diagnostics_find (found, "skew-ignored"));
  g_autoptr (DioCalibration) far_off = read_text ("1 PINHOLE 640 480 500 500 900 240", found);
  g_assert_nonnull (dio_diagnostics_find (found, "principal-point-far"));
}

/* Cut and flipped texts must give a result or an error, never a crash or a number that is not finite. */
static void
test_hostile (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  for (guint i = 0; i < 4000; i++) {
    g_autofree char *text = g_strdup (opencv);
    gsize length = (gsize) g_rand_int_range (random, 0, (gint32) sizeof opencv);
    for (guint k = 0; k < i % 4 && length > 0; k++)
      text[g_rand_int_range (random, 0, (gint32) length)] =
          (char) g_rand_int_range (random, 1, 127);
    g_autoptr (GError) error = NULL;
    g_autoptr (DioCalibration) calibration =
        dio_calibration_read (text, length, DIO_CALIBRATION_CENTRES_AUTO, NULL, &error);
    g_assert_true ((calibration == NULL) == (error != NULL));
    for (guint k = 0; calibration != NULL && k < calibration->cameras->len; k++)
      g_assert_cmpfloat (get_camera (calibration, k)->fx, >, 0);
  }
}

static void
test_sensor (void)
{
  g_autoptr (DioCalibration) calibration = read_text ("1 PINHOLE 640 480 500 510 320 240", NULL);
  g_autoptr (json_t) sensor = dio_calibration_camera_to_sensor (get_camera (calibration, 0));
  g_autofree char *line = dio_json_to_line (sensor);
  g_assert_cmpstr (line, ==,
                   "{\"cx\":320.0,\"cy\":240.0,\"fx\":500.0,\"fy\":510.0,\"height\":480,"
                   "\"width\":640}");
  g_assert_cmpstr (dio_calibration_format_to_name (calibration->format), ==, "COLMAP");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/calibration/matrix/forms", test_matrix_forms);
  g_test_add_func ("/calibration/centres", test_centres);
  g_test_add_func ("/calibration/opencv", test_opencv);
  g_test_add_func ("/calibration/opencv/stereo", test_stereo);
  g_test_add_func ("/calibration/ros", test_ros);
  g_test_add_func ("/calibration/colmap", test_colmap);
  g_test_add_func ("/calibration/errors", test_errors);
  g_test_add_func ("/calibration/findings", test_findings);
  g_test_add_func ("/calibration/hostile", test_hostile);
  g_test_add_func ("/calibration/sensor", test_sensor);
  return g_test_run ();
}
