#!/usr/bin/env bash
# Whether the service in this container is alive, asked on its management port; needs bash alone.
set -euo pipefail
exec 3<>"/dev/tcp/127.0.0.1/${QUARKUS_MANAGEMENT_PORT:-9000}"
printf 'GET /q/health/live HTTP/1.0\r\n\r\n' >&3
read -r _ status _ <&3
[ "$status" = 200 ]
