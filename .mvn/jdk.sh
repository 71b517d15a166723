# Sourced by ./mvnw and ./portcullis: find_jdk prints the home of a JDK 25, or says what to install.

is_jdk_25() {
  [ -x "$1/bin/javac" ] && [ -f "$1/release" ] && grep -q '^JAVA_VERSION="25' "$1/release"
}

find_jdk() {
  for home in "${JAVA_HOME:-}" "${JDK_25:-}" /usr/lib/jvm/*25* /opt/java/* /opt/*jdk*25* \
    "$HOME"/.sdkman/candidates/java/25* "$HOME"/.jdks/*25* \
    /Library/Java/JavaVirtualMachines/*25*/Contents/Home; do
    if [ -n "$home" ] && is_jdk_25 "$home"; then
      echo "$home"
      return 0
    fi
  done
  javac=$(command -v javac 2>/dev/null || true)
  if [ -n "$javac" ]; then
    home=$(dirname "$(dirname "$(readlink -f "$javac")")")
    if is_jdk_25 "$home"; then
      echo "$home"
      return 0
    fi
  fi
  {
    echo "Portcullis needs a JDK 25 and found none. Install one, such as Eclipse Temurin 25"
    echo "(Debian package temurin-25-jdk; macOS: brew install --cask temurin@25),"
    echo "or point JAVA_HOME at one, and run this again."
  } >&2
  return 1
}
