import { useEffect, useState } from 'preact/hooks';

/** What was asked for: the last answer, and why there is no newer one. */
export interface Live<T> {
  readonly value?: T;
  readonly trouble?: string;
}

/** Why there is no answer, without its full stop; `fetch` throws a TypeError where there is none at all. */
function whyNot(error: unknown): string {
  if (error instanceof TypeError) return 'hasten does not answer';
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
}

/** Milliseconds until it is asked again. A server that needs long for an answer is asked less often. */
const ASKED_AGAIN_AFTER = 1000;
const TIMES_ITS_WORK = 5;

/**
 * What `ask` gives, again and again if `goesOn`, and anew whenever `about` is another one.
 * @param about says what is asked for; with another one, what was answered before is forgotten.
 * @param state with another one it is asked anew, and shown until then is what was answered before.
 */
export function useLive<T>(ask: () => Promise<T>, goesOn: boolean, about = '', state = ''): Live<T> {
  const [live, setLive] = useState<Live<T> & { readonly about?: string }>({});
  useEffect(() => {
    let isWanted = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (): Promise<void> => {
      const begun = performance.now();
      try {
        const value = await ask();
        if (isWanted) setLive({ about, value });
      } catch (error) {
        const trouble = whyNot(error);
        if (isWanted)
          setLive((before) => (before.about === about ? { ...before, trouble } : { about, trouble }));
      }
      const pause = Math.max(ASKED_AGAIN_AFTER, TIMES_ITS_WORK * (performance.now() - begun));
      if (isWanted && goesOn) timer = setTimeout(() => void look(), pause);
    };
    void look();
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [about, state, goesOn]);
  return live.about === about ? live : {};
}
