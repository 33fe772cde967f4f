#include "dio-annotate-policy.h"

#include <math.h>
#include <string.h>

/** An annotation that every preset keeps. */
static DioPolicyInput
good_input (void)
{
  return (DioPolicyInput){ .visible_px = 900,
                           .amodal_px = 1000,
                           .coverage_px = 900,
                           .amodal_coverage_px = 1000,
                           .visibility = 0.9,
                           .visib_fract = 0.8,
                           .box_width_px = 30,
                           .box_height_px = 40 };
}

static void
assert_judged (const char *preset,
               const DioPolicyInput *input,
               DioVerdict verdict,
               const char *rule)
{
  DioLabelPolicy policy;
  const char *reason = NULL;
  g_assert_true (dio_label_policy_from_preset (preset, &policy));
  DioVerdict got = dio_label_policy_judge (&policy, input, &reason);
  g_assert_cmpstr (reason, ==, rule);
  g_assert_cmpint (got, ==, verdict);
  g_assert_cmpint (dio_label_policy_judge (&policy, input, NULL), ==, verdict);
}

static void
test_presets (void)
{
  const char *const *names = dio_label_policy_list_presets ();
  DioPolicyInput input = good_input ();
  guint n = 0;
  for (; names[n] != NULL; n++)
    assert_judged (names[n], &input, DIO_VERDICT_KEEP, "");
  g_assert_cmpuint (n, ==, 5);
  DioLabelPolicy policy;
  g_assert_false (dio_label_policy_from_preset ("Detector", &policy));
  g_assert_cmpstr (dio_verdict_to_name (DIO_VERDICT_KEEP), ==, "keep");
  g_assert_cmpstr (dio_verdict_to_name (DIO_VERDICT_IGNORE), ==, "ignore");
  g_assert_cmpstr (dio_verdict_to_name (DIO_VERDICT_DROP), ==, "drop");
}

/** Both sides of every limit of labels.md 13. */
static void
test_limits (void)
{
  const DioPolicyInput good = good_input ();
  DioPolicyInput input = good;
  input.visible_px = 4;
  assert_judged ("detector", &input, DIO_VERDICT_IGNORE, "visible-px");
  input.visible_px = 3;
  assert_judged ("detector", &input, DIO_VERDICT_DROP, "drop-visible-px");
  input.visible_px = 39;
  assert_judged ("detector", &input, DIO_VERDICT_IGNORE, "visible-px");
  input.visible_px = 40;
  assert_judged ("detector", &input, DIO_VERDICT_KEEP, "");
  input = good;
  input.visibility = 0.019;
  assert_judged ("detector", &input, DIO_VERDICT_DROP, "drop-visibility");
  input.visibility = 0.05;
  assert_judged ("detector", &input, DIO_VERDICT_IGNORE, "visibility");
  assert_judged ("hard-occlusion", &input, DIO_VERDICT_KEEP, "");
  input.visibility = 0.10;
  assert_judged ("detector", &input, DIO_VERDICT_KEEP, "");
  input = good;
  input.visib_fract = 0.049;
  assert_judged ("detector", &input, DIO_VERDICT_IGNORE, "visib-fract");
  assert_judged ("bop", &input, DIO_VERDICT_IGNORE, "visib-fract");
  input.visib_fract = 0.05;
  assert_judged ("detector", &input, DIO_VERDICT_KEEP, "");
  assert_judged ("bop", &input, DIO_VERDICT_IGNORE, "visib-fract");
  input = good;
  input.box_height_px = 5;
  assert_judged ("detector", &input, DIO_VERDICT_IGNORE, "short-side");
  input.box_height_px = 6;
  assert_judged ("detector", &input, DIO_VERDICT_KEEP, "");
  input.box_height_px = 24;
  assert_judged ("kitti", &input, DIO_VERDICT_IGNORE, "height");
  input.box_height_px = 25;
  assert_judged ("kitti", &input, DIO_VERDICT_KEEP, "");
}

static void
test_blur (void)
{
  DioPolicyInput input = good_input ();
  input.blur_px = 15;
  assert_judged ("detector", &input, DIO_VERDICT_KEEP, "");
  input.defocus_px = 15.1;
  assert_judged ("detector", &input, DIO_VERDICT_IGNORE, "blur");
  assert_judged ("everything", &input, DIO_VERDICT_KEEP, "");
}

/** Below 150 amodal pixels the coverage of samples decides (labels.md 7). */
static void
test_coverage (void)
{
  DioPolicyInput input = good_input ();
  input.amodal_px = 149;
  input.amodal_coverage_px = 150;
  input.visible_px = 30;
  input.visibility = 0.2;
  input.visib_fract = 0.2;
  input.coverage_px = 45;
  assert_judged ("detector", &input, DIO_VERDICT_KEEP, "");
  input.amodal_px = 150;
  assert_judged ("detector", &input, DIO_VERDICT_IGNORE, "visible-px");
  input.amodal_px = 149;
  input.visible_px = 60;
  input.coverage_px = 2;
  assert_judged ("detector", &input, DIO_VERDICT_DROP, "drop-visible-px");
}

static void
test_odd_inputs (void)
{
  DioPolicyInput input = good_input ();
  /* Missing denominators break no rule. */
  input.visibility = input.visib_fract = NAN;
  assert_judged ("detector", &input, DIO_VERDICT_KEEP, "");
  /* Seen by samples only: ignored, not dropped. */
  memset (&input, 0, sizeof input);
  input.coverage_px = 0.5;
  input.amodal_coverage_px = 0.5;
  input.subpixel = TRUE;
  input.visibility = input.visib_fract = NAN;
  assert_judged ("detector", &input, DIO_VERDICT_IGNORE, "subpixel");
  assert_judged ("everything", &input, DIO_VERDICT_IGNORE, "subpixel");
  /* Wholly hidden: nothing to keep even for "everything". */
  input = good_input ();
  input.visible_px = 0;
  input.coverage_px = 0;
  input.visibility = input.visib_fract = 0;
  assert_judged ("everything", &input, DIO_VERDICT_DROP, "drop-visible-px");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/annotate/policy/presets", test_presets);
  g_test_add_func ("/annotate/policy/limits", test_limits);
  g_test_add_func ("/annotate/policy/blur", test_blur);
  g_test_add_func ("/annotate/policy/coverage", test_coverage);
  g_test_add_func ("/annotate/policy/odd-inputs", test_odd_inputs);
  return g_test_run ();
}
