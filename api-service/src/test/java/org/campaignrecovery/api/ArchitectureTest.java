package org.campaignrecovery.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import java.time.Instant;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import io.smallrye.mutiny.groups.UniAwait;

/** What the build keeps, so that nobody has to remember it. */
@AnalyzeClasses(packages = "org.campaignrecovery.api", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule FEATURES_ARE_ACYCLIC = slices().matching("org.campaignrecovery.api.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule MONGO_ONLY_IN_REPOSITORIES = noClasses().that().haveNameNotMatching(
            ".*(Repository|Document|OrderFieldNames|ProblemMappers)(_.*|\\$.*)?").should().dependOnClassesThat()
            .resideInAnyPackage("com.mongodb..", "org.bson..");

    @ArchTest
    static final ArchRule NOBODY_BLOCKS = noClasses().should().dependOnClassesThat().areAssignableTo(UniAwait.class).orShould()
            .callMethod(Thread.class, "sleep", long.class);

    @ArchTest
    static final ArchRule TIME_COMES_FROM_A_CLOCK = noClasses().should().callMethod(Instant.class, "now").orShould()
            .callMethod(System.class, "currentTimeMillis");
}
