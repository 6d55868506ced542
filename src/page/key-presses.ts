import { useEffect, useRef } from 'preact/hooks';
import { REVIEW_KEYS, type ReviewAction } from '../review/keys.ts';

const ACTIONS = new Map(
  REVIEW_KEYS.filter(({ only }) => only !== 'terminal').map(({ key, action }) => [key, action]),
);

/** Whether somebody types text there. A field of a dialog that was just closed may have the focus for a moment longer. */
const takesKeys = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest('input:not([type=checkbox]), textarea, select') !== null &&
  target.closest('dialog:not([open])') === null;

/** Calls `act` for the keys of the review wherever the focus is, but where text is typed or a dialog is open. */
export function useKeys(isOn: boolean, act: (action: ReviewAction) => void): void {
  // What counts is what was rendered last, though it may not be painted yet.
  const latest = useRef({ isOn, act });
  latest.current = { isOn, act };
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented)
        return;
      if (takesKeys(event.target) || document.querySelector('dialog[open]') !== null) return;
      const action = ACTIONS.get(event.key);
      if (action === undefined || (!latest.current.isOn && action !== 'help')) return;
      event.preventDefault();
      latest.current.act(action);
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, []);
}
