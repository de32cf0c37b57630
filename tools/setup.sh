#!/usr/bin/env bash
# Makes a Debian 12 machine ready to build and test Footfall: missing packages through apt,
# third-party sources (tools/thirdparty.txt) into the cache, packages of npm into web/.
# What is there already is left alone, so a second call takes under a second.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/env.sh

say() { printf 'setup: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

# quiet MESSAGE COMMAND...: fails with the message; the command's output goes to the log.
quiet() {
  local message=$1; shift
  "$@" >"$FOOTFALL_CACHE/setup.log" 2>&1 </dev/null ||
    fail "$message (details: $FOOTFALL_CACHE/setup.log)"
}

install_packages() {
  local wanted missing=() name
  wanted=$(sed 's/#.*//' tools/packages.txt)
  # A node that is not Debian's brings its own npm.
  if command -v npm >/dev/null; then wanted=$(grep -vw npm <<<"$wanted"); fi
  local have
  have=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' 2>/dev/null |
    sed -n 's/ installed$//p')
  for name in $wanted; do
    grep -qxF "$name" <<<"$have" || missing+=("$name")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  say "installing ${#missing[@]} Debian packages: ${missing[*]}"
  local root=()
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || fail "run tools/setup.sh once as root, or install sudo"
    root=(sudo)
  fi
  local apt=("${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q)
  quiet "apt-get update failed: is the network there?" "${apt[@]}" update
  quiet "apt-get install failed" "${apt[@]}" install -y --no-install-recommends "${missing[@]}"
}

# Debian's source packages are fetched with a source list of our own, made from the address in
# the machine's: the system's lists stay as they are.
apt_sources() {
  local dir=$FOOTFALL_CACHE/apt mirror suite
  mkdir -p "$dir/lists/partial" "$dir/cache/archives/partial"
  mirror=$(apt-get update --print-uris 2>/dev/null |
    sed -nE "s#^'(.*)/dists/(bookworm|oldstable|stable)/InRelease'.*#\1#p" | head -n 1)
  [ -n "$mirror" ] || fail "apt has no source for Debian 12 (bookworm)"
  for suite in bookworm trixie; do
    echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main"
  done >"$dir/sources.list"
  apt_private=(apt-get -q -o "Dir::Etc::SourceList=$dir/sources.list" -o Dir::Etc::SourceParts=-
    -o "Dir::State::Lists=$dir/lists" -o "Dir::Cache=$dir/cache" -o APT::Sandbox::User=)
  quiet "cannot read the lists of Debian's source packages: is the network there?" \
    "${apt_private[@]}" update -o APT::Update::Error-Mode=any
}

fetch_sources() {
  local name suite package file sha keep licence use work row listed=
  while IFS='|' read -r name suite package file sha keep licence use; do
    # Trimmed; tar patterns in `keep` are words.
    read -r name <<<"$name"; read -r suite <<<"$suite"; read -r package <<<"$package"
    read -r file <<<"$file"; read -r sha <<<"$sha"; read -r keep <<<"$keep"
    case $name in '' | '#'*) continue ;; esac
    [ "$suite" != npm ] || continue
    local folder=$FOOTFALL_CACHE/src/$name
    row="$sha $keep"
    [ "$(cat "$folder/.unpacked" 2>/dev/null)" != "$row" ] || continue
    [ -n "$listed" ] || { apt_sources; listed=yes; }
    say "fetching $name ($package)"
    work=$(mktemp -d "$FOOTFALL_CACHE/fetch.XXXXXX")
    # A subshell's exit does not end the script.
    (cd "$work" && quiet "cannot fetch the source package $package of $suite" \
      "${apt_private[@]}" source --download-only --tar-only "$package") || exit 1
    [ "$(sha256sum <"$work/$file" | cut -d ' ' -f 1)" = "$sha" ] ||
      fail "$file is not what tools/thirdparty.txt says (SHA-256 differs)"
    local patterns=() pattern
    set -f; for pattern in $keep; do patterns+=("*/$pattern"); done; set +f
    mkdir "$work/out"
    tar -xf "$work/$file" -C "$work/out" --strip-components=1 --no-same-owner \
      --wildcards --no-wildcards-match-slash "${patterns[@]}"
    echo "$row" >"$work/out/.unpacked"
    rm -rf "$folder"; mkdir -p "${folder%/*}"; mv "$work/out" "$folder"; rm -rf "$work"
  done <tools/thirdparty.txt
}

install_npm() {
  local key
  key="$(sha256sum <web/package-lock.json) $(node --version)"
  [ "$(cat web/node_modules/.installed 2>/dev/null)" != "$key" ] || return 0
  say "installing the packages of web/package-lock.json"
  quiet "npm ci failed: is the network there?" npm ci --prefix web --no-audit --no-fund
  echo "$key" >web/node_modules/.installed
}

mkdir -p "$FOOTFALL_CACHE/src"
exec 9>"$FOOTFALL_CACHE/.lock"
flock 9
install_packages
fetch_sources
install_npm
