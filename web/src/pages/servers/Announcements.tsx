import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import {
  type Announcement,
  announcementsQuery,
  stopServers,
  takeBack,
  tell,
} from "../../api/announcements";
import { type CommunityDetail, communitiesQuery } from "../../api/communities";
import type { Me } from "../../api/me";
import { serversQuery } from "../../api/servers";
import { useAnnounce } from "../../components/Announcer";
import { Field } from "../../components/Field";
import { FormDialog } from "../../components/FormDialog";
import { ProblemNote } from "../../components/ProblemNote";

/** What is done with many servers at once: tell their people something, pause starts, stop them. */
export function Announcements({ me }: { me: Me }) {
  const announced = useQuery(announcementsQuery);
  const communities = useQuery(communitiesQuery);
  const [asking, setAsking] = useState<"tell" | "stop">();
  const present = communities.data?.items.filter(({ state }) => state !== "DELETED") ?? [];
  const done = () => setAsking(undefined);
  return (
    <section aria-labelledby="many">
      <h2 id="many">For everybody</h2>
      <p className="quiet">
        What you tell people stands on their home pages and in JupyterLab until you take it back.
        {announced.data?.items.length === 0 && " Nothing stands now."}
      </p>
      {announced.error && <ProblemNote problem={announced.error} />}
      {announced.data?.items.map((each) => (
        <Standing
          key={each.community ?? 0}
          announcement={each}
          whom={whom(each, present)}
          mayEnd={me.admin || each.community !== null}
        />
      ))}
      <div className="actions actions-start">
        <button type="button" onClick={() => setAsking("tell")}>
          Tell people something
        </button>
        <button type="button" onClick={() => setAsking("stop")}>
          Stop many servers
        </button>
      </div>
      {asking === "tell" && <TellDialog me={me} communities={present} onDone={done} />}
      {asking === "stop" && <StopDialog me={me} communities={present} onDone={done} />}
    </section>
  );
}

const whom = ({ community }: Announcement, communities: CommunityDetail[]) =>
  community === null
    ? "everybody"
    : (communities.find(({ id }) => id === community)?.title ?? "a community");

function Standing(props: { announcement: Announcement; whom: string; mayEnd: boolean }) {
  const { announcement, mayEnd } = props;
  const back = useBroad(
    () => takeBack(announcement.community ?? undefined),
    () => "It is taken back.",
  );
  return (
    <div className="message">
      <p>
        <strong>To {props.whom}:</strong> {announcement.text}
      </p>
      {announcement.pausesStarts && <p>No server starts meanwhile.</p>}
      {announcement.stopsAt && (
        <p>
          Servers that run stop on{" "}
          <time dateTime={announcement.stopsAt}>
            {new Date(announcement.stopsAt).toLocaleString()}
          </time>
          .
        </p>
      )}
      {back.error && <ProblemNote problem={back.error} />}
      {mayEnd && (
        <div className="actions actions-start">
          <button
            type="button"
            aria-label={`Take back what you told ${props.whom}`}
            disabled={back.isPending}
            onClick={() => back.mutate(undefined)}
          >
            Take back
          </button>
        </div>
      )}
    </div>
  );
}

type DialogProps = { me: Me; communities: CommunityDetail[]; onDone: () => void };

function TellDialog({ me, communities, onDone }: DialogProps) {
  const textId = useId();
  const telling = useBroad(tell, () => "People are told within half a minute.", onDone);
  function submit(fields: FormData) {
    const stopsAt = String(fields.get("stopsAt"));
    telling.mutate({
      community: chosen(fields),
      text: String(fields.get("text")),
      pausesStarts: fields.get("pausesStarts") === "on",
      stopsAt: stopsAt === "" ? undefined : new Date(stopsAt).toISOString(),
    });
  }
  return (
    <FormDialog
      title="Tell people something"
      submit="Tell them"
      busy={telling.isPending}
      problem={telling.error}
      onSubmit={submit}
      onCancel={onDone}
    >
      <Whom me={me} communities={communities} />
      <div className="field">
        <label htmlFor={textId}>What</label>
        <textarea id={textId} name="text" rows={3} maxLength={300} required />
      </div>
      <label className="tick">
        <input type="checkbox" name="pausesStarts" />
        No server starts meanwhile
      </label>
      <Field
        label="Stop the servers that run, at"
        name="stopsAt"
        type="datetime-local"
        hint="Empty: they run on. People see the time at once."
      />
    </FormDialog>
  );
}

function StopDialog({ me, communities, onDone }: DialogProps) {
  const stopping = useBroad(
    stopServers,
    ({ servers }) => (servers === 1 ? "1 server is stopping." : `${servers} servers are stopping.`),
    onDone,
  );
  return (
    <FormDialog
      title="Stop many servers"
      submit="Stop them now"
      busy={stopping.isPending}
      problem={stopping.error}
      onSubmit={(fields) =>
        stopping.mutate({
          community: chosen(fields),
          group: String(fields.get("group")).trim() || undefined,
        })
      }
      onCancel={onDone}
    >
      <p>
        Running code ends and notebooks lose what was not saved. Saved files stay, and people can
        start their servers again. To give them time, tell them something first.
      </p>
      <Whom me={me} communities={communities} />
      <Field label="Group" name="group" hint="Empty: everybody's servers there." />
    </FormDialog>
  );
}

function Whom({ me, communities }: { me: Me; communities: CommunityDetail[] }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>Whose</label>
      <select id={id} name="community">
        {communities.map((each) => (
          <option key={each.id} value={each.id}>
            {each.title}
          </option>
        ))}
        {me.admin && <option value="">Everybody on the platform</option>}
      </select>
    </div>
  );
}

function chosen(fields: FormData): number | undefined {
  const community = String(fields.get("community"));
  return community === "" ? undefined : Number(community);
}

/** A change for many: lists are read again, and the person hears what came of it. */
function useBroad<I, O>(
  change: (input: I) => Promise<O>,
  said: (answer: O) => string,
  done?: () => void,
) {
  const cache = useQueryClient();
  const announce = useAnnounce();
  return useMutation({
    mutationFn: change,
    onSuccess: (answer) => {
      announce(said(answer));
      void cache.invalidateQueries(announcementsQuery);
      void cache.invalidateQueries(serversQuery);
      done?.();
    },
  });
}
