#include "dio-core-pose.h"

#include "dio-core-conventions.h"
#include "dio-core-error.h"
#include "dio-core-math.h"
#include "dio-core-vec.h"

#include "test-core-assert.h"
#include "test-core-reference.h"

static DioTrs
get_trs (guint i)
{
  DioTrs trs;
  trs.translation_m =
      dio_vec3 (get_point (500, i, -9, 9), get_point (501, i, -9, 9), get_point (502, i, -9, 9));
  trs.q_wxyz =
      dio_quat_normalize ((DioQuat){ get_point (503, i, 0.1, 1), get_point (504, i, -1, 1),
                                     get_point (505, i, -1, 1), get_point (506, i, -1, 1) });
  trs.scale =
      dio_vec3 (get_point (507, i, 0.1, 4), get_point (508, i, 0.1, 4), get_point (509, i, 0.1, 4));
  return trs;
}

/* Column-major, column vectors, scale before rotation before translation. */
static void
test_trs_order (void)
{
  DioTrs trs = { { 10, 20, 30 },
                 dio_quat_from_axis_angle (dio_vec3 (0, 0, 1), DIO_PI / 2),
                 { 2, 3, 4 } };
  DioMat4 m = dio_mat4_from_trs (&trs);
  g_assert_cmpfloat (m.m[12], ==, 10);
  g_assert_cmpfloat (m.m[13], ==, 20);
  g_assert_cmpfloat (m.m[14], ==, 30);
  assert_vec3_near (dio_mat4_transform_point (&m, dio_vec3 (1, 0, 0)), 10, 22, 30, 1e-14);
  assert_vec3_near (dio_mat4_transform_point (&m, dio_vec3 (0, 1, 1)), 7, 20, 34, 1e-14);
  assert_vec3_near (dio_mat4_transform_vector (&m, dio_vec3 (1, 0, 0)), 0, 2, 0, 1e-14);
  DioTrs identity = dio_trs_identity ();
  assert_mat4_near (dio_mat4_from_trs (&identity), dio_mat4_identity (), 0);
}

/* c_from_a = c_from_b * b_from_a. */
static void
test_multiply_order (void)
{
  for (guint i = 0; i < 200; i++) {
    DioTrs first = get_trs (i), second = get_trs (i + 1000);
    DioMat4 b_from_a = dio_mat4_from_trs (&first);
    DioMat4 c_from_b = dio_mat4_from_trs (&second);
    DioMat4 c_from_a = dio_mat4_multiply (&c_from_b, &b_from_a);
    DioVec3 p = dio_vec3 (1, -2, 3);
    DioVec3 want = dio_mat4_transform_point (&c_from_b, dio_mat4_transform_point (&b_from_a, p));
    assert_vec3_near (dio_mat4_transform_point (&c_from_a, p), want.x, want.y, want.z, 1e-11);
  }
}

static void
test_invert (void)
{
  for (guint i = 0; i < 200; i++) {
    DioTrs trs = get_trs (i);
    DioMat4 m = dio_mat4_from_trs (&trs), inverse;
    g_assert_true (dio_mat4_invert_affine (&m, &inverse));
    assert_mat4_near (dio_mat4_multiply (&m, &inverse), dio_mat4_identity (), 1e-12);
    assert_mat4_near (dio_mat4_multiply (&inverse, &m), dio_mat4_identity (), 1e-11);
    g_assert_cmpfloat_with_epsilon (dio_mat4_determinant3 (&m),
                                    trs.scale.x * trs.scale.y * trs.scale.z, 1e-12);
  }
}

static void
test_invert_refuses (void)
{
  DioMat4 untouched = dio_mat4_translation (dio_vec3 (1, 2, 3));
  DioMat4 out = untouched;
  DioMat4 flat = dio_mat4_identity ();
  flat.m[10] = 0;
  g_assert_false (dio_mat4_invert_affine (&flat, &out));
  DioMat4 projective = dio_mat4_identity ();
  projective.m[11] = 1;
  g_assert_false (dio_mat4_invert_affine (&projective, &out));
  DioMat4 broken = dio_mat4_identity ();
  broken.m[5] = NAN;
  g_assert_false (dio_mat4_is_finite (&broken));
  g_assert_false (dio_mat4_invert_affine (&broken, &out));
  assert_mat4_near (out, untouched, 0);
}

