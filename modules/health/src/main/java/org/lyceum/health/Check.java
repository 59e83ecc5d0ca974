package org.lyceum.health;

import java.util.concurrent.Callable;

/**
 * A question about the machine or the platform.
 *
 * @param id constant, {@code area.what}: in the log, in links and for programs
 * @param asks the question as people read it
 * @param look finds the answer; blocking, on a virtual thread, and it changes nothing
 */
record Check(String id, Area area, String asks, Callable<Finding> look) {}
