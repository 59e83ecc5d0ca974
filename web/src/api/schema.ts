// Made from docs/reference/rest-admin.json by `npm run reference`; not to be edited.

export type Server = {
  id: number;
  /** Title of the community. */
  community: string;
  user: string;
  /** Empty for the default one. */
  name: string;
  state: "SPAWNING" | "READY" | "STOPPING" | "STOPPED" | "FAILED";
  /** Whether it runs and is frozen until somebody comes. */
  asleep: boolean;
  /** Null while it does not run. */
  startedAt: string | null;
  lastActivityAt: string;
  image: string;
  memoryBytes: number;
  /** Why it stopped last, in words. */
  stopReason: string | null;
  /** Why it could not be started, in words. */
  failure: string | null;
  /** Where it is, as the panel can link to it. */
  url: string;
};

export type Failure = {
  /** urn:lyceum:problem: and the code. */
  type: string;
  status: number;
  /** One of docs/reference/problems.md. */
  code: string;
  /** What is wrong and what to do, for people. */
  detail: string;
  /** urn:request: and the number of the request. */
  instance: string;
};

export type PersonPage = {
  items: Person[];
  /** Offset of the following page; null on the last one. */
  next: number | null;
};

export type Person = {
  id: number;
  name: string;
  /** Whether an administrator of the platform. */
  admin: boolean;
  /** Whether they have an authenticator. */
  secondFactor: boolean;
  createdAt: string;
  lastActivityAt: string | null;
};

export type AuditEntry = {
  at: string;
  actor: string;
  /** One of docs/reference/audit.md. */
  action: string;
  thing: string;
  /** What it is afterwards, as JSON. */
  detail: string | null;
};

export type Me = {
  name: string;
  /** Whether an administrator of the platform; else a manager. */
  admin: boolean;
  /** Those that they administer. */
  communities: Community[];
};

export type Community = {
  id: number;
  name: string;
  title: string;
  baseUrl: string;
  /** Of its home page. */
  url: string;
};

export type Overview = {
  version: string;
  startedAt: string;
  engine: Engine;
  disk: Disk;
  memory: Memory;
  addresses: Addresses;
  counts: Counts;
  calm: Calm;
  /** Devices that servers can have, with what is taken. */
  devices: Use[];
};

export type Engine = {
  reachable: boolean;
  version: string | null;
  /** Why it cannot be reached. */
  problem: string | null;
};

export type Disk = {
  totalBytes: number;
  freeBytes: number;
};

export type Memory = {
  totalBytes: number;
  availableBytes: number;
};

export type Addresses = {
  /** Where people reach the platform; null when nobody has said. */
  url: string | null;
  /** Whether each user's servers are on a host of their own. */
  userHosts: boolean;
};

export type Counts = {
  users: number;
  readyServers: number;
  startingServers: number;
};

export type Calm = {
  /** UNKNOWN where the kernel does not tell. */
  state: "UNKNOWN" | "CALM" | "FREEZING" | "HOLDING";
  /** Null unless something is done. */
  since: string | null;
  /** What there is too little of; null unless something is done. */
  lack: "CORES" | "MEMORY" | "DISK" | null;
};

export type Use = {
  name: string;
  label: string;
  /** How many servers may share a unit. */
  seats: number;
  units: Unit[];
};

export type Unit = {
  name: string;
  /** How many servers hold it, sleeping ones too. */
  taken: number;
};

export type Job = {
  name: string;
  everySeconds: number;
  running: boolean;
  lastRunAt: string | null;
  tookMillis: number | null;
  looked: number | null;
  changed: number | null;
  failed: number | null;
  failure: string | null;
};

export type Health = {
  /** When it was looked. */
  at: string;
  items: Check[];
};

export type Check = {
  /** Constant, as in engine.live-restore. */
  id: string;
  area: "MACHINE" | "ENGINE" | "STORAGE" | "SIGN_IN" | "WORK";
  /** The question, for people. */
  asks: string;
  level: "WELL" | "UNKNOWN" | "WARNING" | "FAULT";
  /** The answer, for people. */
  words: string;
  /** What to do; null: nothing. */
  fix: string | null;
  /** Does it, as root on the machine; null: no command does. */
  command: string | null;
  tookMillis: number;
};

export type Role = {
  name: string;
  description: string;
  scopes: string[];
  /** Whether it is one of JupyterHub's own, which stay. */
  builtIn: boolean;
  /** To be sent with a change. */
  version: number;
};

export type RoleDetail = {
  role: Role;
  users: string[];
  groups: string[];
  services: string[];
};

export type CustomScope = {
  name: string;
  /** Users read it when they are asked to grant the scope. */
  description: string;
  /** Custom scopes that come with it. */
  subscopes: string[];
  /** To be sent with a change. */
  version: number;
};

export type Service = {
  name: string;
  admin: boolean;
  /** Where the proxy finds it; null when it has no page. */
  url: string | null;
  display: boolean;
  noConfirm: boolean;
  /** Null when nobody signs in at it. */
  redirectUri: string | null;
  allowedScopes: string[];
  /** Roles it was given. */
  roles: string[];
  /** To be sent with a change. */
  version: number;
};

export type ServiceSecrets = {
  service: Service;
  /** Variables for the service's program. */
  environment: Record<string, string>;
};

export type FolderPage = {
  /** Whether a write past a limit fails. */
  enforced: boolean;
  /** Whether making a file past a limit fails. */
  inodesEnforced: boolean;
  /** What all folders of the community hold, of every kind. */
  heldBytes: number;
  /** What counts where no group, user or folder has a rule of its own. */
  standardBytes: Limit;
  standardInodes: Limit;
  rules: Rule[];
  /** The largest first. */
  items: Folder[];
  /** Offset of the following page; null on the last one. */
  next: number | null;
};

export type Limit = {
  /** What is enforced; 0 is no limit. */
  hard: number;
  /** Where people are warned. */
  warning: number;
  /** Whom the rule is for that decided. */
  from: "PLATFORM" | "COMMUNITY" | "GROUP" | "USER" | "FOLDER";
  /** Name of that user or group. */
  fromName: string | null;
};

