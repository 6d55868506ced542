import { useState } from 'preact/hooks';
import type { Application } from './applying.tsx';
import type { PageSource } from './source.ts';

/** Writing what is accepted: how far it is, and how it is begun and ended. */
export interface UsedApplication {
  readonly application: Application;
  readonly isBegun: boolean;
  /** Whether the server is gone. */
  readonly isEnded: boolean;
  begin(): Promise<void>;
  /** Goes back to deciding, which can be done as long as nothing is written. */
  back(): void;
  end(): Promise<void>;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Applies what is accepted, once. A page that is opened while that is under way, or done, shows it. */
export function useApplication(source: PageSource): UsedApplication {
  const { stage, outcome } = source.first;
  const [application, setApplication] = useState<Application>(() =>
    stage === 'applying'
      ? { lines: [], failure: 'It was begun in another tab, which shows how far it is.' }
      : { lines: [], ...(outcome === undefined ? {} : { outcome }) },
  );
  const [isBegun, setBegun] = useState(stage === 'applying' || stage === 'applied');
  const [isEnded, setEnded] = useState(false);
  const fail = (failure: string): void => setApplication(({ lines }) => ({ lines, failure }));
  return {
    application,
    isBegun,
    isEnded,
    async begin() {
      setBegun(true);
      setApplication({ lines: [] });
      let hasEnded = false;
      try {
        await source.apply?.((event) => {
          if (event.kind === 'said') setApplication((now) => ({ ...now, lines: [...now.lines, event.text] }));
          else {
            hasEnded = true;
            if (event.kind === 'failed') fail(event.reason);
            else setApplication(({ lines }) => ({ lines, outcome: event.outcome }));
          }
        });
        if (!hasEnded) fail('hasten stopped before it was done; its terminal says why.');
      } catch (error) {
        fail(messageOf(error));
      }
    },
    back() {
      if (application.outcome === undefined || application.outcome.written.length === 0) setBegun(false);
    },
    async end() {
      try {
        await source.end?.();
      } finally {
        setEnded(true);
      }
    },
  };
}
