#!/usr/bin/env bash
# Runs the service in the current directory once, so that the JVM notes which classes it loads and which of its code is used, and leaves the
# notes as app.aot (JEP 483, 514, 515). What runs later must be the same JDK with the same class path, so this happens in the build of the
# image and nowhere else. Also writes java.options, which both runs read.
#
# Without a database and Kafka the drivers stay untrained, some 1,600 classes: up to half a second of each start. TRAIN_DATABASE_URL names a
# database of the build's own, which gets the schema, TRAIN_KAFKA a broker with the topics.
set -euo pipefail

# The framework's own class loader would keep its classes out of the cache: the same jars, in the same order, on the plain class path.
# What the build changed in a jar goes before it.
class_path="$(printf '%s:' quarkus/generated-bytecode.jar quarkus/transformed-bytecode.jar app/*.jar lib/boot/*.jar lib/main/*.jar)"
MAIN=dev.throughline.platform.config.ServiceMain
# A start is a race of the service with its own compilers for the processors: with two of them half of the work was the optimising compiler's,
# on code that runs once. So it waits for what is called four times as often as by default, and the profiles of the training do not set it
# going at once. What a customer waits for is called often enough within seconds. A heap that begins at a sixteenth of the memory, not at a
# sixty-fourth, is collected less often meanwhile.
cat > java.options <<OPTIONS
-XX:+UseSerialGC
-XX:+UseCompactObjectHeaders
-XX:InitialRAMPercentage=6.25
-XX:MaxRAMPercentage=50
-XX:+ExitOnOutOfMemoryError
-XX:+UnlockDiagnosticVMOptions
-XX:-AOTRecordTraining
-XX:-AOTReplayTraining
-XX:Tier4InvocationThreshold=20000
-XX:Tier4MinInvocationThreshold=2400
-XX:Tier4CompileThreshold=60000
-XX:Tier4BackEdgeThreshold=160000
--enable-native-access=ALL-UNNAMED
--sun-misc-unsafe-memory-access=allow
--add-opens=java.base/java.lang=ALL-UNNAMED
--add-opens=java.base/java.nio=ALL-UNNAMED
--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED
-Djava.util.logging.manager=org.jboss.logmanager.LogManager
-Dquarkus.http.host=0.0.0.0
-cp "${class_path%:}"
OPTIONS

DATABASE="${TRAIN_DATABASE_URL:-}"
KAFKA="${TRAIN_KAFKA:-}"
HTTP="${TRAIN_HTTP:-8080}"
MANAGEMENT="${TRAIN_MANAGEMENT:-9000}"

# One request; prints the status line, nothing when nobody answers.
ask() {
  { exec 3<>"/dev/tcp/127.0.0.1/$1"; } 2>/dev/null || return 0
  printf '%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: %s\r\nContent-Length: %s\r\n\r\n%s' \
    "$2" "$3" "${4:-application/json}" "$(printf '%s' "${5:-}" | wc -c)" "${5:-}" >&3
  head -n 1 <&3 || true
  exec 3<&- 3>&-
}

cat > /tmp/train.pem <<'PEM'
-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAoo7zPJfD4loxSfuxvgwB
S6F4I189wO/Wu1Nz+pZTQS2LTTIrPe1fcEEy0g3YQX9CNYUgDLiUUqPS3U3BobGM
BVW64s0mnpkpr2fjLHE/VxMSD8NTRZR3+Rc3UQqkcbAhahoQVOIgx+17aOaxhVbt
8Qe+wYikmuKEf1PRkiAhDxgwVozutJyiqOBnAQjmNhHEIvOJhnVAe+mEJpvB2GZy
71ToLHgBV7hD73NWe7PcJ2ZyR8KWMb4bZOBrtT2V+F/ILLzGZlonOqJof9dgkmZI
FExXBfkcQhEvWzCLk8XfUMSjwmnQkfZprApLaSpM9zCy/QqqtmUahgyHCh1j1rJc
3QIDAQAB
-----END PUBLIC KEY-----
PEM

# Invented values of the right form; nothing listens at port 1.
invented=(PATH="$PATH" HOME=/tmp
  KAFKA_BOOTSTRAP_SERVERS="${KAFKA:-127.0.0.1:1}" DATABASE_URL="${DATABASE:-postgresql://train:train@127.0.0.1:1/train}"
  APP_BASE_URL=https://train.example INTERNAL_SECRET=0123456789abcdef0123456789abcdef
  TWILIO_ACCOUNT_SID=AC00000000000000000000000000000000 TWILIO_AUTH_TOKEN=00000000000000000000000000000000
  JWT_PUBLIC_KEY_LOCATION=file:/tmp/train.pem THROUGHLINE_TENANTS_AWAITED=false
  QUARKUS_HTTP_PORT="$HTTP" QUARKUS_MANAGEMENT_PORT="$MANAGEMENT")

failed() {
  cut -c1-300 train.log | tail -n 30
  echo "$1" >&2
  exit 1
}

# As on a cluster: the schema is brought by a run of its own, and the service looks whether it is there.
flyway=QUARKUS_FLYWAY_MIGRATE_AT_START=false
if [ -n "$DATABASE" ]; then
  env -i "${invented[@]}" QUARKUS_INIT_AND_EXIT=true java @java.options "$MAIN" > train.log 2>&1 || failed "the schema could not be brought"
  flyway=QUARKUS_FLYWAY_ACTIVE=false
fi
env -i "${invented[@]}" "$flyway" java -XX:AOTCacheOutput=app.aot @java.options "$MAIN" > train.log 2>&1 &
service=$!
health="$([ -n "$KAFKA" ] && echo ready || echo started)"
for _ in $(seq 1 120); do
  case "$(ask "$MANAGEMENT" GET "/q/health/$health")" in *200*) break ;; esac
  kill -0 "$service" 2>/dev/null || failed "the service ended while it was trained"
  sleep 0.5
done
# What a first request needs: routing, the refusal of what is unsigned, JSON, metrics, the API's description.
for path in /q/health/live /q/health/ready /q/metrics /q/openapi; do ask "$MANAGEMENT" GET "$path" > /dev/null; done
for path in / /api/webhooks/twilio/elevenlabs /api/webhooks/twilio/sms/incoming /api/tools/check_availability /api/leads /api/session \
  /api/webhooks/elevenlabs/post-call /api/tenants /api/twilio/calls /media-stream; do
  ask "$HTTP" GET "$path" > /dev/null
  ask "$HTTP" POST "$path" application/json '{"a":1}' > /dev/null
  ask "$HTTP" POST "$path" application/x-www-form-urlencoded 'CallSid=CA00000000000000000000000000000000&From=%2B12025550199' > /dev/null
done
kill -TERM "$service"
wait "$service" || true
[ -s app.aot ] || failed "no AOT cache was written"
rm -f train.log /tmp/train.pem