export type Rule = {
  scope: "PLATFORM" | "COMMUNITY" | "GROUP" | "USER" | "FOLDER";
  /** Number of the group, the user or the folder; 0 for the community. */
  subject: number;
  /** Of the user or the group; null when they are no more. */
  name: string | null;
  /** Null: says nothing about bytes. */
  bytes: Bounds | null;
  /** Null: says nothing about files. */
  inodes: Bounds | null;
  /** To be sent with a change; -1 once there is no rule. */
  version: number;
};

export type Bounds = {
  /** What is enforced; 0 is no limit. */
  hard: number;
  /** Where people are warned. */
  warning: number;
};

export type Folder = {
  id: number;
  /** Null when they are no more, or when it is the community's. */
  owner: string | null;
  /** Number of the user or the group; 0 for the community. */
  ownerId: number;
  bytes: number;
  /** Files, directories and links; null where nobody counts them. */
  inodes: number | null;
  measuredAt: string | null;
  bytesLimit: Limit;
  inodesLimit: Limit;
  level: "FINE" | "HIGH" | "NEARLY_FULL" | "FULL";
};

export type Pool = {
  kind: "XFS" | "EXT4" | "BTRFS" | "IMAGES" | "MEASURED";
  /** Whether a write past a limit fails. */
  enforced: boolean;
  place: string;
  /** Whether it is a file system in a file, which can grow. */
  image: boolean;
  totalBytes: number;
  availableBytes: number;
  /** How large it can be made now. */
  largestBytes: number;
  /** What was tried when it was made, in order. */
  tried: Tried[];
  /** The latest since the platform started; null without one. */
  growth: Growth | null;
  /** The machine's disks by what their room is for. */
  disks: DiskUse[];
  /** Null where none are kept, and until somebody has looked. */
  snapshots: Snapshot | null;
};

export type Tried = {
  what: string;
  worked: boolean;
  words: string;
};

export type Growth = {
  /** What it is to have. */
  bytes: number;
  startedAt: string;
  /** Null while it goes on. */
  endedAt: string | null;
  /** Null unless it failed. */
  failure: string | null;
};

export type DiskUse = {
  purpose: "FILES" | "IMAGES" | "RECORDS";
  place: string;
  totalBytes: number;
  availableBytes: number;
  /** What is stopped: HIGH from 90 %, NEARLY_FULL from 95 %, FULL from 99 %. */
  level: "FINE" | "HIGH" | "NEARLY_FULL" | "FULL";
};

export type Snapshot = {
  /** What they take on the disk and no folder has. */
  bytes: number;
  /** What they may take. */
  shareBytes: number;
  /** Folders whose changes did not fit when it was looked. */
  without: number;
  /** When it was looked. */
  at: string;
};

export type LeavingPage = {
  /** How long files are kept unless somebody says otherwise. */
  keptDays: number;
  /** Those that go first before all others. */
  items: Leaving[];
  /** Offset of the following page; null on the last one. */
  next: number | null;
};

export type Leaving = {
  id: number;
  kind: "HOME" | "SHARED" | "GROUP" | "SCRATCH";
  /** As the owner is or was called; empty for the community's. */
  owner: string;
  reason: "MEMBER_LEFT" | "USER_DELETED" | "GROUP_DELETED" | "COMMUNITY_DELETED";
  bytes: number;
  since: string;
  /** When they are removed. */
  until: string;
};

export type Announcements = {
  /** That of the platform first. */
  items: Announcement[];
};

export type Announcement = {
  /** Whom; null: everybody on the platform. */
  community: number | null;
  text: string;
  /** Whether no server starts while it stands. */
  pausesStarts: boolean;
  /** When servers end that were started before; null: they run on. */
  stopsAt: string | null;
  since: string;
};

export type StoppingServers = {
  /** Servers that are being stopped. */
  servers: number;
};

export type Providers = {
  /** What every provider must be told; the same for all. */
  callbackUrl: string;
  /** In the order they were made, at most 20. */
  items: Provider[];
};

export type Provider = {
  id: number;
  title: string;
  /** Whether it is used. */
  enabled: boolean;
  /** What counts; null for one that was never put into force. */
  live: ProviderSettings | null;
  /** What was saved and does not count yet; null for nothing. */
  candidate: ProviderSettings | null;
  /** Whom a trial of the candidate has signed in; null for nobody. */
  candidateTried: string | null;
  /** Whether there are earlier settings to go back to. */
  canUndo: boolean;
  hasSecret: boolean;
  /** How many people sign in by it. */
  people: number;
  /** Since when it does not answer; null when it does. */
  downSince: string | null;
  downBecause: string | null;
  version: number;
};

export type ProviderSettings = {
  title: string;
  preset: "GOOGLE" | "ENTRA" | "CILOGON" | "KEYCLOAK" | "GITLAB" | "OPENID" | "ACTIVE_DIRECTORY" | "LDAP";
  openId: OpenId | null;
  ldap: Ldap | null;
  /** The last day on which the provider takes the secret; null when it does not end. */
  secretExpiresOn: string | null;
};

export type OpenId = {
  /** Exactly as the provider writes it into its tokens. */
  issuer: string;
  clientId: string;
  /** Asked for besides openid. */
  scopes: string[];
  /** What new users are called after. */
  nameClaim: string;
  groupsClaim: string;
  /** Whether addresses count that the provider does not call verified. */
  trustsEmail: boolean;
};

export type Ldap = {
  /** ldaps://host or ldap://host. */
  url: string;
  startTls: boolean;
  /** Of the authority that the directory's own is from, as PEM; empty for those that Java knows. */
  certificate: string;
  /** Who searches; empty for anybody. */
  bindDn: string;
  userBase: string;
  /** With {name}, which is escaped. */
  userFilter: string;
  /** What the directory never gives to anybody else. */
  idAttribute: string;
  nameAttribute: string;
  emailAttribute: string;
  /** Empty for no groups. */
  groupBase: string;
  /** With {dn} or {name}, which are escaped. */
  groupFilter: string;
  groupNameAttribute: string;
};

