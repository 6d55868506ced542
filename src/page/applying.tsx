import { useEffect, useRef } from 'preact/hooks';
import type { ReviewItem } from '../review/review.ts';
import type { PageOutcome } from '../review/web/protocol.ts';
import { counted } from './words.tsx';

/** How far applying is. */
export interface Application {
  readonly lines: readonly string[];
  readonly outcome?: PageOutcome;
  /** Why it stopped, where it did not end by itself. */
  readonly failure?: string;
}

interface ApplyingProps {
  readonly application: Application;
  readonly items: readonly ReviewItem[];
  readonly isEnded: boolean;
  readonly onEnd: () => void;
  readonly onBack: () => void;
}

function Verified({ verified }: { verified: NonNullable<PageOutcome['verified']> }) {
  const { command, runs, passed, kept, culprits } = verified;
  return (
    <p class={passed ? 'good' : 'trouble'}>
      <code>{command}</code> {passed ? `passes with ${counted(kept, 'change')}` : 'does not pass'}; it ran{' '}
      {counted(runs, 'time')}.
      {culprits.length > 0 && ` ${counted(culprits.length, 'change')} broke it and left.`}
    </p>
  );
}

function Outcome({ outcome, items }: { outcome: PageOutcome; items: readonly ReviewItem[] }) {
  const { applied, written, leftOut, failures, verified, undo } = outcome;
  const byId = new Map(items.map((item) => [item.id, item]));
  return (
    <>
      <ul class="facts">
        <li class="accepted">
          <strong>{applied.toLocaleString('en')}</strong> applied
        </li>
        <li>
          <strong>{written.length.toLocaleString('en')}</strong> {written.length === 1 ? 'file' : 'files'}{' '}
          written
        </li>
        <li class={leftOut.length > 0 ? 'rejected' : ''}>
          <strong>{leftOut.length.toLocaleString('en')}</strong> left out
        </li>
      </ul>
      {verified !== undefined && <Verified verified={verified} />}
      {leftOut.length > 0 && (
        <>
          <h3>Left out</h3>
          <ul class="reasons">
            {leftOut.map(({ id, reason }) => {
              const item = byId.get(id);
              return (
                <li key={id}>
                  <span class="path">{item === undefined ? id : `${item.path}:${item.line}`}</span>{' '}
                  {item?.title}
                  <span class="reason">{reason}</span>
                </li>
              );
            })}
          </ul>
        </>
      )}
      {failures.length > 0 && (
        <>
          <h3>Could not be done</h3>
          <ul class="reasons">
            {failures.map(({ path, reason }) => (
              <li key={path}>
                <span class="path">{path}</span>
                <span class="reason">{reason}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {written.length > 0 && (
        <>
          <h3>Written</h3>
          <ul class="written">
            {written.map((path) => (
              <li key={path} class="path">
                {path}
              </li>
            ))}
          </ul>
        </>
      )}
      {undo !== undefined && (
        <p>
          Run your tests before you commit. To take it back: <code>{undo}</code>
        </p>
      )}
    </>
  );
}

/** What is done while files are written, and what became of it. */
export function Applying({ application, items, isEnded, onEnd, onBack }: ApplyingProps) {
  const { lines, outcome, failure } = application;
  const log = useRef<HTMLPreElement>(null);
  useEffect(() => {
    if (log.current !== null) log.current.scrollTop = log.current.scrollHeight;
  }, [lines]);
  const isUnderWay = outcome === undefined && failure === undefined;
  const title = isUnderWay
    ? 'Applying…'
    : failure !== undefined
      ? 'Applying stopped'
      : outcome?.code === 0
        ? 'Applied'
        : 'Applied in part';
  return (
    <section class="applying" aria-labelledby="applying-title">
      <div role="status">
        <h2 id="applying-title">{title}</h2>
      </div>
      {isUnderWay && <progress aria-label="Applying" />}
      {failure !== undefined && <p class="trouble">{failure}</p>}
      {outcome !== undefined && <Outcome outcome={outcome} items={items} />}
      {lines.length > 0 && (
        <details open={isUnderWay}>
          <summary>What hasten said</summary>
          <pre ref={log} tabIndex={0} aria-label="What hasten said">
            {lines.join('\n')}
          </pre>
        </details>
      )}
      {isEnded ? (
        <p class="good">hasten has ended. You can close this tab.</p>
      ) : (
        !isUnderWay && (
          <div class="next-step">
            {outcome !== undefined && (
              <button type="button" class="primary" onClick={onEnd}>
                Done
              </button>
            )}
            <button type="button" onClick={onBack}>
              Back to the proposals
            </button>
          </div>
        )
      )}
    </section>
  );
}
