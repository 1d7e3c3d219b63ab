# Sourced by the scripts that build and run: one compiler cache for all clones, and nothing from
# outside that could send a demo or a test to somebody's production server.

# Paths inside the tree are made relative, so that every clone finds what another has compiled.
use_compiler_cache() {
    export CCACHE_DIR="${XDG_CACHE_HOME:-$HOME/.cache}/conductor-cpp/ccache"
    export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1 CCACHE_MAXSIZE=4G
    export CCACHE_SLOPPINESS=pch_defines,time_macros  # asked for by precompiled headers
}

# Call it after everything is downloaded: package clients may need the proxies.
ignore_outside_settings() {
    local name
    for name in CONDUCTOR_SERVER_URL CONDUCTOR_AUTH_KEY CONDUCTOR_AUTH_SECRET \
        {HTTP,HTTPS,ALL,NO}_PROXY {http,https,all,no}_proxy; do
        if [[ -n ${!name:-} ]]; then
            echo "ignoring the exported $name: everything here runs on this machine" >&2
        fi
        unset "$name"
    done
}
