#!/bin/sh
# docker-compose.yml and the one for Coolify follow the Compose specification; no service may become more than it is, and none that is
# ours writes to its image. With Docker's compose plugin at hand docker-compose.yml is also read by that. It cannot be started here. What
# its services are given is checked by settings.py.
check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml deploy/coolify/docker-compose.yml || exit 1
python build/check/compose/hardening.py docker-compose.yml deploy/coolify/docker-compose.yml || exit 1
secrets="ADMIN_PASSWORD SESSION_ENCRYPTION_KEY MONGO_ROOT_PASSWORD MONGO_LEDGER_PASSWORD MONGO_ORDERS_PASSWORD MONGO_REPLICA_KEY"
if docker compose version > /dev/null 2>&1; then
    for secret in $secrets; do
        export "$secret=checked-only-0123"
    done
    docker compose --env-file /dev/null --file docker-compose.yml config --quiet || exit 1
    for secret in $secrets; do
        if (export "$secret=" && docker compose --env-file /dev/null --file docker-compose.yml config --quiet 2> /dev/null); then
            echo "docker-compose.yml has a default for $secret"
            exit 1
        fi
    done
else
    echo "docker compose is not here: only the schema was checked"
fi
