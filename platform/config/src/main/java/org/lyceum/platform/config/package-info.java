/**
 * What the operator decides: one TOML file, overridable key by key from the environment ({@code
 * LYCEUM_HTTP__PORT} for {@code port} in {@code [http]}).
 *
 * <p>Each module has a config record that names its keys, defaults and bounds. All errors are
 * collected and shown at once; a key that nobody reads is an error, with the nearest known key.
 * Secrets are never written here, only the name of the file that holds one. What an administrator
 * edits at run time lives in the database and not here.
 */
@NullMarked
package org.lyceum.platform.config;

import org.jspecify.annotations.NullMarked;
