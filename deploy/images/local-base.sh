#!/usr/bin/env bash
# Makes a base image from this machine's JDK, bash and the few programs the images need, for a machine where no image can be pulled. For
# tests and measurements alone: nobody updates it.
#
#   JAVA_HOME=… deploy/images/local-base.sh throughline/local-base:25
set -euo pipefail
image="${1:?the name of the image to make}"
jdk="$(cd "${JAVA_HOME:?the JDK to put in}" && pwd)"
root="$(mktemp -d)"
trap 'rm -rf "$root"' EXIT

# A file with the libraries it is linked with.
take() {
  local library
  install -D "$1" "$root$1"
  ldd "$1" 2>/dev/null | grep -o '/[^ ]*' | while read -r library; do install -D "$library" "$root$library"; done
}

# As Debian has it: /bin, /lib and /lib64 are those below /usr, and libraries are found by either name.
for directory in bin lib lib64; do
  mkdir -p "$root/usr/$directory"
  ln -s "usr/$directory" "$root/$directory"
done
for program in bash cat head ls mkdir rm seq sleep wc id grep mv cut tail tr sort sh env; do take "$(command -v "$program")"; done
mkdir -p "$root/opt" "$root/tmp" "$root/etc"
chmod 1777 "$root/tmp"
printf 'root:x:0:0::/:/bin/sh\nservice:x:10001:10001::/tmp:/bin/sh\n' > "$root/etc/passwd"
mkdir -p "$root/opt/java"
cp -r "$jdk/bin" "$jdk/conf" "$jdk/lib" "$jdk/release" "$root/opt/java/"
rm -rf "$root/opt/java/lib/src.zip" "$root/opt/java/lib/ct.sym"
find "$jdk/bin/java" "$jdk/lib" -name java -o -name '*.so' | while read -r binary; do
  ldd "$binary" 2>/dev/null | grep -o '/[^ ]*' | grep -v "^$jdk" | sort -u | while read -r needed; do
    [ -e "$root$needed" ] || install -D "$needed" "$root$needed"
  done
done
tar -C "$root" -c . | docker import \
  --change 'ENV PATH=/opt/java/bin:/usr/local/bin:/usr/bin:/bin LANG=C.UTF-8' - "$image"
