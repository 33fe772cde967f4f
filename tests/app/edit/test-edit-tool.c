/* Tools as state machines: pointer and keys in, transforms and sentences out. */

#include "dio-core-math.h"
#include "dio-core-vec.h"
#include "dio-edit-tool.h"
#include "edit-fixture.h"

/* A view from above: 100 pixels a metre, x right, y up, the origin in the middle. */
static DioEditToolStart
make_start (DioEditToolKind kind, double x_px, double y_px)
{
  DioEditNavigation n = { .distance_m = 5, .fov_y_rad = 2 * dio_atan2 (3, 5) };
  dio_edit_navigation_look_along (&n, DIO_EDIT_LOOK_TOP);
  return (DioEditToolStart){ .kind = kind,
                             .q_wxyz_local = dio_quat_identity (),
                             .view = dio_edit_navigation_get_view (&n, 800, 600),
                             .x_px = x_px,
                             .y_px = y_px };
}

static void
expect_text (const DioEditTool *tool, const char *axes, const char *amount)
{
  g_autofree char *found = dio_edit_tool_dup_amount (tool);
  g_assert_cmpstr (found, ==, amount);
  g_assert_cmpstr (dio_edit_tool_get_axes (tool), ==, axes);
}

static void
expect_amount (const DioEditTool *tool, double x, double y, double z)
{
  double amount[3];
  dio_edit_tool_get_amount (tool, amount);
  g_assert_cmpfloat_with_epsilon (amount[0], x, 1e-9);
  g_assert_cmpfloat_with_epsilon (amount[1], y, 1e-9);
  g_assert_cmpfloat_with_epsilon (amount[2], z, 1e-9);
}

static void
test_move (void)
{
  g_autoptr (DioEditTool) tool = dio_edit_tool_new ();
  DioEditToolStart start = make_start (DIO_EDIT_TOOL_MOVE, 400, 300);
  dio_edit_tool_begin (tool, &start);
  g_assert_false (dio_edit_tool_point (tool, 400, 300, FALSE, FALSE));
  g_assert_true (dio_edit_tool_point (tool, 523, 255, FALSE, FALSE));
  expect_amount (tool, 1.23, 0.45, 0);
  expect_text (tool, "", "1.23, 0.45, 0.00 m");
  dio_edit_tool_key (tool, 'x', FALSE);
  expect_amount (tool, 1.23, 0, 0);
  expect_text (tool, "X", "1.23 m");
  dio_edit_tool_point (tool, 523, 255, TRUE, FALSE);
  expect_amount (tool, 1.2, 0, 0);
  dio_edit_tool_point (tool, 523, 255, TRUE, TRUE);
  expect_amount (tool, 1.23, 0, 0);
  dio_edit_tool_key (tool, 'Z', TRUE);
  dio_edit_tool_point (tool, 523, 255, FALSE, FALSE);
  expect_text (tool, "XY", "1.23, 0.45 m");
  /* Fine from here on, without a jump. */
  dio_edit_tool_point (tool, 623, 255, FALSE, TRUE);
  expect_amount (tool, 1.33, 0.45, 0);
  dio_edit_tool_regrab (tool, &start.view, 100, 100);
  expect_amount (tool, 1.33, 0.45, 0);
  dio_edit_tool_point (tool, 110, 100, FALSE, FALSE);
  expect_amount (tool, 1.43, 0.45, 0);
  g_assert_true (dio_edit_tool_apply (tool));
  g_assert_false (dio_edit_tool_is_active (tool));
  g_assert_false (dio_edit_tool_point (tool, 0, 0, FALSE, FALSE));
  dio_edit_tool_begin (tool, &start);
  g_assert_false (dio_edit_tool_apply (tool));
}

static void
test_axis_away (void)
{
  /* An axis that points at the eye cannot be dragged along. */
  g_autoptr (DioEditTool) tool = dio_edit_tool_new ();
  DioEditToolStart start = make_start (DIO_EDIT_TOOL_MOVE, 400, 300);
  start.constraint = DIO_EDIT_AXIS_Z;
  dio_edit_tool_begin (tool, &start);
  dio_edit_tool_point (tool, 500, 200, FALSE, FALSE);
  expect_amount (tool, 0, 0, 0);
}

