package org.campaignrecovery.systemtests;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.campaignrecovery.local.cluster.Repository;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;

/** How the code of the product is laid out, over all its modules (docs: STYLE). Each rule says why it is there. */
class ArchitectureTest {
    private static final String MODEL = "org.campaignrecovery.model..";
    private static final String[] MONGO = {"com.mongodb..", "org.bson.."};

    /**
     * Besides repositories and documents: those that read the orders (Cursor, Pull, Audiences, OrderFieldNames), that keep a position in them
     * (Planner, PageRows), and that turn the driver's failures into answers
     * (ProblemMappers).
     */
    private static final String MAY_SPEAK_MONGO = ".*(Repository|Document|Cursor|Pull|Audiences|OrderFieldNames|Planner|PageRows"
            + "|ProblemMappers)(_.*|\\$.*)?";

    private static JavaClasses product;

    @BeforeAll
    static void read() {
        Path root = Repository.root();
        product = new ClassFileImporter().importPaths(Stream.of("common-model", "common-ledger", "api-service", "worker-service")
                .map(module -> root.resolve(module).resolve("target/classes")).toList());
        assertThat(product).as("classes of the product").hasSizeGreaterThan(300);
    }

    /** The decisions can be read, tested and explored without a container. */
    @Test
    void theModelDependsOnNothing() {
        check(classes().that().resideInAPackage(MODEL).should().onlyDependOnClassesThat().resideInAnyPackage(MODEL, "java..",
                "com.google.i18n.phonenumbers..", "com.samskivert.mustache..", "net.fortuna.ical4j..", "javax.crypto.."));
    }

    /** The worker does not know the api, nor the api the worker; the ledger knows neither. */
    @Test
    void servicesMeetInTheLedgerOnly() {
        check(noClasses().that().resideInAPackage("org.campaignrecovery.worker..").should().dependOnClassesThat()
                .resideInAPackage("org.campaignrecovery.api.."));
        check(noClasses().that().resideInAPackage("org.campaignrecovery.api..").should().dependOnClassesThat()
                .resideInAPackage("org.campaignrecovery.worker.."));
        check(noClasses().that().resideInAPackage("org.campaignrecovery.ledger..").should().dependOnClassesThat()
                .resideInAnyPackage("org.campaignrecovery.worker..", "org.campaignrecovery.api.."));
    }

    /** The driver writes and reads a record by reflection: one that it may not see cannot be stored, which only the first use would show. */
    @Test
    void documentsArePublic() {
        check(classes().that().areAnnotatedWith("io.quarkus.mongodb.panache.common.MongoEntity").should().bePublic().andShould(
                ArchCondition.from(DescribedPredicate.describe("be nested in nothing or in a public class",
                        (JavaClass type) -> type.getEnclosingClass().map(outer -> outer.getModifiers().contains(JavaModifier.PUBLIC))
                                .orElse(true)))));
    }

    /** A feature can be understood after those that it uses, and taken out before them. */
    @Test
    void featuresOfTheApiAreFreeOfCycles() {
        check(slices().matching("org.campaignrecovery.api.(*)..").should().beFreeOfCycles());
    }

    /**
     * Known and to be untangled, so that no further one creeps in: groups, their preparation and the recorder hold a batch's lease (BatchHold) and mark it dirty;
     * the completion and the totals of a run count its batches and look for its end page.
     */
    @Test
    void featuresOfTheWorkerHaveNoOtherCycles() {
        check(slices().matching("org.campaignrecovery.worker.(*)..").should().beFreeOfCycles()
                .ignoreDependency(named("worker.delivery.(GroupWork|Preparation)"), named("worker.batch.BatchHold"))
                .ignoreDependency(named("worker.delivery.Recorder"), named("worker.batch.Batch(Hold|Repository)"))
                .ignoreDependency(named("worker.run.Run(Completion|Totals)"), named("worker.batch.BatchRepository"))
                .ignoreDependency(named("worker.run.RunCompletion"), named("worker.planning.PageRepository")));
    }

    /** Known: counts are by the states of deliveries, and the decision to close a batch of deliveries comes with its counts. */
    @Test
    void featuresOfTheModelHaveNoOtherCycles() {
        check(slices().matching("org.campaignrecovery.model.(*)..").should().beFreeOfCycles()
                .ignoreDependency(named("model.accounting.Counts"), named("model.delivery.DeliveryState")));
    }

