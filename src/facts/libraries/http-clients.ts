import { fetchFact, hostOf, isReadMethod } from './globals.ts';
import {
  describeBy,
  PURE,
  readsOf,
  writesOf,
  type LibraryCall,
  type LibraryFact,
  type LibraryTable,
  type Row,
} from './library.ts';

const READS = 'get|head|options|getUri|paginate|paginate\\.all';
const WRITES = 'post|put|patch|delete|del|postForm|putForm|patchForm|request|stream|upgrade|connect';

const readsHost = ({ args: [address] }: LibraryCall): LibraryFact => readsOf(hostOf(address?.string));
const writesHost = ({ args: [address] }: LibraryCall): LibraryFact => {
  const host = hostOf(address?.string);
  return { ...writesOf(host), reads: [host] };
};

/** A call whose method stands in its options: `axios({ method: 'post', url })`, `got(url, { method })`. */
function byMethod(call: LibraryCall): LibraryFact {
  const options = call.args.find((one) => one.keys !== undefined);
  if (options === undefined)
    return call.args.length === 1 && call.args[0]?.string !== undefined ? readsHost(call) : writesHost(call);
  return !options.text.includes('...') && isReadMethod(options.values?.method) === true
    ? readsHost(call)
    : writesHost(call);
}

/** A client made with its own settings goes where they say. */
const MADE =
  '(create\\(\\)|extend\\(\\)|defaults\\(\\)|(Axios|HttpService|Client|Pool|Agent)?#(\\.axiosRef)?)';

const ROWS: readonly Row[] = [
  [new RegExp(`^(${MADE}\\.)?(${READS})\\(\\)$`), readsHost],
  [/^(create\(\)|extend\(\)|defaults\(\)|\w*#)?\.?(request)?\(\)$/, byMethod],
  [new RegExp(`^(${MADE}\\.)?(${WRITES})\\(\\)$`), writesHost],
  [/^(create|extend|defaults)\(\)$/, PURE],
  [
    /^(isAxiosError|isCancel|CancelToken\.source|toFormData|formToJSON|setGlobalDispatcher|getGlobalDispatcher)\(\)$/,
    PURE,
  ],
  [/^\w+#$/, PURE],
  // What is asked of a response or of a request that is still being built.
  [
    /^(.*\.)?(get|head)\(\)\.(json|text|buffer|blob|arrayBuffer|set|query|timeout|retry|auth|accept|pipe|toPromise|then|catch)\(\)$/,
    readsOf({ kind: 'host', name: '*' }),
  ],
  [
    /^(.*\.)?(post|put|patch|delete|del)\(\)(\.\w+\(\))*\.\w+\(\)$/,
    { ...writesOf({ kind: 'host', name: '*' }), reads: [{ kind: 'host', name: '*' }] },
  ],
  [/^\(\)\.(json|text|buffer|blob|arrayBuffer|formData)\(\)$/, { ...PURE, io: true, fresh: 'deep' }],
];

const client = (source: string, ...packages: readonly string[]): LibraryTable => ({
  packages,
  source,
  describe: describeBy(ROWS),
});
const likeFetch = (source: string, ...packages: readonly string[]): LibraryTable => ({
  packages,
  source,
  describe: describeBy([
    [/^(fetch)?\(\)$/, fetchFact],
    [
      /^(fetch)?\(\)\.(json|text|buffer|blob|arrayBuffer|formData)\(\)$/,
      { ...PURE, io: true, fresh: 'deep' },
    ],
    ...ROWS,
  ]),
});

/** A query text of GraphQL tells whether it changes anything: https://spec.graphql.org/October2021/#sec-Language.Operations */
function graphqlFact({ args }: LibraryCall): LibraryFact {
  const text = args.find(({ string }) => string !== undefined && /[{]/.test(string))?.string;
  const host = hostOf(args[0]?.string);
  return text !== undefined && !/\b(mutation|subscription)\b/.test(text)
    ? readsOf(host)
    : { ...writesOf(host), reads: [host] };
}

/** Clients of the hypertext protocol. */
export const HTTP_CLIENTS: readonly LibraryTable[] = [
  client('https://axios-http.com/docs/api_intro', 'axios', '@nestjs/axios'),
  client(
    'https://github.com/sindresorhus/got',
    'got',
    'ky',
    'needle',
    'superagent',
    'request',
    'request-promise',
    'request-promise-native',
    'phin',
  ),
  likeFetch(
    'https://undici.nodejs.org/',
    'undici',
    'node-fetch',
    'cross-fetch',
    'isomorphic-fetch',
    'isomorphic-unfetch',
    'ofetch',
    'node-fetch-native',
  ),
  {
    packages: ['graphql-request', '@apollo/client'],
    source: 'https://github.com/graffle-js/graffle',
    describe: describeBy([
      [/^(gql|parse)\(\)$/, PURE],
      [/^\w+#$/, PURE],
      [/(^|\.)(request|rawRequest|query)\(\)$/, graphqlFact],
      [
        /(^|\.)(mutate|batchRequests)\(\)$/,
        { ...writesOf({ kind: 'host', name: '*' }), reads: [{ kind: 'host', name: '*' }] },
      ],
    ]),
  },
];
