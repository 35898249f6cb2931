# Build: Maven and npm (for the place data). Run: a JRE and the extracted layout, as an unprivileged user.
FROM eclipse-temurin:25-jdk AS build
RUN apt-get update && apt-get install -y --no-install-recommends npm && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN ./velvet build

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 velvet && install -d -o velvet -m 700 /data
COPY --from=build /src/ui-vaadin/app/target/velvet/layout /app
COPY --from=build /src/axonserver/server/velvet-health /app/velvet-health
USER velvet
WORKDIR /app
EXPOSE 8080
VOLUME /data
ENTRYPOINT ["java", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-jar", "/app/velvet.jar", \
    "--spring.profiles.active=production", "--server.address=0.0.0.0", "--velvet.data=/data"]
