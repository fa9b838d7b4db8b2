# Draws folded stacks (tools/folded_stacks.awk) as a flame graph: each frame is as wide as its share of all
# samples and stands on its caller; frames under 0.4 % are left out. Hover for names and shares. Use:
#   LC_ALL=C sort folded.txt | awk -f tools/flame_graph.awk > flame.svg
BEGIN { FS = "\t"; width = 1200; height = 17; least = 0.004 }
function escaped(text) {
  gsub(/&/, "\\&amp;", text); gsub(/</, "\\&lt;", text); gsub(/>/, "\\&gt;", text)
  return text
}
function close_down_to(depth) {
  for (; open_frames > depth; --open_frames) {
    ++frames
    frame_name[frames] = now[open_frames]; frame_depth[frames] = open_frames
    frame_from[frames] = from[open_frames]; frame_to[frames] = seen
    if (open_frames > deepest && (seen - from[open_frames]) > 0) deepest = open_frames
  }
}
{
  count = split($1, stack, ";")
  same = 0
  while (same < count && same < open_frames && stack[same + 1] == now[same + 1]) ++same
  close_down_to(same)
  while (open_frames < count) { ++open_frames; now[open_frames] = stack[open_frames]; from[open_frames] = seen }
  seen += $2
}
END {
  close_down_to(0)
  deepest = 0
  for (i = 1; i <= frames; ++i)
    if (frame_to[i] - frame_from[i] >= least * seen && frame_depth[i] > deepest) deepest = frame_depth[i]
  total = (deepest + 1) * height
  printf "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"11\">\n", width, total
  printf "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n"
  for (i = 1; i <= frames; ++i) {
    share = (frame_to[i] - frame_from[i]) / seen
    if (share < least) continue
    x = frame_from[i] / seen * width; w = share * width; y = total - frame_depth[i] * height
    letters = int(w / 6.4)
    label = letters < 3 ? "" : substr(frame_name[i], 1, letters)
    printf "<g><title>%s: %.1f %%</title><rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"hsl(%d,75%%,68%%)\" stroke=\"white\"/><text x=\"%.1f\" y=\"%d\">%s</text></g>\n", \
      escaped(frame_name[i]), share * 100, x, y, w, height, 20 + (frame_depth[i] * 7 + length(frame_name[i])) % 35, x + 2, y + 12, escaped(label)
  }
  print "</svg>"
}
