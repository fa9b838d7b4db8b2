# Folds `perf script -F ip,sym` into one line a stack ("main;match;compare 12"), the most frequent first: what
# flame graphs are drawn from, and readable as it is. Use:
#   perf script -i perf.data -F ip,sym | awk -f tools/folded_stacks.awk | sort -k2 -n -r -t'\t'
BEGIN { RS = ""; FS = "\n" }
{
  stack = ""
  for (i = NF; i >= 1; --i) {
    name = $i
    sub(/^[ \t]*[0-9a-f]+ /, "", name)
    gsub(/sonae::|link::|\(anonymous namespace\)::|std::/, "", name)
    sub(/[(<].*/, "", name)
    if (name == "" || name ~ /^\[?unknown/) continue
    stack = stack (stack == "" ? "" : ";") name
  }
  if (stack != "") ++count[stack]
}
END { for (s in count) printf "%s\t%d\n", s, count[s] }
