package org.lyceum.slots;

import org.lyceum.platform.docker.ContainerSpec;

/** A slot as a start would like it. */
public record SlotWish(SlotKind kind, ContainerSpec.Limits limits) {}
