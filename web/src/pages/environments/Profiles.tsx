import { useState } from "react";
import { type Catalog, orderProfiles, type ProfileDetail, removeProfile } from "../../api/catalog";
import { Badge } from "../../components/Badge";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { type Column, DataTable } from "../../components/DataTable";
import { plural } from "../../components/format";
import { ProblemNote } from "../../components/ProblemNote";
import { ProfileEnds } from "../../domain/EndsDialog";
import { useChange } from "../../domain/useChange";
import { ImportDialog } from "./ImportDialog";
import { PreviewDialog } from "./PreviewDialog";
import { ProfileDialog } from "./ProfileDialog";
import { audience, deviceWords, risk, size, titleOf } from "./words";

type Asking = { about: "edit" | "ends" | "remove" | "import" | "preview"; profile?: ProfileDetail };

type Props = { id: number; catalog: Catalog; platform: boolean };

/** What people pick, in the order they see it. */
export function Profiles({ id, catalog, platform }: Props) {
  const [asking, setAsking] = useState<Asking>();
  const done = () => setAsking(undefined);
  const ask = (about: Asking["about"], name: string) => (
    <button type="button" onClick={() => setAsking({ about })}>
      {name}
    </button>
  );
  return (
    <section aria-labelledby="profiles">
      <h2 id="profiles">Profiles</h2>
      <p className="quiet">
        What people pick, in this order. The first is what somebody gets who does not choose.
      </p>
      <ProfileTable id={id} catalog={catalog} onAsk={setAsking} />
      <div className="actions actions-start">
        {ask("edit", "New profile")}
        {ask("preview", "See as somebody")}
        {ask("import", "Import profileList")}
      </div>
      {asking?.about === "edit" && (
        <ProfileDialog
          id={id}
          catalog={catalog}
          platform={platform}
          profile={asking.profile}
          onDone={done}
        />
      )}
      {asking?.about === "ends" && asking.profile && (
        <ProfileEnds community={id} profile={asking.profile.id} onDone={done} />
      )}
      {asking?.about === "remove" && asking.profile && (
        <RemoveDialog id={id} profile={asking.profile} onDone={done} />
      )}
      {asking?.about === "import" && <ImportDialog id={id} onDone={done} />}
      {asking?.about === "preview" && <PreviewDialog id={id} onDone={done} />}
    </section>
  );
}

function ProfileTable(props: { id: number; catalog: Catalog; onAsk: (asking: Asking) => void }) {
  const { id, catalog, onAsk } = props;
  const move = useChange(
    (ids: number[]) => orderProfiles(id, ids),
    "The order is changed; people see it at once.",
  );
  const { profiles, environments, machine } = catalog;
  const up = (profile: ProfileDetail) => {
    const ids = profiles.map((each) => each.id);
    const at = ids.indexOf(profile.id);
    ids.splice(at, 1);
    ids.splice(at - 1, 0, profile.id);
    move.mutate(ids);
  };
  const columns: Column<ProfileDetail>[] = [
    { header: "Profile", cell: (profile) => profile.title },
    { header: "Environment", cell: (profile) => titleOf(environments, profile.environment) },
    {
      header: "Size",
      cell: (profile) => (
        <>
          {size(profile)}
          {profile.device && `, ${deviceWords(profile.device, machine)}`}
          {risk(profile.memoryBytes, profile.promisedBytes, machine) && (
            <>
              {" "}
              <Badge tone="warn">Over-committed</Badge>
            </>
          )}
          {profile.network === "none" && (
            <>
              {" "}
              <Badge tone="plain">No network</Badge>
            </>
          )}
        </>
      ),
    },
    { header: "Fit at once", numeric: true, cell: (profile) => profile.fits },
    { header: "Asks", cell: (profile) => plural(profile.options.length, "question") },
    { header: "For", cell: audience },
    {
      header: "Change",
      cell: (profile) => (
        <div className="actions actions-start">
          <button type="button" onClick={() => onAsk({ about: "edit", profile })}>
            Edit<span className="unseen"> {profile.title}</span>
          </button>
          <button type="button" onClick={() => onAsk({ about: "ends", profile })}>
            When it ends<span className="unseen">: {profile.title}</span>
          </button>
          {profile !== profiles[0] && (
            <button type="button" disabled={move.isPending} onClick={() => up(profile)}>
              Move up<span className="unseen"> {profile.title}</span>
            </button>
          )}
          {profiles.length > 1 && (
            <button type="button" onClick={() => onAsk({ about: "remove", profile })}>
              Remove<span className="unseen"> {profile.title}</span>
            </button>
          )}
        </div>
      ),
    },
  ];
  return (
    <>
      <DataTable
        caption="Profiles in the order people see"
        columns={columns}
        items={profiles}
        keyOf={(profile) => profile.id}
      />
      {move.error && <ProblemNote problem={move.error} />}
    </>
  );
}

function RemoveDialog(props: { id: number; profile: ProfileDetail; onDone: () => void }) {
  const { id, profile, onDone } = props;
  const remove = useChange(() => removeProfile(id, profile), "The profile is removed.", onDone);
  return (
    <ConfirmDialog
      title={`Remove ${profile.title}?`}
      confirm="Remove the profile"
      busy={remove.isPending}
      onConfirm={() => remove.mutate(undefined)}
      onCancel={onDone}
    >
      <p>Servers that run go on. Whoever picked it last is asked anew.</p>
      {remove.error && <ProblemNote problem={remove.error} />}
    </ConfirmDialog>
  );
}
