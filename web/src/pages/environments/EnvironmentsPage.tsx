import { useQuery } from "@tanstack/react-query";
import { type Environment, environmentsQuery, type Profile } from "../../api/environments";
import { Badge } from "../../components/Badge";
import { type Column, DataTable } from "../../components/DataTable";
import { EmptyState } from "../../components/EmptyState";
import { bytes, plural } from "../../components/format";
import { LivePage } from "../../components/LivePage";
import { Reference } from "../../components/Reference";

const COLUMNS: Column<Profile>[] = [
  { header: "Profile", cell: (profile) => profile.name },
  { header: "Memory limit", numeric: true, cell: (profile) => bytes(profile.memoryBytes) },
  { header: "Processors", numeric: true, cell: (profile) => profile.cpus },
];

/** What people can start: each environment, the image behind it, and the sizes it comes in. */
export function EnvironmentsPage() {
  const environments = useQuery(environmentsQuery);
  return (
    <LivePage
      title="Environments"
      query={environments}
      lead="What a person gets when they start a server."
    >
      {({ items }) =>
        items.length === 0 ? (
          <NoEnvironments />
        ) : (
          items.map((environment) => (
            <EnvironmentCard key={environment.id} environment={environment} />
          ))
        )
      }
    </LivePage>
  );
}

function EnvironmentCard({ environment }: { environment: Environment }) {
  const { name, image, imageId, profiles } = environment;
  return (
    <section className="card" aria-label={name}>
      <h2>
        {name}{" "}
        {imageId ? (
          <Badge tone="good">Ready to start</Badge>
        ) : (
          <Badge tone="bad">Image missing</Badge>
        )}
      </h2>
      <p>
        Image <Reference>{image}</Reference>
        {imageId && (
          <span className="quiet small">
            {" "}
            <Reference>{imageId}</Reference>
          </span>
        )}
      </p>
      {!imageId && (
        <p className="note note-bad">
          Nobody can start this environment until its image is on the machine. Run “installer/lyceum
          images build scientific” there.
        </p>
      )}
      {profiles.length === 0 ? (
        <p className="quiet">No profile yet, so nobody can pick it.</p>
      ) : (
        <DataTable
          caption={`${plural(profiles.length, "profile")} of ${name}`}
          columns={COLUMNS}
          items={profiles}
          keyOf={(profile) => profile.name}
        />
      )}
    </section>
  );
}

function NoEnvironments() {
  return (
    <EmptyState title="There is no environment yet">
      <p>
        An environment is an image of tools and how to run it. The platform makes the first one,
        JupyterLab, when it starts; “installer/lyceum logs” says why it could not.
      </p>
    </EmptyState>
  );
}
