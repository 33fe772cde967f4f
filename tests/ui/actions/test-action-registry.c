#include "dio-action.h"
#include "dio-harness.h"

/* An owner with a property of each kind that commands bind to. */
#define TEST_TYPE_OWNER (test_owner_get_type ())
G_DECLARE_FINAL_TYPE (TestOwner, test_owner, TEST, OWNER, GObject)

struct _TestOwner {
  GObject parent_instance;
  gboolean flag;
  int level;
  guint runs;
};

G_DEFINE_TYPE (TestOwner, test_owner, G_TYPE_OBJECT)

enum { PROP_FLAG = 1, PROP_LEVEL };

static void
test_owner_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TestOwner *self = TEST_OWNER (object);
  if (id == PROP_FLAG)
    g_value_set_boolean (value, self->flag);
  else
    g_value_set_int (value, self->level);
}

static void
test_owner_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TestOwner *self = TEST_OWNER (object);
  if (id == PROP_FLAG)
    self->flag = g_value_get_boolean (value);
  else
    self->level = g_value_get_int (value);
}

static void
test_owner_class_init (TestOwnerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->get_property = test_owner_get_property;
  object_class->set_property = test_owner_set_property;
  g_object_class_install_property (
      object_class, PROP_FLAG,
      g_param_spec_boolean ("flag", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
  g_object_class_install_property (
      object_class, PROP_LEVEL,
      g_param_spec_int ("level", NULL, NULL, 0, 9, 0, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
}

static void
test_owner_init (TestOwner *self)
{
}

static void
run_cb (gpointer owner)
{
  TEST_OWNER (owner)->runs++;
}

static const DioActionInfo table[] = {
  { "run", "Run It", "Scene", "<Control>r|F5", NULL, run_cb, NULL, 1 },
  { "flag", "Show Flag", "Scene", NULL, NULL, NULL, "flag", 0 },
  { "level", "Level", "Scene", NULL, NULL, NULL, "level", 0 },
  { "other", "Other", "View", NULL, NULL, run_cb, NULL, 0 },
  { NULL },
};

typedef struct {
  GtkApplication *application;
  GSimpleActionGroup *group;
  DioActionRegistry *registry;
  TestOwner *owner;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->application = gtk_application_new (NULL, G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (fixture->application), NULL, NULL);
  fixture->group = g_simple_action_group_new ();
  fixture->registry = dio_action_registry_new (fixture->application, G_ACTION_MAP (fixture->group));
  fixture->owner = g_object_new (TEST_TYPE_OWNER, NULL);
  dio_action_registry_add (fixture->registry, table, G_OBJECT (fixture->owner), NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->registry);
  g_clear_object (&fixture->owner);
  g_assert_finalize_object (fixture->group);
  g_object_unref (fixture->application);
}

static void
test_activate (Fixture *fixture, gconstpointer data)
{
  GActionGroup *group = G_ACTION_GROUP (fixture->group);
  dio_action_registry_take_last ();
  g_action_group_activate_action (group, "run", NULL);
  g_assert_cmpuint (fixture->owner->runs, ==, 1);
  g_assert_cmpstr (dio_action_registry_take_last (), ==, "run");
  g_assert_null (dio_action_registry_take_last ());

  dio_action_registry_set_enabled (fixture->registry, "run", FALSE);
  g_assert_false (dio_action_registry_run (fixture->registry, "run"));
  g_assert_cmpuint (fixture->owner->runs, ==, 1);
  dio_action_registry_set_enabled (fixture->registry, "run", TRUE);
  g_assert_true (dio_action_registry_run (fixture->registry, "run"));
  g_assert_cmpuint (fixture->owner->runs, ==, 2);
}

static void
test_property (Fixture *fixture, gconstpointer data)
{
  GActionGroup *group = G_ACTION_GROUP (fixture->group);
  g_action_group_activate_action (group, "flag", NULL);
  g_assert_true (fixture->owner->flag);
  g_autoptr (GVariant) on = g_action_group_get_action_state (group, "flag");
  g_assert_true (g_variant_get_boolean (on));

  g_object_set (fixture->owner, "flag", FALSE, "level", 3, NULL);
  g_autoptr (GVariant) off = g_action_group_get_action_state (group, "flag");
  g_assert_false (g_variant_get_boolean (off));
  g_autoptr (GVariant) three = g_action_group_get_action_state (group, "level");
  g_assert_cmpint (g_variant_get_int32 (three), ==, 3);

  g_action_group_activate_action (group, "level", g_variant_new_int32 (7));
  g_assert_cmpint (fixture->owner->level, ==, 7);
  g_action_group_change_action_state (group, "level", g_variant_new_int32 (8));
  g_assert_cmpint (fixture->owner->level, ==, 8);
}

static void
test_owner_ends (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->owner);
  GActionGroup *group = G_ACTION_GROUP (fixture->group);
  g_assert_false (g_action_group_get_action_enabled (group, "run"));
  g_assert_false (g_action_group_get_action_enabled (group, "flag"));
  dio_action_registry_set_enabled (fixture->registry, "run", TRUE);
  g_assert_false (g_action_group_get_action_enabled (group, "run"));
}

static void
test_accelerators (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) first = gtk_application_get_actions_for_accel (fixture->application, "<Control>r");
  g_assert_cmpuint (g_strv_length (first), ==, 1);
  g_assert_cmpstr (first[0], ==, "win.run");
  g_auto (GStrv) second = gtk_application_get_actions_for_accel (fixture->application, "F5");
  g_assert_cmpstr (second[0], ==, "win.run");
  g_autofree char *label = dio_action_registry_dup_key_label (fixture->registry, "run");
  g_assert_cmpstr (label, ==, "Ctrl+R, F5");
  g_assert_null (dio_action_registry_dup_key_label (fixture->registry, "other"));
}

static void
test_own_keys (Fixture *fixture, gconstpointer data)
{
  const char *clash = NULL;
  g_assert_false (dio_action_registry_set_keys (fixture->registry, "other", "<Primary>R", &clash));
  g_assert_cmpstr (clash, ==, "run");
  // A bare letter in the whole window would steal it from text fields; nonsense is no key.
  g_assert_false (dio_action_registry_set_keys (fixture->registry, "other", "k", &clash));
  g_assert_null (clash);
  g_assert_false (
      dio_action_registry_set_keys (fixture->registry, "other", "<Control>nokey", NULL));

  g_assert_true (dio_action_registry_set_keys (fixture->registry, "run", "<Control>k", NULL));
  g_assert_true (dio_action_registry_set_keys (fixture->registry, "other", "<Control>r", NULL));
  g_auto (GStrv) names = gtk_application_get_actions_for_accel (fixture->application, "<Control>r");
  g_assert_cmpstr (names[0], ==, "win.other");
  // Its own default is taken now.
  g_assert_false (dio_action_registry_set_keys (fixture->registry, "run", NULL, &clash));
  g_assert_cmpstr (clash, ==, "other");
  g_assert_true (dio_action_registry_set_keys (fixture->registry, "other", NULL, NULL));
  g_assert_true (dio_action_registry_set_keys (fixture->registry, "run", NULL, NULL));
  g_assert_cmpstr (dio_action_registry_get_keys (fixture->registry, "run"), ==, "<Control>r|F5");
}

static const DioActionInfo doubled[] = {
  { "run", "Run Again", "Scene", NULL, NULL, run_cb },
  { NULL },
};
static const DioActionInfo clashing[] = {
  { "clash", "Clash", "Scene", "<Control>R", NULL, run_cb },
  { NULL },
};
static const DioActionInfo bare[] = {
  { "bare", "Bare", "Scene", "q", NULL, run_cb },
  { NULL },
};

static void
test_faults_of_tables (Fixture *fixture, gconstpointer data)
{
  guint count = dio_action_registry_get_count (fixture->registry);
  g_test_expect_message ("dio-actions", G_LOG_LEVEL_WARNING, "*already is a command run*");
  dio_action_registry_add (fixture->registry, doubled, G_OBJECT (fixture->owner), NULL);
  g_test_assert_expected_messages ();
  g_assert_cmpuint (dio_action_registry_get_count (fixture->registry), ==, count);
  g_assert_cmpstr (dio_action_registry_find (fixture->registry, "run")->label, ==, "Run It");

  g_test_expect_message ("dio-actions", G_LOG_LEVEL_WARNING, "*taken by run*");
  dio_action_registry_add (fixture->registry, clashing, G_OBJECT (fixture->owner), NULL);
  g_test_assert_expected_messages ();
  g_test_expect_message ("dio-actions", G_LOG_LEVEL_WARNING, "*lacks a modifier*");
  dio_action_registry_add (fixture->registry, bare, G_OBJECT (fixture->owner), NULL);
  g_test_assert_expected_messages ();
  g_auto (GStrv) names = gtk_application_get_actions_for_accel (fixture->application, "<Control>r");
  g_assert_cmpuint (g_strv_length (names), ==, 1);
}

static char *
dup_item (GMenuModel *menu, int section, int item, const char *attribute)
{
  g_autoptr (GMenuModel) inner = g_menu_model_get_item_link (menu, section, G_MENU_LINK_SECTION);
  char *text = NULL;
  g_assert_true (g_menu_model_get_item_attribute (inner, item, attribute, "s", &text));
  return text;
}

static void
test_menu (Fixture *fixture, gconstpointer data)
{
  static const DioActionInfo later[] = {
    { "later", "Later", "Scene", NULL, NULL, run_cb, NULL, 1 },
    { NULL },
  };
  g_autoptr (GMenuModel) menu = dio_action_registry_create_menu (fixture->registry, "Scene");
  // Section 0 has the flag; what needs a value is left out; section 1 has the command.
  g_assert_cmpint (g_menu_model_get_n_items (menu), ==, 2);
  g_autofree char *flag = dup_item (menu, 0, 0, G_MENU_ATTRIBUTE_ACTION);
  g_autofree char *run = dup_item (menu, 1, 0, G_MENU_ATTRIBUTE_LABEL);
  g_assert_cmpstr (flag, ==, "win.flag");
  g_assert_cmpstr (run, ==, "Run It");
  g_autofree char *key = dup_item (menu, 1, 0, "accel");
  g_assert_cmpstr (key, ==, "<Control>r");

  dio_action_registry_add (fixture->registry, later, G_OBJECT (fixture->owner), NULL);
  g_autofree char *added = dup_item (menu, 1, 1, G_MENU_ATTRIBUTE_ACTION);
  g_assert_cmpstr (added, ==, "win.later");
}

/* The map goes while somebody else still holds the registry: nobody tells it anything any more. */
static void
test_map_ends_first (Fixture *fixture, gconstpointer data)
{
  GSimpleActionGroup *group = g_simple_action_group_new ();
  DioActionRegistry *registry = dio_action_registry_new (NULL, G_ACTION_MAP (group));
  TestOwner *owner = g_object_new (TEST_TYPE_OWNER, NULL);
  dio_action_registry_add (registry, table, G_OBJECT (owner), NULL);
  g_assert_finalize_object (group);
  g_assert_null (dio_action_registry_get_map (registry));
  g_assert_false (dio_action_registry_run (registry, "run"));
  dio_action_registry_set_enabled (registry, "run", TRUE);
  g_assert_finalize_object (owner);
  g_assert_finalize_object (registry);
}

int
main (int argc, char **argv)
{
  dio_harness_init (&argc, &argv);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/actions/registry/map-ends-first", test_map_ends_first);
  ADD ("/actions/registry/activate", test_activate);
  ADD ("/actions/registry/property", test_property);
  ADD ("/actions/registry/owner-ends", test_owner_ends);
  ADD ("/actions/registry/accelerators", test_accelerators);
  ADD ("/actions/registry/own-keys", test_own_keys);
  ADD ("/actions/registry/faults-of-tables", test_faults_of_tables);
  ADD ("/actions/registry/menu", test_menu);
  return g_test_run ();
}
