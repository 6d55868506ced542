interface Login {
  email: string;
  password: string;
  remember: boolean;
}

export function login(name: string, password: string, login: Login, apiKey: string, headers: Record<string, string>): void {
  // report: the file says "use client"
  console.log('login', password);
  // report: the file says "use client"
  console.log(`login of ${name} with ${password}`);
  // report: the file says "use client"
  console.log('login', { name, password });
  // report: the file says "use client"
  console.log('login', login.password, login.remember);
  // report: the file says "use client"
  console.log('key', apiKey.slice(0, 4));
  // report: the file says "use client"
  console.log('header', headers['authorization']);
  // report: the file says "use client"
  console.log('cookie', headers.cookie);
  // report: the file says "use client"
  console.log(JSON.stringify({ name, token: apiKey }));
  // report: the file says "use client"
  console.log('card', { cardNumber: name, cvv: name });
  // report: the file says "use client"
  console.log('ssn ' + login.email);
}
