package org.lyceum.platform.docker;

/**
 * What {@link HardenedProfile} promises of a container. Each is proved by a test that runs in the
 * container; where a runtime cannot keep one, {@link ContainerRuntime} says so.
 */
public enum Guarantee {
    CAPABILITIES("it holds no privilege of the kernel's"),
    NO_NEW_PRIVILEGES("programs in it can see that they gain no privileges"),
    SYSTEM_CALL_FILTER("system calls are filtered by the platform's own list"),
    NAMESPACES_AND_MOUNTS("it can neither make namespaces nor mount anything"),
    SETUID("programs with the setuid bit gain nothing"),
    SECURITY_MODULE("the security module of the machine is at work, where there is one"),
    WRITES("it is not root, and writes only to its home, /tmp and /run"),
    OWN_NAMESPACES("it can be seen from inside that each namespace is its own"),
    ENGINE_SOCKET("the engine's socket cannot be reached"),
    BINDS("only folders of the platform's are mounted"),
    MOUNTS_ARE_PRIVATE("no mount is shared with the machine"),
    MEMORY_LIMIT("more memory than its limit ends it, and nobody else"),
    PROCESS_LIMIT("more processes than its limit are refused, and it goes on"),
    SCRATCH_LIMIT("/tmp ends at its limit"),
    NEIGHBOURS("it reaches no neighbour, and the machine reaches it"),
    NO_NETWORK("without a network it has the loopback only"),
    SLEEP("it can be frozen and woken"),
    RESIZE("its limits can be changed while it runs");

    private final String words;

    Guarantee(String words) {
        this.words = words;
    }

    /** In plain words, after "of each container: ". */
    public String words() {
        return words;
    }
}
