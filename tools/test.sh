# Sourced by ./run: the stages of `./run test`. Every stage runs even if an earlier one failed.

passed=0
failed=0

# stage NAME COMMAND...: runs it with its output in build/logs/NAME.log and adds up its checks:
# those of ctest, those of a line "N passed, M failed", or else one for the whole stage.
stage() {
  local name=$1 log=build/logs/$1.log start=$SECONDS status=0 ok=0 bad=0 line; shift
  ("$@") >"$log" 2>&1 </dev/null || status=$?
  if line=$(grep -E 'tests passed, [0-9]+ tests failed out of' "$log" | tail -n 1) && [ "$line" ]; then
    bad=$(sed -E 's/.* ([0-9]+) tests failed out of.*/\1/' <<<"$line")
    ok=$((${line##* } - bad))
  elif line=$(grep -E '^([^ ]+: )?[0-9]+ passed, [0-9]+ failed' "$log" | tail -n 1) && [ "$line" ]; then
    ok=$(sed -E 's/^([^ ]+: )?([0-9]+) passed.*/\2/' <<<"$line")
    bad=$(sed -E 's/.* passed, ([0-9]+) failed.*/\1/' <<<"$line")
  fi
  [ $((ok + bad)) -gt 0 ] || [ $status != 0 ] || ok=1
  [ $status = 0 ] || [ "$bad" -gt 0 ] || bad=1
  passed=$((passed + ok))
  failed=$((failed + bad))
  printf '%-6s %-22s %4d of %-4d %4d s\n' "$([ "$bad" = 0 ] && echo ok || echo FAILED)" "$name" \
    "$ok" $((ok + bad)) $((SECONDS - start))
  if [ "$bad" != 0 ]; then
    { grep -E '(error|ERROR|FAILED|Failed|DIFFERS)[: ]' "$log" | head -n 30; echo ...
      tail -n 15 "$log"; } | cut -c 1-160 | sed 's/^/       | /'
    echo "       | whole log: $log"
  fi
}

skip() { printf '%-6s %-22s %s\n' - "$1" "$2"; }

# ctest_in PRESET [OPTION...]
ctest_in() {
  local preset=$1; shift
  ctest --test-dir "build/$preset" --output-on-failure -j "$(nproc)" "$@"
}

# scripts_in FOLDER [COMMAND...]: each program among a folder's scripts is one check, run by the
# command where there is one. It finds ours in $FOOTFALL and $FOOTFALL_WINDOW.
scripts_in() {
  local folder=$1 script ok=0 bad=0; shift
  export FOOTFALL=$PWD/build/release/footfall FOOTFALL_WINDOW=$PWD/build/release/footfall-window
  for script in "$folder"/*.sh "$folder"/*.py; do
    [ -x "$script" ] || continue
    echo "--- $script"
    if "$@" "$script"; then ok=$((ok + 1)); else bad=$((bad + 1)); echo "FAILED $script"; fi
  done
  echo "${folder##*/}: $ok passed, $bad failed"
  [ $bad = 0 ]
}

sanitizer() {
  local preset=$1
  build "$preset" all-tests || return
  # Fixed addresses: the thread sanitizer cannot work with the most random ones.
  setarch -R ctest --test-dir "build/$preset" --output-on-failure
}

run_test() {
  local full= preset
  case ${1:-} in
    --full) full=yes ;;
    '') ;;
    *) fail "test: unknown argument $1" ;;
  esac
  mkdir -p build/logs
  tools/setup.sh
  set +e

  for preset in release wasm-st; do
    stage "build-$preset" build "$preset"
    stage "test-$preset" ctest_in "$preset"
  done
  # Of the build with threads: the ground that all rooms share them through, what the page loads,
  # and every room's goldens.
  stage build-wasm-mt build wasm-mt test_core footfall-engine footfall-determinism
  stage test-wasm-mt ctest_in wasm-mt -R '^test_core$'

  if compgen -G 'tests/determinism/*.cpp' >/dev/null; then
    stage build-release-o2 build release-o2 footfall-determinism
    stage build-wasm-scalar build wasm-scalar footfall-determinism
    stage symbols tests/determinism/symbols.sh
    stage determinism tests/determinism/run.sh
    cat build/logs/determinism.log
  else
    skip determinism "no sources yet"
  fi

  if compgen -G 'tests/cli/*.[ps][yh]' >/dev/null; then stage cli scripts_in tests/cli
  else skip cli "no tests yet"; fi

  if compgen -G 'tests/window/*.[ps][yh]' >/dev/null; then
    stage demo demo_scenario
    # A display of its own, without a screen.
    stage window scripts_in tests/window xvfb-run -a -s '-screen 0 1600x1000x24'
  else
    skip window "no tests yet"
  fi

  if [ -f web/tests/run.mjs ]; then
    stage build-page page
    stage page node web/tests/run.mjs
  else
    skip page "no tests yet"
  fi

  stage format run_format --check

  if [ "$full" ]; then
    export FOOTFALL_FUZZ=10000
    stage asan sanitizer asan
    stage tsan sanitizer tsan
  fi

  echo
  echo "$passed passed, $failed failed"
  [ $failed = 0 ]
}
