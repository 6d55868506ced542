import { useEffect, useState } from 'preact/hooks';
import { canDecide, type ReviewVerdict } from '../review/deciding.ts';
import type { Decision } from '../run/plan-file/decisions.ts';
import type { ReviewDiff, ReviewItem } from '../review/review.ts';
import { DiffView } from './diff-view.tsx';
import { EvidenceList } from './evidence.tsx';
import type { RememberedDiffs } from './remembered-diffs.ts';
import type { PageSource } from './source.ts';
import { Key, LevelTag, Prose, VerdictMark } from './words.tsx';

interface ProposalProps {
  readonly item: ReviewItem;
  readonly decision: Decision | undefined;
  readonly summary: string | undefined;
  readonly source: PageSource;
  readonly diffs: RememberedDiffs;
  readonly layout: 'split' | 'unified';
  readonly isNarrow: boolean;
  readonly showsCode: boolean;
  readonly isReadOnly: boolean;
  readonly file: number;
  readonly onDecide: (verdict: ReviewVerdict) => void;
  readonly onNote: () => void;
  readonly onLayout: (layout: 'split' | 'unified') => void;
  readonly onCode: () => void;
  readonly onPath: (path: string) => void;
}

/** A path whose folders and file can be chosen, to see only what lies in them. */
function Breadcrumbs({ path, onPath }: { path: string; onPath: (path: string) => void }) {
  const pieces = path.split('/');
  return (
    <span class="crumbs">
      {pieces.map((piece, index) => {
        const whole = pieces.slice(0, index + 1).join('/');
        const isFile = index === pieces.length - 1;
        return (
          <span key={whole}>
            <button
              type="button"
              title={`Show only ${whole}`}
              onClick={() => onPath(isFile ? whole : `${whole}/`)}
            >
              {piece}
            </button>
            {!isFile && <span class="slash">/</span>}
          </span>
        );
      })}
    </span>
  );
}

const BUTTONS = [
  { verdict: 'accepted', key: 'y', label: 'Accept' },
  { verdict: 'rejected', key: 'n', label: 'Reject' },
  { verdict: 'undecided', key: 'x', label: 'Undecided' },
] as const;

/** The diffs of an item, or why there are none. */
function useDiffs(diffs: RememberedDiffs, item: ReviewItem): readonly ReviewDiff[] | string | undefined {
  const [found, setFound] = useState<{ id: string; diffs: readonly ReviewDiff[] | string }>();
  const known = canDecide(item) ? diffs.known(item.id) : [];
  useEffect(() => {
    if (known !== undefined) return undefined;
    let isWanted = true;
    const tell = (made: readonly ReviewDiff[] | string): void => {
      if (isWanted) setFound({ id: item.id, diffs: made });
    };
    diffs
      .of(item.id)
      .then(tell, (error: unknown) => tell(error instanceof Error ? error.message : String(error)));
    return () => {
      isWanted = false;
    };
  }, [diffs, item, known]);
  return known ?? (found?.id === item.id ? found.diffs : undefined);
}

function Diffs({
  item,
  diffs: remembered,
  layout,
  file,
}: Pick<ProposalProps, 'item' | 'diffs' | 'layout' | 'file'>) {
  const diffs = useDiffs(remembered, item);
  useEffect(() => {
    const count = typeof diffs === 'object' ? diffs.length : 0;
    if (file > 0 && count > 0)
      document.getElementById(`file-${file % count}`)?.scrollIntoView({ block: 'start' });
  }, [file, diffs]);
  if (diffs === undefined) return <p class="hint loading">Making the diff…</p>;
  if (typeof diffs === 'string') return <p class="trouble">The diff is not to be had: {diffs}</p>;
  if (diffs.length === 0)
    return <p class="hint">The files are no longer as they were, so there is no diff to show.</p>;
  return (
    <>
      {diffs.map((diff, index) => (
        <DiffView
          key={`${item.id} ${diff.path} ${layout}`}
          id={`file-${index}`}
          diff={diff}
          layout={layout}
        />
      ))}
    </>
  );
}

