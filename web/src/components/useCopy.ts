import { useAnnounce } from "./Announcer";

/**
 * Copies a text, and says so. Browsers let pages copy over https and on this machine only; elsewhere
 * the person is told to do it by hand, and `byHand` may select the text for them.
 */
export function useCopy() {
  const announce = useAnnounce();
  return async (text: string, byHand?: () => void) => {
    try {
      await navigator.clipboard.writeText(text);
      announce("Copied.");
    } catch {
      byHand?.();
      announce("This browser lets no page copy here: select it and press Ctrl+C.");
    }
  };
}
