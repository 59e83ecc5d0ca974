package org.lyceum.main;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/** Goal: the house keeps its shape. What the Maven graph cannot say is a rule here (ADR 0002). */
@AnalyzeClasses(packages = "org.lyceum", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule modules_form_no_cycle =
            slices().matching("org.lyceum.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule parts_of_the_platform_form_no_cycle =
            slices().matching("org.lyceum.platform.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule platform_knows_no_business =
            noClasses()
                    .that()
                    .resideInAPackage("org.lyceum.platform..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.lyceum.audit..",
                            "org.lyceum.identity..",
                            "org.lyceum.community..",
                            "org.lyceum.login..",
                            "org.lyceum.catalog..",
                            "org.lyceum.builds..",
                            "org.lyceum.content..",
                            "org.lyceum.storage..",
                            "org.lyceum.files..",
                            "org.lyceum.proxy..",
                            "org.lyceum.services..",
                            "org.lyceum.slots..",
                            "org.lyceum.servers..",
                            "org.lyceum.certificates..",
                            "org.lyceum.health..",
                            "org.lyceum.hub..",
                            "org.lyceum.admin..",
                            "org.lyceum.main..");

    @ArchTest
    static final ArchRule surfaces_do_not_know_each_other =
            noClasses()
                    .that()
                    .resideInAPackage("org.lyceum.hub..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.lyceum.admin..");

    @ArchTest
    static final ArchRule the_event_loop_lives_in_three_places =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "org.lyceum.platform.http..", "org.lyceum.proxy..", "org.lyceum.main..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.vertx..", "io.netty..")
                    .because("everything else is blocking code on virtual threads (ADR 0004)");

    @ArchTest
    static final ArchRule the_proxy_never_blocks =
            noClasses()
                    .that()
                    .resideInAPackage("org.lyceum.proxy..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.jooq..",
                            "java.sql..",
                            "com.github.dockerjava..",
                            "org.lyceum.platform.db..");

    @ArchTest
    static final ArchRule sql_lives_in_repositories =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("org.lyceum.platform..", "org.lyceum.audit..")
                    .and(DescribedPredicate.not(ofARepository()))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.lyceum.platform.schema..")
                    .because(
                            "rows stay with those who map them; audit alone is handed a"
                                    + " transaction");

    /** Repositories, what is nested in them, and the mapping they share ({@code …Rows}). */
    private static DescribedPredicate<JavaClass> ofARepository() {
        return DescribedPredicate.describe(
                "part of a repository",
                type -> {
                    var outermost = type.getName().replaceAll("\\$.*", "");
                    return outermost.endsWith("Repository") || outermost.endsWith("Rows");
                });
    }

    @ArchTest
    static final ArchRule docker_lives_behind_its_port =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("org.lyceum.platform.docker..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("com.github.dockerjava..");

    @ArchTest
    static final ArchRule openid_connect_lives_behind_its_port =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("org.lyceum.login.oidc..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("com.nimbusds..", "org.pac4j.oidc..");

    @ArchTest
    static final ArchRule directories_live_behind_their_port =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("org.lyceum.login.ldap..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("com.unboundid..");

    @ArchTest
    static final ArchRule pac4j_stays_in_the_adapters =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("org.lyceum.login.oidc..", "org.lyceum.login.ldap..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.pac4j..")
                    .because("it must not be loaded before somebody uses a provider (ADR 0053)");

    @ArchTest
    static final ArchRule blocking_code_returns_values_not_futures =
            noMethods()
                    .that()
                    .areDeclaredInClassesThat()
                    .resideOutsideOfPackages("org.lyceum.platform.http..", "org.lyceum.proxy..")
                    .should()
                    .haveRawReturnType(CompletableFuture.class);

    @ArchTest
    static final ArchRule time_is_injected =
            noClasses()
                    .should()
                    .callMethod(Instant.class, "now")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .because("a test must be able to move the clock");

    @ArchTest
    static final ArchRule threads_come_from_one_place =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("org.lyceum.platform.app..")
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(Executors.class);

    @ArchTest
    static final ArchRule services_and_repositories_are_final =
            classes()
                    .that()
                    .resideOutsideOfPackage("org.lyceum.platform.schema..")
                    .and()
                    .haveSimpleNameEndingWith("Service")
                    .or()
                    .haveSimpleNameEndingWith("Repository")
                    .and()
                    .areNotInterfaces()
                    .should()
                    .haveModifier(JavaModifier.FINAL);

    @ArchTest
    static final ArchRule repositories_are_nobody_elses_business =
            classes().that().haveSimpleNameEndingWith("Repository").should().bePackagePrivate();

    @ArchTest static final ArchRule each_module_reads_its_own_tables_only = ownTables();

    private static ArchRule ownTables() {
        var owners =
                java.util.List.of(
                        "audit",
                        "identity",
                        "community",
                        "catalog",
                        "builds",
                        "login",
                        "content",
                        "storage",
                        "files",
                        "slots",
                        "servers",
                        "admin");
        return classes()
                .that()
                .resideInAPackage("org.lyceum.(*)..")
                .should(new OwnTables(owners))
                .allowEmptyShould(true);
    }
}
