# syntax=docker/dockerfile:1
# The product as one image: `serve` by default, `worker`, `migrate` or any other command of it by name.
# `script/try-image` runs these very commands in a clean Debian without a container engine.

FROM debian:trixie-slim AS build
ENV DEBIAN_FRONTEND=noninteractive
RUN apt-get update && apt-get install -y --no-install-recommends python3 python3-venv && rm -rf /var/lib/apt/lists/*
WORKDIR /build
# The locked packages first: they change less often than the code.
COPY requirements.lock ./
RUN python3 -m venv /opt/complianceai && /opt/complianceai/bin/pip install --no-cache-dir --require-hashes --requirement requirements.lock
COPY pyproject.toml README.md ./
COPY src ./src
RUN /opt/complianceai/bin/pip install --no-cache-dir --no-deps --no-build-isolation .
# Nothing that builds or installs stays.
RUN /opt/complianceai/bin/pip uninstall --yes flit_core && /opt/complianceai/bin/pip uninstall --yes pip && find /opt/complianceai -name __pycache__ -prune -exec rm -rf {} +
RUN /opt/complianceai/bin/python -m compileall -q /opt/complianceai/lib

FROM debian:trixie-slim
ENV DEBIAN_FRONTEND=noninteractive
# postgresql-client: pg_dump and pg_restore, for backups of a server up to its own version.
RUN apt-get update && apt-get install -y --no-install-recommends python3 ca-certificates tzdata postgresql-client && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin complianceai && install -d -o complianceai -g complianceai /data
COPY --from=build /opt/complianceai /opt/complianceai
ENV PATH=/opt/complianceai/bin:$PATH DATA_DIR=/data ENVIRONMENT=production PYTHONUNBUFFERED=1
USER complianceai
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
  CMD ["/opt/complianceai/bin/python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/api/health/live', timeout=4)"]
ENTRYPOINT ["complianceai"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
