// Depth of the leaf pass as metres along the optical axis. The depth range is reversed with its far
// plane at infinity: stored = near / depth.
float depth_at (sampler2D map, ivec2 pixel)
{
  return frame.exposure.w / max (texelFetch (map, pixel, 0).r, 1e-12);
}