static void
test_decompose (void)
{
  for (guint i = 0; i < 200; i++) {
    DioTrs trs = get_trs (i), back;
    DioMat4 m = dio_mat4_from_trs (&trs);
    g_assert_true (dio_mat4_decompose (&m, &back));
    assert_vec3_near (back.scale, trs.scale.x, trs.scale.y, trs.scale.z, 1e-13);
    assert_mat4_near (dio_mat4_from_trs (&back), m, 1e-12);
  }
}

/* A mirror has no rotation; it is told by the sign of scale.x and composes back to itself. */
static void
test_decompose_mirror (void)
{
  for (int axis = 0; axis < 3; axis++) {
    DioTrs trs = get_trs (7), back;
    double *scale[3] = { &trs.scale.x, &trs.scale.y, &trs.scale.z };
    *scale[axis] = -*scale[axis];
    DioMat4 m = dio_mat4_from_trs (&trs);
    g_assert_true (dio_mat4_decompose (&m, &back));
    g_assert_cmpfloat (back.scale.x, <, 0);
    g_assert_cmpfloat (back.scale.y, >, 0);
    g_assert_cmpfloat (back.scale.z, >, 0);
    assert_mat4_near (dio_mat4_from_trs (&back), m, 1e-12);
  }
}

static void
test_decompose_refuses (void)
{
  DioTrs out = dio_trs_identity ();
  DioMat4 shear = dio_mat4_identity ();
  shear.m[4] = 1e-5;
  g_assert_false (dio_mat4_decompose (&shear, &out));
  shear.m[4] = 1e-8;
  g_assert_true (dio_mat4_decompose (&shear, &out));
  DioMat4 flat = dio_mat4_identity ();
  flat.m[0] = 0;
  g_assert_false (dio_mat4_decompose (&flat, &out));
}

/* A normal stays perpendicular to its surface and outside, also under uneven and mirroring scales. */
static void
test_normals (void)
{
  for (guint i = 0; i < 200; i++) {
    DioTrs trs = get_trs (i);
    if (i & 1)
      trs.scale.y = -trs.scale.y;
    DioMat4 m = dio_mat4_from_trs (&trs);
    DioVec3 n = dio_vec3_normalize (dio_vec3 (1, 2, -2));
    DioVec3 tangent = dio_vec3 (2, 1, 2), outward = n;
    DioVec3 turned = dio_vec3_normalize (dio_mat4_transform_normal (&m, n));
    double slope = dio_vec3_dot (turned, dio_mat4_transform_vector (&m, tangent));
    g_assert_cmpfloat_with_epsilon (slope, 0, 1e-12);
    g_assert_cmpfloat (dio_vec3_dot (turned, dio_mat4_transform_vector (&m, outward)), >, 0);
  }
  DioMat4 flat = dio_mat4_identity ();
  flat.m[10] = 0;
  assert_vec3_near (dio_mat4_transform_normal (&flat, dio_vec3 (0, 0, 1)), 0, 0, 1, 0);
}

/* A camera looks along its own -Z with +Y up: the target lies on -Z, what is above it on +Y, and what is on
 * its right on +X. */
static void
test_look_at (void)
{
  DioVec3 eye = { 3, -4, 5 }, target = { 1, 2, 0.5 };
  DioMat4 world_from_camera = dio_mat4_look_at (eye, target, dio_vec3 (0, 0, 1));
  DioMat4 camera_from_world;
  g_assert_true (dio_mat4_invert_affine (&world_from_camera, &camera_from_world));
  double distance = dio_vec3_length (dio_vec3_sub (target, eye));
  assert_vec3_near (dio_mat4_transform_point (&camera_from_world, target), 0, 0, -distance, 1e-13);
  DioVec3 above = dio_vec3_add (target, dio_vec3 (0, 0, 0.1));
  DioVec3 above_cam = dio_mat4_transform_point (&camera_from_world, above);
  g_assert_cmpfloat (above_cam.y, >, 0.05);
  g_assert_cmpfloat_with_epsilon (above_cam.x, 0, 1e-13);
  DioVec3 right = dio_vec3_cross (dio_vec3_sub (target, eye), dio_vec3 (0, 0, 1));
  DioVec3 right_cam = dio_mat4_transform_vector (&camera_from_world, right);
  g_assert_cmpfloat (right_cam.x, >, 0);
  g_assert_cmpfloat_with_epsilon (dio_mat4_determinant3 (&world_from_camera), 1, 1e-14);
}

