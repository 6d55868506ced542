import { useEffect, useState } from 'preact/hooks';
import type { ReviewCode, ReviewEvidence, ReviewItem } from '../review/review.ts';
import type { PageSource } from './source.ts';
import { colored, type Token } from './tokens.ts';
import { Prose } from './words.tsx';

const MARKS = { holds: '✓', assumed: '?', fails: '✗' } as const;
const MEANS = { holds: 'Proved', assumed: 'Assumed', fails: 'Fails' } as const;

const CodeToken = ({ token }: { token: Token }) =>
  token.className === undefined ? <>{token.value}</> : <span class={token.className}>{token.value}</span>;

/** Lines of a file with one of them marked. */
function Excerpt({ code, line }: { code: ReviewCode; line: number }) {
  const tokens = colored(code.lines, code.path);
  return (
    <div class="code-frame excerpt" tabIndex={0} role="group" aria-label={`${code.path}, line ${line}`}>
      <table>
        <tbody>
          {code.lines.map((_, index) => (
            <tr key={index} class={code.from + index === line ? 'marked' : ''}>
              <td class="number">
                {code.from + index}
                {code.from + index === line && <span class="unseen"> this line</span>}
              </td>
              <td class="line">
                {(tokens[index] ?? []).map((token, at) => (
                  <CodeToken key={at} token={token} />
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The code at a place, once it is there. */
function CodeAt({ source, path, line }: { source: PageSource; path: string; line: number }) {
  const [code, setCode] = useState<ReviewCode | 'none' | undefined>(undefined);
  useEffect(() => {
    let isWanted = true;
    const tell = (found: ReviewCode | 'none'): void => {
      if (isWanted) setCode(found);
    };
    source.codeAround(path, line).then(
      (found) => tell(found === undefined || found.lines.length === 0 ? 'none' : found),
      () => tell('none'),
    );
    return () => {
      isWanted = false;
    };
  }, [source, path, line]);
  if (code === undefined) return <p class="hint">Reading {path}…</p>;
  if (code === 'none') return <p class="hint">The code of {path} is not at hand.</p>;
  return <Excerpt code={code} line={line} />;
}

function Piece({ one, source, showsCode }: { one: ReviewEvidence; source: PageSource; showsCode: boolean }) {
  const [isOpen, setOpen] = useState(showsCode);
  useEffect(() => setOpen(showsCode), [showsCode]);
  const { verdict, claim, path, line } = one;
  return (
    <li class={`piece ${verdict}`}>
      <span class="mark" aria-hidden="true">
        {MARKS[verdict]}
      </span>
      <div class="claim">
        <span class="unseen">{MEANS[verdict]}: </span>
        <Prose text={claim} />
        {path !== undefined && line !== undefined && (
          <>
            {' '}
            <button type="button" class="place" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
              {path}:{line}
            </button>
            {isOpen && <CodeAt source={source} path={path} line={line} />}
          </>
        )}
      </div>
    </li>
  );
}

/** What is known of each obligation of a proposal, and the code that it speaks of. */
export function EvidenceList({
  item,
  source,
  showsCode,
}: {
  item: ReviewItem;
  source: PageSource;
  showsCode: boolean;
}) {
  if (item.evidence.length === 0) return <p class="hint">There is no evidence.</p>;
  return (
    <ul class="evidence">
      {item.evidence.map((one, index) => (
        <Piece key={`${item.id} ${index}`} one={one} source={source} showsCode={showsCode} />
      ))}
    </ul>
  );
}
