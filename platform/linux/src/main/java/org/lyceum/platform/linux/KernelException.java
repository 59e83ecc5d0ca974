package org.lyceum.platform.linux;

import java.io.IOException;

/** A call that the kernel refused. */
public final class KernelException extends IOException {

    private static final long serialVersionUID = 1;

    private final int errno;

    KernelException(String call, int errno) {
        super(call + " failed with errno " + errno);
        this.errno = errno;
    }

    /** The kernel's own number, for example 13 for EACCES. */
    public int errno() {
        return errno;
    }
}
