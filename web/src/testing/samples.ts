import type { CommunityDetail } from "../api/communities";
import type { Job } from "../api/jobs";
import type { Overview } from "../api/overview";
import type { Server } from "../api/servers";

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
