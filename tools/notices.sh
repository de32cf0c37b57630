#!/usr/bin/env bash
# Prints the third-party notices, made from tools/thirdparty.txt and tools/packages.txt.
#
#   tools/notices.sh > build/THIRD-PARTY.txt
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/env.sh

trim() { sed 's/^ *//; s/ *$//' <<<"$1"; }

# The licence text of a library, where its source brings one.
text_of() {
  case $1 in
    implot-*) sed -n '1,/^$/s#^// \{0,1\}##p' "$FOOTFALL_CACHE/src/$1/src-core/imgui/implot/implot.h" ;;
    imgui-* | SDL2-*) cat "$FOOTFALL_CACHE/src/$1/LICENSE.txt" ;;
    musl-*) cat "$FOOTFALL_CACHE/src/$1/COPYRIGHT" ;;
    earcut-*) cat "$FOOTFALL_CACHE/src/$1/include/mapbox/LICENSE" ;;
    playwright-core-* | osm2pgsql-*) ;;
    *) cat "web/node_modules/${1%-*}/LICENSE" ;;
  esac
}

echo "Footfall is built with the following third-party software and data."
while IFS='|' read -r name suite package file sha keep licence use; do
  case $name in '' | '#'*) continue ;; esac
  name=$(trim "$name")
  printf '\n%s\n%s (%s): %s\n\n' "$(printf '=%.0s' {1..80})" "$name" "$(trim "$licence")" \
    "$(trim "$use")"
  text_of "$name"
done <tools/thirdparty.txt

printf '\n%s\nFrom Debian 12 (texts in /usr/share/doc/<package>/copyright there):\n\n' \
  "$(printf '=%.0s' {1..80})"
sed -nE 's/^([^ #]+) +# ([^-|][^|]*) \| (.*)$/  \1 (\2): \3/p' tools/packages.txt
