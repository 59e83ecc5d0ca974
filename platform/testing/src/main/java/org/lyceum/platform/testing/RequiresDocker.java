package org.lyceum.platform.testing;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A test that needs a real Docker engine. Without one it is skipped and says so; where the
 * environment has {@code CI=true} it fails instead, so that a release cannot go out untested.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Tag("docker")
@ExtendWith(DockerCondition.class)
public @interface RequiresDocker {

    /**
     * Names of environment variables that must hold an image reference, for example {@code
     * LYCEUM_TEST_IMAGE_3}. Without them the test counts as one without an engine.
     */
    String[] images() default {};
}
