# The open-source Conductor server as it is published, in one process, with its data (SQLite) in
# /data: a server for trying things out. What it is started with can be set after the image's name,
# as --PROPERTY=VALUE.
FROM docker.io/library/eclipse-temurin:21-jre AS unpacked
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
ARG MAVEN=https://repo1.maven.org/maven2
ARG VERSION=3.32.3
ARG SHA256=6b1615a5beb82bbbfa05219d0f1b84440aa8c0bef1371662803ef5588d7d507b
WORKDIR /unpacked
# An address, which cannot be seen from the variable.
# hadolint ignore=DL3020
ADD ${MAVEN}/org/conductoross/conductor-server/${VERSION}/conductor-server-${VERSION}-boot.jar /download/conductor-server.jar
# From a folder of libraries it starts sooner than from one jar of jars.
RUN echo "${SHA256}  /download/conductor-server.jar" | sha256sum --check --strict \
    && java -Djarmode=tools -jar /download/conductor-server.jar extract --destination /unpacked/server \
    && install -d -o 65532 -g 65532 /unpacked/data

FROM docker.io/library/eclipse-temurin:21-jre
COPY --from=unpacked /unpacked /
USER 65532:65532
WORKDIR /data
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
# The AI integrations reach for outside services and cost a third of the start.
ENTRYPOINT ["java", "-Xmx800m", "-XX:+UseSerialGC", "-jar", "/server/conductor-server.jar", "--conductor.integrations.ai.enabled=false"]
