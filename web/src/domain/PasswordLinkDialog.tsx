import type { PasswordLink } from "../api/people";
import { CopyField } from "../components/CopyField";
import { NoteDialog } from "../components/NoteDialog";

/** A link that was made just now: it is shown this once, and handed to one person. */
export function PasswordLinkDialog({ link, onClose }: { link: PasswordLink; onClose: () => void }) {
  const until = new Date(link.until).toLocaleString([], { dateStyle: "long", timeStyle: "short" });
  return (
    <NoteDialog
      title={link.first ? `Invite ${link.name}` : `A new password for ${link.name}`}
      onClose={onClose}
    >
      <p>
        Give {link.name} this link.{" "}
        {link.first
          ? "They choose a password with it and are in."
          : "They choose a new password with it; until then the old one works."}{" "}
        It is shown only now, works once, and ends on {until}. Whoever opens it has the account.
      </p>
      <CopyField label="Link" value={link.address} />
    </NoteDialog>
  );
}
