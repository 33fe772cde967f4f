/* Imports bring all files of an asset beside the document, whole or not at all; saves take them along. */

#include "session-fixture.h"

#include "dio-assets.h"
#include "dio-base-path.h"
#include "dio-core-error.h"
#include "dio-session-models.h"

#include <glib/gstdio.h>

#include <string.h>
#include <unistd.h>

#define QUAD_OBJ                                                                                   \
  "mtllib quad.mtl\nv 0 0 0\nv 1 0 0\nv 1 2 0\nv 0 2 0\nvt 0 0\nvt 1 0\nvt 1 1\nvt 0 1\n"          \
  "usemtl m\nf 1/1 2/2 3/3\nf 1/1 3/3 4/4\n"

/* A 1 x 1 red PNG. */
static const guint8 png[] = {
  0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48,
  0x44, 0x52, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x02, 0x00, 0x00,
  0x00, 0x90, 0x77, 0x53, 0xde, 0x00, 0x00, 0x00, 0x0c, 0x49, 0x44, 0x41, 0x54, 0x78,
  0xda, 0x63, 0xf8, 0xcf, 0xc0, 0x00, 0x00, 0x03, 0x01, 0x01, 0x00, 0xf7, 0x03, 0x41,
  0x43, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
};

static void
write_png (const Fixture *f, const char *name)
{
  g_autofree char *path = fixture_path (f, name);
  g_autofree char *folder = g_path_get_dirname (path);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_assert_true (g_file_set_contents (path, (const char *) png, sizeof png, NULL));
}

static void
write_quad (const Fixture *f)
{
  fixture_write (f, "out/quad.obj", QUAD_OBJ);
  fixture_write (f, "out/quad.mtl", "newmtl m\nmap_Kd textures/red.png\n");
  write_png (f, "out/textures/red.png");
  fixture_write (f, "out/notes.txt", "not a part of it");
}

