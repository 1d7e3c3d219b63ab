# Sourced by what checks packages. `report NAME` runs `check NAME`, which the script defines, and
# prints `passed NAME` or `FAILED NAME: reason`; what the check printed is shown when it failed.
# Below $work everything may be left: it goes away with the script.

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

report() { # name
    local log=$work/log-$1
    if check "$1" >"$log" 2>&1 </dev/null; then
        passed=$((passed + 1))
        echo "passed $1"
    else
        failed=$((failed + 1))
        tail -n 30 "$log" >&2
        echo "FAILED $1: $(grep -v '^ *$' "$log" | tail -n 1)"
    fi
}

# The last line; the status says whether all have passed.
print_counts() {
    echo "$passed passed, $failed failed"
    [[ $failed == 0 ]]
}