    /** Known: a run freezes its campaign's audience and settings as the campaign's document has them. */
    @Test
    void featuresOfTheLedgerHaveNoOtherCycles() {
        check(slices().matching("org.campaignrecovery.ledger.(*)..").should().beFreeOfCycles()
                .ignoreDependency(named("ledger.run.RunDocument"), named("ledger.campaign.CampaignDocument")));
    }

    /** What reaches people leaves through one door each. The api checks Twilio's signatures, with which nothing can be sent. */
    @Test
    void onlyTheSendersKnowProviders() {
        check(noClasses().that().resideOutsideOfPackage("org.campaignrecovery.worker.sending.sms..").should()
                .dependOnClassesThat(resideInAPackage("com.twilio..").and(not(resideInAPackage("com.twilio.security")))));
        check(noClasses().that().resideOutsideOfPackage("org.campaignrecovery.api.webhook..").should().dependOnClassesThat()
                .resideInAPackage("com.twilio.security"));
        check(noClasses().that().resideOutsideOfPackage("org.campaignrecovery.worker.sending.email..").should().dependOnClassesThat()
                .resideInAnyPackage("io.vertx.ext.mail..", "io.vertx.mutiny.ext.mail..", "io.quarkus.mailer.."));
    }

    /** What is said of a run to a collector of traces is said in one room, where it can be seen that it is nothing personal. */
    @Test
    void onlyOneRoomKnowsOpenTelemetry() {
        check(noClasses().that().resideOutsideOfPackage("org.campaignrecovery.ledger.trace..").should().dependOnClassesThat()
                .resideInAnyPackage("io.opentelemetry.."));
    }

    /** The guards are in the model's rules; a filter written elsewhere would be one that nobody explores. */
    @Test
    void onlyRepositoriesAndDocumentsSpeakMongo() {
        check(noClasses().that().resideOutsideOfPackage("org.campaignrecovery.ledger..").and().haveNameNotMatching(MAY_SPEAK_MONGO).should()
                .dependOnClassesThat().resideInAnyPackage(MONGO));
    }

    /** Time is the ledger server's, or a clock's that tests can move. */
    @Test
    void nobodyReadsTheWallClock() {
        check(noClasses().should().callCodeUnitWhere(reads(Instant.class)).orShould().callCodeUnitWhere(reads(LocalDate.class)).orShould()
                .callCodeUnitWhere(reads(LocalDateTime.class)).orShould().callCodeUnitWhere(reads(ZonedDateTime.class)).orShould()
                .callMethod(System.class, "currentTimeMillis"));
    }

    /** A thread that waits is one that serves nobody; an event loop that waits serves nothing at all. */
    @Test
    void nobodyBlocks() {
        check(noClasses().should().callCodeUnitWhere(calls(Thread.class, "sleep")).orShould()
                .callCodeUnitWhere(calls(TimeUnit.class, "sleep"))
                .orShould()
                .callCodeUnitWhere(JavaCall.Predicates
                        .target(com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With
                                .<JavaClass>owner(resideInAPackage("io.smallrye.mutiny..")))
                        .and(JavaCall.Predicates.target(com.tngtech.archunit.core.domain.properties.HasName.Predicates.name("await")))));
    }

    /** What a class needs stands in its constructor. */
    @Test
    void nobodyIsInjectedThroughFields() {
        check(noFields().should().beAnnotatedWith("jakarta.inject.Inject"));
    }

    /** The class of that name under the product's package, its nested and its generated ones. */
    private static DescribedPredicate<JavaClass> named(String pattern) {
        return DescribedPredicate.describe(pattern,
                type -> type.getName().matches("org\\.campaignrecovery\\." + pattern.replace(".", "\\.") + "([$_].*)?"));
    }

    private static DescribedPredicate<JavaCall<?>> reads(Class<?> clock) {
        return calls(clock, "now").and(DescribedPredicate.describe("without a clock",
                call -> call.getTarget().getRawParameterTypes().stream().noneMatch(type -> type.isEquivalentTo(java.time.Clock.class))));
    }

    private static DescribedPredicate<JavaCall<?>> calls(Class<?> owner, String name) {
        return DescribedPredicate.describe("call " + owner.getSimpleName() + "." + name,
                call -> call.getTargetOwner().isEquivalentTo(owner) && call.getName().equals(name));
    }

    private static void check(ArchRule rule) {
        rule.check(product);
    }
}
