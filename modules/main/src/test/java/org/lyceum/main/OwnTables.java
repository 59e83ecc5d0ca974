package org.lyceum.main;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import java.util.List;

/** A class of module x uses generated tables of x only; what crosses modules is a named view. */
final class OwnTables extends ArchCondition<JavaClass> {

    private static final String SCHEMA = "org.lyceum.platform.schema.";

    private final List<String> owners;

    OwnTables(List<String> owners) {
        super("use the tables of their own module only");
        this.owners = owners;
    }

    @Override
    public void check(JavaClass user, ConditionEvents events) {
        if (user.getPackageName().startsWith("org.lyceum.platform.")) {
            return;
        }
        for (var dependency : user.getDirectDependenciesFromSelf()) {
            var used = dependency.getTargetClass().getPackageName();
            for (var owner : owners) {
                boolean table = used.startsWith(SCHEMA + owner);
                if (table && !user.getPackageName().startsWith("org.lyceum." + owner)) {
                    events.add(SimpleConditionEvent.violated(user, dependency.getDescription()));
                }
            }
        }
    }
}
