import { useEffect, useState } from 'preact/hooks';

/** What is looked at: all repositories, or the diff or the log of one. */
export interface Place {
  readonly name?: string;
  readonly part: 'diff' | 'log';
}

/** The address of a place within the page: a link that can be kept, and that the browser goes back to. */
export const addressOf = (name: string, part: Place['part']): string =>
  `#${part}/${encodeURIComponent(name)}`;

/** The address of all repositories. */
export const ALL = '#';

function placeOf(hash: string): Place {
  const [, part, name] = /^#(diff|log)\/(.+)$/.exec(hash) ?? [];
  if (name === undefined) return { part: 'diff' };
  try {
    return { name: decodeURIComponent(name), part: part === 'log' ? 'log' : 'diff' };
  } catch {
    return { part: 'diff' };
  }
}

/** The place that the address of the page says. */
export function usePlace(): Place {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const look = (): void => setHash(location.hash);
    addEventListener('hashchange', look);
    return () => removeEventListener('hashchange', look);
  }, []);
  return placeOf(hash);
}
