import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { REVIEW_KEYS } from '../review/keys.ts';
import { counted } from './words.tsx';

/** A dialog that keeps the focus until it is closed. */
function Dialog({
  title,
  children,
  onClose,
}: {
  title: string;
  children: ComponentChildren;
  onClose: () => void;
}) {
  const element = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    // Closed before it goes away, it gives the focus back.
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={element}
      aria-labelledby="dialog-title"
      onClose={onClose}
      onClick={(event) => {
        if (event.target === element.current) element.current?.close();
      }}
    >
      <div class="dialog">
        <h2 id="dialog-title">{title}</h2>
        {children}
      </div>
    </dialog>
  );
}

interface HelpProps {
  readonly hasKeys: boolean;
  readonly isReadOnly: boolean;
  readonly onKeys: (has: boolean) => void;
  readonly onClose: () => void;
}

const READING = new Set(['next', 'previous', 'search', 'files', 'evidence', 'layout', 'summary', 'help']);

/** The keys, and whether they do anything. */
export function HelpDialog({ hasKeys, isReadOnly, onKeys, onClose }: HelpProps) {
  const keys = REVIEW_KEYS.filter(
    ({ only, action }) => only !== 'terminal' && (!isReadOnly || READING.has(action)),
  );
  return (
    <Dialog title="Keys" onClose={onClose}>
      <dl class="keys">
        {keys.map(({ key, says }) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{says}</dd>
          </div>
        ))}
        <div>
          <dt>
            <kbd>↑</kbd> <kbd>↓</kbd> <kbd>←</kbd> <kbd>→</kbd>
          </dt>
          <dd>in the tree: move, close and open</dd>
        </div>
      </dl>
      <form method="dialog" class="dialog-foot">
        <label class="check">
          <input
            type="checkbox"
            checked={hasKeys}
            onChange={({ currentTarget }) => onKeys(currentTarget.checked)}
          />
          Single keys work
        </label>
        <button type="submit" class="primary">
          Close
        </button>
      </form>
    </Dialog>
  );
}

/** A note beside one proposal. */
export function NoteDialog({
  title,
  note,
  onNote,
  onClose,
}: {
  title: string;
  note: string;
  onNote: (note: string) => void;
  onClose: () => void;
}) {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const keep = (): void => onNote(field.current?.value ?? '');
  return (
    <Dialog title="Note" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          keep();
        }}
      >
        <label class="field">
          <span>{title}</span>
          <textarea
            ref={field}
            rows={4}
            maxLength={10_000}
            defaultValue={note}
            placeholder="Why, or what is to be done first"
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
              event.preventDefault();
              keep();
            }}
          />
        </label>
        <div class="dialog-foot">
          <span class="hint">Ctrl+Enter keeps it</span>
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" class="primary">
            Keep
          </button>
        </div>
      </form>
    </Dialog>
  );
}

interface ApplyProps {
  readonly accepted: number;
  readonly undecided: number;
  readonly files: number;
  readonly onApply: () => void;
  readonly onClose: () => void;
}

/** Asks once more before files are written. */
export function ApplyDialog({ accepted, undecided, files, onApply, onClose }: ApplyProps) {
  return (
    <Dialog title="Write what is accepted?" onClose={onClose}>
      <p>
        {counted(accepted, 'proposal is', 'proposals are')} accepted and{' '}
        {accepted === 1 ? 'changes' : 'change'} {counted(files, 'file')}.{' '}
        {undecided > 0 && `${counted(undecided, 'proposal is', 'proposals are')} undecided, and left out.`}
      </p>
      <p class="hint">What is written is checked as always, and hasten undo takes it back.</p>
      <div class="dialog-foot">
        <button type="button" onClick={onClose}>
          Cancel
        </button>
        <button type="button" class="primary" onClick={onApply}>
          Write {counted(files, 'file')}
        </button>
      </div>
    </Dialog>
  );
}
