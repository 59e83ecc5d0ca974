import type { CommunityDetail } from "../api/communities";
import type { Check } from "../api/health";
import type { Job } from "../api/jobs";
import type { Leaving, LeavingPage } from "../api/leaving";
import type { Overview } from "../api/overview";
import type { Server } from "../api/servers";
import type { Provider } from "../api/sign-in";
import type { Folder, FolderPage, Pool } from "../api/storage";

const GIB = 1024 ** 3;

export function anOverview(changes: Partial<Overview> = {}): Overview {
  return {
    version: "0.1.0",
    startedAt: "2026-01-01T08:00:00Z",
    engine: { reachable: true, version: "20.10.24", problem: null },
    disk: { totalBytes: 100 * GIB, freeBytes: 60 * GIB },
    memory: { totalBytes: 16 * GIB, availableBytes: 12 * GIB },
    addresses: { url: null, userHosts: false },
    counts: { users: 3, readyServers: 2, startingServers: 0 },
    calm: { state: "CALM", since: null, lack: null },
    devices: [],
    ...changes,
  };
}

export function aServer(changes: Partial<Server> = {}): Server {
  return {
    id: 7,
    community: "main",
    user: "ada",
    name: "",
    state: "READY",
    asleep: false,
    startedAt: "2026-01-01T08:00:00Z",
    lastActivityAt: "2026-01-01T09:00:00Z",
    image: "lyceum/scientific:1",
    memoryBytes: 2 * GIB,
    stopReason: null,
    failure: null,
    url: "/user/ada/",
    ...changes,
  };
}

export function aJob(changes: Partial<Job> = {}): Job {
  return {
    name: "servers.reconcile",
    everySeconds: 30,
    lastRunAt: "2026-01-01T09:00:00Z",
    tookMillis: 12,
    looked: 3,
    changed: 1,
    failed: 0,
    failure: null,
    running: false,
    ...changes,
  };
}

export function aCheck(changes: Partial<Check> = {}): Check {
  return {
    id: "machine.memory",
    area: "MACHINE",
    asks: "Is there memory left?",
    level: "WELL",
    words: "7 GiB of 8 GiB are available.",
    fix: null,
    command: null,
    tookMillis: 1,
    ...changes,
  };
}

export function aCommunity(changes: Partial<CommunityDetail> = {}): CommunityDetail {
  return {
    id: 3,
    name: "maths",
    title: "Mathematics",
    baseUrl: "/maths/",
    host: null,
    url: "/maths/hub/home",
    state: "ACTIVE",
    notice: "",
    stopsServers: false,
    limits: { maxSpawning: null, maxActive: 20, namedPerUser: null },
    members: 12,
    activeServers: 2,
    formerAddresses: [],
    version: 5,
    ...changes,
  };
}

export function aPool(changes: Partial<Pool> = {}): Pool {
  return {
    kind: "BTRFS",
    enforced: true,
    place: "/var/lib/lyceum/storage/root",
    image: true,
    totalBytes: 40 * GIB,
    availableBytes: 30 * GIB,
    largestBytes: 100 * GIB,
    tried: [{ what: "btrfs in a pool image", worked: true, words: "a write was stopped" }],
    growth: null,
    disks: [
      {
        purpose: "RECORDS",
        place: "/var/lib/lyceum",
        totalBytes: 100 * GIB,
        availableBytes: 60 * GIB,
        level: "FINE",
      },
    ],
    snapshots: null,
    ...changes,
  };
}

export function aFolder(changes: Partial<Folder> = {}): Folder {
  return {
    id: 4,
    owner: "eve",
    ownerId: 9,
    bytes: 9 * GIB,
    inodes: null,
    measuredAt: "2026-01-01T09:00:00Z",
    bytesLimit: { hard: 10 * GIB, warning: 8 * GIB, from: "PLATFORM", fromName: null },
    inodesLimit: { hard: 1_000_000, warning: 800_000, from: "PLATFORM", fromName: null },
    level: "HIGH",
    ...changes,
  };
}

export function aLeavingPage(changes: Partial<LeavingPage> = {}): LeavingPage {
  return {
    keptDays: 90,
    items: [],
    next: null,
    ...changes,
  };
}

export function aLeaving(changes: Partial<Leaving> = {}): Leaving {
  return {
    id: 7,
    kind: "HOME",
    owner: "mallory",
    reason: "USER_DELETED",
    bytes: 3 * 1024 ** 3,
    since: "2026-11-01T08:00:00Z",
    until: "2027-01-30T08:00:00Z",
    ...changes,
  };
}

export function aFolderPage(changes: Partial<FolderPage> = {}): FolderPage {
  const { bytesLimit, inodesLimit } = aFolder();
  return {
    enforced: true,
    inodesEnforced: false,
    heldBytes: 9 * GIB,
    standardBytes: bytesLimit,
    standardInodes: inodesLimit,
    rules: [],
    items: [aFolder()],
    next: null,
    ...changes,
  };
}

export function aProvider(changes: Partial<Provider> = {}): Provider {
  return {
    id: 1,
    title: "School",
    enabled: true,
    live: {
      title: "School",
      preset: "KEYCLOAK",
      openId: {
        issuer: "https://id.example.org/realms/school",
        clientId: "lyceum",
        scopes: ["profile", "email"],
        nameClaim: "preferred_username",
        groupsClaim: "groups",
        trustsEmail: false,
      },
      ldap: null,
      secretExpiresOn: null,
    },
    candidate: null,
    candidateTried: null,
    canUndo: false,
    hasSecret: true,
    people: 12,
    downSince: null,
    downBecause: null,
    version: 4,
    ...changes,
  };
}
