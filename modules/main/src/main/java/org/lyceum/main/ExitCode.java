package org.lyceum.main;

/** How the program ends; the numbers are those of sysexits.h, which the installer reads. */
enum ExitCode {
    OK(0),
    /** Unknown arguments. */
    USAGE(64),
    /** A bug of ours. */
    SOFTWARE(70),
    /** Something outside is in the way: a port taken, a full disk. Trying again later may help. */
    TRY_LATER(75),
    /** The configuration, or a database newer than the program. */
    CONFIG(78);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
