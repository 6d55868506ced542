/** What kind of harm a value does in a log: it opens something, or it is about a person. */
export type Sensitivity = 'credential' | 'personal';

/**
 * Word parts of names, joined without separators, whose values are sensitive.
 * Sources: the default deny lists of Sentry's SDKs and Rails' `filter_parameters`, CodeQL's sensitive data heuristics.
 */
const CREDENTIALS = new Set(
  `password passwords passwd pwd pass passphrase passcode secret secrets token tokens bearer jwt apikey apitoken auth
  authorization authentication oauth credential credentials creds privatekey secretkey accesskey consumerkey signingkey
  encryptionkey encryptkey masterkey licensekey certificate cert signature session sessionid sessionkey sid cookie
  cookies csrf xsrf otp totp mfa pin pincode salt creditcard cardnumber card ccn cvv cvc iban routingnumber
  accountnumber pem dsn connectionstring`.split(/\s+/),
);

const PERSONAL = new Set(
  `ssn socialsecurity nationalinsurance passport email emails phone phonenumber mobile address addresses zipcode
  postcode postalcode latitude longitude firstname lastname maidenname fullname username dob birthdate birthday
  dateofbirth gender salary billing ipaddress xforwardedfor xrealip diagnosis`.split(/\s+/),
);

/** The last word of a name that says something about a sensitive value and is none: `tokenCount`, `passwordHash`, `authUrl`. */
const ABOUT = new Set(
  `count length size limit total max min usage used left type kind name names label field file filename path url uri
  endpoint host port expiry expires expiration expiresat expiresin ttl age timeout duration status state error errors
  message messages result code enabled disabled required valid invalid exists missing changed updated created at id ids
  policy provider scheme strategy mode version index hash hashed digest md5 sha sha1 sha256 encrypted redacted masked
  censored obfuscated random store service manager middleware handler controller module router guard format pattern regex
  template subject schema options verified sent limits budget`.split(/\s+/),
);

/** A first word that makes a name a yes or no, a count, or an already hidden value. */
const HARMLESS_FIRST = new Set(
  `is has had should can could will needs use uses used no num number count max min total prompt completion input output
  redacted masked censored encrypted hashed obfuscated hash redact mask censor encrypt obfuscate invalid missing
  remaining estimated`.split(/\s+/),
);

/** Words that are sensitive although a harmless last word follows: the id of a session opens it. */
const STILL_SENSITIVE = new Set([
  'sessionid',
  'sid',
  'passcode',
  'pincode',
  'username',
  'firstname',
  'lastname',
  'fullname',
  'maidenname',
  'zipcode',
  'postcode',
  'postalcode',
]);

/** The words of a name in lower case: `xApiKey`, `x-api-key` and `X_API_KEY` are x, api, key. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');
}

/** Whether values named `name` are sensitive, judged by the words of the name. */
export function sensitivityOf(name: string): Sensitivity | undefined {
  const words = wordsOf(name);
  const first = words[0];
  const last = words.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const joined = words.flatMap((word, at) => [
    word,
    word + (words[at + 1] ?? ''),
    words.slice(at, at + 3).join(''),
  ]);
  const still = joined.some((part) => STILL_SENSITIVE.has(part));
  if (words.length > 1 && !still && (ABOUT.has(last) || HARMLESS_FIRST.has(first))) return undefined;
  if (joined.some((part) => CREDENTIALS.has(part))) return 'credential';
  return joined.some((part) => PERSONAL.has(part)) ? 'personal' : undefined;
}

/** Objects whose every property is a secret. */
const VAULTS = new Set(['credential', 'credentials', 'creds', 'secrets', 'cookies', 'tokens', 'passwords']);

/**
 * Whether the value at a path of names is sensitive: `['req', 'headers', 'authorization']`, `['secrets', 'stripe']`.
 * The last name decides, unless the path leads into an object that holds nothing but secrets.
 */
export function sensitivityOfPath(names: readonly string[]): Sensitivity | undefined {
  const last = names.at(-1);
  if (last === undefined) return undefined;
  const own = sensitivityOf(last);
  if (own !== undefined) return own;
  const inVault = names.slice(0, -1).some((name) => VAULTS.has(wordsOf(name).at(-1) ?? ''));
  return inVault && !wordsOf(last).some((word) => ABOUT.has(word)) ? 'credential' : undefined;
}

const WHOLE = new Set(
  `req request ctx context headers body user users currentuser account customer profile config configuration settings env
  session rawheaders formdata userdata`.split(/\s+/),
);

/**
 * Whether the path names a whole object that often holds secrets among its properties: a request, its body or headers, a
 * user, a configuration, the environment.
 */
export function isWholeObject(names: readonly string[]): boolean {
  const last = names.at(-1);
  return last !== undefined && WHOLE.has(wordsOf(last).join(''));
}
