// Depth of the leaf pass as metres along the optical axis.
float depth_at (sampler2D map, ivec2 pixel)
{
  return depth_from_stored (max (texelFetch (map, pixel, 0).r, 1e-12));
}
