import { execFile, spawn } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { eventually } from "./steps.mjs";

const run = promisify(execFile);
const REALM = new URL(
  "../../platform/testing/src/main/resources/org/lyceum/platform/testing/school.json",
  import.meta.url,
);
const ZIP = join(
  homedir(),
  ".m2/repository/org/keycloak/keycloak-quarkus-dist/26.7.3/keycloak-quarkus-dist-26.7.3.zip",
);

/** The first start builds what later ones reuse. */
const KEYCLOAK_SECONDS = 240;
const SLAPD_SECONDS = 30;

/**
 * A Keycloak on a free port, with the realm that the Java tests have, too.
 *
 * @param callback the one address its client may be sent to
 */
export async function keycloak(callback) {
  const directory = await mkdtemp(join(tmpdir(), "lyceum-keycloak-"));
  const port = await freePort();
  await run("unzip", ["-q", ZIP, "-d", directory]);
  const [folder] = await readdir(directory);
  const home = join(directory, "keycloak");
  await rename(join(directory, folder), home);
  await mkdir(join(home, "data/import"), { recursive: true });
  const realm = (await readFile(REALM, "utf8")).replace("CALLBACK", callback);
  await writeFile(join(home, "data/import/school.json"), realm);
  await chmod(join(home, "bin/kc.sh"), 0o755);
  const options = ["--http-host", "127.0.0.1", "--http-port", String(port)];
  const server = begin(
    join(home, "bin/kc.sh"),
    ["start-dev", ...options, "--import-realm", "--cache=local"],
    { JAVA_OPTS_KC_HEAP: "-Xms64m -Xmx384m" },
  );
  const issuer = `http://127.0.0.1:${port}/realms/school`;
  const end = () => finish(server, directory);
  await answers(KEYCLOAK_SECONDS, end, async () => {
    const { ok } = await fetch(`${issuer}/.well-known/openid-configuration`);
    if (!ok) throw new Error("Keycloak is not ready");
  });
  return { issuer, clientId: "lyceum", secret: "keycloak's client secret", end };
}

/** An OpenLDAP on a free port, with one person. */
export async function directory() {
  const place = await mkdtemp(join(tmpdir(), "lyceum-slapd-"));
  const port = await freePort();
  const conf = join(place, "slapd.conf");
  await mkdir(join(place, "data"));
  await writeFile(
    conf,
    `include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile ${place}/pid
database mdb
suffix "dc=school,dc=example"
directory ${place}/data
access to attrs=userPassword by anonymous auth by * none
access to * by * read
`,
  );
  await writeFile(
    join(place, "people.ldif"),
    `dn: dc=school,dc=example
objectClass: dcObject
objectClass: organization
o: School
dc: school

dn: uid=grace,dc=school,dc=example
objectClass: inetOrgPerson
cn: Grace
sn: Hopper
uid: grace
mail: grace@school.example
userPassword: grace's word
`,
  );
  await run("/usr/sbin/slapadd", ["-q", "-f", conf, "-l", join(place, "people.ldif")]);
  const url = `ldap://localhost:${port}`;
  const server = begin("/usr/sbin/slapd", ["-d", "0", "-f", conf, "-h", url], {});
  const end = () => finish(server, place);
  await answers(SLAPD_SECONDS, end, () => connects(port));
  return { url, base: "dc=school,dc=example", name: "grace", password: "grace's word", end };
}

function begin(program, options, variables) {
  return spawn(program, options, {
    stdio: "ignore",
    detached: true, // a group of its own, so that all of it can be ended
    env: { ...process.env, ...variables },
  });
}

async function answers(seconds, end, condition) {
  try {
    await eventually(seconds, condition);
  } catch (error) {
    await end();
    throw error;
  }
}

async function finish(server, place) {
  const over = new Promise((ended) => server.once("exit", ended));
  if (server.exitCode === null) {
    process.kill(-server.pid);
    await over;
  }
  await rm(place, { recursive: true, force: true, maxRetries: 10 });
}

async function connects(port) {
  const { connect } = await import("node:net");
  await new Promise((there, missing) => {
    const socket = connect(port, "localhost");
    socket.once("connect", () => there(socket.destroy()));
    socket.once("error", missing);
  });
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}
