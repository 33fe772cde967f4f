/* Stands in for a program: the link tests put one whole library behind it. */
int
main (void)
{
  return 0;
}
