# Sourced by the scripts: where third-party sources and compiled objects are kept.
export HOME=${HOME:-/var/tmp/footfall-home}
export FOOTFALL_CACHE=${FOOTFALL_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/footfall}
