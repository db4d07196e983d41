# Sourced: sets java_home to a JDK 25, or to nothing. Starts no process.

is_jdk_25() {
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
  while IFS= read -r line; do
    case $line in
      JAVA_VERSION=\"25\"* | JAVA_VERSION=\"25.* | JAVA_VERSION=\"25+*) return 0 ;;
    esac
  done <"$1/release"
  return 1
}

find_jdk() {
  java_home=
  for candidate in "${CMDAI_JAVA_HOME:-}" "${JAVA_HOME:-}" \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "${SDKMAN_DIR:-${HOME:-}/.sdkman}"/candidates/java/* \
    "${HOME:-}"/.jdks/* "${HOME:-}"/.m2/jdks/* "${HOME:-}"/.jenv/versions/* \
    "${HOME:-}"/.asdf/installs/java/* "${HOME:-}"/.local/share/mise/installs/java/*; do
    if [ -n "$candidate" ] && is_jdk_25 "$candidate"; then
      java_home=$candidate
      return 0
    fi
  done
  # The java on the path, where its folder is a JDK's.
  rest=${PATH:-}
  while [ -n "$rest" ]; do
    folder=${rest%%:*}
    case $rest in *:*) rest=${rest#*:} ;; *) rest= ;; esac
    if [ -x "$folder/java" ] && is_jdk_25 "$folder/.."; then
      java_home=$folder/..
      return 0
    fi
  done
  return 1
}
