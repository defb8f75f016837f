#!/bin/sh
# docker-compose.yml follows the Compose specification; with Docker's compose plugin at hand it is also read by that. It cannot be
# started here. What its services are given is checked by settings.py.
check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml || exit 1
if docker compose version > /dev/null 2>&1; then
    ADMIN_PASSWORD=checked-only SESSION_ENCRYPTION_KEY=checked-only-0123 docker compose --file docker-compose.yml config --quiet || exit 1
    if ADMIN_PASSWORD='' SESSION_ENCRYPTION_KEY='' docker compose --file docker-compose.yml config --quiet 2> /dev/null; then
        echo "docker-compose.yml has a default for a secret"
        exit 1
    fi
else
    echo "docker compose is not here: only the schema was checked"
fi