static void
test_look_at_along_up (void)
{
  DioVec3 up = { 0, 0, 1 };
  DioMat4 down = dio_mat4_look_at (dio_vec3 (0, 0, 5), dio_vec3 (0, 0, 0), up);
  /* Straight down is the identity rotation: +X right, +Y up in the picture. */
  assert_mat4_near (down, dio_mat4_translation (dio_vec3 (0, 0, 5)), 1e-15);
  DioVec3 eye = { 1, 1, 1 };
  DioMat4 nowhere = dio_mat4_look_at (eye, eye, up);
  assert_vec3_near (dio_mat4_transform_vector (&nowhere, dio_vec3 (0, 0, -1)), 0, 1, 0, 1e-15);
  DioMat4 along_y = dio_mat4_look_at (eye, dio_vec3 (1, 9, 1), dio_vec3 (0, 1, 0));
  g_assert_cmpfloat_with_epsilon (dio_mat4_determinant3 (&along_y), 1, 1e-14);
}

static void
test_to_float (void)
{
  DioTrs trs = get_trs (3);
  DioMat4 m = dio_mat4_from_trs (&trs);
  float floats[16];
  dio_mat4_to_float (&m, floats);
  for (int i = 0; i < 16; i++)
    g_assert_true (floats[i] == (float) m.m[i]);
}

/* Each offset occurs once, lies inside the pixel, and the mean is the centre. */
static void
test_sample_offsets (void)
{
  double sum_x = 0, sum_y = 0;
  guint rows = 0, columns = 0;
  for (int i = 0; i < DIO_SAMPLES_PER_PIXEL; i++) {
    sum_x += dio_sample_offsets[i][0];
    sum_y += dio_sample_offsets[i][1];
    columns |= 1u << (int) (dio_sample_offsets[i][0] * 8);
    rows |= 1u << (int) (dio_sample_offsets[i][1] * 8);
  }
  g_assert_cmpfloat (sum_x / 4, ==, 0.5);
  g_assert_cmpfloat (sum_y / 4, ==, 0.5);
  g_assert_cmphex (columns, ==, 0xaa);
  g_assert_cmphex (rows, ==, 0xaa);
}

static void
test_error_domain (void)
{
  g_assert_cmpstr (g_quark_to_string (DIO_ERROR), ==, "dio-error-quark");
  g_autoptr (GError) error = g_error_new (DIO_ERROR, DIO_ERROR_BUSY, "held");
  g_assert_error (error, DIO_ERROR, DIO_ERROR_BUSY);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/pose/trs-order", test_trs_order);
  g_test_add_func ("/core/pose/multiply-order", test_multiply_order);
  g_test_add_func ("/core/pose/invert", test_invert);
  g_test_add_func ("/core/pose/invert-refuses", test_invert_refuses);
  g_test_add_func ("/core/pose/decompose", test_decompose);
  g_test_add_func ("/core/pose/decompose-mirror", test_decompose_mirror);
  g_test_add_func ("/core/pose/decompose-refuses", test_decompose_refuses);
  g_test_add_func ("/core/pose/normals", test_normals);
  g_test_add_func ("/core/pose/look-at", test_look_at);
  g_test_add_func ("/core/pose/look-at-along-up", test_look_at_along_up);
  g_test_add_func ("/core/pose/to-float", test_to_float);
  g_test_add_func ("/core/pose/sample-offsets", test_sample_offsets);
  g_test_add_func ("/core/pose/error-domain", test_error_domain);
  return g_test_run ();
}
