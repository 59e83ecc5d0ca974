/**
 * What the process tells about itself: log lines and metrics.
 *
 * <p>A log line is {@code time LEVEL event key=value…}, then the request and the actor it belongs to
 * ({@link org.lyceum.platform.observe.LogContext}). It is one line whatever somebody put into a name:
 * control characters are written as escapes. No line holds a token, cookie or query string.
 *
 * <p>Metrics are declared in one enum, {@link org.lyceum.platform.observe.Metric}, with a sentence
 * each. Those that begin with {@code jupyterhub_} are a contract with existing dashboards: names,
 * labels and buckets are JupyterHub's. None has a label per user.
 *
 * <p>The set-up is code and not XML, and the registry is our own hundred lines, because both are paid
 * for in every start of the process.
 */
@NullMarked
package org.lyceum.platform.observe;

import org.jspecify.annotations.NullMarked;
