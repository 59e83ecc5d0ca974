/**
 * What the operator decides: one TOML file, each key overridable by an environment variable. A part
 * of the platform takes its {@link org.lyceum.platform.config.ConfigSection}, turns it into a record
 * of its own with typed values and defaults, and reads it nowhere else.
 *
 * <p>Nothing is guessed: a key nobody asked for is an error that names the nearest known one, values
 * carry units ({@code 90s}, {@code 2GiB}), and all errors are told at once. Secrets are never in the
 * file, only the path of the file that holds one, and are never printed.
 */
@NullMarked
package org.lyceum.platform.config;

import org.jspecify.annotations.NullMarked;
