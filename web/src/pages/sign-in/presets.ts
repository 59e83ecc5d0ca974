import type { ProviderBody } from "../../api/sign-in";

type Preset = ProviderBody["preset"];
type OpenId = NonNullable<ProviderBody["openId"]>;
type Ldap = NonNullable<ProviderBody["ldap"]>;

/** What a kind of provider begins with; every field can be changed. */
type Words = {
  name: string;
  /** Where to register, for people. */
  hint: string;
  openId?: OpenId;
  ldap?: Ldap;
};

const OPEN_ID: OpenId = {
  issuer: "",
  clientId: "",
  scopes: ["profile", "email"],
  nameClaim: "preferred_username",
  groupsClaim: "groups",
  trustsEmail: false,
};

const LDAP: Ldap = {
  url: "ldaps://",
  startTls: false,
  certificate: "",
  bindDn: "",
  userBase: "",
  userFilter: "(uid={name})",
  idAttribute: "entryUUID",
  nameAttribute: "uid",
  emailAttribute: "mail",
  groupBase: "",
  groupFilter: "(member={dn})",
  groupNameAttribute: "cn",
};

export const PRESETS: Record<Preset, Words> = {
  GOOGLE: {
    name: "Google",
    hint: "Google Cloud console, APIs & Services, Credentials: an OAuth client of type web application.",
    openId: { ...OPEN_ID, issuer: "https://accounts.google.com", nameClaim: "email" },
  },
  ENTRA: {
    name: "Microsoft Entra",
    hint: "Entra admin center, App registrations. The issuer ends with your tenant’s number and /v2.0. For groups, add the groups claim to the ID token.",
    openId: { ...OPEN_ID, issuer: "https://login.microsoftonline.com/TENANT/v2.0" },
  },
  CILOGON: {
    name: "CILogon",
    hint: "cilogon.org/oauth2/register; registration is answered by a person.",
    openId: {
      ...OPEN_ID,
      issuer: "https://cilogon.org",
      scopes: ["profile", "email", "org.cilogon.userinfo"],
      nameClaim: "eppn",
      groupsClaim: "isMemberOf",
    },
  },
  KEYCLOAK: {
    name: "Keycloak",
    hint: "In your realm a client of type OpenID Connect with client authentication. For groups, add a mapper of type group membership named groups.",
    openId: { ...OPEN_ID, issuer: "https://HOST/realms/REALM" },
  },
  GITLAB: {
    name: "GitLab",
    hint: "User or group settings, Applications: confidential, with the scopes openid, profile and email.",
    openId: { ...OPEN_ID, issuer: "https://gitlab.com" },
  },
  OPENID: {
    name: "Another provider (OpenID Connect)",
    hint: "Anything that has /.well-known/openid-configuration below its issuer.",
    openId: OPEN_ID,
  },
  ACTIVE_DIRECTORY: {
    name: "Active Directory",
    hint: "An account that may read people and groups, and the address of a domain controller.",
    ldap: {
      ...LDAP,
      userFilter: "(&(objectClass=user)(sAMAccountName={name}))",
      idAttribute: "objectGUID",
      nameAttribute: "sAMAccountName",
      groupFilter: "(member:1.2.840.113556.1.4.1941:={dn})",
    },
  },
  LDAP: {
    name: "LDAP",
    hint: "An account that may read people and groups, where the directory shows them to nobody else.",
    ldap: LDAP,
  },
};

export const PRESET_NAMES = Object.keys(PRESETS) as Preset[];

export const isPreset = (text: string): text is Preset => text in PRESETS;
