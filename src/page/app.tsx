import { useEffect, useMemo, useReducer, useRef } from 'preact/hooks';
import { canDecide, countsOf, isShown, type ReviewFilter } from '../review/deciding.ts';
import type { ReviewAction } from '../review/keys.ts';
import type { Decisions } from '../run/plan-file/decisions.ts';
import { actOf, decideAct, type Scene } from './acting.ts';
import { Applying } from './applying.tsx';
import { useApplication } from './application.ts';
import { ApplyDialog, HelpDialog, NoteDialog } from './dialogs.tsx';
import { downloadDecisions } from './download.ts';
import { useKeeping } from './keeping.ts';
import { useKeys } from './key-presses.ts';
import { ListPane } from './list-pane.tsx';
import { ProposalView } from './proposal.tsx';
import { RememberedDiffs } from './remembered-diffs.ts';
import { beginning, reviewing, type Reviewing } from './reviewing.ts';
import { useMedia, useTheme } from './screen.ts';
import type { PageSource } from './source.ts';
import { Summary } from './summary.tsx';
import { TopBar } from './top-bar.tsx';
import { acceptedFiles } from './totals.ts';
import { groupsAbove, itemsInOrder, rowsOf, treeOf } from './tree-rows.ts';
import { counted } from './words.tsx';

/** How many of the next proposals have their diffs made before they are looked at. */
const AHEAD = 3;

/** What the filter lets through, as a tree, as its lines, and from top to bottom. */
function useList(source: PageSource, { filter, isReports, grouping, closed, deciding }: Reviewing) {
  const { items } = source.first.review;
  const proposals = useMemo(() => items.filter(canDecide), [items]);
  const reports = useMemo(() => items.filter((item) => !canDecide(item)), [items]);
  // What is decided changes what is shown only where verdicts are filtered.
  const relevant: Decisions | undefined = filter.verdict === undefined ? undefined : deciding.decisions;
  const shown = useMemo(
    () => (isReports ? reports : proposals).filter((item) => isShown(item, filter, relevant ?? new Map())),
    [isReports, reports, proposals, filter, relevant],
  );
  const tree = useMemo(() => treeOf(shown, grouping), [shown, grouping]);
  const order = useMemo(() => itemsInOrder(tree), [tree]);
  const rows = useMemo(() => rowsOf(tree, closed), [tree, closed]);
  return { items, proposals, reports, shown, tree, order, rows };
}

const focusList = (): void => document.querySelector<HTMLElement>('[role=treeitem][tabindex="0"]')?.focus();

