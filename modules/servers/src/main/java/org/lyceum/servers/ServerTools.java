package org.lyceum.servers;

/** What nearly every class of the module uses. */
record ServerTools(
        ServerLabels labels,
        SecretFiles secrets,
        GuestTools guest,
        Doors doors,
        ServerCredentials credentials,
        ProgressFeed feed,
        StopCounts counts) {}
