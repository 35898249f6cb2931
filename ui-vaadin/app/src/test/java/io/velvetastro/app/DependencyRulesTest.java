package io.velvetastro.app;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.velvetastro.language.FindingRaised;
import io.velvetastro.language.Journal;
import io.velvetastro.language.OwnersDatabase;
import io.velvetastro.language.Telemetry;
import io.velvetastro.views.Walled;
import jakarta.annotation.Resource;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.gateway.EventGateway;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Aggregate;
import org.flywaydb.core.Flyway;
import org.jooq.DSLContext;
import org.jspecify.annotations.NullMarked;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who may know whom: what Maven cannot say about the rooms. */
@AnalyzeClasses(packages = "io.velvetastro", importOptions = ImportOption.DoNotIncludeTests.class)
class DependencyRulesTest {

    @ArchTest
    static final ArchRule theLanguageKnowsNoRoom = noClasses()
            .that()
            .resideInAPackage("io.velvetastro.language..")
            .should()
            .dependOnClassesThat(ofOursOutside("io.velvetastro.language.."));

    @ArchTest
    static final ArchRule questionsKnowTheLanguageAlone = noClasses()
            .that()
            .resideInAPackage("io.velvetastro.questions..")
            .should()
            .dependOnClassesThat(ofOursOutside("io.velvetastro.language..", "io.velvetastro.questions.."));

    @ArchTest
    static final ArchRule enginesKnowNoFramework = noClasses()
            .that()
            .resideInAPackage("io.velvetastro.engines..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "org.axonframework..", "java.sql..", "javax.sql..");

    @ArchTest
    static final ArchRule theLedgerKnowsNobody = noClasses()
            .that()
            .resideInAPackage("io.velvetastro.ledger..")
            .should()
            .dependOnClassesThat(ofOursOutside("io.velvetastro.ledger.."))
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "org.axonframework..", "java.sql..", "java.net..");

    @ArchTest
    static final ArchRule theNotaryKnowsTheLedgerAndNoOtherRoom = noClasses()
            .that()
            .resideInAPackage("io.velvetastro.notary..")
            .should()
            .dependOnClassesThat(ofOursOutside(
                    "io.velvetastro.language..",
                    "io.velvetastro.questions..",
                    "io.velvetastro.ledger..",
                    "io.velvetastro.witness..",
                    "io.velvetastro.notary.."));

