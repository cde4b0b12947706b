# syntax=docker/dockerfile:1
# Fingerpost with its model inside; the database lies on the volume /data.
#   docker build -t fingerpost .
#   docker run -p 127.0.0.1:8000:8000 -v fingerpost:/data fingerpost

FROM python:3.12-slim-bookworm AS build
# pip reads these from the environment; give an index with CPU builds of torch for a small image.
ARG PIP_INDEX_URL
ARG PIP_EXTRA_INDEX_URL
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/fingerpost
WORKDIR /src
# The dependencies first: they change less often than the code. The lock constrains them, so that
# the tools of the checks, which it also names, stay out.
COPY requirements.lock pyproject.toml README.md LICENSE ./
RUN mkdir app models migrations examples \
    && touch app/__init__.py \
    && /opt/fingerpost/bin/pip install --constraint requirements.lock . \
    && /opt/fingerpost/bin/pip uninstall --yes fingerpost
COPY app app
COPY migrations migrations
COPY models models
COPY examples examples
RUN /opt/fingerpost/bin/pip install --no-deps .

FROM python:3.12-slim-bookworm
LABEL org.opencontainers.image.title="Fingerpost" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN groupadd --system --gid 10001 fingerpost \
    && useradd --system --uid 10001 --gid fingerpost --home-dir /data --shell /usr/sbin/nologin fingerpost \
    && install --directory --owner=fingerpost --group=fingerpost --mode=0750 /data
COPY --from=build /opt/fingerpost /opt/fingerpost
ENV PATH=/opt/fingerpost/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HF_HUB_OFFLINE=1 \
    FINGERPOST_DATABASE_URL=sqlite:////data/fingerpost.sqlite3
WORKDIR /data
USER 10001:10001
VOLUME /data
EXPOSE 8000
# The start period covers the migration and the loading of the weights.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health', timeout=4)"]
# It migrates its own SQLite file; a PostgreSQL database with `docker run … fingerpost db upgrade`.
CMD ["fingerpost", "serve", "--host", "0.0.0.0", "--port", "8000"]
