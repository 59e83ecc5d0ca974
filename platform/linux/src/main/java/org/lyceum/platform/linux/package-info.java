/**
 * Calls of the Linux kernel that the JDK has no face for: who is at the other end of a Unix socket,
 * a process that is held on to, a directory mounted into a container that runs already.
 *
 * <p>Everything here is a plain blocking call that returns at once; nothing waits in native code,
 * because a virtual thread that did would keep its carrier. Descriptors are closed by whoever
 * opened them, and every one is closed on exec. Numbers and structures are those of Linux 5.12 and
 * later on x86-64 and aarch64, which agree in all that is used here.
 */
@NullMarked
package org.lyceum.platform.linux;

import org.jspecify.annotations.NullMarked;
