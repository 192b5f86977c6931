#!/bin/sh
# Makes sure that a Chromium of the system's is there: Debian's, if this is root on a Debian.
set -eu
for name in "${CHROMIUM:-chromium}" chromium-browser google-chrome-stable google-chrome; do
  if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo 'No Chromium is installed; apt-get installs it.'
  apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -qy chromium >/dev/null && exit 0
fi
echo 'The browser tests need Chromium, which is not installed and cannot be installed from here:' \
  'install it (Debian: `apt-get install chromium`, as root) or name one, CHROMIUM=/path/to/chromium.' >&2
exit 1
