import { describe, expect, it } from 'vitest';
import type { Resource } from '../src/facts/effects/effect.ts';
import { libraryFactOf } from '../src/facts/libraries/tables.ts';
import { libraryCall, told } from './library-call.ts';

type Case = readonly [source: string, does: string];

const CASES: Readonly<Record<string, readonly Case[]>> = {
  global: [
    ['fetch("https://a.example/x")', 'r:host'],
    ['fetch(url, { method: "POST" })', 'r:host w:host'],
    ['fetch(url, { method })', 'r:host w:host'],
    ['fetch(url, { ...rest })', 'r:host w:host'],
    ['fetch(url, init)', 'r:host w:host'],
    ['fetch(new Request(url))', 'r:host w:host'],
    ['fetch(url).json()', 'io'],
    ['fetch(url).headers.get("etag")', 'pure'],
    ['console.error("x")', 'w:log sync'],
    ['process.exit(1)', 'w:process sync'],
    ['process.chdir("x")', 'w:process sync'],
    ['process.cwd()', 'r:process sync'],
    ['Date.now()', 'r:time sync'],
    ['Date#', 'r:time sync'],
    ['Math.random()', 'r:random sync'],
    ['Math.max(1, 2)', 'pure'],
    ['JSON.parse(text)', 'pure'],
    ['Promise.reject(error)', 'throws'],
    ['Promise.all(list)', 'pure'],
    ['Atomics.wait(a, 0, 0)', 'lock'],
    ['crypto.subtle.digest("SHA-256", data)', 'io'],
    ['eval("x")', 'unknown'],
    ['Object.assign(a, b)', 'changes:0'],
    ['Object.defineProperty(a, "x", {})', 'changes:0'],
    ['Reflect.apply(f, a, [])', 'unknown'],
    ['Proxy#', 'unknown'],
  ],
  fs: [
    ['readFileSync("a")', 'r:file'],
    ['readFile("a", done)', 'r:file'],
    ['promises.readFile("a")', 'r:file'],
    ['promises.writeFile("a", text)', 'w:file'],
    ['promises.rename("a", "b")', 'r:file w:file'],
    ['promises.open("a", "r")', 'r:file w:file'],
    ['watch("a")', 'r:file event'],
  ],
  'fs/promises': [
    ['readFile("a")', 'r:file'],
    ['stat("a")', 'r:file'],
    ['stat("a").isFile()', 'pure'],
    ['rm("a")', 'w:file'],
    ['mkdtemp("a")', 'w:file'],
    ['cp("a", "b")', 'r:file w:file'],
  ],
  'fs-extra': [
    ['readJson("a.json")', 'r:file'],
    ['pathExists("a")', 'r:file'],
    ['ensureDir("a")', 'w:file'],
    ['outputFile("a", text)', 'w:file'],
    ['move("a", "b")', 'r:file w:file'],
  ],
  child_process: [
    ['exec("ls")', 'r:file w:file,process'],
    ['spawn("ls", [])', 'r:file w:file,process'],
  ],
  'timers/promises': [['setTimeout(10)', 'io sleep']],
  'readline/promises': [['createInterface({}).question("?")', 'prompt']],
  assert: [
    ['()', 'throws'],
    ['strictEqual(a, b)', 'throws'],
  ],
  async_hooks: [['AsyncLocalStorage#.getStore()', 'r:store sync shared']],
  events: [['once(emitter, "open")', 'event']],
  glob: [['glob("*.ts")', 'r:file']],
  rimraf: [['rimraf("a")', 'r:file w:file']],
  execa: [['execa("ls")', 'r:file w:file,process']],
  axios: [
    ['get("https://a.example")', 'r:host'],
    ['create({}).get("/a")', 'r:host'],
    ['Axios#.post("/a", {})', 'r:host w:host'],
    ['("https://a.example")', 'r:host'],
    ['({ method: "get", url })', 'r:host'],
    ['({ method: "delete", url })', 'r:host w:host'],
    ['({ method, url })', 'r:host w:host'],
    ['isAxiosError(e)', 'pure'],
    ['create({})', 'pure'],
  ],
  got: [
    ['get("https://a.example").json()', 'r:host'],
    ['post("https://a.example").json()', 'r:host w:host'],
    ['(url, { method: "POST" })', 'r:host w:host'],
  ],
  undici: [
    ['fetch("https://a.example")', 'r:host'],
    ['request("https://a.example", { method: "PUT" })', 'r:host w:host'],
  ],
  'graphql-request': [
    ['request("https://a.example", `query { a }`)', 'r:host'],
    ['request("https://a.example", `mutation { a }`)', 'r:host w:host'],
    ['request(url, document)', 'r:host w:host'],
  ],
  ioredis: [
    ['#', 'pure'],
    ['#.get("a")', 'r:store'],
    ['#.hgetall("a")', 'r:store'],
    ['#.set("a", 1)', 'r:store w:store'],
    ['#.incr("a")', 'r:store w:store'],
    ['#.blpop("a", 0)', 'r:store w:store event'],
    ['#.multi().set("a", 1).exec()', 'r:store w:store'],
    ['#.pipeline().get("a")', 'pure'],
  ],
  redis: [
    ['createClient({}).hGet("a", "b")', 'r:store'],
    ['createClient({}).hSet("a", "b", "c")', 'r:store w:store'],
  ],
  'lru-cache': [
    ['#.get("a")', 'r:store sync shared'],
    ['#.set("a", 1)', 'r:store w:store sync shared'],
  ],
  'cache-manager': [['caching("memory").wrap("a", load)', 'r:store w:store']],
  bullmq: [
    ['Queue#.getJob("1")', 'r:store'],
    ['Queue#.add("a", {})', 'r:store w:store'],
  ],
  '@aws-sdk/client-s3': [
    ['S3Client#.send(new GetObjectCommand({}))', 'r:host'],
    ['S3Client#.send(new ListObjectsV2Command({}))', 'r:host'],
    ['S3Client#.send(new PutObjectCommand({}))', 'r:host w:host'],
    ['S3Client#.send(command)', 'r:host w:host'],
    ['S3#.getObject({})', 'r:host'],
    ['S3#.deleteObject({})', 'r:host w:host'],
  ],
  '@aws-sdk/client-sqs': [['SQSClient#.send(new ReceiveMessageCommand({}))', 'r:host w:host']],
  '@google-cloud/bigquery': [
    ['BigQuery#', 'pure'],
    ['BigQuery#.query("SELECT 1")', 'r:host'],
    ['BigQuery#.query({ query: "select a from b" })', 'r:host'],
    ['BigQuery#.query({ query: "insert into b values (1)" })', 'r:host w:host'],
    ['BigQuery#.query({ query: sql })', 'r:host w:host'],
    ['BigQuery#.createQueryJob({})', 'r:host w:host'],
    ['BigQuery#.createQueryJob({}).getQueryResults()', 'r:host w:host event'],
    ['BigQuery#.job("a").promise()', 'r:host w:host event'],
    ['BigQuery#.job("a").getMetadata()', 'r:host'],
    ['BigQuery#.dataset("a").get({ autoCreate: true })', 'r:host w:host'],
  ],
  '@google-cloud/storage': [
    ['Storage#.bucket("a").file("b").exists()', 'r:host'],
    ['Storage#.bucket("a").file("b").download()', 'r:host'],
    ['Storage#.bucket("a").file("b").download({ destination: "c" })', 'r:host w:host'],
    ['Storage#.bucket("a").file("b").save(data)', 'r:host w:host'],
  ],
  'google-auth-library': [['OAuth2Client#.verifyIdToken({})', 'r:host throws']],
  '@azure/storage-blob': [
    ['BlobClient#.download()', 'r:host'],
    ['BlobClient#.downloadToFile("a")', 'r:host w:host'],
    ['BlobClient#.beginCopyFromURL(url).pollUntilDone()', 'r:host w:host event'],
  ],
  '@supabase/supabase-js': [
    ['createClient(url).from("a").select("*").eq("id", 1)', 'r:host'],
    ['createClient(url).from("a").insert({})', 'r:host w:host'],
    ['createClient(url).from("a").update({}).eq("id", 1)', 'r:host w:host'],
    ['createClient(url).storage.from("a").download("b")', 'r:host'],
    ['createClient(url).storage.from("a").getPublicUrl("b")', 'pure'],
    ['createClient(url).storage.from("a").upload("b", data)', 'r:host w:host'],
    ['createClient(url).storage.from("a").remove(["b"])', 'r:host w:host'],
    ['createClient(url).auth.getUser()', 'r:host'],
    ['createClient(url).auth.getSession()', 'r:host w:host'],
    ['createClient(url).rpc("a")', 'r:host w:host'],
  ],
  stripe: [
    ['#.customers.retrieve("a")', 'r:host'],
    ['#.customers.create({})', 'r:host w:host'],
    ['#.webhooks.constructEvent(body, signature, secret)', 'throws'],
  ],
  'firebase-admin': [
    ['firestore().collection("users").doc("a").get()', 'r:users'],
    ['firestore().collection("users").where("a", "==", 1).get()', 'r:users'],
    ['firestore().collection("users").doc("a").set({})', 'w:users'],
    ['firestore().collection("users").add({})', 'w:users'],
    ['firestore().runTransaction(work)', 'w:* on:transaction opens:0'],
    ['auth().verifyIdToken(token)', 'r:host throws'],
    ['auth().getUser("a")', 'r:host'],
    ['auth().deleteUser("a")', 'r:host w:host'],
  ],
  bcrypt: [
    ['hash(password, 10)', 'io'],
    ['compare(password, hash)', 'io'],
    ['hashSync(password, 10)', 'pure'],
  ],
  jsonwebtoken: [
    ['sign({}, secret)', 'pure'],
    ['verify(token, secret)', 'throws'],
  ],
  jose: [['jwtVerify(token, key)', 'io throws']],
  zod: [
    ['object({}).parse(value)', 'throws'],
    ['object({}).parseAsync(value)', 'throws'],
    ['object({}).safeParse(value)', 'pure'],
  ],
  joi: [
    ['object({}).validateAsync(value)', 'throws'],
    ['object({}).validate(value)', 'pure'],
  ],
  yup: [
    ['object({}).validate(value)', 'throws'],
    ['object({}).isValid(value)', 'pure'],
  ],
  'tiny-invariant': [['()', 'throws']],
  ow: [['()', 'throws']],
  'http-errors': [
    ['(404)', 'pure'],
    ['assert(user, 404)', 'throws'],
  ],
  lodash: [
    ['groupBy(list, "a")', 'pure'],
    ['shuffle(list)', 'r:random sync'],
    ['set(target, "a", 1)', 'changes:0'],
    ['merge(target, other)', 'changes:0'],
  ],
  'lodash.merge': [['(target, other)', 'changes:0']],
  'lodash/set': [['(target, "a", 1)', 'changes:0']],
  'lodash/get': [['(target, "a")', 'pure']],
  'object-path': [
    ['set(target, "a", 1)', 'changes:0'],
    ['get(target, "a")', 'pure'],
  ],
  uuid: [['v4()', 'r:random sync']],
  dayjs: [
    ['()', 'r:time sync'],
    ['().format()', 'r:time sync'],
  ],
  bluebird: [
    ['delay(10)', 'io sleep'],
    ['map(list, work)', 'pure'],
  ],
  'p-limit': [
    ['(3)', 'pure'],
    ['(3)(work)', 'rate-limit'],
  ],
  'async-mutex': [['Mutex#.acquire()', 'lock']],
  delay: [['(10)', 'io sleep']],
  '@inquirer/prompts': [['confirm({})', 'io prompt']],
  pino: [['().info("x")', 'w:log sync']],
  'next/navigation': [['redirect("/")', 'throws']],
  'next/headers': [
    ['cookies().get("a")', 'pure'],
    ['cookies().set("a", "b")', 'w:store sync'],
  ],
  'nobody-knows': [['get()', 'unknown']],
};