export type ProviderBody = {
  /** With a check: the provider whose secret is used when none is sent. */
  provider: number | null;
  title: string;
  preset: "GOOGLE" | "ENTRA" | "CILOGON" | "KEYCLOAK" | "GITLAB" | "OPENID" | "ACTIVE_DIRECTORY" | "LDAP";
  /** One of this and ldap. */
  openId: OpenId | null;
  ldap: Ldap | null;
  /** Null keeps the one that is there. */
  secret: string | null;
  /** Like 2027-01-31; null when the secret does not end. */
  secretExpiresOn: string | null;
  /** Of the provider that was looked at; 0 for a new one. */
  seen: number;
};

export type Checked = {
  /** What was found, step by step. */
  found: string[];
};

export type ProviderTrialBody = {
  /** Of somebody in the directory. */
  name: string;
  /** Theirs; it is not kept. */
  password: string;
};

export type ProviderVersionBody = {
  /** Of the provider that was looked at. */
  version: number;
};

export type CommunitySignIn = {
  /** All providers that have been put into force. */
  providers: AcceptedProvider[];
  /** Who waits to be let in, longest first; at most 500. */
  requests: EntryRequest[];
};

export type AcceptedProvider = {
  provider: number;
  title: string;
  /** Whether the platform uses it. */
  enabled: boolean;
  /** Null when the community does not accept it. */
  rule: EntryRule | null;
};

export type EntryRule = {
  who: "EVERYBODY" | "MATCHING" | "MEMBERS";
  /** Of verified e-mail addresses. */
  domains: string[];
  /** Domains, tenants or institutions, as the provider names them. */
  organisations: string[];
  /** Groups, teams or roles at the provider. */
  groups: string[];
  /** Names or verified e-mail addresses. */
  people: string[];
  /** Whether who is not admitted may ask a manager. */
  asks: boolean;
};

export type EntryRequest = {
  id: number;
  /** Null for who has chosen a name and a password here. */
  provider: number | null;
  /** As the provider calls them, or as they call themselves. */
  name: string;
  email: string | null;
  /** Who they say they are. */
  note: string | null;
  askedAt: string;
};

export type EntryRuleBody = {
  who: "EVERYBODY" | "MATCHING" | "MEMBERS";
  domains: string[] | null;
  organisations: string[] | null;
  groups: string[] | null;
  people: string[] | null;
  asks: boolean;
};

export type SecondFactorRule = {
  /** Of the platform. */
  administrators: boolean;
  /** Of any community. */
  managers: boolean;
  /** Whether who asks has one themselves; else they cannot ask others for it. */
  own: boolean;
  version: number;
};

export type SecondFactorRuleBody = {
  administrators: boolean;
  managers: boolean;
  /** Of the rule that was looked at. */
  version: number;
};

export type TakeAwayBody = {
  /** For the log and for its owner, up to 500 characters. */
  reason: string;
};

export type SignUp = {
  /** Whether people may ask for an account, which a manager answers. */
  byRequest: boolean;
  /** Where the page lies, for people. */
  address: string;
  /** Newest first, at most 100; those that ended stay for 30 days. */
  events: SignUpEvent[];
};

export type SignUpEvent = {
  id: number;
  title: string;
  startsAt: string;
  endsAt: string;
  /** How many may come, at most. */
  people: number;
  /** How many have. */
  came: number;
  /** Whether their accounts end with it. */
  temporary: boolean;
};

export type SignUpBody = {
  byRequest: boolean;
};

export type SignUpEventBody = {
  title: string;
  /** Like 2027-01-31T08:00:00Z. */
  startsAt: string;
  endsAt: string;
  people: number;
  temporary: boolean;
};

export type SignUpEventMade = {
  event: SignUpEvent;
  /** For people; it cannot be had again. */
  code: string;
};

export type CommunityDetail = {
  id: number;
  name: string;
  title: string;
  /** Path of its hub on the platform's host. */
  baseUrl: string;
  /** A host of its own; null for the platform's. */
  host: string | null;
  /** Of its home page. */
  url: string;
  state: "ACTIVE" | "PAUSED" | "DELETED";
  /** What people read while it is paused. */
  notice: string;
  /** Whether its pause ends what runs. */
  stopsServers: boolean;
  limits: Limits;
  members: number;
  /** Servers that hold a container. */
  activeServers: number;
  /** Where it was before it was renamed; links lead on from there. */
  formerAddresses: FormerAddress[];
  /** To be sent back with a change. */
  version: number;
};

export type Limits = {
  maxSpawning: number | null;
  maxActive: number | null;
  namedPerUser: number | null;
};

export type FormerAddress = {
  baseUrl: string;
  leftAt: string;
};

export type MemberPage = {
  items: Member[];
  /** Offset of the following page; null on the last one. */
  next: number | null;
};

export type Member = {
  /** Number of the user. */
  id: number;
  name: string;
  /** Whether they administer this community. */
  manager: boolean;
  /** Whether they administer the platform, and so this community too. */
  administrator: boolean;
  joinedAt: string;
  lastActivityAt: string | null;
  /** How many named servers they may have, if that was decided for them. */
  namedServers: number | null;
};

export type Added = {
  /** Null for somebody who had an account already. */
  invitation: PasswordLink | null;
};

export type PasswordLink = {
  /** Whose it is. */
  name: string;
  /** Whether it is an invitation: they have no password yet. */
  first: boolean;
  /** Give it to them and nobody else: whoever opens it has the account. */
  address: string;
  /** It works once, until then. */
  until: string;
};

export type Roster = {
  /** Whether it was done, and not only looked at. */
  applied: boolean;
  /** Columns of the list that mean nothing here. */
  ignored: string[];
  lines: RosterEntry[];
};

export type RosterEntry = {
  /** Where they stand in the list. */
  line: number;
  name: string;
  effect: "ACCOUNT" | "MEMBER" | "CHANGE" | "NOTHING" | "REFUSED";
  /** Groups that they come into by it. */
  groups: string[];
  /** Why nothing is done; null when something is, or nothing needs to be. */
  problem: string | null;
  /** For who got an account just now. */
  invitation: PasswordLink | null;
};

