import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { Redis } from 'ioredis';

/** Whether there is a `redis-server` on this machine. */
export const hasRedis = spawnSync('redis-server', ['--version']).error === undefined;

export const PASSWORD = 'open-sesame-7f3';

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A Redis of a test, which keeps nothing when it ends. */
export class TestRedis {
  private readonly port: number;
  private server: ChildProcess | undefined;

  private constructor(port: number) {
    this.port = port;
  }

  static async start(): Promise<TestRedis> {
    const redis = new TestRedis(await freePort());
    await redis.begin();
    return redis;
  }

  get url(): string {
    return `redis://:${PASSWORD}@127.0.0.1:${this.port}`;
  }

  /** A connection, to be disconnected. */
  client(): Redis {
    const client = new Redis(this.url, { maxRetriesPerRequest: null });
    client.on('error', () => undefined);
    return client;
  }

  /** What `ask` gets from it. */
  async asked<T>(ask: (client: Redis) => Promise<T>): Promise<T> {
    const client = this.client();
    try {
      return await ask(client);
    } finally {
      client.disconnect();
    }
  }

  /** Starts it, empty, at the port it always has. */
  async begin(): Promise<void> {
    this.server = spawn(
      'redis-server',
      ['--port', String(this.port), '--bind', '127.0.0.1', '--requirepass', PASSWORD, '--save', ''],
      { stdio: 'ignore' },
    );
    await this.asked((client) => client.ping());
  }

  /** Ends it, with all that it knew. */
  async end(): Promise<void> {
    const { server } = this;
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
    server.kill('SIGKILL');
    await once(server, 'exit');
  }
}
