import type { Folder, Kind, Pool, Rule, Subject } from "../../api/storage";
import { bytes } from "../../components/format";

/** A limit that is being changed: whose, and how it is called in the dialog. */
export type Asking = { subject: Subject; title: string };

export const KINDS: { kind: Kind; name: string; each: string }[] = [
  { kind: "HOME", name: "Homes", each: "each home" },
  { kind: "SHARED", name: "Shared folder", each: "the shared folder" },
  { kind: "GROUP", name: "Group folders", each: "each group's folder" },
  { kind: "SCRATCH", name: "Scratch", each: "each person's scratch" },
];

const POOLS: Record<Pool["kind"], string> = {
  XFS: "Project quotas of XFS",
  EXT4: "Project quotas of ext4",
  BTRFS: "Quota groups of btrfs",
  IMAGES: "A file system of its own for each folder",
  MEASURED: "Nothing: folders are measured only",
};

export const enforcedBy = ({ kind, image }: Pool) =>
  `${POOLS[kind]}${image ? " in a pool image" : ""}`;

/** `0` is no limit. */
export const ofBytes = (hard: number) => (hard === 0 ? "no limit" : bytes(hard));

export const ofFiles = (hard: number) =>
  hard === 0 ? "no limit on files" : `${hard.toLocaleString("en")} files`;

/** Whose decision a limit is. */
export function origin({ from, fromName }: Folder["bytesLimit"]): string {
  switch (from) {
    case "PLATFORM":
      return "Built in";
    case "COMMUNITY":
      return "The community's";
    case "GROUP":
      return `Of the group ${fromName ?? "that is gone"}`;
    case "USER":
      return "This person's own";
    case "FOLDER":
      return "This folder's own";
  }
}

/** For whom a rule is. */
export function whose({ scope, name, subject }: Rule, folders: Folder[]): string {
  switch (scope) {
    case "COMMUNITY":
      return "Everybody";
    case "GROUP":
      return name === null ? "A group that is gone" : `Group ${name}`;
    case "USER":
      return name ?? "Somebody who is gone";
    default: {
      const owner = folders.find(({ id }) => id === subject)?.owner;
      return owner ? `The folder of ${owner}` : `Folder ${subject}`;
    }
  }
}
