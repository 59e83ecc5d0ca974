import { useQuery } from "@tanstack/react-query";
import { type Image, imagesQuery } from "../../api/builds";
import { Badge } from "../../components/Badge";
import { type Column, DataTable } from "../../components/DataTable";
import { bytes } from "../../components/format";
import { ProblemNote } from "../../components/ProblemNote";
import { Reference } from "../../components/Reference";
import { When } from "../../components/When";

const USES: Record<Image["uses"][number]["use"], string> = {
  CURRENT: "what people get in",
  FALL_BACK: "the one before of",
  CANDIDATE: "to be tried for",
};

const COLUMNS: Column<Image>[] = [
  { header: "Image", cell: ({ image }) => <Reference>{image}</Reference> },
  { header: "Takes", cell: (image) => bytes(image.bytes), numeric: true },
  { header: "Made", cell: ({ createdAt }) => <When at={createdAt} /> },
  { header: "Needed for", cell: (image) => <Needed image={image} /> },
];

/** What images that were built or fetched here take, and which of them nothing needs. */
export function ImageStock() {
  const images = useQuery(imagesQuery);
  if (images.error) return <ProblemNote problem={images.error} />;
  if (!images.data) return <p>Loading images…</p>;
  const { items, takenBytes, budgetBytes } = images.data;
  return (
    <section aria-labelledby="images">
      <h2 id="images">Images made here</h2>
      {items.length === 0 ? (
        <p className="quiet">
          Nothing has been built from a repository or fetched from a registry yet.
        </p>
      ) : (
        <>
          <p className="quiet">
            They take {bytes(takenBytes)} of {bytes(budgetBytes)}. Beyond that, those that nothing
            needs go by themselves, oldest first.
          </p>
          <DataTable
            caption="Images that were built or fetched here, oldest first"
            columns={COLUMNS}
            items={items}
            keyOf={({ id }) => id}
          />
        </>
      )}
    </section>
  );
}

function Needed({ image }: { image: Image }) {
  if (image.spare) return <Badge tone="plain">Nothing</Badge>;
  if (image.uses.length === 0) return <>another image that stands on it</>;
  return <>{image.uses.map(({ use, environment }) => `${USES[use]} ${environment}`).join(", ")}</>;
}
