package org.lyceum.platform.testing;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.lyceum.platform.docker.ContainerRuntime;
import org.lyceum.platform.docker.DockerConfig;
import org.lyceum.platform.docker.DockerEngine;
import org.lyceum.platform.docker.Guarantee;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * By which runtime the containers of a test run. A probe of a guarantee that the runtime is known
 * not to keep must fail. Without the runtime the test is skipped, or fails where the environment
 * has {@code CI=true}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(UnderRuntime.Gaps.class)
@interface UnderRuntime {

    /** Empty for the engine's own. */
    String value();

    /** Which guarantee a probe is about; fails exactly where that does not hold. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface Proves {
        Guarantee value();
    }

    /** Turns the judgement of the probes round whose guarantees are said not to hold. */
    final class Gaps implements ExecutionCondition, InvocationInterceptor {

        static String runtime(Class<?> test) {
            return test.getAnnotation(UnderRuntime.class).value();
        }

        private static Set<Guarantee> of(Class<?> test) {
            var runtime = runtime(test);
            return runtime.isEmpty() ? Set.of() : ContainerRuntime.gaps(runtime).orElseThrow();
        }

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            var runtime = runtime(context.getRequiredTestClass());
            if (runtime.isEmpty() || "true".equals(System.getenv("CI")) || has(runtime)) {
                return ConditionEvaluationResult.enabled("there");
            }
            return ConditionEvaluationResult.disabled("the engine has no runtime " + runtime);
        }

        private static boolean has(String runtime) {
            var config =
                    new DockerConfig(
                            DockerConfig.DEFAULT_SOCKET, Duration.ofSeconds(20), 1, List.of());
            try (var engine = new DockerEngine(config)) {
                return engine.settings().runtimes().contains(runtime);
            } catch (RuntimeException silent) {
                return false; // without an engine the test is skipped for that
            }
        }

        @Override
        public void interceptTestMethod(
                Invocation<Void> invocation,
                ReflectiveInvocationContext<Method> test,
                ExtensionContext context)
                throws Throwable {
            var proves = test.getExecutable().getAnnotation(Proves.class);
            if (proves == null || !of(context.getRequiredTestClass()).contains(proves.value())) {
                invocation.proceed();
                return;
            }
            try {
                invocation.proceed();
            } catch (Exception | AssertionError asSaid) {
                return;
            }
            throw new AssertionError(
                    proves.value() + " holds under this runtime; it is no gap any more");
        }
    }
}
