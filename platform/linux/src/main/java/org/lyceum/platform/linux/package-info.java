/**
 * The few things only the kernel does and Java has no words for: opening a path without following
 * links, mounting, loop devices, file system commands, entering a container's mounts, who is at the
 * other end of a Unix socket, a process that is held on to.
 *
 * <p>Everything goes through one call of the C library ({@code syscall}), bound by
 * java.lang.foreign when it is first needed. Descriptors are closed on exec, so no child process
 * ever has one. A call that fails throws {@link org.lyceum.platform.linux.KernelException} with the
 * kernel's own word ({@code EDQUOT}). Linux 5.14 or newer, on x86-64 and aarch64.
 *
 * <p>Calls keep their thread: no virtual thread lets go of its carrier in here. They are short, but
 * for those that say otherwise.
 */
@NullMarked
package org.lyceum.platform.linux;

import org.jspecify.annotations.NullMarked;
