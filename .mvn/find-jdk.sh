# To be sourced. find_jdk sets `best` to the major version of the newest JDK on this machine, 0 for none, and `best_home`
# to its home. A JDK, not a JRE: there must be a compiler.

jdk_version() {
    local version=
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || { printf 0; return; }
    if [ -f "$1/release" ]; then
        version=$(sed -nE 's/^JAVA_VERSION="([0-9]+).*/\1/p' "$1/release" | head -n 1)
    else
        version=$("$1/bin/javac" -version 2>&1 | sed -nE 's/^javac ([0-9]+).*/\1/p')
    fi
    printf '%s' "${version:-0}"
}

find_jdk() {
    best=0 best_home=
    local home version on_path= mac=
    if command -v java >/dev/null; then
        on_path=$(command -v java)
        on_path=$(readlink -f "$on_path" 2>/dev/null || printf '%s' "$on_path")
        on_path=$(dirname "$(dirname "$on_path")")
    fi
    if [ -x /usr/libexec/java_home ]; then mac=$(/usr/libexec/java_home -v 21+ 2>/dev/null || true); fi
    for home in "${JAVA_HOME:-}" "$on_path" "$mac" /usr/lib/jvm/* /opt/*jdk* /opt/java/* \
        "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        [ -n "$home" ] && [ -d "$home" ] || continue
        version=$(jdk_version "$home")
        if [ "$version" -gt "$best" ]; then best=$version best_home=$home; fi
    done
}
