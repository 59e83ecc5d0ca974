package org.lyceum.platform.testing;

/** The hardening under the engine's own runtime, where nothing of it may be missing. */
@RequiresDocker(images = "LYCEUM_TEST_IMAGE_3")
@UnderRuntime("")
class HardenedContainerIT extends HardenedContainerContract {}
