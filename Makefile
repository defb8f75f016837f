# Needs a JDK 17+ and Maven; everything else comes from Maven artifacts. Variables are given as in `make up WORKERS=3`.

MVN ?= mvn
JAVA ?= java
ORDERS ?=
FILE ?=
CUSTOMERS ?= 2000
SEED ?= 1
MUTANTS ?=
ROUNDS ?= 1
RECIPIENTS ?=
BRIEF ?=
KILLS ?= 50
SIZES ?=

BUILT := target/built.stamp
PROGRAMS := api-service/target/quarkus-app/quarkus-run.jar worker-service/target/quarkus-app/quarkus-run.jar deploy/local/target/lib deploy/chaos/target/lib
SOURCES := $(shell find pom.xml */pom.xml deploy/*/pom.xml */src/main deploy/*/src/main -type f 2>/dev/null)
LOCAL := $(JAVA) -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m -cp 'deploy/local/target/classes:deploy/local/target/lib/*'
PACKAGE := org.campaignrecovery.local
CHAOS := $(JAVA) -XX:+UseSerialGC -Xmx512m -cp 'deploy/chaos/target/classes:deploy/chaos/target/lib/*'
BENCH := $(JAVA) -Xmx512m -cp 'deploy/bench/target/classes:deploy/bench/target/lib/*' org.campaignrecovery.bench
CHAOS_PACKAGE := org.campaignrecovery.chaos

.DEFAULT_GOAL := help
.PHONY: help sbom build demo test test-large mutants chaos chaos-kills bench bench-spread bench-fairness bench-planning bench-rates bench-micro bench-build check up down doctor import migrate sample format clean FORCE

help: ## Say what there is to do
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-14s %s\n", $$1, $$2 }'

demo: build ## Send a campaign, kill a worker on the way, compare what was received (ORDERS=file)
	@$(LOCAL) $(PACKAGE).demo.DemoMain "$(ORDERS)"

test: ## Build everything and run all tests (ORDERS=file for those on real orders)
	$(if $(ORDERS),ORDERS=$(abspath $(ORDERS))) $(MVN) -B verify

test-large: build ## Start a thousand campaigns in a minute, stop workers twenty times, send to 200,000 made-up customers with a small worker: many minutes
	$(MVN) -B -pl deploy/system-tests -am -Dstops=20 -Dcampaigns=1000 -Dtest=ManyStopsIT,OnTimeIT -Dsurefire.failIfNoSpecifiedTests=false test
	$(MVN) -B -pl deploy/system-tests -am -Dslow.groups=slow -Dslow.excluded= -Dtest=LargeAudienceIT -Dsurefire.failIfNoSpecifiedTests=false test

mutants: ## Break each promise on purpose, in a copy, and see the tests notice: many minutes (MUTANTS="build/mutants/r1-….patch …" for some)
	@MVN="$(MVN)" build/mutants.sh $(MUTANTS)

chaos: build ## Send campaigns while everything goes wrong, and check the invariants (SEED=n ROUNDS=n RECIPIENTS=n BRIEF=yes)
	@SEED=$(SEED) ROUNDS=$(ROUNDS) RECIPIENTS=$(RECIPIENTS) BRIEF=$(BRIEF) KILLS= $(CHAOS) $(CHAOS_PACKAGE).ChaosMain

chaos-kills: build ## Send 100,000 e-mails while fifty workers are killed (SEED=n KILLS=n RECIPIENTS=n)
	@SEED=$(SEED) ROUNDS=1 RECIPIENTS=$(RECIPIENTS) KILLS=$(KILLS) $(CHAOS) $(CHAOS_PACKAGE).ChaosMain

bench: bench-build ## Measure throughput against the mail client alone and a Node worker: minutes (SIZES=10000,100000; needs node and npm for the latter)
	@SIZES=$(SIZES) $(BENCH).BenchMain

bench-spread: bench-build ## Measure one campaign on one, two and four workers: minutes
	@$(BENCH).spread.SpreadMain

bench-fairness: bench-build ## Measure small campaigns beside one to a million: many minutes (SIZES=n)
	@SIZES=$(SIZES) $(BENCH).fairness.FairnessMain

bench-planning: bench-build ## Measure the planning of customers whose orders are made up on the way, without sending: minutes to an hour (SIZES=n)
	@SIZES=$(SIZES) $(BENCH).planning.PlanningMain

bench-rates: bench-build ## Measure how exactly rates of campaigns and providers are kept by one and four workers: many minutes
	@$(BENCH).rates.RatesMain

bench-micro: bench-build ## Measure rendering, addresses and a planner's page, each against a yardstick: two minutes
	@$(BENCH).micro.MicroMain

check: ## Checks that need other tools than a JDK and Maven
	@build/check.sh

sbom: build ## Write what each service contains (CycloneDX, target/sbom.json) and docs/licences.md: after a library has changed; needs python3
	$(MVN) -q -B -Dmaven.test.skip=true -Dformatter.skip=true -Dimpsort.skip=true -Dquarkus.build.skip=true -pl api-service,worker-service -am package org.cyclonedx:cyclonedx-maven-plugin:makeBom
	@python3 build/check/licences.py write

up: build ## Start the stack, apis and workers (APIS=n WORKERS=n); what runs already stays
	@$(LOCAL) $(PACKAGE).cluster.UpMain

down: ## Stop everything that make up started
	@if [ -d deploy/local/target/lib ]; then $(LOCAL) $(PACKAGE).cluster.DownMain; else build/down.sh; fi

doctor: build ## Ask the first api what works, what does not, and what to do (API_URL=url for another)
	@$(LOCAL) $(PACKAGE).doctor.DoctorMain

import: build ## Load orders: MongoDB extended JSON, one document a line, gzip or plain (FILE=orders.ndjson.gz)
	@$(LOCAL) $(PACKAGE).orders.ImportMain "$(FILE)"

migrate: build ## Take over the old system's campaigns, one document a line (FILE=campaigns.ndjson, API_URL=… for another api)
	@$(LOCAL) $(PACKAGE).migration.MigrateMain "$(FILE)"

sample: build ## Write made-up orders to a file for make import (FILE=orders.ndjson.gz CUSTOMERS=n SEED=n)
	@$(LOCAL) $(PACKAGE).orders.SampleMain "$(FILE)" "$(CUSTOMERS)" "$(SEED)"

build: $(BUILT) ## Package what has changed

format: ## Format the sources and sort their imports
	@# Twice: what the formatter has broken into lines it may want to indent differently.
	$(MVN) -q -B process-sources -Dformatter.goal=format -Dimpsort.goal=sort
	$(MVN) -q -B process-sources -Dformatter.goal=format -Dimpsort.goal=sort

clean: ## Remove what was built (make down first; .local is kept)
	$(MVN) -q -B clean
	rm -rf target

bench-build: build
	@# Whatever lies there from an earlier build would be on the class path, too.
	@rm -rf deploy/bench/target/lib
	@$(MVN) -q -B -Dmaven.test.skip=true -Dformatter.skip=true -Dimpsort.skip=true -pl deploy/bench -am package

# Rebuilt when a source is newer or a program is gone.
$(BUILT): $(SOURCES) $(if $(filter-out $(wildcard $(PROGRAMS)),$(PROGRAMS)),FORCE)
	@echo "Building (the first time Maven fetches what it needs)"
	@$(MVN) -q -B -Dmaven.test.skip=true -Dformatter.skip=true -Dimpsort.skip=true -pl api-service,worker-service,deploy/local,deploy/chaos -am package
	@mkdir -p $(@D) && touch $@

FORCE:
