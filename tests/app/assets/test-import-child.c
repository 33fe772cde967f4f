/* The program that the tests of the asset store start for every import, as diorama-engine is in real life. */

#include "dio-assets.h"

int
main (int argc, char **argv)
{
  return dio_assets_import_child_main (argc, argv);
}