static void
test_typed (void)
{
  g_autoptr (DioEditTool) tool = dio_edit_tool_new ();
  DioEditToolStart start = make_start (DIO_EDIT_TOOL_MOVE, 400, 300);
  dio_edit_tool_begin (tool, &start);
  for (const char *c = "y1,5"; *c != '\0'; c++)
    g_assert_true (dio_edit_tool_key (tool, (gunichar) *c, FALSE));
  expect_amount (tool, 0, 1.5, 0);
  expect_text (tool, "Y", "[1.5] m");
  g_assert_false (dio_edit_tool_point (tool, 600, 100, FALSE, FALSE));
  dio_edit_tool_key (tool, '-', FALSE);
  expect_amount (tool, 0, -1.5, 0);
  dio_edit_tool_key (tool, '-', FALSE);
  dio_edit_tool_key (tool, '\b', FALSE);
  dio_edit_tool_key (tool, '\b', FALSE);
  expect_amount (tool, 0, 1, 0);
  dio_edit_tool_key (tool, '\b', FALSE);
  /* Nothing is typed any more: the pointer speaks again. */
  expect_amount (tool, 0, 2, 0);
  for (guint i = 0; i < 60; i++)
    dio_edit_tool_key (tool, '9', FALSE);
  double amount[3];
  dio_edit_tool_get_amount (tool, amount);
  g_assert_true (isfinite (amount[1]));
  g_assert_false (dio_edit_tool_key (tool, 'q', FALSE));
  g_assert_true (dio_edit_tool_key (tool, 'r', FALSE));
  g_assert_cmpint (dio_edit_tool_get_kind (tool), ==, DIO_EDIT_TOOL_ROTATE);
  expect_amount (tool, 0, 0, 0);
}

static void
test_frames (void)
{
  g_autoptr (DioEditTool) tool = dio_edit_tool_new ();
  DioEditToolStart start = make_start (DIO_EDIT_TOOL_MOVE, 400, 300);
  start.q_wxyz_local = dio_quat_from_axis_angle (dio_vec3 (0, 0, 1), DIO_PI / 2);
  dio_edit_tool_begin (tool, &start);
  dio_edit_tool_key (tool, 'x', FALSE);
  g_assert_false (dio_edit_tool_is_local (tool));
  dio_edit_tool_key (tool, 'x', FALSE);
  g_assert_true (dio_edit_tool_is_local (tool));
  dio_edit_tool_point (tool, 430, 200, FALSE, FALSE);
  expect_text (tool, "X", "1.00 m");
  DioMat4 here = dio_mat4_identity ();
  DioMat4 moved = dio_edit_tool_transform (tool, &here);
  g_assert_cmpfloat_with_epsilon (moved.m[12], 0, 1e-9);
  g_assert_cmpfloat_with_epsilon (moved.m[13], 1, 1e-9);
  dio_edit_tool_key (tool, 'x', FALSE);
  g_assert_cmpint (dio_edit_tool_get_constraint (tool), ==, DIO_EDIT_FREE);
  dio_edit_tool_key (tool, 'x', FALSE);
  g_assert_cmpint (dio_edit_tool_get_constraint (tool), ==, DIO_EDIT_AXIS_X);
}

