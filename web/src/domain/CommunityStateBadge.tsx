import type { CommunityDetail } from "../api/communities";
import { Badge } from "../components/Badge";

export function CommunityStateBadge({ state }: { state: CommunityDetail["state"] }) {
  if (state === "ACTIVE") return <Badge tone="good">Open</Badge>;
  if (state === "PAUSED") return <Badge tone="warn">Paused</Badge>;
  return <Badge tone="plain">Deleted</Badge>;
}
