import { useEffect, useRef, useState } from 'preact/hooks';
import type { PageRepository, PageStatus } from '../../campaign/web/protocol.ts';
import { useTheme } from '../screen.ts';
import { useLive } from './live.ts';
import { Overview, SHOWN_FIRST } from './overview.tsx';
import { ALL, usePlace } from './place.ts';
import { RepositoryView } from './repository.tsx';
import { servedStatus } from './served.ts';

const share = (some: number, all: number): string => `${all === 0 ? 0 : (some / all) * 100}%`;

/** How many repositories are done, as a bar. The same is said in words beside it. */
function Bar({ repositories }: Pick<PageStatus, 'repositories'>) {
  const count = (...states: readonly PageRepository['state'][]): number =>
    repositories.filter(({ state }) => states.includes(state)).length;
  const parts = {
    accepted: count('changed'),
    quiet: count('unchanged', 'left-out'),
    rejected: count('failed'),
  };
  return (
    <div class="bar" aria-hidden="true">
      {Object.entries(parts).map(([kind, some]) => (
        <div key={kind} class={kind} style={{ width: share(some, repositories.length) }} />
      ))}
    </div>
  );
}

function Top({ status }: { status: PageStatus | undefined }) {
  const [isDark, toggleTheme] = useTheme();
  const label = isDark ? 'Light colours' : 'Dark colours';
  return (
    <header class="top">
      <h1>
        <span class="brand">hasten</span> <span class="name">{status?.name ?? 'campaign'}</span>
      </h1>
      {status !== undefined && (
        <div class="progress">
          <Bar repositories={status.repositories} />
          <p>
            {status.isDryRun && <span class="tag">dry run</span>}
            <span class={`tag ${status.isRunning ? 'running' : ''}`}>
              {status.isRunning ? 'running' : 'not running'}
            </span>
          </p>
        </div>
      )}
      <div class="tools">
        <button type="button" class="icon" aria-label={label} title={label} onClick={toggleTheme}>
          <span aria-hidden="true">{isDark ? '☀' : '☾'}</span>
        </button>
      </div>
    </header>
  );
}

/** Why nothing newer is shown; the page goes on asking. */
const Trouble = ({ trouble, isFirst }: { trouble: string; isFirst: boolean }) => (
  <p class="trouble stale" role="alert">
    {isFirst ? 'The campaign cannot be shown' : 'This is how it was'}: {trouble}. If it was ended,{' '}
    <code>hasten batch status --web</code> opens a new page.
  </p>
);

/** The whole page of a campaign. */
export function CampaignApp() {
  const { value: status, trouble } = useLive(servedStatus, true);
  const { name, part } = usePlace();
  const [wanted, setWanted] = useState(SHOWN_FIRST);
  const main = useRef<HTMLElement>(null);
  // Who comes back from a repository goes on where they were.
  const overviewTop = useRef(0);
  const repository = status?.repositories.find((one) => one.name === name);
  useEffect(() => {
    main.current?.scrollTo({ top: name === undefined ? overviewTop.current : 0 });
  }, [name]);
  return (
    <div class="app campaign">
      <Top status={status} />
      <main
        ref={main}
        tabIndex={-1}
        onScroll={({ currentTarget }) => {
          if (name === undefined) overviewTop.current = currentTarget.scrollTop;
        }}
      >
        {trouble !== undefined && <Trouble trouble={trouble} isFirst={status === undefined} />}
        {status === undefined && trouble === undefined && <p class="hint loading">Reading the campaign…</p>}
        {status !== undefined && name === undefined && (
          <Overview status={status} wanted={wanted} onWanted={setWanted} />
        )}
        {name !== undefined && repository !== undefined && (
          <RepositoryView key={name} repository={repository} part={part} />
        )}
        {status !== undefined && name !== undefined && repository === undefined && (
          <p class="empty">
            <span>
              The campaign has no repository <code>{name}</code>. <a href={ALL}>All repositories</a>
            </span>
          </p>
        )}
      </main>
    </div>
  );
}