static void
test_rotate (void)
{
  g_autoptr (DioEditTool) tool = dio_edit_tool_new ();
  DioEditToolStart start = make_start (DIO_EDIT_TOOL_ROTATE, 500, 300);
  start.constraint = DIO_EDIT_AXIS_Z;
  dio_edit_tool_begin (tool, &start);
  /* Two and a quarter turns counter-clockwise, seen from above. */
  for (guint i = 1; i <= 54; i++) {
    double angle = i * 15 * DIO_PI / 180;
    dio_edit_tool_point (tool, 400 + 100 * cos (angle), 300 - 100 * sin (angle), FALSE, FALSE);
  }
  expect_amount (tool, 4.5 * DIO_PI, 0, 0);
  expect_text (tool, "Z", "810.0°");
  DioMat4 place = dio_mat4_translation (dio_vec3 (1, 0, 0));
  DioMat4 turned = dio_edit_tool_transform (tool, &place);
  g_assert_cmpfloat_with_epsilon (turned.m[12], 0, 1e-9);
  g_assert_cmpfloat_with_epsilon (turned.m[13], 1, 1e-9);
  g_assert_cmpfloat_with_epsilon (turned.m[1], 1, 1e-9);
  dio_edit_tool_begin (tool, &start);
  dio_edit_tool_point (tool, 500, 280, TRUE, FALSE);
  expect_text (tool, "Z", "15.0°");
  /* From below the same motion turns the other way. */
  DioEditNavigation below = { .distance_m = 5, .fov_y_rad = 1 };
  dio_edit_navigation_look_along (&below, DIO_EDIT_LOOK_BOTTOM);
  start.view = dio_edit_navigation_get_view (&below, 800, 600);
  dio_edit_tool_begin (tool, &start);
  dio_edit_tool_point (tool, 400, 200, FALSE, FALSE);
  expect_amount (tool, -DIO_PI / 2, 0, 0);
}

