import { canDecide, countsOf } from '../review/deciding.ts';
import type { ReviewItem } from '../review/review.ts';
import type { Decisions } from '../run/plan-file/decisions.ts';
import type { Kept } from './keeping.ts';
import type { View } from './reviewing.ts';

interface TopBarProps {
  readonly name: string;
  readonly items: readonly ReviewItem[];
  readonly decisions: Decisions;
  readonly kept: Kept | undefined;
  readonly view: View;
  readonly isDark: boolean;
  readonly isReadOnly: boolean;
  readonly canUndo: boolean;
  readonly onUndo: () => void;
  readonly onSummary: () => void;
  readonly onHelp: () => void;
  readonly onTheme: () => void;
  readonly onApply?: (() => void) | undefined;
  readonly onExport?: (() => void) | undefined;
}

const KeptNote = ({ kept }: { kept: Kept }) =>
  typeof kept === 'object' ? (
    <span class="kept trouble" role="alert">
      Not kept: {kept.trouble}
    </span>
  ) : (
    <span class="kept">{kept === 'kept' ? 'Kept' : 'Keeping…'}</span>
  );

function Progress({ items, decisions }: Pick<TopBarProps, 'items' | 'decisions'>) {
  const { accepted, rejected, undecided } = countsOf(items, decisions);
  const all = items.filter(canDecide).length;
  const wide = (count: number) => ({ width: `${all === 0 ? 0 : (count / all) * 100}%` });
  return (
    <div class="progress">
      <div class="bar" aria-hidden="true">
        <div class="accepted" style={wide(accepted)} />
        <div class="rejected" style={wide(rejected)} />
      </div>
      <p>
        <span class="accepted">{accepted.toLocaleString('en')} accepted</span>
        <span class="rejected">{rejected.toLocaleString('en')} rejected</span>
        <span>{undecided.toLocaleString('en')} undecided</span>
      </p>
    </div>
  );
}

/** What is reviewed, how far that is, and what can be done with all of it. */
export function TopBar(props: TopBarProps) {
  const { name, items, decisions, kept, view, isDark, isReadOnly, canUndo } = props;
  const { accepted } = countsOf(items, decisions);
  return (
    <header class="top">
      <h1>
        <span class="brand">hasten</span> <span class="name">{name}</span>
      </h1>
      <Progress items={items} decisions={decisions} />
      {kept !== undefined && <KeptNote kept={kept} />}
      <div class="tools">
        {!isReadOnly && (
          <button
            type="button"
            disabled={!canUndo}
            aria-keyshortcuts="u"
            title="Take the last decision back (u)"
            onClick={props.onUndo}
          >
            Undo
          </button>
        )}
        <button
          type="button"
          aria-pressed={view === 'summary'}
          aria-keyshortcuts="m"
          title="What would change (m)"
          onClick={props.onSummary}
        >
          Summary
        </button>
        <button
          type="button"
          class="icon help"
          aria-label="Keys"
          aria-keyshortcuts="?"
          title="Keys (?)"
          onClick={props.onHelp}
        >
          ?
        </button>
        <button
          type="button"
          class="icon"
          aria-label={isDark ? 'Light colours' : 'Dark colours'}
          title={isDark ? 'Light colours' : 'Dark colours'}
          onClick={props.onTheme}
        >
          <span aria-hidden="true">{isDark ? '☀' : '☾'}</span>
        </button>
        {props.onApply !== undefined && (
          <button
            type="button"
            class="primary"
            disabled={accepted === 0}
            aria-keyshortcuts="w"
            title="Write what is accepted (w)"
            onClick={props.onApply}
          >
            Apply{accepted > 0 && ` ${accepted.toLocaleString('en')}`}
          </button>
        )}
        {props.onExport !== undefined && (
          <button
            type="button"
            class="primary"
            title="Save what was decided, for hasten apply"
            onClick={props.onExport}
          >
            Save decisions
          </button>
        )}
      </div>
    </header>
  );
}