function Deciding({ decision, onDecide, onNote }: Pick<ProposalProps, 'decision' | 'onDecide' | 'onNote'>) {
  const verdict = decision?.verdict ?? 'undecided';
  return (
    <div class="deciding" role="group" aria-label="Decide">
      {BUTTONS.map((one) => (
        <button
          key={one.verdict}
          type="button"
          class={`decide ${one.verdict}`}
          aria-pressed={verdict === one.verdict}
          aria-keyshortcuts={one.key}
          onClick={() => onDecide(one.verdict)}
        >
          {one.label} <Key of={one.key} />
        </button>
      ))}
      <button type="button" class="decide" aria-keyshortcuts="c" onClick={onNote}>
        {decision?.note === undefined ? 'Note' : 'Edit note'} <Key of="c" />
      </button>
    </div>
  );
}

/** One proposal: what it is, what is known of it, what it does, and what is decided. */
export function ProposalView(props: ProposalProps) {
  const { item, decision, summary, source, diffs, layout, isNarrow, showsCode, isReadOnly, file } = props;
  const canBeDecided = canDecide(item);
  const hasPlaces = item.evidence.some(({ path }) => path !== undefined);
  return (
    <article class="proposal" aria-labelledby="proposal-title">
      <header class="proposal-head">
        <p class="where">
          <LevelTag safety={item.safety} /> <Breadcrumbs path={item.path} onPath={props.onPath} />
          <span class="line-number">:{item.line}</span>
        </p>
        <h2 id="proposal-title">
          <Prose text={item.title} />
        </h2>
        <p class="about">
          <span>
            <strong>{item.transform}</strong>
            {summary !== undefined && (
              <>
                {' — '}
                <Prose text={summary} />
              </>
            )}
          </span>
          {item.owner !== 'nobody' && <span>Owner: {item.owner}</span>}
        </p>
        {canBeDecided && !isReadOnly && (
          <Deciding decision={decision} onDecide={props.onDecide} onNote={props.onNote} />
        )}
        {canBeDecided && isReadOnly && (
          <p class="decided">
            <VerdictMark verdict={decision?.verdict ?? 'undecided'} /> {decision?.verdict ?? 'undecided'}
          </p>
        )}
        {!canBeDecided && <p class="hint">Only reported: it is left alone, for the reasons below.</p>}
        {decision?.note !== undefined && (
          <p class="note">
            <span class="note-label">Note</span> {decision.note}
          </p>
        )}
      </header>
      <section class="block" aria-labelledby="evidence-title">
        <div class="block-head">
          <h3 id="evidence-title">{canBeDecided ? 'Evidence' : 'Why it is left alone'}</h3>
          {hasPlaces && (
            <button
              type="button"
              class="quiet"
              aria-pressed={showsCode}
              aria-keyshortcuts="v"
              onClick={props.onCode}
            >
              Show code <Key of="v" />
            </button>
          )}
        </div>
        <EvidenceList key={item.id} item={item} source={source} showsCode={showsCode} />
      </section>
      {canBeDecided && (
        <section class="block" aria-labelledby="changes-title">
          <div class="block-head">
            <h3 id="changes-title">
              {item.files.length === 1 ? 'Change' : `Changes in ${item.files.length} files`}
            </h3>
            {!isNarrow && (
              <div class="choice" role="group" aria-label="Layout of the diff">
                {(['unified', 'split'] as const).map((one) => (
                  <button
                    key={one}
                    type="button"
                    aria-pressed={layout === one}
                    onClick={() => props.onLayout(one)}
                  >
                    {one === 'split' ? 'Side by side' : 'Unified'}
                  </button>
                ))}
              </div>
            )}
          </div>
          <Diffs item={item} diffs={diffs} layout={isNarrow ? 'unified' : layout} file={file} />
        </section>
      )}
    </article>
  );
}
