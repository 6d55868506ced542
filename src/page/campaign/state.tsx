import type { PageRepository } from '../../campaign/web/protocol.ts';

/** The state of a repository in a word or two. */
export const StateTag = ({ repository: { state, says } }: { repository: PageRepository }) => (
  <span class={`tag state ${state}`}>{says}</span>
);

/** The address of a pull request: a link, if it is one of the web. */
export const RequestLink = ({ request }: { request: string }) =>
  /^https?:\/\//.test(request) ? (
    <a class="request" href={request} target="_blank" rel="noopener noreferrer">
      {request}
    </a>
  ) : (
    <span class="request">{request}</span>
  );
