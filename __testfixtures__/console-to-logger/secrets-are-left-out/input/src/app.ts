interface Login {
  email: string;
  password: string;
  remember: boolean;
}

export function login(name: string, password: string, login: Login, apiKey: string, headers: Record<string, string>): void {
  // review: `password` is named like a secret, so that "[redacted]" is logged in its place
  console.log('login', password);
  // review: `password` is named like a secret, so that "[redacted]" is logged in its place
  console.log(`login of ${name} with ${password}`);
  // review: `password` is named like a secret, so that "[redacted]" is logged in its place
  console.log('login', { name, password });
  // review: `login.password` is named like a secret, so that "[redacted]" is logged in its place
  console.log('login', login.password, login.remember);
  // review: `apiKey` is named like a secret, so that "[redacted]" is logged in its place
  console.log('key', apiKey.slice(0, 4));
  // review: `headers.authorization` is named like a secret, so that "[redacted]" is logged in its place
  console.log('header', headers['authorization']);
  // review: `headers.cookie` is named like a secret, so that "[redacted]" is logged in its place
  console.log('cookie', headers.cookie);
  // review: `token` is named like a secret, so that "[redacted]" is logged in its place
  console.log(JSON.stringify({ name, token: apiKey }));
  // review: `cardNumber` is named like a secret, so that "[redacted]" is logged in its place
  console.log('card', { cardNumber: name, cvv: name });
  // review: `login.email` is named like a personal datum, so that "[redacted]" is logged in its place
  console.log('ssn ' + login.email);
}
