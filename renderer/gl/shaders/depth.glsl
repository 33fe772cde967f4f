// Depth of a triangle at a pixel's centre from its corners, in double precision. Rasterisers take the slope of depth
// from a quotient by the triangle's area in float: on a wire of 4 mm by 20 m that is off by centimetres, and its ids
// come and go with what lies behind. Needs common.glsl.
layout(std430, binding = 0) readonly buffer Mesh { uint mesh_words[]; }; // positions, ..., indices from item.leaf.z

dvec4 depth_corner (uint which)
{
  uint at = 3u * mesh_words[item.leaf.z + 3u * uint (gl_PrimitiveID) + which];
  dvec3 p = dvec3 (uintBitsToFloat (mesh_words[at]), uintBitsToFloat (mesh_words[at + 1u]),
                   uintBitsToFloat (mesh_words[at + 2u]));
  return dmat4 (item.clip_from_mesh) * dvec4 (p, 1.0);
}

// With corners relative to the pixel, the share of each is the area of the other two with the pixel.
float exact_depth ()
{
  dvec2 pixel = (dvec2 (gl_FragCoord.xy) / dvec2 (frame.viewport.xy) * 2.0 - 1.0) * dvec2 (1.0, -1.0);
  dvec4 a = depth_corner (0u), b = depth_corner (1u), c = depth_corner (2u);
  dvec2 u = a.xy - pixel * a.w, v = b.xy - pixel * b.w, w = c.xy - pixel * c.w;
  dvec3 share = dvec3 (v.x * w.y - v.y * w.x, w.x * u.y - w.y * u.x, u.x * v.y - u.y * v.x);
  double depth = dot (share, dvec3 (a.z, b.z, c.z)), scale = dot (share, dvec3 (a.w, b.w, c.w));
  return scale != 0.0 ? float (depth / scale) : gl_FragCoord.z;
}