    @ArchTest
    static final ArchRule theWitnessKnowsNothingButTheLedger = noClasses()
            .that()
            .resideInAPackage("io.velvetastro.witness..")
            .should()
            .dependOnClassesThat(
                    ofOursOutside("io.velvetastro.language..", "io.velvetastro.ledger..", "io.velvetastro.witness.."))
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "org.axonframework..", "java.sql..");

    @ArchTest
    static final ArchRule screensNeverSeeAggregatesOrTables = noClasses()
            .that()
            .resideInAPackage("io.velvetastro.screens..")
            .should()
            .dependOnClassesThat(ofOursOutside(
                    "io.velvetastro.language..",
                    "io.velvetastro.questions..",
                    "io.velvetastro.ledger..",
                    "io.velvetastro.screens.."));

    @ArchTest
    static final ArchRule decidingAndKnowingMeetOnlyInTheLanguage = noClasses()
            .that()
            .resideInAPackage("io.velvetastro.decisions..")
            .should()
            .dependOnClassesThat(ofOursOutside(
                    "io.velvetastro.language..", "io.velvetastro.questions..", "io.velvetastro.decisions.."));

    @ArchTest
    static final ArchRule viewsKnowNoOtherRoom = noClasses()
            .that()
            .resideInAPackage("io.velvetastro.views..")
            .should()
            .dependOnClassesThat(
                    ofOursOutside("io.velvetastro.language..", "io.velvetastro.questions..", "io.velvetastro.views.."));

    @ArchTest
    static final ArchRule detectionKnowsNoOtherRoom = noClasses()
            .that()
            .resideInAPackage("io.velvetastro.sagas..")
            .should()
            .dependOnClassesThat(ofOursOutside(
                    "io.velvetastro.language..",
                    "io.velvetastro.questions..",
                    "io.velvetastro.engines..",
                    "io.velvetastro.sagas.."));

    @ArchTest
    static final ArchRule theStoreKnowsNoRoom = noClasses()
            .that()
            .resideInAPackage("io.velvetastro.store..")
            .should()
            .dependOnClassesThat(ofOursOutside("io.velvetastro.language..", "io.velvetastro.store.."));

    @ArchTest
    static final ArchRule decisionsDoNotKnowEachOtherInCircles = slices().matching("io.velvetastro.decisions.(*)..")
            .should()
            .beFreeOfCycles()
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule viewsDoNotKnowEachOtherInCircles = slices().matching("io.velvetastro.views.(*)..")
            .should()
            .beFreeOfCycles()
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule decisionsAndEnginesNeverReadTheWallClock = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.velvetastro.decisions..",
                    "io.velvetastro.engines..",
                    "io.velvetastro.ledger..",
                    "io.velvetastro.sagas..",
                    "io.velvetastro.views..")
            .should(accessTargetWhere(describe("the wall clock is read", DependencyRulesTest::readsTheWallClock)));

    @ArchTest
    static final ArchRule enginesAndLedgerNeverRollDice = noClasses()
            .that()
            .resideInAnyPackage("io.velvetastro.engines..", "io.velvetastro.ledger..")
            .should()
            .accessClassesThat(areDice())
            .orShould(accessTargetWhere(describe("dice are rolled", DependencyRulesTest::rollsDice)));

    @ArchTest
    static final ArchRule aggregatesNeverRollDice = noClasses()
            .that()
            .areAnnotatedWith(Aggregate.class)
            .should()
            .accessClassesThat(areDice())
            .orShould(accessTargetWhere(describe("dice are rolled", DependencyRulesTest::rollsDice)));

    @ArchTest
    static final ArchRule onlyDecisionsAndTheNotaryDecide = noClasses()
            .that()
            .resideOutsideOfPackages("io.velvetastro.decisions..", "io.velvetastro.notary..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(AggregateLifecycle.class);

    @ArchTest
    static final ArchRule onlyTheIntakeAndDetectionAppendFacts = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.velvetastro.decisions..",
                    "io.velvetastro.sagas..",
                    "io.velvetastro.store..",
                    "io.velvetastro.bench..")
            .should(accessTargetWhere(target(owner(assignableTo(Journal.class))).and(target(name("append")))));

    @ArchTest
    static final ArchRule nobodyPublishesPastTheDoors = noClasses()
            .that()
            .resideOutsideOfPackages("io.velvetastro.store..")
            .should(accessTargetWhere(target(owner(assignableTo(EventBus.class).or(assignableTo(EventGateway.class))))
                    .and(target(name("publish")))));

    @ArchTest
    static final ArchRule everyRestMethodSaysWhoMayCallIt = methods()
            .that()
            .areMetaAnnotatedWith(RequestMapping.class)
            .and()
            .areDeclaredInClassesThat()
            .areAnnotatedWith(RestController.class)
            .should(sayWhoMayCall())
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule everyEventCarriesARevision =
            classes().that(areStoredAsEvents()).should().beAnnotatedWith(Revision.class);

    @ArchTest
    static final ArchRule whatIsHandledAsAnEventCarriesARevision =
            methods().that().areMetaAnnotatedWith(EventHandler.class).should(handleWhatHasARevision());

    @ArchTest
    static final ArchRule everyPackageIsHeldToItsNulls = classes()
            .that()
            .resideOutsideOfPackage("io.velvetastro.views.jooq..")
            .should(liveInANullMarkedPackage());

    @ArchTest
    static final ArchRule namesSayWhatAThingIsFor =
            noClasses().should().haveNameMatching(".*(Impl|Manager|Utils?|Helper|DTO|Dto)");

    @ArchTest
    static final ArchRule onlyTheCommandLineAndTheStartPrint = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.velvetastro.app..",
                    "io.velvetastro.command..",
                    "io.velvetastro.witness..",
                    "io.velvetastro.bench..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule dependenciesArriveByConstructor = noFields()
            .should()
            .beAnnotatedWith(Autowired.class)
            .orShould()
            .beAnnotatedWith(Value.class)
            .orShould()
            .beAnnotatedWith(Resource.class);

    /** Two hold the owner's side: who writes the rows, and who makes them anew. */
    @ArchTest
    static final ArchRule whoAnswersReadsThroughTheWall = classes()
            .that()
            .resideInAPackage("io.velvetastro.views..")
            .and()
            .doNotHaveFullyQualifiedName("io.velvetastro.views.Schema$Schemas")
            .and()
            .doNotHaveFullyQualifiedName("io.velvetastro.views.rebuild.Rebuilds")
            .and(describe("are made by Spring", candidate -> candidate.isMetaAnnotatedWith(Component.class)))
            .should(readThroughTheWall());

    @ArchTest
    static final ArchRule theOwnerMigratesAndRests = noClasses()
            .that()
            .resideOutsideOfPackage("io.velvetastro.store.database..")
            .should(accessTargetWhere(target(owner(assignableTo(OwnersDatabase.class)))
                    .and(describe(
                            "are not for migrations",
                            access -> !access.getOrigin().getRawReturnType().isEquivalentTo(Flyway.class)))));

    private static ArchCondition<JavaClass> readThroughTheWall() {
        return new ArchCondition<>("read through the wall") {
            @Override
            public void check(JavaClass candidate, ConditionEvents events) {
                for (var constructor : candidate.getConstructors())
                    for (var parameter : constructor.getParameters())
                        if (parameter.getRawType().isEquivalentTo(DSLContext.class)
                                && !parameter.isAnnotatedWith(Walled.class))
                            events.add(SimpleConditionEvent.violated(
                                    candidate, candidate.getFullName() + " reads past the wall"));
            }
        };
    }

    private static DescribedPredicate<JavaClass> ofOursOutside(String... allowed) {
        return resideInAnyPackage("io.velvetastro..")
                .and(DescribedPredicate.not(resideInAnyPackage(allowed)))
                .as("of ours outside %s", String.join(", ", allowed));
    }

    private static boolean readsTheWallClock(JavaAccess<?> access) {
        var owner = access.getTargetOwner();
        var name = access.getTarget().getName();
        if (owner.isEquivalentTo(System.class)) return name.equals("currentTimeMillis");
        if (owner.isAssignableTo(Clock.class)) return name.startsWith("system");
        if (owner.isEquivalentTo(Date.class))
            return name.equals("<init>") && takes(access).isEmpty();
        return owner.getPackageName().equals("java.time")
                && name.equals("now")
                && takes(access).stream().noneMatch(parameter -> parameter.isEquivalentTo(Clock.class));
    }

    private static List<JavaClass> takes(JavaAccess<?> access) {
        return access.getTarget() instanceof CodeUnitAccessTarget code ? code.getRawParameterTypes() : List.of();
    }

    private static DescribedPredicate<JavaClass> areStoredAsEvents() {
        return describe(
                "are stored as events",
                candidate -> candidate.isRecord()
                        && candidate.getPackageName().startsWith("io.velvetastro.language")
                        && (candidate.isAssignableTo(Telemetry.class)
                                || candidate.isAssignableTo(FindingRaised.class)
                                || candidate.getRawInterfaces().stream()
                                        .anyMatch(
                                                family -> family.getSimpleName().endsWith("Event"))));
    }

    private static DescribedPredicate<JavaClass> areDice() {
        return assignableTo(RandomGenerator.class).as("are dice");
    }

    private static boolean rollsDice(JavaAccess<?> access) {
        var owner = access.getTargetOwner();
        var method = access.getTarget().getName();
        return owner.isEquivalentTo(UUID.class) && method.equals("randomUUID")
                || owner.isEquivalentTo(Math.class) && method.equals("random");
    }

    private static ArchCondition<JavaMethod> handleWhatHasARevision() {
        return new ArchCondition<>("handle what has a revision") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                var event = method.getRawParameterTypes().getFirst();
                if (event.isRecord() && !event.isAnnotatedWith(Revision.class))
                    events.add(SimpleConditionEvent.violated(
                            method, method.getFullName() + " handles an event without a revision"));
            }
        };
    }

    private static ArchCondition<JavaClass> liveInANullMarkedPackage() {
        return new ArchCondition<>("live in a package that is @NullMarked") {
            @Override
            public void check(JavaClass candidate, ConditionEvents events) {
                if (!candidate.getPackage().isAnnotatedWith(NullMarked.class))
                    events.add(SimpleConditionEvent.violated(
                            candidate, candidate.getName() + " lives in a package without @NullMarked"));
            }
        };
    }

    private static ArchCondition<JavaMethod> sayWhoMayCall() {
        return new ArchCondition<>("say who may call it") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                var says = method.isAnnotatedWith(PreAuthorize.class)
                        || method.getOwner().isAnnotatedWith(PreAuthorize.class);
                if (!says)
                    events.add(SimpleConditionEvent.violated(
                            method, method.getFullName() + " does not say who may call it"));
            }
        };
    }
}