/** The whole page. */
export function App({ source }: { source: PageSource }) {
  const { review, mode, later, decisions: kept } = source.first;
  const first: Decisions = useMemo(() => new Map(Object.entries(kept)), [kept]);
  const isNarrow = useMedia('(max-width: 759px)');
  const isWide = useMedia('(min-width: 1400px)');
  const [isDark, toggleTheme] = useTheme();
  const [state, act] = useReducer(reviewing, undefined, () => beginning(first, isWide ? 'split' : 'unified'));
  const { decisions } = state.deciding;
  const keeping = useKeeping(source, first, decisions);
  const list = useList(source, state);
  const { items, proposals, tree, order } = list;
  const search = useRef<HTMLInputElement>(null);
  const main = useRef<HTMLElement>(null);
  const diffs = useMemo(() => new RememberedDiffs((id) => source.diffOf(id)), [source]);
  const byId = useMemo(() => new Map(items.map((one) => [one.id, one])), [items]);
  const application = useApplication(source);
  const isReadOnly = mode === 'read-only' || application.isBegun;
  const item = state.current === undefined ? undefined : byId.get(state.current);
  const canApply = source.apply !== undefined && !application.isBegun;

  // Something is always looked at, if there is anything.
  const isLookedAt = item !== undefined && order.includes(item);
  const [top] = order;
  useEffect(() => {
    if (!isLookedAt && top !== undefined) act({ kind: 'look', id: top.id, opens: groupsAbove(tree, top) });
  }, [isLookedAt, top, tree]);
  useEffect(() => {
    if (application.isBegun) act({ kind: 'set', state: { view: 'applying', dialog: undefined } });
  }, [application.isBegun]);
  useEffect(() => {
    const at = item === undefined ? -1 : order.indexOf(item);
    if (at >= 0)
      diffs.prepare(
        order
          .slice(at, at + 1 + AHEAD)
          .filter(canDecide)
          .map(({ id }) => id),
      );
    main.current?.scrollTo({ top: 0 });
  }, [item]);
  useEffect(() => {
    document.title = `${review.name} – hasten review`;
  }, [review.name]);

  const above = (one: (typeof items)[number]): string[] => groupsAbove(tree, one);
  const scene: Scene = { state, item, order, isReadOnly, canApply, above };
  const onAction = (action: ReviewAction): void => {
    if (action === 'search') {
      act({ kind: 'set', state: { view: 'review', isItemInFront: false } });
      requestAnimationFrame(() => search.current?.focus());
      return;
    }
    const isAboutItem = state.view !== 'review' && !['undo', 'summary', 'apply', 'help'].includes(action);
    const next = isAboutItem ? undefined : actOf(action, scene);
    if (next !== undefined) act(next);
  };
  useKeys(state.hasKeys, onAction);

  const onFilter = (filter: ReviewFilter, isReports?: boolean): void =>
    act({ kind: 'filter', filter, ...(isReports === undefined ? {} : { isReports }) });
  const close = (): void => act({ kind: 'set', state: { dialog: undefined } });
  const showFiltered = (filter: ReviewFilter): void => {
    onFilter(filter, false);
    act({ kind: 'set', state: { view: 'review', isItemInFront: false } });
  };
  const onApply = canApply ? () => act({ kind: 'set', state: { dialog: 'apply' } }) : undefined;
  const onExport = mode === 'deciding' ? () => downloadDecisions(decisions) : undefined;
  const apply = async (): Promise<void> => {
    close();
    if (await keeping.flush()) await application.begin();
  };
  const { accepted, undecided } = countsOf(proposals, decisions);

  return (
    <div class={`app ${state.isItemInFront ? 'item-in-front' : 'list-in-front'} view-${state.view}`}>
      <TopBar
        name={review.name}
        items={items}
        decisions={decisions}
        kept={source.keep === undefined || application.isBegun ? undefined : keeping.kept}
        view={state.view}
        isDark={isDark}
        isReadOnly={isReadOnly}
        canUndo={state.deciding.history.length > 0}
        onUndo={() => act({ kind: 'undo' })}
        onSummary={() => onAction('summary')}
        onHelp={() => onAction('help')}
        onTheme={toggleTheme}
        onApply={onApply}
        onExport={onExport}
      />
      {state.view === 'review' && (
        <ListPane
          {...list}
          state={state}
          decisions={decisions}
          isReadOnly={isReadOnly}
          search={search}
          onFilter={onFilter}
          onGroup={(grouping) => act({ kind: 'group', grouping })}
          onRow={(key) => act({ kind: 'row', key })}
          onItem={(id, opens) => act({ kind: 'look', id, ...(opens ? { inFront: true } : {}) })}
          onFold={(key, isOpen) => act({ kind: 'fold', key, isOpen })}
          onBulk={(ids, verdict) => act({ kind: 'decide', ids, verdict })}
          onSearched={() => requestAnimationFrame(focusList)}
        />
      )}
      <main ref={main} tabIndex={-1}>
        {state.view === 'review' && isNarrow && (
          <div class="steps">
            <button type="button" onClick={() => act({ kind: 'set', state: { isItemInFront: false } })}>
              ← All
            </button>
            <button type="button" onClick={() => onAction('previous')}>
              Previous
            </button>
            <button type="button" onClick={() => onAction('next')}>
              Next
            </button>
          </div>
        )}
        {state.view === 'review' && item !== undefined && isLookedAt && (
          <ProposalView
            item={item}
            decision={decisions.get(item.id)}
            summary={review.summaries[item.transform]}
            source={source}
            diffs={diffs}
            layout={state.layout}
            isNarrow={isNarrow}
            showsCode={state.showsCode}
            isReadOnly={isReadOnly}
            file={state.file}
            onDecide={(verdict) => {
              const ACTION = { accepted: 'accept', rejected: 'reject', undecided: 'undecide' } as const;
              const next = decideAct(ACTION[verdict], scene);
              if (next !== undefined) act(next);
            }}
            onNote={() => onAction('note')}
            onLayout={(layout) => act({ kind: 'set', state: { layout } })}
            onCode={() => onAction('evidence')}
            onPath={(path) => {
              onFilter({ ...state.filter, path });
              act({ kind: 'set', state: { isItemInFront: false } });
            }}
          />
        )}
        {state.view === 'review' && order.length === 0 && (
          <div class="empty">
            <p>
              {items.length === 0
                ? 'Nothing was found: there is nothing to review.'
                : 'Nothing is shown. Take a filter away to see more.'}
            </p>
          </div>
        )}
        {state.view === 'summary' && (
          <Summary
            items={items}
            decisions={decisions}
            later={later}
            isReadOnly={isReadOnly}
            onFilter={showFiltered}
            onBack={() => act({ kind: 'set', state: { view: application.isBegun ? 'applying' : 'review' } })}
            onApply={onApply}
            onExport={onExport}
          />
        )}
        {state.view === 'applying' && (
          <Applying
            application={application.application}
            items={items}
            isEnded={application.isEnded}
            onEnd={() => void application.end()}
            onBack={() => {
              application.back();
              act({ kind: 'set', state: { view: 'review' } });
            }}
          />
        )}
      </main>
      {state.dialog === 'help' && (
        <HelpDialog
          hasKeys={state.hasKeys}
          isReadOnly={isReadOnly}
          onKeys={(hasKeys) => act({ kind: 'set', state: { hasKeys } })}
          onClose={close}
        />
      )}
      {state.dialog === 'note' && item !== undefined && (
        <NoteDialog
          title={item.title}
          note={decisions.get(item.id)?.note ?? ''}
          onNote={(note) => act({ kind: 'note', id: item.id, note })}
          onClose={close}
        />
      )}
      {state.dialog === 'apply' && (
        <ApplyDialog
          accepted={accepted}
          undecided={undecided}
          files={acceptedFiles(items, decisions)}
          onApply={() => void apply()}
          onClose={close}
        />
      )}
      <p class="unseen" role="status">
        {state.said} {counted(undecided, 'proposal')} undecided.
      </p>
    </div>
  );
}
