import { useEffect, useRef } from 'preact/hooks';
import { REVIEW_KEYS, type ReviewAction } from '../review/keys.ts';

const ACTIONS = new Map(
  REVIEW_KEYS.filter(({ only }) => only !== 'terminal').map(({ key, action }) => [key, action]),
);

/** Whether somebody types text there, or a dialog has the keys. */
const takesKeys = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest('input:not([type=checkbox]), textarea, select, dialog') !== null;

/** Calls `act` for the keys of the review wherever the focus is, but where text is typed. */
export function useKeys(isOn: boolean, act: (action: ReviewAction) => void): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (event.defaultPrevented || takesKeys(event.target)) return;
      const action = ACTIONS.get(event.key);
      if (action === undefined || (!isOn && action !== 'help')) return;
      event.preventDefault();
      latest.current(action);
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [isOn]);
}
