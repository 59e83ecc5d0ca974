package org.lyceum.platform.testing;

import org.junit.jupiter.api.Timeout;

/**
 * Goal: what holds under gVisor, and what the panel says does not, is exactly so. Method: the
 * probes of the engine's own runtime; those of the known gaps must fail, and all others must not.
 */
@RequiresDocker(images = "LYCEUM_TEST_IMAGE_3")
@UnderRuntime("runsc")
@Timeout(120)
class SandboxedContainerIT extends HardenedContainerContract {}
