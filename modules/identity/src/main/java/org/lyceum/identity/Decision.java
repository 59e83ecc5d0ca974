package org.lyceum.identity;

/** Answer to "may they?", split as JupyterHub's status codes are (contract §5.6). */
public enum Decision {
    ALLOWED,
    /** They hold such a scope, for other targets: answer 404, so that they learn nothing. */
    FILTERED_OUT,
    /** They hold no such scope in any form: answer 403. */
    LACKING
}