static void
test_scale (void)
{
  g_autoptr (DioEditTool) tool = dio_edit_tool_new ();
  DioEditToolStart start = make_start (DIO_EDIT_TOOL_SCALE, 450, 300);
  dio_edit_tool_begin (tool, &start);
  dio_edit_tool_point (tool, 400, 175, FALSE, FALSE);
  expect_amount (tool, 2.5, 2.5, 2.5);
  expect_text (tool, "", "2.50");
  dio_edit_tool_key (tool, 'z', TRUE);
  expect_text (tool, "XY", "2.50");
  DioMat4 place = dio_mat4_translation (dio_vec3 (1, 0, 1));
  DioMat4 scaled = dio_edit_tool_transform (tool, &place);
  g_assert_cmpfloat_with_epsilon (scaled.m[0], 2.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (scaled.m[10], 1, 1e-9);
  g_assert_cmpfloat_with_epsilon (scaled.m[12], 2.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (scaled.m[14], 1, 1e-9);
  dio_edit_tool_point (tool, 400, 300, FALSE, FALSE);
  double amount[3];
  dio_edit_tool_get_amount (tool, amount);
  g_assert_cmpfloat (amount[0], >, 0);
  dio_edit_tool_key (tool, '0', FALSE);
  dio_edit_tool_get_amount (tool, amount);
  g_assert_cmpfloat (amount[0], !=, 0);
}

static void
test_edit (void)
{
  g_autoptr (DioScenario) before = fixture_new ();
  g_autoptr (DioEditTool) tool = dio_edit_tool_new ();
  static const DioEditToolKind kinds[] = { DIO_EDIT_TOOL_MOVE, DIO_EDIT_TOOL_ROTATE,
                                           DIO_EDIT_TOOL_SCALE };
  const char *const ids[] = { "mug_1", "pile", "chair_1", NULL };
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autoptr (GError) error = NULL;
    DioEditToolStart start = make_start (kinds[i], 450, 300);
    dio_edit_tool_begin (tool, &start);
    dio_edit_tool_point (tool, 400, 200, FALSE, FALSE);
    g_autoptr (DioScenario) after = dio_edit_tool_edit (tool, before, ids, &error);
    g_assert_no_error (error);
    fixture_check (after);
    /* The child is carried by its parent, not moved twice. */
    DioMat4 old, now;
    dio_scenario_world_from_node (before, "pile", &old);
    DioMat4 expected = dio_edit_tool_transform (tool, &old);
    dio_scenario_world_from_node (after, "pile", &now);
    for (guint k = 0; k < 16; k++)
      g_assert_cmpfloat_with_epsilon (now.m[k], expected.m[k], 1e-9);
    const DioNode *a = dio_scenario_find_node (before, "mug_1");
    g_assert_true (a == dio_scenario_find_node (after, "mug_1"));
  }
  /* A move keeps the bits of rotation and scale. */
  DioEditToolStart start = make_start (DIO_EDIT_TOOL_MOVE, 450, 300);
  dio_edit_tool_begin (tool, &start);
  dio_edit_tool_point (tool, 451, 300, FALSE, FALSE);
  g_autoptr (DioScenario) moved = dio_edit_tool_edit (tool, before, ids, NULL);
  g_assert_cmpfloat (dio_scenario_find_node (moved, "pile")->parent_from_node.q_wxyz.w, ==,
                     dio_scenario_find_node (before, "pile")->parent_from_node.q_wxyz.w);
}

static void
test_handles (void)
{
  DioEditHandleShape shapes[DIO_EDIT_HANDLE_MAX_SHAPES];
  /* From where all axes point at the eye: an arrow that points away lies over the square of the other two. */
  DioEditNavigation n = { .distance_m = 5, .fov_y_rad = 0.8, .yaw_rad = 2.4, .pitch_rad = -0.6 };
  static const DioEditToolKind kinds[] = { DIO_EDIT_TOOL_MOVE, DIO_EDIT_TOOL_ROTATE,
                                           DIO_EDIT_TOOL_SCALE };
  for (guint i = 0; i < 6; i++) {
    n.orthographic = i >= 3;
    DioEditToolStart start = make_start (kinds[i % 3], 0, 0);
    start.view = dio_edit_navigation_get_view (&n, 800, 600);
    guint count = dio_edit_handle_list_shapes (&start, 1, shapes);
    g_assert_cmpuint (count, ==, i % 3 == 1 ? 4 : 7);
    for (guint k = 0; k < count; k++) {
      /* The end of an arrow, the middle of a square, the nearest point of a ring. */
      guint at = 1;
      for (guint p = 0; shapes[k].n_points > 4 && !(shapes[k].front[at] && shapes[k].front[at + 1]);
           p++)
        at++;
      start.x_px = shapes[k].xy_px[at][0];
      start.y_px = shapes[k].xy_px[at][1];
      if (shapes[k].filled) {
        start.x_px = (shapes[k].xy_px[0][0] + shapes[k].xy_px[2][0]) / 2;
        start.y_px = (shapes[k].xy_px[0][1] + shapes[k].xy_px[2][1]) / 2;
      }
      DioEditHandle handle = dio_edit_handle_pick (&start, 1);
      g_assert_true (handle.hit);
      if (shapes[k].n_points == 2 || shapes[k].filled)
        g_assert_cmpint (handle.constraint, ==, shapes[k].constraint);
    }
    start.x_px = 5;
    start.y_px = 5;
    g_assert_false (dio_edit_handle_pick (&start, 1).hit);
  }
  DioEditToolStart select = make_start (DIO_EDIT_TOOL_SELECT, 400, 300);
  g_assert_cmpuint (dio_edit_handle_list_shapes (&select, 1, shapes), ==, 0);
  /* Constant size on the screen: the top view has the x arrow to the right. */
  DioEditToolStart top = make_start (DIO_EDIT_TOOL_MOVE, 400, 300);
  dio_edit_handle_list_shapes (&top, 2, shapes);
  g_assert_cmpfloat_with_epsilon (shapes[0].xy_px[1][0], 400 + 180, 1e-6);
  g_assert_cmpfloat_with_epsilon (shapes[2].facing, 0, 1e-6);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/edit/tool/move", test_move);
  g_test_add_func ("/edit/tool/axis-away", test_axis_away);
  g_test_add_func ("/edit/tool/typed", test_typed);
  g_test_add_func ("/edit/tool/frames", test_frames);
  g_test_add_func ("/edit/tool/rotate", test_rotate);
  g_test_add_func ("/edit/tool/scale", test_scale);
  g_test_add_func ("/edit/tool/edit", test_edit);
  g_test_add_func ("/edit/tool/handles", test_handles);
  return g_test_run ();
}
