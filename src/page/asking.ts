/** Only a page of ours can send it: another one would have to ask the server first, which never agrees. */
const OURS = { 'x-hasten': '1' };

/** What the server that this page is from answers. Throws with what it says where it does not do what it is asked. */
export async function asked(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { ...OURS, ...(init.body === undefined ? {} : { 'content-type': 'application/json' }) };
  const answer = await fetch(path, { ...init, headers, credentials: 'same-origin' });
  if (answer.ok) return answer;
  throw new Error((await answer.text()) || `the server says ${answer.status}`);
}

/** The JSON in an answer, which is what the server's types say. */
export async function json<T>(answer: Response): Promise<T> {
  return (await answer.json()) as T;
}