export type GroupPage = {
  items: Group[];
  /** Offset of the following page; null on the last one. */
  next: number | null;
};

export type Group = {
  /** Number of the group. */
  id: number;
  name: string;
  /** How many users are in it. */
  users: number;
  /** How many named servers each of them may have, if that was decided for it. */
  namedServers: number | null;
  /** Groups at providers whose people are in it. */
  follows: Follow[];
};

export type Follow = {
  /** Number of the provider. */
  provider: number;
  /** As the provider writes it, in lower case. */
  group: string;
};

export type GroupBody = {
  /** 1 to 255 characters, no slash. */
  name: string | null;
};

export type FollowsBody = {
  /** At most 20; empty: nothing. */
  follows: FollowBody[];
};

export type FollowBody = {
  /** Number of the provider. */
  provider: number;
  /** The group as the provider writes it. */
  group: string | null;
};

export type EndsView = {
  /** The community's. */
  community: Ends;
  /** Of each of its profiles, in the order people see. */
  profiles: Ends[];
  /** What nobody may go beyond here. */
  bounds: EndsBounds;
};

export type Ends = {
  /** Number of the profile; null for the community. */
  profile: number | null;
  title: string;
  /** Without use; 0: never. */
  cullAfter: EndsTime;
  /** Used or not; 0: never. */
  maxAge: EndsTime;
  /** How long people can keep one that is not used; 0: not at all. */
  keepAtMost: EndsTime;
  /** Asleep when without use for this long; 0: never. */
  freezeAfter: EndsTime;
};

export type EndsTime = {
  /** As decided here; null: it is left to the next above. */
  ownSeconds: number | null;
  /** As it counts. */
  seconds: number;
  /** Whose decision that is. */
  origin: "PROFILE" | "COMMUNITY" | "PLATFORM";
};

export type EndsBounds = {
  /** 0: any, and never. */
  cullAfterSeconds: number;
  /** 0: any, and never. */
  maxAgeSeconds: number;
  /** 0: not at all. */
  keepAtMostSeconds: number;
  /** 0: any, and never. */
  freezeAfterSeconds: number;
};

export type Catalog = {
  environments: EnvironmentDetail[];
  /** In the order people see; the first is what somebody gets who does not choose. */
  profiles: ProfileDetail[];
  /** Names of groups that a profile can be for. */
  groups: string[];
  /** Names of roles that a profile can be for. */
  roles: string[];
  /** Container runtimes that a profile can name. */
  runtimes: Runtime[];
  machine: Machine;
};

export type EnvironmentDetail = {
  id: number;
  name: string;
  title: string;
  /** As it was asked for. */
  image: string;
  /** What it means; null when the image is not on this machine. */
  imageId: string | null;
  command: string[];
  /** Where the browser lands; empty for the image's own page. */
  defaultUrl: string;
  /** How it is served; null for a Jupyter server. */
  web: Web | null;
  /** Whether its image is the platform's own setting. */
  ofPlatform: boolean;
  /** Images that were tried for it, newest first. */
  trials: Trial[];
  /** To be sent back with a change. */
  version: number;
};

export type Web = {
  /** Where it listens. */
  port: number;
  /** Answers below 500 once it is up. */
  readyPath: string;
  /** Whether it believes to be at /. */
  stripsPrefix: boolean;
};

export type Trial = {
  id: number;
  image: string;
  imageId: string;
  state: "WAITING" | "RUNNING" | "PASSED" | "FAILED";
  /** Whether it is what people get now. */
  current: boolean;
  askedAt: string;
  endedAt: string | null;
  /** When people began to get it; null when they never did. */
  promotedAt: string | null;
  /** Why it is not good. */
  failure: string | null;
  /** What it could do. */
  steps: string[];
  /** From its command to its first answer. */
  startMillis: number | null;
  /** The most that the trial used. */
  memoryBytes: number | null;
  /** How many packages of Python's it has. */
  packages: number;
};

export type ProfileDetail = {
  id: number;
  /** How user_options name it. */
  name: string;
  title: string;
  description: string;
  /** Number of its environment. */
  environment: number;
  memoryBytes: number;
  /** What is kept free for each server; memoryBytes unless it is over-committed. */
  promisedBytes: number;
  /** Thousandths of a core. */
  milliCpus: number;
  /** Processes and threads together. */
  pids: number;
  /** What its servers reach: community, or none. */
  network: string;
  /** What it has of the machine's devices; null for none. */
  device: Wish | null;
  /** How many servers of it the machine has memory for at once. */
  fits: number;
  options: Option[];
  /** Whether everybody in the community is offered it. */
  everybody: boolean;
  /** Whom it is for otherwise, with roles. */
  groups: string[];
  roles: string[];
  /** That its servers run by; empty for the platform's usual one. */
  runtime: string;
  /** To be sent back with a change. */
  version: number;
};

export type Wish = {
  /** Name of the kind, as in the configuration. */
  kind: string;
  /** How many units; 0 in a choice takes away the profile's. */
  count: number;
};

export type Option = {
  /** How user_options name it. */
  name: string;
  title: string;
  choices: Choice[];
  /** Null unless an image may be typed. */
  freeImage: FreeImage | null;
};

export type Choice = {
  /** How user_options name it. */
  name: string;
  title: string;
  /** Whether it is picked at first. */
  initial: boolean;
  /** Number of another environment; null for the profile's. */
  environment: number | null;
  /** Null for the profile's. */
  memoryBytes: number | null;
  /** Null for all of the memory. */
  promisedBytes: number | null;
  /** Null for the profile's. */
  milliCpus: number | null;
  /** Null for the profile's. */
  device: Wish | null;
};

export type FreeImage = {
  title: string;
  /** Regular expression that the whole reference must match. */
  pattern: string;
  /** What people read when it does not. */
  advice: string;
};

export type Runtime = {
  name: string;
  /** Whether anybody has tried what holds under it. */
  tried: boolean;
  /** What is promised of servers but does not hold under it. */
  gaps: string[];
};

