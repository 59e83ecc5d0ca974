/**
 * Background work: what a {@link org.lyceum.platform.jobs.Job} is, and the {@link
 * org.lyceum.platform.jobs.JobDriver} that runs each on a timer and on a nudge, one at a time, and
 * keeps its last report for the panel.
 *
 * <p>A job makes the world agree with the rows; it is the reconciler that a lost event, a crash or
 * a full disk leaves work for. So a run that fails is logged once and simply comes again.
 */
@NullMarked
package org.lyceum.platform.jobs;

import org.jspecify.annotations.NullMarked;
