# Recado's relay for a server. Before: npm install && npm run pack
FROM node:26.10.0-bookworm-slim
ENV RECADO_HOME=/data
COPY recado-*.tgz /tmp/
# The image's own Node serves: none has to come along.
RUN npm install --global --omit=optional --no-audit --no-fund /tmp/recado-*.tgz \
 && rm /tmp/recado-*.tgz \
 && install -d -o node -g node -m 0700 /data
USER node
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=1m --timeout=10s --start-period=30s CMD ["recado", "status", "--json"]
CMD ["recado", "start"]