export type Machine = {
  /** What all servers together may be promised. */
  capacityBytes: number;
  cores: number;
  /** Sizes that divide the machine well, smallest first. */
  sizes: Size[];
  /** Devices that a profile can ask for. */
  devices: Kind[];
};

export type Size = {
  memoryBytes: number;
  milliCpus: number;
  /** How many servers of it there can be at once. */
  fits: number;
};

export type Kind = {
  name: string;
  label: string;
  /** How many there are. */
  units: number;
  /** How many servers may share one. */
  seats: number;
};

export type EnvironmentBody = {
  name: string;
  title: string;
  /** Reference of the image, such as name:tag. */
  image: string;
  command: string[];
  /** Where the browser lands; may be empty. */
  defaultUrl: string | null;
  /** How it is served; null for a Jupyter server. */
  web: WebBody | null;
  /** Of the environment that was looked at; 0 for a new one. */
  version: number;
};

export type WebBody = {
  port: number;
  readyPath: string | null;
  stripsPrefix: boolean;
};

export type TrialBody = {
  /** Reference of an image on this machine. */
  image: string;
};

export type PackageList = {
  /** Names and versions of Python's packages, at most 800. */
  items: string[];
};

export type ProfileBody = {
  /** How user_options name it. */
  name: string;
  title: string;
  description: string | null;
  /** Number of its environment. */
  environment: number;
  memoryBytes: number;
  /** Less than memoryBytes over-commits; null for all of it. */
  promisedBytes: number | null;
  milliCpus: number;
  /** Null for 512. */
  pids: number | null;
  /** What its servers reach: community, or none; null for community. */
  network: string | null;
  /** Null for none. */
  device: Wish | null;
  options: OptionBody[] | null;
  /** Whether everybody in the community is offered it. */
  everybody: boolean;
  groups: string[] | null;
  roles: string[] | null;
  /** One of the catalog's runtimes; null for the platform's usual one. */
  runtime: string | null;
  /** Of the profile that was looked at; 0 for a new one. */
  version: number;
};

export type OptionBody = {
  name: string;
  title: string;
  choices: ChoiceBody[] | null;
  freeImage: FreeImageBody | null;
};

export type ChoiceBody = {
  name: string;
  title: string;
  initial: boolean;
  environment: number | null;
  memoryBytes: number | null;
  promisedBytes: number | null;
  milliCpus: number | null;
  device: Wish | null;
};

export type FreeImageBody = {
  title: string;
  pattern: string;
  advice: string | null;
};

export type OrderBody = {
  /** Numbers of all profiles. */
  ids: number[];
};

export type Preview = {
  offered: OfferedProfile[];
  /** What others see and they do not. */
  hidden: OfferedProfile[];
};

export type OfferedProfile = {
  name: string;
  title: string;
  description: string;
  memoryBytes: number;
  milliCpus: number;
};

export type ImportBody = {
  /** KubeSpawner's profileList, or a values file that has one. */
  yaml: string;
  /** Whether to do it; else it is only looked at. */
  apply: boolean;
};

export type ImportReport = {
  /** Whether it was done; else it was only looked at. */
  applied: boolean;
  /** Titles of profiles that are made. */
  profiles: string[];
  /** Images of environments that are made. */
  images: string[];
  /** What is not taken, and why. */
  left: string[];
};

export type ContentList = {
  /** In the order they were attached. */
  items: Content[];
};

export type Content = {
  id: number;
  /** Number of the profile whose servers get it; null for all. */
  profile: number | null;
  url: string;
  /** Branch, tag or commit; empty for what the host shows first. */
  reference: string;
  /** Below the home. */
  folder: string;
  /** To be entered at the repository's host as a deploy key that only reads. */
  publicKey: string | null;
};

export type Images = {
  /** What they may take before those that nothing needs go, oldest first. */
  budgetBytes: number;
  /** What they take. */
  takenBytes: number;
  /** Oldest first. */
  items: Image[];
};

export type Image = {
  id: string;
  /** What it is called. */
  image: string;
  /** Beyond the image that it was made on. */
  bytes: number;
  createdAt: string;
  /** Whether it came from a registry. */
  pulled: boolean;
  /** Whether nothing needs it, so that it may go. */
  spare: boolean;
  /** What it is needed for; empty when an image that is needed stands on it. */
  uses: ImageUse[];
};

export type ImageUse = {
  /** Title of the environment. */
  environment: string;
  use: "CURRENT" | "FALL_BACK" | "CANDIDATE";
};

export type PullBody = {
  /** Reference of an image in a registry. */
  image: string;
};

export type Build = {
  id: number;
  /** The image that is fetched; null when a repository is built. */
  pulled: string | null;
  url: string;
  reference: string;
  state: "WAITING" | "RUNNING" | "BUILT" | "FAILED" | "CANCELLED" | "INTERRUPTED";
  /** What it is at, or was at last. */
  step: string;
  /** How many builds of the machine come before it; 0 unless it waits. */
  ahead: number;
  askedAt: string;
  beganAt: string | null;
  endedAt: string | null;
  /** What was built; null until it is known. */
  commit: string | null;
  /** The image that came out. */
  image: string | null;
  /** Why there is no image. */
  failure: string | null;
};

export type Builds = {
  /** The community's environments for which something was built or fetched, or is to be. */
  sources: Source[];
};

export type Source = {
  environment: number;
  /** Null when it is built from no repository, and images are fetched for it. */
  url: string | null;
  /** Branch, tag or commit; empty for what the host shows first. */
  reference: string;
  /** To be entered at the repository's host; null without a deploy key. */
  publicKey: string | null;
  /** Whether a token is used. */
  token: boolean;
  /** Newest first, at most 10. */
  builds: Build[];
};

export type SourceBody = {
  /** https://host/path, ssh://git@host/path or git@host:path. */
  url: string;
  /** Branch, tag or commit; empty for what the host shows first. */
  reference: string | null;
  /** How the platform gets at it. */
  access: "OPEN" | "DEPLOY_KEY" | "TOKEN" | "UNCHANGED";
  /** With access TOKEN. */
  token: string | null;
};

