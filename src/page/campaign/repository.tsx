import { useEffect, useRef, useState } from 'preact/hooks';
import type { PageCount, PageDetails, PageRepository } from '../../campaign/web/protocol.ts';
import { DiffView } from '../diff-view.tsx';
import { counted, LevelTag } from '../words.tsx';
import { useLive } from './live.ts';
import { addressOf, ALL, type Place } from './place.ts';
import { servedDetails, servedDiff, servedLog } from './served.ts';
import { RequestLink, StateTag } from './state.tsx';

/** How many files are shown at once; the others follow where somebody asks for them. */
const MOST_FILES = 20;

const NotToBeHad = ({ what, trouble }: { what: string; trouble: string | undefined }) =>
  trouble === undefined ? null : (
    <p class="trouble" role="alert">
      {what} cannot be read: {trouble}
    </p>
  );

/** The changes, file by file. */
function Diffs({ name, state }: { name: string; state: string }) {
  const { value, trouble } = useLive(() => servedDiff(name), false, name, state);
  const [most, setMost] = useState(MOST_FILES);
  if (value === undefined)
    return trouble === undefined ? (
      <p class="hint loading">Reading the diff…</p>
    ) : (
      <NotToBeHad what="The diff" trouble={trouble} />
    );
  const { diffs, left, patch } = value;
  const more = diffs.length - most;
  if (diffs.length === 0) return <p class="hint">Nothing is changed in this repository.</p>;
  return (
    <>
      <p class="hint">
        For git apply: <code>{patch}</code>
      </p>
      {diffs.slice(0, most).map((diff) => (
        <DiffView key={diff.path} id={diff.path} diff={diff} layout="unified" />
      ))}
      {more > 0 && (
        <button type="button" class="more" onClick={() => setMost(most + MOST_FILES)}>
          Show more: {counted(more, 'file')} left
        </button>
      )}
      {more <= 0 && left > 0 && (
        <p class="hint">{counted(left, 'more file')} in the patch: too much for a page.</p>
      )}
    </>
  );
}

/** What the commands said, which grows as long as they are at work. */
function Log({ name, isWorking, state }: { name: string; isWorking: boolean; state: string }) {
  const { value, trouble } = useLive(() => servedLog(name), isWorking, name, state);
  const box = useRef<HTMLPreElement>(null);
  const text = value?.text;
  // Who reads further up is left there.
  const isAtEnd = useRef(true);
  useEffect(() => {
    if (box.current !== null && isAtEnd.current) box.current.scrollTop = box.current.scrollHeight;
  }, [text]);
  return (
    <>
      <NotToBeHad what="The log" trouble={trouble} />
      {text === '' && <p class="hint">Nothing was said yet.</p>}
      {text !== undefined && text !== '' && (
        <pre
          ref={box}
          class="log"
          tabIndex={0}
          aria-label={`Log of ${name}`}
          onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
            isAtEnd.current = scrollTop + clientHeight > scrollHeight - 20;
          }}
        >
          {text}
        </pre>
      )}
      {value !== undefined && (
        <p class="hint">
          All of it: <code>{value.log}</code>
        </p>
      )}
    </>
  );
}

const Counts = ({ counts }: { counts: readonly PageCount[] }) => (
  <table class="chart">
    <caption class="unseen">Findings by transform and level</caption>
    <thead>
      <tr>
        <th scope="col">transform</th>
        <th scope="col">level</th>
        <th scope="col" class="number">
          found
        </th>
        <th scope="col" class="number">
          changed
        </th>
      </tr>
    </thead>
    <tbody>
      {counts.map(({ transform, safety, found, changed }) => (
        <tr key={`${safety} ${transform}`}>
          <th scope="row">
            <bdi>{transform}</bdi>
          </th>
          <td>
            <LevelTag safety={safety} />
          </td>
          <td class="number">{found.toLocaleString('en')}</td>
          <td class={`number ${changed === 0 ? 'none' : 'accepted'}`}>{changed.toLocaleString('en')}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

const Failures = ({ failures }: Pick<PageDetails, 'failures'>) => (
  <>
    <h3>Could not be done</h3>
    <ul class="reasons">
      {failures.map(({ path, reason }, index) => (
        <li key={index}>
          <span class="path">{path}</span>
          <span class="reason">{reason}</span>
        </li>
      ))}
    </ul>
  </>
);

/** What somebody looks up who wants to find its commits. */
const Whereabouts = ({ facts, commits }: Pick<PageDetails, 'facts' | 'commits'>) => (
  <details>
    <summary>{commits.length > 0 ? `Source and ${counted(commits.length, 'commit')}` : 'Source'}</summary>
    <dl class="about-repository">
      {facts.map(({ label, text }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd class="path">{text}</dd>
        </div>
      ))}
      {commits.map(({ subject, files }, index) => (
        <div key={index}>
          <dt>Commit</dt>
          <dd>
            {subject} <span class="hint">({counted(files, 'file')})</span>
          </dd>
        </div>
      ))}
    </dl>
  </details>
);

/** One repository: how far it is, what was found, its diff and its log. */
export function RepositoryView({ repository, part }: { repository: PageRepository; part: Place['part'] }) {
  const { name, reason, time, counts, request } = repository;
  const isWorking = repository.state === 'working';
  // What is known changes with the state and what stands beside it, but not with the time.
  const state = JSON.stringify({ ...repository, time: '' });
  const { value: details, trouble } = useLive(() => servedDetails(name), false, name, state);
  return (
    <article class="repository" aria-labelledby="repository-title">
      <p>
        <a href={ALL}>← All repositories</a>
      </p>
      <header class="repository-head">
        <h2 id="repository-title">
          <bdi>{name}</bdi>
        </h2>
        <p role="status">
          <StateTag repository={repository} />
        </p>
        <p class="hint">{time}</p>
      </header>
      {reason !== undefined && (
        <p class={repository.state === 'failed' ? 'trouble reason-text' : 'reason-text'}>{reason}</p>
      )}
      {request !== undefined && (
        <p>
          Pull request: <RequestLink request={request} />
        </p>
      )}
      <NotToBeHad what="What came of it" trouble={trouble} />
      {counts.length > 0 && <Counts counts={counts} />}
      {details !== undefined && details.failures.length > 0 && <Failures failures={details.failures} />}
      {details !== undefined && details.facts.length > 0 && (
        <Whereabouts facts={details.facts} commits={details.commits} />
      )}
      <nav class="choice" aria-label="What is shown of it">
        {(['diff', 'log'] as const).map((one) => (
          <a key={one} href={addressOf(name, one)} aria-current={part === one ? 'page' : undefined}>
            {one === 'diff' ? 'Diff' : 'Log'}
          </a>
        ))}
      </nav>
      {part === 'diff' ? (
        <Diffs name={name} state={state} />
      ) : (
        <Log name={name} isWorking={isWorking} state={state} />
      )}
    </article>
  );
}