static gboolean
exists (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static gboolean
is_known (gpointer user)
{
  DioSession *session = user;
  const DioScenario *scenario = dio_session_get_scenario (session);
  for (guint i = 0; i < scenario->assets->len; i++) {
    const DioAsset *asset = g_ptr_array_index (scenario->assets, i);
    if (dio_session_get_findings (session, asset->id) == NULL)
      return FALSE;
  }
  return TRUE;
}

static void
test_with_all_files (void)
{
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  write_quad (&f);
  g_autoptr (GError) error = NULL;
  g_autofree char *source = fixture_path (&f, "out/quad.obj");
  const DioVec3 place = { 1, 2, 0.5 };
  g_autofree char *id = fixture_import (&f, source, &place, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (id, ==, "quad");
  const DioScenario *scenario = dio_session_get_scenario (f.session);
  const DioAsset *asset = dio_scenario_find_asset (scenario, id);
  g_assert_cmpstr (asset->path, ==, "assets/quad/quad.obj");
  g_assert_cmpuint (strlen (asset->sha256), ==, 64);
  const char *folder = dio_session_get_folder (f.session);
  g_assert_true (exists (folder, "assets/quad/quad.obj"));
  g_assert_true (exists (folder, "assets/quad/quad.mtl"));
  g_assert_true (exists (folder, "assets/quad/textures/red.png"));
  g_assert_false (exists (folder, "assets/quad/notes.txt"));
  g_assert_nonnull (dio_session_get_findings (f.session, id));

  /* The node stands on the place: Y was up in the file, so that the quad is 2 m high from its bottom. */
  const char *node_id = dio_selection_get_active (dio_session_get_selection (f.session));
  const DioNode *node = dio_scenario_find_node (scenario, node_id);
  g_assert_nonnull (node);
  g_assert_cmpstr (node->model.asset, ==, id);
  g_assert_null (node->category);
  g_assert_cmpfloat_with_epsilon (node->parent_from_node.translation_m.x, 1, 1e-6);
  g_assert_cmpfloat_with_epsilon (node->parent_from_node.translation_m.z, 0.5, 1e-6);

  /* One step; the same file again is the same asset. */
  g_autofree char *again = fixture_import (&f, source, &place, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again, ==, id);
  g_assert_cmpuint (dio_session_get_scenario (f.session)->assets->len, ==, 1);
  g_assert_false (exists (folder, "assets/quad_2"));
  dio_session_undo (f.session);
  dio_session_undo (f.session);
  g_assert_cmpuint (dio_session_get_scenario (f.session)->assets->len, ==, 0);
  g_assert_cmpuint (dio_session_get_scenario (f.session)->nodes->len, ==, 3);
}

static void
test_names_are_free (void)
{
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  fixture_write (&f, "a/thing.obj", "v 0 0 0\nv 1 0 0\nv 1 1 0\nf 1 2 3\n");
  fixture_write (&f, "b/thing.obj", "v 0 0 0\nv 2 0 0\nv 2 1 0\nf 1 2 3\n");
  g_autoptr (GError) error = NULL;
  g_autofree char *first = fixture_path (&f, "a/thing.obj"),
                  *second = fixture_path (&f, "b/thing.obj");
  g_autofree char *one = fixture_import (&f, first, NULL, &error);
  g_assert_no_error (error);
  g_autofree char *two = fixture_import (&f, second, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (one, ==, "thing");
  g_assert_cmpstr (two, ==, "thing_2");
  const DioAsset *asset = dio_scenario_find_asset (dio_session_get_scenario (f.session), two);
  g_assert_cmpstr (asset->path, ==, "assets/thing_2/thing.obj");
  g_assert_cmpuint (dio_session_get_scenario (f.session)->nodes->len, ==, 3);
}

/* Nothing of a failed import is left: no asset, no folder. */
static void
test_failures (void)
{
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  fixture_write (&f, "out/rubbish.glb", "this is no model");
  fixture_write (&f, "out/empty.obj", "");
  static const char *const names[] = { "out/rubbish.glb", "out/empty.obj", "out/absent.obj" };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *path = fixture_path (&f, names[i]);
    g_autofree char *id = fixture_import (&f, path, NULL, &error);
    g_assert_null (id);
    g_assert_nonnull (error);
  }
  g_assert_cmpuint (dio_session_get_scenario (f.session)->assets->len, ==, 0);
  g_assert_false (dio_session_is_modified (f.session));
  g_assert_false (exists (dio_session_get_folder (f.session), "assets"));
  g_autofree char *busy = NULL;
  g_object_get (f.session, "busy", &busy, NULL);
  g_assert_cmpstr (busy, ==, "");
}

/* A name in a model cannot make the copy reach out of the model's folder. */
static void
test_stays_inside (void)
{
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  write_png (&f, "secret.png");
  fixture_write (&f, "out/q.obj", QUAD_OBJ);
  fixture_write (&f, "out/quad.mtl", "newmtl m\nmap_Kd ../secret.png\nmap_Bump link.png\n");
  g_autofree char *link = fixture_path (&f, "out/link.png"),
                  *secret = fixture_path (&f, "secret.png");
  g_assert_cmpint (symlink (secret, link), ==, 0);
  g_autoptr (GError) error = NULL;
  g_autofree char *source = fixture_path (&f, "out/q.obj");
  g_autofree char *id = fixture_import (&f, source, NULL, &error);
  g_assert_no_error (error);
  const char *folder = dio_session_get_folder (f.session);
  g_assert_true (exists (folder, "assets/q/q.obj"));
  g_assert_false (exists (folder, "assets/q/link.png"));
  g_assert_false (exists (folder, "assets/secret.png"));
  g_assert_nonnull (
      dio_diagnostics_find (dio_session_get_findings (f.session, id), "texture-outside"));
}

static void
test_pictures (void)
{
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  write_png (&f, "out/wall paper.png");
  g_autoptr (GError) error = NULL;
  g_autofree char *source = fixture_path (&f, "out/wall paper.png");
  const DioVec3 place = { 0, 0, 0 };
  g_autofree char *id = fixture_import (&f, source, &place, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (id, ==, "wall_paper");
  const DioScenario *scenario = dio_session_get_scenario (f.session);
  g_assert_cmpint (dio_scenario_find_asset (scenario, id)->kind, ==, DIO_ASSET_TEXTURE);
  g_assert_cmpuint (scenario->nodes->len, ==, 3);
}

/* Saving a draft brings its assets along, also those that only undo knows; the draft's folder goes. */
static void
test_save_draft (void)
{
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  write_quad (&f);
  fixture_write (&f, "a/thing.obj", "v 0 0 0\nv 1 0 0\nv 1 1 0\nf 1 2 3\n");
  g_autoptr (GError) error = NULL;
  g_autofree char *quad = fixture_path (&f, "out/quad.obj"),
                  *thing = fixture_path (&f, "a/thing.obj");
  g_autofree char *id = fixture_import (&f, quad, &(DioVec3){ 0 }, &error);
  g_assert_no_error (error);
  g_autofree char *other = fixture_import (&f, thing, NULL, &error);
  dio_session_undo (f.session);
  g_autofree char *draft = g_strdup (dio_session_get_folder (f.session));
  g_autofree char *path = fixture_path (&f, "project/scene.diorama");
  g_autofree char *project = fixture_path (&f, "project");
  g_assert_cmpint (g_mkdir (project, 0755), ==, 0);
  g_assert_true (fixture_save (&f, path, &error));
  g_assert_no_error (error);
  g_assert_true (exists (project, "assets/quad/textures/red.png"));
  g_assert_true (exists (project, "assets/thing/thing.obj"));
  dio_session_redo (f.session);
  g_assert_true (dio_session_is_modified (f.session));
  dio_session_undo (f.session);

  /* Elsewhere: what the document needs goes along, nothing else. */
  g_autofree char *there = fixture_path (&f, "there"),
                  *second = fixture_path (&f, "there/b.diorama");
  g_assert_cmpint (g_mkdir (there, 0755), ==, 0);
  g_assert_true (fixture_save (&f, second, &error));
  g_assert_no_error (error);
  g_assert_true (exists (there, "assets/quad/quad.mtl"));
  g_assert_false (exists (there, "assets/thing"));
  g_assert_true (exists (project, "assets/quad/quad.mtl"));

  /* Another file in the way is not written over. */
  g_autofree char *third = fixture_path (&f, "third/c.diorama");
  fixture_write (&f, "third/assets/quad/quad.obj", "something else");
  g_assert_false (fixture_save (&f, third, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_EXISTS);
  g_assert_cmpstr (dio_session_get_path (f.session), ==, second);
  g_assert_false (g_file_test (third, G_FILE_TEST_EXISTS));

  /* What was saved can be opened, and its findings are found out anew. */
  dio_session_new_document (f.session, NULL);
  g_clear_error (&error);
  g_assert_true (fixture_open (&f, second, &error));
  g_assert_no_error (error);
  g_assert_null (dio_session_get_findings (f.session, id));
  fixture_wait (is_known, f.session, "findings");
  g_assert_nonnull (
      dio_diagnostics_find (dio_session_get_findings (f.session, id), "unit-assumed"));
  g_assert_null (dio_diagnostics_find (dio_session_get_findings (f.session, id), "import-failed"));
  g_assert_false (g_file_test (draft, G_FILE_TEST_EXISTS));
}

/* A folder "dataset" with the imported form of the document's only asset, as the engine leaves it; its name is returned. */
static char *
make_dataset (const Fixture *f)
{
  const DioAsset *asset = g_ptr_array_index (dio_session_get_scenario (f->session)->assets, 0);
  g_autofree char *blob = dio_asset_dup_blob_name (asset, asset->sha256);
  char *name = g_build_filename ("assets", blob, NULL);
  g_autofree char *cache = dio_path_dup_cache_folder (),
                  *from = g_build_filename (cache, name, NULL), *data = NULL;
  g_autofree char *below = g_build_filename ("dataset", name, NULL), *to = fixture_path (f, below);
  g_autofree char *folder = g_path_get_dirname (to);
  gsize size;
  g_assert_true (g_file_get_contents (from, &data, &size, NULL));
  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_assert_true (g_file_set_contents (to, data, (gssize) size, NULL));
  return name;
}

static void
open_snapshot (Fixture *f, DioScenario *snapshot, const char *first, const char *second)
{
  g_autoptr (GError) error = NULL;
  GAsyncResult *ready = NULL;
  const char *folders[] = { first, second, NULL };
  dio_session_open_snapshot_async (f->session, snapshot, folders, fixture_ready_cb, &ready);
  g_autoptr (GAsyncResult) result = fixture_wait_ready (&ready);
  g_assert_true (dio_session_open_finish (f->session, result, &error));
  g_assert_no_error (error);
  g_assert_null (dio_session_get_path (f->session));
  fixture_wait (is_known, f->session, "findings");
}

static gboolean
has_finding (const Fixture *f, const char *id, const char *code)
{
  return dio_diagnostics_find (dio_session_get_findings (f->session, id), code) != NULL;
}

/* What was rendered can be seen again without the files it was made of, and goes along with a save. */
static void
test_snapshot (void)
{
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  write_quad (&f);
  g_autoptr (GError) error = NULL;
  g_autofree char *source = fixture_path (&f, "out/quad.obj");
  g_autofree char *id = fixture_import (&f, source, &(DioVec3){ 0 }, &error);
  g_assert_no_error (error);
  g_autofree char *home = fixture_path (&f, "home"), *path = fixture_path (&f, "home/a.diorama");
  g_assert_cmpint (g_mkdir (home, 0755), ==, 0);
  g_assert_true (fixture_save (&f, path, &error));
  g_autofree char *blob = make_dataset (&f);
  g_autofree char *dataset = fixture_path (&f, "dataset");
  g_autoptr (DioScenario) snapshot = dio_scenario_ref (dio_session_get_scenario (f.session));

  /* The files are there, and are what was rendered. */
  open_snapshot (&f, snapshot, home, dataset);
  g_assert_true (exists (dio_session_get_folder (f.session), "assets/quad/quad.obj"));
  g_assert_false (has_finding (&f, id, "file-missing"));

  /* They are others now. */
  fixture_write (&f, "home/assets/quad/quad.obj", "v 0 0 0\nv 9 0 0\nv 9 9 0\nf 1 2 3\n");
  open_snapshot (&f, snapshot, home, dataset);
  g_assert_false (exists (dio_session_get_folder (f.session), "assets/quad/quad.obj"));
  g_assert_true (exists (dio_session_get_folder (f.session), blob));
  g_assert_true (has_finding (&f, id, "file-missing"));
  g_assert_false (has_finding (&f, id, "import-failed"));
  g_autofree char *key = g_strconcat ("asset:", id, NULL);
  DioBox3 bounds;
  g_assert_true (dio_shelf_item_get_bounds (dio_session_find_shelf_item (f.session, key), &bounds));
  g_assert_cmpfloat_with_epsilon (bounds.max.z, 2, 1e-6);

  /* They are gone, and so is what the user's cache knew of the place. */
  open_snapshot (&f, snapshot, "/nonexistent", dataset);
  g_assert_false (has_finding (&f, id, "import-failed"));
  g_autofree char *there = fixture_path (&f, "there"),
                  *second = fixture_path (&f, "there/b.diorama");
  g_assert_cmpint (g_mkdir (there, 0755), ==, 0);
  g_assert_true (fixture_save (&f, second, &error));
  g_assert_no_error (error);
  g_assert_true (exists (there, blob));
  g_assert_true (fixture_open (&f, second, &error));
  fixture_wait (is_known, f.session, "findings");
  g_assert_false (has_finding (&f, id, "import-failed"));

  /* A form that is damaged serves nobody. */
  g_autofree char *form = g_build_filename (dataset, blob, NULL);
  g_assert_true (g_file_set_contents (form, "rubbish", -1, NULL));
  open_snapshot (&f, snapshot, "/nonexistent", dataset);
  g_assert_true (has_finding (&f, id, "import-failed"));
}

static void
test_in_place (void)
{
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = fixture_path (&f, "scene.diorama");
  g_assert_true (fixture_save (&f, path, &error));
  write_quad (&f);
  g_autofree char *source = fixture_path (&f, "out/quad.obj");
  g_autofree char *id = fixture_import (&f, source, NULL, &error);
  g_assert_no_error (error);
  /* It lies below the document already. */
  g_assert_cmpstr (dio_scenario_find_asset (dio_session_get_scenario (f.session), id)->path, ==,
                   "out/quad.obj");
  g_assert_false (exists (f.folder, "assets"));
}

/* A model in millimetres that lies on its side and far away: each button sets the option that the finding names. */
static void
test_fixes (void)
{
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  fixture_write (&f, "out/big.obj",
                 "v 0 -150 0\nv 300 -150 0\nv 300 150 0\nv 0 150 0\nv 150 0 600\n"
                 "f 1 2 5\nf 2 3 5\nf 3 4 5\nf 4 1 5\nf 4 3 2 1\n");
  g_autoptr (GError) error = NULL;
  g_autofree char *source = fixture_path (&f, "out/big.obj");
  g_autofree char *id = fixture_import (&f, source, NULL, &error);
  g_assert_no_error (error);
  const DioDiagnostics *findings = dio_session_get_findings (f.session, id);
  g_assert_nonnull (dio_diagnostics_find (findings, "unit-guess"));
  g_assert_nonnull (dio_diagnostics_find (findings, "up-axis-guess"));
  g_assert_cmpstr (dio_session_get_fix_label (f.session, id, "up-axis-guess"), ==, "Set Z Up");
  g_assert_cmpstr (dio_session_get_fix_label (f.session, id, "unit-guess"), ==,
                   "Set Unit to Centimetres");
  g_assert_cmpstr (dio_session_get_fix_label (f.session, id, "far-from-origin"), ==,
                   "Move to Origin");
  g_assert_null (dio_session_get_fix_label (f.session, id, "unit-assumed"));
  g_assert_false (dio_session_fix_finding (f.session, id, "unit-assumed", &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_true (dio_session_fix_finding (f.session, id, "up-axis-guess", &error));
  g_assert_no_error (error);
  g_assert_true (dio_session_fix_finding (f.session, id, "unit-guess", &error));
  g_assert_no_error (error);
  const DioAsset *asset = dio_scenario_find_asset (dio_session_get_scenario (f.session), id);
  g_assert_cmpint (asset->up, ==, DIO_UP_Z);
  g_assert_cmpfloat_with_epsilon (asset->scale_to_m, 0.01, 1e-12);
  g_autofree char *key = g_strconcat ("asset:", id, NULL);
  DioShelfItem *item = dio_session_find_shelf_item (f.session, key);
  DioBox3 bounds;
  guint changed = 0;
  g_signal_connect (f.session, "findings-changed", G_CALLBACK (fixture_count_cb), &changed);
  while (changed == 0 || !dio_shelf_item_get_bounds (item, &bounds)
         || !(bounds.max.z - bounds.min.z < 10))
    g_main_context_iteration (NULL, TRUE);
  findings = dio_session_get_findings (f.session, id);
  g_assert_null (dio_diagnostics_find (findings, "up-axis-guess"));
  g_assert_null (dio_diagnostics_find (findings, "unit-guess"));
  g_assert_cmpfloat_with_epsilon (bounds.max.z, 6, 1e-6);
  dio_session_undo (f.session);
  dio_session_undo (f.session);
  asset = dio_scenario_find_asset (dio_session_get_scenario (f.session), id);
  g_assert_cmpint (asset->up, ==, DIO_UP_AUTO);
}

/* A real glTF file with buffers and pictures of its own. */
static void
test_gltf (void)
{
  g_autofree char *source =
      g_build_filename (g_getenv ("DIORAMA_ASSETS_DIR"), "awkward", "gltf", NULL);
  g_autoptr (GDir) dir = g_dir_open (source, 0, NULL);
  const char *name = NULL;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL && !g_str_has_suffix (name, ".gltf"))
    continue;
  if (name == NULL) {
    g_test_skip ("the development assets are not here; quad.obj tests the same path");
    return;
  }
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (source, name, NULL);
  g_autofree char *id = fixture_import (&f, path, &(DioVec3){ 0 }, &error);
  g_assert_no_error (error);
  const DioPreviewResult *result = fixture_wait_result (&f);
  g_assert_no_error (result->error);
  g_assert_nonnull (dio_session_get_findings (f.session, id));
}

/* A cut-out leaf that shows one side. */
static const char leaf_gltf[] =
    "{\"asset\":{\"version\":\"2.0\"},\"scene\":0,\"scenes\":[{\"nodes\":[0]}],"
    "\"nodes\":[{\"mesh\":0}],\"meshes\":[{\"primitives\":[{\"attributes\":{\"POSITION\":0},"
    "\"material\":0}]}],\"materials\":[{\"name\":\"leaf\",\"alphaMode\":\"MASK\"}],"
    "\"accessors\":[{\"bufferView\":0,\"componentType\":5126,\"count\":3,\"type\":\"VEC3\","
    "\"min\":[0,0,0],\"max\":[1,1,0]}],\"bufferViews\":[{\"buffer\":0,\"byteLength\":36}],"
    "\"buffers\":[{\"byteLength\":36,\"uri\":\"leaf.bin\"}]}";

/* Leaves that vanish from behind: the button sets an override on every node that shows them, and is gone when it did. */
static void
test_fix_cards (void)
{
  static const float corners[9] = { 0, 0, 0, 1, 0, 0, 1, 1, 0 };
  static const DioVec3 place = { 0, 0, 0 };
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  fixture_write (&f, "out/leaf.gltf", leaf_gltf);
  g_autoptr (GError) error = NULL;
  g_autofree char *bin = fixture_path (&f, "out/leaf.bin");
  g_assert_true (g_file_set_contents (bin, (const char *) corners, sizeof corners, NULL));
  g_autofree char *source = fixture_path (&f, "out/leaf.gltf");
  g_autofree char *id = fixture_import (&f, source, &place, &error);
  g_assert_no_error (error);
  g_autofree char *node =
      g_strdup (dio_selection_get_active (dio_session_get_selection (f.session)));
  g_assert_cmpstr (dio_session_get_fix_label (f.session, id, "single-sided-cards"), ==,
                   "Show Both Sides");
  g_assert_true (dio_session_fix_finding (f.session, id, "single-sided-cards", &error));
  g_assert_no_error (error);
  const DioNode *shown = dio_scenario_find_node (dio_session_get_scenario (f.session), node);
  g_assert_cmpuint (shown->model.materials->len, ==, 1);
  const DioMaterialOverride *override = g_ptr_array_index (shown->model.materials, 0);
  g_assert_cmpstr (override->slot, ==, "leaf");
  g_assert_true (override->double_sided);
  g_assert_null (dio_session_get_fix_label (f.session, id, "single-sided-cards"));
  g_autofree char *step = NULL;
  g_object_get (f.session, "undo-name", &step, NULL);
  g_assert_cmpstr (step, ==, "Show Both Sides");
  dio_session_undo (f.session);
  g_assert_nonnull (dio_session_get_fix_label (f.session, id, "single-sided-cards"));
}

static void
copied_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  GAsyncResult **ready = user;
  *ready = g_object_ref (result);
}

/* A folder or table from elsewhere comes below the document's, with the files that are choices and no others. */
static void
test_sources_are_copied (void)
{
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  write_png (&f, "out/photos/a.png");
  write_png (&f, "out/photos/b.png");
  fixture_write (&f, "out/photos/notes.txt", "not a picture");
  fixture_write (&f, "out/ev.csv", "frame,ev\n0,9\n");
  fixture_write (&f, "out/bad.csv", "a,b\n1\n");
  const char *folder = dio_session_get_folder (f.session);
  g_autofree char *photos = fixture_path (&f, "out/photos");
  g_autofree char *table = fixture_path (&f, "out/ev.csv");
  g_autofree char *bad = fixture_path (&f, "out/bad.csv");
  g_autoptr (GError) error = NULL;
  GAsyncResult *ready = NULL;

  dio_session_copy_folder_async (f.session, photos, DIO_ASSET_TEXTURE, copied_cb, &ready);
  g_autoptr (GAsyncResult) first = fixture_wait_ready (&ready);
  g_autofree char *copied = dio_session_copy_finish (f.session, first, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (copied, ==, "assets/photos");
  g_assert_true (exists (folder, "assets/photos/a.png"));
  g_assert_true (exists (folder, "assets/photos/b.png"));
  g_assert_false (exists (folder, "assets/photos/notes.txt"));

  ready = NULL;
  dio_session_copy_table_async (f.session, table, copied_cb, &ready);
  g_autoptr (GAsyncResult) second = fixture_wait_ready (&ready);
  g_autofree char *name = dio_session_copy_finish (f.session, second, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (name, ==, "assets/ev/ev.csv");
  g_assert_true (exists (folder, name));

  ready = NULL;
  dio_session_copy_table_async (f.session, bad, copied_cb, &ready);
  g_autoptr (GAsyncResult) third = fixture_wait_ready (&ready);
  g_assert_null (dio_session_copy_finish (f.session, third, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_CORRUPT);
  g_assert_false (exists (folder, "assets/bad"));
}

int
main (int argc, char **argv)
{
  fixture_begin_program ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/import/with-all-files", test_with_all_files);
  g_test_add_func ("/session/import/names-are-free", test_names_are_free);
  g_test_add_func ("/session/import/failures-leave-nothing", test_failures);
  g_test_add_func ("/session/import/stays-inside", test_stays_inside);
  g_test_add_func ("/session/import/pictures", test_pictures);
  g_test_add_func ("/session/import/in-place", test_in_place);
  g_test_add_func ("/session/import/save-takes-assets-along", test_save_draft);
  g_test_add_func ("/session/import/snapshot-without-files", test_snapshot);
  g_test_add_func ("/session/import/fixes", test_fixes);
  g_test_add_func ("/session/import/fix-cards", test_fix_cards);
  g_test_add_func ("/session/import/sources-are-copied", test_sources_are_copied);
  g_test_add_func ("/session/import/gltf", test_gltf);
  int rc = g_test_run ();
  fixture_end_program ();
  return rc;
}
