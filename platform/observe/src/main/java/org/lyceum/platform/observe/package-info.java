/**
 * What an operator sees of the running process: log lines and metrics.
 *
 * <p>A log line is {@code time LEVEL event key=value… request=… actor=…}; nothing that somebody
 * typed can begin a new line or colour a terminal. Set up in code and not in XML, because parsing
 * XML takes a tenth of the time we have to start. Metric names are JupyterHub's where it has one.
 */
@NullMarked
package org.lyceum.platform.observe;

import org.jspecify.annotations.NullMarked;
