import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useParams } from "react-router";
import {
  type CommunityDetail,
  communitiesQuery,
  releaseAddress,
  restoreCommunity,
  resumeCommunity,
} from "../../api/communities";
import type { Me } from "../../api/me";
import { LivePage } from "../../components/LivePage";
import { ProblemNote } from "../../components/ProblemNote";
import { CommunityStateBadge } from "../../domain/CommunityStateBadge";
import { useChange } from "../../domain/useChange";
import {
  DeleteDialog,
  HostDialog,
  LimitsDialog,
  PauseDialog,
  RenameDialog,
  TitleDialog,
} from "./dialogs";
import { Ends } from "./Ends";
import { Groups } from "./Groups";
import { Members } from "./Members";
import { SignIn } from "./SignIn";

const DIALOGS = {
  Title: TitleDialog,
  Limits: LimitsDialog,
  Rename: RenameDialog,
  Host: HostDialog,
  Pause: PauseDialog,
  Delete: DeleteDialog,
};

type Asking = keyof typeof DIALOGS;

/** One community: what it is, what can be done with it, and who belongs to it. */
export function CommunityPage({ me }: { me: Me }) {
  const id = Number(useParams().id);
  const communities = useQuery(communitiesQuery);
  const community = communities.data?.items.find((each) => each.id === id);
  return (
    <LivePage title={community?.title ?? "Community"} query={communities}>
      {() =>
        community ? (
          <>
            <Facts community={community} />
            <Actions community={community} platform={me.admin} />
            {me.admin && <FormerAddresses community={community} />}
            <SignIn community={community} />
            <Ends community={community} />
            <Members community={community} platform={me.admin} />
            <Groups community={community} platform={me.admin} />
          </>
        ) : (
          <p>There is no such community, or it is not yours to administer.</p>
        )
      }
    </LivePage>
  );
}

function Facts({ community }: { community: CommunityDetail }) {
  const { maxSpawning, maxActive, namedPerUser } = community.limits;
  return (
    <section className="card">
      <p>
        <CommunityStateBadge state={community.state} />
      </p>
      <dl>
        <dt>Address</dt>
        <dd>
          <a href={community.url}>{community.host ?? community.baseUrl}</a>
        </dd>
        <dt>Servers</dt>
        <dd>{community.activeServers}</dd>
        <dt>Start at once</dt>
        <dd>{maxSpawning ?? "as the platform"}</dd>
        <dt>Run at once</dt>
        <dd>{maxActive ?? "as the platform"}</dd>
        <dt>Named servers each</dt>
        <dd>{namedPerUser ?? "as the platform"}</dd>
      </dl>
      {community.state === "PAUSED" && community.notice && <p>{community.notice}</p>}
    </section>
  );
}

function Actions({ community, platform }: { community: CommunityDetail; platform: boolean }) {
  const [asking, setAsking] = useState<{ about: Asking; community: CommunityDetail }>();
  const resume = useChange(resumeCommunity, "The pause is over.");
  const restore = useChange(restoreCommunity, "The community is restored; it is still paused.");
  const Dialog = asking && DIALOGS[asking.about];
  const problem = resume.error ?? restore.error;
  // A dialog keeps the version that it was opened with: what others changed since is not overwritten.
  const ask = (about: Asking, name: string) => (
    <button type="button" onClick={() => setAsking({ about, community })}>
      {name}
    </button>
  );
  return (
    <section aria-label="Actions">
      <div className="actions actions-start">
        {community.state !== "DELETED" && ask("Title", "Change the title")}
        {platform && community.state !== "DELETED" && ask("Limits", "Change limits")}
        {platform && community.state !== "DELETED" && ask("Rename", "Rename")}
        {platform &&
          community.state !== "DELETED" &&
          community.baseUrl !== "/" &&
          ask("Host", "Change the host")}
        {community.state === "ACTIVE" && ask("Pause", "Pause")}
        {community.state === "PAUSED" && (
          <button
            type="button"
            disabled={resume.isPending}
            onClick={() => resume.mutate(community)}
          >
            End the pause
          </button>
        )}
        {platform && community.state === "PAUSED" && ask("Delete", "Delete")}
        {platform && community.state === "DELETED" && (
          <button
            type="button"
            disabled={restore.isPending}
            onClick={() => restore.mutate(community)}
          >
            Restore
          </button>
        )}
      </div>
      {problem && <ProblemNote problem={problem} />}
      {Dialog && <Dialog community={asking.community} onDone={() => setAsking(undefined)} />}
    </section>
  );
}

function FormerAddresses({ community }: { community: CommunityDetail }) {
  const release = useChange(
    (baseUrl: string) => releaseAddress(community, baseUrl),
    "The address is free again.",
  );
  if (community.formerAddresses.length === 0) return null;
  return (
    <section>
      <h2>Former addresses</h2>
      <p className="quiet">Links to them lead on to {community.host ?? community.baseUrl}.</p>
      <ul>
        {community.formerAddresses.map(({ baseUrl }) => (
          <li key={baseUrl}>
            {baseUrl}{" "}
            <button
              type="button"
              aria-label={`Give up ${baseUrl}`}
              disabled={release.isPending}
              onClick={() => release.mutate(baseUrl)}
            >
              Give up
            </button>
          </li>
        ))}
      </ul>
      {release.error && <ProblemNote problem={release.error} />}
    </section>
  );
}