export type Operations = {
  /** List servers. */
  "GET /servers": { answer: { items: Server[] } };
  /** Stop a server. */
  "POST /servers/{id}/stop": { path: { id: string | number }; answer: Record<string, never> };
  /** List people. */
  "GET /people": { query: { offset?: number }; answer: PersonPage };
  /** Read the audit log. */
  "GET /audit": { answer: { items: AuditEntry[] } };
  /** Show who is signed in. */
  "GET /me": { answer: Me };
  /** Show how the platform is. */
  "GET /overview": { answer: Overview };
  /** List jobs. */
  "GET /jobs": { answer: { items: Job[] } };
  /** Run a job now. */
  "POST /jobs/{name}/run": { path: { name: string | number }; answer: Record<string, never> };
  /** Read how the platform is. */
  "GET /health": { answer: Health };
  /** Look how the platform is. */
  "POST /health/check": { answer: Health };
  /** List roles. */
  "GET /communities/{id}/roles": { path: { id: string | number }; answer: { items: Role[] } };
  /** Show a role and who holds it. */
  "GET /communities/{id}/roles/{role}": { path: { id: string | number; role: string | number }; answer: RoleDetail };
  /** Make or change a role. */
  "PUT /communities/{id}/roles/{role}": { path: { id: string | number; role: string | number }; body: { description?: string; scopes: string[]; version?: number }; answer: Role };
  /** Remove a role. */
  "DELETE /communities/{id}/roles/{role}": { path: { id: string | number; role: string | number }; query: { version: number }; answer: undefined };
  /** Give a role. */
  "PUT /communities/{id}/roles/{role}/{kind}/{holder}": { path: { id: string | number; role: string | number; kind: string | number; holder: string | number }; answer: undefined };
  /** Take a role. */
  "DELETE /communities/{id}/roles/{role}/{kind}/{holder}": { path: { id: string | number; role: string | number; kind: string | number; holder: string | number }; answer: undefined };
  /** List custom scopes. */
  "GET /communities/{id}/scopes": { path: { id: string | number }; answer: { items: CustomScope[] } };
  /** Declare or change a custom scope. */
  "PUT /communities/{id}/scopes/{scope}": { path: { id: string | number; scope: string | number }; body: { description: string; subscopes?: string[]; version?: number }; answer: CustomScope };
  /** Withdraw a custom scope. */
  "DELETE /communities/{id}/scopes/{scope}": { path: { id: string | number; scope: string | number }; query: { version: number }; answer: undefined };
  /** List services. */
  "GET /communities/{id}/services": { path: { id: string | number }; answer: { items: Service[] } };
  /** Register or change a service. */
  "PUT /communities/{id}/services/{service}": { path: { id: string | number; service: string | number }; body: { admin?: boolean; url?: string; display?: boolean; noConfirm?: boolean; redirectUri?: string; allowedScopes?: string[]; version?: number }; answer: Service };
  /** Remove a service. */
  "DELETE /communities/{id}/services/{service}": { path: { id: string | number; service: string | number }; answer: undefined };
  /** Give a service another token. */
  "POST /communities/{id}/services/{service}/token": { path: { id: string | number; service: string | number }; answer: ServiceSecrets };
  /** List folders with what they hold and may hold. */
  "GET /communities/{id}/folders": { path: { id: string | number }; query: { kind?: "HOME" | "SHARED" | "GROUP" | "SCRATCH"; offset?: number }; answer: FolderPage };
  /** Give a group a folder. */
  "POST /communities/{id}/folders": { path: { id: string | number }; body: { group: string }; answer: Record<string, never> };
  /** Decide a limit, or take the decision back. */
  "PUT /communities/{id}/limits": { path: { id: string | number }; body: { kind: "HOME" | "SHARED" | "GROUP" | "SCRATCH"; scope: "COMMUNITY" | "GROUP" | "USER" | "FOLDER"; name?: string; folder?: number; bytes?: number | null; bytesWarning?: number | null; inodes?: number | null; inodesWarning?: number | null; version: number }; answer: Rule };
  /** Show the pool that holds people's files. */
  "GET /storage/pool": { answer: Pool };
  /** Make the pool larger. */
  "POST /storage/pool/grow": { body: { bytes: number }; answer: Pool };
  /** List files that are kept of those who have gone. */
  "GET /communities/{id}/leaving": { path: { id: string | number }; query: { offset?: number }; answer: LeavingPage };
  /** Bring back somebody with their files. */
  "POST /communities/{id}/leaving/{folder}/back": { path: { id: string | number; folder: string | number }; body: { name?: string }; answer: Record<string, never> };
  /** Say why files of somebody who left are fetched. */
  "POST /communities/{id}/leaving/{folder}/archive": { path: { id: string | number; folder: string | number }; body: { reason: string }; answer: Record<string, never> };
  /** Fetch files of somebody who left, as an archive. */
  "GET /communities/{id}/leaving/{folder}/archive": { path: { id: string | number; folder: string | number }; answer: undefined };
  /** Keep files longer, or less long. */
  "PUT /communities/{id}/leaving/{folder}": { path: { id: string | number; folder: string | number }; body: { days: number }; answer: Record<string, never> };
  /** Remove files that are kept, now. */
  "DELETE /communities/{id}/leaving/{folder}": { path: { id: string | number; folder: string | number }; answer: undefined };
  /** List what people are told. */
  "GET /announcements": { answer: Announcements };
  /** Tell everybody something. */
  "PUT /announcements": { body: { community?: number; text: string; pausesStarts?: boolean; stopsAt?: string }; answer: Record<string, never> };
  /** Take back what people are told. */
  "POST /announcements/end": { body: { community?: number }; answer: Record<string, never> };
  /** Stop many servers now. */
  "POST /servers/stop": { body: { community?: number; group?: string }; answer: StoppingServers };
  /** List providers that sign people in. */
  "GET /sign-in/providers": { answer: Providers };
  /** Add a provider. */
  "POST /sign-in/providers": { body: ProviderBody; answer: Provider };
  /** Ask whether a provider's settings work. */
  "POST /sign-in/check": { body: ProviderBody; answer: Checked };
  /** Change a provider's settings. */
  "PUT /sign-in/providers/{provider}": { path: { provider: string | number }; body: ProviderBody; answer: Provider };
  /** Sign in by a directory on trial. */
  "POST /sign-in/providers/{provider}/trial": { path: { provider: string | number }; body: ProviderTrialBody; answer: Provider };
  /** Put a provider's saved settings into force. */
  "POST /sign-in/providers/{provider}/activate": { path: { provider: string | number }; body: ProviderVersionBody; answer: Provider };
  /** Forget a provider's saved settings. */
  "POST /sign-in/providers/{provider}/discard": { path: { provider: string | number }; body: ProviderVersionBody; answer: undefined };
  /** Put a provider's earlier settings into force. */
  "POST /sign-in/providers/{provider}/undo": { path: { provider: string | number }; body: ProviderVersionBody; answer: Provider };
  /** Use a provider. */
  "POST /sign-in/providers/{provider}/enable": { path: { provider: string | number }; body: ProviderVersionBody; answer: Provider };
  /** Use a provider no more. */
  "POST /sign-in/providers/{provider}/disable": { path: { provider: string | number }; body: ProviderVersionBody; answer: Provider };
  /** Remove a provider. */
  "POST /sign-in/providers/{provider}/remove": { path: { provider: string | number }; body: ProviderVersionBody; answer: undefined };
  /** Show which providers a community accepts. */
  "GET /communities/{id}/sign-in": { path: { id: string | number }; answer: CommunitySignIn };
  /** Have a community accept a provider. */
  "PUT /communities/{id}/sign-in/providers/{provider}": { path: { id: string | number; provider: string | number }; body: EntryRuleBody; answer: undefined };
  /** Have a community accept a provider no more. */
  "DELETE /communities/{id}/sign-in/providers/{provider}": { path: { id: string | number; provider: string | number }; answer: undefined };
  /** Let somebody in who asked. */
  "POST /communities/{id}/sign-in/requests/{request}/admit": { path: { id: string | number; request: string | number }; answer: undefined };
  /** Do not let somebody in who asked. */
  "POST /communities/{id}/sign-in/requests/{request}/refuse": { path: { id: string | number; request: string | number }; answer: undefined };
  /** Show who must have a second factor. */
  "GET /sign-in/second-factor": { answer: SecondFactorRule };
  /** Change who must have a second factor. */
  "PUT /sign-in/second-factor": { body: SecondFactorRuleBody; answer: SecondFactorRule };
  /** Remove the second factor of somebody who has lost it. */
  "POST /people/{user}/take-factor-away": { path: { user: string | number }; body: TakeAwayBody; answer: undefined };
  /** Show how people make accounts in a community. */
  "GET /communities/{id}/sign-up": { path: { id: string | number }; answer: SignUp };
  /** Say whether people may ask a community for an account. */
  "PUT /communities/{id}/sign-up": { path: { id: string | number }; body: SignUpBody; answer: undefined };
  /** Make an event with a code by which people come in. */
  "POST /communities/{id}/sign-up/events": { path: { id: string | number }; body: SignUpEventBody; answer: SignUpEventMade };
  /** End an event now. */
  "POST /communities/{id}/sign-up/events/{event}/end": { path: { id: string | number; event: string | number }; answer: undefined };
  /** List communities. */
  "GET /communities": { answer: { items: CommunityDetail[] } };
  /** Make a community. */
  "POST /communities": { body: { name: string; title: string }; answer: CommunityDetail };
  /** Change title, notice and limits. */
  "PATCH /communities/{id}": { path: { id: string | number }; body: { version: number; title?: string; notice?: string; limits?: { maxSpawning?: number | null; maxActive?: number | null; namedPerUser?: number | null } }; answer: CommunityDetail };
  /** Rename a community. */
  "POST /communities/{id}/rename": { path: { id: string | number }; body: { version: number; name: string }; answer: CommunityDetail };
  /** Give a community a host of its own, or take it away. */
  "POST /communities/{id}/host": { path: { id: string | number }; body: { version: number; host?: string }; answer: CommunityDetail };
  /** Pause a community. */
  "POST /communities/{id}/pause": { path: { id: string | number }; body: { version: number; notice?: string; stopServers?: boolean }; answer: CommunityDetail };
  /** End a pause. */
  "POST /communities/{id}/resume": { path: { id: string | number }; body: { version: number }; answer: CommunityDetail };
  /** Delete a community. */
  "POST /communities/{id}/delete": { path: { id: string | number }; body: { version: number }; answer: CommunityDetail };
  /** Restore a deleted community. */
  "POST /communities/{id}/restore": { path: { id: string | number }; body: { version: number }; answer: CommunityDetail };
  /** Give a former address up. */
  "POST /communities/{id}/release": { path: { id: string | number }; body: { baseUrl: string }; answer: CommunityDetail };
  /** List members. */
  "GET /communities/{id}/members": { path: { id: string | number }; query: { offset?: number }; answer: MemberPage };
  /** Add a member. */
  "POST /communities/{id}/members": { path: { id: string | number }; body: { name: string; manager?: boolean }; answer: Added };
  /** Make everybody on a list a member. */
  "POST /communities/{id}/members/import": { path: { id: string | number }; body: { csv: string; apply?: boolean }; answer: Roster };
  /** Make a member a manager, or undo it. */
  "PUT /communities/{id}/members/{user}": { path: { id: string | number; user: string | number }; body: { manager: boolean }; answer: Record<string, never> };
  /** Remove a member. */
  "DELETE /communities/{id}/members/{user}": { path: { id: string | number; user: string | number }; answer: undefined };
  /** Give a member a link to choose a password. */
  "POST /communities/{id}/members/{user}/invitation": { path: { id: string | number; user: string | number }; answer: PasswordLink };
  /** Give somebody a link to choose a new password. */
  "POST /people/{user}/password-link": { path: { user: string | number }; answer: PasswordLink };
  /** Make somebody an administrator of the platform, or undo it. */
  "PUT /people/{user}": { path: { user: string | number }; body: { administrator: boolean }; answer: Record<string, never> };
  /** Limit the named servers of everybody in a group. */
  "PUT /communities/{id}/groups/{group}/named-servers": { path: { id: string | number; group: string | number }; body: { namedServers?: number | null }; answer: Record<string, never> };
  /** Limit a member's named servers. */
  "PUT /communities/{id}/members/{user}/named-servers": { path: { id: string | number; user: string | number }; body: { namedServers?: number | null }; answer: Record<string, never> };
  /** List groups. */
  "GET /communities/{id}/groups": { path: { id: string | number }; query: { offset?: number }; answer: GroupPage };
  /** Make a group. */
  "POST /communities/{id}/groups": { path: { id: string | number }; body: GroupBody; answer: Group };
  /** Decide which groups at providers a group follows. */
  "PUT /communities/{id}/groups/{group}/follows": { path: { id: string | number; group: string | number }; body: FollowsBody; answer: undefined };
  /** Show when servers of a community end by themselves. */
  "GET /communities/{id}/ends": { path: { id: string | number }; answer: EndsView };
  /** Decide when servers of a community end by themselves. */
  "PUT /communities/{id}/ends": { path: { id: string | number }; body: { cullAfterSeconds?: number | null; maxAgeSeconds?: number | null; keepAtMostSeconds?: number | null; freezeAfterSeconds?: number | null }; answer: EndsView };
  /** Decide when servers of a profile end by themselves. */
  "PUT /communities/{id}/profiles/{profile}/ends": { path: { id: string | number; profile: string | number }; body: { cullAfterSeconds?: number | null; maxAgeSeconds?: number | null; keepAtMostSeconds?: number | null; freezeAfterSeconds?: number | null }; answer: EndsView };
  /** Show what a community offers. */
  "GET /communities/{id}/catalog": { path: { id: string | number }; answer: Catalog };
  /** Make an environment. */
  "POST /communities/{id}/environments": { path: { id: string | number }; body: EnvironmentBody; answer: EnvironmentDetail };
  /** Change an environment. */
  "PUT /communities/{id}/environments/{environment}": { path: { id: string | number; environment: string | number }; body: EnvironmentBody; answer: EnvironmentDetail };
  /** Remove an environment. */
  "DELETE /communities/{id}/environments/{environment}": { path: { id: string | number; environment: string | number }; query: { version: number }; answer: undefined };
  /** Have another image tried. */
  "POST /communities/{id}/environments/{environment}/trials": { path: { id: string | number; environment: string | number }; body: TrialBody; answer: Trial };
  /** List the packages of an image that was tried. */
  "GET /communities/{id}/environments/{environment}/trials/{trial}/packages": { path: { id: string | number; environment: string | number; trial: string | number }; answer: PackageList };
  /** Give people an image that has not passed. */
  "POST /communities/{id}/environments/{environment}/trials/{trial}/promote": { path: { id: string | number; environment: string | number; trial: string | number }; answer: Catalog };
  /** Give people the image they had before. */
  "POST /communities/{id}/environments/{environment}/back": { path: { id: string | number; environment: string | number }; answer: Catalog };
  /** Make a profile. */
  "POST /communities/{id}/profiles": { path: { id: string | number }; body: ProfileBody; answer: ProfileDetail };
  /** Put profiles into another order. */
  "PUT /communities/{id}/profiles": { path: { id: string | number }; body: OrderBody; answer: Catalog };
  /** Show what a member is offered. */
  "GET /communities/{id}/profiles/preview": { path: { id: string | number }; query: { user: string }; answer: Preview };
  /** Import KubeSpawner's profileList. */
  "POST /communities/{id}/profiles/import": { path: { id: string | number }; body: ImportBody; answer: ImportReport };
  /** Change a profile. */
  "PUT /communities/{id}/profiles/{profile}": { path: { id: string | number; profile: string | number }; body: ProfileBody; answer: ProfileDetail };
  /** Remove a profile. */
  "DELETE /communities/{id}/profiles/{profile}": { path: { id: string | number; profile: string | number }; query: { version: number }; answer: undefined };
  /** List repositories whose files come into homes. */
  "GET /communities/{id}/content": { path: { id: string | number }; answer: ContentList };
  /** Have the files of a repository brought into homes. */
  "POST /communities/{id}/content": { path: { id: string | number }; body: { profile?: number | null; url: string; reference?: string; folder?: string; deployKey?: boolean }; answer: Content };
  /** Change a repository whose files come into homes. */
  "PUT /communities/{id}/content/{content}": { path: { id: string | number; content: string | number }; body: { profile?: number | null; url: string; reference?: string; folder?: string; deployKey?: boolean }; answer: Content };
  /** Bring the files of a repository no more. */
  "DELETE /communities/{id}/content/{content}": { path: { id: string | number; content: string | number }; answer: undefined };
  /** List images that were built or fetched here. */
  "GET /images": { answer: Images };
  /** Have an image fetched from its registry. */
  "POST /communities/{id}/environments/{environment}/pulls": { path: { id: string | number; environment: string | number }; body: PullBody; answer: Build };
  /** Show what is built from repositories. */
  "GET /communities/{id}/builds": { path: { id: string | number }; answer: Builds };
  /** Say which repository an environment is built from. */
  "PUT /communities/{id}/environments/{environment}/source": { path: { id: string | number; environment: string | number }; body: SourceBody; answer: Source };
  /** Have an environment built from no repository any more. */
  "DELETE /communities/{id}/environments/{environment}/source": { path: { id: string | number; environment: string | number }; answer: undefined };
  /** Have an environment's image built. */
  "POST /communities/{id}/environments/{environment}/builds": { path: { id: string | number; environment: string | number }; answer: Build };
  /** Cancel a build. */
  "POST /communities/{id}/environments/{environment}/builds/{build}/cancel": { path: { id: string | number; environment: string | number; build: string | number }; answer: Build };
  /** Follow the log of a build. */
  "GET /communities/{id}/environments/{environment}/builds/{build}/log": { path: { id: string | number; environment: string | number; build: string | number }; answer: undefined };
  /** Read this reference. */
  "GET /openapi.json": { answer: Record<string, unknown> };
};
