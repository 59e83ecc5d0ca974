# shellcheck shell=bash
# format: the Java sources by the formatter whose version is fixed here, the panel's by its own.

readonly formatter_version=1.37.0
readonly formatter_jar=$repository_dir/target/tools/google-java-format-$formatter_version-all-deps.jar

command_format() {
  while (($#)); do
    case $1 in
      -h | --help) format_help && exit 0 ;;
      *) unknown_option format "$1" ;;
    esac
  done
  # Twice: where it breaks a long line of joined texts, it wants another look at what came of it.
  format_java --replace
  format_java --replace
  if [[ -d $repository_dir/web/node_modules ]]; then
    (cd "$repository_dir/web" && npm run --silent format) || fail "$EX_INTERNAL" "the panel's sources have errors; see above"
  fi
  say "format: done"
}

format_java() { # formatter-option...
  local java sources
  java=$(java_home) || fail "$EX_MISSING" "no JDK $java_wanted found"
  format_fetch
  mapfile -t sources < <(cd "$repository_dir" && find platform modules -name '*.java' ! -path '*/target/*' | sort)
  ((${#sources[@]})) || fail "$EX_INTERNAL" "no Java sources in $repository_dir"
  (cd "$repository_dir" && "$java/bin/java" -jar "$formatter_jar" --aosp "$@" "${sources[@]}")
}

format_fetch() {
  [[ -s $formatter_jar ]] && return
  have mvn || fail "$EX_MISSING" "Maven is missing: apt-get install maven"
  mvn -B -ntp -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy -Dmdep.useBaseVersion=true \
    -Dartifact=com.google.googlejavaformat:google-java-format:$formatter_version:jar:all-deps \
    -DoutputDirectory="$(dirname "$formatter_jar")" </dev/null ||
    fail "$EX_MISSING" "Maven did not get google-java-format $formatter_version"
}

format_help() {
  cat <<'TEXT'
Usage: lyceum format

Formats the Java sources in place, and the panel's where its packages are installed ('npm ci' in
web/), exactly as 'lyceum test' wants them.

Exit codes: 0 done; 64 wrong usage; 69 no JDK 25, or the formatter could not be fetched;
70 the panel has errors that a formatter does not put right.
TEXT
}
