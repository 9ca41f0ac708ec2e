# The dashboard of a folder of boards, or of the demo corpus where no folder is mounted.
#
#   docker build -t leaderboard .
#   docker run --rm -p 127.0.0.1:8501:8501 -v "$PWD/boards:/boards:ro" leaderboard

FROM python:3.12-slim

COPY pyproject.toml constraints.txt README.md /src/
COPY leaderboard /src/leaderboard
COPY rules /src/rules
COPY dashboard /src/dashboard
COPY fixtures /src/fixtures
RUN pip install --no-cache-dir -c /src/constraints.txt '/src[dashboard,sources]' && rm -rf /src

# Nobody needs rights over the machine to look at boards.
RUN useradd --create-home --uid 10001 leaderboard
USER leaderboard
WORKDIR /boards

EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8501/_stcore/health', timeout=4)"]

# Rows and papers are those that `leaderboard update` writes; without them the demo corpus is shown.
CMD ["sh", "-c", "set -- --host 0.0.0.0 --port 8501 --no-browser; \
    if [ -e papers.jsonl ]; then set -- --papers papers.jsonl \"$@\"; fi; \
    if [ -e rows.parquet ]; then set -- rows.parquet \"$@\"; fi; \
    exec leaderboard dashboard \"$@\""]
