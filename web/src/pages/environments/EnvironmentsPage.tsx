import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { catalogQuery } from "../../api/catalog";
import { type CommunityDetail, communitiesQuery } from "../../api/communities";
import type { Me } from "../../api/me";
import { LivePage } from "../../components/LivePage";
import { ProblemNote } from "../../components/ProblemNote";
import { Content } from "./Content";
import { Environments } from "./Environments";
import { ImageStock } from "./ImageStock";
import { Profiles } from "./Profiles";

const LEAD = "What people pick when they start a server, and the images behind it.";

/** What each community offers; the one that is looked at stands in the address. */
export function EnvironmentsPage({ me }: { me: Me }) {
  const communities = useQuery(communitiesQuery);
  const [params, setParams] = useSearchParams();
  const wanted = Number(params.get("community"));
  return (
    <LivePage title="Environments" query={communities} lead={LEAD}>
      {({ items }) => {
        const open = items.filter((each) => each.state !== "DELETED");
        const community = open.find(({ id }) => id === wanted) ?? open[0];
        return community ? (
          <>
            {open.length > 1 && (
              <Communities
                all={open}
                at={community}
                onPick={(id) => setParams({ community: String(id) })}
              />
            )}
            <Offers key={community.id} community={community} platform={me.admin} />
          </>
        ) : (
          <p>There is no community yet, so there is nobody to offer anything to.</p>
        );
      }}
    </LivePage>
  );
}

function Communities(props: {
  all: CommunityDetail[];
  at: CommunityDetail;
  onPick: (id: number) => void;
}) {
  return (
    <div className="field">
      <label htmlFor="community">Community</label>
      <select
        id="community"
        value={props.at.id}
        onChange={(event) => props.onPick(Number(event.target.value))}
      >
        {props.all.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
    </div>
  );
}

function Offers({ community, platform }: { community: CommunityDetail; platform: boolean }) {
  const catalog = useQuery(catalogQuery(community.id));
  if (catalog.data === undefined) {
    return catalog.error ? <ProblemNote problem={catalog.error} /> : <p>Loading profiles…</p>;
  }
  return (
    <>
      <Profiles id={community.id} catalog={catalog.data} platform={platform} />
      <Environments id={community.id} catalog={catalog.data} platform={platform} />
      <Content community={community} profiles={catalog.data.profiles} />
      {platform && <ImageStock />}
    </>
  );
}
