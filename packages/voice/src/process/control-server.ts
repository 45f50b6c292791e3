import { chmodSync, lstatSync, mkdirSync, unlinkSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import path from 'node:path';
import type { CommandAnswer, CommandEnvelope, VoiceCommand, VoiceEvent, VoiceSnapshot } from '../port.ts';
import type { Refusal } from '../switch/refusal.ts';
import { readControllerLine } from './command-check.ts';
import { LineReader, MAX_COMMAND_BYTES, writeLine } from './lines.ts';

/** A controller that reads nothing for so long is cut off; it will connect again and be told a snapshot. */
const MAX_UNREAD_BYTES = 8 * 1024 * 1024;
const REMEMBERED_ANSWERS = 4096;
/** `sun_path` holds 108 bytes with its end. */
const MAX_SOCKET_PATH = 107;

export interface Controlled {
  perform(command: VoiceCommand): Promise<Refusal | undefined>;
  snapshot(): VoiceSnapshot;
  now(): number;
  controllersChanged(count: number): void;
  /** An exception where there should be none: one command fails, the calls go on. */
  bug(error: unknown): void;
}

/** The Unix socket on which controllers give commands and are told events. */
export class ControlServer {
  private readonly controlled: Controlled;
  private readonly controllers = new Set<Socket>();
  private readonly answers = new Map<string, Promise<CommandAnswer>>();
  private server: Server | undefined;

  constructor(controlled: Controlled) {
    this.controlled = controlled;
  }

  /** Listens at `socket`; its directory must be ours alone. Returns why not, in a sentence with the remedy. */
  async listen(socket: string): Promise<string | undefined> {
    const problem = privateDirectory(path.dirname(socket)) ?? (await freePath(socket));
    if (problem !== undefined) return problem;
    const server = createServer((controller) => this.greet(controller));
    const failure = await new Promise<Error | undefined>((resolve) => {
      server.once('error', resolve);
      server.listen(socket, () => resolve(undefined));
    });
    if (failure !== undefined) return `cannot listen at ${socket}: ${failure.message}`;
    chmodSync(socket, 0o600);
    this.server = server;
    return undefined;
  }

  tell(event: VoiceEvent): void {
    if (this.controllers.size === 0) return;
    const line = writeLine({ event });
    for (const controller of this.controllers) write(controller, line);
  }

  /** Tells what was written and stops listening. */
  async close(): Promise<void> {
    for (const controller of this.controllers) controller.end();
    const { server } = this;
    if (server !== undefined) await new Promise((resolve) => server.close(resolve));
  }

  private greet(controller: Socket): void {
    this.tellSnapshot(controller);
    this.controllers.add(controller);
    this.controlled.controllersChanged(this.controllers.size);
    const reader = new LineReader(
      MAX_COMMAND_BYTES,
      (line) => this.read(controller, line),
      () => this.refuse(controller, '', `a line has at most ${MAX_COMMAND_BYTES} bytes`),
    );
    controller.on('data', (chunk) => reader.push(chunk as Buffer));
    controller.on('error', () => {});
    controller.once('close', () => {
      this.controllers.delete(controller);
      this.controlled.controllersChanged(this.controllers.size);
    });
  }

  private tellSnapshot(controller: Socket): void {
    write(controller, writeLine({ event: { at: this.controlled.now(), kind: 'snapshot', snapshot: this.controlled.snapshot() } }));
  }

  private read(controller: Socket, text: string): void {
    const line = readControllerLine(text);
    if ('message' in line) this.refuse(controller, line.id, line.message);
    else if ('snapshot' in line) this.tellSnapshot(controller);
    else void this.carryOut(line).then((answer) => write(controller, writeLine({ answer })));
  }

  private refuse(controller: Socket, id: string, message: string): void {
    write(controller, writeLine({ answer: { id, ok: false, refused: 'command.invalid', message } }));
  }

  // INVARIANT same id, same thing: a command that is repeated after a reconnect gets the answer of the first time.
  private carryOut({ id, command }: CommandEnvelope): Promise<CommandAnswer> {
    const earlier = this.answers.get(id);
    if (earlier !== undefined) return earlier;
    const answer = this.controlled.perform(command).then(
      (problem): CommandAnswer => {
        return problem === undefined ? { id, ok: true } : { id, ok: false, refused: problem.refused, message: problem.message };
      },
      (error): CommandAnswer => {
        this.controlled.bug(error);
        return {
          id,
          ok: false,
          refused: 'command.invalid',
          message: `${command.kind} failed inside the voice process; its log says where`,
        };
      },
    );
    this.answers.set(id, answer);
    if (this.answers.size > REMEMBERED_ANSWERS) this.forgetOldest();
    return answer;
  }

  private forgetOldest(): void {
    for (const oldest of this.answers.keys()) {
      this.answers.delete(oldest);
      return;
    }
  }
}

function write(controller: Socket, line: string): void {
  if (controller.writableLength > MAX_UNREAD_BYTES) controller.destroy();
  else if (controller.writable) controller.write(line);
}

/** Whoever can write to the socket can listen to calls, so nobody else may enter its directory. */
function privateDirectory(directory: string): string | undefined {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const found = lstatSync(directory);
  if (!found.isDirectory()) return `${directory} is no directory`;
  if (process.getuid !== undefined && found.uid !== process.getuid()) return `${directory} belongs to another user`;
  if ((found.mode & 0o077) !== 0) return `${directory} is open to other users (mode ${(found.mode & 0o777).toString(8)}); make it 700`;
  return undefined;
}

/** Removes the socket of a process that is gone; refuses to take the place of one that answers. */
async function freePath(socket: string): Promise<string | undefined> {
  if (Buffer.byteLength(socket) > MAX_SOCKET_PATH) return `${socket} is longer than the ${MAX_SOCKET_PATH} bytes of a Unix socket path`;
  const answered = await new Promise<boolean>((resolve) => {
    const probe = connect(socket);
    probe.once('connect', () => {
      probe.destroy();
      resolve(true);
    });
    probe.once('error', () => resolve(false));
  });
  if (answered) return `another voice process answers at ${socket}`;
  try {
    unlinkSync(socket);
  } catch {
    // There was none.
  }
  return undefined;
}
