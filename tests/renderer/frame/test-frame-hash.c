/* Content keys, seen through the meshes that carry them. */

#include "dio-frame-mesh.h"

#include "test-frame-fixtures.h"

static void
test_equal_content (void)
{
  g_autoptr (DioMesh) a = fixture_square_new ();
  g_autoptr (DioMesh) b = fixture_square_new ();
  g_assert_cmpuint (a->key, ==, b->key);
}

/* The key is stored in caches on disk: it must not change by accident. */
static void
test_frozen (void)
{
  g_autoptr (DioMesh) mesh = fixture_square_new ();
  g_assert_cmphex (mesh->key, ==, G_GUINT64_CONSTANT (0x12802fbe69298262));
}

/* Every single bit of the content changes the key, and about half of its bits. */
static void
test_every_bit_counts (void)
{
  g_autoptr (DioMesh) mesh = fixture_square_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  guint64 original = mesh->key;
  guint64 keys[4 * 3 * 32];
  guint n = 0, flipped = 0;

  for (guint i = 0; i < 12; i++)
    for (guint bit = 0; bit < 32; bit++, n++) {
      uint32_t *word = (uint32_t *) mesh->positions + i;
      *word ^= 1u << bit;
      dio_mesh_seal (mesh);
      *word ^= 1u << bit;
      keys[n] = mesh->key;
      flipped += (guint) __builtin_popcountll (mesh->key ^ original);
      g_assert_true (g_hash_table_add (seen, &keys[n]));
    }
  assert_near (flipped / (double) n, 32, 1);
}

/* The same bytes in another array are another mesh. */
static void
test_arrays_are_told_apart (void)
{
  DioMeshDesc first = { .n_vertices = 3, .n_triangles = 1, .with_uv0 = TRUE };
  DioMeshDesc second = { .n_vertices = 3, .n_triangles = 1, .with_uv1 = TRUE };
  g_autoptr (DioMesh) a = dio_mesh_new (&first);
  g_autoptr (DioMesh) b = dio_mesh_new (&second);
  memset (a->positions, 0, 36);
  memset (b->positions, 0, 36);
  memset (a->normals, 0, 36);
  memset (b->normals, 0, 36);
  memset (a->triangles, 0, 12);
  memset (b->triangles, 0, 12);
  memset (a->uvs[0], 0, 24);
  memset (b->uvs[1], 0, 24);
  dio_mesh_seal (a);
  dio_mesh_seal (b);
  g_assert_cmpuint (a->key, !=, b->key);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/frame/hash/equal-content", test_equal_content);
  g_test_add_func ("/frame/hash/frozen", test_frozen);
  g_test_add_func ("/frame/hash/every-bit-counts", test_every_bit_counts);
  g_test_add_func ("/frame/hash/arrays-are-told-apart", test_arrays_are_told_apart);
  return g_test_run ();
}
