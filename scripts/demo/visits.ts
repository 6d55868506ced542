/** What the shop is asked during the demo: each of its endpoints, in an order in which people might come to it. */

/** Somebody who visits again and again, and what is remembered from one request to the next. */
export interface Visitor {
  readonly customerId: number;
  readonly email: string;
  /** The order that was placed last. */
  orderId: number;
  /** What a new password can be chosen with. */
  token: string;
}

/** One request. */
export interface Step {
  /** As the shop has it: `GET /orders/:id`. */
  readonly endpoint: string;
  /** What takes the place of `:id` and the like, with the query; the endpoint's own path unless told. */
  readonly path?: (visitor: Visitor) => string;
  readonly body?: (visitor: Visitor) => unknown;
  /** The only status that is right; 200 unless told. */
  readonly status?: number;
  /** Takes from an answer what later requests need. */
  readonly remember?: (visitor: Visitor, body: string) => void;
}

/** A request as it is sent. */
export interface Sent {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The customers that the shop starts with. */
const EMAILS = ['ada@example.org', 'grace@example.org', 'alan@example.org', 'edsger@example.org'] as const;
const PASSWORD = 'correct horse';
const EXPORT = 'orders-2026-03-05.csv';

const newVisitor = (email: string, index: number): Visitor => ({
  customerId: index + 1,
  email,
  orderId: 1,
  token: '',
});

/** One visitor for each customer: nobody gets into the way of another. */
export const newVisitors = (): Visitor[] => EMAILS.map(newVisitor);

/** One visitor who will be alone. */
export const newLoneVisitor = (): Visitor => newVisitor(EMAILS[0], 0);

/** The value at a key of an object in JSON. */
function valueIn(body: string, key: string): unknown {
  const value: unknown = JSON.parse(body);
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : undefined;
}

/** The token in the mail to a visitor, in the answer of `GET /reports/outbox`. */
function tokenIn(body: string, { customerId }: Visitor): string {
  const mails: unknown = JSON.parse(body);
  const texts: unknown[] = Array.isArray(mails) ? mails : [];
  const mail = texts
    .map((one) => JSON.stringify(one))
    .find((text) => text.includes(`"reset-${customerId}.txt"`));
  return /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/.exec(mail ?? '')?.[0] ?? '';
}

const shopping: readonly Step[] = [
  { endpoint: 'GET /products' },
  { endpoint: 'GET /products/search', path: () => '/products/search?q=n' },
  { endpoint: 'GET /products/basket', path: () => '/products/basket?ids=6,2,1,2' },
  { endpoint: 'GET /products/:id/price', path: () => '/products/2/price?quantity=10' },
  { endpoint: 'POST /customers/login', body: ({ email }) => ({ email, password: PASSWORD }) },
  {
    endpoint: 'POST /orders',
    body: ({ customerId }) => ({
      customerId,
      cardNumber: '4111111111111111',
      lines: [
        { productId: 6, quantity: 1 },
        { productId: 2, quantity: 1 },
      ],
    }),
    status: 201,
    remember: (visitor, body) => (visitor.orderId = Number(valueIn(body, 'id'))),
  },
  { endpoint: 'GET /orders/:id', path: ({ orderId }) => `/orders/${orderId}` },
  { endpoint: 'POST /orders/:id/ship', path: ({ orderId }) => `/orders/${orderId}/ship`, body: () => ({}) },
  { endpoint: 'GET /orders/:id/invoice', path: ({ orderId }) => `/orders/${orderId}/invoice` },
];

const account: readonly Step[] = [
  { endpoint: 'GET /customers/:id', path: ({ customerId }) => `/customers/${customerId}` },
  { endpoint: 'GET /customers/:id/history', path: ({ customerId }) => `/customers/${customerId}/history` },
  { endpoint: 'POST /customers/forgotten-password', body: ({ email }) => ({ email }), status: 202 },
  {
    endpoint: 'GET /reports/outbox',
    remember: (visitor, body) => (visitor.token = tokenIn(body, visitor)),
  },
  { endpoint: 'POST /customers/password', body: ({ token }) => ({ token, password: PASSWORD }) },
];

const office: readonly Step[] = [
  { endpoint: 'GET /orders' },
  // What is sold comes back onto the shelf, so that it never gets empty.
  ...[2, 6].map((id) => ({
    endpoint: 'POST /products/:id/restock',
    path: () => `/products/${id}/restock`,
    body: () => ({ quantity: 1 }),
  })),
  { endpoint: 'POST /customers/newsletter', body: () => ({ subject: 'Spring', text: 'Pens are here.' }) },
  { endpoint: 'GET /reports/dashboard' },
];

const accounting: readonly Step[] = [
  { endpoint: 'GET /reports/counts' },
  {
    endpoint: 'POST /reports/exports',
    body: () => ({ day: EXPORT.slice('orders-'.length, -'.csv'.length) }),
    status: 201,
  },
  { endpoint: 'GET /reports/exports' },
  { endpoint: 'GET /reports/exports/:name', path: () => `/reports/exports/${EXPORT}` },
  { endpoint: 'GET /version' },
  { endpoint: 'GET /health' },
];

const parts = [shopping, account, office, accounting];

/** Every request of one visit. */
export const VISIT: readonly Step[] = parts.flat();

/** The same for a visitor among others. They begin with different parts, so that they do not all do the same at the same time. */
export const visitOf = ({ customerId }: Visitor): readonly Step[] =>
  parts.map((_, index) => parts[(index + customerId) % parts.length] ?? []).flat();

/** The request of a step, as it is now. */
export function requestOf({ endpoint, path, body }: Step, visitor: Visitor): Sent {
  const isRead = endpoint.startsWith('GET ');
  const headers = { 'accept-encoding': 'gzip', ...(body && { 'content-type': 'application/json' }) };
  return {
    method: isRead ? 'GET' : 'POST',
    path: path?.(visitor) ?? endpoint.slice(endpoint.indexOf('/')),
    headers,
    ...(body && { body: JSON.stringify(body(visitor)) }),
  };
}

/**
 * Takes note of the answer to a step.
 * @throws {Error} where the status is not the right one.
 */
export function noteAnswer(step: Step, visitor: Visitor, status: number, body: string): void {
  const expected = step.status ?? 200;
  if (status !== expected)
    throw new Error(`${step.endpoint} was answered with ${status}, not ${expected}: ${body.slice(0, 200)}`);
  step.remember?.(visitor, body);
}
