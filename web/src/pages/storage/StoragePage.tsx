import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { communitiesQuery } from "../../api/communities";
import type { Me } from "../../api/me";
import type { Kind } from "../../api/storage";
import { LivePage } from "../../components/LivePage";
import { Folders } from "./Folders";
import { LeavingFolders } from "./Leaving";
import { PoolCard } from "./PoolCard";
import { KINDS } from "./words";

/** What people's files take, what they may take, and who decided that. */
export function StoragePage({ me }: { me: Me }) {
  const communities = useQuery(communitiesQuery);
  const [chosen, setChosen] = useState<number>();
  const [kind, setKind] = useState<Kind>("HOME");
  return (
    <LivePage
      title="Storage"
      query={communities}
      lead="Every folder has a limit. Whoever reaches theirs is stopped, alone; nothing that they have is lost."
    >
      {({ items }) => {
        const present = items.filter(({ state }) => state !== "DELETED" || me.admin);
        const community = present.find(({ id }) => id === chosen) ?? present[0];
        const deleted = community?.state === "DELETED";
        return (
          <>
            {me.admin && <PoolCard />}
            {community ? (
              <>
                <div className="actions actions-start">
                  <Choice
                    label="Community"
                    value={String(community.id)}
                    options={present.map(({ id, title, state }) => [
                      String(id),
                      state === "DELETED" ? `${title} (deleted)` : title,
                    ])}
                    onChoose={(id) => setChosen(Number(id))}
                  />
                  {!deleted && (
                    <Choice
                      label="Folders"
                      value={kind}
                      options={KINDS.map((each) => [each.kind, each.name])}
                      onChoose={(word) => setKind(word as Kind)}
                    />
                  )}
                </div>
                {!deleted && (
                  <Folders
                    key={`${community.id} ${kind}`}
                    community={community}
                    kind={kind}
                    platform={me.admin}
                  />
                )}
                <LeavingFolders key={community.id} community={community} platform={me.admin} />
              </>
            ) : (
              <p>There is no community yet.</p>
            )}
          </>
        );
      }}
    </LivePage>
  );
}

function Choice(props: {
  label: string;
  value: string;
  options: [value: string, name: string][];
  onChoose: (value: string) => void;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      <select id={id} value={props.value} onChange={(event) => props.onChoose(event.target.value)}>
        {props.options.map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
