/* What LeakSanitizer must know to judge the programs that run GTK; linked into them in a build with -Db_sanitize=address.
 *
 * GLib keeps its quarks in one table that readers use without a lock. When it is full, a larger one takes its place and the old one is
 * never freed (glib/gquark.c says so). The studio has more quarks than the first table holds. The file lsan.supp cannot name that leak:
 * GLib is built without frame pointers, so all of its stack that a report shows is g_malloc, which is everybody's.
 *
 * A library that was unloaded before the report has no name in it either, so nothing is unloaded. */

#include <glib.h>

#include <dlfcn.h>
#include <elf.h>
#include <link.h>
#include <sanitizer/lsan_interface.h>
#include <string.h>

/* sanitizer/allocator_interface.h, which gcc does not install. */
int __sanitizer_get_ownership (const volatile void *block);
size_t __sanitizer_get_allocated_size (const volatile void *block);

/** gquark.c: QUARK_BLOCK_SIZE pointers to strings, in the order of the quarks. */
#define TABLE_BYTES (2048 * sizeof (char *))

static gboolean
is_quark_table (void *block)
{
  if (!__sanitizer_get_ownership (block) || __sanitizer_get_allocated_size (block) != TABLE_BYTES)
    return FALSE;
  const char *const *strings = block;
  return strings[1] == g_quark_to_string (1) && strings[2] == g_quark_to_string (2);
}

/* Looks through what GLib's library may write to: its pointer to the table is one of its static variables. */
static int
search_cb (struct dl_phdr_info *library, size_t size, void *user)
{
  if (strstr (library->dlpi_name, "libglib-2.0") == NULL)
    return 0;
  for (int i = 0; i < library->dlpi_phnum; i++) {
    const ElfW (Phdr) *part = &library->dlpi_phdr[i];
    if (part->p_type != PT_LOAD || !(part->p_flags & PF_W))
      continue;
    void **words = (void **) (library->dlpi_addr + ((part->p_vaddr + 7) & ~(ElfW (Addr)) 7));
    for (gsize word = 0; word + 1 < part->p_memsz / sizeof (void *); word++)
      if (words[word] != NULL && is_quark_table (words[word]))
        __lsan_ignore_object (words[word]);
  }
  return 1;
}

static void __attribute__ ((constructor)) ignore_quark_table (void)
{
  dl_iterate_phdr (search_cb, NULL);
}

/* In place of libc's. */
int
dlclose (void *library)
{
  return 0;
}
