import { useState } from "react";
import {
  checkProvider,
  type Provider,
  type ProviderBody,
  type ProviderSettings,
  saveProvider,
} from "../../api/sign-in";
import { Field } from "../../components/Field";
import { FormDialog } from "../../components/FormDialog";
import { useChange } from "../../domain/useChange";
import { CallbackAddress } from "./CallbackAddress";
import { isPreset, PRESET_NAMES, PRESETS } from "./presets";

type OpenId = NonNullable<ProviderBody["openId"]>;
type Ldap = NonNullable<ProviderBody["ldap"]>;

/** A provider’s settings. Saving asks the provider first; what counts goes on counting meanwhile. */
export function ProviderDialog(props: {
  provider?: Provider;
  callbackUrl: string;
  onDone: () => void;
}) {
  const { provider, callbackUrl, onDone } = props;
  const before = provider?.candidate ?? provider?.live ?? undefined;
  const [preset, setPreset] = useState(before?.preset ?? "OPENID");
  const words = PRESETS[preset];
  const openId = before ? before.openId : words.openId;
  const ldap = before ? before.ldap : words.ldap;
  const [found, setFound] = useState<string[]>();
  const body = (fields: FormData): ProviderBody => ({
    provider: provider?.id ?? null,
    title: text(fields, "title"),
    preset,
    openId: openId ? openIdOf(fields) : null,
    ldap: ldap ? ldapOf(fields) : null,
    secret: String(fields.get("secret") ?? "") || null,
    secretExpiresOn: text(fields, "secretExpiresOn") || null,
    seen: provider?.version ?? 0,
  });
  const save = useChange(
    async (fields: FormData) => {
      setFound((await checkProvider(body(fields))).found);
      await saveProvider(provider, body(fields));
    },
    "The provider answers to these settings. They are saved; try them now.",
    onDone,
  );
  return (
    <FormDialog
      title={provider ? `Settings of ${provider.title}` : "Add a provider"}
      submit={save.isPending ? "Asking the provider…" : "Check and save"}
      busy={save.isPending}
      problem={save.error}
      onSubmit={save.mutate}
      onCancel={onDone}
    >
      {!provider && (
        <div className="field">
          <label htmlFor="preset">Kind</label>
          <select
            id="preset"
            value={preset}
            onChange={({ target }) => isPreset(target.value) && setPreset(target.value)}
          >
            {PRESET_NAMES.map((each) => (
              <option key={each} value={each}>
                {PRESETS[each].name}
              </option>
            ))}
          </select>
        </div>
      )}
      <p className="quiet small">{words.hint}</p>
      {openId && <CallbackAddress url={callbackUrl} />}
      <Field
        label="Title"
        name="title"
        required
        maxLength={60}
        defaultValue={before?.title}
        hint="On the button: Sign in with …"
      />
      {openId && <OpenIdFields key={preset} settings={openId} />}
      {ldap && <LdapFields key={preset} settings={ldap} />}
      <SecretFields settings={before} there={Boolean(provider?.hasSecret)} directory={!openId} />
      <ul aria-live="polite" className="small">
        {found?.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </FormDialog>
  );
}

function SecretFields(props: {
  settings: ProviderSettings | undefined;
  there: boolean;
  directory: boolean;
}) {
  const { settings, there, directory } = props;
  return (
    <>
      <Field
        label={directory ? "Password of the bind name" : "Client secret"}
        name="secret"
        type="password"
        required={!there && !directory}
        hint={
          there
            ? "Empty keeps the one that is there. It is kept encrypted and never shown."
            : "It is kept encrypted and never shown."
        }
      />
      <Field
        label="Secret expires on"
        name="secretExpiresOn"
        type="date"
        defaultValue={settings?.secretExpiresOn ?? undefined}
        hint="The overview reminds you 30 days before. Empty when it does not end."
      />
    </>
  );
}

function OpenIdFields({ settings }: { settings: OpenId }) {
  return (
    <>
      <Field
        label="Issuer"
        name="issuer"
        type="url"
        required
        defaultValue={settings.issuer}
        hint="Exactly as the provider writes it into its tokens."
      />
      <Field label="Client id" name="clientId" required defaultValue={settings.clientId} />
      <Field
        label="Scopes"
        name="scopes"
        defaultValue={settings.scopes.join(" ")}
        hint="Besides openid, with spaces between."
      />
      <Field
        label="Claim for names"
        name="nameClaim"
        required
        defaultValue={settings.nameClaim}
        hint="What new users are called after. Who they are never hangs on it."
      />
      <Field
        label="Claim for groups"
        name="groupsClaim"
        required
        defaultValue={settings.groupsClaim}
      />
      <label className="tick">
        <input type="checkbox" name="trustsEmail" defaultChecked={settings.trustsEmail} /> E-mail
        addresses count even if the provider does not call them verified
      </label>
    </>
  );
}

function LdapFields({ settings }: { settings: Ldap }) {
  const field = (label: string, name: keyof Ldap, required: boolean, hint?: string) => (
    <Field
      label={label}
      name={name}
      required={required}
      defaultValue={String(settings[name])}
      hint={hint}
    />
  );
  return (
    <>
      {field("Address", "url", true, "ldaps://host, or ldap://host with StartTLS.")}
      <label className="tick">
        <input type="checkbox" name="startTls" defaultChecked={settings.startTls} /> Encrypt with
        StartTLS
      </label>
      {field("Bind name", "bindDn", false, "Who searches; empty for anybody.")}
      {field("Base of people", "userBase", true, "Such as ou=people,dc=school,dc=example.")}
      {field("Filter of people", "userFilter", true, "{name} is what somebody types.")}
      {field("Attribute of identity", "idAttribute", true, "What nobody else ever gets.")}
      {field("Attribute of names", "nameAttribute", true)}
      {field("Attribute of e-mail addresses", "emailAttribute", false)}
      {field("Base of groups", "groupBase", false, "Empty for no groups.")}
      {field("Filter of groups", "groupFilter", false, "{dn} is the person’s entry.")}
      {field("Attribute of group names", "groupNameAttribute", false)}
      <div className="field">
        <label htmlFor="certificate">Certificate of the authority</label>
        <textarea
          id="certificate"
          name="certificate"
          rows={3}
          defaultValue={settings.certificate}
        />
        <p className="quiet small">As PEM; empty for those that browsers know.</p>
      </div>
    </>
  );
}

function openIdOf(fields: FormData): OpenId {
  return {
    issuer: text(fields, "issuer"),
    clientId: text(fields, "clientId"),
    scopes: text(fields, "scopes").split(/\s+/).filter(Boolean),
    nameClaim: text(fields, "nameClaim"),
    groupsClaim: text(fields, "groupsClaim"),
    trustsEmail: fields.get("trustsEmail") === "on",
  };
}

function ldapOf(fields: FormData): Ldap {
  return {
    url: text(fields, "url"),
    startTls: fields.get("startTls") === "on",
    certificate: text(fields, "certificate"),
    bindDn: text(fields, "bindDn"),
    userBase: text(fields, "userBase"),
    userFilter: text(fields, "userFilter"),
    idAttribute: text(fields, "idAttribute"),
    nameAttribute: text(fields, "nameAttribute"),
    emailAttribute: text(fields, "emailAttribute"),
    groupBase: text(fields, "groupBase"),
    groupFilter: text(fields, "groupFilter"),
    groupNameAttribute: text(fields, "groupNameAttribute"),
  };
}

function text(fields: FormData, name: string): string {
  return String(fields.get(name) ?? "").trim();
}