describe('calls of libraries', () => {
  for (const [name, cases] of Object.entries(CASES)) {
    it.each(cases)(`${name}: %s`, (source, does) => {
      expect(told(name, source)).toBe(does);
    });
  }
});

describe('what a call of a library gives', () => {
  it.each([
    ['lodash', 'map(list, "a")', 'shallow'],
    ['lodash', 'cloneDeep(a)', 'deep'],
    ['lodash', 'find(list, "a")', 'no'],
    ['lodash', 'merge(target, other)', 'no'],
    ['lodash/head', '(list)', 'no'],
    ['fp-ts', 'pipe(a, f)', 'no'],
    ['global', 'Object.values(a)', 'shallow'],
    ['global', 'Object.assign(a, b)', 'no'],
    ['global', 'Promise.resolve(a)', 'no'],
    ['global', 'Promise.all([a])', 'shallow'],
    ['global', 'JSON.parse(text)', 'deep'],
    ['global', 'require("a")', 'no'],
    ['@prisma/client', 'PrismaClient#.user.findMany()', 'deep'],
    ['lru-cache', '#.get("a")', 'no'],
  ])('%s: %s is its own: %s', (name, source, fresh) => {
    expect(libraryFactOf(libraryCall(name, source))?.fresh).toBe(fresh);
  });
});

const named = (name: string, source: string): readonly Resource[] => {
  const fact = libraryFactOf(libraryCall(name, source));
  return [...(fact?.reads ?? []), ...(fact?.writes ?? [])];
};

describe('what a call of a library touches', () => {
  it.each([
    ['fs', 'promises.readFile("./data/a.json")', 'data/a.json'],
    ['fs', 'promises.readFile(path)', '*'],
    ['fs', 'promises.readFile(`data/?.json`)', '*'],
    ['global', 'fetch("https://A.example:8080/x?y=1")', 'a.example:8080'],
    ['global', 'fetch(`https://?/x`)', '*'],
    ['global', 'fetch("/x")', '*'],
    ['firebase-admin', 'firestore().collection(name).get()', '*'],
  ])('%s: %s is %s', (name, source, touched) => {
    expect(named(name, source)).toMatchObject([{ name: touched }]);
  });
});
